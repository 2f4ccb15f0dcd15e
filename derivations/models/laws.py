"""Random variables whose law is given: moments by quadrature or by adding up the masses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb

from derivations.models import numbers
from derivations.models.comparison import compare
from derivations.models.numbers import ONE, ZERO, NoValue, Value
from derivations.models.polynomials import Polynomial
from derivations.models.quadrature import Point, complex_ball, over
from derivations.records import record
from derivations.terms.arithmetic import Infinity, MinusInfinity
from derivations.terms.families import Entry
from derivations.terms.probability import random_members
from derivations.terms.symbols import REAL, Symbol

if TYPE_CHECKING:
    from derivations.models.model import Key, Model
    from derivations.terms.distributions import Distribution

_AT = Symbol("x", REAL, -4000)
_MOST = 400
_SMALL = arb(2) ** -60
_PRICE = 1500


class _Needs(NoValue):
    """A value of a random variable is asked for."""

    def __init__(self, key: Key) -> None:
        self.key = key


@record(frozen=True, eq=False)
class LawDriver:
    """The variable itself, as what drives it; its moments are found when they are asked for."""

    number: int
    key: Any
    law: Any
    model: Any
    shape: None = None

    def moment(self, order: int) -> Value:
        value: Value = self.model.moment_of(self, order)
        return value

    def exponential_moment(self, order: int, rate: Fraction) -> Value:
        if rate:
            raise NoValue("a mean that is found by quadrature")
        return self.moment(order)


class Laws:
    """The part of a model that knows of densities."""

    def start_laws(self) -> None:
        self.pinned: dict[Key, Any] | None = None
        self.lawful: dict[Key, LawDriver] = {}
        self.moments_found: dict[tuple[int, int], Value] = {}

    def has_law(self: Model, key: Key) -> bool:  # type: ignore[misc]
        return key[1] in self.problem.distributions

    def law_at(self: Model, key: Key) -> Distribution:  # type: ignore[misc]
        given = self.problem.distributions[key[1]]
        places: dict[Any, Any] = dict(zip(given.indices, (numbers_as_term(i) for i in key[2]), strict=True))
        law: Any = given.law.substitute(places)
        return law  # type: ignore[no-any-return]

    def lawful_entry(self: Model, key: Key) -> Value:  # type: ignore[misc]
        if self.pinned is not None:
            if key not in self.pinned:
                raise _Needs(key)
            value: Value = self.pinned[key]
            return value
        if self.averaging:
            return Polynomial.driver(self.driver_of(key).number)
        if self.outcome is not None:
            raise NoValue("one outcome of a variable with a density")
        return self.look_up(key, lambda: self._in_the_support(key))

    def driver_of(self: Model, key: Key) -> LawDriver:  # type: ignore[misc]
        """A driver of its own; the one of a variable with the same law where that is not ruled out."""
        if key not in self.lawful:
            law = self.law_at(key)
            for other, driver in self.lawful.items():
                apart = any(key[1] in group and other[1] in group for group in self.problem.independent)
                if driver.law == law and not apart and self.coupling == "same":
                    self.lawful[key] = driver
                    return driver
            made = LawDriver(len(self.drivers), key, law, self)
            self.drivers.append(made)  # type: ignore[arg-type]
            self.lawful[key] = made
        return self.lawful[key]

    def _in_the_support(self: Model, key: Key) -> Value:  # type: ignore[misc]
        law = self.law_at(key)
        low, high = law.support
        tests: list[tuple[str, Fraction]] = []
        for end, sign in ((low, ">="), (high, "<=")):
            value = None if isinstance(end, (Infinity, MinusInfinity)) else self(end)
            if isinstance(value, Fraction):
                tests.append((sign, value))
            elif value is not None:
                raise NoValue("an end that is not exact")
        self.continuous = True
        for _ in range(40):
            value = self.picker.number(tests)
            if not law.discrete or value.denominator == 1:
                return value
        raise NoValue("no value of a discrete variable")

    # -- averages ----------------------------------------------------------------------------
    @contextmanager
    def _pinning(self: Model, pinned: dict[Key, Any] | None) -> Iterator[None]:  # type: ignore[misc]
        before = self.pinned
        self.pinned = pinned
        try:
            yield
        finally:
            self.pinned = before

    def moment_of(self: Model, driver: LawDriver, order: int) -> Value:  # type: ignore[misc]
        name = (driver.number, order)
        if name not in self.moments_found:
            self.moments_found[name] = self._sum_up(
                driver.law, lambda x: numbers.power(x, Fraction(order)), self.pinned
            )
        return self.moments_found[name]

    def over_laws(self: Model, body: Callable[[], Value], pinned: dict[Key, Any] | None = None) -> Value:  # type: ignore[misc]
        """E of what `body` evaluates, one variable after another; they are independent here."""
        pinned = pinned or {}
        if len(pinned) > 2:
            raise NoValue("an average over many variables")
        try:
            with self._pinning(pinned):
                return body()
        except _Needs as asked:
            key = asked.key
        driver = self.driver_of(key)
        together = [k for k, d in self.lawful.items() if d is driver]

        def given(x: Any) -> Value:
            return self.over_laws(body, {**pinned, **dict.fromkeys(together, x)})

        return self._sum_up(driver.law, given, pinned)

    def probability(self: Model, event: Any) -> Value:  # type: ignore[misc]
        """Of a comparison of one variable with a number by its law; else over all outcomes."""
        said = next((e for e in (event, event.turned) if isinstance(e.lhs, Entry)), None)
        if said is None or said.lhs.family not in self.problem.distributions:
            return self.expect(lambda: ONE if _certain(self.truth(event)) else ZERO)
        if random_members(said.rhs):
            raise NoValue("an event of two variables")
        key = self.key(said.lhs)
        law = self.law_at(key)
        bound = self(said.rhs)
        low, high = (None if isinstance(e, (Infinity, MinusInfinity)) else self(e) for e in law.support)
        if law.discrete:
            return self._masses(lambda k: self._mass_where(law, k, said.sign, bound), low, high)
        if said.sign in ("=", "!="):
            return ZERO if said.sign == "=" else ONE
        below = said.sign in ("<", "<=")
        if low is not None and _certain(compare(bound, "<=", low)):
            return ZERO if below else ONE
        if high is not None and _certain(compare(bound, ">=", high)):
            return ONE if below else ZERO
        ends = (low, bound) if below else (bound, high)
        return self._sum_up(law, lambda x: ONE, self.pinned, ends)

    def conditional_probability(self: Model, node: Any) -> Value:  # type: ignore[misc]
        """Pr(A and B)/Pr(B), for comparisons of one variable: Pr(B) − Pr(B and not A) is not needed where they nest."""
        one, other = ((e if isinstance(e.lhs, Entry) else e.turned) for e in (node.event, node.given))
        if one.lhs != other.lhs or one.sign[0] != other.sign[0] or one.sign[0] not in "<>":
            raise NoValue("a condition on another variable")
        a, b = self(one.rhs), self(other.rhs)
        further = compare(a, one.sign[0], b)
        both = one if further or (further is False and compare(a, "=", b) and len(one.sign) == 1) else other
        if further is None:
            raise NoValue("an event that is not certain")
        return numbers.divide(self.probability(both), self.probability(node.given))

    def _mass_where(self: Model, law: Distribution, k: Any, sign: str, bound: Value) -> Value:  # type: ignore[misc]
        if not _certain(compare(k, sign, bound)):
            return ZERO
        with self.binding({_AT: k}):
            return self(law.density(_AT))

    def _sum_up(self: Model, law: Distribution, g: Callable[[Any], Value], pinned: Any, ends: Any = None) -> Value:  # type: ignore[misc]
        """Σ g(k) p(k), or ∫ g(x) f(x) dx."""
        density = law.density(_AT)
        support = (None if isinstance(e, (Infinity, MinusInfinity)) else self(e) for e in law.support)
        low, high = support if ends is None else ends
        self.work += _PRICE

        def weighed(x: Any) -> Value:
            with self.binding({_AT: x}):
                weight = self(density)
            return numbers.multiply(weight, g(x))

        if law.discrete:
            return self._masses(weighed, low, high)

        def at(z: Any, analytic: bool) -> Any:
            try:
                return complex_ball(weighed(Point(z, bool(analytic))))
            except (numbers.NoValue, ZeroDivisionError):
                return complex_ball(ZERO) / 0

        if self.problem.divergent > 8:
            raise NoValue("an average that was not found in other models")
        try:
            return over(at, low, high)
        except NoValue:
            self.problem.divergent += 1
            raise

    def _masses(self, weighed: Callable[[Any], Value], low: Any, high: Any) -> Value:
        total: Value = ZERO
        first = numbers.integer(low)
        last = first + _MOST if high is None else numbers.integer(high)
        if high is not None and last - first > _MOST:
            raise NoValue("a sum too long to evaluate")
        sizes: list[Any] = []
        for n in range(first, last + 1):
            part = weighed(Fraction(n))
            total = numbers.add(total, part)
            if high is None:
                if not isinstance(part, (Fraction, arb)):
                    raise NoValue("a series of what is no number")
                sizes.append(abs(numbers.ball(part)).upper())
                if len(sizes) > 12 and all(b <= a * arb("0.97") for a, b in zip(sizes[-8:], sizes[-7:], strict=False)):
                    rest = sizes[-1] * 33
                    if rest < _SMALL:
                        return numbers.add(total, arb(0, float(rest.upper()) * 2))
        if high is None:
            raise NoValue("a series that is not found to converge")
        return total


def _certain(answer: bool | None) -> bool:
    if answer is None:
        raise NoValue("an event that is not certain")
    return answer


def numbers_as_term(n: int) -> Any:
    from derivations.terms.arithmetic import number

    return number(n)


__all__ = ["ONE", "LawDriver", "Laws"]
