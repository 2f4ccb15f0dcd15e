"""SymPy reproduces the links of the sheet, and none of their wrong variants."""

from __future__ import annotations

import subprocess
import sys

import pytest

from derivations.reproduce import reproduce

from . import links


@pytest.mark.parametrize("name", links.TRUE)
def test_true_link(name: str) -> None:
    step, given, operation = links.TRUE[name]
    found = reproduce(step, given)
    assert (found.operation, found.disputed) == (operation, False), found.note
    assert "gives up" not in found.note


@pytest.mark.parametrize("name", links.FALSE)
def test_wrong_link_is_not_reproduced(name: str) -> None:
    step, given, tells = links.FALSE[name]
    found = reproduce(step, given)
    assert found.operation is None
    assert found.disputed == tells, found.note
    assert "gives up" not in found.note


def test_a_note_says_why_there_is_no_word() -> None:
    step, given, _ = links.TRUE["independence"]
    assert reproduce(step, given).note == "SymPy has no word for stand-in-None"


def test_importing_the_door_does_not_import_sympy() -> None:
    code = "import sys, derivations.reproduce; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
