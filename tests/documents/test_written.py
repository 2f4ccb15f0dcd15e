"""Short documents, right and wrong: everything that `derivations check` says of each, and its exit code.

`NAME.txt` beside a document holds both; what is printed must be that to the letter.
"""

from pathlib import Path

import pytest

from derivations import cli

HERE = Path(__file__).parent / "written"
DOCUMENTS = sorted(path for path in HERE.iterdir() if path.suffix in (".md", ".tex"))


def said(path: Path, capsys, *options: str) -> str:
    with pytest.raises(SystemExit) as end:
        cli.main(["check", path.name, "--no-reproduce", *options])
    captured = capsys.readouterr()
    return f"{captured.out}{captured.err}exit code {end.value.code}\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_all_that_is_said_of_a_document(path, monkeypatch, capsys):
    monkeypatch.chdir(HERE)
    assert said(path, capsys) == path.with_suffix(f"{path.suffix}.txt").read_text("utf-8")


def test_there_are_thirty_of_them():
    assert len(DOCUMENTS) >= 30


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_marking_inserts_and_changes_nothing_else(path, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(HERE)
    said(path, capsys, "--marked", str(tmp_path / path.name), "--write-reasons", str(tmp_path / f"reasons-{path.name}"))
    own = path.read_text("utf-8")
    for written in (tmp_path / path.name, tmp_path / f"reasons-{path.name}"):
        rest = iter(written.read_text("utf-8"))
        assert all(sign in rest for sign in own), "the document is a subsequence of what is written"
