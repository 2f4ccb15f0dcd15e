"""Rewriting a side with the cited reasons, and keeping a record of each application.

Every application is an equality between defined terms: a reason applies only
when each of its conditions is discharged at the place where it is applied.
What it could not discharge is kept, to be told to the author.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from derivations.budget import GoesOnForEver
from derivations.context.facts import Facts
from derivations.kernel.conditions import discharge
from derivations.kernel.instance import Equation, instances
from derivations.kernel.matching import instantiate, match
from derivations.kernel.reasons import Candidate, Definition, Hypothesis, Rule
from derivations.kernel.report import Condition, Rewrite
from derivations.records import once, record
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

Path = tuple[int, ...]
_APPLICATION = 5
"""Steps that an application of a reason counts for."""


@record(frozen=True)
class Blocked:
    """A reason that would have applied, had this condition been known."""

    reason: str
    term: Term
    condition: Term


@record
class Rewriter:
    """Applies reasons until none applies, outermost first.

    once: reasons that lead back to themselves, such as Bellman's equation: each is
          applied once where it applies, and never inside its own result
    budget: how many applications there may be in all; more are taken for going on for ever
    """

    reasons: Sequence[Rule | Equation]
    side: str
    once: frozenset[Rule | Equation] = frozenset()
    budget: int = 2000
    trace: list[Rewrite] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    marks: dict[Path, frozenset[Rule | Equation]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kinds = [r.kinds if isinstance(r, Rule) else frozenset((type(r.lhs),)) for r in self.reasons]
        known = [k for k in kinds if k is not None]
        self.kinds = frozenset[type]().union(*known) if len(known) == len(kinds) else None

    def __call__(self, term: Term, facts: Facts) -> Term:
        return self._rewrite(term, facts, ())

    def _rewrite(self, term: Term, facts: Facts, path: Path) -> Term:
        while True:
            if self.kinds is not None and self.kinds.isdisjoint(term.kinds):
                return term  # nothing in it that any of the reasons could change
            applied = self._apply(term, facts, path)
            if applied is None:
                changed = self._below(term, facts, path)
                if changed is term:
                    return term
                term = changed
            else:
                term = applied

    def _below(self, term: Term, facts: Facts, path: Path) -> Term:
        if getattr(term, "opaque", False):
            return term
        scope = term.scope()
        inner = facts.enter(scope) if scope is not None else facts
        positions = iter(range(len(term.children)))

        def change(child: Term) -> Term:
            position = next(positions)
            here = inner if scope is not None and position in term.inside else facts
            if scope is not None and (child in scope.bound or child in scope.near):
                return child
            return self._rewrite(child, here, (*path, position))

        return term.rebuild(change)

    def _apply(self, term: Term, facts: Facts, path: Path) -> Term | None:
        if self.kinds is not None and type(term) not in self.kinds:
            return None
        spent = self._spent(path)
        waiting = len(self.blocked)
        for reason in self.reasons:
            if reason in spent:
                continue
            for candidate in candidates(reason, term, facts):
                conditions = self._discharge(reason.name, term, candidate, facts)
                if conditions is None:
                    continue
                del self.blocked[waiting:]  # another way was found
                self._count(reason.name, facts)
                self.trace.append(Rewrite(reason.name, self.side, path, term, candidate.result, conditions))
                self._mark(path, reason)
                return candidate.result
        return None

    def _count(self, name: str, facts: Facts) -> None:
        """Count an application: against what the link may cost, and against going on for ever."""
        if facts.budget is not None:
            facts.budget.spend(_APPLICATION)
        self.budget -= 1
        if self.budget < 0:
            raise GoesOnForEver(f"{name} goes on for ever: it applies to what comes of applying it")

    def _spent(self, path: Path) -> frozenset[Rule | Equation]:
        """The reasons in `once` that what stands here came of."""
        if not self.marks:
            return frozenset()
        return frozenset().union(*(marks for at, marks in self.marks.items() if at == path[: len(at)]))

    def _mark(self, path: Path, reason: Rule | Equation) -> None:
        """What comes of a rewriting may hold any part of what it changed, so it inherits all their marks."""
        if not self.once:
            return
        marks = self.once & {reason}
        for at in [at for at in self.marks if at[: len(path)] == path]:
            marks |= self.marks.pop(at)
        if marks:
            self.marks[path] = marks

    def _discharge(self, name: str, term: Term, candidate: Candidate, facts: Facts) -> tuple[Condition, ...] | None:
        done = [Condition(statement, name, (quoted,)) for statement, quoted in candidate.quotes]
        for condition in candidate.conditions:
            by = discharge(condition, facts)
            if by is None:
                self.blocked.append(Blocked(name, term, condition))
                return None
            done.append(Condition(condition, name, by))
        return tuple(done)


def candidates(reason: Rule | Equation, term: Term, facts: Facts) -> Iterator[Candidate]:
    """The ways in which a reason may change the root of a term."""
    if isinstance(reason, Equation):
        yield from instances(reason, term, facts)
        return
    for row in reason.rows_by_root.get(type(term), ()):
        found = match(row.pattern, term)
        if found is not None:
            conditions = tuple(instantiate(c, found) for c in row.conditions)
            yield Candidate(instantiate(row.result, found), conditions)
    if reason.rewrite is not None and (not reason.roots or type(term) in reason.roots):
        yield from reason.rewrite(term, facts)


def circular(equations: Sequence[Equation]) -> frozenset[Equation]:
    """Those that can apply to what comes of applying them, directly or through others."""
    reached = {
        first: {second for second in equations if any(_may_be(second.lhs, part) for part in first.rhs.walk_set)}
        for first in equations
    }
    for middle in equations:
        for first in equations:
            if middle in reached[first]:
                reached[first] |= reached[middle]
    return frozenset(e for e in equations if e in reached[e])


def _may_be(pattern: Term, term: Term) -> bool:
    """Some instance of one may be an instance of the other; symbols may stand for anything below the root."""
    if isinstance(pattern, Symbol) or isinstance(term, Symbol):
        return pattern == term
    if type(pattern) is not type(term) or len(pattern.children) != len(term.children):
        return False
    labels = [(a, b) for a, b in zip(pattern.fields, term.fields, strict=True) if not isinstance(a, (Term, tuple))]
    pairs = zip(pattern.children, term.children, strict=True)
    return all(a == b for a, b in labels) and all(
        isinstance(a, Symbol) or isinstance(b, Symbol) or _may_be(a, b) or _is_time(a, b) for a, b in pairs
    )


def _is_time(a: Term, b: Term) -> bool:
    """t + 1 and t + 2, as one moves t; two different numbers stay different."""
    return bool(a.free or b.free) and a.shape == b.shape == ()


@once
def as_equation(reason: Definition | Hypothesis) -> Equation:
    """A definition, or an equation that was given, as the rewriter uses it."""
    if isinstance(reason, Definition):
        return Equation(reason.name, reason.lhs, reason.rhs, reason.parameters, reason.requires)
    shown = reason.relation
    from derivations.derivation import reason_name

    return Equation(reason_name(reason), shown.lhs, shown.rhs, reason.for_all, (), reason.for_all)


__all__ = ["Blocked", "Equation", "Rewriter", "as_equation", "candidates", "circular"]
