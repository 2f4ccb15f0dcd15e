"""In which part of a document a notation holds, and what a size or a matrix in it is."""

import shutil
import subprocess
from pathlib import Path

import pytest

from derivations.documents.judging import Options, judge_document
from derivations.documents.marked import marked
from derivations.reading.document import open_text
from derivations.sheets.notation import rows
from derivations.terms.matrices import matrix
from derivations.terms.symbols import symbols


def judged(text: str, name: str = "notes.md"):
    return judge_document(open_text(text, Path(name)), Options(reproduce=False))


def verdicts(text: str) -> list[str]:
    return [line.verdict.value for line in judged(text).lines]


TWO = """---
notation:
  scope: {scope}
  Exercise 1:
    x: number
    given: x = 3
  Exercise 2:
    y: number
---

# Exercise 1

We have $$ x^2 = 9 $$

# Exercise 2

We have $$ x^2 = 9 $$
"""


def test_a_notation_holds_from_its_heading_on():
    assert verdicts(TWO.format(scope="document")) == ["PROVED", "PROVED"]


def test_by_heading_nothing_of_an_exercise_holds_in_the_next():
    report = judged(TWO.format(scope="heading"))
    assert [line.verdict.value for line in report.lines] == ["PROVED", "UNREAD"]
    assert [missing.row for missing in report.missing] == ["x: number"]


def test_another_scope_is_told():
    assert "`scope: page` is no scope" in str(judged(TWO.format(scope="page")).troubles)


def test_an_equation_for_an_integer_is_given_as_an_equation():
    text = "---\nnotation:\n  n: integer, >= 1\ngiven: n = 2\n---\n\n$$ n^2 = {} $$\n"
    assert verdicts(text.format(4)) == ["PROVED"]
    assert "PROVED" not in verdicts(text.format(5))


def test_a_matrix_says_its_sizes():
    m, n = symbols("m n", integer=True, lower=1)
    assert rows([matrix("A", m, n)]) == ["m: integer, >= 1", "n: integer, >= 1", "A: matrix m x n"]


def test_a_matrix_leaves_the_name_of_a_vector_alone():
    text = "---\nnotation:\n  x: vector of n\n  X: matrix n x n\n---\n\n$$ X (x + x) = {} $$\n"
    assert verdicts(text.format("2 X x")) == ["PROVED"]
    assert "PROVED" not in verdicts(text.format("3 X x"))


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="latexmk with pdflatex is not installed")
def test_a_marked_document_compiles(tmp_path):
    text = (
        "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\nLet $a$, $b$ be real numbers.\n"
        "\\begin{align}\n(a + b)^2 &= a^2 + 2 a b + b^2 \\\\\n &= a^2 + b^2 \\label{e}\n\\end{align}\n"
        "\\[ a + c_i = c_i + a \\]\n\\begin{gather*} a + a = 3 a \\end{gather*}\n\\end{document}\n"
    )
    (tmp_path / "notes.tex").write_text(marked(judged(text, "notes.tex")), "utf-8")
    done = subprocess.run(
        ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "notes.tex"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "notes.pdf").exists()
