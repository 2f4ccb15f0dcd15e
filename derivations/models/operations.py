"""Vectors, matrices and sums in a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.comparison import same
from derivations.models.numbers import ONE, ZERO, NoValue, Undefined, Value
from derivations.terms.arithmetic import Infinity, MinusInfinity
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.models.model import Model
    from derivations.terms.symbols import Symbol

LONGEST = 60
"""No vector, sum or row of a matrix is evaluated beyond this length."""


class Operations:
    """The part of a model that calculates with values; it knows nothing of their names."""

    add = staticmethod(numbers.add)
    multiply = staticmethod(numbers.multiply)
    divide = staticmethod(numbers.divide)
    power = staticmethod(numbers.power)
    function = staticmethod(numbers.function)
    constant = staticmethod(numbers.constant)

    def dot(self, u: Any, v: Any) -> Value:
        if len(u) != len(v):
            raise NoValue("shapes differ")
        total: Value = ZERO
        for x, y in zip(u, v, strict=True):
            total = numbers.add(total, numbers.multiply(x, y))
        return total

    def component(self, vector: Any, index: Value) -> Value:
        place = numbers.integer(index)
        if not 1 <= place <= len(vector):
            raise Undefined("an index out of range")
        value: Value = vector[place - 1]
        return value

    def delta(self, i: Value, j: Value) -> Value:
        return ONE if same(i, j) else ZERO

    elementary = staticmethod(numbers.elementary)
    one, zero = ONE, ZERO
    integer, ball, range_of = staticmethod(numbers.integer), staticmethod(numbers.ball), staticmethod(numbers.range_of)

    def each(self: Model, term: Any) -> Iterator[Value]:  # type: ignore[misc]
        """The worth of the body of a term that binds an integer, for each number in its range."""
        ((variable, low, high),) = term.ranges
        first, last = numbers.integer(self(low)), numbers.integer(self(high))
        if last - first > 4 * self.choice.longest:
            raise NoValue("a range too long to evaluate")
        for n in range(first, last + 1):
            with self.binding({variable: Fraction(n)}):
                yield self(term.body)

    def unknown(self, why: str) -> Value:
        raise NoValue(why)

    def undefined(self, why: str) -> Value:
        raise Undefined(why)

    def sum(self: Model, node: Any) -> Value:  # type: ignore[misc]
        if isinstance(node.high, Infinity):
            return self.series(node)
        if isinstance(node.high, MinusInfinity):
            raise NoValue("a series")
        low, high = numbers.integer(self(node.low)), numbers.integer(self(node.high))
        if high - low > 4 * self.choice.longest:
            raise NoValue("a sum too long to evaluate")
        total: Value = ZERO if node.shape == () else self.zeros(node.shape)
        for n in range(low, high + 1):
            with self.binding({node.variable: Fraction(n)}):
                total = numbers.add(total, self(node.body))
        return total

    def zeros(self: Model, shape: Sequence[Term]) -> Value:  # type: ignore[misc]
        if not shape:
            return ZERO
        return tuple(self.zeros(shape[1:]) for _ in range(self.size(shape[0])))

    def limit(self: Model, node: Any) -> Value:  # type: ignore[misc]
        """The certain limit, from the leading terms on each side of the point."""
        from derivations.models.limits import approaches, limit_of

        if node.variable in self.problem.definitions or ("symbol", node.variable) in self.solved:
            raise NoValue("a limit over a symbol that names something else")
        if self._is_defined_by(node.body, node.variable):
            raise NoValue("a limit over what a definition inside speaks of")
        found = []
        for way in approaches(self, node.point):
            with self.binding({node.variable: way}):
                found.append(limit_of(self(node.body)))
        if any(not same(value, found[0]) for value in found[1:]):
            raise Undefined("different limits from both sides")
        return found[0]

    def _is_defined_by(self: Model, body: Term, variable: Symbol) -> bool:  # type: ignore[misc]
        """Something in the body was defined by the variable: whether it moves along is not for a model to say."""
        definitions = self.problem.definitions
        defined = {s: definitions[s] for s in body.free if s in definitions}
        return any(variable in rhs.free or self._is_defined_by(rhs, variable) for rhs in defined.values())

    def limit_along(self: Model, node: Any) -> Value:  # type: ignore[misc]
        """The certain limit along two lines on which uᵀv tends to the point; NoValue if they are different."""
        from derivations.models.limits import approaches, limit_of, lines

        found = []
        for way in approaches(self, node.point):
            for shifts in lines(self, node.quantity, way):
                before = self.shifted
                self.shifted = {**before, **shifts}
                try:
                    found.append(limit_of(self(node.body)))
                finally:
                    self.shifted = before
        if any(not same(value, found[0]) for value in found[1:]):
            raise NoValue("different limits along different lines")
        return found[0]

    # -- matrices ------------------------------------------------------------------------------
    def table(self: Model, rows: Value, columns: Value, entry: Callable[[int, int], Value]) -> Value:  # type: ignore[misc]
        m, n = numbers.integer(rows), numbers.integer(columns)
        if m * n > self.choice.longest:
            raise NoValue("a matrix too large to evaluate")
        return tuple(tuple(entry(i, j) for j in range(1, n + 1)) for i in range(1, m + 1))

    def transpose(self, matrix: Any) -> Value:
        return tuple(zip(*matrix, strict=True))

    def matrix_product(self, left: Any, right: Any) -> Value:
        columns: Any = self.transpose(right)
        return tuple(tuple(self.dot(row, column) for column in columns) for row in left)

    def softmax(self, matrix: Any) -> Value:
        rows = []
        for row in matrix:
            powers = [numbers.function("exp", x) for x in row]
            total = powers[0]
            for p in powers[1:]:
                total = numbers.add(total, p)
            rows.append(tuple(numbers.divide(p, total) for p in powers))
        return tuple(rows)

    def matrix_entry(self, matrix: Any, row: Value, column: Value) -> Value:
        return self.component(self.component(matrix, row), column)
