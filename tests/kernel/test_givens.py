"""What is given is read literally; two givens that speak past each other are told, and nothing is proved from them."""

from __future__ import annotations

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Sum,
    Var,
    covariance_of_independent,
    declared_moments,
    definition,
    dependence,
    derive,
    family,
    finite_variance,
    hypothesis,
    iid,
    law,
    linearity_of_expectation,
    matrix,
    random_family,
    random_variable,
    standard_gaussians,
    symbols,
    variance_of_independent_sum,
    vector,
)  # fmt: skip
from derivations.kernel.report import Verdict

d = symbols("d", integer=True, lower=2)
i, j = symbols("i j", integer=True)
x, mu, nu = symbols("x mu nu")
X, Y, W, Z = map(random_variable, ("X", "Y", "W", "Z"))
F, G = random_family("F", d), random_family("G", d)
c = family("c", d)
finite = finite_variance(X, Y, W)
BY_I = "`i` stands for every index in `F_i with mean μ and variance 1`, but for one value in `{}`: "
ANOTHER = "give one of the two another name"


def mean_of_F(*more: object) -> object:
    return derive(E(F[2]), [law(F[i], mean=mu, variance=1), *more]).eq(mu, by=declared_moments).qed(E(F[2]), "=", mu)


AT_ODDS = {
    "two graphs, of which one has an edge more": (
        derive(Cov(X, Y), [finite, dependence((X, W), (Y, W)), dependence((X, Y))])
        .eq(0, by=covariance_of_independent).qed(Cov(X, Y), "=", 0),
        "two graphs of dependence are given, `dependence along X → W, Y → W` and `dependence along X → Y`: "
        "write one, with all of their edges"),
    "two graphs of different variables": (
        derive(Cov(X, Y), [finite, dependence((X, W)), dependence((Y, Z))])
        .eq(0, by=covariance_of_independent).qed(Cov(X, Y), "=", 0),
        "two graphs of dependence are given, `dependence along X → W` and `dependence along Y → Z`: "
        "write one, with all of their edges"),
    "two means of one variable": (
        derive(E(X), [law(X, mean=mu, variance=1), law(X, mean=nu, variance=1)])
        .eq(mu, by=declared_moments).qed(E(X), "=", mu),
        "two laws of X are given that differ, `X with mean μ and variance 1` and `X with mean ν and variance 1`: "
        "leave one of them out"),
    "two variances of a family, told by different functions": (
        derive(Var(F[1]), [standard_gaussians(F, G), iid(X, F, mean=0, variance=x**2)])
        .eq(1, by=declared_moments).qed(Var(F[1]), "=", 1),
        "two laws of F are given that differ, `F_i, G_i independent standard Gaussian` and "
        "`X, F_i independent with mean 0 and variance x²`: leave one of them out"),
    "two means of each member": (
        derive(E(F[1]), [law(F[i], mean=c[i], variance=1), law(F[j], mean=2 * c[j], variance=1)])
        .eq(c[1], by=declared_moments).qed(E(F[1]), "=", c[1]),
        "two laws of F are given that differ, `F_i with mean c_i and variance 1` and "
        "`F_j with mean 2 c_j and variance 1`: leave one of them out"),
    "an index of a law that has a value": (mean_of_F(hypothesis(i, "=", 1)), BY_I.format("i = 1") + ANOTHER),
    "an index of a law that is defined": (
        derive(E(F[2]), [law(F[symbols("k")], mean=mu, variance=1), definition(symbols("k"), 1)])
        .eq(mu, by=declared_moments).qed(E(F[2]), "=", mu),
        "`k` stands for every index in `F_k with mean μ and variance 1`, but for one value in `k = 1`: " + ANOTHER),
    "an index of a law that is bounded": (mean_of_F(i <= x), BY_I.format("i ≤ x") + ANOTHER),
    "a member beyond the size of its family": (
        derive(x + family("p", 2)[1], [hypothesis(family("p", 2)[3], "=", 1)]).eq(family("p", 2)[1] + x)
        .qed(x + family("p", 2)[1], "=", family("p", 2)[1] + x),
        "`p_3`, of which `p_3 = 1` speaks, does not exist: `3 ≤ 2` is false"),
    "a member before the first": (
        derive(x + 1, [c[0] > 0]).eq(1 + x).qed(x + 1, "=", 1 + x),
        "`c_0`, of which `c_0 > 0` speaks, does not exist: `0 ≥ 1` is false"),
    "an entry beyond the size of its matrix": (
        derive(x + 1, [hypothesis(matrix("M", family("p", d, 2))[1, 3], "=", 1)]).eq(1 + x).qed(x + 1, "=", 1 + x),
        "`M_13`, of which `M_13 = 1` speaks, does not exist: `3 ≤ 2` is false"),
    "a component beyond the length of its vector": (
        derive(x + 1, [hypothesis(vector("u", 3)[4], "=", 1)]).eq(1 + x).qed(x + 1, "=", 1 + x),
        "`u_4`, of which `u_4 = 1` speaks, does not exist: `4 ≤ 3` is false"),
}  # fmt: skip


@pytest.mark.parametrize("name", AT_ODDS)
def test_givens_at_odds_are_told_and_prove_nothing(name: str) -> None:
    chain, told = AT_ODDS[name]
    report = chain.check(reproduce=False)  # type: ignore[attr-defined]
    assert report.verdict is not Verdict.PROVED
    assert told in report.problems


SIDE_BY_SIDE = {
    "one law told in full and in part": [standard_gaussians(F), finite_variance(F, X)],
    "the same law of each member, with other letters": [law(F[i], mean=0, variance=1), law(F[j], mean=0, variance=1)],
    "one graph, twice": [iid(F, mean=0, variance=1), dependence((X, W)), dependence((X, W))],
    "an index that another hypothesis binds": [
        law(F[i], mean=0, variance=1), hypothesis(c[i] > 0, for_all=i), law(G[i], mean=c[i], variance=1)],
}  # fmt: skip


@pytest.mark.parametrize("name", SIDE_BY_SIDE)
def test_givens_that_say_the_same_stand_side_by_side(name: str) -> None:
    chain = derive(E(F[1] + 1), SIDE_BY_SIDE[name]).eq(1, by=[linearity_of_expectation, declared_moments])
    assert chain.qed(E(F[1] + 1), "=", 1).check(reproduce=False).verdict is Verdict.PROVED


def test_what_is_given_of_a_family_is_used_at_every_member() -> None:
    chain = derive(Var(Sum(F[i], (i, 1, d))), [iid(F, mean=mu, variance=1)])
    report = chain.eq(d, by=[variance_of_independent_sum, declared_moments]).qed(chain.start, "=", d).check()
    assert report.verdict is Verdict.PROVED


def test_an_index_may_stand_in_the_lines_too() -> None:
    chain = derive(E(F[i]), [law(F[i], mean=c[i], variance=1), Eq(mu, 1)])
    assert chain.steps == ()
