"""Matrices in a model: exact where their entries are, and generated with the properties that are given of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.comparison import all_of, compare
from derivations.models.numbers import ONE, ZERO, Dual, NoValue, Undefined, Value
from derivations.terms.matrix_properties import MatrixProperty
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.models.model import Model
    from derivations.terms.matrices import MatrixSymbol

Table = tuple[tuple[Any, ...], ...]
_LARGEST = 5
"""No determinant, and no inverse, of a larger matrix."""


class Matrices:
    """The part of a model that knows matrices."""

    # -- shapes ------------------------------------------------------------------------
    def tabled(self, value: Any, shape: Sequence[Term]) -> Table:
        """A vector as a table of one column; matrices and rows are tables already."""
        return tuple((x,) for x in value) if len(shape) == 1 else value

    def shaped(self, table: Any, shape: Sequence[Term]) -> Value:
        """A table as a number or a vector, where it is one."""
        if not shape:
            value: Value = table[0][0]
            return value
        if len(shape) == 1:
            return tuple(row[0] for row in table)
        return tuple(tuple(row) for row in table)

    # -- operations -----------------------------------------------------------------------
    def identity(self, n: int) -> Table:
        return tuple(tuple(ONE if i == j else ZERO for j in range(n)) for i in range(n))

    def constantly(self: Model, value: Fraction, sizes: Sequence[Term]) -> Value:  # type: ignore[misc]
        if not sizes:
            return value
        return tuple(self.constantly(value, sizes[1:]) for _ in range(self.size(sizes[0])))

    def unit_vector(self, index: Value, length: int) -> Value:
        place = numbers.integer(index)
        if not 1 <= place <= length:
            raise Undefined("an index out of range")
        return tuple(ONE if n == place else ZERO for n in range(1, length + 1))

    def trace(self, matrix: Any) -> Value:
        return _total(row[i] for i, row in enumerate(matrix))

    def determinant(self, matrix: Any) -> Value:
        if len(matrix) > _LARGEST:
            raise NoValue("a matrix too large for its determinant")
        return determinant(matrix)

    def inverse(self, matrix: Any) -> Value:
        """By cofactors, so that it can be differentiated; Undefined where the determinant is 0."""
        if len(matrix) > _LARGEST:
            raise NoValue("a matrix too large for its inverse")
        worth = determinant(matrix)
        return tuple(
            tuple(numbers.divide(_cofactor(matrix, j, i), worth) for j in range(len(matrix)))
            for i in range(len(matrix))
        )

    def matrix_power(self: Model, matrix: Any, exponent: Value) -> Value:  # type: ignore[misc]
        n = numbers.integer(exponent)
        if abs(n) > 20:
            raise NoValue("a power too high")
        base = self.inverse(matrix) if n < 0 else matrix
        total: Any = self.identity(len(matrix))
        for _ in range(abs(n)):
            total = self.matrix_product(total, base)
        return total  # type: ignore[no-any-return]

    def norm(self, thing: Any) -> Value:
        entries = [x for row in thing for x in row] if isinstance(thing[0], tuple) else list(thing)
        return numbers.function("sqrt", _total(numbers.multiply(x, x) for x in entries))

    def diagonal(self, vector: Any) -> Value:
        return tuple(tuple(x if i == j else ZERO for j in range(len(vector))) for i, x in enumerate(vector))

    def entrywise(self, left: Any, right: Any) -> Value:
        if isinstance(left, tuple):
            return tuple(self.entrywise(x, y) for x, y in zip(left, right, strict=True))
        return numbers.multiply(left, right)

    def kronecker(self, left: Any, right: Any) -> Value:
        return tuple(tuple(numbers.multiply(x, y) for x in above for y in below) for above in left for below in right)

    # -- properties -----------------------------------------------------------------------
    def has_property(self: Model, name: str, matrix: Any) -> bool | None:  # type: ignore[misc]
        """Whether the matrix has it, certainly; None where balls leave it open."""
        resting = tuple(tuple(numbers.at_rest(x) if isinstance(x, Dual) else x for x in row) for row in matrix)
        found: bool | None = getattr(self, f"_is_{name.lower()}")(resting)
        return found

    def _is_symmetric(self, m: Table) -> bool | None:
        return _equal(m, tuple(zip(*m, strict=True)))

    def _is_invertible(self, m: Table) -> bool | None:
        return compare(determinant(m), "!=", ZERO)

    def _is_positivedeterminant(self, m: Table) -> bool | None:
        return compare(determinant(m), ">", ZERO)

    def _is_orthogonal(self: Model, m: Table) -> bool | None:  # type: ignore[misc]
        return _equal(self.matrix_product(self.transpose(m), m), self.identity(len(m)))

    def _is_permutationmatrix(self: Model, m: Table) -> bool | None:  # type: ignore[misc]
        """Entries 0 and 1, and orthogonal."""
        if any(x not in (ZERO, ONE) for row in m for x in row if isinstance(x, Fraction)):
            return False
        return self._is_orthogonal(m)

    def _is_idempotent(self: Model, m: Table) -> bool | None:  # type: ignore[misc]
        return _equal(self.matrix_product(m, m), m)

    def _is_positivedefinite(self, m: Table) -> bool | None:
        """Symmetric, with positive leading minors."""
        minors = [determinant(tuple(row[:k] for row in m[:k])) for k in range(1, len(m) + 1)]
        return all_of([self._is_symmetric(m), *(compare(d, ">", ZERO) for d in minors)])

    def _is_positivesemidefinite(self, m: Table) -> bool | None:
        """Symmetric, with principal minors that are all ≥ 0."""
        subsets = [[i for i in range(len(m)) if bits >> i & 1] for bits in range(1, 2 ** len(m))]
        minors = [determinant(tuple(tuple(m[i][j] for j in rows) for i in rows)) for rows in subsets]
        return all_of([self._is_symmetric(m), *(compare(d, ">=", ZERO) for d in minors)])

    def _is_fullcolumnrank(self: Model, m: Table) -> bool | None:  # type: ignore[misc]
        """The Gram matrix is invertible."""
        return self._is_invertible(self.matrix_product(self.transpose(m), m))  # type: ignore[arg-type]

    # -- symbols --------------------------------------------------------------------------
    def matrix(self: Model, symbol: MatrixSymbol) -> Value:  # type: ignore[misc]
        if symbol in self.bound:
            value: Value = self.bound[symbol]
            return value
        if symbol in self.problem.definitions:
            return self.symbol(symbol)
        if ("symbol", symbol) in self.solved:
            return self.look_up(("symbol", symbol), lambda: ())
        rows, columns = self.size(symbol.rows), self.size(symbol.columns)
        if rows * columns > 36:
            raise NoValue("a matrix too large to evaluate")
        if symbol not in self.generated:
            with self.at_rest():
                self.generated[symbol] = Generator(self, properties_of(self.problem.checks, symbol))(rows, columns)
        made = self.generated[symbol]
        return tuple(
            tuple(self.look_up(("matrix", symbol, i, j), lambda i=i, j=j: made[i][j]) for j in range(columns))  # type: ignore[misc]
            for i in range(rows)
        )


def properties_of(checks: Sequence[Term], symbol: Term) -> frozenset[str]:
    """The names of the properties that are given of this very symbol."""
    return frozenset(type(c).__name__ for c in checks if isinstance(c, MatrixProperty) and c.matrix == symbol)


class Generator:
    """Makes a matrix that has the properties; what is no combination it knows is left to the check of the givens."""

    def __init__(self, model: Any, properties: frozenset[str]) -> None:
        self.model, self.properties = model, properties

    def number(self) -> Fraction:
        value: Fraction = self.model.picker.number([])
        return value

    def nonzero(self) -> Fraction:
        value: Fraction = self.model.picker.number([("!=", ZERO)])
        return value

    def small(self, n: int) -> int:
        """A number between 0 and n."""
        return abs(self.number().numerator) % (n + 1)

    def __call__(self, rows: int, columns: int) -> Any:
        has = self.properties
        if "PermutationMatrix" in has:
            return self._permutation(rows)
        if "Orthogonal" in has:
            return self._orthogonal(
                rows, "Symmetric" in has or bool({"PositiveDefinite", "PositiveSemidefinite"} & has)
            )
        if "Idempotent" in has:
            return self._projection(rows, self._rank(rows), bool(has & _ALL_SYMMETRIC))
        if "PositiveDefinite" in has:
            return self._gram(self._triangular(rows, rows))
        if "PositiveSemidefinite" in has:
            return self._gram(self._triangular(rows, rows if "Invertible" in has else self.small(rows)))
        if "Symmetric" in has and "Invertible" in has:
            lower = self._triangular(rows, rows)
            signs = [1 if self.number() > 0 else -1 for _ in range(rows)]
            scaled = tuple(tuple(x * sign for x, sign in zip(row, signs, strict=True)) for row in lower)
            return self.model.matrix_product(scaled, self.model.transpose(lower))
        if "Symmetric" in has:
            upper = {(i, j): self.number() for i in range(rows) for j in range(i, rows)}
            return tuple(tuple(upper[min(i, j), max(i, j)] for j in range(rows)) for i in range(rows))
        if "Invertible" in has or "FullColumnRank" in has and rows == columns:
            return self.model.matrix_product(self._triangular(rows, rows), self._unipotent(rows))
        if "FullColumnRank" in has:
            return self._tall(rows, columns)
        return self._any(rows, columns)

    def _permutation(self, n: int) -> Any:
        left = list(range(n))
        order = [left.pop(self.small(len(left) - 1)) for _ in range(n)]
        return tuple(tuple(ONE if j == order[i] else ZERO for j in range(n)) for i in range(n))

    def _rank(self, n: int) -> int:
        return n if {"Invertible", "PositiveDefinite"} & self.properties else self.small(n)

    def _any(self, rows: int, columns: int) -> Table:
        return tuple(tuple(self.number() for _ in range(columns)) for _ in range(rows))

    def _tall(self, rows: int, columns: int) -> Table:
        """An invertible matrix above any other one, its rows turned round."""
        if rows < columns:
            raise NoValue("fewer rows than columns cannot have full column rank")
        top = self.model.matrix_product(self._triangular(columns, columns), self._unipotent(columns))
        made = (*top, *self._any(rows - columns, columns))
        turn = self.small(rows)
        return (*made[turn:], *made[:turn])

    def _triangular(self, n: int, rank: int) -> Table:
        """Lower triangular, with `rank` columns that are not 0."""
        return tuple(
            tuple(ZERO if j > i or j >= rank else self.nonzero() if j == i else self.number() for j in range(n))
            for i in range(n)
        )

    def _unipotent(self, n: int) -> Table:
        return tuple(tuple(ONE if i == j else self.number() if j > i else ZERO for j in range(n)) for i in range(n))

    def _gram(self, lower: Table) -> Value:
        made: Value = self.model.matrix_product(lower, self.model.transpose(lower))
        return made

    def _orthogonal(self, n: int, symmetric: bool) -> Any:
        """(I − S)(I + S)⁻¹ with Sᵀ = −S, some columns with the other sign; a symmetric one is I − 2P."""
        one = self.model.identity(n)
        if symmetric:
            rank = 0 if {"PositiveDefinite", "PositiveSemidefinite"} & self.properties else self.small(n)
            twice = numbers.multiply(Fraction(-2), self._projection(n, rank, True))
            return numbers.add(one, twice)
        skew = [[ZERO] * n for _ in range(n)]
        for i in range(n):
            for j in range(i):
                skew[i][j] = self.number()
                skew[j][i] = -skew[i][j]
        table = tuple(map(tuple, skew))
        plus, minus = numbers.add(one, table), numbers.add(one, numbers.multiply(Fraction(-1), table))
        made: Any = self.model.matrix_product(minus, self.model.inverse(plus))
        signs = [1 if self.number() > 0 else -1 for _ in range(n)]
        return tuple(tuple(x * s for x, s in zip(row, signs, strict=True)) for row in made)

    def _projection(self, n: int, rank: int, symmetric: bool) -> Any:
        """V(WᵀV)⁻¹Wᵀ; with W = V the orthogonal projection."""
        if rank == 0:
            return tuple((ZERO,) * n for _ in range(n))
        m = self.model
        v = self._tall(n, rank)
        w = v if symmetric else self._tall(n, rank)
        if determinant(m.matrix_product(m.transpose(w), v)) == 0:
            w = v
        middle = m.inverse(m.matrix_product(m.transpose(w), v))
        return m.matrix_product(m.matrix_product(v, middle), m.transpose(w))


_ALL_SYMMETRIC = {"Symmetric", "PositiveDefinite", "PositiveSemidefinite"}


def _total(values: Iterator[Any]) -> Value:
    total: Value = ZERO
    for value in values:
        total = numbers.add(total, value)
    return total


def determinant(m: Any) -> Any:
    """Expanded along the first row; that of the 0 × 0 matrix is 1."""
    if not m:
        return ONE
    return _total(numbers.multiply(x, _cofactor(m, 0, j)) for j, x in enumerate(m[0]))


def _cofactor(m: Any, i: int, j: int) -> Any:
    minor = determinant(tuple(row[:j] + row[j + 1 :] for n, row in enumerate(m) if n != i))
    return minor if (i + j) % 2 == 0 else numbers.multiply(Fraction(-1), minor)


def _equal(a: Any, b: Any) -> bool | None:
    return compare(a, "=", b)


__all__ = ["Generator", "Matrices", "determinant", "properties_of"]
