"""LaTeX to PDF: what happens when LaTeX is missing, slow, or unhappy."""

import os

import pytest

from derivations.sheets import pdf

LOG = """\
This is pdfTeX
(./sheet.tex
! Undefined control sequence.
l.12 \\foo
         bar
The control sequence at the end of the top line
of your error message was never \\def'ed.
and so on
and on
"""


def tool(folder, script: str) -> None:
    """A latexmk (and a pdflatex) of our own on the PATH."""
    for name in ("latexmk", "pdflatex"):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)


@pytest.fixture
def tools(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.defpath}")
    (tmp_path / "sheet.tex").write_text("source")
    return folder


def test_the_pdf_is_put_in_its_place(tools, tmp_path):
    tool(tools, "cp sheet.tex sheet.pdf")
    assert pdf.available()
    pdf.build(tmp_path / "sheet.tex", tmp_path / "out" / "sheet.pdf")
    assert (tmp_path / "out" / "sheet.pdf").read_text() == "source"


def test_shell_escape_is_off(tools, tmp_path):
    tool(tools, 'echo "$@" > sheet.pdf')
    pdf.build(tmp_path / "sheet.tex", tmp_path / "sheet.pdf")
    assert "-no-shell-escape" in (tmp_path / "sheet.pdf").read_text()


def test_a_failure_shows_the_error_and_where_it_is(tools, tmp_path):
    (tmp_path / "log").write_text(LOG)
    tool(tools, f"cp {tmp_path / 'log'} sheet.log; exit 12")
    with pytest.raises(pdf.PdfError) as failure:
        pdf.build(tmp_path / "sheet.tex", tmp_path / "sheet.pdf")
    assert str(failure.value) == (
        f"LaTeX could not set {tmp_path / 'sheet.tex'}:\n"
        "  ! Undefined control sequence.\n"
        "  l.12 \\foo\n"
        "           bar\n"
        "  The control sequence at the end of the top line\n"
        "  of your error message was never \\def'ed.\n"
        "  and so on"
    )
    assert not (tmp_path / "sheet.pdf").exists()


def test_it_does_not_wait_for_ever(tools, tmp_path):
    tool(tools, "sleep 60")
    with pytest.raises(pdf.PdfError, match=r"no PDF after 0\.2 seconds"):
        pdf.build(tmp_path / "sheet.tex", tmp_path / "sheet.pdf", seconds=0.2)
