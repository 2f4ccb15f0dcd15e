"""The table of `derivations check`: one derivation a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from derivations.kernel.report import Report, Verdict
from derivations.sheets.json import summary

COLOURS = {Verdict.PROVED: "green", Verdict.REFUTED: "red", Verdict.OPEN: "yellow"}
HEADINGS = ("derivation", "exercise", "links", "by SymPy", "verdict")


def render(reports: Sequence[Report], colour: Callable[..., str] | None = None) -> str:
    """The table as text; `colour(text, fg=…)` paints the verdicts."""
    rows = [HEADINGS, *(_row(report) for report in reports)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = []
    for row, report in zip(rows, [None, *reports], strict=True):
        cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)]
        if report is not None and colour is not None:
            cells[-1] = colour(row[-1], fg=COLOURS[report.verdict])
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def summary_line(reports: Sequence[Report]) -> str:
    """The totals in one line."""
    totals: dict[str, Any] = summary(reports)
    derivations, links = totals["derivations"], totals["links"]
    count = len(reports)
    return (
        f"{count} derivation{'' if count == 1 else 's'}: {_verdicts(derivations)}; "
        f"links: {_verdicts(links)}, {links['reproduced']} reproduced by SymPy, {links['disputed']} disputed"
    )


def disputed(report: Report) -> bool:
    """SymPy arrives at something else, in some link."""
    return any(step.reproduction is not None and step.reproduction.disputed for step in report.steps)


def _row(report: Report) -> tuple[str, ...]:
    proved = sum(step.verdict is Verdict.PROVED for step in report.steps)
    again = sum(bool(step.reproduction and step.reproduction.operation) for step in report.steps)
    verdict = report.verdict.value + (", disputed" if disputed(report) else "")
    return report.name or "derivation", report.exercise, f"{proved}/{len(report.steps)}", str(again), verdict


def _verdicts(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts[verdict.value.lower()]} {verdict.value.lower()}" for verdict in Verdict)
