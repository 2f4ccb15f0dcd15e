"""The normal form of an integral over an interval: linear, what does not move outside, the bound name renamed.

∫ is linear where its parts converge. Where they do not, their sum may still (∫ (1/x + f)
with f near −1/x), and then its parts are atoms that stand for the values of some linear
functional which agrees with ∫ where that converges: there is one, so no identity between
integrals that exist follows from the splitting which does not hold.
"""

from __future__ import annotations

from typing import Any

from flint import fmpq_mpoly

from derivations.algebra.ring import Key, Ratio, Ring, as_fraction
from derivations.algebra.sums import bound_name, height, renamed
from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term

_FACTORED = 60
"""A denominator of more terms is left as it is."""


def normal_integral(s: Ring, term: DefiniteIntegral | Evaluated) -> Ratio:
    """∫ (a f + g) = a ∫ f + ∫ g, for an a in which the variable does not occur; ∫_a^a f = 0. The same for [F]_a^b."""
    low, high = _end(s, term.low), _end(s, term.high)
    return s.zero if low == high else _split(s, term, low, high, height(term.body))


def _split(s: Ring, term: DefiniteIntegral | Evaluated, low: Key, high: Key, level: int) -> Ratio:
    bound = bound_name(level, REAL)
    canonical: Any = renamed(term, level)
    with s.inside(canonical.scope()):
        inner = s.lowest(s(canonical.body))
    still, below = _below(s, inner.den, bound)
    total = s.zero
    for exponents, coefficient in inner.num.terms():
        outside, inside = [0] * s.size, [0] * s.size
        for g, n in enumerate(exponents):
            if n:
                (inside if bound in s.atoms[g].free else outside)[g] = int(n)
        factor, rest = s.constant(as_fraction(coefficient)) * s.monomial(outside), s.monomial(inside)
        total = total + factor / still * _atom(s, canonical, bound, s.lowest(rest / below), low, high)
    return total


def _below(s: Ring, den: fmpq_mpoly, bound: Symbol) -> tuple[Ratio, Ratio]:
    """The denominator as what does not move times what does."""
    whole = Ratio(den, s.one)
    if not s.involves(whole, bound):
        return whole, s.unit
    if len(den) > _FACTORED:
        return s.unit, whole
    content, factors = den.factor()
    still, moving = s.constant(as_fraction(content)), s.unit
    for factor, power in factors:
        part = Ratio(factor, s.one).power(int(power))
        still, moving = (still, moving * part) if s.involves(part, bound) else (still * part, moving)
    return still, moving


def _atom(s: Ring, term: Any, bound: Symbol, rest: Ratio, low: Key, high: Key) -> Ratio:
    if not s.involves(rest, bound):
        if isinstance(term, Evaluated):
            return s.zero
        if term.low.shape == term.high.shape == ():  # ∫_a^b 1 = b − a
            return rest * (s(term.high) - s(term.low))
    with s.inside(term.scope()):
        body = s.term(rest)
    level = height(body)
    made = type(term)(body, bound, term.low, term.high)
    if level + 1 != -bound.tag:  # simplification made the body less deep: number the variable anew
        return _split(s, made, low, high, level)
    return s.atom((type(term).__name__, *low, *high, *s.key(rest)), made)


def _end(s: Ring, end: Term) -> Key:
    return s.key(s(end)) if end.shape == () else ("end", type(end).__name__)


__all__ = ["normal_integral"]
