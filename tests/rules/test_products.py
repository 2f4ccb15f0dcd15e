"""Products and sums have no left and right: rules match up to order, grouping, constant factors and linearity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations import (
    Cov,
    E,
    Sum,
    Var,
    bilinearity_of_covariance,
    delta,
    dominant_term,
    exchange_of_sums,
    expectation_of_independent_product,
    family,
    finite_variance,
    function,
    gaussians,
    iid,
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
    taking_out_what_is_known,
    telescoping_sum,
    variance_of_centred_product,
    variance_of_independent_sum,
    variance_of_sum,
    variance_scaling,
)
from derivations.kernel.report import Verdict
from derivations.replay.certify import certify
from derivations.replay.verify import verify
from tests.judging import chain, finding, judged

a, b, c, x, y = symbols("a b c x y")
p, q = symbols("p q", positive=True)
n, m = symbols("n m", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True)
at = symbols("i j", integer=True, lower=1, upper=n)
X, Y, Z = (random_variable(name) for name in "XYZ")
normal = gaussians(X, Y, Z, mean=0, variance=1)
draws, u, v = random_family("X", n), family("u", n), family("v", m)
A = family("A", n, m)
F = function("F")

HOLDS = [
    # E: constants stand anywhere
    (E(X * (2 * X)), 2 * E(X**2), linearity_of_expectation),
    (E(a * X * b * Y / p), a * b / p * E(X * Y), linearity_of_expectation),
    (E(X * (-a)), -a * E(X), linearity_of_expectation),
    (E(X * Sum(a * Y, (k, 1, n))), Sum(a * E(X * Y), (k, 1, n)), linearity_of_expectation),
    (E((2 * X) ** 2), 4 * E(X**2), linearity_of_expectation),
    # independent factors, whatever stands between them
    (E(Y * X * Y), E(Y**2) * E(X), expectation_of_independent_product),
    (E(X * Y * Z), E(X) * E(Y) * E(Z), expectation_of_independent_product),
    (E(X * (Y * X) * Z * X), E(Z) * E(X**3) * E(Y), expectation_of_independent_product),
    (Var(Z * X * Y), Var(X) * Var(Y) * Var(Z), variance_of_centred_product),
    # Var and Cov
    (Var(X * a * Y), a**2 * Var(X * Y), variance_scaling),
    (Var(X * Y / p), Var(X * Y) / p**2, variance_scaling),
    (Cov(X * a * Y, Z), a * Cov(X * Y, Z), bilinearity_of_covariance),
    (Cov(Z, Y * b * X), b * Cov(X * Y, Z), bilinearity_of_covariance),
    (Cov(X, X), Var(X), None),
    # what is known
    (E(X * Y * Z, given=X), X * E(Y * Z, given=X), taking_out_what_is_known),
    (E(Y * X * Z * X, given=X), X**2 * E(Y * Z, given=X), taking_out_what_is_known),
    # double sums
    (
        Sum(u[i] * Sum(A[i, j] * v[j], (j, 1, m)), (i, 1, n)),
        Sum(Sum(A[i, j] * u[i], (i, 1, n)) * v[j], (j, 1, m)),
        exchange_of_sums,
    ),
    (
        Sum(Sum(A[i, j] * v[j], (j, 1, m)) * (a * u[i]), (i, 1, n)),
        a * Sum(v[j] * Sum(u[i] * A[i, j], (i, 1, n)), (j, 1, m)),
        exchange_of_sums,
    ),
    # telescoping, a constant factor and more than two terms included
    (Sum(2 * (F(k + 1) - F(k)), (k, 0, n - 1)), 2 * (F(n) - F(0)), telescoping_sum),
    (Sum((F(k) - F(k + 1)) * p / 3, (k, 0, n)), p * (F(0) - F(n + 1)) / 3, telescoping_sum),
    (Sum(F(k + 2) - F(k), (k, 0, n)), F(n + 2) + F(n + 1) - F(1) - F(0), telescoping_sum),
    (Sum(F(k + 1) - 2 * F(k) + F(k - 1), (k, 1, n)), F(n + 1) - F(n) - F(1) + F(0), telescoping_sum),
    (Sum(1 / (k * (k + 1)), (k, 1, n)), 1 - 1 / (n + 1), telescoping_sum),
    (Sum(1 / (k * (k + 1)), (k, 1, oo)), 1, telescoping_sum),
    (Sum(1 / (k * (k + 2)), (k, 1, oo)), Fraction(3, 4), telescoping_sum),
    # what stands beside δ
    (delta(*at) * u[at[0]], delta(*at) * u[at[1]], None),
    (delta(*at) * sqrt(1 + u[at[0]] ** 2), sqrt(1 + u[at[1]] ** 2) * delta(*at), None),
    (Sum(u[k] / (p * (1 + u[k] ** 2)), (k, 1, n)), Sum(u[k] / (1 + u[k] ** 2), (k, 1, n)) / p, None),
    # logarithms of positive products, both ways
    (log(p * q), log(p) + log(q), None),
    (log(p) - log(q), log(p / q), None),
    (log(p**x * (1 + q) ** (1 - x)), x * log(p) + (1 - x) * log(1 + q), None),
    (log(6 * p**2), log(2) + log(3) + 2 * log(p), logarithm_laws),
    (log(sqrt(p)), log(p) / 2, None),
    # where the leading terms cancel
    (limit((sin(x) - x) / x**3, x, 0), Fraction(-1, 6), dominant_term),
    (limit((sqrt(1 + x) - 1 - x / 2) / x**2, x, 0), Fraction(-1, 8), dominant_term),
]


@pytest.mark.parametrize(("left", "right", "by"), HOLDS)
def test_holds_in_any_order(left, right, by) -> None:
    made = chain(left, "=", right, given=[normal], by=by).qed(left, "=", right)
    found = finding(made)
    assert found.verdict is Verdict.PROVED, found.problem
    assert verify(certify(made)) == []


def test_a_variance_of_a_sum_is_the_double_sum_of_covariances() -> None:
    said = finite_variance(draws)
    double = Sum(Sum(Cov(draws[i], draws[j]), (j, 1, n)), (i, 1, n))
    apart = Sum(Var(draws[i]), (i, 1, n)) + Sum(
        Sum((1 - delta(i, j)) * Cov(draws[i], draws[j]), (j, 1, n)), (i, 1, n)
    )  # fmt: skip
    total = Var(Sum(draws[k], (k, 1, n)))
    for right in (double, apart):
        assert judged(total, "=", right, given=[said], by=variance_of_sum).verdict is Verdict.PROVED
    assert judged(double, "=", apart, given=[said]).verdict is Verdict.PROVED
    assert judged(total, "=", Sum(Var(draws[i]), (i, 1, n)), given=[said], by=variance_of_sum).verdict is Verdict.OPEN


FAILS = [
    (E(X * (2 * X)), 2 * E(X) ** 2, linearity_of_expectation),
    (E(X * Y * X), E(X) * E(Y * X), linearity_of_expectation),
    (E(X / Y), E(X) / E(Y), expectation_of_independent_product),
    (E(Y * X * Y), E(Y) ** 2 * E(X) + 0 * a, linearity_of_expectation),
    (Var(X * a * Y), a * Var(X * Y), variance_scaling),
    (Var(X * X), X**2 * Var(X), variance_scaling),
    (Cov(X * Y, Y), Y * Cov(X, Y), bilinearity_of_covariance),
    (E(X * Y * Z, given=X), Y * E(X * Z, given=X), taking_out_what_is_known),
    (E(X * Y, given=X), E(X) * E(Y, given=X), taking_out_what_is_known),
    (
        Sum(u[i] * Sum(A[i, j] * v[j], (j, 1, m)), (i, 1, n)),
        Sum(u[i], (i, 1, n)) * Sum(v[j], (j, 1, m)),
        exchange_of_sums,
    ),
    (Sum(2 * (F(k + 1) - F(k)), (k, 0, n - 1)), F(n) - F(0), telescoping_sum),
    (Sum(F(k + 2) - F(k), (k, 0, n)), F(n + 2) - F(0), telescoping_sum),
    (Sum(k * (F(k + 1) - F(k)), (k, 0, n)), n * (F(n + 1) - F(0)), telescoping_sum),
    (Sum(F(k + 1) - F(k), (k, 0, oo)), -F(0), telescoping_sum),
    (Sum(1 / (k * (k + 1)), (k, 0, n)), 2 - 1 / (n + 1), telescoping_sum),
    (Sum(1 / (k + 1) - 1 / k, (k, 1, oo)), 1, telescoping_sum),
    (Sum(1 / k, (k, 1, oo)), 1, telescoping_sum),
    (delta(*at) * u[at[0]], u[at[1]], None),
    (delta(*at) * u[at[0]], delta(*at) * u[1], None),
    (Sum(1 / (k * n), (k, 0, n)), Sum(1 / k, (k, 0, n)) / n, None),
    (log(x * y), log(x) + log(y), None),
    (log(p * x), log(p) + log(x), logarithm_laws),
    (log(p + q), log(p) + log(q), logarithm_laws),
    (log(x**2), 2 * log(x), logarithm_laws),
    (log(p) * log(q), log(p * q), None),
    (limit((sin(x) - x) / x**3, x, 0), Fraction(1, 6), dominant_term),
    (limit((sin(x) - x) / x**2, x, 0), Fraction(-1, 6), dominant_term),
    (Var(Sum(draws[k], (k, 1, n))), n * p, variance_of_independent_sum),
]


@pytest.mark.parametrize(("left", "right", "by"), FAILS)
def test_is_not_proved(left, right, by) -> None:
    found = judged(left, "=", right, given=[finite_variance(X, Y, Z), finite_variance(draws)], by=by)
    assert found.verdict is Verdict.OPEN


def test_pairwise_is_not_asked_for_where_the_groups_are_independent() -> None:
    assert judged(E(Y * X * Y), "=", E(Y**2) * E(X), given=[finite_variance(X, Y)],
                  by=expectation_of_independent_product).verdict is Verdict.OPEN  # fmt: skip
    both = iid(X, Y, mean=a, variance=p)
    assert (
        judged(E(Y * X), "=", a**2, given=[both], by=[expectation_of_independent_product, both]).verdict
        is Verdict.PROVED
    )
