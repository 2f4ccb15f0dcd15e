"""The table of `derivations check`: one derivation a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivations.sheets.model import Row

if TYPE_CHECKING:
    from derivations.kernel.report import Report

VERDICTS = ("PROVED", "REFUTED", "OPEN")
COLOURS = {"PROVED": "green", "REFUTED": "red", "OPEN": "yellow"}
HEADINGS = ("derivation", "exercise", "links", "by SymPy", "verdict")


def row(report: Report) -> Row:
    """What the table says of one report."""
    verdicts = [step.verdict.value for step in report.steps]
    return Row(
        report.name or "derivation",
        report.exercise,
        report.verdict.value,
        tuple(verdicts.count(verdict) for verdict in VERDICTS),
        sum(bool(step.reproduction and step.reproduction.operation) for step in report.steps),
        sum(step.disputed for step in report.steps),
        notes=report.notes,
        idle=sum(bool(step.finding.idle) for step in report.steps),
        fault=report.fault,
    )


def judged(report: Report) -> Row:
    """One report as a row of the table, with what is wrong."""
    if report.problems or not all(step.verdict.value == "PROVED" and not step.disputed for step in report.steps):
        from derivations.sheets.failure import failures

        return replace(row(report), said=failures(report))
    return row(report)


def render(rows: Sequence[Row], colour: Callable[..., str] | None = None) -> str:
    """The table as text; `colour(text, fg=…)` paints the verdicts."""
    shown = [HEADINGS, *(_cells(one) for one in rows)]
    widths = [max(len(cells[column]) for cells in shown) for column in range(len(HEADINGS))]
    lines = []
    for texts, one in zip(shown, [None, *rows], strict=True):
        cells = [f"{text:<{width}}" for text, width in zip(texts, widths, strict=True)]
        if one is not None and colour is not None:
            cells[-1] = colour(texts[-1], fg=COLOURS[one.verdict])
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def summary_line(rows: Sequence[Row]) -> str:
    """The totals in one line."""
    count = len(rows)
    derivations = _verdicts([sum(one.verdict == verdict for one in rows) for verdict in VERDICTS])
    links = _verdicts([sum(one.links[n] for one in rows) for n in range(len(VERDICTS))])
    reproduced, disputed = sum(one.reproduced for one in rows), sum(one.disputed for one in rows)
    return (
        f"{count} derivation{'' if count == 1 else 's'}: {derivations}; "
        f"links: {links}, {reproduced} reproduced by SymPy, {disputed} disputed"
    )


def _cells(one: Row) -> tuple[str, ...]:
    verdict = one.verdict + (", disputed" if one.disputed else "") + (", fault of the engine" if one.fault else "")
    return one.name, one.exercise, f"{one.links[0]}/{sum(one.links)}", str(one.reproduced), verdict


def _verdicts(counts: Sequence[Any]) -> str:
    return ", ".join(f"{count} {verdict.lower()}" for count, verdict in zip(counts, VERDICTS, strict=True))
