"""A document as it stands: what is said, and what is displayed, in order, each with its place."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any

from derivations.reading.extract import Extract, Sources
from derivations.records import record

MATHS = "⟦{}⟧"
"""How a formula in running text is written in what is said: by its number."""


@record(frozen=True, eq=False)
class Said:
    """A run of running text.

    text:    the words, with ⟦0⟧, ⟦1⟧, … for the formulas in it
    maths:   these formulas
    links:   what it refers to: a page, a label, a rule
    heading: it is a heading
    start:   where it begins
    """

    text: str
    maths: tuple[Extract, ...] = ()
    links: tuple[str, ...] = ()
    heading: bool = False
    start: int = 0


@record(frozen=True, eq=False)
class Displayed:
    """A displayed formula, or several in rows.

    environment: the LaTeX environment (`align`), "" for $$ … $$
    labels, tag: by which it is referred to
    outer:       where the display as a whole begins and ends in the sources
    """

    source: Extract
    environment: str = ""
    labels: tuple[str, ...] = ()
    tag: str = ""
    outer: tuple[int, int] = (0, 0)


@record(frozen=True, eq=False)
class Turn:
    """From here on the document states a theorem, proves one, or neither: `role` is "theorem", "proof" or ""."""

    role: str
    start: int = 0
    name: str = ""


@record(frozen=True, eq=False)
class Row:
    """One row of a block of notation: `name: what it is`, as its author wrote it.

    section: the heading of the exercise or section from which on it holds; "" for all
    """

    name: str
    value: Any
    start: int = 0
    section: str = ""


@record(frozen=True, eq=False)
class Complaint:
    """Something of the document that cannot be read: what, where, and what to do."""

    message: str
    remedy: str
    start: int = 0


Piece = Said | Displayed | Turn


@record(eq=False)
class Document:
    """A document that was taken apart.

    kind:    "markdown" or "latex"
    rows:    the notation that it declares in its front matter or in comments
    tables:  shared tables of notation that it asks for
    """

    path: Path
    kind: str
    sources: Sources
    pieces: list[Piece] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    title: str = ""

    @property
    def displays(self) -> list[Displayed]:
        return [piece for piece in self.pieces if isinstance(piece, Displayed)]


LARGEST = 20_000_000
"""Characters of one file that are read."""


def open_document(path: Path) -> Document:
    """Take a Markdown or LaTeX file apart.

    Raises OSError where it cannot be read, UnicodeError where it is no text.
    """
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    if len(text) > LARGEST:
        raise OSError(f"it is longer than {LARGEST} characters")
    return open_text(text, path)


def open_text(text: str, path: Path) -> Document:
    """Take the text of a Markdown or LaTeX file apart; `path` says which of the two it is, and where it lies."""
    from derivations.reading import markdown, tex

    sources = Sources()
    whole = sources.add(path, text)
    if path.suffix == ".tex":
        return tex.document(path, whole, sources)
    return markdown.document(path, whole, sources)


def is_document(name: str) -> bool:
    """A name of a Markdown or LaTeX file."""
    return name.endswith((".md", ".markdown", ".tex"))
