"""Limits and asymptotic links in a model: judged by certain leading terms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.comparison import compare
from derivations.models.germs import INFINITE, Germ, germ
from derivations.models.numbers import Dual, NoValue, Undefined, Value
from derivations.terms.arithmetic import Infinity, MinusInfinity, is_literal
from derivations.terms.families import Row
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.models.hypotheses import Problem
    from derivations.models.model import Key, Model


def approaches(model: Model, point: Term | None) -> list[Value]:
    """The ways to a point: one to ±∞, from both sides to a number."""
    if isinstance(point, Infinity):
        return [INFINITE]
    if isinstance(point, MinusInfinity):
        return [INFINITE.times(Fraction(-1))]
    if point is None:
        raise NoValue("no point to tend to")
    step = INFINITE.reciprocal()
    return [numbers.add(model(point), step), numbers.add(model(point), step.times(Fraction(-1)))]


def lines(model: Model, quantity: Term, way: Value) -> Iterator[dict[Key, Value]]:
    """How the members of a row u move, in two directions, so that uᵀv is what `way` is."""
    if not isinstance(quantity, Dot) or not isinstance(quantity.left, Row):
        raise NoValue("a limit along what is no product with a row")
    row, slope, here = quantity.left, model(quantity.right), model(quantity)
    place = tuple(numbers.integer(model(i)) for i in row.indices)
    if not isinstance(slope, tuple) or not all(isinstance(x, Fraction) for x in slope):
        raise NoValue("a slope that is not exact")
    square = sum((x * x for x in slope), Fraction(0))
    if square == 0:
        raise Undefined("the quantity stays where it is")
    straight = [x / square for x in slope]
    aside = [-slope[1], slope[0], *[Fraction(0)] * (len(slope) - 2)] if len(slope) > 1 else []
    for direction in (straight, [x + y for x, y in zip(straight, aside, strict=False)]):
        if direction:
            far = numbers.subtract(way, here)
            yield {("entry", row.family, (*place, t)): numbers.multiply(d, far) for t, d in enumerate(direction, 1)}


def limit_of(value: Value) -> Value:
    """The limit of a value that may or may not depend on the variable."""
    if isinstance(value, tuple):
        return tuple(limit_of(v) for v in value)
    if isinstance(value, Dual):
        raise NoValue("a derivative of a limit")
    return value.limit() if isinstance(value, Germ) else value


def may_tend(posed: Problem) -> bool:
    """Whether the variable of the link is free to tend to its point: no hypothesis says more of it than a bound."""
    variable, point = posed.link.variable, posed.link.point
    if not isinstance(variable, Symbol) or variable.domain.kind not in ("real", "integer"):
        return False
    wrong = ("<", "<=") if isinstance(point, Infinity) else (">", ">=") if isinstance(point, MinusInfinity) else ("",)
    for fact in (*variable.domain.facts(variable), *posed.about):
        if not (isinstance(fact, Relation) and fact.lhs == variable and is_literal(fact.rhs)):
            if fact is not posed.link:
                return False
        elif fact.sign in wrong or wrong == ("",):
            return False
    return variable.domain.kind == "real" or wrong != ("",)


def judge_arrow(model: Model, link: Relation) -> tuple[bool | None, Any, Any]:
    """Verdict and both sides of `f → L` or `f ~ g`: for `~`, the limit of f/g, which should be 1.

    Every way to the point must bear the link out; one that certainly does
    not refutes it.
    """
    verdicts: list[tuple[bool | None, Any, Any]] = []
    assert isinstance(link.variable, Symbol)
    for way in approaches(model, link.point):
        with model.binding({link.variable: way}):
            left, right = model(link.lhs), model(link.rhs)
        verdicts.append(_tends(left, right) if link.sign == "->" else _asymptotic(left, right))
    refuted = [v for v in verdicts if v[0] is False]
    return refuted[0] if refuted else verdicts[0]


def _tends(left: Any, right: Any) -> tuple[bool | None, Any, Any]:
    goal = limit_of(right)
    try:
        found = limit_of(left)
    except Undefined:
        return False, "grows without bound", goal
    return compare(found, "=", goal), found, goal


def _asymptotic(left: Any, right: Any) -> tuple[bool | None, Any, Any]:
    f, g = germ(left), germ(right)
    if not g.terms and g.rest is None:  # f ~ 0 says that f is 0 in the end
        if f.terms:
            return False, "not 0 near the point", "0"
        raise NoValue("0 ~ 0")
    try:
        found = f.times(g.reciprocal()).limit()
    except Undefined:
        return False, "the quotient grows without bound", "1"
    verdict = compare(found, "=", Fraction(1))
    return verdict, found, Fraction(1)
