"""What is written wrongly is told so, in a line or two that name the culprit and what to do.

`tests/data/bad_input.toml` holds files as people write them, and what `derivations check` must say of each: why it
cannot be read, or the whole message of what was judged. None of them may be proved, nor take long.
"""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from derivations.catalogue import CatalogueError, load_file
from derivations.checking import check
from derivations.cli import main
from derivations.kernel.report import Verdict
from derivations.sheets.failure import failures

CASES = tomllib.loads((Path(__file__).parent / "data" / "bad_input.toml").read_text("utf-8"))["case"]
SECONDS = 30
"""Far more than any of them takes, on a machine that has other things to do."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_said(case: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(case["source"], "utf-8")
    begun = time.monotonic()
    assert said(Path("mine.py")) == case["says"]
    assert time.monotonic() - begun < SECONDS


def said(path: Path) -> str:
    """What is wrong with a file, or with its derivations."""
    try:
        found = load_file(path)
    except CatalogueError as error:
        return f"{error}\n"
    reports = [check(one.derivation, reproduce=False) for one in found]
    assert all(report.verdict is not Verdict.PROVED for report in reports)
    return "\n".join(map(failures, reports))


# -- what is read, and how ---------------------------------------------------------------------
NUMBERS = """
import decimal, fractions
import numpy
from derivations import derive, symbols
x = symbols("x")
floats = derive(0.1 * x + 0.2 * x).eq(0.3 * x).qed(0.1 * x + 0.2 * x, "=", 0.3 * x)
exact = derive(decimal.Decimal("0.5") * x).eq(fractions.Fraction(1, 2) * x).qed(x * decimal.Decimal("0.5"), "=", x / 2)
scalars = derive(x * numpy.int64(2)).eq(x * numpy.float64(2.0)).qed(numpy.float32(2) * x, "=", numpy.int8(2) * x)
"""


def test_floats_are_exact_decimals_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(NUMBERS)
    floats, *_ = (one.derivation for one in load_file(Path("mine.py")))
    report = check(floats, reproduce=False)
    assert report.verdict is Verdict.PROVED
    assert report.notes == (
        "`0.1` is read as exactly 1/10", "`0.2` is read as exactly 1/5", "`0.3` is read as exactly 3/10",
    )  # fmt: skip
    with pytest.raises(SystemExit):
        main(["check", "--no-reproduce", "mine.py"])
    out = capsys.readouterr().out.splitlines()
    assert out[-4:] == [
        "note: floats: `0.1` is read as exactly 1/10",
        "note: floats: `0.2` is read as exactly 1/5",
        "note: floats: `0.3` is read as exactly 3/10",
        "note: exact: `0.5` is read as exactly 1/2",
    ]


def test_numbers_of_other_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(NUMBERS)
    _, exact, scalars = (one.derivation for one in load_file(Path("mine.py")))
    assert str(exact.steps[0].link) == "0.5 x = 1/2 x"
    assert str(scalars.steps[0].link) == "x · 2 = x · 2"


# -- files -------------------------------------------------------------------------------------
FILES = {
    "no UTF-8": (
        b'x = "\xff"\n',
        "mine.py:1: is no valid Python: (unicode error) 'utf-8' codec can't decode byte 0xff in position 0: "
        "invalid start byte",
    ),
    "null bytes": (b"x = 1\0", "mine.py:1: is no valid Python: source code string cannot contain null bytes"),
    "empty": (
        b"", "mine.py:1: defines no derivation: bind a chain `derive(…).eq(…).qed(…)` to a name at the top level",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_files_that_cannot_be_read(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    content, message = FILES[kind]
    Path("mine.py").write_bytes(content)
    with pytest.raises(SystemExit) as end:
        main(["check", "mine.py"])
    assert (end.value.code, *capsys.readouterr()) == (2, "", f"error: {message}\n")


def test_paths_that_are_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.py").mkdir()
    with pytest.raises(SystemExit) as end:
        main(["check", "folder.py", "missing.py"])
    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "error: folder.py: cannot be read: Is a directory\n"
        "error: missing.py: cannot be read: No such file or directory\n"
    )


SHEETS = {
    'exercices = ["unit_variance"]': (
        "there is no key 'exercices': say title, author, date, variants, sections, exercises"
    ),
    'title = 3\nexercises = ["unit_variance"]': "title must be text",
    'exercises = "unit_variance"': "exercises must be a list of names",
    'exercises = ["unit_varianze"]': (
        "no derivation is called 'unit_varianze'; did you mean unit_variance or equivariance or variance?"
    ),
    'exercises = ["not.py"]': "not.py: cannot be read: No such file or directory",
    "exercises = []": 'names no exercise: exercises = ["…"]',
    'variants = ["solution"]\nexercises = ["unit_variance"]': (
        "there is no variant 'solution': say solutions, problems, hints"
    ),
    "sections = 3": "sections are written [[sections]]",
}


@pytest.mark.parametrize("content", SHEETS)
def test_sheet_files(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sheet.toml").write_text(content)
    with pytest.raises(SystemExit) as end:
        main(["build", "sheet.toml"])
    assert end.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"Error: sheet.toml: {SHEETS[content]}"
    assert not Path("build").exists()
