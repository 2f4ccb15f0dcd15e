"""The floor of a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.terms.relations import IsInteger
from derivations.terms.signs import ANY, NEGATIVE, POSITIVE, ZERO
from derivations.terms.term import Term, scalar

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Floor(Term):
    """The largest integer that is not larger than the operand."""

    operand: Term
    SYMPY = "floor"

    def check(self) -> None:
        scalar(self.operand, "a floor")

    def show(self, p: Printer) -> str:
        inside = p(self.operand)
        return p.either(rf"\left\lfloor {inside} \right\rfloor", f"⌊{inside}⌋")

    def source(self, file: Any) -> str:
        return f"{file.use('floor')}({file.term(self.operand)})"

    def image(self, sp: Any) -> Any:
        return sp.sympy.floor(sp(self.operand))

    @classmethod
    def from_sympy(cls, expression: Any, read: Any) -> Term:
        return cls(read(expression.args[0]))

    def normal(self, ring: Any) -> Any:
        """⌊m⌋ = m for an integer, ⌊u + c⌋ = ⌊u⌋ + c for a whole number c."""
        low = ring.lowest(ring(self.operand))
        worth = ring.number_of(low)
        if worth is not None:
            return ring.constant(math.floor(worth))
        if ring.known(IsInteger(self.operand)):
            return low
        whole = ring.constant(math.floor(ring.number_in(low)))
        return ring.congruent(Floor(ring.term(low - whole))) + whole

    def signs(self, ring: Any) -> int:
        of_operand = ring.sign(ring(self.operand))
        if of_operand == NEGATIVE:
            return NEGATIVE
        return ANY if of_operand & NEGATIVE else POSITIVE | ZERO

    def integer(self) -> tuple[Term, ...] | None:
        return ()

    def value(self, model: Any) -> Any:
        return model.elementary(model(self.operand), lambda x: self._of(x, model), lambda x: self._rate(x, model))

    @staticmethod
    def _of(x: Any, model: Any) -> Any:
        if isinstance(x, Fraction):
            return Fraction(math.floor(x))
        low, high = (int(end.floor().unique_fmpz()) for end in model.range_of(x))
        return Fraction(low) if low == high else model.unknown("an integer may lie in between")

    @staticmethod
    def _rate(x: Any, model: Any) -> Any:
        if isinstance(x, Fraction) and x.denominator == 1:
            return model.undefined("a floor has no derivative at an integer")
        return model.zero if isinstance(x, Fraction) else model.unknown("it may be an integer")

    def second(self, other: Any) -> Any:
        x = other(self.operand)
        if isinstance(x, Fraction):
            return Fraction(x.numerator // x.denominator)
        return other.unknown("a floor of what is not exact")

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "function", self.operand


def floor(x: Any) -> Term:
    """The largest integer ≤ x."""
    return Floor(scalar(x, "floor"))


PUBLIC = {"floor": floor}
