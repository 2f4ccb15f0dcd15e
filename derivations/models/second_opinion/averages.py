"""Averages of the second evaluator: expectations over all outcomes of the drivers, Gaussians by quadrature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import comb, inf
from typing import TYPE_CHECKING, Any

from mpmath import mp, mpf

from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import Unknown, add, minus, power, times
from derivations.terms.arithmetic import Add, Div, Exp, Mul, Neg, Number, Pow, Sub
from derivations.terms.arithmetic import e as euler
from derivations.terms.calculus import Derivative
from derivations.terms.families import Entry, Row
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixProduct, Transpose
from derivations.terms.probability import Covariance, Expectation, Variance
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.vectors import Component, Dot

if TYPE_CHECKING:
    from derivations.models.model import Key
    from derivations.models.second_opinion.evaluator import Second
    from derivations.terms.term import Term


_BEYOND = mpf(10) ** -12
"""What is left out where a Gaussian is cut off."""


class Averages:
    """Expectations, over all outcomes of the drivers; a Gaussian by quadrature with a few points."""

    outcome: dict[int, Any] | None = None
    patience: int
    shapes: dict[Key, tuple[Any, Any, Any]]

    def random(self: Second, key: Key) -> Any:  # type: ignore[misc]
        if key not in self.shapes:
            self.shapes[key] = self._shape(key)
        mean, scale, driver = self.shapes[key]
        drawn = self._drawn(driver)
        return drawn if mean == 0 and scale == 1 else add(mean, times(scale, drawn))

    def _shape(self: Second, key: Key) -> tuple[Any, Any, Any]:  # type: ignore[misc]
        """mean + scale · driver, held against what was declared of the mean and the variance."""
        if key not in self.model.members:
            raise Unknown("the model does not say")
        member = self.model.members[key]
        mean, variance = self._law(key)
        scale = _number(member.scale)
        if mean is None or variance is None:
            mean, variance = _number(member.mean), _number(member.variance)
        if arithmetic.apart(times(scale, times(scale, _number(member.driver.variance))), variance):
            raise Unknown("another variance than was declared")
        return mean, scale, member.driver

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
        """E of what `evaluate` gives, which is of no higher degree than `body`."""
        if self.problem.declared.active:
            return self.over_paths(self.paths(), evaluate)
        if self.problem.distributions:
            return self.over_laws(evaluate)
        return self._mean(degree_of(self, body), evaluate, _is_analytic(self, body))

    def covariance(self: Second, left: Term, right: Term) -> Any:  # type: ignore[misc]
        """E[XY] − E[X] E[Y], all of them in one pass over the outcomes."""

        def products() -> Any:
            x = self(left)
            y = x if left is right else self(right)
            return (times(x, y), x, y)

        if self.problem.declared.active:
            both, x, y = self.over_paths(self.paths(), products)
        elif self.problem.distributions:
            x, y = self.over_laws(lambda: self(left)), self.over_laws(lambda: self(right))
            both = self.over_laws(lambda: times(self(left), self(right)))
        else:
            analytic = _is_analytic(self, left) and _is_analytic(self, right)
            both, x, y = self._mean(degree_of(self, left) + degree_of(self, right), products, analytic)
        return minus(both, times(x, y))

    def _mean(self: Second, degree: float, evaluate: Callable[[], Any], analytic: bool) -> Any:  # type: ignore[misc]
        """The mean of a polynomial of this degree in the drivers (infinite: of any function of them)."""
        before: dict[int, Any] | None = self.outcome
        try:
            drivers = self._drivers(evaluate)
            total: Any = None
            if degree == inf and any(driver.shape is None for driver in drivers):
                self.slack = max(self.slack, _BEYOND)
            for weight, outcome in _outcomes(drivers, degree, self.patience, analytic):
                self.outcome = outcome
                part = times(weight, evaluate())
                total = part if total is None else add(total, part)
            return total
        except _Undecided as found:
            raise Unknown("what is drawn depends on what was drawn") from found
        finally:
            self.outcome = before

    def _drivers(self: Second, evaluate: Callable[[], Any]) -> list[Any]:  # type: ignore[misc]
        """All drivers that are asked for, each with the middle of its values in place of it."""
        found: list[Any] = []
        while True:
            self.outcome = {driver.number: _support(driver, 1)[0][0] for driver in found}
            try:
                evaluate()
                return found
            except _Undecided as asked:
                found.append(asked.driver)


class _Undecided(Exception):
    def __init__(self, driver: Any) -> None:
        self.driver = driver


def _outcomes(drivers: Sequence[Any], degree: float, most: int, analytic: bool) -> Iterator[tuple[Any, dict[int, Any]]]:
    """Outcomes with weights (some negative), so that the weighted sum is the mean of every polynomial of this degree.

    A monomial in centred independent drivers has the mean 0 unless each of its drivers occurs at least twice. So it
    is enough to move groups U of up to degree/2 drivers, with all others at 0, and to count each group once:
    Σ_{W ⊆ U} (−1)^{|U| − |W|} E_W. In a group of n each driver occurs at most degree − 2(n − 1) times.
    """
    count = len(drivers)
    largest = count if degree == inf else min(count, int(degree) // 2)
    weights: dict[tuple[tuple[int, Any], ...], Any] = {}
    for size in range(largest + 1) if largest < count else (count,):
        of_one = degree - 2 * (size - 1) if largest < count else degree
        supports = [_support(driver, _points(of_one), analytic) for driver in drivers]
        for width in range(size + 1) if largest < count else (count,):
            share = Fraction((-1) ** (size - width) * comb(count - width, size - width))
            for outcome, chance in _moved(supports, width):
                weights[outcome] = add(weights.get(outcome, Fraction(0)), times(share, chance))
                if len(weights) > most:
                    raise Unknown("too many outcomes")
    rest = {driver.number: Fraction(0) for driver in drivers}
    for outcome, weight in weights.items():
        yield weight, {**rest, **{drivers[n].number: value for n, value in outcome}}


def _moved(supports: Sequence[Sequence[Any]], width: int) -> Iterator[tuple[tuple[tuple[int, Any], ...], Any]]:
    """All values of so many drivers at a time with their probabilities; those that are 0 are not written."""
    for moving in combinations(range(len(supports)), width):
        for chosen in product(*(supports[n] for n in moving)):
            weight: Any = Fraction(1)
            for _, chance in chosen:
                weight = times(weight, chance)
            yield tuple((n, value) for n, (value, _) in zip(moving, chosen, strict=True) if value != 0), weight


def _points(degree: float) -> int:
    """How many points of a Gaussian make a mean exact; 0 where no number of them does."""
    return next((n for n, exact in ((2, 3), (3, 5), (5, 9)) if degree <= exact), 0)


def _support(driver: Any, points: int, analytic: bool = False) -> list[tuple[Any, Any]]:
    """Values with their weights: those of Gauss–Hermite quadrature for a Gaussian; one point is the middle."""
    if points == 1 or driver.variance == 0:
        return [(Fraction(0), Fraction(1))]
    spread = power(_number(driver.variance), Fraction(1, 2))
    if driver.shape is not None:
        if sum(v * p for v, p in driver.shape) != 0:
            raise Unknown("a driver with another mean than 0")
        return [(times(spread, v), p) for v, p in driver.shape]
    if points == 0:
        if not analytic:
            raise Unknown("a Gaussian in what is no analytic function")
        return [(times(spread, v), p) for v, p in _trapezoids()]
    return [(times(spread, v), p) for v, p in _quadrature(points)]


def _trapezoids() -> Iterator[tuple[Any, Any]]:
    """Σ h φ(kh) f(kh), whose error falls faster than any power of h where f is analytic (see `_is_analytic`)."""
    step = mpf(1) / 2
    for k in range(-24, 25):
        node = k * step
        yield node, step * mp.exp(-node * node / 2) / mp.sqrt(2 * mp.pi)


def _is_analytic(e: Second, term: Term) -> bool:
    """Made of what is random by +, ·, natural powers and exp alone."""
    if not _is_random(e, term):
        return True
    match term:
        case Entry():
            return True
        case Add(a, b) | Sub(a, b) | Mul(a, b):
            return _is_analytic(e, a) and _is_analytic(e, b)
        case Neg(a) | Exp(a):
            return _is_analytic(e, a)
        case Div(a, b):
            return _is_analytic(e, a) and not _is_random(e, b)
        case Pow(a, n):
            if a == euler:
                return _is_analytic(e, n)
            return isinstance(n, Number) and n.number.denominator == 1 and n.number >= 0 and _is_analytic(e, a)
    return False


def _quadrature(points: int) -> Iterator[tuple[Any, Any]]:
    """The nodes of the standard Gaussian, with their weights."""
    root = mp.sqrt(10)
    positive = {
        2: [(Fraction(1), Fraction(1, 2))],
        3: [(mp.sqrt(3), Fraction(1, 6))],
        5: [(mp.sqrt(5 + root), (7 - 2 * root) / 60), (mp.sqrt(5 - root), (7 + 2 * root) / 60)],
    }
    middle = {3: Fraction(2, 3), 5: Fraction(8, 15)}
    if points in middle:
        yield Fraction(0), middle[points]
    for node, weight in positive[points]:
        yield node, weight
        yield times(Fraction(-1), node), weight


# -- degrees ---------------------------------------------------------------------------------
def degree_of(e: Second, term: Term) -> float:
    """The degree of a term in the random variables, at most; infinite where it is no polynomial in them."""
    if not _is_random(e, term):
        return 0
    match term:
        case Symbol():
            return degree_of(e, e.problem.definitions[term])
        case Entry() | Row() | Matrix():
            return inf if _is_stated(e, term.family) else 1
        case Mul() | Dot() | MatrixProduct():
            return degree_of(e, term.left) + degree_of(e, term.right)
        case Div(top, bottom) if not _is_random(e, bottom):
            return degree_of(e, top)
        case Pow(base, Number(n)) if n.denominator == 1 and n >= 0:
            return int(n) * degree_of(e, base)
        case Add() | Sub() | Neg() | Sum() | Transpose() | Component() | MatrixEntry() | Derivative():
            return max(degree_of(e, child) for child in term.children)
    return inf


def _is_random(e: Second, term: Term) -> bool:
    if any(getattr(getattr(part, "family", None), "random", False) for part in term.walk_set):
        return not isinstance(term, (Expectation, Variance, Covariance))
    return any(_is_random(e, e.problem.definitions[s]) for s in term.free if s in e.problem.definitions)


def _is_stated(e: Second, family: Any) -> bool:
    """Whether a hypothesis computes members of the family from others."""
    return any(getattr(found.atom, "family", None) == family for found in e.problem.solved)


def _number(value: Any) -> Any:
    """A chosen number; a ball stands for its middle."""
    if isinstance(value, Fraction):
        return value
    if hasattr(value, "mid"):
        return mpf(value.mid().str(40, radius=False))
    raise Unknown("no number")


__all__ = ["Averages"]
