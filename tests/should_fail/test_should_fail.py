"""What wrong derivations are told.

Each file beside this one holds derivations as a student might write them, and the text beside it the whole message
that `derivations check` must give for them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivations.catalogue import load_file
from derivations.checking import check_all
from derivations.cli import main
from derivations.kernel.report import Verdict
from derivations.sheets.failure import failures

FOLDER = Path(__file__).parent
WRONG = sorted(file for file in FOLDER.glob("*.py") if file != Path(__file__))


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_message(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    reports = check_all([one.derivation for one in load_file(Path(file.name))], reproduce=False)
    assert all(report.problems or report.verdict is not Verdict.PROVED for report in reports)
    assert steady("\n".join(map(failures, reports))) == steady(file.with_suffix(".txt").read_text("utf-8"))


def steady(message: str) -> str:
    """The message, with the first digit alone of a ball's radius: the others depend on how the ball was reached."""
    return re.sub(r"(± \d)\.\d+e", r"\1e", message)


def test_each_message_belongs_to_a_file() -> None:
    assert {text.stem for text in FOLDER.glob("*.txt")} == {file.stem for file in WRONG}


def test_what_is_told_is_told_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(SystemExit) as end:
        main(["check", "--no-reproduce", "variance_of_a_logit.py"])
    assert end.value.code == 1
    assert Path("variance_of_a_logit.txt").read_text("utf-8") in capsys.readouterr().out
