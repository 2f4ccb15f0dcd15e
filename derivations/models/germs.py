"""How a quantity behaves as g → ∞: a few leading terms, and a bound on the rest.

A scale is e^(b g) · g^a · (log g)^l, written (b, a, l); scales are ordered as
tuples. A germ is Σ cᵢ · scaleᵢ + O(rest), exact if there is no rest, with
coefficients that are certainly not 0. So a limit that is read off a germ is
certain; where the leading terms may cancel there is no value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any

from flint import fmpq

from derivations.models import numbers
from derivations.models.numbers import ONE, ZERO, Growth, NoValue, Undefined
from derivations.records import record

Scale = tuple[int | fmpq, int | fmpq, int | fmpq]
"""Whole numbers are ints here, others of flint: what is hashed and compared so often must be fast."""

UNIT: Scale = (0, 0, 0)
LINEAR: Scale = (0, 1, 0)
LOG: Scale = (0, 0, 1)
_ORDER = 5


@record(frozen=True)
class Germ(Growth):
    """Σ coefficient · scale + O(rest), largest scale first."""

    terms: tuple[tuple[Scale, Any], ...]
    rest: Scale | None = None

    def plus(self, other: Any) -> Germ:
        that = germ(other)
        return _collect([*self.terms, *that.terms], _larger(self.rest, that.rest))

    def times(self, other: Any) -> Germ:
        if not isinstance(other, Germ):
            scaled = [(scale, numbers.multiply(c, other)) for scale, c in self.terms]
            return _collect(scaled, self.rest) if _is_there(other) else Germ(())
        rest = None
        for one, two in ((self, other), (other, self)):
            if one.rest is not None and (two.terms or two.rest is not None):
                rest = _larger(rest, _shift(one.rest, two.size))
        products = [(_shift(s, t), x, y) for s, x in self.terms for t, y in other.terms]
        kept = [(scale, numbers.multiply(x, y)) for scale, x, y in products if rest is None or scale > rest]
        return _collect(kept, rest)

    @property
    def size(self) -> Scale:
        """The scale that bounds it."""
        if self.terms:
            return self.terms[0][0]
        if self.rest is None:
            raise NoValue("zero has no scale")
        return self.rest

    def reciprocal(self) -> Germ:
        lead, c, small = self._around()
        inverse = Germ(((_invert(lead), numbers.reciprocal(c)),))
        return inverse.times(_series(small, lambda k: Fraction((-1) ** k)))

    def function(self, word: str) -> Germ:
        if word == "exp":
            return self._exp()
        if word == "log":
            return self._log()
        if word == "sqrt":
            return self.power(Fraction(1, 2))
        if word == "abs":
            negative = numbers.sign(self._around()[1]) == -1
            return self.times(-ONE) if negative else self
        if word == "tanh":
            twice = self.times(Fraction(2))._exp()
            return twice.plus(-ONE).times(twice.plus(ONE).reciprocal())
        if word in ("sin", "cos"):
            return self._circular(word)
        raise NoValue(f"{word} of what grows")

    def power(self, exponent: Any) -> Germ:
        if not isinstance(exponent, Fraction):
            raise NoValue("a power that is not rational")
        if exponent.denominator == 1 and abs(exponent) <= 12:
            base = self if exponent >= 0 else self.reciprocal()
            result = germ(ONE)
            for _ in range(abs(exponent.numerator)):
                result = result.times(base)
            return result
        return self._log().times(exponent)._exp()

    def limit(self) -> Any:
        """Its finite limit; Undefined if it certainly has none, NoValue if that is not certain."""
        if self.terms and self.terms[0][0] > UNIT:
            raise Undefined("grows without bound")
        if self.rest is not None and self.rest >= UNIT:
            raise NoValue("the rest may not vanish")
        return next((c for scale, c in self.terms if scale == UNIT), ZERO)

    # -- inside --------------------------------------------------------------------
    def _around(self) -> tuple[Scale, Any, Germ]:
        """Leading scale, its coefficient, and δ → 0 with self = c · scale · (1 + δ)."""
        if not self.terms:
            if self.rest is None:
                raise Undefined("division by zero, or its logarithm")
            raise NoValue("the leading term is not known")
        lead, c = self.terms[0]
        scaled = self.times(Germ(((_invert(lead), numbers.reciprocal(c)),)))
        small = Germ(tuple(t for t in scaled.terms if t[0] != UNIT), scaled.rest)
        return lead, c, small

    def _exp(self) -> Germ:
        if self.rest is not None and self.rest >= UNIT:
            raise NoValue("the exponent is not known well enough")
        growth, constant = UNIT, ZERO
        for scale, c in self.terms:
            if scale > UNIT:
                if scale not in (LINEAR, LOG) or not isinstance(c, Fraction):
                    raise NoValue("faster than any scale")
                by = c.numerator if c.denominator == 1 else fmpq(c.numerator, c.denominator)
                growth = _shift(growth, (by, 0, 0) if scale == LINEAR else (0, by, 0))
            elif scale == UNIT:
                constant = c
        small = Germ(tuple(t for t in self.terms if t[0] < UNIT), self.rest)
        lead = Germ(((growth, numbers.function("exp", constant)),))
        return lead.times(_series(small, lambda k: Fraction(1, _factorial(k))))

    def _circular(self, word: str) -> Germ:
        """sin(c + δ) = sin c · cos δ + cos c · sin δ for δ → 0, and the like for cos."""
        if self.rest is not None and self.rest >= UNIT or self.terms and self.terms[0][0] > UNIT:
            raise NoValue("it goes round and round")
        constant = next((c for scale, c in self.terms if scale == UNIT), ZERO)
        small = Germ(tuple(t for t in self.terms if t[0] < UNIT), self.rest)
        sine = _series(small, lambda k: Fraction((-1) ** (k // 2), _factorial(k)) if k % 2 else ZERO)
        cosine = _series(small, lambda k: ZERO if k % 2 else Fraction((-1) ** (k // 2), _factorial(k)))
        first, second = numbers.function("sin", constant), numbers.function("cos", constant)
        if word == "cos":
            first, second = second, numbers.multiply(Fraction(-1), first)
        return cosine.times(first).plus(sine.times(second))

    def _log(self) -> Germ:
        (b, a, power_of_log), c, small = self._around()
        if power_of_log != 0:
            raise NoValue("a logarithm of a logarithm")
        parts = [(LINEAR, _fraction(b)), (LOG, _fraction(a)), (UNIT, numbers.function("log", c))]
        return _collect(parts, None).plus(_series(small, lambda k: Fraction((-1) ** (k + 1), k) if k else ZERO))


def germ(x: Any) -> Germ:
    """A number as a constant germ."""
    if isinstance(x, Germ):
        return x
    return Germ(((UNIT, x),) if _is_there(x) else ())


INFINITE = Germ(((LINEAR, ONE),))
"""g itself."""


def _series(small: Germ, coefficient: Callable[[int], Fraction]) -> Germ:
    """Σ coefficient(k) δᵏ, cut after a few terms; δ → 0."""
    total, power = germ(coefficient(0)), germ(ONE)
    if not small.terms and small.rest is None:
        return total
    for k in range(1, _ORDER):
        power = power.times(small)
        total = total.plus(power.times(coefficient(k)))
    return total.plus(Germ((), power.times(small).size))


def _collect(terms: Sequence[tuple[Scale, Any]], rest: Scale | None) -> Germ:
    """Terms of one scale added; sorted, not hashed, since rational numbers are slow to hash."""
    kept: list[tuple[Scale, Any]] = []
    for scale, c in sorted(terms, key=_scale, reverse=True):
        if rest is not None and scale <= rest:
            break
        if kept and kept[-1][0] == scale:
            kept[-1] = scale, numbers.add(kept[-1][1], c)
        else:
            kept.append((scale, c))
    return Germ(tuple([(scale, c) for scale, c in kept if _is_there(c)]), rest)


def _is_there(c: Any) -> bool:
    known = numbers.sign(c)
    if known is None:
        raise NoValue("terms that may cancel")
    return known != 0


_scale = itemgetter(0)


def _larger(a: Scale | None, b: Scale | None) -> Scale | None:
    return max(a, b) if a is not None and b is not None else a or b


def _shift(a: Scale, b: Scale) -> Scale:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def _invert(a: Scale) -> Scale:
    return -a[0], -a[1], -a[2]


def _fraction(x: int | fmpq) -> Fraction:
    return Fraction(x) if isinstance(x, int) else Fraction(int(x.p), int(x.q))


def _factorial(k: int) -> int:
    return 1 if k < 2 else k * _factorial(k - 1)
