"""A derivation in LaTeX that stands in a cell of a notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from derivations.documents.judging import Options, judge_document
from derivations.documents.report import DocumentReport
from derivations.reading.document import open_text
from derivations.terms.families import Family
from derivations.terms.functions import Function
from derivations.terms.term import Term

_DISPLAYED = re.compile(r"\$|\\begin|\\\[|\\\(")


def judge_cell(cell: str, names: Mapping[str, Any], *, defined: bool = False) -> DocumentReport:
    """The lines of a cell, judged; `names` are things that it may use without declaring them.

    A cell without dollars or environments is the rows of one `align`.
    """
    text = cell if _DISPLAYED.search(cell) else _aligned(cell)
    known = {name: thing for name, thing in names.items() if isinstance(thing, (Term, Family, Function))}
    document = open_text(text, Path("cell.tex"))
    return judge_document(document, Options(reproduce=False, defined=defined, names=known))


def _aligned(cell: str) -> str:
    """The rows in an `align`, behind the comments that declare names."""
    comments = [row for row in cell.splitlines() if row.lstrip().startswith("%")]
    rows = [row for row in cell.splitlines() if not row.lstrip().startswith("%")]
    return "\n".join([*comments, r"\begin{align*}", *rows, r"\end{align*}", ""])
