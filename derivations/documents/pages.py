"""What other pages of the same folder state, where a document links to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from derivations.documents.claims import STATEMENT, argument
from derivations.documents.understanding import NotUnderstood, Understanding
from derivations.reading.document import open_document

SUFFIXES = ("", ".md", ".markdown", ".tex")


class Pages:
    """The pages that a document links to; each is read once, and only below the document's folder."""

    def __init__(self, folder: Path, tables: tuple[Path, ...]) -> None:
        self.folder, self.tables = folder, tables
        self._stated: dict[Path, tuple[Any, ...]] = {}

    def find(self, link: str) -> Path | None:
        """The file that a link names: `/P/norm-pdf` is `P/norm-pdf.md`, or `norm-pdf.md`, in the folder."""
        plain = link.split("#")[0].strip("/")
        if not plain or ":" in plain or link.startswith("#"):
            return None
        for name in (plain, plain.rsplit("/", 1)[-1]):
            for suffix in SUFFIXES:
                path = (self.folder / f"{name}{suffix}").resolve()
                if path.suffix in SUFFIXES[1:] and path.is_relative_to(self.folder) and path.is_file():
                    return path
        return None

    def stated(self, link: str) -> tuple[Any, ...]:
        """The theorems of the page that a link names, in its own notation; () if there is none."""
        path = self.find(link)
        if path is None:
            return ()
        if path not in self._stated:
            self._stated[path] = ()  # a page that links back finds nothing
            self._stated[path] = tuple(self._read(path))
        return self._stated[path]

    def _read(self, path: Path) -> list[Any]:
        try:
            made = argument(open_document(path))
        except (OSError, UnicodeError):
            return []
        known = Understanding(made, self.tables)
        found: list[Any] = []
        for claim in made.claims:
            if claim.nature == STATEMENT and not claim.conditions and not claim.premises:
                known.enter(claim.unit)
                try:
                    found += known.given(claim.chain, False)
                except NotUnderstood:
                    continue
        return found
