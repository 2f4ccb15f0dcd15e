"""Moments of random variables in a model, against closed forms."""

from fractions import Fraction as F

import pytest
from flint import arb, fmpq

from derivations import Cov, E, Sum, Var, exp, family, gaussians, iid, law, random_family, random_variable, symbols
from derivations.models.chances import SHAPES, Driver, average
from derivations.models.hypotheses import problem
from derivations.models.model import Choice, Model
from derivations.models.numbers import NoValue, add, multiply, power
from derivations.models.polynomials import Polynomial
from derivations.terms.relations import Eq

X, Y = random_variable("X"), random_variable("Y")


def worth(term, *given, filling: int = 0, **grid):
    model = Model(problem(Eq(term, 0), given), Choice(tuple(grid.items()), filling))
    return model(term)


@pytest.mark.parametrize(("order", "moment"), [(0, 1), (1, 0), (2, 1), (3, 0), (4, 3), (6, 15), (8, 105)])
def test_moments_of_the_standard_gaussian(order: int, moment: int) -> None:
    assert Driver(0, F(1), None).moment(order) == moment


def test_moments_of_a_stretched_gaussian_stay_exact() -> None:
    assert Driver(0, F(2), None).moment(4) == 12
    assert Driver(0, F(2), None).moment(3) == 0


@pytest.mark.parametrize("shape", SHAPES)
def test_finite_distributions_have_mean_0_and_variance_1(shape) -> None:
    assert sum(p for _, p in shape) == 1
    assert sum(p * v for v, p in shape) == 0
    assert sum(p * v**2 for v, p in shape) == 1


def test_third_and_fourth_moments_differ_between_them() -> None:
    thirds = [Driver(0, F(1), shape).moment(3) for shape in SHAPES]
    fourths = [Driver(0, F(1), shape).moment(4) for shape in SHAPES]
    assert len(set(fourths)) == 3 and any(thirds)


def test_independent_drivers_multiply() -> None:
    drivers = [Driver(0, F(1), None), Driver(1, F(1), None)]
    u, v = Polynomial.driver(0), Polynomial.driver(1)
    assert average(multiply(power(u, F(2)), power(v, F(4))), drivers) == 3
    assert average(power(add(u, v), F(4)), drivers) == 12


def test_expectations_of_gaussians() -> None:
    g = gaussians(X, mean=2, variance=3)
    assert worth(E(X), g) == 2
    assert worth(Var(X), g) == 3
    assert worth(E(X**3), g) == 2**3 + 3 * 2 * 3
    assert worth(Var(X**2), g) == 4 * 4 * 3 + 2 * 9


def test_an_exponential_of_a_gaussian_is_averaged_by_completing_the_square() -> None:
    """E[Xⁿ e^{rX}] for X ~ N(m, s²) is e^{rm + r²s²/2} E[(X + rs²)ⁿ]."""
    bell = gaussians(X, mean=2, variance=3)
    for body, exponent, factor in ((exp(X), F(7, 2), 1), (X * exp(-X), F(-1, 2), -1), (1 / exp(2 * X), 2, 1)):
        found, wanted = worth(E(body), bell), arb(fmpq(F(exponent).numerator, F(exponent).denominator)).exp() * factor
        assert found.overlaps(wanted) and found.rad() < 1e-12
    with pytest.raises(NoValue):
        worth(E(exp(X**2)), bell)


def test_any_function_of_a_finite_variable_is_enumerated() -> None:
    value = worth(E(1 / (2 + X)), law(X, mean=0, variance=1))  # X = ±1
    assert value == F(1, 2) * (F(1, 3) + 1)


def test_variance_of_a_sum_of_independent_members() -> None:
    n, t = symbols("n t", integer=True, positive=True)
    c, Z = family("c", n), random_family("Z", n)
    z = iid(Z, mean=5, variance=4)
    grid = ((n, F(3)),)
    model = Model(problem(Eq(Var(Sum(c[t] * Z[t], (t, 1, n))), 0), [z]), Choice(grid, 0))
    squares = sum(model(c[k]) ** 2 for k in (1, 2, 3))
    assert model(Var(Sum(c[t] * Z[t], (t, 1, n)))) == 4 * squares


def test_members_without_declared_independence_depend_on_each_other() -> None:
    laws = (law(X, mean=0, variance=1), law(Y, mean=0, variance=1))
    assert [worth(Cov(X, Y), *laws, filling=f) for f in (0, 1, 2)] == [1, -1, 0]


def test_moments_follow_indices() -> None:
    n, t = symbols("n t", integer=True, positive=True)
    mu, Z = family("mu", n), random_family("Z", n)
    model = Model(problem(Eq(E(Z[2]), 0), [law(Z[t], mean=mu[t], variance=t)]), Choice(((n, F(2)),), 0))
    assert model(E(Z[2])) == model(mu[2])
    assert model(Var(Z[2])) == 2
