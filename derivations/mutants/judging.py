"""Judging mutants, by the kernel and by models, and whether a proved one says the same as before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from derivations.checking import Known
from derivations.context.facts import facts_of
from derivations.decide import provers
from derivations.derivation import Derivation
from derivations.kernel.attempt import Cited
from derivations.kernel.chain import given_at
from derivations.kernel.link import judge
from derivations.kernel.reasons import Cases, Definition, Rule, Step
from derivations.kernel.report import Certificate, Finding, StepReport, Verdict
from derivations.models.search import refute, seconded
from derivations.mutants.edits import Edit, statement_edits
from derivations.mutants.reasons import ReasonEdit, reason_edits
from derivations.prove.citing import cite
from derivations.records import record
from derivations.replay.link import Rejected, replay
from derivations.replay.serial import decode, encode
from derivations.terms.probability import Law
from derivations.terms.relations import Relation

MODELS = 50
"""In so many models both sides of a mutant must agree before it may be called equal."""

_FEWEST = 10
"""Where the search finds no more models than so many, nothing is called equal."""

_FEW_MODELS = 60
"""What follows without a hypothesis is often still true: the search for a model is short."""


@record(frozen=True)
class Mutant:
    """A judged mutant.

    equal:   it is proved, its certificate replays, and a second evaluator agrees in many models
    unsound: it is proved, and should not be: a statement that does not pass as equal, or a reason
             mutant whose certificate quotes what was dropped
    why:     for an open one, what the kernel says
    """

    derivation: str
    step: int
    kind: str
    family: str
    edit: str
    link: Relation
    verdict: Verdict
    witness: dict[str, Any] | None = None
    equal: bool = False
    unsound: bool = False
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "derivation": self.derivation, "step": self.step, "kind": self.kind, "class": self.family,
            "edit": self.edit, "lhs": self.link.lhs.latex, "relation": self.link.sign, "rhs": self.link.rhs.latex,
            "verdict": self.verdict.value, "witness": self.witness, "equal": self.equal, "unsound": self.unsound,
            "problem": self.why or None,
        }  # fmt: skip


def mutants(
    derivation: Derivation, number: int, known: Known, every: int = 1, part: int = 0, parts: int = 1
) -> Iterator[Mutant]:
    """Every mutant of one link (or each `every`-th), judged; `known` holds the reports of what the derivation cites.

    Of all of them, taken in turn by so many `parts`, one part.
    """
    step = derivation.steps[number - 1]
    statements, reasons = _edits(derivation, number)
    edits: tuple[Edit | ReasonEdit, ...] = (*statements[::every], *reasons[::every])
    for edit in edits[part::parts]:
        if isinstance(edit, Edit):
            yield _statement(derivation, number, Step(edit.link, step.reasons), edit, known)
        else:
            yield _reason(derivation, number, edit, known)


@lru_cache(maxsize=4)
def _edits(derivation: Derivation, number: int) -> tuple[tuple[Edit, ...], tuple[ReasonEdit, ...]]:
    """Those of the statement and those of the reasons: worked out once for all parts of a link."""
    step = derivation.steps[number - 1]
    return tuple(statement_edits(step.link)), tuple(reason_edits(derivation, step))


def _reason(derivation: Derivation, number: int, change: ReasonEdit, known: Known) -> Mutant:
    """The link without what was dropped. Whom else one cites does not make it false: then no model is asked for."""
    facts = facts_of(change.given, provers())
    step = change.step
    finding = judge(step.link, cite(step, facts, known), facts)
    witness = None
    if finding.certificate is None and not finding.holds and change.kind != "citation":
        given = _given(step, replace(derivation, given=change.given), number)
        witness = refute(step.link, given, budget=_FEW_MODELS)
    verdict = finding.verdict if witness is None else Verdict.REFUTED
    report = StepReport(number, None, step.link, (), tuple(step.reasons), step.place, finding, verdict, witness)
    unsound = finding.certificate is not None and change.uses_what_was_dropped(finding.certificate)
    return _mutant(derivation, number, change.kind, "reason", change.text, report, unsound=unsound)


def _statement(derivation: Derivation, number: int, step: Step, edit: Edit, known: Known) -> Mutant:
    """A mutant that is proved, be it with all reasons of its derivation, must be true; else models are asked."""
    finding, agreed = prove(step, derivation, number, known)
    witness, verdict = None, finding.verdict
    if agreed is None and not finding.holds:
        witness = refute(step.link, _given(step, derivation, number))
        verdict = Verdict.OPEN if witness is None else Verdict.REFUTED
    report = StepReport(number, None, step.link, (), tuple(step.reasons), step.place, finding, verdict, witness)
    return _mutant(
        derivation, number, edit.kind, "statement", edit.text, report, agreed is True, agreed is False
    )  # fmt: skip


def prove(step: Step, derivation: Derivation, number: int, known: Known) -> tuple[Finding, bool | None]:
    """What the kernel says of an edited link, by its own reasons or else with all those of its derivation.

    With it, whether what is proved is true: None if nothing is; False if the certificate does not replay or a model
    disagrees. Which of the reasons are used does not matter here.
    """
    facts = facts_of(derivation.given, provers(), derivation.lines)
    own, every = tuple(step.reasons), _all_reasons(step, derivation)
    cases = [Cases(s) for s in sorted(step.link.free, key=str) if s.domain.kind == "finite"]
    tries = {tuple(map(id, reasons)): reasons for reasons in (own, every)}
    findings = []
    for reasons in (*tries.values(), *([(*every, *cases)] if cases else [])):
        cited = replace(cite(Step(step.link, reasons), facts, known), names=())
        finding = judge(step.link, cited, facts)
        if finding.certificate is not None:
            replays = _replays(step.link, cited, derivation, finding.certificate)
            return finding, replays and _agreed(step, derivation, number)
        findings.append(finding)
    return findings[0], None


def _agreed(step: Step, derivation: Derivation, number: int) -> bool:
    """Whether a second evaluator finds it true in as many models as are wanted, or in all that the search finds."""
    return seconded(step.link, _given(step, derivation, number), MODELS) >= _FEWEST


def _given(step: Step, derivation: Derivation, number: int) -> tuple[Any, ...]:
    """What is given where this step stands in place of the one of that number."""
    return given_at(step, replace(derivation, steps=(*derivation.steps[: number - 1], step)))


def _all_reasons(step: Step, derivation: Derivation) -> tuple[Any, ...]:
    """The reasons of a step, then those of the others, of what they cite, and what is given, each once."""
    others = [r for r in _reasons_of(derivation) if not isinstance(r, Cases)]
    given = [g for g in derivation.given if isinstance(g, (Definition, Law))]
    return tuple({id(r): r for r in (*step.reasons, *others, *given)}.values())


def _reasons_of(derivation: Derivation) -> Iterator[Any]:
    for step in derivation.steps:
        yield from step.reasons
        for cited in step.reasons:
            if isinstance(cited, Derivation):
                yield from (rule for rule in _reasons_of(cited) if isinstance(rule, Rule))


def _replays(link: Relation, cited: Cited, derivation: Derivation, certificate: Certificate) -> bool:
    """Read back from its file and checked with facts of its own."""
    try:
        replay(link, cited, facts_of(derivation.given, provers(), derivation.lines), decode(encode(certificate)))
    except Rejected:
        return False
    return True


def _mutant(
    derivation: Derivation, number: int, kind: str, family: str, text: str, report: StepReport,
    equal: bool = False, unsound: bool = False,
) -> Mutant:  # fmt: skip
    seen = report.witness
    witness = None if seen is None else {"values": dict(seen.values), "left": seen.left, "right": seen.right}
    why = "" if report.verdict is not Verdict.OPEN else report.finding.problem
    return Mutant(
        derivation.name, number, kind, family, text, report.link, report.verdict, witness, equal, unsound, why
    )


__all__ = ["MODELS", "Mutant", "mutants", "prove"]
