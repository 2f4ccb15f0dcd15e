"""Nothing slips by unjudged: chains without a name, without an end, and what makes the engine fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivations import checking
from derivations.cli import main

HEAD = "from derivations import *\nx, y = symbols('x y')\n"
TRUE = "derive(x + y).eq(y + x).qed(x + y, '=', y + x)"
FALSE = "derive(x).eq(x + 1).qed(x, '=', x + 1)"


def checked(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.chdir(folder)
    Path("mine.py").write_text(HEAD + text)
    with pytest.raises(SystemExit) as end:
        main(["check", "--no-reproduce", *options, "mine.py"])
    assert isinstance(end.value.code, int)
    return end.value.code


SLIPS = {
    "a name that is bound twice": f"d = {TRUE}\nd = {TRUE.replace('y + x', 'x * 1 + y')}",
    "a chain in a list": f"d = {TRUE}\nsome = [{TRUE}]",
    "chains in a list, in one line": f"some = [{TRUE}, {TRUE}]",
    "a chain in a dictionary": f"d = {TRUE}\nsome = {{'one': {TRUE}}}",
    "a chain in a tuple": f"d = {TRUE}\nsome = (1, {TRUE})",
    "a bare chain": f"d = {TRUE}\n{TRUE}",
    "a bare chain alone": TRUE,
    "a chain whose name is given to something else": f"e_ = {TRUE}\nd = {TRUE}\nd = 3",
    "chains of a loop": f"d = {TRUE}\nfor n in range(2):\n    c = {TRUE}",
    "a chain that a function throws away": f"def f():\n    {TRUE}\nd = {TRUE}\nf()",
    "a chain without qed": "d = derive(x + y).eq(y + x)",
    "a chain without qed, in a list": f"d = {TRUE}\nsome = [derive(x + y).eq(y + x)]",
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_chain_that_would_slip_by_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(SLIPS[name], tmp_path, monkeypatch) == 3
    told = capsys.readouterr().out
    assert "is bound to no name of its own" in told or "does not end in qed" in told


@pytest.mark.parametrize("name", ["a name that is bound twice", "a chain in a list", "a bare chain"])
def test_and_it_is_judged(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = SLIPS[name].rsplit(TRUE, 1) if TRUE in SLIPS[name] else [SLIPS[name], ""]
    text = SLIPS[name].replace(TRUE, FALSE, 1) if name == "a name that is bound twice" else FALSE.join(last)
    assert checked(text, tmp_path, monkeypatch) == 1


FINE = {
    "a chain that grows under one name": "d = derive(x + y)\nd = d.eq(y + x)\nd = d.qed(x + y, '=', y + x)",
    "a result that is cited where it is made": (
        "d = derive(exp(x) - exp(y), [Eq(x, y)])"
        ".eq(0, by=derive(exp(x) - exp(y), [Eq(x, y)]).eq(0, by=hypothesis(Eq(x, y))).qed(exp(x) - exp(y), '=', 0))"
        ".qed(exp(x) - exp(y), '=', 0)"
    ),
    "two names for one chain": f"d = {TRUE}\nother = d",
    "a list of chains that have names": f"d = {TRUE}\nall_of_them = [d]",
    "a chain that a function makes and gives back": f"def f():\n    return {TRUE}\nd = f()",
}


@pytest.mark.parametrize("name", FINE)
def test_what_has_a_name_is_left_alone(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(FINE[name], tmp_path, monkeypatch) == 0


def test_a_crash_of_the_engine_is_one_line_with_a_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "judge", int)
    assert checked(f"\nd = {TRUE}", tmp_path, monkeypatch) == 70
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: mine.py:4: d: the engine failed with TypeError: int")
    assert " (checking.py:" in line
    assert line.endswith("; please report it, with the file")


def test_the_json_names_what_slipped_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(f"d = {TRUE}\n{TRUE}", tmp_path, monkeypatch, "--json") == 3
    named = {one["name"]: one for one in json.loads(capsys.readouterr().out)["derivations"]}
    assert named["d"]["verdict"] == "PROVED" and named["line_4"]["verdict"] == "OPEN"
