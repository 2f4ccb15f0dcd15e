"""Matrices and dot products of the second evaluator."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import Unknown, add, function, minus, over, times, whole
from derivations.models.second_opinion.linear_algebra import size_of
from derivations.terms.arithmetic import Add, Div, Mul, Neg, Sub
from derivations.terms.matrices import Matrix, MatrixProduct, Softmax, Transpose

if TYPE_CHECKING:
    from derivations.models.second_opinion.evaluator import Second


def entry_of(e: Second, matrix: Any, i: int, j: int) -> Any:
    """One entry, so that no more is drawn than it depends on."""
    rows, columns = (size_of(e, size) for size in matrix.shape)
    if not (1 <= i <= rows and 1 <= j <= columns):
        raise Unknown("an index out of range")
    match matrix:
        case Matrix():
            return e.entry(matrix.family, (i, j))
        case Transpose() if len(matrix.matrix.shape) == 2:
            return entry_of(e, matrix.matrix, j, i)
        case MatrixProduct() if len(matrix.left.shape) == 2:
            inner = range(1, whole(e(matrix.left.shape[1])) + 1)
            row = [entry_of(e, matrix.left, i, t) for t in inner]
            return dot(row, [entry_of(e, matrix.right, t, j) for t in inner])
        case Softmax():
            powers = [function("exp", entry_of(e, matrix.matrix, i, m)) for m in range(1, columns + 1)]
            return over(powers[j - 1], sum(map(arithmetic.real, powers)))
        case Add(a, b):
            return add(entry_of(e, a, i, j), entry_of(e, b, i, j))
        case Sub(a, b):
            return minus(entry_of(e, a, i, j), entry_of(e, b, i, j))
        case Neg(a):
            return times(Fraction(-1), entry_of(e, a, i, j))
        case Mul(a, b) if b.shape:
            return times(e(a), entry_of(e, b, i, j))
        case Mul(a, b):
            return times(entry_of(e, a, i, j), e(b))
        case Div(a, b):
            return over(entry_of(e, a, i, j), e(b))
    return e(matrix)[i - 1][j - 1]


def table_of(e: Second, term: Any) -> Any:
    rows, columns = (range(1, size_of(e, size) + 1) for size in term.shape)
    return tuple(tuple(entry_of(e, term, i, j) for j in columns) for i in rows)


def dot(u: Sequence[Any], v: Sequence[Any]) -> Any:
    total: Any = Fraction(0)
    for x, y in arithmetic.pairs(u, v):
        total = add(total, times(x, y))
    return total


__all__ = ["dot", "entry_of", "table_of"]
