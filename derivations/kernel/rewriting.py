"""Rewriting a side with the cited reasons, and keeping a record of each application.

Every application is an equality between defined terms: a reason applies only
when each of its conditions is discharged at the place where it is applied.
What it could not discharge is kept, to be told to the author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from derivations.budget import GoesOnForEver
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import Facts
from derivations.kernel.matching import instantiate, match
from derivations.kernel.reasons import Candidate, Definition, Hypothesis, Rule
from derivations.kernel.report import Condition, Rewrite
from derivations.records import once, record
from derivations.terms.calculus import FreeOf
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.relations import Among, Relation
from derivations.terms.sequences import tidied
from derivations.terms.substitution import alpha_equal
from derivations.terms.sums import IsInteger
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

Path = tuple[int, ...]
_APPLICATION = 5
"""Steps that an application of a reason counts for."""


@record(frozen=True)
class Blocked:
    """A reason that would have applied, had this condition been known."""

    reason: str
    term: Term
    condition: Term


@record(frozen=True, eq=False)
class Equation:
    """A reason in the form the rewriter uses: `lhs = rhs` for all values of the parameters.

    requires: propositions that must hold once the parameters have values
    for_all:  symbols that may be bound or moved where it is applied
    tidy:     numbers in the indices of what comes of it are added up: c_{(t + 1) − 1} is c_t
    """

    name: str
    lhs: Term
    rhs: Term
    parameters: tuple[Symbol, ...] = ()
    requires: tuple[Term, ...] = ()
    for_all: tuple[Symbol, ...] | None = None
    tidy: bool = False


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
        yield from _instance(reason, term, facts)
        return
    for row in reason.rows_by_root.get(type(term), ()):
        found = match(row.pattern, term)
        if found is not None:
            conditions = tuple(instantiate(c, found) for c in row.conditions)
            yield Candidate(instantiate(row.result, found), conditions)
    if reason.rewrite is not None and (not reason.roots or type(term) in reason.roots):
        yield from reason.rewrite(term, facts)


def _instance(equation: Equation, term: Term, facts: Facts) -> Iterator[Candidate]:
    found = match(equation.lhs, term, equation.parameters)
    if found is None:
        return
    if not _usable(equation, facts):
        return
    try:
        if not alpha_equal(equation.lhs.substitute(found), term) or not _stays_put(equation, found, facts):
            return  # a parameter would be captured
        result = equation.rhs.substitute(found)
        result = _tidied(result) if equation.tidy else result
        requires = tuple(r.substitute(found) for r in equation.requires)
    except TermError:  # an instance that cannot be written is no instance
        return
    domains = tuple(memberships((equation.lhs, equation.rhs), found, facts))
    yield Candidate(result, domains + requires)


def _tidied(term: Term) -> Term:
    made = term.rebuild(_tidied)
    match made:
        case Entry(family, indices):
            return Entry(family, tuple([tidied(index) for index in indices]))
        case Apply(function, args):
            return Apply(function, tuple([tidied(arg) if arg.shape == () else arg for arg in args]))
    return made


def _stays_put(equation: Equation, found: Mapping[Term, Term], facts: Facts) -> bool:
    """What stands below E, Var or ∂/∂x in the equation stands for something that does not vary with it.

    `∂/∂x (x c) = c` holds for every number c; not for c = x², nor for a c that
    was defined to be x².
    """
    for term in (equation.lhs, equation.rhs, *equation.requires):
        for node in term.walk_set:
            scope = node.scope()
            if scope is None or not (scope.random or scope.near or getattr(node, "opaque", False)):
                continue
            inside = frozenset().union(*(node.children[i].free for i in node.inside))
            moving = [found.get(v, v) for v in scope.near]
            for parameter in equation.parameters:
                value = found.get(parameter)
                if value is None or parameter not in inside or value in moving:
                    continue
                if scope.random and not facts.deterministic(value):
                    return False
                if any(facts.depends(value, v.substitute(found)) for v in scope.near):
                    return False
                if not scope.random and not scope.near and value != parameter:
                    return False
    return True


def _usable(equation: Equation, facts: Facts) -> bool:
    """A hypothesis about fixed values says nothing of a variable that is bound or moved here;
    a definition or a result holds identically, but its names must not be captured."""
    parameters = set(equation.parameters)
    outside = facts.blocked - facts.near
    if any((required.free - parameters) & outside for required in equation.requires):
        return False  # what it asks of n is not asked of a bound n
    if equation.for_all is not None:
        return facts.usable(Relation(equation.lhs, "=", equation.rhs), equation.for_all)
    if (equation.lhs.free - parameters) & facts.blocked:
        return False
    return not (equation.rhs.free - parameters) & outside


def membership(value: Term, parameter: Symbol, facts: Facts, found: Mapping[Term, Term]) -> Iterator[Term]:
    """What must hold for `value` to lie in the domain of `parameter`, where the others stand for what was `found`.

    Below ∂/∂w a w ≥ 0 moves to both sides, and need not stay in its own domain;
    and a bound that moves is not the one with which it was declared.
    """
    domain = parameter.domain
    values = {**found, parameter: value}
    ends = [end for end in (domain.lower, domain.upper) if end is not None]
    moving = [(end, v) for end in ends for v in sorted(facts.blocked, key=str) if facts.depends(end, v)]
    replaced = any(values.get(s, s) != s for end in ends for s in end.free)
    if value == parameter and parameter not in facts.near and not moving and not replaced:
        return
    yield from (FreeOf(end, v) for end, v in moving if v not in values)
    if domain.kind == "finite":
        yield Among(value, domain.values)
        return
    if domain.kind == "integer":
        yield IsInteger(value)
    if domain.kind in ("integer", "real"):
        for fact in domain.facts(parameter):
            yield fact.substitute(values)


def memberships(terms: Sequence[Term], found: Mapping[Term, Term], facts: Facts) -> Iterator[Term]:
    """What must hold for an instance: of each parameter, and of what is declared with bounds that speak of one."""
    others = frozenset[Symbol]().union(*(term.free for term in terms)) - found.keys()
    tied = [s for s in others if any(e.free & found.keys() for e in (s.domain.lower, s.domain.upper) if e is not None)]
    for symbol in (*found, *sorted(tied, key=str)):
        if isinstance(symbol, Symbol):
            yield from membership(found.get(symbol, symbol), symbol, facts, found)


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


__all__ = ["Among", "Blocked", "Equation", "Rewriter", "as_equation", "candidates", "circular", "membership"]
