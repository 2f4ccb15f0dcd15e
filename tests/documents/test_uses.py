"""A document as a test session, as a cell of a notebook, and as its own kind of file again."""

import os
import subprocess
import sys
from pathlib import Path

from derivations.documents.cell import judge_cell
from derivations.documents.judging import Options, judge_document
from derivations.documents.marked import marked, with_reasons
from derivations.reading.document import open_text

RIGHT_AND_WRONG = "Let $a$, $b$ be real numbers.\n$$ (a + b)^2 = a^2 + 2 a b + b^2 = a^2 + b^2 $$\n"


def session(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "derivations.pytest_plugin", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=os.environ)


def test_each_line_of_a_document_is_a_test(tmp_path):
    (tmp_path / "notes.md").write_text(RIGHT_AND_WRONG, "utf-8")
    (tmp_path / "other.md").write_text("$$ x = y $$\n", "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nderivations = notes.md\n", "utf-8")
    done = session(tmp_path)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "notes.md::line 2, column 34 - REFUTED: a² + 2 a b + b² = a² + b²" in done.stdout
    assert "left − right = 2 a b" in done.stdout


def test_documents_below_a_folder_are_left_alone(tmp_path):
    (tmp_path / "notes.md").write_text("$$ x = y $$\n", "utf-8")
    assert session(tmp_path, "--derivations", ".").returncode == 5  # no tests


def test_a_cell_is_judged_with_the_names_of_its_session():
    from derivations import symbols

    a, b = symbols("a b")
    report = judge_cell(r"(a + b)^2 &= a^2 + 2 a b + b^2 \\ &= a^2 + b^2", {"a": a, "b": b, "other": 3})
    assert [line.verdict.value for line in report.lines] == ["PROVED", "REFUTED"]


def test_a_cell_may_declare_its_names():
    report = judge_cell("% derivations: a: > 0\n\\frac{a}{a} = 1", {})
    assert [line.verdict.value for line in report.lines] == ["PROVED"]


def judged(text: str, name: str):
    return judge_document(open_text(text, Path(name)), Options(reproduce=False))


def test_marks_in_markdown():
    report = judged(RIGHT_AND_WRONG, "notes.md")
    assert marked(report) == (
        "Let $a$, $b$ be real numbers.\n"
        r"$$ (a + b)^2 = a^2 + 2 a b + b^2\;\;{\checkmark} = a^2 + b^2\;\;{\mathbf{\times}^{(1)}} $$"
        "\n\n> (1) **refuted**: `with a = 1, b = 2:   left = 9   right = 5; left − right = 2 a b; "
        "try  correct the line: no reason can prove it`  \n\n"
    )


def test_marks_in_latex_need_nothing_that_is_not_there():
    text = (
        "\\documentclass{article}\n\\begin{document}\nLet $a$ be a real number.\n\\[ a + a = 3 a \\]\n\\end{document}\n"
    )
    said = marked(judged(text, "notes.tex"))
    assert r"\[ a + a = 3 a\;\;{\mathbf{\times}^{(1)}} \]" in said
    assert r"\textbf{refuted}: with a = 1:   left = 2   right = 3; left - right = -a" in said
    assert said.isascii()


def test_reasons_are_comments():
    text = "Let $X \\sim \\mathcal{N}(0, 1)$.\n\n$$ \\mathrm{Var}(2 X) = 4 \\mathrm{Var}(X) $$\n"
    assert "<!-- line 3: by variance-scaling -->\n$$" in with_reasons(judged(text, "notes.md"))
    tex = "Let $X \\sim \\mathcal{N}(0, 1)$.\n\\[ \\mathrm{Var}(2 X) = 4 \\mathrm{Var}(X) \\]\n"
    assert "% line 2: by variance-scaling\n\\[" in with_reasons(judged(tex, "notes.tex"))


def test_what_was_written_back_is_judged_alike():
    for text, name in ((RIGHT_AND_WRONG, "notes.md"), ("Let $u > 0$.\n\\[ \\log(u^2) = 2 \\log u \\]\n", "notes.tex")):
        first = judged(text, name)
        again = judged(with_reasons(first), name)
        assert [line.verdict for line in first.lines] == [line.verdict for line in again.lines]


def test_the_last_line_is_held_against_what_is_asked_for():
    text = (
        "**Exercise 1.** Let $a$, $b$, $c$ be real numbers. Express $(a + b)^2$ as a function of $a$ and $c$.\n\n"
        "**Solution.** We get\n$$ (a + b)^2 = a^2 + 2 a b + b^2 $$\n"
    )
    (trouble,) = judged(text, "notes.md").troubles
    assert trouble.message == (
        "the result is asked for in terms of a, c; the last line has b, which is not among these; c does not occur"
    )


def test_a_limit_says_where_it_goes():
    text = "Let $x$ be a real number.\n$$ \\frac{x + 1}{x} \\sim 1 \\quad (x \\to \\infty) $$\n"
    (line,) = judged(text, "notes.md").lines
    assert line.verdict.value == "PROVED" and line.sign == "~"


def test_notation_may_hold_from_a_section_on():
    text = (
        "---\nnotation:\n  a: number\n  Part 2:\n    a: integer\n---\n# Part 1\n$$ a = a + 0 $$\n# Part 2\n"
        "$$ \\sin(\\pi a) = 0 $$\n"
    )
    report = judged(text, "notes.md")
    assert report.lines[0].verdict.value == "PROVED"
    assert not report.troubles
