"""Which integrals over intervals converge, which functions have limits at the ends, which are primitives.

A function that is continuous between the ends is integrable over each closed
interval there; so what counts is how it grows at the ends. As x → c from the
right, x = c + 1/u turns ∫ f dx into ∫ f(c + 1/u)/u² du up to ∞, and
∫^∞ g du converges absolutely if g = O(u^p) for a p < −1.

Sources: Rudin, Principles of Mathematical Analysis, theorems 6.8, 6.20 and exercise 6.7;
Apostol, Mathematical Analysis, theorem 10.33.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import decide, in_ring
from derivations.algebra.signs import NEGATIVE, sign_of
from derivations.algebra.sums import height
from derivations.decide.growth import Growth, Unknown, unit_power
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.rewriting import Rewriter
from derivations.records import record
from derivations.rules.limits import Approach, Neighbourhood, only_the_variable_moves
from derivations.terms.arithmetic import (
    Abs,
    Add,
    Cos,
    Div,
    Exp,
    Infinity,
    Log,
    MinusInfinity,
    Mul,
    Neg,
    Number,
    Pow,
    Sin,
    Sqrt,
    Sub,
    Tanh,
    number,
)
from derivations.terms.calculus import Derivative, Differentiable, FreeOf
from derivations.terms.definite_integrals import Dominated, HasEnds, IntegrableOn, IsEven, IsOdd, IsPrimitive
from derivations.terms.functions import Apply
from derivations.terms.relations import relation
from derivations.terms.substitution import alpha_equal, fresh
from derivations.terms.sums import Sum
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Scope, Term, TermError

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Grounds = tuple[str, ...]

_PLAIN = (Number, Symbol, Add, Sub, Neg, Mul, Div, Exp, Log, Sqrt, Abs, Sin, Cos, Tanh)
"""Nodes that are continuous, in what they are made of, wherever they are defined."""


@record(frozen=True)
class Range:
    """An open interval of values of a variable."""

    variable: Symbol
    low: Term
    high: Term


def apart(proposition: Any) -> Any:
    """The same with a bound name that stands for nothing else: what is given of its letter says nothing of it."""
    scope = proposition.scope()
    names = {v: Symbol("x", REAL, -1000 - height(proposition)) for v in scope.bound}
    return proposition.rebuild(lambda child: names.get(child) or child.substitute(names))


def range_of(node: Any) -> Range:
    return Range(node.variable, node.low, node.high)


# -- continuity -----------------------------------------------------------------------
def continuous(term: Term, x: Symbol, facts: Facts) -> Grounds | None:
    """What the facts below say of x makes the term defined, and continuous in x; what it rests on."""
    grounds = _all((condition, here) for condition, here in demands(term, facts))
    made = None if grounds is None else _continuous(term, x, facts)
    return None if made is None or grounds is None else (*grounds, *made)


def _continuous(term: Term, x: Symbol, facts: Facts) -> Grounds | None:
    if x not in term.free:
        return () if not facts.without_definition(x).depends(term, x) else None
    needed: list[Term] = []
    match term:
        case Pow(base, exponent):
            # bⁿ is continuous in b wherever it is defined, for n ≥ 0 at 0 too
            needed = [relation(base, ">", 0) if x in exponent.free else FreeOf(exponent, x)]
        case Sum(_, _, low, high) if not isinstance(high, Infinity):
            needed = [FreeOf(low, x), FreeOf(high, x)]
        case Apply(function):
            if not function.smooth or any(d.lhs.kinds & {Apply} for d in facts.definitions if _defines(d, term)):
                return None
        case Derivative(Apply(function, args), by) if by == x and function.smooth:
            return _continuous(term.body, x, facts) if x in args else None
        case _ if not isinstance(term, _PLAIN):
            return None
    grounds = _all((condition, facts) for condition in needed)
    if grounds is None:
        return None
    scope = term.scope()
    inner = facts.enter(scope) if scope is not None else facts
    for position, child in enumerate(term.children):
        if scope is not None and child in scope.bound:
            continue
        found = _continuous(child, x, inner if position in term.inside else facts)
        if found is None:
            return None
        grounds += found
    return grounds


def _defines(definition: Any, term: Apply) -> bool:
    return isinstance(definition.lhs, Apply) and definition.lhs.function == term.function


def _all(conditions: Any) -> Grounds | None:
    found: list[str] = []
    for condition, facts in conditions:
        by = discharge(condition, facts)
        if by is None:
            return None
        found += by
    return tuple(dict.fromkeys(found))


# -- the ends -------------------------------------------------------------------------
def ordered(of: Range, facts: Facts) -> Grounds | None:
    """low < high (then there is something between), or None."""
    if of.low.shape is None or of.high.shape is None:
        return ()
    return discharge(relation(of.low, "<", of.high), facts)


def closed(of: Range, facts: Facts) -> Facts | None:
    """What holds on the closed interval, which is not empty; None where an end is infinite, or low ≤ high unknown."""
    if of.low.shape is None or of.high.shape is None or discharge(relation(of.low, "<=", of.high), facts) is None:
        return None
    gains = (relation(of.variable, ">=", of.low), relation(of.variable, "<=", of.high))
    return facts.enter(Scope(bound=(of.variable,), gains=gains))


def at_end(of: Range, end: Term, body: Term, facts: Facts) -> tuple[Approach, Symbol, bool]:
    """The variable on its way to the end from inside, as u → ∞; whether the end is finite. Raises Unknown."""
    x = of.variable
    only_the_variable_moves(body, x, facts)
    if end.shape == () and (x in end.free or facts.depends(end, x)):
        raise Unknown
    u = fresh(Symbol("u"), body.free | of.low.free | of.high.free | {x})
    inner = facts.enter(Scope(bound=(x,))).enter(Scope(bound=(u,), gains=(relation(u, ">", 0),)))
    if isinstance(end, Infinity):
        return Approach(u, ({x: u},), inner), u, False
    if isinstance(end, MinusInfinity):
        return Approach(u, ({x: Neg(u)},), inner), u, False
    step = Div(number(1), u)
    return Approach(u, ({x: Add(end, step) if end == of.low else Sub(end, step)},), inner), u, True


def _tame(of: Range, end: Term, body: Term, facts: Facts) -> Grounds | None:
    """∫ |body| converges at the end."""
    try:
        at, u, finite = at_end(of, end, body, facts)
    except Unknown:
        return None

    def work(s: Any) -> Grounds | None:
        here = Neighbourhood(s, at)
        try:
            ((side,),) = here.sides(body)
            ratio = here.defined(side)
            if finite:
                ratio = ratio / s(u).power(2)
            return here.known() if _vanishes_fast(here.growth, ratio) else None
        except Unknown:
            return None

    return in_ring(at.facts, work)


def _vanishes_fast(growth: Growth, ratio: Any) -> bool:
    """g = O(u^p) with p < −1, as u → ∞."""
    s = growth.s
    if s.is_zero(ratio):
        return True
    rates = growth.of(ratio).scale.rates
    if not rates:
        return False
    power, lead = rates[0]
    if power > unit_power(1):  # it grows or falls faster than any power
        return sign_of(s, lead) == NEGATIVE
    return power == unit_power(1) and sign_of(s, lead + s.unit) == NEGATIVE


# -- propositions -----------------------------------------------------------------------
def integrable_on(proposition: IntegrableOn, facts: Facts) -> Grounds | None:
    """Given; or continuous on a closed interval; or continuous between the ends, and small enough at each of them."""
    others = proposition.body.free - {proposition.variable}
    if any(facts.depends(other, proposition.variable) for other in others):
        return None  # u := t² below ∫ … dt may be read as moving with t
    stated = next(
        (g for g in facts.given if isinstance(g, IntegrableOn) and Apply in g.kinds and alpha_equal(g, proposition)),
        None,
    )
    if stated is not None and facts.usable(stated, ()):
        return (stated.text,)
    proposition = apart(proposition)
    of, body = range_of(proposition), proposition.body
    inside = closed(of, facts)
    everywhere = None if inside is None else continuous(body, of.variable, inside)
    if inside is not None and everywhere is not None:
        return everywhere
    order = ordered(of, facts)
    between = None if order is None else continuous(body, of.variable, facts.enter(proposition.scope()))
    if order is None or between is None:
        return _parts(proposition, facts)
    grounds = [*order, *between]
    for end in (of.low, of.high):
        found = _tame(of, end, body, facts)
        if found is None:
            return _parts(proposition, facts)
        grounds += found
    return tuple(dict.fromkeys(grounds))


def _parts(proposition: IntegrableOn, facts: Facts) -> Grounds | None:
    """f + g, if f and g are; c f, for a c that does not move; ∫ f(x, y) dy, if f is integrable over both (Tonelli)."""
    body, rest = proposition.body, proposition.fields[1:]
    x = proposition.variable
    match body:
        case Add(f, g) | Sub(f, g):
            return _all((IntegrableOn(part, *rest), facts) for part in (f, g))
        case Neg(f):
            return discharge(IntegrableOn(f, *rest), facts)
        case Mul(c, f) | Mul(f, c) if x not in c.free and c.shape == ():
            below = facts.enter(proposition.scope())
            defined = _all((condition, here) for condition, here in demands(c, below))
            found = _all([(FreeOf(c, x), below), (IntegrableOn(f, *rest), facts)])
            return None if defined is None or found is None else (*defined, *found)
    return None


def has_ends(proposition: HasEnds, facts: Facts) -> Grounds | None:
    """Continuous on the closed interval; or between the ends, with a limit at each of them."""
    proposition = apart(proposition)
    of, body = range_of(proposition), proposition.body
    inside = closed(of, facts)
    everywhere = None if inside is None else continuous(body, of.variable, inside)
    if everywhere is not None:
        return everywhere
    order = ordered(of, facts)
    if order is None:
        return None
    grounds = [*order]
    for end in (of.low, of.high):
        found = value_at(of, end, body, facts)
        if found is None:
            return None
        grounds += found[1]
    return tuple(dict.fromkeys(grounds))


def value_at(of: Range, end: Term, body: Term, facts: Facts) -> tuple[Term, Grounds] | None:
    """The limit of the body at an end from inside, and what that rests on."""
    try:
        at, _, _ = at_end(of, end, body, facts)
    except Unknown:
        return None

    def work(s: Any) -> tuple[Term, Grounds] | None:
        here = Neighbourhood(s, at)
        try:
            return s.term(here.limit(body)), here.known()
        except (Unknown, TermError):
            return None

    return in_ring(at.facts, work)


def continuous_at(of: Range, end: Term, body: Term, facts: Facts) -> bool:
    """The body is continuous on the whole closed interval, so that its limit at an end is its value."""
    inside = closed(of, facts)
    return inside is not None and continuous(body, of.variable, inside) is not None


def slope_of(term: Term, x: Symbol, below: Facts) -> tuple[Term, list[str]]:
    """The derivative by the rules of differentiation, and what that rests on."""
    from derivations.rules.derivatives import differentiation

    rewriter = Rewriter([differentiation], "condition")
    found = rewriter(Derivative(term, x), below)
    return found, [name for r in rewriter.trace for c in r.conditions for name in c.discharged_by or ()]


def is_primitive(proposition: IsPrimitive, facts: Facts) -> Grounds | None:
    """F′ = f between the ends, by the rules of differentiation and algebra; certified, wherever F came from."""
    proposition = apart(proposition)
    x, below = proposition.variable, facts.enter(proposition.scope())
    if ordered(range_of(proposition), facts) is None and closed(range_of(proposition), facts) is None:
        return None
    exists = discharge(Differentiable(proposition.primitive, x), below)
    if exists is None:
        return None
    found, grounds = slope_of(proposition.primitive, x, below)
    grounds = [*exists, *grounds]
    settled = decide(below, lambda s: tuple(sorted(s.used)) if s.is_zero(s(found) - s(proposition.body)) else None)
    if settled is None:
        return None
    defined = _all((c, here) for term in (found, proposition.body) for c, here in demands(term, below))
    both = None if defined is None else _continuous(proposition.body, x, below)
    return None if defined is None or both is None else tuple(dict.fromkeys([*grounds, *settled, *defined, *both]))


def dominated(proposition: Dominated, facts: Facts) -> Grounds | None:
    """∂f/∂θ is continuous in x and θ between the ends, and small enough at each end, whatever θ is nearby.

    Only what stays true near θ is used. On a closed interval inside, a continuous function of both is bounded; at
    the ends the expansions hold locally uniformly, since their coefficients are continuous in θ and do not vanish.
    Source: Rudin, Principles of Mathematical Analysis, theorem 9.42; Apostol, theorem 10.39.
    """
    proposition = apart(proposition)
    of, theta = range_of(proposition), proposition.parameter
    x, body = of.variable, proposition.body
    near = facts.enter(Scope(near=(theta,)))
    moving = [end for end in (of.low, of.high) if end.shape == () and near.depends(end, theta)]
    if ordered(of, near) is None:
        return None
    between_ends = near.enter(Scope(bound=(x,))) if moving else near.enter(proposition.scope())
    exists = discharge(Differentiable(body, theta), between_ends)
    if exists is None:
        return None
    slope, grounds = slope_of(body, theta, between_ends)
    if any(isinstance(t, Derivative) for t in slope.walk_set):
        return None
    found: list[str] = [*exists, *grounds]
    for term in (body, slope):
        for variable in (x, theta):
            by = continuous(term, variable, between_ends)
            if by is None:
                return None
            found += by
    for end in (of.low, of.high):
        if end in moving:
            continue
        inside = closed(of, near)
        if (
            inside is not None
            and continuous(slope, x, inside) is not None
            and continuous(slope, theta, inside) is not None
        ):
            continue
        by = _tame(of, end, slope, near)
        if by is None:
            return None
        found += by
    return tuple(dict.fromkeys(found))


def _mirrored(sign: int) -> Any:
    """f(−x) = ± f(x), by algebra."""

    def prove(proposition: IsOdd | IsEven, facts: Facts) -> Grounds | None:
        proposition = apart(proposition)
        body, x = proposition.body, proposition.variable
        if x not in body.free:
            return () if sign > 0 else None
        below = facts.enter(proposition.scope())
        try:
            only_the_variable_moves(body, x, facts)
            mirrored = body.substitute({x: Neg(x)})
        except (Unknown, TermError):
            return None
        wanted = mirrored - body if sign > 0 else mirrored + body
        return decide(below, lambda s: tuple(sorted(s.used)) if s.is_zero(s(wanted)) else None)

    return prove


PROVERS = {IntegrableOn: integrable_on, HasEnds: has_ends, IsPrimitive: is_primitive}
PROVERS |= {Dominated: dominated, IsOdd: _mirrored(-1), IsEven: _mirrored(1)}

__all__ = ["PROVERS", "Range", "closed", "continuous", "continuous_at", "ordered", "range_of", "value_at"]
