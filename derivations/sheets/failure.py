"""What a failing step says: where, what was asserted, what is wrong with it, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivations.catalogue import shown
from derivations.kernel.report import Report, StepReport, Verdict
from derivations.sheets.document import assumption, declared
from derivations.sheets.text import sentence
from derivations.terms.printing import TEXT

WIDTH = 96
"""Columns of the first line, whose verdict stands at the right."""


def failures(report: Report) -> str:
    """Everything that is wrong with a derivation, as text; empty if all is proved."""
    wrong = [step for step in report.steps if step.verdict is not Verdict.PROVED or step.disputed]
    blocks = [step_failure(report, step) for step in wrong]
    blocks += [_problem(report, problem) for problem in report.problems]
    return "\n".join(blocks)


def step_failure(report: Report, step: StepReport) -> str:
    """The explanation of one link that was refuted, left open, or disputed."""
    where = _place(step.place)
    head = f"{where}  {report.name or 'derivation'}, step {step.number} of {len(report.steps)}"
    lines = [_header(head, _verdict(step)), f"    {_link(step)}"]
    if step.by:
        lines.append(f"  by   {', '.join(step.by)}")
    lines += [f"  {line}" for line in _evidence(step)]
    given = _given(report, step)
    if given:
        lines.append(f"  given: {given}")
    lines += [f"  try  {advice}" for advice in step.finding.tries]
    return "\n".join(lines) + "\n"


def _verdict(step: StepReport) -> str:
    if step.finding.fault:
        return f"{step.verdict.value}, FAULT OF THE ENGINE"
    if not step.disputed:
        return step.verdict.value
    return "DISPUTED" if step.verdict is Verdict.PROVED else f"{step.verdict.value}, disputed"


def _problem(report: Report, problem: str) -> str:
    head = f"{_place(report.place)}  {report.name or 'derivation'}"
    return f"{_header(head, report.verdict.value)}\n  {problem}\n"


def _header(head: str, verdict: str) -> str:
    return f"{head}  {verdict:>{max(0, WIDTH - len(head) - 2)}}"


def _place(place: Any) -> str:
    return f"{shown(place.file)}:{place.line}"


def _link(step: StepReport) -> str:
    link = step.link
    body = f"{TEXT(link.lhs)}  {TEXT.sign(link.sign)}  {TEXT(link.rhs)}"
    if link.variable is None or link.point is None:
        return body
    return body + TEXT.as_tends(link.variable, link.point)


def _evidence(step: StepReport) -> Iterator[str]:
    finding = step.finding
    if finding.problem:
        yield from finding.problem.splitlines()
    for condition in finding.conditions:
        if condition.discharged_by is None and condition.statement.text not in finding.problem:
            yield f"needs {condition.statement.text}   ({condition.origin})"
    if step.disputed and step.reproduction is not None:
        yield step.reproduction.note or f"SymPy proves it ({step.reproduction.operation}), which the engine refutes"
    if step.witness is not None:
        values = ", ".join(f"{name} = {value}" for name, value in step.witness.values)
        chosen = f"with {values}:   " if values else ""
        yield f"{chosen}left = {step.witness.left}   right = {step.witness.right}"
    if finding.residual is not None:
        what = "left − right" if step.link.sign in ("=", "<", "<=", ">", ">=") else "left over"
        yield f"{what} = {finding.residual.text}"


def _given(report: Report, step: StepReport) -> str:
    """Everything that may be used of the symbols in this line: what was given, what was declared."""
    parts = [sentence(assumption(given)) for given in report.given]
    parts += [fact.text for fact in declared([step.link.lhs, step.link.rhs])]
    return "; ".join(dict.fromkeys(parts))
