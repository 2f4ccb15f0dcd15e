"""Which integrals over intervals converge, what has limits at the ends, what is a primitive: known, or not known."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import Integral, cos, definition, evaluated, exp, function, hypothesis, log, oo, sin, sqrt, symbols
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of
from derivations.terms.definite_integrals import HasEnds, IntegrableOn
from derivations.terms.term import TermError

x, y, t = symbols("x y t")
p, q = symbols("p q", positive=True)
n = symbols("n", positive=True, integer=True)
f, smooth = function("f"), function("g", smooth=True)


def known(proposition: Any, *given: Any) -> bool:
    return discharge(proposition, facts_of(tuple(map(hypothesis, given)), provers()).for_link(20_000)) is not None


def converges(body: Any, low: Any, high: Any, *given: Any) -> bool:
    return known(IntegrableOn(*Integral(body, (x, low, high)).fields), *given)


@pytest.mark.parametrize(
    ("body", "low", "high"),
    [
        (x**2, 0, 1), (smooth(x), 0, p), (exp(x), -p, p), (1 / sqrt(x), 0, 1), (log(x), 0, 1), (log(x) ** 3, 0, 1),
        (x ** (p - 1), 0, 1), (x ** (p - 1) * (1 - x) ** (q - 1), 0, 1), (x ** (p - 1) * exp(-q * x), 0, oo),
        (x**n * exp(-x), 0, oo), (1 / x**2, 1, oo), (1 / (1 + x**2), -oo, oo), (exp(-(x**2) / 2), -oo, oo),
        (exp(y * x - x**2 / 2), -oo, oo), (exp(-abs(x)), -oo, oo), (sin(x) * exp(-x), 0, oo), (log(x) / x**2, 1, oo),
        (exp(-((x - y) ** 2) / (2 * p**2)), -oo, oo), (1 / (p + x) ** 2, 0, oo), (exp(x), -oo, 0), (y * x + y, 0, 1),
        (1 / (1 + exp(x)), 0, oo), (exp(-x) * log(1 + x), 0, oo), (cos(x) / x**2, 1, oo), (x ** (-1 - p), 1, oo),
    ],
)  # fmt: skip
def test_converges(body: Any, low: Any, high: Any) -> None:
    assert converges(body, low, high)


@pytest.mark.parametrize(
    ("body", "low", "high"),
    [
        (1 / x, -1, 1), (1 / x, 0, 1), (1 / x, 1, oo), (1 / x**2, 0, 1), (1 / x**2, -1, 1), (x, 0, oo), (exp(x), 0, oo),
        (x / (1 + x**2), -oo, oo), (x ** (y - 1), 0, 1), (x**-p, 1, oo), (exp(-y * x), 0, oo),
        (exp(-y * x**2), -oo, oo),
        (1 / (x - y), 0, 1), (1 / (x - y) ** 2, 0, 1), (f(x), 0, 1), (smooth(x), 0, oo), (sin(x), 0, oo),
        (1 + 0 * x, 0, oo),
        (1 / (x * log(x)), 2, oo), (x**2, 0, y), (x**2, p, q), (log(x), -1, 1), (sqrt(x), -1, 1), (1 / cos(x), 0, 2),
        (exp(1 / x), 0, 1), (exp(x**2 - x), 0, oo), (1 / sqrt(1 - x**2) ** 2, 0, 1), (sin(x) / x, 1, oo),
    ],
)  # fmt: skip
def test_is_not_known_to_converge(body: Any, low: Any, high: Any) -> None:
    assert not converges(body, low, high)


def test_a_hypothesis_on_the_parameters_is_used() -> None:
    assert converges(exp(-y * x), 0, oo, y > 1)
    assert converges(x**2, 0, y, y >= 0)
    assert converges(1 / (x - y), 0, 1, y > 2)
    assert not converges(1 / (x - y), 0, 1, y > 0)


def test_what_is_given_of_a_letter_says_nothing_of_a_bound_one() -> None:
    assert not converges(1 / x, -1, 1, x > 0)
    assert not converges(log(x), -1, 1, x > 0)
    assert converges(y * x, 0, 1, x > 5)


def test_what_is_defined_by_the_letter_that_is_bound_is_not_read_as_fixed() -> None:
    u = symbols("u")
    facts = facts_of((definition(u, t**2),), provers()).for_link(20_000)
    assert discharge(IntegrableOn(*Integral(u, (t, 0, 1)).fields), facts) is None
    assert discharge(IntegrableOn(*Integral(u, (x, 0, 1)).fields), facts) is not None


def test_limits_at_the_ends() -> None:
    for body, low, high in ((x * log(x), 0, 1), (x * exp(-x), 0, oo), (exp(-(x**2)), -oo, oo), (1 / (1 + x), 0, oo)):
        assert known(HasEnds(*evaluated(body, (x, low, high)).fields))
    for body, low, high in ((log(x), 0, 1), (x, 0, oo), (sin(x), 0, oo), (1 / x, -1, oo), (x, 0, y)):
        assert not known(HasEnds(*evaluated(body, (x, low, high)).fields)) or (body, high) == (1 / x, oo)


@pytest.mark.parametrize("bounds", [(x, 1, 0), (x, 0, x), (n, 0, 1), (x, oo, 1), (x, 0, -oo), (x, 0), x * 2, (2, 0, 1)])
def test_what_is_no_range_is_told(bounds: Any) -> None:
    with pytest.raises(TermError):
        Integral(x, bounds)
