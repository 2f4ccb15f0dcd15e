"""A judged document as JSON: the contract of `sheets.json`, with the places in the file."""

from __future__ import annotations

from typing import Any

from derivations.catalogue import shown
from derivations.documents.report import DocumentReport, LineReport
from derivations.sheets.json import step_as_json


def document(report: DocumentReport) -> dict[str, Any]:
    """One document: its lines, what was understood of its notation, what is missing."""
    return {
        "file": shown(report.document.path),
        "kind": report.kind,
        "lines": [_line(line) for line in report.lines],
        "notation": [
            {"name": one.name or None, "means": one.means, "from": one.origin, **_place(one)}
            for one in report.understood
        ],
        "missing": [{"name": one.name, "row": one.row, **_place(one)} for one in report.missing],
        "troubles": [{"message": one.message, "remedy": one.remedy, **_place(one)} for one in report.troubles],
        "assumed": list(report.assumed),
        "summary": _summary(report),
    }


def _summary(report: DocumentReport) -> dict[str, int]:
    counts = {verdict: 0 for verdict in ("proved", "refuted", "open", "unread", "given")}
    for line in report.lines:
        counts[line.verdict.value.lower()] += 1
    return counts


def _place(thing: Any) -> dict[str, Any]:
    return {"in": shown(thing.spot.file), "line": thing.spot.line, "column": thing.spot.column}


def _line(line: LineReport) -> dict[str, Any]:
    judged = step_as_json(line.step) if line.step is not None else {}
    return {
        **judged,
        **_place(line),
        "equation": line.label or None,
        "nature": line.nature,
        "source": line.source,
        "reading": line.reading or None,
        "relation": line.sign,
        "verdict": line.verdict.value,
        "by": list(line.by),
        "problem": line.problem or None,
        "cause": line.cause or None,
        "readings": list(line.readings),
        "tries": list(line.tries),
        "given": list(line.given),
        "rests_on": list(line.rests_on),
        "seconds": line.seconds,
    }
