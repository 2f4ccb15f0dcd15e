"""Integrals over intervals in a model: enclosures by `acb.integral`, piece by piece towards an end that is no point.

Towards ±∞, and towards an end where the integrand has no value, the pieces double
(halve) in length. Once they shrink at least geometrically, and have done so for a while,
the rest is bounded by the geometric series: what is written here is made of exponentials,
logarithms and powers, whose growth does not turn round again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import flint
from flint import acb, arb, fmpq

from derivations.models import numbers
from derivations.models.numbers import ZERO, Dual, Growth, NoValue, Undefined, Value
from derivations.records import record
from derivations.terms.arithmetic import Infinity, MinusInfinity

if TYPE_CHECKING:
    from derivations.models.model import Model
    from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
    from derivations.terms.term import Term

_GOAL = arb(2) ** -36
_SMALL = arb(2) ** -50
_FINE = arb(2) ** -44
_MOST_PIECES = 160
_STEADY = 6
_PATIENCE = 24
_PRICE = 2500
_FAILURES = 8
_FAR = 2**9


@record(frozen=True)
class Point(Growth):
    """A complex ball that stands for the variable of an integral; `analytic`: what is no analytic function is nan."""

    ball: Any
    analytic: bool

    def _with(self, ball: Any) -> Point:
        return Point(ball, self.analytic)

    def plus(self, other: Any) -> Point:
        return self._with(self.ball + complex_ball(other))

    def times(self, other: Any) -> Point:
        return self._with(self.ball * complex_ball(other))

    def reciprocal(self) -> Point:
        return self._with(1 / self.ball)

    def function(self, word: str) -> Point:
        if word in ("log", "sqrt") and self.ball.imag.is_zero() and self.ball.real < 0:
            raise Undefined(f"{word} of a negative number")
        if word in ("log", "sqrt"):
            return self._with(getattr(self.ball, word)(analytic=self.analytic))
        if word == "abs":
            return self._with(self.ball.real_abs(analytic=self.analytic))
        return self._with(getattr(self.ball, word)())

    def power(self, exponent: Any) -> Point:
        if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) < 1000:
            return self._with(self.ball ** int(exponent))
        if self.ball.imag.is_zero() and self.ball.real < 0:
            raise Undefined("a negative base under an exponent that is no integer")
        return self._with(self.ball.pow(complex_ball(exponent), analytic=self.analytic))

    def sign(self) -> None:
        return None


def complex_ball(value: Any) -> Any:
    if isinstance(value, Point):
        return value.ball
    if isinstance(value, Fraction):
        return acb(fmpq(value.numerator, value.denominator))
    if isinstance(value, arb):
        return acb(value)
    raise NoValue("no number below an integral")


def integral(model: Model, node: DefiniteIntegral) -> Value:
    """The enclosure of an integral; NoValue where it is not found to converge."""
    if flint.ctx.prec > 128 or model.problem.divergent > _FAILURES:
        raise NoValue("an integral to more digits, or one that was not found in other models")
    low, high = _end(model, node.low), _end(model, node.high)
    if low is not None and high is not None:
        gap = numbers.sign(numbers.at_rest(numbers.subtract(high, low)))
        if gap is None or gap < 0:
            raise NoValue("ends that are not in order")
        if gap == 0 and not isinstance(low, Dual) and not isinstance(high, Dual):
            return ZERO
    model.work += _PRICE
    found: list[Exception] = []

    def at(part: Callable[[Any], Any]) -> Callable[[Any, bool], Any]:
        def evaluate(z: Any, analytic: bool) -> Any:
            try:
                with model.binding({node.variable: Point(z, bool(analytic))}):
                    value = part(model(node.body))
                return complex_ball(value)
            except (NoValue, ZeroDivisionError) as error:
                found.append(error if isinstance(error, NoValue) else Undefined("division by zero"))
                return acb(float("nan"))

        return evaluate

    tag = _tag(model, node)
    ends = tuple(None if end is None else numbers.at_rest(end) for end in (low, high))
    try:
        value = over(at(numbers.at_rest if tag is None else _main(tag)), *ends)
        if tag is None:
            return value
        rate: Value = over(at(_rate(tag)), *ends)
    except NoValue:
        model.problem.divergent += 1
        if found:
            raise found[-1] from None
        raise
    for end, sign in ((high, 1), (low, -1)):  # a moving end adds the integrand there
        if isinstance(end, Dual) and end.tag == tag:
            with model.binding({node.variable: end.value}):
                edge = _main(tag)(model(node.body))
            rate = numbers.add(rate, numbers.multiply(Fraction(sign), numbers.multiply(edge, end.rate)))
    return numbers.dual(tag, value, rate)


def _main(tag: int) -> Callable[[Any], Any]:
    return lambda value: value.value if isinstance(value, Dual) and value.tag == tag else value


def _rate(tag: int) -> Callable[[Any], Any]:
    return lambda value: value.rate if isinstance(value, Dual) and value.tag == tag else ZERO


def _tag(model: Model, node: DefiniteIntegral) -> int | None:
    """The one direction in which parameters move; NoValue for several at once."""
    tags = {tag for moved in model.moved.values() for tag in moved}
    values = [v for s, v in model.bound.items() if s in node.free]
    while values:
        value = values.pop()
        if isinstance(value, Dual):
            tags.add(value.tag)
            values += [value.value, value.rate]
    if len(tags) > 1:
        raise NoValue("a second derivative of an integral")
    return next(iter(tags), None)


def _end(model: Model, end: Term) -> Value | None:
    """The value of an end, None for ±∞."""
    return None if isinstance(end, (Infinity, MinusInfinity)) else model(end)


def over(f: Callable[[Any, bool], Any], low: Any, high: Any) -> Value:
    a, b = (None if end is None else complex_ball(end) for end in (low, high))
    total = _whole(f, a, b) if a is not None and b is not None else None
    if total is None:
        middle = _between(a, b)
        total = _towards(f, middle, a, -1) + _towards(f, middle, b, 1)
    if not total.imag.contains(arb(0)):
        raise Undefined("an integrand that is not real")
    return total.real


def _between(a: Any, b: Any) -> Any:
    if a is None and b is None:
        return acb(0)
    return b - 1 if a is None else a + 1 if b is None else (a + b) / 2


def _whole(f: Callable[[Any, bool], Any], a: Any, b: Any) -> Any:
    """∫_a^b in one piece, None where it is not found closely."""
    value = acb.integral(f, a, b, rel_tol=_GOAL, abs_tol=_FINE, depth_limit=40, eval_limit=600)
    close = value.is_finite() and value.real.rad() < _GOAL * 1024 * (1 + abs(value.real))
    return value if close else None


def _towards(f: Callable[[Any, bool], Any], middle: Any, end: Any, way: int) -> Any:
    """The integral from the middle to an end, upwards (way 1) or downwards, piece by piece."""
    total, sizes = acb(0), []
    for start, stop in _pieces(middle, end, way):
        piece = _whole(f, *((start, stop) if way > 0 else (stop, start)))
        if piece is None:
            raise NoValue("an integral that is not found closely")
        total = total + piece
        sizes.append(abs(piece.real).upper() + abs(piece.imag).upper())
        if len(sizes) >= _PATIENCE and sizes[-1] > sizes[-6] * arb("0.9"):
            break
        far = end is not None or abs(stop.real) > _FAR
        rest = _rest(sizes)
        if far and rest is not None and rest < _SMALL * (1 + abs(total.real)):
            return total + acb(arb(0, float(rest.upper()) * 2))
    raise NoValue("an integral that is not found to converge")


def _rest(sizes: list[Any]) -> Any:
    """A bound for what is left, if the pieces have been shrinking geometrically; else None."""
    if len(sizes) <= _STEADY:
        return None
    last = sizes[-_STEADY - 1 :]
    if all(size < _SMALL * _SMALL for size in last[-2:]):
        return last[-1]
    ratios = [b / a for a, b in pairwise(last) if a > 0]
    largest = max(ratios, key=lambda r: float(r.upper()), default=arb(1))
    if not largest < arb("0.97"):
        return None
    return sizes[-1] * largest / (1 - largest)


def _pieces(middle: Any, end: Any, way: int) -> Iterator[tuple[Any, Any]]:
    if end is None:
        place, width = middle, 1
        for _ in range(_MOST_PIECES):
            yield place, place + way * width
            place, width = place + way * width, 2 * width
        return
    gap = end - middle
    for n in range(_MOST_PIECES):
        yield end - gap / 2**n, end - gap / 2 ** (n + 1)


def evaluated(model: Model, node: Evaluated) -> Value:
    """[F]_a^b by its values at the ends, by its limits there where an end is ±∞."""
    from derivations.models.limits import approaches, limit_of

    values: list[Value] = []
    for end in (node.high, node.low):
        if isinstance(end, (Infinity, MinusInfinity)):
            (way,) = approaches(model, end)
            with model.binding({node.variable: way}):
                values.append(limit_of(model(node.body)))
        else:
            with model.binding({node.variable: model(end)}):
                values.append(model(node.body))
    return numbers.subtract(*values)
