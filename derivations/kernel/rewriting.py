"""Rewriting a side with the cited reasons, and keeping a record of each application.

Every application is an equality between defined terms: a reason applies only
when each of its conditions is discharged at the place where it is applied.
What it could not discharge is kept, to be told to the author.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from derivations.kernel.conditions import discharge
from derivations.kernel.facts import Facts
from derivations.kernel.matching import instantiate, match
from derivations.kernel.normal import BudgetExhausted
from derivations.kernel.reasons import Candidate, Definition, Hypothesis, Rule
from derivations.kernel.report import Condition, Rewrite
from derivations.terms.relations import Among, Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.sums import IsInteger
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

Path = tuple[int, ...]


@dataclass(frozen=True)
class Blocked:
    """A reason that would have applied, had this condition been known."""

    reason: str
    term: Term
    condition: Term


@dataclass(frozen=True, eq=False)
class Equation:
    """A reason in the form the rewriter uses: `lhs = rhs` for all values of the parameters.

    requires: propositions that must hold once the parameters have values
    fixed:    parameters that may only stand for themselves
    for_all:  symbols that may be bound or moved where it is applied
    """

    name: str
    lhs: Term
    rhs: Term
    parameters: tuple[Symbol, ...] = ()
    requires: tuple[Term, ...] = ()
    for_all: tuple[Symbol, ...] | None = None


@dataclass
class Rewriter:
    """Applies reasons until none applies, outermost first."""

    reasons: Sequence[Rule | Equation]
    side: str
    budget: int = 2000
    trace: list[Rewrite] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)

    def __call__(self, term: Term, facts: Facts) -> Term:
        return self._rewrite(term, facts, ())

    def _rewrite(self, term: Term, facts: Facts, path: Path) -> Term:
        while True:
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
        waiting = len(self.blocked)
        for reason in self.reasons:
            for candidate in candidates(reason, term, facts):
                conditions = self._discharge(reason.name, term, candidate, facts)
                if conditions is None:
                    continue
                del self.blocked[waiting:]  # another way was found
                self.budget -= 1
                if self.budget < 0:
                    raise BudgetExhausted
                self.trace.append(Rewrite(reason.name, self.side, path, term, candidate.result, conditions))
                return candidate.result
        return None

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
    if reason.rewrite is not None:
        yield from reason.rewrite(term, facts)


def _instance(equation: Equation, term: Term, facts: Facts) -> Iterator[Candidate]:
    found = match(equation.lhs, term, equation.parameters)
    if found is None:
        return
    if not _usable(equation, facts):
        return
    try:
        if not alpha_equal(equation.lhs.substitute(found), term):
            return  # a parameter would be captured
        result = equation.rhs.substitute(found)
        requires = tuple(r.substitute(found) for r in equation.requires)
    except TermError:  # an instance that cannot be written is no instance
        return
    domains = tuple(d for p, value in found.items() if isinstance(p, Symbol) for d in membership(value, p))
    yield Candidate(result, domains + requires)


def _usable(equation: Equation, facts: Facts) -> bool:
    """A hypothesis about fixed values says nothing of a variable that is bound or moved here;
    a definition or a result holds identically, but its names must not be captured."""
    if equation.for_all is not None:
        return facts.usable(Relation(equation.lhs, "=", equation.rhs), equation.for_all)
    parameters = set(equation.parameters)
    if (equation.lhs.free - parameters) & facts.blocked:
        return False
    return not (equation.rhs.free - parameters) & (facts.blocked - facts.near)


def membership(value: Term, parameter: Symbol) -> Iterator[Term]:
    """What must hold for `value` to lie in the domain of `parameter`."""
    if value == parameter:
        return
    domain = parameter.domain
    if domain.kind == "finite":
        yield Among(value, domain.values)
        return
    if domain.kind == "integer":
        yield IsInteger(value)
    if domain.kind in ("integer", "real"):
        for fact in domain.facts(parameter):
            yield fact.substitute({parameter: value})


def as_equation(reason: Definition | Hypothesis) -> Equation:
    """A definition, or an equation that was given, as the rewriter uses it."""
    if isinstance(reason, Definition):
        return Equation(reason.name, reason.lhs, reason.rhs, reason.parameters)
    shown = reason.relation
    from derivations.derivation import reason_name

    return Equation(reason_name(reason), shown.lhs, shown.rhs, reason.for_all, (), reason.for_all)


__all__ = ["Among", "Blocked", "Equation", "Rewriter", "as_equation", "candidates", "membership"]
