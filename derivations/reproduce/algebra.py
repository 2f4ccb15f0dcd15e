"""Is an expression zero as a rational function? SymPy's polynomial rings answer without expanding it.

Generators are the symbols, the exponentials of independent arguments (e^{2z} is
the square of e^z), powers with symbolic exponents, and whatever else is no
algebra. A root of a symbol becomes the generator, and the symbol its power.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Any

import sympy
from sympy.polys.domains import QQ
from sympy.polys.rings import ring

Fraction = tuple[Any, Any]
"""Numerator and denominator in one polynomial ring."""

MOST_TERMS = 4000


class TooLarge(Exception):
    """The numerator would have too many terms to be worth it."""


def rationally_zero(expression: Any) -> bool:
    """The numerator of the expression, over a common denominator, is the zero polynomial."""
    algebra = _Algebra()
    algebra.collect(expression)
    try:
        return not algebra.fraction(expression)[0]
    except (TooLarge, ZeroDivisionError):
        return False


class _Algebra:
    def __init__(self) -> None:
        self.roots: dict[Any, int] = {}  # generator -> the largest denominator of its exponents
        self.memo: dict[Any, Fraction] = {}

    # -- first pass: which generators there are ----------------------------------
    def collect(self, node: Any) -> None:
        if node.is_Rational:
            return
        if node.is_Add or node.is_Mul:
            for part in node.args:
                self.collect(part)
            return
        for base, times in _factors(node):
            if base.is_Add or base.is_Mul or base.is_Rational:
                if times.is_Integer:
                    self.collect(base)
                    continue
                base, times = base**times, sympy.S.One
            self.roots[base] = lcm(self.roots.get(base, 1), int(times.q))

    def fraction(self, node: Any) -> Fraction:
        if not self.memo:
            self._make_ring()
        if node not in self.memo:
            self.memo[node] = self._fraction(node)
        return self.memo[node]

    def _make_ring(self) -> None:
        names = [sympy.Dummy() for _ in self.roots]
        self.ring, *generators = ring(names, QQ)
        self.generator = dict(zip(self.roots, generators, strict=True))
        self.memo[sympy.S.One] = (self.ring.one, self.ring.one)

    # -- second pass -----------------------------------------------------------------
    def _fraction(self, node: Any) -> Fraction:
        if node.is_Rational:
            return self.ring(QQ(node.p, node.q)), self.ring.one
        if node.is_Add:
            total = self.fraction(node.args[0])
            for part in node.args[1:]:
                total = self._plus(total, self.fraction(part))
            return total
        product = self.memo[sympy.S.One]
        if node.is_Mul:
            for part in node.args:
                product = self._times(product, self.fraction(part))
            return product
        for base, times in _factors(node):
            product = self._times(product, self._power(base, times))
        return product

    def _power(self, base: Any, times: Any) -> Fraction:
        if base.is_Add or base.is_Mul or base.is_Rational:
            if times.is_Integer:
                top, bottom = self.fraction(base)
                return (
                    (top ** int(times), bottom ** int(times))
                    if times >= 0
                    else (bottom ** -int(times), top ** -int(times))
                )
            base, times = base**times, sympy.S.One
        whole = int(times * self.roots[base])
        power = self.generator[base] ** abs(whole)
        return (power, self.ring.one) if whole >= 0 else (self.ring.one, power)

    def _plus(self, one: Fraction, other: Fraction) -> Fraction:
        (a, b), (c, d) = one, other
        return self._small((a + c, b) if b == d else (a * d + c * b, b * d))

    def _times(self, one: Fraction, other: Fraction) -> Fraction:
        return self._small((one[0] * other[0], one[1] * other[1]))

    def _small(self, made: Fraction) -> Fraction:
        if len(made[0]) > MOST_TERMS or len(made[1]) > MOST_TERMS:
            raise TooLarge
        return made


def _factors(node: Any) -> Iterator[tuple[Any, Any]]:
    """A power as generators to rational powers: e^{2x−y/2} is (e^x)² (e^y)^{−1/2}, and b^{1−a} is b (b^a)^{−1}."""
    base, exponent = node.as_base_exp()
    if exponent.is_Rational:
        yield base, exponent
        return
    if base is not sympy.E and not _splits(base, exponent):
        yield node, sympy.S.One
        return
    for part in sympy.Add.make_args(sympy.expand(exponent)):
        number, rest = part.as_coeff_Mul()
        if rest == 1:
            yield (base, number) if number.is_Integer or base is not sympy.E else (base**number, sympy.S.One)
        elif number.is_Rational and (base is sympy.E or number.is_Integer):
            yield base**rest, number
        else:
            yield base**part, sympy.S.One


def _splits(base: Any, exponent: Any) -> bool:
    """b^{x+y} = b^x b^y asks for b ≠ 0."""
    return bool(base.is_nonzero and (exponent.is_integer or base.is_positive))


__all__ = ["rationally_zero"]
