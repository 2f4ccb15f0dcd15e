"""Models satisfy what is given, several equations at once, and the kinds of false lines that this lets one refute."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Ne,
    Sum,
    cos,
    defined,
    diff,
    exp,
    family,
    function,
    gaussians,
    hypothesis,
    limit,
    oo,
    random_variable,
    sin,
    standard_gaussians,
    symbols,
)
from derivations.models.numbers import ball, power, precision
from derivations.models.search import evaluate_in_models, refute
from tests.models.links import link

n = symbols("n", integer=True, positive=True)
i, k = symbols("i k", integer=True)
x, y, z, u = symbols("x y z u")
p, w = family("p", n), family("w", n)
g, h = function("g", smooth=True), function("h", smooth=True)
X, Y = random_variable("X"), random_variable("Y")
bell = standard_gaussians(X)
share = Sum(p[i], (i, 1, n))
shares = (hypothesis(p[i] > 0, for_all=i), hypothesis(share, "=", 1))
above = symbols("m", integer=True, lower=k)

FALSE = {
    "weights that sum to 1": link(Sum(p[i] ** 2, (i, 1, n)), "=", 1, *shares),
    "centred data": link(Sum(w[i] ** 3, (i, 1, n)), "=", 0, hypothesis(Sum(w[i], (i, 1, n)), "=", 0)),
    "two sums": link(
        Sum(w[i] * p[i], (i, 1, n)), "=", 0, hypothesis(share, "=", 1), hypothesis(Sum(w[i], (i, 1, n)), "=", 0)
    ),
    "a fixpoint": link(x, "=", -1, Eq(x, (x - 1) / 3 + y / 2), Eq(y, x / 5 - 1)),
    "three equations": link(x, "=", 2, Eq(x + y + z, 6), Eq(x - y, z - 4), Eq(2 * x + z, y + 3)),
    "a product that is given": link(x + y, "=", 2, Eq(x * y + x, 3)),
    "a positive function": link(diff(g(x), x), "=", g(x), hypothesis(g(x) > 0, for_all=x)),
    "a function below 2": link(diff(g(x) * h(x), x), "=", diff(g(x), x) * h(x), hypothesis(g(x) <= 2, for_all=x)),
    "the mean of an exponential": link(E(exp(2 * X)), "=", exp(1), bell),
    "a mean with an exponential": link(E(X * exp(X)), "=", 0, bell),
    "Jensen for exp": link(E(exp(X)), "<=", exp(E(X)), bell),
    "the limit of a quotient": link(limit((1 - cos(x)) / x**2, x, 0), "=", 1),
    "a limit of a product": link(limit(sin(2 * x) * cos(x) / x, x, 0), "=", 1),
    "a series that diverges": link(Sum(u**k, (k, 0, oo)), "=", 1 / (1 - u), Ne(u, 1)),
    "a series of constants": link(Sum(u**2 + 1, (k, 0, oo)), "=", 7),
}
TRUE = {
    "the last weight": link(p[n], "=", 1 - Sum(p[i], (i, 1, n - 1)), *shares),
    "a fixpoint": link(17 * x, "=", -25, Eq(x, (x - 1) / 3 + y / 2), Eq(y, x / 5 - 1)),
    "a positive function": link(g(x) * 1 / g(x), "=", 1, hypothesis(g(x) > 0, for_all=x)),
    "the mean of an exponential": link(E(exp(2 * X)), "=", exp(2), bell),
    "a covariance with an exponential": link(Cov(X, exp(X)), "=", E(exp(X)), bell),
    "bounds that speak of each other": link(
        function("F")(2, 3), "=", 1, hypothesis(function("F")(k, above), "=", 1, for_all=(k, above))
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    assert refute(*FALSE[name]) is not None


@pytest.mark.parametrize("name", TRUE)
def test_nothing_true_is_refuted(name: str) -> None:
    assert refute(*TRUE[name]) is None
    assert evaluate_in_models(*TRUE[name], 5).agreed > 0


NOTHING = {
    "it is given to converge": link(Sum(u**k, (k, 0, oo)), "=", 1 / (1 - u), Ne(u, 1), defined),
    "it goes up and down": link(Sum((-2) ** k, (k, 0, oo)), "=", 7),
    "it is part of a line": link(Sum((2 + u - u) ** k, (k, 0, oo)) + 1, "=", 7),
    "equations without a solution": link(x, "=", 0, Eq(x + y, 1), Eq(x + y, 2)),
    "a mean that does not exist": link(E(exp(X**2)), "=", 3, bell),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_has_no_value_refutes_nothing(name: str) -> None:
    assert refute(*NOTHING[name]) is None


def test_a_witness_tells_of_every_number_that_is_given() -> None:
    found: Any = refute(*FALSE["a fixpoint"])
    assert dict(found.values) == {"x": "-25/17", "y": "-22/17"}


@pytest.mark.parametrize("exponent", [2, 3, 4, 7])
def test_a_power_of_a_ball_around_zero_is_multiplied_out(exponent: int) -> None:
    """In python-flint 0.9 `arb(0, 1) ** 2` is nan."""
    from fractions import Fraction

    with precision(64):
        around = ball(Fraction(1, 3)) - ball(Fraction(1, 3))
        found: Any = power(around, Fraction(exponent))
    assert found.is_finite() and found.contains(0)


def test_a_gaussian_with_another_law() -> None:
    assert refute(*link(E(exp(X + Y)), "=", 1, gaussians(X, Y, mean=0, variance=2))) is not None
