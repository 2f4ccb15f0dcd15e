"""The flow: every link is proved by the kernel, else refuted by a model; SymPy reproduces it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from derivations.derivation import Derivation, reason_name
from derivations.kernel.chain import composed, matches
from derivations.kernel.facts import Facts, facts_of
from derivations.kernel.link import judge, names_used
from derivations.kernel.notation import collisions
from derivations.kernel.reasons import Definition, FreeVariable, Hypothesis, Step
from derivations.kernel.report import Report, StepReport, Verdict
from derivations.rules import provers
from derivations.rules.citing import cite
from derivations.terms.calculus import Limit
from derivations.terms.relations import Proposition

if TYPE_CHECKING:
    from derivations.kernel.report import Reproduction, Witness

Known = dict[Derivation, Report]
"""Reports of the derivations that were checked in this run."""

NO_QED = "the chain does not end in qed: state what it proves with .qed(lhs, relation, rhs)"


def check(derivation: Derivation, *, reproduce: bool = True, known: Known | None = None) -> Report:
    """Judge every link of a derivation. Cited derivations are judged too, once (see `known`)."""
    known = {} if known is None else known
    if derivation in known:
        return known[derivation]
    for cited in _cited(derivation):
        check(cited, reproduce=reproduce, known=known)
    facts = facts_of(derivation.given, provers())
    steps = tuple(_judge(n, step, derivation, facts, known, reproduce) for n, step in enumerate(derivation.steps, 1))
    report = _report(derivation, steps, known)
    known[derivation] = report
    return report


def check_all(derivations: Iterable[Derivation], *, reproduce: bool = True) -> list[Report]:
    """Judge several derivations; what they share is judged once."""
    known: Known = {}
    return [check(d, reproduce=reproduce, known=known) for d in derivations]


def _cited(derivation: Derivation) -> list[Derivation]:
    reasons = [*derivation.given, *(r for s in derivation.steps for r in s.reasons)]
    return [r for r in reasons if isinstance(r, Derivation)]


def _judge(number: int, step: Step, derivation: Derivation, facts: Facts, known: Known, reproduce: bool) -> StepReport:
    start = perf_counter()
    finding = judge(step.link, cite(step, facts, known), facts)
    witness: Witness | None = None
    verdict = finding.verdict
    if verdict is Verdict.OPEN and not finding.holds:
        witness = _refute(step, derivation)
        verdict = Verdict.REFUTED if witness is not None else verdict
    reproduction = _held_against(verdict, _reproduce(step, derivation)) if reproduce else None
    by = tuple(reason_name(r) for r in step.reasons)
    return StepReport(
        number, step.equation, step.link, by, tuple(step.reasons), step.place, finding, verdict, witness, reproduction,
        perf_counter() - start,
    )  # fmt: skip


def _refute(step: Step, derivation: Derivation) -> Witness | None:
    from derivations.models.search import refute

    return refute(step.link, given_at(step, derivation))


def given_at(step: Step, derivation: Derivation) -> tuple[Any, ...]:
    """The givens at a step: a symbol that was freed before has lost its definition."""
    bound = {part.variable for part in step.link.walk_set if isinstance(part, Limit)} - step.link.free
    freed = bound | {
        reason.symbol
        for earlier in derivation.steps[: derivation.steps.index(step)]
        for reason in earlier.reasons
        if isinstance(reason, FreeVariable)
    }
    return tuple(g for g in derivation.given if not (isinstance(g, Definition) and g.lhs in freed))


def _reproduce(step: Step, derivation: Derivation) -> Reproduction:
    from derivations.reproduce import reproduce

    return reproduce(step, derivation.given)


def _held_against(verdict: Verdict, made: Reproduction) -> Reproduction:
    """A dispute is between the engine and SymPy: one proves or refutes what the other says the opposite of."""
    if verdict is Verdict.REFUTED:
        return replace(made, disputed=made.operation is not None)
    return made if verdict is Verdict.PROVED else replace(made, disputed=False)


def _report(derivation: Derivation, steps: tuple[StepReport, ...], known: Known) -> Report:
    problems = [*collisions(derivation), *composed(derivation.start, [s.link for s in derivation.steps])]
    stated = derivation.statement
    fits: bool | None = None
    if not derivation.steps:
        problems.append("the derivation has no link")
    elif stated is None:
        problems.append(NO_QED)
    elif not problems:
        complaint = matches(derivation, stated)
        fits = complaint is None
        problems += [complaint] if complaint else []
    worst = _worst([s.verdict for s in steps])
    if problems and worst is Verdict.PROVED and (stated is not None or not derivation.steps or len(problems) > 1):
        worst = Verdict.OPEN
    return Report(
        derivation.name, derivation.exercise, derivation.place, worst, derivation.given,
        _rests_on(derivation, steps, known), steps, stated, fits, tuple(problems),
    )  # fmt: skip


def _worst(verdicts: list[Verdict]) -> Verdict:
    for verdict in (Verdict.REFUTED, Verdict.OPEN):
        if verdict in verdicts:
            return verdict
    return Verdict.PROVED


def _rests_on(derivation: Derivation, steps: tuple[StepReport, ...], known: Known) -> tuple[str, ...]:
    """The hypotheses, definitions and results that the certificates quote, and what those rest on."""
    quoted: set[str] = set()
    for step in steps:
        if step.finding.certificate is not None:
            quoted |= names_used(step.finding.certificate)
    names: list[str] = []
    for thing in derivation.given:
        name = reason_name(thing)
        if isinstance(thing, (Definition, Hypothesis, Proposition)) and name in quoted:
            names.append(name)
    for cited in _cited(derivation):
        names += [n for n in (reason_name(cited), *known[cited].rests_on)]
    return tuple(dict.fromkeys(names))


__all__ = ["check", "check_all"]
