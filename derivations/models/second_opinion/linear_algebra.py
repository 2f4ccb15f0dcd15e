"""Inverses, determinants and the properties of matrices, for the second evaluator: by elimination."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import Unknown, add, function, minus, over, times, whole
from derivations.terms import linear_algebra as nodes
from derivations.terms.matrices import MatrixSymbol
from derivations.terms.matrix_properties import (
    FullColumnRank,
    Idempotent,
    Invertible,
    MatrixProperty,
    Orthogonal,
    PermutationMatrix,
    PositiveDefinite,
    PositiveDeterminant,
    PositiveSemidefinite,
    Symmetric,
)
from derivations.terms.term import ROW

if TYPE_CHECKING:
    from derivations.models.second_opinion.evaluator import Second

ZERO, ONE = Fraction(0), Fraction(1)
Rows = Sequence[Sequence[Any]]
_LARGEST = 8


def size_of(e: Second, size: Any) -> int:
    return 1 if size == ROW else whole(e(size))


def as_rows(value: Any, shape: Any) -> list[list[Any]]:
    return [[x] for x in value] if len(shape) == 1 else [list(row) for row in value]


def product_of(e: Second, term: Any) -> Any:
    """A product in which a vector or a row takes part."""
    left, right = as_rows(e(term.left), term.left.shape), as_rows(e(term.right), term.right.shape)
    made = multiplied(left, right)
    shape = term.shape
    if shape == ():
        return made[0][0]
    return tuple(row[0] for row in made) if len(shape) == 1 else tuple(map(tuple, made))


def multiplied(left: Rows, right: Rows) -> list[list[Any]]:
    made = []
    for row in left:
        out = []
        for j in range(len(right[0])):
            total: Any = ZERO
            for x, other in zip(row, right, strict=True):
                total = add(total, times(x, other[j]))
            out.append(total)
        made.append(out)
    return made


def transposed_of(e: Second, term: Any) -> Any:
    inner = as_rows(e(term.matrix), term.matrix.shape)
    made = [list(column) for column in zip(*inner, strict=True)]
    return tuple(row[0] for row in made) if len(term.shape) == 1 else tuple(map(tuple, made))


def eliminated(rows: Rows, beside: Rows) -> tuple[Any, list[list[Any]]]:
    """By Gauss and Jordan: the determinant, and what became of what stands beside; Unknown where it is 0."""
    left, right, det = [list(r) for r in rows], [list(r) for r in beside], ONE
    if len(left) > _LARGEST:
        raise Unknown("a large matrix")
    for k in range(len(left)):
        place = max(range(k, len(left)), key=lambda i: abs(arithmetic.real(left[i][k])))
        if not arithmetic.apart(left[place][k], ZERO):
            return ZERO, right
        if place != k:
            left[k], left[place] = left[place], left[k]
            right[k], right[place] = right[place], right[k]
            det = times(Fraction(-1), det)
        pivot = left[k][k]
        det = times(det, pivot)
        left[k] = [over(x, pivot) for x in left[k]]
        right[k] = [over(x, pivot) for x in right[k]]
        for i in range(len(left)):
            if i != k:
                factor = left[i][k]
                left[i] = [minus(x, times(factor, y)) for x, y in zip(left[i], left[k], strict=True)]
                right[i] = [minus(x, times(factor, y)) for x, y in zip(right[i], right[k], strict=True)]
    return det, right


def identity(n: int) -> list[list[Any]]:
    return [[ONE if i == j else ZERO for j in range(n)] for i in range(n)]


def determinant(rows: Rows) -> Any:
    return eliminated(rows, [[] for _ in rows])[0]


def inverse(rows: Rows) -> Any:
    det, made = eliminated(rows, identity(len(rows)))
    if det == 0:
        raise Unknown("no inverse")
    return tuple(map(tuple, made))


def _power(e: Second, term: Any) -> Any:
    base, n = e(term.matrix), whole(e(term.exponent))
    if abs(n) > 20:
        raise Unknown("a high power")
    base = inverse(base) if n < 0 else base
    total: Any = identity(len(base))
    for _ in range(abs(n)):
        total = multiplied(total, base)
    return tuple(map(tuple, total))


def _sum(values: Any) -> Any:
    total: Any = ZERO
    for value in values:
        total = add(total, value)
    return total


def _norm(e: Second, term: Any) -> Any:
    rows = as_rows(e(term.matrix), term.matrix.shape)
    return function("sqrt", _sum(times(x, x) for row in rows for x in row))


def _entrywise(x: Any, y: Any) -> Any:
    if isinstance(x, tuple):
        return tuple(_entrywise(a, b) for a, b in arithmetic.pairs(x, y))
    return times(x, y)


def _diagonal(e: Second, term: Any) -> Any:
    v = e(term.matrix)
    return tuple(tuple(x if i == j else ZERO for j in range(len(v))) for i, x in enumerate(v))


def _kronecker(e: Second, term: Any) -> Any:
    left, right = e(term.left), e(term.right)
    m, n = len(right), len(right[0])
    rows, columns = range(len(left) * m), range(len(left[0]) * n)
    return tuple(tuple(times(left[i // m][j // n], right[i % m][j % n]) for j in columns) for i in rows)


def _constantly(e: Second, term: Any) -> Any:
    value: Any = Fraction(term.digit)
    for size in reversed(term.sizes):
        value = (value,) * whole(e(size))
    return value


def _unit(e: Second, term: Any) -> Any:
    n, place = whole(e(term.length)), whole(e(term.index))
    if not 1 <= place <= n:
        raise Unknown("an index out of range")
    return tuple(identity(n)[place - 1])


def _matrix(e: Second, symbol: MatrixSymbol) -> Any:
    if symbol in e.bound:
        return e.bound[symbol]
    if symbol in e.problem.definitions:
        with e.having(bound={}):
            return e(e.problem.definitions[symbol])
    if ("symbol", symbol) in e.model.solved:
        return e.name(("symbol", symbol))
    rows, columns = whole(e(symbol.rows)), whole(e(symbol.columns))
    return tuple(tuple(e.name(("matrix", symbol, i, j)) for j in range(columns)) for i in range(rows))


# -- properties -----------------------------------------------------------------------
def is_true(e: Second, statement: MatrixProperty) -> bool:
    m = e(statement.matrix)
    turned = tuple(zip(*m, strict=True))
    match statement:
        case Symmetric():
            return arithmetic.holds(m, "=", turned, e.slack)
        case Invertible():
            return bool(arithmetic.apart(determinant(m), ZERO))
        case PermutationMatrix():
            lines = (*m, *turned)
            return all(sorted(line) == [ZERO] * (len(line) - 1) + [ONE] for line in lines)
        case PositiveDeterminant():
            return bool(determinant(m) > 0)
        case Orthogonal():
            return arithmetic.holds(
                tuple(map(tuple, multiplied(turned, m))), "=", tuple(map(tuple, identity(len(m)))), 0
            )
        case Idempotent():
            return arithmetic.holds(tuple(map(tuple, multiplied(m, m))), "=", m, 0)
        case FullColumnRank():
            return len(m) >= len(m[0]) and bool(arithmetic.apart(determinant(multiplied(turned, m)), ZERO))
        case PositiveDefinite() | PositiveSemidefinite():
            return arithmetic.holds(m, "=", turned, e.slack) and _pivots(
                m, strict=isinstance(statement, PositiveDefinite)
            )
    raise Unknown("no such property")


def _pivots(m: Any, strict: bool) -> bool:
    """All pivots of the elimination without exchange are > 0; of a semidefinite matrix ≥ 0, a 0 with a row of zeros."""
    rows = [list(row) for row in m]
    for k in range(len(rows)):
        pivot = rows[k][k]
        if not arithmetic.apart(pivot, ZERO):
            if strict or any(arithmetic.apart(x, ZERO) for x in rows[k][k:]):
                return False
            continue
        if pivot < 0:
            return False
        for i in range(k + 1, len(rows)):
            factor = over(rows[i][k], pivot)
            rows[i] = [minus(x, times(factor, y)) for x, y in zip(rows[i], rows[k], strict=True)]
    return True


MEANINGS: dict[type, Callable[[Second, Any], Any]] = {
    MatrixSymbol: _matrix,
    nodes.Inverse: lambda e, t: inverse(e(t.matrix)),
    nodes.MatrixPower: _power,
    nodes.Trace: lambda e, t: _sum(row[i] for i, row in enumerate(e(t.matrix))),
    nodes.Determinant: lambda e, t: determinant(e(t.matrix)),
    nodes.Norm: _norm,
    nodes.Diagonal: _diagonal,
    nodes.DiagonalOf: lambda e, t: tuple(row[i] for i, row in enumerate(e(t.matrix))),
    nodes.Hadamard: lambda e, t: _entrywise(e(t.left), e(t.right)),
    nodes.Kronecker: _kronecker,
    nodes.Identity: lambda e, t: tuple(map(tuple, identity(whole(e(t.order))))),
    nodes.Zeros: _constantly,
    nodes.Ones: _constantly,
    nodes.UnitVector: _unit,
}
