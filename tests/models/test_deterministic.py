"""Verdicts and witnesses are the same whatever the hash seed; witnesses are small."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import derivations
from derivations.models.search import refute
from tests.models.links import FALSE

pytestmark = pytest.mark.once

ROOT = Path(derivations.__file__).parent.parent
WRONG = [
    "factor_two",
    "variance_of_a_logit",
    "root_of_a_square",
    "swapped_actions",
    "signs_of_a_logarithm",
    "missing_cases",
]


def printed(seed: int, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)}
    run = subprocess.run(
        [sys.executable, "-m", "derivations", *arguments], capture_output=True, text=True, env=environment, cwd=ROOT
    )
    return re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', run.stdout)


def test_whole_reports_do_not_depend_on_the_hash_seed() -> None:
    files = [str(Path("tests/should_fail") / f"{name}.py") for name in WRONG]
    first, second = (printed(seed, "check", "--json", "--no-reproduce", *files) for seed in (0, 1))
    assert first == second
    assert any(step["witness"] for one in json.loads(first)["derivations"] for step in one["steps"])


def test_nor_do_mutants() -> None:
    names = ("sigmoid", "rescaled")
    first, second = (printed(seed, "mutate", "--json", "--every", "6", *names) for seed in (0, 1))
    assert first == second
    assert json.loads(first)["summary"]["statement"]["refuted"] > 10


def test_witnesses_are_small() -> None:
    """Numbers that one can calculate with on paper."""
    for name, judged in FALSE.items():
        found = refute(*judged)
        assert found is not None, name
        for value in dict(found.values).values():
            assert all(len(number) <= 2 for number in re.findall(r"(?<![\w.])\d+(?![\w.])", value)), (name, value)
