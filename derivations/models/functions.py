"""Unknown functions in a model: tables of small values, or polynomials to differentiate."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.numbers import ONE, Dual, Element, NoValue, Value

if TYPE_CHECKING:
    from derivations.models.model import Model
    from derivations.terms.functions import Function


class NeedsSmooth(NoValue):
    """A table cannot say this: the argument is no exact number, or moves. A polynomial can."""


class FunctionValues:
    """The part of a model that evaluates functions."""

    smooth: bool

    def apply(self: Model, function: Function, args: Sequence[Any]) -> Value:  # type: ignore[misc]
        for found in self.problem.functions.get(function, ()):
            values = self.match(found.lhs, function, args, found.parameters)
            if values is not None:
                key = ("definition", function, tuple(map(repr, args)))
                with self.unfolding(key), self.binding(values, only=True):
                    return self.worth_of_definition(found)
        pattern = self.pattern_value(function, args)
        if pattern is not None:
            return pattern
        if not function.size:
            return self.number_at(function, args, 0)
        return tuple(self.number_at(function, args, i) for i in range(self.size(function.size[0])))

    def number_at(self: Model, function: Function, args: Sequence[Any], part: int) -> Value:  # type: ignore[misc]
        if self.smooth:
            return self.polynomial_at(function, args, part)
        key = ("apply", function, self.argument_key(args), part)
        return self.look_up(key, lambda: self.picker.number(self.pattern_tests(function, args)))

    def argument_key(self, args: Sequence[Any]) -> tuple[Any, ...]:
        """The arguments as what they are: exact numbers, points, vectors of them."""
        for arg in args:
            if isinstance(arg, tuple):
                self.argument_key(arg)
            elif isinstance(arg, Dual) or not isinstance(arg, (Fraction, Element)):
                raise NeedsSmooth("an argument that is no exact number")
        return tuple(args)

    def polynomial_at(self: Model, function: Function, args: Sequence[Any], part: int) -> Value:  # type: ignore[misc]
        """c + Σ cᵢ xᵢ + Σ cᵢⱼ xᵢ xⱼ over the numbers among the arguments.

        Where a hypothesis computes the value at this very point, the
        polynomial is shifted there: points are isolated, so that a smooth
        function with these values and derivatives exists.
        """
        points = tuple(a for a in args if isinstance(a, Element))
        value = self._polynomial(function, points, _coordinates(args), part)
        if self.problem.patterns and self.pattern_tests(function, args):
            return self._within(function, value, args)
        if any(key[0] == "apply" and key[1] == function for key in self.solved):
            value = numbers.add(value, self._shift(function, points, args, part))
        return value

    def _within(self: Model, function: Function, value: Value, args: Sequence[Any]) -> Value:  # type: ignore[misc]
        """1 + q² above a bound that holds for all arguments, −1 − q² below one, for the polynomial q."""
        ways = self.problem.everywhere(function)
        if ways is None or any(key[0] == "apply" and key[1] == function for key in self.solved):
            raise NoValue("a polynomial within bounds")
        sign, edge = ways
        above = numbers.add(ONE, numbers.multiply(value, value))
        return numbers.add(edge, numbers.multiply(Fraction(sign), above))

    def _polynomial(self: Model, function: Function, points: Any, x: Sequence[Value], part: int) -> Value:  # type: ignore[misc]
        def coefficient(*powers: int) -> Value:
            key = ("coefficient", function, points, part, powers)
            return self.look_up(key, lambda: self.picker.number([]))

        total = coefficient()
        for i, a in enumerate(x):
            total = numbers.add(total, numbers.multiply(coefficient(i), a))
        for i, a in enumerate(x):
            for j in range(i + 1):
                total = numbers.add(total, numbers.multiply(coefficient(j, i), numbers.multiply(x[j], a)))
        return total

    def _shift(self: Model, function: Function, points: Any, args: Sequence[Any], part: int) -> Value:  # type: ignore[misc]
        here = numbers.at_rest(tuple(args))
        key = ("apply", function, self.argument_key(here), part)
        if key not in self.solved:
            return Fraction(0)
        with self.at_rest():
            usual = self._polynomial(function, points, _coordinates(here), part)
        return numbers.subtract(self.look_up(key, lambda: usual), usual)


def _coordinates(args: Sequence[Any]) -> list[Value]:
    found: list[Value] = []
    for arg in args:
        if isinstance(arg, tuple):
            found += _coordinates(arg)
        elif not isinstance(arg, Element):
            found.append(arg)
    return found
