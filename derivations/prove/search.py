"""Which reasons prove a link whose author named none, or not all: tried in a fixed order, within a budget.

First nothing but algebra, then what was named, then single reasons, then what
belongs together, then two and three that follow one on another. Nothing here
is trusted: what is found is cited, and the kernel judges the link by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from derivations.budget import BudgetExhausted
from derivations.context.facts import Facts
from derivations.derivation import Derivation, reason_name
from derivations.kernel.attempt import Cited
from derivations.kernel.link import judge, names_used
from derivations.kernel.reasons import Cases, Definition, Hypothesis, Rule, Step
from derivations.kernel.report import Finding, Report, Verdict
from derivations.kernel.rewriting import Rewriter
from derivations.prove.citing import cite
from derivations.records import record
from derivations.rules import modules, rules
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.probability import Independent, Law
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

TRIES = 160
"""How many sets of reasons are tried for a link."""

WORK = 12_000
"""Sets of reasons times the size of the link: large lines are tried with fewer."""

MOST_CASES = 4
STEPS = 3000
"""What one try may cost."""

_NEVER = frozenset(("plain-algebra", "positivity"))
_LAST = frozenset(
    ("isserlis", "declared-moments", "fubini", "differentiation", "definition-of-expected-value", "index-shift")
)
"""What does more than one thing at once is named last: a reader learns more from the others."""
_TOPICS: tuple[tuple[str, ...], ...] = (
    ("expectations", "variances"),
    ("expectations", "variances", "gaussians"),
    ("finite_sums", "logarithms"),
    ("finite_sums", "series"),
    ("derivatives",),
    ("integrals",),
    ("conditional_expectations",),
    ("conditional_expectations", "expectations"),
    ("matrices", "finite_sums"),
    ("logarithms",),
)
"""Rules that are cited together: what one of them makes is worked out by another."""


@record(frozen=True)
class Found:
    """What the search came to: the reasons, the kernel's finding, how many sets were tried."""

    reasons: tuple[Any, ...]
    finding: Finding
    tried: int

    @property
    def proved(self) -> bool:
        return self.finding.verdict is Verdict.PROVED


def search(
    link: Relation,
    given: Sequence[Any],
    facts: Facts,
    known: Mapping[Derivation, Report],
    named: Sequence[Any] = (),
    results: Sequence[Derivation] = (),
    tries: int = TRIES,
    false: Callable[[], bool] | None = None,
) -> Found:
    """The first reasons, in a fixed order, by which the kernel proves the link; else what it says without any.

    `named` are those that the author mentions, `results` what was proved before;
    `false` is asked, once no single reason is found, whether the link is false,
    and then there is nothing to look for.
    """
    work = _Search(link, facts, known)
    plain = work.finding(())
    if plain.verdict is Verdict.PROVED or plain.holds or _lacks_a_condition(plain):
        return Found((), plain, 1)
    around = [*given, *results]
    tries = min(tries, max(20, WORK // link.size))
    for stage in (_single, _several):
        for reasons in stage(work, tuple(named), around):
            if work.tried >= tries:
                break
            if work.closes(reasons):
                return Found(*work.least(reasons), work.tried)
        if false is not None and false():
            break
        false = None
    finding = work.nearest or plain
    return Found((), finding, work.tried)


def _lacks_a_condition(finding: Finding) -> bool:
    """Algebra closes the link; what is missing is that something is defined, which no reason says."""
    return finding.problem.startswith("the condition") and finding.residual is None


class _Search:
    def __init__(self, link: Relation, facts: Facts, known: Mapping[Derivation, Report]) -> None:
        self.link, self.facts, self.known = link, facts, known
        self.tried = 0
        self.nearest: Finding | None = None
        self.seen: set[tuple[int, ...]] = set()
        self._cited: dict[int, Cited] = {}
        self._active: dict[int, bool] = {}

    def finding(self, reasons: Sequence[Any]) -> Finding:
        """What the kernel says of the link by these reasons, needed or not."""
        self.tried += 1
        cited = Cited(names=())
        try:
            for reason in reasons:
                cited = _both(cited, self.cite(reason))
            return judge(self.link, replace(cited, names=(), flaws=()), self.facts, STEPS)
        except (TermError, RecursionError) as error:
            return Finding(Verdict.OPEN, problem=str(error))

    def cite(self, reason: Any) -> Cited:
        found = self._cited.get(id(reason))
        if found is None:
            found = cite(Step(self.link, (reason,)), self.facts, self.known)
            self._cited[id(reason)] = found
        return found

    def usable(self, reason: Any) -> bool:
        cited = self.cite(reason)
        return not cited.flaws and bool(cited.rewriters or cited.closers or cited.facts)

    def closes(self, reasons: Sequence[Any]) -> bool:
        """Whether the kernel proves the link by these; each set is tried once."""
        key = tuple(sorted(map(id, reasons)))
        if key in self.seen:
            return False
        self.seen.add(key)
        finding = self.finding(reasons)
        if finding.verdict is not Verdict.PROVED and self.nearest is None and _lacks_a_condition(finding):
            self.nearest = finding
        return finding.verdict is Verdict.PROVED

    def least(self, reasons: Sequence[Any]) -> tuple[tuple[Any, ...], Finding]:
        """Of the reasons, those that are needed, and the finding by these."""
        kept = tuple(reasons)
        for _ in range(3):
            finding = self.finding(kept)
            used = names_used(finding.certificate) if finding.certificate is not None else set()
            fewer = tuple(reason for reason in kept if reason_name(reason) in used)
            if fewer == kept or not fewer:
                break
            if self.finding(fewer).verdict is not Verdict.PROVED:
                break
            kept = fewer
        if len(kept) > 1:
            for reason in reversed(kept):
                fewer = tuple(other for other in kept if other is not reason)
                if fewer and self.finding(fewer).verdict is Verdict.PROVED:
                    kept = fewer
        return kept, self.finding(kept)

    def active(self, reason: Any) -> bool:
        """The reason changes a side of the link by itself, or closes links."""
        key = id(reason)
        if key not in self._active:
            self._active[key] = self._changes(self.cite(reason))
        return self._active[key]

    def _changes(self, cited: Cited) -> bool:
        if cited.closers or cited.facts:
            return True
        for side in (self.link.lhs, self.link.rhs):
            try:
                if Rewriter(cited.rewriters, "lhs", budget=30)(side, self.facts) is not side:
                    return True
            except (BudgetExhausted, RecursionError, TermError):  # it goes on for ever: it changes something
                return True
        return False


def _both(a: Cited, b: Cited) -> Cited:
    return Cited(
        (*a.rewriters, *b.rewriters), (*a.closers, *b.closers), (*a.facts, *b.facts), (*a.cases, *b.cases),
        (*a.names, *b.names), (*a.flaws, *b.flaws),
    )  # fmt: skip


def _single(work: _Search, named: tuple[Any, ...], around: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """What was named, then one reason, with what was named or without."""
    named = tuple(reason for reason in named if work.usable(reason))
    if named:
        yield named
        for reason in named:
            yield (reason,)
    equations, general = _around(work, around)
    laws = [r for r in equations if isinstance(r, (Law, Independent))]
    first = [r for r in equations if r not in laws]
    for reason in (
        *first,
        *(r for r in general if r.name not in _LAST),
        *laws,
        *(r for r in general if r.name in _LAST),
    ):
        yield (reason,)
        if named and reason not in named:
            yield (*named, reason)


def _cases(link: Relation) -> Iterator[Cases]:
    """The symbols with few values in a link, by each value of which it may be proved."""
    for symbol in sorted(link.free, key=str):
        if symbol.domain.kind == "finite" and len(symbol.domain.values) <= MOST_CASES:
            yield Cases(symbol)


def _around(work: _Search, around: Sequence[Any]) -> tuple[list[Any], list[Rule]]:
    """What is given and was proved, and the rules, as far as they speak of what stands in the link."""
    equations = [r for r in around if _may_help(r, work.link) and work.usable(r)]
    general = [r for r in rules().values() if r.name not in _NEVER and _may_help(r, work.link)]
    general.sort(key=lambda r: r.name in _LAST)
    return equations, general


def _several(work: _Search, named: tuple[Any, ...], around: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """What belongs together, then two and three reasons, the first of which changes the link by itself."""
    named = tuple(reason for reason in named if work.usable(reason))
    equations, general = _around(work, around)
    reached = [r for r in around if isinstance(r, (Definition, Hypothesis, Derivation, Law)) and work.usable(r)]
    if len(reached) > 1:
        yield tuple(equations)
        yield tuple(reached)
    for cases in _cases(work.link):
        yield (cases,)
        yield (cases, *reached)
        for both in _TOPICS[-2:]:
            yield (cases, *reached, *_of_topics(both))
    for topics in _TOPICS:
        together = [r for r in _of_topics(topics) if r.closes is None or r.rewrite or r.rows]
        if any(_may_help(r, work.link) and work.active(r) for r in together):
            yield tuple(together)
            if reached:
                yield (*reached, *together)
            if named:
                yield (*named, *together)
        elif reached and any(work.active(r) for r in reached):
            yield (*reached, *together)
    moving = [r for r in (*named, *equations, *general) if work.active(r)]
    if reached:
        for reason in general:
            yield (*reached, reason)
    for number, first in enumerate(moving):
        for second in (*moving[number + 1 :], *(r for r in rules().values() if r.name not in _NEVER)):
            if first is not second:
                yield (first, second)
    for number, first in enumerate(moving):
        for at, second in enumerate(moving[number + 1 :], number + 2):
            for third in moving[at:]:
                yield (first, second, third)


@cache
def _of_topics(names: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of these files."""
    found: list[Rule] = []
    for module in modules():
        if module.__name__.rsplit(".", 1)[-1] in names:
            found += [thing for thing in vars(module).values() if isinstance(thing, Rule) and thing not in found]
    return tuple(found)


def _may_help(reason: Any, link: Relation) -> bool:
    """What it speaks of occurs in the link."""
    if isinstance(reason, Rule):
        return reason.closes is not None or reason.kinds is None or not reason.kinds.isdisjoint(link.kinds)
    if isinstance(reason, Definition):
        return _heads(reason.lhs) & _all_heads(link) != frozenset()
    if isinstance(reason, Hypothesis):
        return bool(_all_heads(reason.relation) & _all_heads(link))
    if isinstance(reason, Derivation) and reason.statement is not None:
        return bool(_all_heads(reason.statement) & _all_heads(link)) or bool(
            reason.statement.kinds & link.kinds - {Symbol}
        )
    if isinstance(reason, (Law, Independent)):
        return any(family in _all_heads(link) for family in reason.families)
    return False


def _heads(term: Term) -> frozenset[Any]:
    """What a term is a value of: its symbol, its function, its family."""
    if isinstance(term, Apply):
        return frozenset((term.function,))
    if isinstance(term, Entry):
        return frozenset((term.family,))
    return frozenset((term,)) if isinstance(term, Symbol) else frozenset((getattr(term, "sequence", term),))


def _all_heads(term: Term) -> frozenset[Any]:
    found: frozenset[Any] = frozenset()
    for part in term.walk_set:
        if isinstance(part, (Symbol, Apply, Entry)) or hasattr(part, "family") or hasattr(part, "sequence"):
            found |= (
                _heads(part)
                if isinstance(part, (Symbol, Apply, Entry))
                else frozenset((getattr(part, "family", getattr(part, "sequence", part)),))
            )
    return found


__all__ = ["Found", "search"]
