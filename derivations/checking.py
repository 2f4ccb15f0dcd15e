"""The flow: every link is proved by the kernel, else refuted by a model; SymPy reproduces it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from derivations.budget import BudgetExhausted, Limits
from derivations.context.capture import captured
from derivations.context.facts import Facts, facts_of
from derivations.decide import provers
from derivations.derivation import NO_QED, Derivation, reason_name
from derivations.kernel.chain import composed, given_at, matches
from derivations.kernel.contradictions import contradictions
from derivations.kernel.existence import unfounded
from derivations.kernel.explaining import CONTRADICTION, REPORT, contradicted, refuted, too_much
from derivations.kernel.givens import at_odds
from derivations.kernel.link import judge, names_used
from derivations.kernel.notation import collisions
from derivations.kernel.reasons import Definition, Hypothesis, Rule, Step
from derivations.kernel.report import Finding, Report, Reproduction, StepReport, Verdict, Witness
from derivations.prove.citing import cite, named_alike
from derivations.prove.hinting import hinted
from derivations.records import lazy, record
from derivations.rules import packaged
from derivations.terms.arithmetic import Number
from derivations.terms.relations import Proposition
from derivations.terms.term import Term, TermError

Known = dict[Derivation, Report]
"""Reports of the derivations that were checked in this run."""

_NO_LIMITS = Limits()
Stage = Callable[[StepReport], StepReport]
_PACKAGE = Path(__file__).parent


Begun = Callable[[Derivation, int], None]
"""Is told of each link before it is judged."""


def check(
    derivation: Derivation, *, reproduce: bool = True, known: Known | None = None, limits: Limits = _NO_LIMITS,
    begun: Begun | None = None,
) -> Report:  # fmt: skip
    """Judge every link of a derivation. Cited derivations are judged too, once (see `known`).

    `limits` hold for each link: what they cut short is open. Raises CannotGuard
    where time and memory cannot be limited.
    """
    known = {} if known is None else known
    if derivation in known:
        return known[derivation]
    for cited in _cited(derivation):
        check(cited, reproduce=reproduce, known=known, limits=limits, begun=begun)
    judging = _Judging(derivation, facts_of(derivation.given, provers(), derivation.lines), known, limits, begun)
    stages = (judging.prove, judging.doubt, judging.refute, *([judging.reproduce] if reproduce else []))
    report = _report(derivation, tuple(_judged(derivation, stages, limits)), known)
    known[derivation] = report
    return report


def check_all(
    derivations: Iterable[Derivation], *, reproduce: bool = True, limits: Limits = _NO_LIMITS
) -> list[Report]:
    """Judge several derivations; what they share is judged once."""
    known: Known = {}
    return [check(d, reproduce=reproduce, known=known, limits=limits) for d in derivations]


def _cited(derivation: Derivation) -> list[Derivation]:
    return [r for r in derivation.reasons if isinstance(r, Derivation)]


def _judged(derivation: Derivation, stages: Sequence[Stage], limits: Limits) -> Iterator[StepReport]:
    """The links, each taken through the stages; where there are limits, in a process of its own."""
    blank = [_blank(number, step) for number, step in enumerate(derivation.steps, 1)]
    if limits.guarded and blank:
        from derivations.guarding import guarded

        import_module("derivations.models.search")  # once, before the processes are made
        if len(stages) == 4:
            import_module("derivations.reproduce.link")
        yield from guarded(blank, stages, limits)
        return
    for report in blank:
        start = perf_counter()
        for stage in stages:
            report = stage(report)
        yield replace(report, seconds=perf_counter() - start)


def _blank(number: int, step: Step) -> StepReport:
    """The report of a link that nobody has judged yet."""
    by = tuple(reason_name(r) for r in step.reasons)
    return StepReport(
        number, step.equation, step.link, by, tuple(step.reasons), step.place, Finding(Verdict.OPEN), Verdict.OPEN
    )


@record(frozen=True)
class _Judging:
    """The stages of judging the links of one derivation."""

    derivation: Derivation
    facts: Facts
    known: Known
    limits: Limits
    begun: Begun | None

    def prove(self, report: StepReport) -> StepReport:
        if self.begun is not None:
            self.begun(self.derivation, report.number)
        step = self._step(report)
        try:
            finding = judge(step.link, cite(step, self.facts, self.known), self.facts, self.limits.steps)
        except (BudgetExhausted, RecursionError, TermError) as error:  # a reason cannot even be read
            finding = too_much(error)
        except MemoryError:  # a budget that is spent, see `derivations.guarding`
            raise
        except Exception as error:
            finding = _failed(error)
        return replace(report, finding=finding, verdict=finding.verdict)

    def doubt(self, report: StepReport) -> StepReport:
        """What would be called proved is held against a few models first, and with the last link the statement."""
        if report.verdict is not Verdict.PROVED:
            return report
        if report.number == len(self.derivation.steps):
            report = replace(report, whole=self.counterexamples.get(0))
        witness = self.counterexamples.get(report.number)
        if witness is None:
            return report
        finding = contradicted([r.name for r in self._step(report).reasons if isinstance(r, Rule) and not packaged(r)])
        return replace(report, witness=witness, verdict=finding.verdict, finding=finding)

    @lazy
    def counterexamples(self) -> dict[int, Witness]:
        """Models in which a link, by its number, is false, or (0) the statement."""
        from derivations.models.safety_net import counterexamples

        return counterexamples(self.derivation)

    def refute(self, report: StepReport) -> StepReport:
        if report.verdict is not Verdict.OPEN or report.finding.holds or report.finding.fault:
            return report
        from derivations.models.search import refute

        step = self._step(report)
        witness = refute(step.link, given_at(step, self.derivation))
        if witness is None:
            return replace(report, finding=hinted(report.finding, step, self.derivation.given, self.facts, self.known))
        return replace(report, witness=witness, verdict=Verdict.REFUTED, finding=refuted(report.finding))

    def reproduce(self, report: StepReport) -> StepReport:
        from derivations.reproduce import reproduce
        from derivations.reproduce.size import too_large
        from derivations.reproduce.within import SECONDS, TOO_LATE, within

        if too_large(report.link.lhs, report.link.rhs):
            return replace(report, reproduction=Reproduction(note="the line is too large for SymPy"))
        made = within(SECONDS, lambda: reproduce(self._step(report), self.derivation.given, self.imager))
        if made is None:
            return replace(report, reproduction=Reproduction(note=TOO_LATE))
        return replace(report, reproduction=_held_against(report.verdict, made))

    @lazy
    def imager(self) -> Any:
        from derivations.reproduce import imager_for

        return imager_for(self.derivation.steps, self.derivation.given)

    def _step(self, report: StepReport) -> Step:
        return self.derivation.steps[report.number - 1]


def _held_against(verdict: Verdict, made: Reproduction) -> Reproduction:
    """A dispute is between the engine and SymPy: one proves or refutes what the other says the opposite of."""
    if verdict is Verdict.REFUTED:
        return replace(made, disputed=made.operation is not None)
    return made if verdict is Verdict.PROVED else replace(made, disputed=False)


def _report(derivation: Derivation, steps: tuple[StepReport, ...], known: Known) -> Report:
    problems = [
        *(slip for slip in derivation.slips if slip != NO_QED),
        *collisions(derivation),
        *captured(_written(derivation), facts_of(derivation.given, provers())),
        *at_odds(derivation.given),
        *contradictions(derivation.given, provers()),
        *unfounded(derivation, provers()),
        *named_alike(derivation),
        *composed(derivation.start, [s.link for s in derivation.steps]),
    ]
    stated = derivation.statement
    fits: bool | None = None
    if not derivation.steps:
        problems.append("the derivation has no link")
    elif stated is None:
        problems.append(NO_QED)
    elif stated is not None and not problems:
        complaint = matches(derivation, stated)
        fits = complaint is None
        problems += [complaint] if complaint else []
    worst = _worst([s.verdict for s in steps])
    whole = steps[-1].whole if steps else None
    if whole is not None and (problems or worst is not Verdict.PROVED):  # nothing is claimed to be proved
        steps = (*steps[:-1], replace(steps[-1], whole=None))
    elif whole is not None:
        problems.append(_false_statement(whole))
        worst = Verdict.OPEN
    unfinished = problems == [NO_QED] and not derivation.slips  # it is still being written
    if problems and worst is Verdict.PROVED and not unfinished:
        worst = Verdict.OPEN
    return Report(
        derivation.name, derivation.exercise, derivation.place, worst, derivation.given,
        _rests_on(derivation, steps, known), steps, stated, fits, tuple(problems), tuple(_notes(derivation, steps)),
    )  # fmt: skip


def _written(derivation: Derivation) -> tuple[Term, ...]:
    return (*derivation.lines, *(() if derivation.statement is None else derivation.statement.children))


def _false_statement(seen: Witness) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in seen.values)
    at = f"with {values}: " if values else ""
    return (
        f"{CONTRADICTION.format('every link is proved, and the statement is false')}\n"
        f"  {at}left = {seen.left}   right = {seen.right}\n  {REPORT[0]}"
    )


def _failed(error: Exception) -> Finding:
    """What is said where a rule of the user's own fails; what fails in here is an error of ours, and is raised."""
    trace = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in trace if _PACKAGE not in Path(frame.filename).parents]
    if not own or own[-1] is not trace[-1]:
        raise error
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Finding(Verdict.OPEN, problem=f"a rule fails at {place}: {what}", tries=("mend the rule",))


def _notes(derivation: Derivation, steps: Sequence[StepReport]) -> Iterator[str]:
    """What was cited and not needed; and that floats are read as the decimals that they are written as."""
    for step in steps:
        yield from (f"step {step.number}: {note}" for note in step.finding.notes)
    terms = [*derivation.lines, *(derivation.statement.children if derivation.statement is not None else ())]
    floats = {part for term in terms for part in term.walk_set if isinstance(part, Number) and part.written}
    for number in sorted(floats, key=lambda n: (n.number, n.written)):
        yield f"`{number}` is read as exactly {number.number}"


def _worst(verdicts: list[Verdict]) -> Verdict:
    for verdict in (Verdict.REFUTED, Verdict.OPEN):
        if verdict in verdicts:
            return verdict
    return Verdict.PROVED


def _rests_on(derivation: Derivation, steps: tuple[StepReport, ...], known: Known) -> tuple[str, ...]:
    """The hypotheses, definitions, results and foreign rules that the certificates quote, and what those rest on.

    What a word that does not come with the package says of itself is assumed, too.
    """
    quoted: set[str] = set()
    for step in steps:
        if step.finding.certificate is not None:
            quoted |= names_used(step.finding.certificate)
    names: list[str] = []
    for thing in derivation.given:
        name = reason_name(thing)
        if isinstance(thing, (Definition, Hypothesis, Proposition)) and name in quoted:
            names.append(name)
    own = [r for r in derivation.reasons if isinstance(r, Rule) and r.name in quoted and not packaged(r)]
    names += [f"{rule.name}, a rule that is assumed" for rule in own]
    kinds = frozenset[type]().union(*(line.kinds for line in derivation.lines))
    strange = sorted(kind.__name__ for kind in kinds if not kind.__module__.startswith(f"{__package__}."))
    names += [f"{name}, a word whose meaning is assumed" for name in strange]
    for cited in _cited(derivation):
        if reason_name(cited) in quoted or not known[cited]:
            names += [n for n in (reason_name(cited), *known[cited].rests_on)]
    return tuple(dict.fromkeys(names))


__all__ = ["check", "check_all"]
