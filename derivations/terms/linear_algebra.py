"""Inverses, powers, traces, determinants and norms of matrices, and the matrices that have a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.records import lazy
from derivations.terms.arithmetic import POW, Number, is_literal, literal
from derivations.terms.matrices import is_square
from derivations.terms.matrix_properties import Invertible
from derivations.terms.relations import IsInteger, relation
from derivations.terms.shapes import Shape
from derivations.terms.term import ROW, Term, TermError, as_term, same_shape, scalar, shape_name

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class OfMatrix(Term):
    """Base of what is made of one matrix."""

    matrix: Term
    word: ClassVar[str] = ""

    def show(self, p: Printer) -> str:
        return p.call(self.word, (self.matrix,))


class Inverse(OfMatrix):
    """matrix⁻¹, defined for an invertible matrix."""

    level: ClassVar[int] = POW

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.matrix.shape

    def show(self, p: Printer) -> str:
        return p.power(self.matrix, Number(_MINUS_ONE))

    def value(self, model: Any) -> Any:
        return model.inverse(model(self.matrix))

    def demands(self) -> Iterator[Term]:
        yield Invertible(self.matrix)


_MINUS_ONE = literal(as_term(-1))


class MatrixPower(Term):
    """matrix^exponent, for an integer exponent that is ≥ 0, or of an invertible matrix; A^0 is the identity."""

    matrix: Term
    exponent: Term
    level: ClassVar[int] = POW

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.matrix.shape

    def show(self, p: Printer) -> str:
        return p.power(self.matrix, self.exponent)

    def value(self, model: Any) -> Any:
        return model.matrix_power(model(self.matrix), model(self.exponent))

    def demands(self) -> Iterator[Term]:
        yield IsInteger(self.exponent)
        if not is_literal(self.exponent):
            yield relation(self.exponent, ">=", 0)
        elif literal(self.exponent) < 0:
            yield Invertible(self.matrix)


class Trace(OfMatrix):
    """The sum of the diagonal of a square matrix."""

    word = "tr"

    def image(self, sp: Any) -> Any:
        return sp.trace(self)

    def value(self, model: Any) -> Any:
        return model.trace(model(self.matrix))


class Determinant(OfMatrix):
    """The determinant of a square matrix; that of the 0 × 0 matrix is 1."""

    word = "det"

    def value(self, model: Any) -> Any:
        return model.determinant(model(self.matrix))


class Norm(OfMatrix):
    """The Euclidean norm of a vector, the Frobenius norm of a matrix: the root of the sum of all squares."""

    def show(self, p: Printer) -> str:
        return p.norm(self.matrix, frobenius=len(self.matrix.shape) == 2)

    def value(self, model: Any) -> Any:
        return model.norm(model(self.matrix))


class Diagonal(OfMatrix):
    """diag(v): the square matrix with the vector v on its diagonal, and 0 elsewhere."""

    word = "diag"

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return (self.matrix.shape[0], self.matrix.shape[0])

    def value(self, model: Any) -> Any:
        return model.diagonal(model(self.matrix))


class DiagonalOf(OfMatrix):
    """The vector of the diagonal entries of a square matrix."""

    word = "diagonal"

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return (self.matrix.shape[0],)

    def value(self, model: Any) -> Any:
        return tuple(row[i] for i, row in enumerate(model(self.matrix)))


class Hadamard(Term):
    """left ⊙ right, entry by entry."""

    left: Term
    right: Term
    level: ClassVar[int] = 30

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.left.shape

    def show(self, p: Printer) -> str:
        return p.infix("odot", self.left, self.right)

    def value(self, model: Any) -> Any:
        return model.entrywise(model(self.left), model(self.right))


class Kronecker(Term):
    """left ⊗ right: the blocks left_{ij} right."""

    left: Term
    right: Term
    level: ClassVar[int] = 30

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        from derivations.terms.arithmetic import Mul

        return tuple(Mul(a, b) for a, b in zip(self.left.shape, self.right.shape, strict=True))

    def show(self, p: Printer) -> str:
        return p.infix("otimes", self.left, self.right)

    def value(self, model: Any) -> Any:
        return model.kronecker(model(self.left), model(self.right))


# -- matrices that have a name --------------------------------------------------
class Identity(Term):
    """I_order."""

    order: Term

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.order, self.order)

    def show(self, p: Printer) -> str:
        return p.subscript(p.name("I"), (self.order,))

    def value(self, model: Any) -> Any:
        return model.identity(model.size(self.order))


class Constantly(Term):
    """Base of the vector, or matrix, of which all entries are one number."""

    sizes: tuple[Term, ...]
    digit: ClassVar[int] = 0

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.sizes

    def show(self, p: Printer) -> str:
        return p.subscript(p.bold_digit(self.digit), self.sizes)

    def image(self, sp: Any) -> Any:
        return sp.sympy.Integer(self.digit)

    def value(self, model: Any) -> Any:
        return model.constantly(as_term(self.digit).number, self.sizes)  # type: ignore[attr-defined]


class Zeros(Constantly):
    """The zero vector, or the zero matrix."""


class Ones(Constantly):
    """The vector, or the matrix, of ones."""

    digit = 1


class UnitVector(Term):
    """e_index of ℝ^length, with 1 in the place `index` and 0 elsewhere; 1 ≤ index ≤ length."""

    index: Term
    length: Term

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return (self.length,)

    def show(self, p: Printer) -> str:
        return p.subscript(p.name("e", bold=True), (self.index, self.length))

    def value(self, model: Any) -> Any:
        return model.unit_vector(model(self.index), model.size(self.length))

    def demands(self) -> Iterator[Term]:
        yield IsInteger(self.index)
        yield relation(self.index, ">=", 1)
        yield relation(self.index, "<=", self.length)


# -- writing ------------------------------------------------------------------------
def square(thing: Any, where: str) -> Term:
    """`thing` as a square matrix; TermError names `where` if it is none."""
    term = as_term(thing)
    if term.shape is None or len(term.shape) != 2 or not is_square(term):
        raise TermError(f"{where} needs a square matrix, but `{term}` is {shape_name(term.shape)}")
    return term


def inverse(matrix: Any) -> Inverse:
    """The inverse of a square matrix, also written A**-1; asks that it is invertible."""
    return Inverse(square(matrix, "an inverse"))


def matrix_power(base: Term, exponent: Term) -> Term:
    """base^exponent; base**-1 is the inverse."""
    power, n = square(base, "a power"), scalar(exponent, "an exponent")
    return Inverse(power) if isinstance(n, Number) and n.number == -1 else MatrixPower(power, n)


def trace(matrix: Any) -> Trace:
    """tr A, the sum of the diagonal of a square matrix."""
    return Trace(square(matrix, "a trace"))


def det(matrix: Any) -> Determinant:
    """det A, of a square matrix."""
    return Determinant(square(matrix, "a determinant"))


def norm(thing: Any) -> Norm:
    """‖v‖, the Euclidean norm of a vector, or ‖A‖_F, the Frobenius norm of a matrix."""
    term = as_term(thing)
    if not term.shape or term.shape[0] == ROW:
        raise TermError(f"a norm needs a vector or a matrix, but `{term}` is {shape_name(term.shape)}")
    return Norm(term)


def diag(thing: Any) -> Term:
    """The matrix with the vector v on its diagonal, or the vector of the diagonal of a square matrix."""
    term = as_term(thing)
    if term.shape is not None and len(term.shape) == 1:
        return Diagonal(term)
    return DiagonalOf(square(term, "diag() of a matrix"))


def hadamard(left: Any, right: Any) -> Hadamard:
    """left ⊙ right, the product entry by entry of two vectors, or two matrices, of one shape."""
    u, v = as_term(left), as_term(right)
    if not same_shape(u, v, "⊙"):
        raise TermError(f"⊙ needs vectors or matrices, but `{u}` is a number")
    return Hadamard(u, v)


def kron(left: Any, right: Any) -> Kronecker:
    """left ⊗ right, the Kronecker product of two matrices."""
    sides = [as_term(left), as_term(right)]
    for side in sides:
        if side.shape is None or len(side.shape) != 2 or side.shape[0] == ROW:
            raise TermError(f"⊗ needs matrices, but `{side}` is {shape_name(side.shape)}")
    return Kronecker(*sides)


def _sizes(sizes: Sequence[Any], where: str) -> tuple[Term, ...]:
    if len(sizes) not in (1, 2):
        raise TermError(f"{where} needs the length of a vector, or the number of rows and of columns")
    return tuple(scalar(size, where) for size in sizes)


def identity(n: Any) -> Identity:
    """I_n, the identity matrix."""
    return Identity(scalar(n, "the size of a matrix"))


def zeros(*sizes: Any) -> Zeros:
    """The zero vector of ℝ^n, `zeros(n)`, or the zero matrix, `zeros(m, n)`."""
    return Zeros(_sizes(sizes, "zeros()"))


def ones(*sizes: Any) -> Ones:
    """The vector of ones, `ones(n)`, or the matrix of ones, `ones(m, n)`."""
    return Ones(_sizes(sizes, "ones()"))


def unit_vector(index: Any, length: Any) -> UnitVector:
    """e_i of ℝ^n, with 1 in the place i and 0 elsewhere."""
    return UnitVector(scalar(index, "an index"), scalar(length, "the length of a vector"))


def _diagonal(thing: Any) -> Diagonal:
    """What is printed as diag(v), of a vector alone."""
    made = diag(thing)
    if not isinstance(made, Diagonal):
        raise TermError(f"diag({thing}) of a matrix is its diagonal: write diagonal({thing})")
    return made


SHAPES = (
    Shape("call", ("tr", r"\tr"), trace),
    Shape("call", (r"\det", "det"), det),
    Shape("call", ("diag",), _diagonal),
    Shape("call", ("diagonal",), lambda thing: DiagonalOf(square(thing, "a diagonal"))),
    Shape("infix", (r"\odot",), hadamard),
    Shape("infix", (r"\otimes",), kron),
    Shape("indexed", ("I",), identity),
    Shape("indexed", (r"\mathbf{0}",), zeros, 2),
    Shape("indexed", (r"\mathbf{1}",), ones, 2),
    Shape("indexed", (r"\mathbf{e}",), unit_vector, 2),
)

__all__ = [
    "SHAPES", "Constantly", "Determinant", "Diagonal", "DiagonalOf", "Hadamard", "Identity", "Inverse", "Kronecker",
    "MatrixPower", "Norm", "Ones", "Trace", "UnitVector", "Zeros", "det", "diag", "hadamard", "identity",
    "inverse", "kron", "matrix_power", "norm", "ones", "trace", "unit_vector", "zeros",
]  # fmt: skip
