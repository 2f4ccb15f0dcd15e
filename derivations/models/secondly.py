"""How the second evaluator reads functions, averages, and limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivations.models import plainly
from derivations.models.numbers import Element
from derivations.models.plainly import Unknown, add, minus, over, power, times, whole
from derivations.terms.arithmetic import Infinity, MinusInfinity, Mul, Number, Pow
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply, Function
from derivations.terms.matrices import MatrixProduct
from derivations.terms.symbols import Symbol
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.models.model import Key
    from derivations.models.second import Second
    from derivations.terms.calculus import Limit, LimitAlong
    from derivations.terms.relations import Relation
    from derivations.terms.term import Term

_FAR = (Fraction(10) ** 4, Fraction(10) ** 6, Fraction(10) ** 8)
_MOST_OUTCOMES = 130


class Functions:
    """Functions: by their definitions, by hypotheses for all arguments, else by what was chosen."""

    def apply(self: Second, f: Function, args: tuple[Any, ...]) -> Any:  # type: ignore[misc]
        for definition in self.problem.functions.get(f, ()):
            values = self.matched(definition.lhs.args, args, definition.parameters)  # type: ignore[attr-defined]
            if values is not None:
                with self.having(bound=values):
                    return self.defined(definition)
        stated = self.stated(f, args)
        if stated is not None:
            return stated
        if not f.size:
            return self._part(f, args, 0)
        return tuple(self._part(f, args, i) for i in range(whole(self(f.size[0]))))

    def matched(self: Second, written: Sequence[Term], args: Sequence[Any], free: Sequence[Symbol]) -> Any:  # type: ignore[misc]
        """The values of the parameters, or None where the arguments are others."""
        found: dict[Symbol, Any] = {}
        for term, value in zip(written, args, strict=True):
            if isinstance(term, Symbol) and term in free:
                if not self._belongs(value, term):
                    return None
                found[term] = value
            else:
                with self.having(bound={}, moved={}):
                    if plainly.apart(self(term), value):
                        return None
        return found

    def _belongs(self: Second, value: Any, parameter: Symbol) -> bool:  # type: ignore[misc]
        """Whether a parameter may stand for the value."""
        if parameter.domain.kind == "finite":
            return any(not plainly.apart(value, self(v)) for v in parameter.domain.values)
        if parameter.shape is None:
            return isinstance(value, Element) and value.space == parameter.domain.name
        if parameter.shape:
            return isinstance(value, tuple) and len(value) == whole(self(parameter.shape[0]))
        if isinstance(value, (tuple, Element)):
            return False
        with self.having(bound={**self.bound, parameter: value}):
            return all(self.truth(fact) for fact in parameter.domain.facts(parameter))

    def stated(self: Second, owner: Any, args: tuple[Any, ...]) -> Any:  # type: ignore[misc]
        """What a hypothesis for all arguments makes of this one; it is held against the hypothesis itself."""
        for found in self.problem.solved:
            atom = found.atom
            written = atom.args if isinstance(atom, Apply) else atom.indices if isinstance(atom, Entry) else ()
            if not found.for_all or getattr(atom, "function", getattr(atom, "family", None)) != owner:
                continue
            values = self.matched(written, args, found.for_all)
            if values is not None:
                with self.having(bound=values):
                    return self(self.model.one_of(found.solutions))
        return None

    def _part(self: Second, f: Function, args: tuple[Any, ...], part: int) -> Any:  # type: ignore[misc]
        if not self.model.smooth:
            return self.name(("apply", f, args, part))
        points = tuple(a for a in args if isinstance(a, Element))
        value = self._polynomial(f, points, list(_numbers(args)), part)
        return add(value, self._shift(f, args, part)) if self._is_solved(f) else value

    def _is_solved(self: Second, f: Function) -> bool:  # type: ignore[misc]
        return any(key[0] == "apply" and key[1] == f for key in self.model.solved)

    def _shift(self: Second, f: Function, args: tuple[Any, ...], part: int) -> Any:  # type: ignore[misc]
        """Near a point at which a hypothesis says what the function is there, the polynomial is shifted to fit."""
        for key, (_, solution) in self.model.solved.items():
            if key[0] != "apply" or key[1] != f or key[3] != part or not _near(args, key[2]):
                continue
            with self.having(bound={}, moved={}):
                points = tuple(a for a in key[2] if isinstance(a, Element))
                usual = self._polynomial(f, points, list(_numbers(key[2])), part)
                return minus(self(solution), usual)
        return Fraction(0)

    def _polynomial(self: Second, f: Function, points: Any, x: list[Any], part: int) -> Any:  # type: ignore[misc]
        def c(*powers: int) -> Any:
            return self.name(("coefficient", f, points, part, powers))

        total = c()
        for i, a in enumerate(x):
            total = add(total, times(c(i), a))
            for j in range(i + 1):
                total = add(total, times(c(j, i), times(x[j], a)))
        return total


def _near(args: Any, point: Any) -> bool:
    """The same point, or one that a finite difference has moved a little."""
    if isinstance(args, tuple):
        return isinstance(point, tuple) and len(args) == len(point) and all(map(_near, args, point))
    if isinstance(args, Element) or isinstance(point, Element):
        return bool(args == point)
    return bool(abs(plainly.real(minus(args, point))) < mpf(10) ** -9)


def _numbers(args: Sequence[Any]) -> Iterator[Any]:
    for arg in args:
        if isinstance(arg, tuple):
            yield from _numbers(arg)
        elif not isinstance(arg, Element):
            yield arg


class Averages:
    """Expectations, over all outcomes of the drivers; a Gaussian by quadrature with a few points."""

    def random(self: Second, key: Key) -> Any:  # type: ignore[misc]
        if key not in self.model.members:
            raise Unknown("the model does not say")
        member = self.model.members[key]
        mean, variance = self._law(key)
        scale = _number(member.scale)
        if mean is None or variance is None:
            mean, variance = _number(member.mean), _number(member.variance)
        if plainly.apart(times(scale, times(scale, _number(member.driver.variance))), variance):
            raise Unknown("another variance than was declared")
        return add(mean, times(scale, self._drawn(member.driver)))

    def _law(self: Second, key: Key) -> tuple[Any, Any]:  # type: ignore[misc]
        """Mean and variance as declared, None where nothing is said of them."""
        mean = variance = None
        for law in self.problem.laws.get(key[1], ()):
            with self.having(bound=dict(zip(law.indices, map(Fraction, key[2]), strict=False)), moved={}):
                mean = self(law.mean) if law.mean is not None else mean
                variance = self(law.variance) if law.variance is not None else variance
        return mean, variance

    def laws_hold(self: Second) -> bool:  # type: ignore[misc]
        """Members that were declared independent have drivers of their own."""
        for group in self.problem.independent:
            drivers = [m.driver.number for m in self.model.members.values() if m.family in group]
            if len(set(drivers)) < len(drivers):
                return False
        return True

    def _drawn(self: Second, driver: Any) -> Any:  # type: ignore[misc]
        if self.outcome is None:
            if driver.number not in self.model.sample:
                raise Unknown("the model does not say")
            return _number(self.model.sample[driver.number])
        if driver.number not in self.outcome:
            raise _Undecided(driver)
        return self.outcome[driver.number]

    def average(self: Second, body: Term, evaluate: Callable[[], Any]) -> Any:  # type: ignore[misc]
        if self.problem.declared.active:
            return self.over_paths(self.paths(), evaluate)
        before = self.outcome
        points = self._points(body)

        def over_outcomes(outcome: dict[int, Any]) -> Any:
            if points ** len(outcome) > _MOST_OUTCOMES:
                raise Unknown("too many outcomes")
            self.outcome = outcome
            try:
                return evaluate()
            except _Undecided as open_:
                driver = open_.driver
            parts = [times(p, over_outcomes({**outcome, driver.number: v})) for v, p in _support(driver, points)]
            total = parts[0]
            for part in parts[1:]:
                total = add(total, part)
            return total

        try:
            return over_outcomes({})
        finally:
            self.outcome = before

    def _points(self: Second, body: Term) -> int:  # type: ignore[misc]
        """How many points of a Gaussian make the square of the body exact: for degree 3, 5 or 9 in each of them."""
        parts: list[Term] = [body]
        seen: set[Term] = set()
        while parts:
            part = parts.pop()
            if part not in seen:
                seen.add(part)
                parts += part.children
                if isinstance(part, Symbol) and part in self.problem.definitions:
                    parts.append(self.problem.definitions[part])
        if any(isinstance(p, Pow) and _is_high(p) for p in seen):
            return 5
        products = [p for p in seen if isinstance(p, (Mul, Dot, MatrixProduct))]
        linear = all(not self._random(p.left) & self._random(p.right) for p in products)
        plain = not any(isinstance(p, (Pow, Apply)) and self._random(p) for p in seen)
        return 2 if linear and plain else 3

    def _random(self: Second, term: Term) -> frozenset[Any]:  # type: ignore[misc]
        families = {getattr(part, "family", None) for part in term.walk_set}
        found = {family for family in families if getattr(family, "random", False)}
        for symbol in term.free:
            if symbol in self.problem.definitions:
                found |= self._random(self.problem.definitions[symbol])
        return frozenset(found)

    def covariance(self: Second, left: Term, right: Term) -> Any:  # type: ignore[misc]
        a = self.average(left, lambda: self(left))
        b = a if left is right else self.average(right, lambda: self(right))
        return self.average(left, lambda: times(minus(self(left), a), minus(self(right), b)))


class _Undecided(Exception):
    def __init__(self, driver: Any) -> None:
        self.driver = driver


def _is_high(power_: Pow) -> bool:
    return not isinstance(power_.exponent, Number) or power_.exponent.number > 2


def _support(driver: Any, points: int) -> list[tuple[Any, Any]]:
    """Values with their weights: those of Gauss–Hermite quadrature for a Gaussian."""
    spread = power(_number(driver.variance), Fraction(1, 2)) if driver.variance != 0 else Fraction(0)
    if driver.shape is not None:
        return [(times(spread, v), p) for v, p in driver.shape]
    if points == 2:
        return [(spread, Fraction(1, 2)), (times(Fraction(-1), spread), Fraction(1, 2))]
    if points == 3:
        nodes = [(mp.sqrt(3), Fraction(1, 6)), (-mp.sqrt(3), Fraction(1, 6)), (Fraction(0), Fraction(2, 3))]
    else:
        nodes = [(Fraction(0), Fraction(8, 15))]
        for s in (1, -1):
            at = mp.sqrt(5 + s * mp.sqrt(10))
            nodes += [(sign * at, (7 - s * 2 * mp.sqrt(10)) / 60) for sign in (1, -1)]
    return [(times(spread, v), p) for v, p in nodes]


def _number(value: Any) -> Any:
    """A chosen number; a ball stands for its middle."""
    if isinstance(value, Fraction):
        return value
    if hasattr(value, "mid"):
        return mpf(value.mid().str(40, radius=False))
    raise Unknown("no number")


class Limits:
    """Limits, by going far."""

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
        if any(plainly.apart(value, found[0], self.slack) for value in found[1:]):
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
        values = [self._converged([at(way) for way in ways]) for ways in self._ways(point)]
        if any(plainly.apart(value, values[0], self.slack) for value in values[1:]):
            raise Unknown("different limits from both sides")
        return values[0]

    def _ways(self: Second, point: Any) -> Iterator[list[Any]]:  # type: ignore[misc]
        if isinstance(point, Infinity):
            yield list(_FAR)
        elif isinstance(point, MinusInfinity):
            yield [-g for g in _FAR]
        else:
            here = self(point)
            yield [add(here, 1 / g) for g in _FAR]
            yield [minus(here, 1 / g) for g in _FAR]

    def _converged(self: Second, values: list[Any]) -> Any:  # type: ignore[misc]
        first, second, last = values
        before, after = _gap(first, second), _gap(second, last)
        if after > mpf(10) ** -20 and after * 5 > before:
            raise Unknown("it does not settle")
        self.slack = max(self.slack, 10 * after)
        return last

    def tends(self: Second, link: Relation) -> bool:  # type: ignore[misc]
        """f → L, f ~ g: the difference, or the quotient less 1, gets small."""
        for ways in self._ways(link.point):
            errors = []
            for way in ways:
                with self.having(bound={**self.bound, link.variable: way}):  # type: ignore[dict-item]
                    left, right = self(link.lhs), self(link.rhs)
                if link.sign == "~" and right == 0:
                    if left == 0:
                        raise Unknown("0 ~ 0")
                    return False
                errors.append(_gap(over(left, right), Fraction(1)) if link.sign == "~" else _gap(left, right))
            if errors[2] > mpf(10) ** -20 and errors[2] * 5 > errors[1]:
                return False
        return True


def _directions(slope: Sequence[Any], square: Any) -> Iterator[list[Any]]:
    """Two directions d with dᵀ slope = 1."""
    straight = [over(x, square) for x in slope]
    yield straight
    if len(slope) > 1:
        turned = [times(Fraction(-1), slope[1]), slope[0], *[Fraction(0)] * (len(slope) - 2)]
        yield [add(x, y) for x, y in zip(straight, turned, strict=True)]


def _gap(x: Any, y: Any) -> Any:
    if isinstance(x, tuple):
        return max(_gap(a, b) for a, b in plainly.pairs(x, y))
    return abs(plainly.real(minus(x, y)))


__all__ = ["Averages", "Functions", "Limits"]
