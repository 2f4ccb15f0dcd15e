"""Substitution in integrals over intervals: ∫_c^d f(g(u)) |g′(u)| du = ∫_a^b f(x) dx for a monotone g.

The map is found from the two integrals: between finite ends an affine one, else one that takes
one exponent into the other, or one of those that a first course uses. It counts only if it is
strictly monotone between the ends and takes them into each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import decide, in_ring
from derivations.algebra.ring import Ring
from derivations.decide.growth import ONE, Unknown
from derivations.decide.intervals import Range, at_end, continuous, ordered, range_of, slope_of
from derivations.decide.primitives import coefficients, taken_apart
from derivations.kernel.attempt import Closing
from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Condition
from derivations.records import record
from derivations.rules.limits import Neighbourhood
from derivations.terms.arithmetic import Exp, Infinity, Log, Neg, sqrt
from derivations.terms.calculus import Derivative, Differentiable
from derivations.terms.definite_integrals import DefiniteIntegral, IntegrableOn
from derivations.terms.relations import Relation, relation
from derivations.terms.term import Term, TermError, open_terms

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts

_MOST = 4  # integrals of a link that are looked at
_DEPTH = 2  # of them that are rewritten, but for one that stays


def _closes(link: Relation, facts: Facts) -> Closing | None:
    """An integral of the link is written in the variable of another one; then what is left is algebra."""
    if link.variable is not None or link.sign != "=" or link.lhs.shape != () or link.rhs.shape != ():
        return None
    name = integration_by_substitution.name
    gap = link.lhs - link.rhs
    count = len({t for t in open_terms(gap) if isinstance(t, DefiniteIntegral)})
    for found in _rewritten(gap, facts, min(_DEPTH, count - 1)):
        used = decide(facts, lambda s, found=found: tuple(sorted(s.used)) if s.is_zero(s(found.gap)) else None)  # type: ignore[misc]
        if used is not None:
            asked = [Condition(c, name, discharge(c, facts)) for c in dict.fromkeys(found.asked)]
            return Closing(name, tuple(dict.fromkeys((*found.grounds, *used))), tuple(asked))
    return None


@record(frozen=True)
class Step:
    """The difference of two sides after substitutions: what they rest on, and what they ask for."""

    gap: Term
    grounds: tuple[str, ...] = ()
    asked: tuple[Term, ...] = ()


def _rewritten(gap: Term, facts: Facts, depth: int) -> Iterator[Step]:
    integrals = [t for t in dict.fromkeys(open_terms(gap)) if isinstance(t, DefiniteIntegral)][:_MOST]
    for one in integrals:
        for other in integrals:
            for new in _maps(one, other, facts) if one != other else ():
                found = _moved(one, other, new, facts)
                if found is None:
                    continue
                inside, by = found
                made = DefiniteIntegral(inside, *other.fields[1:])
                changed = gap.substitute({one: made})
                asked = (IntegrableOn(*one.fields), IntegrableOn(*made.fields))
                yield Step(changed, by, asked)
                if depth > 1:
                    for more in _rewritten(changed, facts, depth - 1):
                        yield Step(more.gap, (*by, *more.grounds), (*asked, *more.asked))


def _moved(
    one: DefiniteIntegral, other: DefiniteIntegral, new: Term, facts: Facts
) -> tuple[Term, tuple[str, ...]] | None:
    """f(g(u)) |g′(u)|, for a g that takes the ends of the other's range into those of one's, strictly monotone."""
    u, below = other.variable, facts.enter(other.scope())
    of = range_of(other)
    order, smooth = ordered(of, facts), continuous(new, u, below)
    exists = discharge(Differentiable(new, u), below)
    if order is None or smooth is None or exists is None:
        return None
    slope, grounds = slope_of(new, u, below)
    if Derivative in slope.kinds or continuous(slope, u, below) is None:
        return None
    up = discharge(relation(slope, ">", 0), below)
    by = discharge(relation(slope, "<", 0), below) if up is None else up
    if by is None:
        return None
    ends = (other.low, other.high) if up is not None else (other.high, other.low)
    if not all(_reaches(of, end, new, wanted, facts) for end, wanted in zip(ends, (one.low, one.high), strict=True)):
        return None
    try:
        inside = one.body.substitute({one.variable: new}) * (slope if up is not None else Neg(slope))
    except TermError:
        return None
    if continuous(inside, u, below) is None:
        return None
    return inside, tuple(dict.fromkeys((*order, *smooth, *exists, *grounds, *by)))


def _reaches(of: Range, end: Term, new: Term, wanted: Term, facts: Facts) -> bool:
    """g → wanted as u → end."""
    try:
        at, _, _ = at_end(of, end, new, facts)
    except Unknown:
        return False

    def work(s: Ring) -> bool:
        here = Neighbourhood(s, at)
        try:
            ((side,),) = here.sides(new)
            ratio = here.defined(side)
            if wanted.shape == ():
                return s.is_zero(here.growth.limit(ratio) - s(wanted))
            germ = here.growth.of(ratio)
            if germ.limit is None or here.growth.compare(germ.scale, ONE) <= 0:
                return False
            return s.positive(germ.limit) if isinstance(wanted, Infinity) else s.positive(-germ.limit)
        except (Unknown, TermError):
            return False

    return in_ring(at.facts, work)


# -- maps --------------------------------------------------------------------------------------
def _maps(one: DefiniteIntegral, other: DefiniteIntegral, facts: Facts) -> Iterator[Term]:
    u = other.variable
    a, b, c, d = one.low, one.high, other.low, other.high
    if all(end.shape == () for end in (a, b, c, d)):
        yield a + (b - a) * (u - c) / (d - c)
        yield b - (b - a) * (u - c) / (d - c)
    else:
        yield from _of_exponents(one, other, facts)
        if a.shape == c.shape == ():
            yield u - c + a
        if b.shape == d.shape == ():
            yield u - d + b
        if a.shape == d.shape == ():
            yield d - u + a
        if b.shape == c.shape == ():
            yield c - u + b
        yield Neg(u)
    yield from (u**2, sqrt(u), Exp(u), Log(u), 1 / u, Exp(-u), -Log(u), u**3, 1 - u, 1 / u - 1, 1 / (1 + u), u**2 / 2,
                sqrt(2 * u), 2 * u, u / 2)  # fmt: skip


def _of_exponents(one: DefiniteIntegral, other: DefiniteIntegral, facts: Facts) -> Iterator[Term]:
    """The affine map that takes the exponent of one e^… into the other's."""
    first, second = _exponent(one, facts), _exponent(other, facts)
    u = other.variable
    if first is None or second is None or len(first) != len(second):
        return
    if len(first) == 2:
        rate = second[1] / first[1]
        for end, start in ((one.low, other.low), (one.high, other.high)):
            if end.shape == start.shape == ():
                yield end + rate * (u - start)
        for end, start in ((one.low, other.high), (one.high, other.low)):
            if end.shape == start.shape == ():
                yield end + rate * (u - start)
    if len(first) == 3:
        middle, start = -first[1] / (2 * first[2]), -second[1] / (2 * second[2])
        stretch = in_ring(facts, lambda s: s.term(s(second[2]) / s(first[2])))
        for rate in (sqrt(stretch), Neg(sqrt(stretch))):
            tidied = in_ring(facts, lambda s, rate=rate: s.term(s(middle + rate * (u - start))))  # type: ignore[misc]
            yield tidied


def _exponent(node: DefiniteIntegral, facts: Facts) -> list[Term] | None:
    def work(s: Ring) -> list[Term] | None:
        parts = taken_apart(s, node.body, node.variable)
        if not parts or parts[0].exponent is None:
            return None
        return coefficients(s, parts[0].exponent, node.variable)

    return in_ring(facts.enter(node.scope()), work)


integration_by_substitution = Rule(
    "integration-by-substitution",
    r"\int_{g(c)}^{g(d)} f(x) \, dx = \int_c^d f(g(u))\, g'(u) \, du",
    "Spivak, Calculus, ch. 19, theorem 2",
    r"g \text{ is strictly monotone on } (c, d)",
    closes=_closes,
    operation=None,
)

__all__: list[Any] = []
