"""Γ and B."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.arithmetic import Unary
from derivations.terms.relations import relation
from derivations.terms.shapes import Shape
from derivations.terms.term import Term, scalar

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class GammaFunction(Unary):
    """Γ(x) = ∫_0^∞ t^{x−1} e^{−t} dt, for x > 0."""

    word = "gamma"
    positive: ClassVar[bool] = True

    def show(self, p: Printer) -> str:
        return p.call("Gamma", (self.operand,))

    def source(self, file: Any) -> str:
        return f"{file.use('gamma_function')}({file.term(self.operand)})"

    def second(self, other: Any) -> Any:
        from derivations.models.second_opinion import special

        return special.gamma(other(self.operand))

    def demands(self) -> Iterator[Term]:
        yield relation(self.operand, ">", 0)


class BetaFunction(Term):
    """B(a, b) = ∫_0^1 t^{a−1} (1 − t)^{b−1} dt, for a, b > 0."""

    left: Term
    right: Term
    positive: ClassVar[bool] = True

    def show(self, p: Printer) -> str:
        return p.either(
            rf"\mathrm{{B}}\left({p(self.left)}, {p(self.right)}\right)", f"B({p(self.left)}, {p(self.right)})"
        )

    def image(self, sp: Any) -> Any:
        return sp.sympy.beta(sp(self.left), sp(self.right))

    def value(self, model: Any) -> Any:
        a, b = model(self.left), model(self.right)
        top = model.multiply(model.function("gamma", a), model.function("gamma", b))
        return model.divide(top, model.function("gamma", model.add(a, b)))

    def demands(self) -> Iterator[Term]:
        yield relation(self.left, ">", 0)
        yield relation(self.right, ">", 0)


def gamma_function(x: Any) -> GammaFunction:
    """Γ(x), for x > 0. Source: Rudin, Principles of Mathematical Analysis, definition 8.17.

    >>> from derivations import gamma_function, symbols
    >>> gamma_function(symbols("x", positive=True))
    Γ(x)
    """
    return GammaFunction(scalar(x, "gamma_function"))


def beta_function(a: Any, b: Any) -> BetaFunction:
    """B(a, b), for a, b > 0. Source: Rudin, Principles of Mathematical Analysis, theorem 8.20."""
    return BetaFunction(scalar(a, "beta_function"), scalar(b, "beta_function"))


SHAPES = (Shape("call", ("Gamma",), gamma_function), Shape("call", (r"\mathrm{B}",), beta_function, 2))
