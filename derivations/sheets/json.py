"""Reports as one JSON document: a contract that later work adds keys to and renames none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derivations.catalogue import shown
from derivations.kernel.report import Report, StepReport, Verdict
from derivations.sheets.document import said_by


def document(reports: Sequence[Report]) -> dict[str, Any]:
    """The document that `derivations check --json` prints."""
    return {"derivations": [_derivation(report) for report in reports], "summary": summary(reports)}


def summary(reports: Sequence[Report]) -> dict[str, dict[str, int]]:
    """How many derivations and links got which verdict."""
    steps = [step for report in reports for step in report.steps]
    links = _count([step.verdict for step in steps])
    links["reproduced"] = sum(bool(step.reproduction and step.reproduction.operation) for step in steps)
    links["disputed"] = sum(step.disputed for step in steps)
    return {"derivations": _count([report.verdict for report in reports]), "links": links}


def _count(verdicts: Sequence[Verdict]) -> dict[str, int]:
    return {verdict.value.lower(): verdicts.count(verdict) for verdict in Verdict}


def _derivation(report: Report) -> dict[str, Any]:
    return {
        "name": report.name,
        "exercise": report.exercise,
        "file": shown(report.place.file),
        "verdict": report.verdict.value,
        "fault": report.fault,
        "stated": report.stated.latex if report.stated is not None else None,
        "matches_stated": report.matches_stated,
        "given": [_latex(given) for given in report.given],
        "rests_on": list(report.rests_on),
        "problems": list(report.problems),
        "notes": list(report.notes),
        "steps": [step_as_json(step) for step in report.steps],
    }


def step_as_json(step: StepReport) -> dict[str, Any]:
    residual, witness, again = step.finding.residual, step.witness, step.reproduction
    return {
        "number": step.number,
        "equation": step.equation,
        "relation": step.link.sign,
        "lhs": step.link.lhs.latex,
        "rhs": step.link.rhs.latex,
        "by": list(step.by),
        "conditions": [
            {
                "condition": condition.statement.latex,
                "discharged_by": list(condition.discharged_by) if condition.discharged_by is not None else None,
            }
            for condition in step.finding.conditions
        ],
        "verdict": step.verdict.value,
        "fault": step.finding.fault,
        "witness": None
        if witness is None
        else {"values": dict(witness.values), "left": witness.left, "right": witness.right},
        "residual": residual.latex if residual is not None else None,
        "problem": step.finding.problem or None,
        "not_needed": list(step.finding.idle),
        "reproduced": again.operation if again else None,
        "disputed": step.disputed,
        "note": again.note or None if again else None,
        "seconds": step.seconds,
    }


def _latex(given: Any) -> str:
    said = said_by(given)
    return said.latex if said is not None else str(given)
