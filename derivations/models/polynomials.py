"""Sparse polynomials in the drivers of random variables, and in exponentials e^{rW} of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from derivations.records import record

Monomial = tuple[tuple[int, Any], ...]
"""((driver, power), …), in increasing order; the rate r of e^{rW} stands as the power of `growing(driver)`."""

_MOST_TERMS = 5000


@record(frozen=True)
class Polynomial:
    """Σ coefficient · monomial; the coefficients are fractions or balls."""

    terms: Mapping[Monomial, Any]

    @staticmethod
    def of(x: Any) -> Polynomial:
        """A number as a constant polynomial."""
        return x if isinstance(x, Polynomial) else Polynomial({(): x})

    @staticmethod
    def driver(number: int) -> Polynomial:
        """The polynomial that is this driver."""
        return Polynomial({((number, 1),): Fraction(1)})

    def plus(self, other: Polynomial, add: Callable[[Any, Any], Any]) -> Polynomial:
        total = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            _collect(total, monomial, coefficient, add)
        return Polynomial(total)

    def times(
        self, other: Polynomial, add: Callable[[Any, Any], Any], multiply: Callable[[Any, Any], Any]
    ) -> Polynomial:
        total: dict[Monomial, Any] = {}
        for a, x in self.terms.items():
            for b, y in other.terms.items():
                _collect(total, _product(a, b), multiply(x, y), add)
        if len(total) > _MOST_TERMS:
            from derivations.models.numbers import NoValue

            raise NoValue("a polynomial of too many terms")
        return Polynomial(total)

    def exponential(self, exp: Callable[[Any], Any]) -> Polynomial:
        """e to the power of it, where it is linear with exact slopes; NoValue otherwise."""
        from derivations.models.numbers import NoValue

        rates: dict[int, Fraction] = {}
        for monomial, slope in self.terms.items():
            if monomial:
                (driver, power), *more = monomial
                if more or power != 1 or driver < 0 or not isinstance(slope, Fraction):
                    raise NoValue("an exponential of what is not linear")
                rates[growing(driver)] = slope
        return Polynomial({tuple(sorted(rates.items())): exp(self.terms.get((), Fraction(0)))})

    def reciprocal(self, invert: Callable[[Any], Any]) -> Polynomial:
        """1/(c e^{rW}) = e^{−rW}/c; NoValue for anything that is not of this form."""
        from derivations.models.numbers import NoValue

        if len(self.terms) != 1:
            raise NoValue("a quotient of random variables")
        ((monomial, c),) = self.terms.items()
        if any(driver >= 0 for driver, _ in monomial):
            raise NoValue("a quotient of random variables")
        return Polynomial({tuple((driver, -rate) for driver, rate in monomial): invert(c)})

    def constant(self) -> Any:
        """Its number, if it has no drivers; NoValue otherwise."""
        from derivations.models.numbers import NoValue

        if any(self.terms):
            raise NoValue("no polynomial in the random variables")
        return self.terms.get((), Fraction(0))


def _collect(total: dict[Monomial, Any], monomial: Monomial, value: Any, add: Callable[[Any, Any], Any]) -> None:
    if monomial in total:
        value = add(total[monomial], value)
    if isinstance(value, Fraction) and value == 0:
        total.pop(monomial, None)
    else:
        total[monomial] = value


def growing(driver: int) -> int:
    """Where the rate of e^{rW} stands among the powers; the same takes it back."""
    return -driver - 1


def _product(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    powers: dict[int, Any] = dict(a)
    for driver, exponent in b:
        powers[driver] = powers.get(driver, 0) + exponent
    return tuple(sorted((driver, power) for driver, power in powers.items() if power))
