"""Documents among what a command was asked for: Markdown and LaTeX files."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from derivations.budget import Limits
    from derivations.documents.judging import Options
    from derivations.documents.report import DocumentReport

UNREAD = 6
"""The exit code where nothing is wrong, but something could not be read, or is not known to be defined."""


def is_document(name: str) -> bool:
    return name.endswith((".md", ".markdown", ".tex"))


def judged_documents(
    names: Sequence[str], reproduce: bool, defined: bool, tables: Sequence[str], limits: Limits,
    marked: str | None = None, reasons: str | None = None,
) -> tuple[list[DocumentReport], list[str]]:  # fmt: skip
    """The documents judged (and written again with marks or reasons), and what is wrong with the other names."""
    if not names:
        if marked or reasons:
            raise click.UsageError("--marked and --write-reasons are for a document: name one, such as notes.md")
        return [], []
    from derivations.documents.judging import Options

    if (marked or reasons) and len(names) > 1:
        raise click.UsageError("--marked and --write-reasons write one document: name one at a time")
    options = Options(reproduce, defined, limits, tuple(map(Path, tables)))
    reports, errors = judge_documents(names, options)
    for report in reports:
        if marked:
            from derivations.documents.marked import marked as written

            _write(Path(marked), written(report), report)
        if reasons:
            from derivations.documents.marked import with_reasons

            _write(Path(reasons), with_reasons(report), report)
    return reports, errors


def _write(path: Path, text: str, report: DocumentReport) -> None:
    if path.exists() and path.samefile(report.document.path):
        raise click.UsageError(f"{path} is the document itself: write to another file")
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def judge_documents(names: Iterable[str], options: Options) -> tuple[list[DocumentReport], list[str]]:
    """The documents judged, and what is wrong with the other names."""
    from derivations.catalogue import shown
    from derivations.documents.judging import judge_file

    reports: list[DocumentReport] = []
    errors: list[str] = []
    for name in names:
        try:
            with contextlib.redirect_stdout(sys.stderr):
                reports.append(judge_file(Path(name), options))
        except UnicodeError:
            errors.append(f"{shown(name)}: cannot be read: it is no text in UTF-8")
        except OSError as error:
            errors.append(f"{shown(name)}: cannot be read: {error.strerror or error}")
    return reports, errors


def documents_as_json(reports: Sequence[DocumentReport]) -> dict[str, Any]:
    """What the JSON document says of documents, if there are any."""
    if not reports:
        return {}
    from derivations.documents.json import document

    return {"documents": [document(report) for report in reports]}


def print_documents(reports: Sequence[DocumentReport]) -> None:
    from derivations.documents.text import render

    for report in reports:
        click.echo(render(report, click.style), nl=False)


def worst(codes: Iterable[int]) -> int:
    """The exit code of several: a fault of the engine, what is refuted, what is open, what is unread."""
    found = set(codes)
    return next((code for code in (5, 1, 2, 4, 3, 6) if code in found), 0)


__all__: list[Any] = [
    "UNREAD", "documents_as_json", "is_document", "judge_documents", "judged_documents", "print_documents", "worst",
]  # fmt: skip
