"""What a matrix is known to be: symmetric, invertible, orthogonal, positive definite, …

Each is a proposition: a given, or a condition that a step asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.matrices import is_square
from derivations.terms.relations import Proposition
from derivations.terms.term import ROW, Term, TermError, as_term, shape_name

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class MatrixProperty(Proposition):
    """Base of the propositions about one matrix.

    implies: the properties that follow from it
    holds:   the name of the model's test of it
    """

    matrix: Term
    words: ClassVar[str] = ""
    implies: ClassVar[tuple[type[MatrixProperty], ...]] = ()

    def show(self, p: Printer) -> str:
        return p(self.matrix) + p.words(f" {self.words}")

    def holds(self, model: Any) -> Any:
        """Whether it is true in a model; None where that is not certain."""
        return model.has_property(type(self).__name__, model(self.matrix))


class Symmetric(MatrixProperty):
    """matrixᵀ = matrix."""

    words = "is symmetric"


class FullColumnRank(MatrixProperty):
    """The columns of the matrix are linearly independent."""

    words = "has full column rank"


class Invertible(MatrixProperty):
    """matrix has an inverse."""

    words = "is invertible"
    implies = (FullColumnRank,)


class PositiveDeterminant(MatrixProperty):
    """det matrix > 0; asked where the matrix may move, and a definite one becomes asymmetric."""

    words = "has a positive determinant"
    implies = (Invertible, FullColumnRank)


class Orthogonal(MatrixProperty):
    """matrixᵀ matrix = matrix matrixᵀ = I, of a square matrix."""

    words = "is orthogonal"
    implies = (Invertible, FullColumnRank)


class PermutationMatrix(MatrixProperty):
    """matrix has one 1 in each row and in each column, and 0 elsewhere."""

    words = "is a permutation matrix"
    implies = (Orthogonal, Invertible, FullColumnRank)


class PositiveSemidefinite(MatrixProperty):
    """matrix is symmetric, and vᵀ matrix v ≥ 0 for all v."""

    words = "is symmetric and positive semidefinite"
    implies = (Symmetric,)


class PositiveDefinite(MatrixProperty):
    """matrix is symmetric, and vᵀ matrix v > 0 for all v ≠ 0."""

    words = "is symmetric and positive definite"
    implies = (Symmetric, Invertible, FullColumnRank, PositiveSemidefinite, PositiveDeterminant)


class Idempotent(MatrixProperty):
    """matrix² = matrix."""

    words = "is idempotent"


def _square(kind: type[MatrixProperty], matrix: Any) -> MatrixProperty:
    term = as_term(matrix)
    if not is_square(term):
        raise TermError(f"only a square matrix {kind.words}, but `{term}` is {shape_name(term.shape)}")
    return kind(term)


def symmetric(matrix: Any) -> MatrixProperty:
    """A given: Aᵀ = A. Raises TermError unless A is square."""
    return _square(Symmetric, matrix)


def invertible(matrix: Any) -> MatrixProperty:
    """A given: A has an inverse. Raises TermError unless A is square."""
    return _square(Invertible, matrix)


def orthogonal(matrix: Any) -> MatrixProperty:
    """A given: QᵀQ = QQᵀ = I. Raises TermError unless Q is square."""
    return _square(Orthogonal, matrix)


def permutation_matrix(matrix: Any) -> MatrixProperty:
    """A given: P has one 1 in each row and in each column, and 0 elsewhere. Raises TermError unless P is square."""
    return _square(PermutationMatrix, matrix)


def positive_definite(matrix: Any) -> MatrixProperty:
    """A given: S is symmetric, and vᵀSv > 0 for all v ≠ 0. Raises TermError unless S is square."""
    return _square(PositiveDefinite, matrix)


def positive_semidefinite(matrix: Any) -> MatrixProperty:
    """A given: S is symmetric, and vᵀSv ≥ 0 for all v. Raises TermError unless S is square."""
    return _square(PositiveSemidefinite, matrix)


def idempotent(matrix: Any) -> MatrixProperty:
    """A given: P² = P. Raises TermError unless P is square."""
    return _square(Idempotent, matrix)


def full_column_rank(matrix: Any) -> MatrixProperty:
    """A given: the columns of X are linearly independent."""
    term = as_term(matrix)
    if term.shape is None or len(term.shape) != 2 or term.shape[0] == ROW:
        raise TermError(f"a matrix has a rank, but `{term}` is {shape_name(term.shape)}")
    return FullColumnRank(term)


__all__ = [
    "FullColumnRank", "Idempotent", "Invertible", "MatrixProperty", "Orthogonal", "PermutationMatrix",
    "PositiveDefinite", "PositiveDeterminant", "PositiveSemidefinite", "Symmetric", "full_column_rank", "idempotent",
    "invertible", "orthogonal", "permutation_matrix", "positive_definite", "positive_semidefinite", "symmetric",
]  # fmt: skip
