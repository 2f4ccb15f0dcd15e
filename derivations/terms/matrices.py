"""Matrices over symbolic sizes, or made of families; transposes, products, entries, the softmax along rows.

A vector v of ℝ^n is a column; its transpose vᵀ is a *row* of length n, which is no
1 × n matrix: a row times a vector is a number, a row times a matrix is a row, and a
vector times a row is their outer product, a matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.records import lazy
from derivations.terms.arithmetic import POW, Neg
from derivations.terms.families import Family
from derivations.terms.relations import IsInteger, relation
from derivations.terms.shapes import Shape
from derivations.terms.symbols import REAL, Domain, Symbol, checked_name
from derivations.terms.term import ROW, Term, TermError, as_term, scalar, shape_name
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class MatrixSymbol(Symbol):
    """A named real matrix with so many rows and columns."""

    name: str
    domain: Domain = REAL
    tag: int = 0
    rows: Term = None  # type: ignore[assignment]
    columns: Term = None  # type: ignore[assignment]
    bold: bool = False

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.rows, self.columns)

    def with_tag(self, tag: int) -> Symbol:
        return MatrixSymbol(self.name, self.domain, tag, self.rows, self.columns, self.bold)

    def show(self, p: Printer) -> str:
        return p.name(self.name + "'" * self.tag, self.bold)

    def value(self, model: Any) -> Any:
        return model.matrix(self)


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
    """matrixᵀ; of a vector a row, of a row a vector."""

    matrix: Term
    level: ClassVar[int] = POW

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        shape = self.matrix.shape
        if len(shape) == 1:
            return (ROW, shape[0])
        return (shape[1],) if shape[0] == ROW else (shape[1], shape[0])

    def show(self, p: Printer) -> str:
        return p.transpose(p(self.matrix, 60))

    def value(self, model: Any) -> Any:
        return model.shaped(model.transpose(model.tabled(model(self.matrix), self.matrix.shape)), self.shape)


class MatrixProduct(Term):
    """left right: (left right)_{i,j} = Σ_t left_{i,t} right_{t,j}; see the module for vectors and rows."""

    left: Term
    right: Term
    level: ClassVar[int] = 30

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return product_shape(self.left, self.right)

    def show(self, p: Printer) -> str:
        return f"{p.closed(self.left, 30)} {p(self.right, 31)}"

    def image(self, sp: Any) -> Any:
        return sp.matrix_product(self.left, self.right)

    def value(self, model: Any) -> Any:
        left, right = (model.tabled(model(side), side.shape) for side in (self.left, self.right))
        return model.shaped(model.matrix_product(left, right), self.shape)


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


def matrix(name: str, *sizes: Any, bold: bool = False) -> Matrix | MatrixSymbol:
    """A real matrix with m rows and n columns, `A = matrix("A", m, n)`, or that of a family, `matrix("Q", q)`.

    `A @ B` is a product, `A @ v` with a vector too, `A.T` the transpose, `A[i, j]` an entry.
    What A is known to be is a given: `symmetric(A)`, `invertible(A)`, …
    Raises TermError unless two sizes, or one family with two indices, are given.
    """
    if len(sizes) == 1 and isinstance(sizes[0], Family) and len(sizes[0].sizes) == 2:
        return Matrix(name, sizes[0])
    if len(sizes) != 2 or any(isinstance(size, Family) for size in sizes):
        raise TermError(f'matrix("{name}", …) needs the number of rows and of columns, or a family with two indices')
    rows, columns = (scalar(size, "the size of a matrix") for size in sizes)
    return MatrixSymbol(checked_name(name, "a matrix"), REAL, 0, rows, columns, bold)


def softmax(x: Any) -> Softmax:
    """The softmax along each row of a matrix."""
    term = as_term(x)
    if term.shape is None or len(term.shape) != 2:
        raise TermError(f"softmax() needs a matrix, but `{term}` is {shape_name(term.shape)}")
    return Softmax(term)


def product_shape(left: Term, right: Term) -> Any:
    """The shape of `left @ right`; TermError if the sizes do not fit."""
    for side in (left, right):
        if not side.shape:
            raise TermError(f"`@` needs matrices and vectors, but `{side}` is {shape_name(side.shape)}")
    a, b = left.shape, right.shape
    if len(a) == 1 and len(b) == 1:
        remedy = f"write {left}.T @ {right}, or the outer {left} @ {right}.T"
        raise TermError(f"`{left}` and `{right}` are columns: {remedy}")
    inner = (ROW if len(a) == 1 else a[1], b[0])
    if inner[0] != inner[1]:
        raise TermError(f"mismatched shapes in `{left} @ {right}`: {shape_name(a)} times {shape_name(b)}")
    if len(b) == 1:
        return () if a[0] == ROW else (a[0],)
    return (a[0], b[1])


def matrix_product(left: Term, right: Term) -> Term:
    """left right, of matrices, vectors and rows. Raises TermError if the sizes do not fit."""
    shape = product_shape(left, right)
    if shape == () and isinstance(left, Transpose) and len(left.matrix.shape) == 1:
        return Dot(left.matrix, right)  # uᵀv is one thing
    if isinstance(left, Neg):  # a minus binds looser than a product: (−A) B is written −A B
        return Neg(matrix_product(left.operand, right))
    return MatrixProduct(left, right)


def transpose(term: Term) -> Term:
    """termᵀ, of a matrix, a vector or a row."""
    if not term.shape:
        raise TermError(f"`{term}` is {shape_name(term.shape)} and has no transpose")
    return Transpose(term)


def is_square(term: Term) -> bool:
    """A matrix with as many rows as columns, as they are written."""
    return bool(term.shape) and len(term.shape) == 2 and term.shape[0] == term.shape[1]


SHAPES = (Shape("call", ("softmax",), softmax),)
