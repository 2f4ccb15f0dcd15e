"""Matrices made of families, their products, entries, and the softmax along rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.families import Family
from derivations.terms.relations import IsInteger, relation
from derivations.terms.term import Term, TermError, as_term, shape_name

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Matrix(Term):
    """The matrix whose entries are a family with two indices."""

    name: str
    family: Family

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.family.sizes

    def show(self, p: Printer) -> str:
        return p.name(self.name)

    def value(self, model: Any) -> Any:
        rows, columns = (model(size) for size in self.family.sizes)
        return model.table(rows, columns, lambda i, j: model.entry(self.family, (i, j)))


class Transpose(Term):
    """matrixᵀ."""

    matrix: Term

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.matrix.shape[1], self.matrix.shape[0])

    def show(self, p: Printer) -> str:
        return p.transpose(p(self.matrix, 60))

    def value(self, model: Any) -> Any:
        return model.transpose(model(self.matrix))


class MatrixProduct(Term):
    """left right: (left right)_{i,j} = Σ_t left_{i,t} right_{t,j}."""

    left: Term
    right: Term
    level: ClassVar[int] = 30

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.left.shape[0], self.right.shape[1])

    def show(self, p: Printer) -> str:
        return f"{p(self.left, 30)} {p(self.right, 31)}"

    def value(self, model: Any) -> Any:
        return model.matrix_product(model(self.left), model(self.right))


class Softmax(Term):
    """softmax along each row: softmax(X)_{i,j} = exp(X_{i,j}) / Σ_m exp(X_{i,m})."""

    matrix: Term

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.matrix.shape

    def show(self, p: Printer) -> str:
        return p.call("softmax", (self.matrix,))

    def value(self, model: Any) -> Any:
        return model.softmax(model(self.matrix))


class MatrixEntry(Term):
    """matrix_{row,column}; defined while both are in range."""

    matrix: Term
    row: Term
    column: Term

    def show(self, p: Printer) -> str:
        body = p(self.matrix, 60) if not isinstance(self.matrix, Softmax) else p.fence("[", self.matrix, "]")
        return p.subscript(body, (self.row, self.column))

    def image(self, sp: Any) -> Any:
        return sp.matrix_entry(self)

    def value(self, model: Any) -> Any:
        return model.matrix_entry(model(self.matrix), model(self.row), model(self.column))

    def demands(self) -> Iterator[Term]:
        for index, size in zip((self.row, self.column), self.matrix.shape, strict=True):
            yield IsInteger(index)
            yield relation(index, ">=", 1)
            yield relation(index, "<=", size)


def matrix(name: str, entries: Family) -> Matrix:
    """The matrix of a family with two indices: `Q = matrix("Q", q)`; `Q @ K.T` is a product."""
    if not isinstance(entries, Family) or len(entries.sizes) != 2:
        raise TermError(f"matrix({name!r}, …) needs a family with two indices")
    return Matrix(name, entries)


def softmax(x: Any) -> Softmax:
    """The softmax along each row of a matrix."""
    term = as_term(x)
    if term.shape is None or len(term.shape) != 2:
        raise TermError(f"softmax() needs a matrix, but `{term}` is {shape_name(term.shape)}")
    return Softmax(term)


def matrix_product(left: Term, right: Term) -> MatrixProduct:
    for side in (left, right):
        if side.shape is None or len(side.shape) != 2:
            raise TermError(f"`@` needs matrices, but `{side}` is {shape_name(side.shape)}")
    if left.shape[1] != right.shape[0]:
        raise TermError(
            f"mismatched shapes in `{left} @ {right}`: {shape_name(left.shape)} times {shape_name(right.shape)}"
        )
    return MatrixProduct(left, right)


def transpose(term: Term) -> Term:
    if term.shape is None or len(term.shape) != 2:
        raise TermError(f"`{term}` is no matrix, so it has no transpose here; write dot(u, v) for uᵀv")
    return Transpose(term)
