"""Laws: moments by integration and summation where they exist, and nothing where they do not."""

from __future__ import annotations

from typing import Any

import pytest
from judging import is_proved, judged

from derivations import (
    Bernoulli,
    Beta,
    Binomial,
    Cauchy,
    ChiSquared,
    E,
    Exponential,
    Gamma,
    Geometric,
    Integral,
    Laplace,
    LogNormal,
    Normal,
    Poisson,
    Student,
    Sum,
    TermError,
    Uniform,
    Var,
    diff,
    distributed,
    exp,
    factorial,
    gaussians,
    independent,
    law,
    log,
    oo,
    random_family,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of
from derivations.models.search import refute
from derivations.terms.definite_integrals import IntegrableOn
from derivations.terms.distributions import LAWS
from derivations.terms.probability import Integrable
from derivations.terms.relations import relation

X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
x, t, mu = symbols("x t mu")
k, n = symbols("k", integer=True), symbols("n", integer=True, nonnegative=True)
v, lam, a, b, nu = symbols("v lambda a b nu", positive=True)
q = symbols("q")
ZERO = 0 * symbols("o")
MEAN = "definition-of-expected-value"
THEOREM = "fundamental-theorem-of-calculus"


def known(proposition: Any, *given: Any) -> bool:
    return discharge(proposition, facts_of(given, provers()).for_link(20_000)) is not None


@pytest.mark.parametrize(
    ("law", "steps", "mean", "square"),
    [
        (Uniform(a, a + b), [THEOREM], a + b / 2, (3 * a**2 + 3 * a * b + b**2) / 3),
        (Exponential(lam), [THEOREM], 1 / lam, 2 / lam**2),
        (Gamma(a, b), ["gamma-integral", "functional-equation-of-gamma"], a / b, a * (a + 1) / b**2),
        (ChiSquared(nu), ["gamma-integral", "functional-equation-of-gamma"], nu, nu * (nu + 2)),
        (Beta(a, b), ["beta-integral", "beta-and-gamma", "functional-equation-of-gamma"], a / (a + b),
         a * (a + 1) / ((a + b) * (a + b + 1))),
        (Bernoulli(q), [], q, q),
    ],
    ids=str,
)  # fmt: skip
def test_moments_by_integration(law: Any, steps: list[str], mean: Any, square: Any) -> None:
    given = (distributed(X, law),)
    assert is_proved(E(X), "=", mean, given, by=[MEAN, *steps])
    assert is_proved(E(X**2), "=", square, given, by=[MEAN, *steps])
    assert is_proved(Var(X), "=", square - mean**2, given, by=["variance-definition", MEAN, *steps])
    assert not is_proved(E(X), "=", mean + 1, given, by=[MEAN, *steps])
    assert not is_proved(E(X**2), "=", mean**2, given, by=[MEAN, *steps])


def test_a_mean_is_an_integral_or_a_series() -> None:
    assert is_proved(E(exp(t * Z)), "=", Integral(exp(t * x) * Normal(0, 1).density(x), (x, -oo, oo)),
                     (distributed(Z, Normal(0, 1)),), by=MEAN)  # fmt: skip
    assert is_proved(E(X), "=", Sum(k * lam**k * exp(-lam) / factorial(k), (k, 0, oo)),
                     (distributed(X, Poisson(lam)),), by=MEAN)  # fmt: skip
    assert not is_proved(E(X), "=", Sum(k * lam**k * exp(-lam) / factorial(k), (k, 1, oo)),
                         (distributed(X, Poisson(lam)),), by=MEAN)  # fmt: skip


MOMENTS = [  # the law, E|g| < ∞, E|g| = ∞ (or not known to be finite)
    (Normal(mu, v), [X, X**6, exp(t * X), X * exp(X)], [1 / X, exp(X**2), exp(X**2 / 2), 1 / X**2, log(X)]),
    (Cauchy(mu, v), [1 / (1 + X**2), exp(-(X**2))], [X, X**2, X - mu, abs(X), exp(X)]),
    (Exponential(lam), [X**3, log(X), exp(-X), exp(lam * X / 2)], [1 / X, exp(lam * X), exp(X)]),
    (Uniform(0, a), [X, log(X), exp(X)], [1 / X, log(X - a)]),
    (Laplace(mu, v), [X, X**4], [exp(2 * X / v), exp(X / v), 1 / X]),
    (LogNormal(mu, v), [X, X**3, 1 / X], [exp(X)]),
    (Student(3), [X, X**2], [X**3, X**4]),
    (Student(nu), [1 / (1 + X**2)], [X, X**2]),
    (Poisson(lam), [X, X**2, 2**X], [factorial(X) ** 2]),
    (Geometric(symbols("h", lower=0.1, upper=0.9)), [X, X**3], [2**X, 20**X]),
    (Binomial(n, q), [X, X**5, exp(X)], [1 / X]),
]


@pytest.mark.parametrize(("law", "finite", "infinite"), MOMENTS, ids=lambda value: str(value)[:30])
def test_which_means_exist(law: Any, finite: list[Any], infinite: list[Any]) -> None:
    given = distributed(X, law)
    for body in finite:
        assert known(Integrable(body, 1), given), body
    for body in infinite:
        assert not known(Integrable(body, 1), given), body


def test_what_has_no_mean_is_open() -> None:
    for body, given in ((X, Cauchy(0, 1)), (1 / X, Normal(0, 1)), (X - mu, Cauchy(mu, 1)), (X**3, Student(2))):
        for by in ([MEAN], [MEAN, "symmetry-of-the-integrand"], [MEAN, THEOREM], []):
            assert not is_proved(E(body), "=", ZERO, (distributed(X, given),), by=by)


def test_variances_add_for_independent_variables_that_have_them() -> None:
    both = distributed(X, Normal(mu, v)), distributed(Y, Exponential(lam))
    cauchy = distributed(X, Cauchy(0, 1)), distributed(Y, Exponential(lam)), independent(X, Y)
    assert is_proved(Var(X + Y), "=", Var(X) + Var(Y), (*both, independent(X, Y)), by="variance-of-independent-sum")
    assert not is_proved(Var(X + Y), "=", Var(X) + Var(Y), both, by="variance-of-independent-sum")
    assert not is_proved(Var(X + Y), "=", Var(X) + Var(Y), cauchy, by="variance-of-independent-sum")
    assert not is_proved(E(X * Y), "=", E(X) * E(Y), both, by="expectation-of-independent-product")


def test_the_parameters_of_a_law_are_what_makes_it_a_law() -> None:
    given = distributed(X, Bernoulli(q)), distributed(Y, Uniform(t, mu))
    assert known(relation(q, "<=", 1), *given)
    assert known(relation(t, "<", mu), *given)
    assert not known(relation(q, "<", 1), *given)
    assert not known(relation(t, ">", 0), *given)


def test_a_mean_depends_on_the_parameters() -> None:
    """∂/∂λ E[X] is not 0, and the law of an X whose λ moves is not the one that was given."""
    for by in ("differentiation", ["differentiation", MEAN], [MEAN, THEOREM, "differentiation"]):
        assert not is_proved(diff(E(X), lam), "=", ZERO, (distributed(X, Exponential(lam)),), by=by)


@pytest.mark.parametrize(
    ("law", "body", "value"),
    [(Exponential(lam), X, 2 / lam), (Normal(mu, v), X**2, v), (Poisson(lam), X, lam + 1), (Beta(a, b), X, a / b)],
    ids=str,
)
def test_a_false_moment_is_refuted(law: Any, body: Any, value: Any) -> None:
    assert refute(relation(E(body), "=", value), (distributed(X, law),)) is not None


@pytest.mark.parametrize("kind", [kind for kind in LAWS if not kind.discrete], ids=lambda kind: kind.__name__)
def test_each_density_is_seen_to_be_integrable(kind: Any) -> None:
    law = kind(*(a, a + b)[: len(kind.names)])
    assert known(IntegrableOn(law.density(x), x, *law.support), distributed(X, law))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Normal(mu), lambda: distributed(X, Normal(0, 0)), lambda: distributed(X, Normal(0, -1)),
        lambda: distributed(X, Bernoulli(2)), lambda: distributed(X, Uniform(1, 0)),
        lambda: distributed(mu, Normal(0, 1)),
        lambda: distributed(X, mu), lambda: distributed(X, Normal(Y, 1)), lambda: distributed(X + 1, Normal(0, 1)),
        lambda: distributed(random_family("V", 3)[1], Normal(0, 1)), lambda: distributed(X, Binomial(2.5, 0.5)),
        lambda: Normal(0, 1) + 1, lambda: E(Normal(0, 1)),
    ],
)  # fmt: skip
def test_what_is_no_law_is_told(wrong: Any) -> None:
    with pytest.raises(TermError):
        wrong()


def test_two_laws_of_one_variable_are_told() -> None:
    from derivations import derive

    for other in (distributed(X, Normal(0, 2)), law(X, mean=0, variance=1), gaussians(X, mean=0, variance=1)):
        report = derive(E(X), given=[distributed(X, Normal(0, 1)), other]).eq(ZERO).qed(E(X), "=", ZERO).check()
        assert any("two laws of X" in problem for problem in report.problems)


def test_an_inner_mean_is_of_another_outcome() -> None:
    assert not is_proved(E((X - E(X)) ** 2), "=", ZERO, (distributed(X, Exponential(lam)),), by=[MEAN, THEOREM])
    assert judged(E(X - E(X)), "=", ZERO, given=(distributed(X, Exponential(lam)),),
                  by="linearity-of-expectation").verdict.value == "PROVED"  # fmt: skip
