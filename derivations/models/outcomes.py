"""Random variables in a model: expectations by exact moments, else by enumeration."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.chances import COUPLINGS, SHAPES, Driver, Member, average, choose_driver
from derivations.models.comparison import compare
from derivations.models.numbers import ONE, ZERO, NoValue, Value
from derivations.models.polynomials import Polynomial

if TYPE_CHECKING:
    from derivations.models.hypotheses import Problem
    from derivations.models.model import Key, Model
    from derivations.terms.families import Family
    from derivations.terms.term import Term

_MOST_OUTCOMES = 2000
VARIANTS = tuple((coupling, shape) for shape in range(len(SHAPES)) for coupling in COUPLINGS)


class _Undecided(Exception):
    """An outcome asked for a driver that has no value yet."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver


class Outcomes:
    """The part of a model that knows of chance."""

    def start_outcomes(self, problem: Problem, filling: int) -> None:
        self.members: dict[Key, Member] = {}
        self.drivers: list[Driver] = []
        self.sample: dict[int, Value] = {}
        self.drawn: set[int] = set()
        self.continuous = False
        self.outcome: dict[int, Value] | None = None
        self.averaging = False
        self.coupling, self.shape = VARIANTS[filling % len(VARIANTS)] if problem.random else VARIANTS[0]

    def random_entry(self: Model, key: Key) -> Value:  # type: ignore[misc]
        self.used.setdefault(key)
        if key in self.solved:  # computed from other random variables, in every outcome
            solution = self.solved[key][1]
            if key in self.moved:
                raise NoValue("differentiation by what is computed")
            with self.unfolding(key), self.binding({}, only=True):
                return self(solution)
        if self.problem.declared.active:
            return self.entry_at_hand(key)
        if self.has_law(key):
            return self.moving(key, self.lawful_entry(key))
        if not self.problem.moments:
            return self.look_up(key, lambda: self._some_value(key))
        if key not in self.members:
            self.members[key] = self._member(key)
        member = self.members[key]
        value = numbers.add(member.mean, numbers.multiply(member.scale, self._draw(member.driver)))
        return self.moving(key, value)

    def _some_value(self: Model, key: Key) -> Value:  # type: ignore[misc]
        """Where no moment is asked for: any number, as any is an outcome of some law with this mean and variance."""
        mean, variance, gaussian = self._law(key[1], key[2])
        if not self._known_variance(variance):
            return mean
        if gaussian and self.problem.link.sign in ("~", "->"):
            return numbers.around(self.picker.number([]))  # what fails for all of these fails with positive probability
        self.continuous = self.continuous or gaussian
        return self.picker.number([])

    def _known_variance(self, variance: Value) -> int:
        """Its sign; NoValue unless it is certain, and not negative."""
        known = numbers.sign(variance)
        if known is None or known < 0:
            raise NoValue("a variance that is not certainly ≥ 0")
        return known

    def _draw(self: Model, driver: Driver) -> Value:  # type: ignore[misc]
        if self.outcome is not None:
            if driver.number not in self.outcome:
                raise _Undecided(driver)
            return self.outcome[driver.number]
        if self.averaging:
            return Polynomial.driver(driver.number)
        self.drawn.add(driver.number)
        self.continuous = self.continuous or driver.shape is None
        if driver.number not in self.sample:
            if driver.shape is None:
                value: Value = self.picker.number([]) if driver.variance != ZERO else ZERO
            else:
                value = driver.support[(self.choice.filling + driver.number) % len(driver.support)][0]
            self.sample[driver.number] = value
        return self.sample[driver.number]

    def _member(self: Model, key: Key) -> Member:  # type: ignore[misc]
        family = key[1]
        with self.at_rest(), self.outside():
            mean, variance, gaussian = self._law(family, key[2])
        self._known_variance(variance)
        members = list(self.members.values())
        driver, scale = choose_driver(
            family, variance, gaussian, self.coupling, self.shape, members, self.drivers, self.problem.independent
        )
        return Member(family, mean, variance, scale, driver)

    def _law(self: Model, family: Family, place: tuple[int, ...]) -> tuple[Value, Value, bool]:  # type: ignore[misc]
        means, variances, gaussian = [], [], False
        for law in self.problem.laws.get(family, ()):
            gaussian = gaussian or law.kind == "gaussian"
            with self.binding({s: Fraction(i) for s, i in zip(law.indices, place, strict=False)}):
                means += [self(law.mean)] if law.mean is not None else []
                variances += [self(law.variance)] if law.variance is not None else []
        for found in (means, variances):
            if any(compare(x, "=", found[0]) is not True for x in found[1:]):  # they disagree, or not certainly agree
                raise NoValue("two laws for one variable")
        if not self.problem.moments and not variances:
            return ZERO, ONE, gaussian
        spread = ZERO if variances else self.picker.number([(">=", ZERO)])
        mean = means[0] if means else self.picker.number([])
        return mean, variances[0] if variances else spread * spread, gaussian

    # -- expectations -------------------------------------------------------------------
    def outside(self: Model) -> Any:  # type: ignore[misc]
        return self._mode(None, False)

    def _mode(self: Model, outcome: dict[int, Value] | None, averaging: bool) -> _Mode:  # type: ignore[misc]
        return _Mode(self, outcome, averaging)

    def expectation(self: Model, body: Term) -> Value:  # type: ignore[misc]
        return self.expect(lambda: self(body))

    def covariance(self: Model, left: Term, right: Term) -> Value:  # type: ignore[misc]
        a, b = self.expectation(left), self.expectation(right)

        def product() -> Value:
            return numbers.multiply(numbers.subtract(self(left), a), numbers.subtract(self(right), b))

        return self.expect(product)

    def expect(self: Model, body: Callable[[], Value]) -> Value:  # type: ignore[misc]
        """The expectation of what `body` evaluates: by moments, else over all outcomes."""
        if self.problem.declared.active:
            return self.mean(body)
        try:
            with self._mode(None, True):
                return average(body(), self.drivers)
        except numbers.Undefined:
            raise
        except NoValue:
            if self.problem.distributions and not any(d.shape is not None for d in self.drivers):
                return self.over_laws(body)
            if not self.drivers or any(d.shape is None for d in self.drivers):
                raise
        return self._enumerate(body, {}, [0])

    def _enumerate(self: Model, body: Callable[[], Value], outcome: dict[int, Value], spent: list[int]) -> Value:  # type: ignore[misc]
        spent[0] += 1
        if spent[0] > _MOST_OUTCOMES:
            raise NoValue("too many outcomes")
        try:
            with self._mode(outcome, False):
                return body()
        except _Undecided as open_:
            driver = open_.driver
        total: Value | None = None
        for value, probability in driver.support:
            part = self._enumerate(body, {**outcome, driver.number: value}, spent)
            share = numbers.multiply(probability, part)
            total = share if total is None else numbers.add(total, share)
        return ZERO if total is None else total


class _Mode:
    """How random variables are read inside: as polynomials, in one outcome, or outside of any average."""

    def __init__(self, model: Model, outcome: dict[int, Value] | None, averaging: bool) -> None:
        self.model, self.new = model, (outcome, averaging)

    def __enter__(self) -> None:
        self.old = self.model.outcome, self.model.averaging
        self.model.outcome, self.model.averaging = self.new

    def __exit__(self, *_: object) -> None:
        self.model.outcome, self.model.averaging = self.old


__all__ = ["ONE", "Outcomes", "VARIANTS"]
