"""Derivatives in a model: forward differentiation along one variable at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.models.numbers import ONE, ZERO, Dual, NoValue, Value
from derivations.terms.matrices import MatrixSymbol
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import VectorSymbol

if TYPE_CHECKING:
    from derivations.models.model import Key, Model


class Derivatives:
    """The part of a model that differentiates."""

    def derivative(self: Model, node: Any) -> Value:  # type: ignore[misc]
        variable = node.variable
        if isinstance(variable, (VectorSymbol, MatrixSymbol)):
            return self._gradient(node.body, variable)
        if isinstance(variable, Symbol) and variable in self.bound:
            return self._rate(lambda tag: self._bound_rate(node.body, variable, tag))
        if isinstance(variable, Symbol) and variable in self.problem.definitions:
            raise NoValue("differentiation by a defined symbol")
        self(variable)
        key = self.key(variable)
        if self.is_computed(key):
            raise NoValue("differentiation by what is computed")
        return self._along(node.body, key)

    def is_computed(self: Model, key: Key) -> bool:  # type: ignore[misc]
        """By a definition or a hypothesis for all arguments, so that it cannot move on its own."""
        owner, arguments = key[1], key[2] if len(key) > 2 else ()
        if key[0] == "apply":
            return self.smooth or owner in self.problem.functions or self.pattern_value(owner, arguments) is not None
        return key[0] == "entry" and self.pattern_value(owner, arguments) is not None

    def _gradient(self: Model, body: Term, variable: VectorSymbol | MatrixSymbol) -> Value:  # type: ignore[misc]
        """The derivatives by the entries, in the shape of the variable."""
        if variable in self.problem.definitions or ("symbol", variable) in self.solved:
            raise NoValue("differentiation by a defined vector")
        if len(variable.shape) == 1:
            return tuple(self._by_entry(body, variable, (i,)) for i in range(self.size(variable.shape[0])))
        rows, columns = (range(self.size(size)) for size in variable.shape)
        return tuple(tuple(self._by_entry(body, variable, (i, j)) for j in columns) for i in rows)

    def _by_entry(self: Model, body: Term, variable: Symbol, place: tuple[int, ...]) -> Value:  # type: ignore[misc]
        if variable not in self.bound:
            kind = "vector" if len(place) == 1 else "matrix"
            return self._along(body, (kind, variable, *place))
        here = self.bound[variable]

        def rate(tag: int) -> Value:
            with self.binding({variable: _moved(here, place, tag)}):
                return self(body)

        return self._rate(rate)

    def jacobian(self: Model, node: Any) -> Value:  # type: ignore[misc]
        """A column for each component of the variable."""
        variable = node.variable
        if variable in self.problem.definitions or ("symbol", variable) in self.solved:
            raise NoValue("differentiation by a defined vector")
        columns = [self._by_entry(node.body, variable, (j,)) for j in range(self.size(variable.shape[0]))]
        return tuple(zip(*columns, strict=True))

    def _bound_rate(self: Model, body: Term, variable: Symbol, tag: int) -> Value:  # type: ignore[misc]
        with self.binding({variable: Dual(tag, self.bound[variable], ONE)}):
            return self(body)

    def _along(self: Model, body: Term, key: Key) -> Value:  # type: ignore[misc]
        def evaluate(tag: int) -> Value:
            before = self.moved
            self.moved = {**before, key: (*before.get(key, ()), tag)}
            try:
                return self(body)
            finally:
                self.moved = before

        return self._rate(evaluate)

    def _rate(self: Model, evaluate: Callable[[int], Value]) -> Value:  # type: ignore[misc]
        self.depth += 1
        tag = self.depth
        try:
            value = evaluate(tag)
        finally:
            self.depth -= 1
        return _rate_of(value, tag)


def _rate_of(value: Value, tag: int) -> Value:
    if isinstance(value, tuple):
        return tuple(_rate_of(part, tag) for part in value)
    return value.rate if isinstance(value, Dual) and value.tag == tag else ZERO


def _moved(value: Any, place: tuple[int, ...], tag: int) -> Any:
    """The value with one entry that moves."""
    if not place:
        return Dual(tag, value, ONE)
    return tuple(_moved(part, place[1:], tag) if n == place[0] else part for n, part in enumerate(value))
