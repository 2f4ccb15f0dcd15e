"""The terms of a series from some index on: Σ c · kᵖ · βᵏ with exact numbers, and their sum in closed form."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import comb
from typing import Any

from derivations.models import numbers
from derivations.models.numbers import ONE, ZERO, Divergent, Growth, NoValue, Undefined
from derivations.records import record

Part = tuple[Fraction, int]
"""(β, p): βᵏ kᵖ."""

_HIGHEST = 12


@record(frozen=True)
class Tail(Growth):
    """Σ coefficient · βᵏ kᵖ for the whole numbers k ≥ start; different (β, p) are linearly independent.

    index: which k it is; tails of two indices have no sum
    """

    index: Any
    start: int
    parts: Mapping[Part, Fraction]

    @staticmethod
    def of_index(index: Any, start: int) -> Tail:
        """k itself."""
        return Tail(index, start, {(ONE, 1): ONE})

    def _like(self, other: Any) -> Tail:
        if isinstance(other, Tail):
            if other.index != self.index or other.start != self.start:
                raise NoValue("two series at once")
            return other
        if not isinstance(other, Fraction):
            raise NoValue("a series whose terms are not exact")
        return Tail(self.index, self.start, {(ONE, 0): other})

    def _made(self, parts: Mapping[Part, Fraction]) -> Tail:
        kept = {part: c for part, c in parts.items() if c and part[0]}
        if any(p > _HIGHEST for _, p in kept):
            raise NoValue("a polynomial of high degree")
        return Tail(self.index, self.start, kept)

    def plus(self, other: Any) -> Tail:
        parts = dict(self.parts)
        for part, c in self._like(other).parts.items():
            parts[part] = parts.get(part, ZERO) + c
        return self._made(parts)

    def times(self, other: Any) -> Tail:
        parts: dict[Part, Fraction] = {}
        for (b, p), x in self.parts.items():
            for (c, q), y in self._like(other).parts.items():
                parts[b * c, p + q] = parts.get((b * c, p + q), ZERO) + x * y
        return self._made(parts)

    def reciprocal(self) -> Tail:
        if not self.parts:
            raise Undefined("division by zero")
        ((base, p), c), *rest = self.parts.items()
        if rest or p:
            raise NoValue("a quotient in the index of a series")
        return self._made({(1 / base, 0): 1 / c})

    def power(self, exponent: Any) -> Any:
        if not isinstance(exponent, Fraction) or exponent.denominator != 1 or abs(exponent) > _HIGHEST:
            raise NoValue("a power of the index of a series")
        base = self if exponent >= 0 else self.reciprocal()
        result = self._like(ONE)
        for _ in range(abs(exponent.numerator)):
            result = result.times(base)
        return result

    def as_exponent(self, base: Any) -> Any:
        """base^(m k + c) = base^c (base^m)^k."""
        line = self.line()
        if line is None or not isinstance(base, Fraction):
            return None
        slope, offset = line
        if base == 0:
            if slope < 0 or slope * self.start + offset < 1:
                raise NoValue("a power of 0 that is not certain")
            return self._like(ZERO if slope else numbers.power(base, Fraction(offset)))
        return self._made({(base**slope, 0): base**offset})

    def line(self) -> tuple[int, int] | None:
        """(m, c) where it is m k + c with whole numbers; else None."""
        slope, offset = self.parts.get((ONE, 1), ZERO), self.parts.get((ONE, 0), ZERO)
        known = set(self.parts) <= {(ONE, 1), (ONE, 0)}
        return (int(slope), int(offset)) if known and slope.denominator == offset.denominator == 1 else None

    def function(self, word: str) -> Any:
        if set(self.parts) <= {(ONE, 0)}:
            return numbers.function(word, self.parts.get((ONE, 0), ZERO))
        raise NoValue(f"{word} of the index of a series")

    def total(self) -> Fraction:
        """Σ_{k ≥ start}; Divergent or Undefined where the terms do not tend to 0."""
        result = ZERO
        self._refuse_divergence()
        for (base, p), c in self.parts.items():
            if not c:
                continue
            moments = _moments(base, p)  # k = start + j
            shifted = sum((comb(p, i) * Fraction(self.start) ** (p - i) * moments[i] for i in range(p + 1)), ZERO)
            result += c * base**self.start * shifted
        return result

    def _refuse_divergence(self) -> None:
        """Where the largest part, alone of its size, is of one sign and does not tend to 0, the sum goes there."""
        large = [(abs(base), p, base, c) for (base, p), c in self.parts.items() if c and abs(base) >= 1]
        if not large:
            return
        size, p, base, c = max(large)
        if base > 0 and sum((s, q) == (size, p) for s, q, _, _ in large) == 1:
            raise Divergent(1 if c > 0 else -1)
        raise Undefined("a series that diverges")


def _moments(base: Fraction, highest: int) -> list[Fraction]:
    """Σ_{j ≥ 0} jⁱ βʲ for i up to the highest: Sᵢ (1 − β) = β Σ_{l < i} C(i, l) S_l."""
    found = [1 / (1 - base)]
    for i in range(1, highest + 1):
        below = sum((comb(i, l_) * found[l_] for l_ in range(i)), ZERO)
        found.append(base * below / (1 - base))
    return found


def total(value: Any, start: int) -> Any:
    """The sum of the terms from `start` on: of a tail, of a constant (which must be 0), or of a vector of those."""
    if isinstance(value, tuple):
        return tuple(total(part, start) for part in value)
    if isinstance(value, Tail):
        return value.total()
    if isinstance(value, Fraction):
        if value:
            raise Divergent(1 if value > 0 else -1)
        return ZERO
    raise NoValue("a series whose terms are not exact")


__all__ = ["Tail", "total"]
