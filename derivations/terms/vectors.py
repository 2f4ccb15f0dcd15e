"""Vectors of ℝ^d with symbolic d, their dot product and components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.relations import IsInteger, relation
from derivations.terms.symbols import REAL, Domain, Symbol, checked_name
from derivations.terms.term import Term, TermError, as_term, shape_name

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class VectorSymbol(Symbol):
    """A named vector of ℝ^length."""

    name: str
    domain: Domain = REAL
    tag: int = 0
    length: Term = None  # type: ignore[assignment]
    bold: bool = False

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.length,)

    def show(self, p: Printer) -> str:
        return p.name(self.name, self.bold)

    def value(self, model: Any) -> Any:
        return model.vector(self)


def vector(name: str, length: Any, *, bold: bool = False) -> VectorSymbol:
    """A vector of ℝ^length: `theta = vector("theta", d)`; `theta[i]` is a component."""
    return VectorSymbol(checked_name(name, "a vector"), REAL, 0, as_term(length), bold)


class Dot(Term):
    """leftᵀ right, the dot product of two vectors of one length."""

    left: Term
    right: Term
    level: ClassVar[int] = 30

    def show(self, p: Printer) -> str:
        return f"{p.transpose(p(self.left, 60))} {p(self.right, 60)}"

    def image(self, sp: Any) -> Any:
        return sp.dot(self)

    def value(self, model: Any) -> Any:
        return model.dot(model(self.left), model(self.right))


def dot(left: Any, right: Any) -> Dot:
    """leftᵀ right. Raises TermError unless both are vectors of the same length."""
    u, v = as_term(left), as_term(right)
    for side in (u, v):
        if side.shape is None or len(side.shape) != 1:
            raise TermError(f"dot() needs vectors, but `{side}` is {shape_name(side.shape)}")
    if u.shape != v.shape:
        raise TermError(f"mismatched shapes in dot(): `{u}` is {shape_name(u.shape)}, `{v}` is {shape_name(v.shape)}")
    return Dot(u, v)


class Component(Term):
    """vector_index, with 1 ≤ index ≤ length."""

    vector: Term
    index: Term

    def show(self, p: Printer) -> str:
        return p.subscript(p(self.vector, 60), (self.index,))

    def image(self, sp: Any) -> Any:
        return sp.component(self)

    def value(self, model: Any) -> Any:
        return model.component(model(self.vector), model(self.index))

    def demands(self) -> Iterator[Term]:
        yield IsInteger(self.index)
        yield relation(self.index, ">=", 1)
        yield relation(self.index, "<=", self.vector.shape[0])
