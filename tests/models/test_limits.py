"""Limits and asymptotic links: refuted by certain leading terms, and by nothing else."""

from __future__ import annotations

import sys
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

from derivations import definition, derive, diff, e, exp, hypothesis, limit, log, oo, sin, sqrt, symbols, tanh
from derivations.models.germs import INFINITE
from derivations.models.numbers import NoValue, Undefined, add, divide, function, multiply, power
from derivations.models.search import evaluate_in_models, refute

sys.path.insert(0, str(Path(__file__).parent))

from links import C, T, f, k, link, normal, p, x, y

G = INFINITE


def test_leading_terms_dominate() -> None:
    assert divide(add(multiply(F(2), G), F(5)), G).limit() == 2
    assert divide(function("log", G), G).limit() == 0
    assert divide(power(G, F(3)), function("exp", G)).limit() == 0
    assert add(function("sqrt", add(power(G, F(2)), G)), multiply(F(-1), G)).limit() == F(1, 2)
    assert power(add(F(1), divide(F(1), G)), G).limit() > F(2).numerator


@pytest.mark.parametrize("grows", [G, multiply(F(-1), G), function("exp", G), function("log", G)])
def test_what_grows_has_no_limit(grows: Any) -> None:
    with pytest.raises(Undefined):
        grows.limit()


def test_what_oscillates_or_cancels_out_of_sight_has_no_value() -> None:
    with pytest.raises(NoValue):
        function("sin", G)
    tail = add(function("log", add(function("exp", G), F(1))), multiply(F(-1), G))  # log(1 + e^-g), up to O(e^-5g)
    assert tail.limit() == 0
    cancelled = tail
    for n in (1, 2, 3, 4):
        cancelled = add(cancelled, multiply(F((-1) ** n, n), function("exp", multiply(F(-n), G))))
    with pytest.raises(NoValue):
        multiply(cancelled, function("exp", multiply(F(5), G))).limit()


slope = (x - y) / C * exp(T / C) / (1 + exp(T / C)) ** 2
random_slope = (k[1, 1] - k[2, 1]) / C * exp(T / C) / (1 + exp(T / C)) ** 2


def arrow(lhs: Any, sign: str, rhs: Any, variable: Any, point: Any) -> Any:
    chain = derive(lhs)
    made = chain.tends_to(rhs, variable, point) if sign == "->" else chain.asymptotic_to(rhs, variable, point)
    return made.steps[0].link


TRUE = [
    arrow(exp(-x), "->", 0, x, oo),
    arrow(tanh(x), "->", -1, x, -oo),
    arrow(log(1 + exp(x)), "~", x, x, oo),
    arrow(log(1 + exp(x)), "~", exp(x), x, -oo),
    arrow((x**2 - 1) / (x - 1), "->", 2, x, 1),
    arrow((1 + 1 / x) ** x, "->", e, x, oo),
    arrow(slope, "~", (x - y) / C * exp(-T / C), T, oo),
    arrow(slope, "->", 0, T, oo),
    arrow(diff(slope, T), "~", -(x - y) / C**2 * exp(-T / C), T, oo),
    arrow(random_slope, "~", (k[1, 1] - k[2, 1]) / C * exp(-T / C), T, oo),
    arrow(exp(-T * abs(k[1, 1])), "->", 0, T, oo),  # fails at k = 0 only, which has probability 0
    arrow(sin(x), "->", 0, x, oo),  # false, but nothing here can say so
    arrow(abs(p) / p, "->", 1, p, 0),  # p > 0: there is no other side
]
FALSE = [
    arrow(exp(-x), "->", 1, x, oo),
    arrow(exp(x), "->", 0, x, oo),
    arrow(exp(-x), "~", 0, x, oo),
    arrow(log(1 + exp(x)), "~", 2 * x, x, oo),
    arrow(abs(x) / x, "->", 1, x, 0),
    arrow(sqrt(x**2 + x) - x, "->", 0, x, oo),
    arrow(slope, "~", (x + y) / C * exp(-T / C), T, oo),
    arrow(slope, "~", (x - y) / C * exp(T / C), T, oo),
    arrow(slope, "~", (x - y) / C * exp(-T / C), T, -oo),
    arrow(slope, "->", x, T, oo),
    arrow(random_slope, "~", (k[1, 1] + k[2, 1]) / C * exp(-T / C), T, oo),
    arrow(f(x), "->", 0, x, oo),
]


@pytest.mark.parametrize("judged", TRUE, ids=str)
def test_true_arrows_are_not_refuted(judged: Any) -> None:
    assert refute(judged, [normal], budget=60) is None


@pytest.mark.parametrize("judged", FALSE, ids=str)
def test_false_arrows_are_refuted(judged: Any) -> None:
    assert refute(judged, [normal]) is not None


def test_a_witness_of_an_arrow_names_the_limits() -> None:
    witness = refute(FALSE[6], [])
    assert witness is not None
    assert dict(witness.values) == {"C": "1", "x": "1", "y": "2"} or witness.right == "1"


def test_an_equation_on_the_variable_keeps_it_from_tending_anywhere() -> None:
    assert refute(arrow(exp(-x), "->", 1, x, oo), [hypothesis(x, "=", y)]) is None
    assert refute(arrow(exp(-x), "->", 1, x, oo), [hypothesis(x < 5)]) is None
    assert refute(arrow(exp(-x), "->", 1, x, oo), [hypothesis(x > 5)]) is not None


def test_limits_are_values() -> None:
    assert refute(*link(limit(exp(-x) * y, x, oo), "=", 0)) is None
    assert refute(*link(limit(exp(-x) * y, x, oo), "=", y)) is not None
    assert refute(*link(limit((x**2 - y**2) / (x - y), x, y), "=", 2 * y)) is None
    assert refute(*link(limit((x**2 - y**2) / (x - y), x, y), "=", y)) is not None
    assert refute(*link(limit(abs(x) / x, x, 0), "=", 5)) is None  # does not exist


def test_an_integer_variable_tends_to_infinity_only() -> None:
    n = symbols("n", integer=True)
    assert refute(arrow(1 / n, "->", 1, n, oo), []) is not None


def test_random_variables_may_be_told_apart_by_a_hypothesis() -> None:
    """Without the hypothesis both sides of the asymptotic link may be 0, where it says nothing."""
    different = hypothesis(k[1, 1], "!=", k[2, 1])
    good = arrow(random_slope, "~", (k[1, 1] - k[2, 1]) / C * exp(-T / C), T, oo)
    bad = arrow(random_slope, "~", (k[1, 1] - k[2, 1]) / C * exp(T / C), T, oo)
    assert evaluate_in_models(good, [different], 20).agreed == 20
    assert refute(bad, [different]) is not None
    assert refute(bad, [different, normal]) is not None


def test_a_limit_over_a_defined_symbol_has_no_value() -> None:
    assert refute(*link(limit(exp(-x), x, oo), "=", 1)) is not None
    assert refute(*link(limit(exp(-x), x, oo), "=", 1, definition(x, y**2))) is None


def test_whether_what_is_defined_by_the_variable_moves_along_is_not_for_a_model_to_say() -> None:
    """lim T/x with T := x y: T may be read as held still."""
    defined = definition(T, x * y)
    assert refute(*link(limit(T / x, x, oo), "=", y, defined)) is None
    assert refute(*link(limit(T / x, x, oo), "=", y + 1, defined)) is None
    assert refute(*link(limit(T / C, C, oo), "=", 1, defined)) is not None
