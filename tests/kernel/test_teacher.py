"""The traps of a careful teacher, each in three disguises and with the reason of a student: none is proved."""

from __future__ import annotations

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Or,
    Sum,
    Var,
    continuity,
    covariance_of_independent,
    defined,
    diff,
    differentiation,
    dominant_term,
    exchange_of_sums,
    exp,
    expectation_of_independent_product,
    family,
    finite_variance,
    function,
    gaussians,
    geometric_series,
    geometric_sum,
    hypothesis,
    law,
    limit,
    linearity_of_expectation,
    log,
    logarithm_laws,
    oo,
    random_family,
    random_variable,
    sin,
    sqrt,
    symbols,
    tanh,
    telescoping_sum,
    variance_of_independent_sum,
    variance_scaling,
)
from derivations.kernel.report import Verdict
from tests.judging import judged

x, y, z, a, b, c, t = symbols("x y z a b c t")
p, q = symbols("p q", positive=True)
w = symbols("w", nonnegative=True)
n, m = symbols("n m", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True)
xs, ys = family("x", n), family("y", n)
draws = random_family("X", n)
X, Y, Z = (random_variable(name) for name in "XYZ")
f, g = function("f"), function("g", smooth=True)
moments = finite_variance(X, Y, Z)
normal = gaussians(X, Y, Z, mean=a, variance=p)

TRAPS = {
    "√(x²) is |x|": [
        (sqrt(x**2), x, (), None),
        (sqrt((a - b) ** 2) + c, a - b + c, (), None),
        (sqrt(4 * x**2 / (p**2)), 2 * x / p, [defined], None),
    ],
    "the logarithm of a product needs signs": [
        (log(x * y), log(x) + log(y), (), logarithm_laws),
        (log(x**2), 2 * log(x), (), logarithm_laws),
        (log(p * (x - 1)), log(p) + log(x - 1), (), logarithm_laws),
    ],
    "the logarithm of a sum": [
        (log(p + q), log(p) + log(q), (), logarithm_laws),
        (log(1 + exp(x)), x, (), None),
        (log(Sum(exp(xs[i]), (i, 1, n))), Sum(xs[i], (i, 1, n)), (), logarithm_laws),
    ],
    "the variance of a sum without independence": [
        (Var(X + Y), Var(X) + Var(Y), [moments], variance_of_independent_sum),
        (Var(X - Y), Var(X) + Var(Y), [moments], variance_of_independent_sum),
        (Var(Sum(draws[i], (i, 1, n))), Sum(Var(draws[i]), (i, 1, n)), [finite_variance(draws)],
         variance_of_independent_sum),
    ],
    "the mean of a function is no function of the mean": [
        (E(X**2), E(X) ** 2, [moments], linearity_of_expectation),
        (E(exp(X)), exp(E(X)), [normal], linearity_of_expectation),
        (E(1 / X), 1 / E(X), [defined], linearity_of_expectation),
    ],
    "the mean of a product without independence": [
        (E(X * Y), E(X) * E(Y), [moments], expectation_of_independent_product),
        (E(X * Y * X), E(X**2) * E(Y), [moments], expectation_of_independent_product),
        (E(Y * X / 2), E(X) * E(Y) / 2, [defined], expectation_of_independent_product),
    ],
    "uncorrelated is not independent": [
        (E(X**2 * Y**2), E(X**2) * E(Y**2), [moments, hypothesis(Cov(X, Y), "=", 0)],
         expectation_of_independent_product),
        (Cov(X, Y), 0, [moments], covariance_of_independent),
        (Cov(X, X * Y), 0, [moments, hypothesis(Cov(X, Y), "=", 0)], covariance_of_independent),
    ],
    "a constant leaves a variance squared": [
        (Var(a * X), a * Var(X), [moments], variance_scaling),
        (Var(X / p), Var(X) / p, [moments], variance_scaling),
        (Var(X + X), 2 * Var(X), [moments], variance_of_independent_sum),
    ],
    "limit and sum exchanged": [
        (limit(Sum(f(k) / x, (k, 1, oo)), x, oo), Sum(limit(f(k) / x, x, oo), (k, 1, oo)), (), dominant_term),
        (limit(Sum(p / x, (k, 1, n)), x, 0), Sum(limit(p / x, x, 0), (k, 1, n)), (), continuity),
        (limit(x**2 * Sum(1 / x**2, (k, 1, oo)), x, oo), 0, (), dominant_term),
    ],
    "dividing by what may be 0": [
        ((x**2 - x) / x, x - 1, (), None),
        (a * x / (a * y), x / y, (), None),
        (Sum(xs[i], (i, 1, n)) / Sum(xs[i], (i, 1, n)), 1, (), None),
    ],
    "the geometric series outside its disc": [
        (Sum(x**k, (k, 0, oo)), 1 / (1 - x), (), geometric_series),
        (Sum(p**k, (k, 0, oo)), 1 / (1 - p), [p <= 1], geometric_series),
        (Sum(x**k, (k, 0, n)), (1 - x ** (n + 1)) / (1 - x), (), geometric_sum),
    ],
    "a power of a power": [
        ((x**2) ** (1 / (a * a + 1)), x ** (2 / (a * a + 1)), [defined], None),
        ((x**6) ** sqrt(p), (x ** (6 * sqrt(p))), [defined], None),
        (sqrt(x) * sqrt(y), -sqrt(x * y), [defined], None),
    ],
    "0⁰ and b · bᵏ": [
        (x**k * x ** (-k), 1, (), None),
        (w ** (k + 1) / w, w**k, (), None),
        (w**0 * w**k, w**k * x / x, (), None),
    ],
    "the derivative of what is not smooth": [
        (diff(abs(x), x), x / abs(x), (), differentiation),
        (diff(sqrt(w), w), 1 / (2 * sqrt(w)), (), differentiation),
        (diff(f(x) ** 2, x), 2 * f(x) * diff(f(x), x), (), differentiation),
    ],
    "the inner derivative is forgotten": [
        (diff(sin(a * x), x), a * sin(a * x), (), differentiation),
        (diff(exp(x**2), x), exp(x**2), (), differentiation),
        (diff(g(2 * x), x), g(2 * x), (), differentiation),
    ],
    "what is equal at a point is not differentiated": [
        (diff(f(x), x), 2 * x, [hypothesis(f(x), "=", x**2)], "given"),
        (diff(g(x), x), 0, [hypothesis(g(x), "=", a)], "given"),
        (diff(y, x), 1, [hypothesis(y, "=", x)], "given"),
    ],
    "an equation squared gains solutions": [
        (Eq(x, y), Eq(x**2, y**2), (), "<=>"),
        (Eq(sqrt(p), x), Eq(p, x**2), (), "<=>"),
        (Eq(x + 1, sqrt(w)), Eq((x + 1) ** 2, w), (), "<=>"),
    ],
    "an equation divided loses solutions": [
        (Eq(x**2, x), Eq(x, 1), (), "<=>"),
        (Eq(a * x, a * y), Eq(x, y), (), "<=>"),
        (Eq(x * (x - 1) * (x - 2), 0), Or(Eq(x, 1), Eq(x, 2)), (), "<=>"),
    ],
    "an inequality multiplied by what may be negative": [
        (x < y, a * x < a * y, (), "<=>"),
        (1 / x < 1, x > 1, [x < 0], "<=>"),
        (x < y, x**2 < y**2, (), "<=>"),
    ],
    "sums of products, products of sums": [
        (Sum(xs[i] * ys[i], (i, 1, n)), Sum(xs[i], (i, 1, n)) * Sum(ys[i], (i, 1, n)), (), exchange_of_sums),
        (Sum(xs[i], (i, 1, n)) ** 2, Sum(xs[i] ** 2, (i, 1, n)), (), None),
        (Sum(k * (f(k + 1) - f(k)), (k, 1, n)), n * (f(n + 1) - f(1)), (), telescoping_sum),
    ],
    "the sum of a quotient": [
        (1 / (x + y), 1 / x + 1 / y, [defined], None),
        ((x + y) / (a + b), x / a + y / b, [defined], None),
        (tanh(x + y), tanh(x) + tanh(y), (), None),
    ],
    "a law is none of its square": [
        (E(X**2), p, [law(X, mean=a, variance=p)], "given"),
        (Var(X**2), p**2, [law(X, mean=0, variance=p)], "given"),
        (E(abs(X)), abs(a), [law(X, mean=a, variance=p)], "given"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "given", "by"),
    [pytest.param(*row, id=f"{name} {n}") for name, rows in TRAPS.items() for n, row in enumerate(rows, 1)],
)
def test_no_trap_is_proved(left, right, given, by) -> None:
    sign = "<=>" if by == "<=>" else "="
    reasons = None if sign == "<=>" else [*given, differentiation] if by == "given" else by
    assert judged(left, sign, right, given=list(given), by=reasons).verdict is not Verdict.PROVED


def test_there_are_twenty_in_three_disguises() -> None:
    assert len(TRAPS) >= 20 and all(len(rows) == 3 for rows in TRAPS.values())
