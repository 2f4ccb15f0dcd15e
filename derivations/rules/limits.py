"""Limits and asymptotic equality.

Every limit is taken at +∞: u itself, −u for the point −∞, and both c + 1/u and
c − 1/u for a finite point c (a limit there is two-sided). How fast things grow
is decided in `derivations.decide.growth`; what is not known there is not shown
here. A function must be defined for all large u: its conditions are met by what
is known of the parameters, or eventually, by its growth.

What is known of the variable elsewhere says nothing below its limit; nothing
that is tied to the variable by a definition or a hypothesis counts as constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any, Generic, TypeVar

from derivations.algebra.normal import Ratio, Ring, in_ring
from derivations.budget import BudgetExhausted
from derivations.context.facts import Facts
from derivations.decide.growth import ONE, Growth, Unknown
from derivations.kernel.attempt import Closing
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.reasons import Candidate, Rule
from derivations.kernel.report import Condition
from derivations.records import record
from derivations.rules.free_variables import moves_freely
from derivations.terms.arithmetic import Add, Div, Infinity, MinusInfinity, Neg, Number, PowerDefined, Sub
from derivations.terms.calculus import Converges, HoldsNear, Limit, Reaches, approached_from
from derivations.terms.relations import Relation, relation
from derivations.terms.substitution import fresh
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term, TermError

Found = TypeVar("Found")
Grounds = tuple[str, ...]


# -- approaching a point ---------------------------------------------------------------
@record(frozen=True)
class Approach:
    """`variable → point` as u → ∞: what the variable stands for (on each side), and what is known then."""

    u: Symbol
    changes: tuple[dict[Term, Term], ...]
    facts: Facts


def approach(body: Term, variable: Term, point: Term, facts: Facts) -> Approach:
    """Raises Unknown when the variable cannot be said to reach the point through its whole neighbourhood."""
    if not isinstance(variable, Symbol) or variable in point.free or facts.depends(point, variable):
        raise Unknown
    only_the_variable_moves(body, variable, facts)
    _moves_freely_if_defined(body, variable, facts)
    inner = facts.enter(Limit(body, variable, point).scope())
    if discharge(Reaches(variable, point), facts) is None:
        raise Unknown
    if isinstance(point, Infinity):
        return Approach(variable, ({},), inner)
    u = fresh(Symbol("u"), body.free | point.free | {variable})
    inner = inner.enter(Scope(bound=(u,), gains=(relation(u, ">", 0),)))
    if isinstance(point, MinusInfinity):
        return Approach(u, ({variable: Neg(u)},), inner)
    step = Div(Number(Fraction(1)), u)
    sides: dict[str, dict[Term, Term]] = {"+": {variable: Add(point, step)}, "-": {variable: Sub(point, step)}}
    here = approached_from(variable, point)
    return Approach(u, tuple([changes for name, changes in sides.items() if name in here]), inner)


_ORDERS = (3, 7)
"""Terms of the power series that are written out where the leading ones cancel."""


def only_the_variable_moves(term: Term, variable: Symbol, facts: Facts) -> None:
    """Parts in which the variable does not occur are not tied to it by what was given."""
    if variable not in term.free:
        if facts.without_definition(variable).depends(term, variable):
            raise Unknown
        return
    for child in term.children:
        only_the_variable_moves(child, variable, facts)


def _moves_freely_if_defined(body: Term, variable: Symbol, facts: Facts) -> None:
    """With T := uᵀv, what stands beside T must be able to stay while T moves."""
    for definition in facts.definitions:
        if definition.lhs != variable:
            continue
        if facts.made_of(definition.rhs) & facts.made_of(body, beside=variable) and not moves_freely(
            variable, definition.rhs, body, facts
        ):
            raise Unknown


# -- working at a point ------------------------------------------------------------------
class Neighbourhood:
    """The germs of functions as their variable tends to its point; keeps what it rests on."""

    def __init__(self, s: Ring, at: Approach) -> None:
        self.s, self.at = s, at
        self.growth = Growth(s, at.u)
        self.grounds: set[str] = set()

    def sides(self, *terms: Term) -> Iterator[tuple[Term, ...]]:
        """The terms as functions of u, once for each side from which the point is approached."""
        for changes in self.at.changes:
            try:
                yield tuple(t.substitute(changes) for t in terms)
            except TermError:
                raise Unknown from None

    def defined(self, term: Term) -> Ratio:
        """The normal form of a term that is defined for all large u."""
        for condition, here in demands(term, self.at.facts):
            self.require(condition, here)
        return self.s(term)

    def require(self, condition: Term, here: Facts) -> None:
        by = discharge(condition, here)
        if by is None and not (here is self.at.facts and self.eventually(condition)):
            raise Unknown
        self.grounds.update(by or ())

    def eventually(self, condition: Term) -> bool:
        """f ≠ g, f > g, … for all large u, by the leading behaviour of f − g."""
        if isinstance(condition, PowerDefined):
            return self.eventually(relation(condition.base, ">", 0))
        if not isinstance(condition, Relation) or condition.sign not in ("!=", ">", ">=", "<", "<="):
            return False
        limit = self.growth.of(self.s(condition.lhs) - self.s(condition.rhs)).limit
        if limit is not None and condition.sign in ("<", "<="):
            limit = -limit
        sign = "!=" if condition.sign == "!=" else ">"
        if limit is None or not (self.s.nonzero(limit) if sign == "!=" else self.s.positive(limit)):
            raise Unknown(limit, sign)
        return True

    def limit(self, term: Term) -> Ratio:
        """The limit of the term, the same from all sides."""
        values = [self._limit(self.defined(side)) for (side,) in self.sides(term)]
        if not all(self.s.is_zero(value - values[0]) for value in values):
            raise Unknown
        return values[0]

    def _limit(self, ratio: Ratio) -> Ratio:
        """Of the leading term; or the sum of the limits, where it is not known which of T^{−p} and 1/T is larger."""
        try:
            return self.growth.limit(ratio)
        except Unknown as unknown:
            found = self._sum_of_limits(ratio)
            for order in _ORDERS if found is None else ():
                with suppress(Unknown, BudgetExhausted):
                    return Growth(self.s, self.at.u, order).limit(ratio)
            if found is None:
                raise unknown from None
            return found

    def _sum_of_limits(self, ratio: Ratio) -> Ratio | None:
        """lim Σ fᵢ = Σ lim fᵢ, if each of them is known."""
        total = self.s.zero
        try:
            for part in self.growth.ratio(ratio):
                germ = self.growth.germ((part,))
                order = self.growth.compare(germ.scale, ONE)
                if order > 0 or order == 0 and germ.limit is None:
                    return None
                total = total + germ.limit if order == 0 and germ.limit is not None else total
        except Unknown:
            return None
        return total

    def equivalent(self, f: Term, g: Term) -> bool:
        """f ~ g: the quotient tends to 1, and g does not vanish near the point."""
        for left, right in self.sides(f, g):
            above, below = self.defined(left), self.defined(right)
            lead = self.growth.of(below).limit
            if lead is None or not self.s.nonzero(lead):
                raise Unknown(lead)
            if not self.s.is_zero(self.growth.limit(above / below) - self.s.unit):
                return False
        return True

    def hold(self, given: tuple[Term, ...], variable: Symbol, facts: Facts) -> bool:
        """They hold near the point: `T < 5` contradicts T → ∞."""
        for stated in given:
            only_the_variable_moves(stated, variable, facts)
            if not all(self.eventually(side) for (side,) in self.sides(stated)):
                return False
        return True

    def known(self) -> Grounds:
        """The facts relied on; that u is large is no hypothesis."""
        own = {f.name for f in self.at.facts.relations if self.at.u in f.relation.free}
        return tuple(sorted((self.grounds | self.s.used) - own))

    def wanted(self, unknown: Unknown) -> tuple[Term, ...]:
        """The condition on the parameters that would have helped."""
        c = unknown.coefficient
        if c is None or self.s.number_of(c) is not None:
            return ()
        if unknown.sign == "!=":  # the denominator is no question
            c = Ratio(self.s.lowest(c).num, self.s.one)
        return (relation(self.s.term(c), unknown.sign, 0),)


@record(frozen=True)
class Answer(Generic[Found]):
    """What was found near a point and what it rests on; else (`found` is None) what would have helped."""

    found: Found | None
    grounds: Grounds = ()
    wanted: tuple[Term, ...] = ()


def near(
    body: Term, variable: Term, point: Term, facts: Facts, work: Callable[[Neighbourhood], Found]
) -> Answer[Found]:
    """What `work` finds near the point."""
    try:
        at = approach(body, variable, point, facts)
    except Unknown:
        return Answer(None)

    def run(s: Ring) -> Answer[Found]:
        here = Neighbourhood(s, at)
        try:
            return Answer(work(here), here.known())
        except Unknown as unknown:
            return Answer(None, (), here.wanted(unknown))

    return in_ring(at.facts, run)


def limit_of(term: Limit, facts: Facts) -> Answer[Term]:
    """The value of a limit, if it is known to exist."""
    return near(term.body, term.variable, term.point, facts, lambda n: n.s.term(n.limit(term.body)))


def closing(rule: str, answer: Answer[bool]) -> Closing | None:
    """The link is closed, but for the conditions that are not known."""
    if answer.found:
        return Closing(rule, answer.grounds)
    if answer.wanted:
        return Closing(rule, (), tuple(Condition(c, rule, None) for c in answer.wanted))
    return None


# -- dominant terms ------------------------------------------------------------------------
def _value(term: Term, facts: Facts) -> Iterator[Candidate]:
    """lim f = L."""
    if not isinstance(term, Limit):
        return
    answer = limit_of(term, facts)
    exists = Converges(term.body, term.variable, term.point)
    if answer.found is not None:
        yield Candidate(answer.found, (exists,))
    elif answer.wanted:  # tells which condition is not known
        yield Candidate(term, (*answer.wanted, exists))


def _tends(link: Relation, facts: Facts) -> Closing | None:
    """f → L, f ~ g."""
    variable, point = link.variable, link.point
    if variable is None or point is None or link.lhs.shape != () or link.rhs.shape != ():
        return None
    if any(definition.lhs == variable for definition in facts.definitions):  # a defined quantity is no variable
        return None
    if not isinstance(variable, Symbol):
        return None
    # the rest of the chain may rest on what is given of the variable where it stands free
    about, whole = tuple(facts.about(variable)), Sub(link.lhs, link.rhs)
    if link.sign == "->" and variable not in link.rhs.free:
        return closing(dominant_term.name, near(whole, variable, point, facts,
                       lambda n: n.hold(about, variable, facts) and n.s.is_zero(n.limit(whole))))  # fmt: skip
    if link.sign == "~":
        return closing(dominant_term.name, near(whole, variable, point, facts,
                       lambda n: n.hold(about, variable, facts) and n.equivalent(link.lhs, link.rhs)))  # fmt: skip
    return None


def _holds_near(proposition: HoldsNear, facts: Facts) -> Grounds | None:
    statement = proposition.statement

    def work(n: Neighbourhood) -> bool:
        for (side,) in n.sides(statement):
            n.require(side, n.at.facts)
        return True

    answer = near(statement, proposition.variable, proposition.point, facts, work)
    return answer.grounds if answer.found else None


def _converges(proposition: Converges, facts: Facts) -> Grounds | None:
    answer = limit_of(Limit(proposition.body, proposition.variable, proposition.point), facts)
    return None if answer.found is None else answer.grounds


dominant_term = Rule(
    "dominant-term",
    r"\frac{a\,\varphi + \cdots}{b\,\psi + \cdots} \sim \frac{a}{b} \cdot \frac{\varphi}{\psi}",
    "Hardy, Orders of Infinity (1910), ch. III; Graham, Knuth, Patashnik, Concrete Mathematics, §9.1",
    r"a \neq 0, b \neq 0, \text{ each } \cdots \text{ of smaller order than the term before it}",
    rewrite=_value,
    roots=(Limit,),
    closes=_tends,
    operation="limit",
)


# -- equivalents ------------------------------------------------------------------------------
def _same_limit(link: Relation, facts: Facts) -> Closing | None:
    """f ~ g ⇒ lim f = lim g."""
    f, g = link.lhs, link.rhs
    if link.sign != "=" or not isinstance(f, Limit) or not isinstance(g, Limit) or f.point != g.point:
        return None
    if f.variable.domain != g.variable.domain:
        return None
    if g.variable != f.variable:
        if f.variable in g.body.free:
            return None
        g = Limit(g.body.substitute({g.variable: f.variable}), f.variable, g.point)

    def work(n: Neighbourhood) -> bool:
        n.limit(g.body)
        return n.equivalent(f.body, g.body)

    return closing(limit_of_equivalents.name, near(Sub(f.body, g.body), f.variable, f.point, facts, work))


limit_of_equivalents = Rule(
    "limit-of-equivalents",
    r"f \sim g \implies \lim f = \lim g",
    "Graham, Knuth, Patashnik, Concrete Mathematics, §9.1; Bourbaki, Functions of a Real Variable, V.1",
    r"\lim g \text{ exists}",
    closes=_same_limit,
    operation="limit",
)


PROVERS = {Converges: _converges, HoldsNear: _holds_near}

__all__: list[Any] = ["PROVERS", "dominant_term", "limit_of_equivalents"]
