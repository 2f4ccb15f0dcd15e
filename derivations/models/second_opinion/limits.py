"""Limits of the second evaluator: by going far, or near."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from mpmath import mp, mpf

from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import Lost, Unknown, add, minus, over, times, whole
from derivations.terms.arithmetic import Infinity, MinusInfinity
from derivations.terms.families import Row
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.models.second_opinion.evaluator import Second
    from derivations.terms.calculus import Limit, LimitAlong
    from derivations.terms.relations import Relation
    from derivations.terms.term import Term

_FAR = (Fraction(10) ** 4, Fraction(10) ** 6, Fraction(10) ** 8)
_NEAR = (Fraction(40), Fraction(80), Fraction(160))
_DIGITS_NEAR = 400
Ladder = tuple[Fraction, ...]
Result = TypeVar("Result")


class Limits:
    """Limits, by going far; where all digits cancel far away, by going less far with more digits."""

    def limit(self: Second, term: Limit) -> Any:  # type: ignore[misc]
        if term.variable in self.problem.definitions:
            raise Unknown("a limit over what is defined")

        def at(way: Any) -> Any:
            with self.having(bound={**self.bound, term.variable: way}):
                return self(term.body)

        return self._limit(at, term.point)

    def limit_along(self: Second, term: LimitAlong) -> Any:  # type: ignore[misc]
        """Along a straight line on which the quantity uᵀv grows; along another one, too, if there is one."""
        quantity = term.quantity
        if not isinstance(quantity, Dot) or not isinstance(quantity.left, Row):
            raise Unknown("a limit along what is no product with a row")
        row, slope, here = quantity.left, self(quantity.right), self(quantity)
        place = tuple(whole(self(i)) for i in row.indices)
        square = sum((times(x, x) for x in slope), Fraction(0))
        if square == 0:
            raise Unknown("the quantity stays where it is")

        def at(way: Any, direction: Any) -> Any:
            return self._shifted(term.body, row, place, direction, minus(way, here))

        found = [self._limit(partial(at, direction=d), term.point) for d in _directions(slope, square)]
        if any(arithmetic.apart(value, found[0], self.slack) for value in found[1:]):
            raise Unknown("different limits along different lines")
        return found[0]

    def _shifted(self: Second, body: Term, row: Row, place: tuple[int, ...], direction: Any, far: Any) -> Any:  # type: ignore[misc]
        moved = dict(self.moved)
        for t, d in enumerate(direction):
            key = ("entry", row.family, (*place, t + 1))
            moved[key] = add(moved.get(key, Fraction(0)), times(d, far))
        with self.having(moved=moved):
            return self(body)

    def _limit(self: Second, at: Callable[[Any], Any], point: Any) -> Any:  # type: ignore[misc]
        return _going(lambda ladder: self._settled(at, point, ladder))

    def _settled(self: Second, at: Callable[[Any], Any], point: Any, ladder: Ladder) -> Any:  # type: ignore[misc]
        values = [self._converged([at(way) for way in ways]) for ways in self._ways(point, ladder)]
        if any(arithmetic.apart(value, values[0], self.slack) for value in values[1:]):
            raise Unknown("different limits from both sides")
        return values[0]

    def _ways(self: Second, point: Any, ladder: Ladder) -> Iterator[list[Any]]:  # type: ignore[misc]
        if isinstance(point, Infinity):
            yield list(ladder)
        elif isinstance(point, MinusInfinity):
            yield [-g for g in ladder]
        else:
            here = self(point)
            yield [add(here, 1 / g) for g in ladder]
            yield [minus(here, 1 / g) for g in ladder]

    def _converged(self: Second, values: list[Any]) -> Any:  # type: ignore[misc]
        first, second, last = values
        before, after = _gap(first, second), _gap(second, last)
        if after > mpf(10) ** -20 and after * 5 > before:
            raise Unknown("it does not settle")
        self.slack = max(self.slack, 10 * after)
        return last

    def tends(self: Second, link: Relation) -> bool:  # type: ignore[misc]
        """f → L, f ~ g: the difference, or the quotient less 1, gets small."""
        return _going(lambda ladder: all(self._tends(link, ways) for ways in self._ways(link.point, ladder)))

    def _tends(self: Second, link: Relation, ways: Sequence[Any]) -> bool:  # type: ignore[misc]
        errors = []
        for way in ways:
            with self.having(bound={**self.bound, link.variable: way}):  # type: ignore[dict-item]
                left, right = self(link.lhs), self(link.rhs)
            if link.sign == "~" and right == 0:
                if left == 0:
                    raise Unknown("0 ~ 0")
                return False
            errors.append(_gap(over(left, right), Fraction(1)) if link.sign == "~" else _gap(left, right))
        return not (errors[2] > mpf(10) ** -20 and errors[2] * 5 > errors[1])


def _going(look: Callable[[Ladder], Result]) -> Result:
    """What is seen far away, unless all digits are lost there."""
    try:
        with arithmetic.minding_digits(True):
            return look(_FAR)
    except Lost:
        with mp.workdps(_DIGITS_NEAR), arithmetic.minding_digits(False):
            return look(_NEAR)


def _directions(slope: Sequence[Any], square: Any) -> Iterator[list[Any]]:
    """Two directions d with dᵀ slope = 1."""
    straight = [over(x, square) for x in slope]
    yield straight
    if len(slope) > 1:
        turned = [times(Fraction(-1), slope[1]), slope[0], *[Fraction(0)] * (len(slope) - 2)]
        yield [add(x, y) for x, y in zip(straight, turned, strict=True)]


def _gap(x: Any, y: Any) -> Any:
    if isinstance(x, tuple):
        return max(_gap(a, b) for a, b in arithmetic.pairs(x, y))
    return abs(arithmetic.real(minus(x, y)))


__all__ = ["Limits"]
