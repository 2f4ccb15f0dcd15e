"""Factorials and binomial coefficients."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.relations import IsInteger, relation
from derivations.terms.shapes import Shape
from derivations.terms.signs import POSITIVE, ZERO
from derivations.terms.term import Term, scalar

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

_LARGEST = 200
_APART = 12
"""So many factors are written out between two factorials."""


def _natural(*parts: Term) -> Iterator[Term]:
    for part in parts:
        yield IsInteger(part)
        yield relation(part, ">=", 0)


class Factorial(Term):
    """operand! = 1 · 2 · … · operand, for a natural number; 0! = 1."""

    operand: Term
    level: ClassVar[int] = 50
    SYMPY = "factorial"

    def demands(self) -> Iterator[Term]:
        yield from _natural(self.operand)

    def check(self) -> None:
        scalar(self.operand, "a factorial")

    def show(self, p: Printer) -> str:
        return f"{p(self.operand, 100)}!"

    def source(self, file: Any) -> str:
        return f"{file.use('factorial')}({file.term(self.operand)})"

    def image(self, sp: Any) -> Any:
        return sp.sympy.factorial(sp(self.operand))

    @classmethod
    def from_sympy(cls, expression: Any, read: Any) -> Term:
        return cls(read(expression.args[0]))

    def normal(self, ring: Any) -> Any:
        """(m + c)! = m! (m + 1) … (m + c) and m! = (m − c)! (m − c + 1) … m, so that factorials of m have one form."""
        low = ring.lowest(ring(self.operand))
        worth = ring.number_of(low)
        if worth is not None:
            natural = worth.denominator == 1 and 0 <= worth <= _LARGEST
            return ring.constant(math.factorial(int(worth))) if natural else ring.congruent(self)
        offset = ring.number_in(low)
        if not offset or offset.denominator != 1 or abs(offset) > _APART:
            return ring.congruent(Factorial(ring.term(low)))
        base = low - ring.constant(offset)
        if offset > 0 and not ring.nonnegative(base):
            return ring.congruent(Factorial(ring.term(low)))
        result, count = ring.congruent(Factorial(ring.term(base))), abs(int(offset))
        for n in range(count):  # where the smaller one is defined, no factor is 0
            step = base + ring.constant(n + 1) if offset > 0 else base - ring.constant(n)
            result = result * step if offset > 0 else result / step
        return result

    def signs(self, ring: Any) -> int:
        return POSITIVE

    def integer(self) -> tuple[Term, ...] | None:
        return ()

    def value(self, model: Any) -> Any:
        n = model.integer(model(self.operand))
        if n < 0:
            return model.undefined("a factorial of a negative number")
        return Fraction(math.factorial(n)) if n <= _LARGEST else model.unknown("a factorial too large to evaluate")

    def second(self, other: Any) -> Any:
        n = other.whole(other(self.operand))
        result = other.one
        for k in range(2, n + 1):
            result = other.times(result, Fraction(k))
        return result if 0 <= n <= _LARGEST else other.unknown("no factorial")

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "factor", Factorial(self.operand + 1)


class Binomial(Term):
    """The number of subsets with `lower` elements of a set with `upper`, both natural; 0 for lower > upper."""

    upper: Term
    lower: Term
    SYMPY = "binomial"
    word = "C"

    def demands(self) -> Iterator[Term]:
        yield from _natural(self.upper, self.lower)

    def check(self) -> None:
        scalar(self.upper, "a binomial coefficient"), scalar(self.lower, "a binomial coefficient")

    def show(self, p: Printer) -> str:
        upper, lower = p(self.upper), p(self.lower)
        return p.either(rf"\binom{{{upper}}}{{{lower}}}", f"C({upper}, {lower})")

    def source(self, file: Any) -> str:
        return f"{file.use('binomial')}({file.term(self.upper)}, {file.term(self.lower)})"

    def image(self, sp: Any) -> Any:
        return sp.sympy.binomial(sp(self.upper), sp(self.lower))

    @classmethod
    def from_sympy(cls, expression: Any, read: Any) -> Term:
        return cls(*map(read, expression.args))

    def normal(self, ring: Any) -> Any:
        """C(n, k) = n (n − 1) … (n − k + 1) / k! for a number k, and C(n, k) = C(n, n − k)."""
        top, bottom = ring(self.upper), ring(self.lower)
        for below in (bottom, top - bottom):
            k = ring.number_of(below)
            if k is not None and k.denominator == 1 and 0 <= k <= _APART:
                result = ring.unit
                for n in range(int(k)):
                    result = result * (top - ring.constant(n)) * ring.constant(Fraction(1, n + 1))
                return result
        return ring.congruent(self)

    def signs(self, ring: Any) -> int:
        return POSITIVE if ring.nonnegative(ring(self.upper) - ring(self.lower)) else POSITIVE | ZERO

    def integer(self) -> tuple[Term, ...] | None:
        return ()

    def value(self, model: Any) -> Any:
        n, k = model.integer(model(self.upper)), model.integer(model(self.lower))
        if min(n, k) < 0:
            return model.undefined("a binomial coefficient of a negative number")
        return Fraction(math.comb(n, k)) if n <= _LARGEST else model.unknown("a binomial coefficient too large")

    def second(self, other: Any) -> Any:
        n, k = other.whole(other(self.upper)), other.whole(other(self.lower))
        if min(n, k) < 0 or n > _LARGEST:
            return other.unknown("no binomial coefficient")
        result = other.one
        for i in range(k):
            result = other.over(other.times(result, Fraction(n - i)), Fraction(i + 1))
        return result

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "index", Binomial(self.upper, self.lower + 1)
        yield "index", Binomial(self.upper + 1, self.lower)


def factorial(n: Any) -> Term:
    """n!; asks for a natural number n."""
    return Factorial(scalar(n, "factorial"))


def binomial(n: Any, k: Any) -> Term:
    """The binomial coefficient "n over k"; asks for natural numbers."""
    return Binomial(scalar(n, "binomial"), scalar(k, "binomial"))


PUBLIC = {"binomial": binomial, "factorial": factorial}
SHAPES = (
    Shape("groups", (r"\binom", r"\tbinom", r"\dbinom"), binomial, 2),
    Shape("between", (r"\choose",), binomial, 2),
    Shape("postfix", ("!",), factorial),
)
