"""A word is one file, with all its faces: one that is added from a folder is at once a word like any other."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.once

WORDS = Path(__file__).parents[1] / "data" / "words"

PROGRAM = """
import json, sys
from pathlib import Path
import derivations.terms
derivations.terms.__path__.append(sys.argv[1])

import sympy
from derivations import catalogue, cosh, symbols
from derivations.checking import check_all
from derivations.mutants.run import run
from derivations.replay.certify import certify
from derivations.replay.serial import decode, encode
from derivations.replay.verify import verify
from derivations.sheets.breaking import parts, together
from derivations.terms.sympy_image import from_sympy

x = symbols("x")
read_back = lambda data: json.loads(json.dumps(data))
loaded = catalogue.load_file(Path(sys.argv[2]))
chains = {one.entry.variable: one.derivation for one in loaded}
reports = dict(zip(chains, check_all(chains.values())))
kept = Path(sys.argv[1]) / "kept.py"
kept.write_text(chains["slope"].to_python("slope"))
again = catalogue.load_file(kept)[0].derivation
mutants = list(run([one for one in loaded if one.entry.variable in ("slope", "positive")], processes=1))
print(json.dumps({
    "latex": cosh(2 * x).latex,
    "text": cosh(2 * x).text,
    "verdicts": {name: report.verdict.value for name, report in reports.items()},
    "witness": str(reports["too_small"].steps[0].witness),
    "reproduced": [step.reproduction.operation for step in reports["slope"].steps],
    "disputed": [step.reproduction.disputed for report in reports.values() for step in report.steps],
    "image": str(cosh(x).sympy),
    "read": from_sympy(sympy.cosh(sympy.Symbol("x", real=True)) + 1).text,
    "saved": decode(read_back(encode(cosh(x)))) == cosh(x),
    "complaints": [str(c) for name in ("slope", "positive") for c in verify(read_back(certify(chains[name])))],
    "kept": kept.read_text(),
    "kept lines": again.lines == chains["slope"].lines,
    "mutants": [(m["kind"], m["edit"], m["verdict"], m["unsound"]) for m in mutants if m["class"] == "statement"],
    "parts": together(parts(cosh(x) + 1)),
    "sheet": chains["slope"].latex if hasattr(chains["slope"], "latex") else chains["slope"]._repr_latex_(),
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of the chains, in a process to which the word was added."""
    folder = tmp_path_factory.mktemp("words")
    shutil.copy(WORDS / "hyperbolic.py", folder)
    chains = tmp_path_factory.mktemp("chains") / "chains.py"
    shutil.copy(WORDS / "chains.txt", chains)  # of a word that is no word anywhere else
    run = subprocess.run([sys.executable, "-c", PROGRAM, folder, chains], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_it_prints(told: dict[str, Any]) -> None:
    assert (told["latex"], told["text"]) == (r"\cosh(2 x)", "cosh(2 x)")


def test_it_is_typeset(told: dict[str, Any]) -> None:
    assert r"\cosh" in told["sheet"]
    assert told["parts"] == r"\cosh(x) + 1"


def test_it_proves_by_what_it_says_of_itself(told: dict[str, Any]) -> None:
    assert told["verdicts"]["slope"] == told["verdicts"]["positive"] == "PROVED"


def test_what_it_does_not_say_is_not_known(told: dict[str, Any]) -> None:
    """That cosh is even, and what the derivative of sinh is, stands nowhere in its file."""
    assert told["verdicts"]["unknown"] == told["verdicts"]["not_told"] == "OPEN"


def test_it_is_refuted_in_two_evaluators(told: dict[str, Any]) -> None:
    assert told["verdicts"]["too_small"] == "REFUTED"


def test_sympy_knows_it_and_is_read(told: dict[str, Any]) -> None:
    assert (told["image"], told["read"]) == ("cosh(x)", "cosh(x) + 1")
    assert None not in told["reproduced"]
    assert not any(told["disputed"])


def test_it_is_saved_and_certified(told: dict[str, Any]) -> None:
    assert told["saved"]
    assert told["complaints"] == []


def test_it_is_kept_as_python(told: dict[str, Any]) -> None:
    assert "from derivations import cosh, derive, diff, differentiation, exp, sinh, symbols" in told["kept"]
    assert told["kept lines"]


def test_one_slips_in_it(told: dict[str, Any]) -> None:
    own = [m for m in told["mutants"] if m[0] == "function" and m[1].startswith("`cosh")]
    assert own and all(verdict == "REFUTED" for _, _, verdict, _ in own)
    assert not any(unsound for *_, unsound in told["mutants"])
