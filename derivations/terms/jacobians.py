"""The Jacobian of a vector by a vector, and the Hessian of a number.

Layout: the gradient ∇_x f has the shape of x, also where x is a matrix, with the entries ∂f/∂x_{ij}.
The Jacobian ∂y/∂xᵀ has a row for each component of y, and a column for each of x: (∂y/∂xᵀ)_{ij} = ∂y_i/∂x_j.
The Hessian of f is the Jacobian of its gradient.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.calculus import Derivative, Differentiable, grad
from derivations.terms.term import Scope, Term, TermError, as_term, shape_name
from derivations.terms.vectors import VectorSymbol

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Jacobian(Term):
    """∂body/∂variableᵀ, with entries ∂body_i/∂variable_j."""

    body: Term
    variable: Term
    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.body.shape[0], self.variable.shape[0])

    def scope(self) -> Scope:
        return Scope(near=(self.variable,))

    def show(self, p: Printer) -> str:
        return p.jacobian(self.body, self.variable)

    def value(self, model: Any) -> Any:
        return model.jacobian(self)

    def demands(self) -> Iterator[Term]:
        yield Differentiable(self.body, self.variable)


def jacobian(body: Any, variable: Any) -> Jacobian:
    """∂body/∂xᵀ of a vector by a vector symbol x: row i, column j hold ∂body_i/∂x_j. Raises TermError for others."""
    inside, by = as_term(body), as_term(variable)
    if inside.shape is None or len(inside.shape) != 1:
        raise TermError(f"jacobian() needs a vector, but `{inside}` is {shape_name(inside.shape)}")
    if not isinstance(by, VectorSymbol):
        raise TermError(f"jacobian() needs a vector variable, but `{by}` is {shape_name(by.shape)}")
    return Jacobian(inside, by)


def hessian(body: Any, variable: Any) -> Jacobian:
    """The matrix of the second derivatives ∂²body/∂x_i∂x_j: the Jacobian of the gradient."""
    return jacobian(grad(body, variable), variable)


__all__ = ["Derivative", "Jacobian", "hessian", "jacobian"]
