"""How what one explores shows itself: aligned text in a terminal, aligned LaTeX in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from derivations.checking import check
from derivations.derivation import Derivation, reason_name
from derivations.exploring.naming import name_all
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule
from derivations.kernel.report import Report, StepReport, Verdict, Witness
from derivations.rules import rules
from derivations.sheets.model import rule_words
from derivations.sheets.unicode import prose, unicode
from derivations.terms.printing import LATEX, TEXT
from derivations.terms.relations import Relation
from derivations.terms.term import Term

MARKS = {Verdict.PROVED: "✓", Verdict.REFUTED: "✗ refuted", Verdict.OPEN: "? open"}
_LATEX_MARKS = {
    Verdict.PROVED: r"\textcolor{green}{\checkmark}",
    Verdict.REFUTED: r"\textcolor{red}{\text{✗ refuted}}",
    Verdict.OPEN: r"\textcolor{orange}{\text{? open}}",
}
_ANSI = {Verdict.PROVED: "32", Verdict.REFUTED: "31", Verdict.OPEN: "33"}
_WIDEST = 72  # columns of a line beside which its reason still stands

Paint = Callable[[str, Verdict], str]


class Words(str):
    """An answer in words, shown as it is written."""

    def __repr__(self) -> str:
        return str(self)


def plain(text: str, verdict: Verdict) -> str:
    return text


def ansi(text: str, verdict: Verdict) -> str:
    """The text in the colour of the verdict, for a terminal."""
    return f"\x1b[{_ANSI[verdict]}m{text}\x1b[0m"


# -- text ----------------------------------------------------------------------------
def text(thing: Any, paint: Paint = plain) -> str:
    """A chain (judged), a report, a step of one, a witness or a reason, in the terminal."""
    match thing:
        case Derivation():
            return _chain(name_all(thing), check(thing, reproduce=False), paint)
        case Report():
            return _report(thing, paint)
        case StepReport():
            return _step(thing, paint)
        case Witness():
            return "   ".join(_witness(thing))
        case Rule():
            return _rule(thing)
        case Definition():
            return f"{reason_name(thing)}:  {thing!r}"
        case Hypothesis():
            over = f"   for all {', '.join(map(str, thing.for_all))}" if thing.for_all else ""
            return f"{thing.relation.text}{over}"
    return str(thing)


def _witness(witness: Witness) -> list[str]:
    """Where, and what both sides are there."""
    values = ", ".join(f"{name} = {value}" for name, value in witness.values)
    return [*([f"with {values}:"] if values else []), f"left = {witness.left}   right = {witness.right}"]


def _rounded(witness: Witness) -> Witness:
    """With a few digits of what is known in a ball."""

    def short(number: str) -> str:
        middle, ball, _ = number.partition(" ± ")
        return f"{float(middle):.6g}…" if ball else number

    return replace(witness, left=short(witness.left), right=short(witness.right))


def _rule(rule: Rule) -> str:
    rows = [rule.name, f"    {unicode(rule.statement)}"]
    rows += [f"  if     {unicode(rule.conditions)}"] if rule.conditions else []
    rows += [f"  source {prose(rule.source)}"]
    return "\n".join([*rows, f"  cited  {citation(rule)}"])


def citation(rule: Rule) -> str:
    """How a rule is cited: one of the package by its name, too."""
    if rules().get(rule.name) is rule:
        return f'by={rule.name.replace("-", "_")}, or by="{rule.name}"'
    return "by the name that it has here"


def _chain(chain: Derivation, report: Report, paint: Paint) -> str:
    left = [f"  {_relation(step.link)}" for step in report.steps]
    column = max((len(line) for line in left if len(line) <= _WIDEST), default=0) + 3
    rows = [chain.start.text]
    for line, step in zip(left, report.steps, strict=True):
        mark = paint(MARKS[step.verdict], step.verdict)
        beside = "  ".join([mark, ", ".join(step.by)]).rstrip()
        rows += [f"{line:<{column}}{beside}"] if len(line) < column else [line, f"{'':<{column}}{beside}"]
        rows += [f"      {said}" for said in (step.finding.notes if _proved(step) else _evidence(step))]
    if chain.statement is not None:
        rows.append(f"qed {chain.statement.text}   {paint(report.verdict.value.lower(), report.verdict)}")
        rows += [f"  {problem}" for problem in report.problems]
    return "\n".join(rows)


def _relation(link: Relation) -> str:
    approach = TEXT.as_tends(link.variable, link.point) if link.variable is not None and link.point is not None else ""
    return f"{TEXT.sign(link.sign)} {link.rhs.text}{approach}"


def _evidence(step: StepReport) -> list[str]:
    """Why a link is not proved: what is in the way, a witness, what is left over, what to try."""
    said = [step.finding.problem] if step.finding.problem else []
    if step.witness is not None:
        shown = text(step.witness)
        said += [shown] if len(shown) <= _WIDEST else _witness(step.witness)
    said += [f"left − right = {step.finding.residual.text}"] if step.finding.residual is not None else []
    return said + [f"try {advice}" for advice in step.finding.tries]


def _report(report: Report, paint: Paint) -> str:
    rows = [f"{report.name or 'derivation'}  {paint(report.verdict.value, report.verdict)}"]
    rows += [f"  {_step(step, paint)}" for step in report.steps] + [f"  {problem}" for problem in report.problems]
    if report.rests_on:
        rows.append(f"  rests on {', '.join(report.rests_on)}")
    return "\n".join(rows)


def _step(step: StepReport, paint: Paint) -> str:
    by = f"   by {', '.join(step.by)}" if step.by else ""
    head = f"step {step.number}  {paint(MARKS[step.verdict], step.verdict)}  {step.link.text}{by}"
    return "\n".join([head, *(f"      {said}" for said in (step.finding.notes if _proved(step) else _evidence(step)))])


def _proved(step: StepReport) -> bool:
    return step.verdict is Verdict.PROVED


# -- LaTeX -----------------------------------------------------------------------------
def latex(thing: Any) -> str | None:
    """The same in a notebook, as MathJax sets it; None for what has no formula."""
    match thing:
        case Derivation():
            return _aligned(name_all(thing), check(thing, reproduce=False))
        case Report():
            rows = [rf"{s.link.lhs.latex} & {_right(s.link)} && {_beside(s)}" for s in thing.steps]
            return _display(rows)
        case StepReport():
            return _display([rf"{thing.link.lhs.latex} & {_right(thing.link)} && {_beside(thing)}"])
        case Rule():
            held = [rf"& \quad \text{{if }} {thing.conditions}"] if thing.conditions else []
            rows = [rf"& \textbf{{{thing.name}}}", rf"& \quad {thing.statement}", *held]
            return _display([*rows, rf"& \quad \text{{{thing.source}}}"])
        case Definition():
            return rf"$\displaystyle {thing.lhs.latex} := {thing.rhs.latex}$"
        case Hypothesis():
            over = rf"\quad {_words('for all ')} {', '.join(s.latex for s in thing.for_all)}" if thing.for_all else ""
            return rf"$\displaystyle {thing.relation.latex}{over}$"
    return None


def _aligned(chain: Derivation, report: Report) -> str:
    rows = [rf"& {chain.start.latex}"]
    for step in report.steps:
        rows.append(rf"& \quad {_right(step.link)} && {_beside(step)}")
        said = [step.finding.problem] if step.witness is None else _witness(_rounded(step.witness))
        said = list(step.finding.notes) if _proved(step) else said
        if said:
            rows += [rf"& \qquad \rlap{{{_words(row)}}}" for row in said]  # beside nothing: longer than the lines
    return _display(rows)


def _display(rows: list[str]) -> str:
    return "$$\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}$$"


def _right(link: Relation) -> str:
    approach = LATEX.as_tends(link.variable, link.point) if link.variable is not None and link.point is not None else ""
    return rf"{LATEX.sign(link.sign)} {link.rhs.latex}{approach}"


def _beside(step: StepReport) -> str:
    said = r",\; ".join(reason_in_latex(reason) for reason in step.reasons)
    return rf"\quad {_LATEX_MARKS[step.verdict]}\; {said}"


def reason_in_latex(reason: Any) -> str:
    """A reason beside a line: its name, or the formula that it states."""
    match reason:
        case Rule():
            return _words(rule_words(reason.name))
        case Cases():
            return rf"{_words('cases on ')} {reason.on.latex}"
        case FreeVariable():
            return rf"{reason.symbol.latex} {_words(' as a free variable')}"
        case Definition() if reason.name.startswith("definition of "):
            head = reason.lhs.function.name if hasattr(reason.lhs, "function") else None
            return rf"{_words('definition of ')} {LATEX.name(head) if head else reason.lhs.latex}"
        case Derivation() if not reason.name and reason.statement is not None:
            return reason.statement.latex
        case Term():
            return reason.latex
    if isinstance(reason, Hypothesis) and not reason.name:
        return reason.relation.latex
    return _words(reason_name(reason).replace("-", " ").replace("_", " "))


def _words(said: str) -> str:
    """Prose inside a formula: MathJax reads `$`, `\\`, braces and the like in it."""
    return rf"\text{{{''.join(_IN_TEXT.get(character, character) for character in said)}}}"


_IN_TEXT = {"\\": "", "{": "(", "}": ")", "$": "", "_": r"\_", "`": "", "&": r"\&", "#": r"\#", "%": r"\%", "^": " ^ "}
