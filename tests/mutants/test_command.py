"""`derivations mutate`: its document, its exit codes, and that it ends cleanly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import derivations
from derivations import catalogue
from derivations.cli import main
from derivations.mutants.run import run, summary

pytestmark = pytest.mark.once

ROOT = Path(derivations.__file__).parent.parent
KEYS = {
    "derivation": str, "step": int, "kind": str, "class": str, "edit": str, "lhs": str, "relation": str, "rhs": str,
    "verdict": str, "witness": (dict, type(None)), "equal": bool, "unsound": bool, "problem": (str, type(None)),
}  # fmt: skip
UNSOUND = '''"""A rule that proves everything."""
from derivations import *
from derivations.kernel.attempt import Closing
from derivations.kernel.reasons import Rule
x = symbols("x")
magic = Rule("magic", "everything follows", "nowhere", closes=lambda link, facts: Closing("magic"))
wrong = derive(exp(x)).eq(exp(-x), by=magic).qed(exp(x), "=", exp(-x))
'''


def code_of(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["mutate", *arguments])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("sigmoid", "--json", "--every", "3", "--processes", "1") == 0
    out, err = capsys.readouterr()
    assert err == ""
    document = json.loads(out)
    assert set(document) == {"mutants", "summary"}
    for mutant in document["mutants"]:
        assert set(mutant) == set(KEYS)
        assert all(isinstance(mutant[key], kind) for key, kind in KEYS.items())
        assert mutant["class"] in ("statement", "reason")
        assert mutant["verdict"] in ("PROVED", "REFUTED", "OPEN")
        assert (mutant["witness"] is None) == (mutant["verdict"] != "REFUTED")
        assert mutant["witness"] is None or set(mutant["witness"]) == {"values", "left", "right"}
        assert not mutant["equal"] or mutant["verdict"] == "PROVED"
    assert document["summary"] == summary(document["mutants"])
    assert {mutant["step"] for mutant in document["mutants"]} == {1, 2, 3}


def test_the_totals_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("sigmoid", "--every", "9", "--processes", "1") == 0
    assert "statements: " in capsys.readouterr().out


def test_an_unsound_rule_gives_the_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "unsound.py").write_text(UNSOUND)
    assert code_of(str(tmp_path / "unsound.py")) == 1
    assert "proved, though it should not be" in capsys.readouterr().out


def test_an_unknown_name_gives_the_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("no_such_derivation", "--json") == 2
    assert "no_such_derivation" in capsys.readouterr().err


def test_one_process_and_two_find_the_same_in_the_same_order() -> None:
    found = [catalogue.load(catalogue.find("rescaled", catalogue.entries()))]
    alone, together = (list(run(found, every=4, processes=n)) for n in (1, 2))
    assert alone == together


SAMPLE = ("return_recursion", "value_of_state", "sigmoid", "closed_form", "entry", "variance", "asymptotic", "rescaled")


def test_a_sample_of_the_catalogue() -> None:
    """Of some links a few mutants: none is proved that is not true. All of them are for the command itself."""
    found = [catalogue.load(catalogue.find(name, catalogue.entries())) for name in SAMPLE]
    done: list[int] = []
    made = list(run(found, every=25, advance=lambda: done.append(1)))
    counted = summary(made)
    assert counted["unsound"] == counted["statement"]["proved"] == 0
    assert counted["statement"]["refuted"] >= 0.9 * counted["statement"]["unequal"] > 0
    assert len(done) == sum(len(one.derivation.steps) for one in found)


@pytest.mark.skipif(os.name != "posix", reason="signals of processes")
def test_ctrl_c_ends_it_cleanly() -> None:
    program = [sys.executable, "-m", "derivations", "mutate", "--processes", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    time.sleep(4)
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does: all processes of the group are told
    out, err = started.communicate(timeout=30)
    assert started.returncode == 130
    assert (out, err.strip()) == ("", "interrupted")
    with pytest.raises(ProcessLookupError):  # nobody is left of the group
        os.killpg(started.pid, 0)
