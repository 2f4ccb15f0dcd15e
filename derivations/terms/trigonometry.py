"""The tangent, and the arctangent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivations.terms.arithmetic import Cos, Sin, Smooth, Unary, scalar
from derivations.terms.relations import Ne
from derivations.terms.shapes import Shape
from derivations.terms.term import Term


class Tan(Unary):
    """tan(operand) = sin/cos, defined where the cosine is not 0."""

    word = "tan"
    SYMPY = "tan"

    def demands(self) -> Iterator[Term]:
        yield Ne(Cos(self.operand), 0)

    def smooth(self, moves: Any) -> tuple[Term, ...] | None:
        return self.demanded

    continuous = smooth

    @classmethod
    def from_sympy(cls, expression: Any, read: Any) -> Term:
        return cls(read(expression.args[0]))

    def normal(self, ring: Any) -> Any:
        return ring(Sin(self.operand) / Cos(self.operand))

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂ tan u = (1 + tan² u) ∂u."""
        yield (1 + self**2) * d(self.operand), self.demanded

    def value(self, model: Any) -> Any:
        angle = model(self.operand)
        return model.divide(model.function("sin", angle), model.function("cos", angle))

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "function", Sin(self.operand)


class Arctan(Smooth):
    """arctan(operand), between −π/2 and π/2."""

    word = "arctan"
    SYMPY = "atan"

    def image(self, sp: Any) -> Any:
        return sp.sympy.atan(sp(self.operand))

    @classmethod
    def from_sympy(cls, expression: Any, read: Any) -> Term:
        return cls(read(expression.args[0]))

    def normal(self, ring: Any) -> Any:
        """arctan(−u) = −arctan u; arctan 0 = 0."""
        low = ring.lowest(ring(self.operand))
        if not low.num:
            return ring.zero
        if low.num.leading_coefficient() < 0:
            return -ring.congruent(Arctan(ring.term(-low)))
        return ring.congruent(Arctan(ring.term(low)))

    def signs(self, ring: Any) -> int:
        return int(ring.sign(ring(self.operand)))

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂ arctan u = ∂u / (1 + u²)."""
        yield d(self.operand) / (1 + self.operand**2), ()

    def value(self, model: Any) -> Any:
        return model.elementary(
            model(self.operand),
            lambda x: model.zero if x == 0 else model.ball(x).atan(),
            lambda x: model.divide(model.one, model.add(model.one, model.multiply(x, x))),
        )

    def second(self, other: Any) -> Any:
        return other.function("atan", other(self.operand))

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "function", Tan(self.operand)


def tan(x: Any) -> Term:
    """The tangent of x (radians); asks for cos x ≠ 0."""
    return Tan(scalar(x, "tan"))


def arctan(x: Any) -> Term:
    """The arctangent of x, between −π/2 and π/2."""
    return Arctan(scalar(x, "arctan"))


PUBLIC = {"arctan": arctan, "tan": tan}
SHAPES = (Shape("function", (r"\tan",), tan), Shape("function", (r"\arctan",), arctan))
