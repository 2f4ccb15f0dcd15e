"""Random variables in a model: drivers with exact moments.

Each member of a random family is mean + scale · W for a driver W with mean 0:
a standard Gaussian stretched to its variance, or one of three small finite
distributions. Members share a driver, and so depend on each other as much as
can be, unless they were declared independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb

from derivations.models.numbers import ONE, ZERO, NoValue, Value, add, divide, function, multiply, power
from derivations.models.polynomials import Polynomial, growing
from derivations.records import record
from derivations.terms.families import Family

HALF = Fraction(1, 2)
SHAPES: tuple[tuple[tuple[Fraction, Fraction], ...], ...] = (
    ((ONE, HALF), (-ONE, HALF)),
    ((Fraction(2), Fraction(1, 5)), (-HALF, Fraction(4, 5))),
    ((Fraction(2), Fraction(1, 8)), (Fraction(-2), Fraction(1, 8)), (ZERO, Fraction(3, 4))),
)
"""Finite distributions of mean 0 and variance 1, as (value, probability)."""

COUPLINGS = ("same", "opposite", "apart")


@record(frozen=True)
class Driver:
    """A random number of mean 0; `shape` is None for a Gaussian."""

    number: int
    variance: Value
    shape: tuple[tuple[Fraction, Fraction], ...] | None

    def moment(self, order: int) -> Value:
        """E[Wⁿ], exact where the variance is."""
        if self.shape is None:
            standard = ZERO if order % 2 else Fraction(_odd_product(order))
        else:
            standard = sum((p * v**order for v, p in self.shape), ZERO)
        if standard == 0:
            return ZERO
        scale = power(self.variance, Fraction(order, 2))
        return multiply(standard, scale)

    def exponential_moment(self, order: int, rate: Fraction) -> Value:
        """E[Wⁿ e^{rW}], for a Gaussian by completing the square: e^{r²σ²/2} E[(W + rσ²)ⁿ]."""
        if not rate:
            return self.moment(order)
        if self.shape is not None:
            worth = [multiply(p, multiply(power(v, Fraction(order)), function("exp", multiply(rate, v))))
                     for v, p in self.support]  # fmt: skip
            return _sum(worth)
        shift = multiply(rate, self.variance)
        binomial = [multiply(Fraction(comb(order, k)), multiply(self.moment(k), power(shift, Fraction(order - k))))
                    for k in range(order + 1)]  # fmt: skip
        return multiply(function("exp", multiply(rate * rate / 2, self.variance)), _sum(binomial))

    @property
    def support(self) -> tuple[tuple[Value, Fraction], ...]:
        """(value, probability); NoValue for a Gaussian."""
        if self.shape is None:
            raise NoValue("a Gaussian has infinitely many outcomes")
        scale = function("sqrt", self.variance)
        return tuple((multiply(v, scale), p) for v, p in self.shape)


def _odd_product(order: int) -> int:
    """(n − 1)!!, the moments of the standard Gaussian."""
    result = 1
    for k in range(1, order, 2):
        result *= k
    return result


@record(frozen=True)
class Member:
    """mean + scale · driver."""

    family: Family
    mean: Value
    variance: Value
    scale: Value
    driver: Driver


def average(value: Value, drivers: Sequence[Driver]) -> Value:
    """The expectation of a polynomial in the drivers, which are independent of each other."""
    from derivations.models.numbers import Dual, dual

    if isinstance(value, tuple):
        return tuple(average(v, drivers) for v in value)
    if isinstance(value, Dual):
        return dual(value.tag, average(value.value, drivers), average(value.rate, drivers))
    if not isinstance(value, Polynomial):
        return value
    total: Value = ZERO
    for monomial, coefficient in value.terms.items():
        powers = dict(monomial)
        for number in dict.fromkeys(n if n >= 0 else growing(n) for n in powers):
            rate = Fraction(powers.get(growing(number), 0))
            coefficient = multiply(coefficient, drivers[number].exponential_moment(powers.get(number, 0), rate))
        total = add(total, coefficient)
    return total


def _sum(values: Sequence[Value]) -> Value:
    total: Value = ZERO
    for value in values:
        total = add(total, value)
    return total


def choose_driver(
    family: Family, variance: Value, gaussian: bool, coupling: str, shape: int,
    members: Sequence[Member], drivers: list[Driver], independent: Sequence[frozenset[Family]],
) -> tuple[Driver, Value]:  # fmt: skip
    """The driver of a new member and its scale; a new driver is added to `drivers`.

    Members of an independence group never share a driver, so that they are
    mutually independent; whatever else may share one does, if the coupling says so.
    """
    if coupling != "apart":
        for driver in drivers:
            if (driver.shape is None) == gaussian and _may_share(family, driver, members, independent):
                scale = _scale(variance, driver.variance)
                if scale is not None:
                    odd = sum(m.driver is driver for m in members) % 2
                    return driver, multiply(-ONE, scale) if odd and coupling == "opposite" else scale
    made = Driver(len(drivers), variance, None if gaussian else SHAPES[shape])
    drivers.append(made)
    return made, ONE


def _may_share(
    family: Family, driver: Driver, members: Sequence[Member], independent: Sequence[frozenset[Family]]
) -> bool:
    groups = [group for group in independent if family in group]
    return not any(m.driver is driver and any(m.family in group for group in groups) for m in members)


def _scale(variance: Value, driven: Value) -> Value | None:
    if variance == driven:
        return ONE
    if driven == ZERO:
        return None
    return function("sqrt", divide(variance, driven))


def describe(member: Member, partner: str) -> str:
    """Its distribution in words; `partner` names the member that has the same driver, if any."""
    from derivations.models.witness import plain

    mean, scale = member.mean, member.scale
    if partner:
        stretch = "" if scale == ONE else "−" if scale == -ONE else f"{plain(scale)}·"
        return f"{stretch}({partner})" if mean == ZERO else f"{plain(mean)} + {stretch}(centred {partner})"
    if member.driver.shape is None:
        if mean == ZERO and member.variance == ONE:
            return "standard Gaussian"
        return f"Gaussian with mean {plain(mean)} and variance {plain(member.variance)}"
    if member.variance == ZERO:
        return f"constant {plain(mean)}"
    outcomes = [(add(mean, v), p) for v, p in member.driver.support]
    if len(outcomes) == 2 and outcomes[0][1] == HALF:
        if mean == ZERO:
            return f"±{plain(outcomes[0][0])} with probability 1/2 each"
        return f"{plain(outcomes[0][0])} or {plain(outcomes[1][0])} with probability 1/2 each"
    return ", ".join(f"{plain(v)} with probability {p}" for v, p in outcomes)
