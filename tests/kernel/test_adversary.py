"""More statements that are false, or not known to be true, and that were proved once: none of them is.

What random instances of the rules, and looking for trouble on purpose, brought to light; see also `test_soundness`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from judging import chain, finding

from derivations import (
    Cov,
    Derivation,
    E,
    Sum,
    Var,
    delta,
    diff,
    differentiation,
    dot,
    family,
    grad,
    hypothesis,
    iid,
    isserlis,
    oo,
    random_family,
    random_variable,
    standard_gaussians,
    symbols,
    vector,
)  # fmt: skip
from derivations.kernel.report import Verdict

x, mu = symbols("x mu")
k = symbols("k", integer=True, lower=1)
t = symbols("t", integer=True)
n = symbols("n", positive=True, integer=True)
d = symbols("d", positive=True, integer=True)
i = symbols("i", integer=True, lower=1, upper=n)
c = family("c", n)
theta, phi = vector("theta", d), vector("phi", d)
V, W = random_family("V", oo), random_family("W", oo)
sample = iid(V, mean=mu, variance=1)
first = V[1 + delta(V[1], 0)]  # the first that is not 0: its mean is not that of one of them

FALSE: dict[str, Callable[[], Derivation]] = {
    # -- an index that is random ------------------------------------------------------------------
    "the mean of a member with a random index": lambda: chain(E(first), "=", mu, [sample], sample),
    "the variance of one": lambda: chain(Var(first), "=", 1, [sample], sample),
    "its moments": lambda: chain(E(first**2), "=", 1 + mu**2, [sample], "isserlis"),
    "its covariance": lambda: chain(Cov(first, V[1]), "=", delta(1 + delta(V[1], 0), 1), [sample], "isserlis"),
    "an index that is tied to something random": lambda: chain(
        E(V[k]), "=", mu, [sample, hypothesis(k, "=", V[1])], sample),
    # -- what moves with what ---------------------------------------------------------------------
    "a member that is tied to another one": lambda: chain(
        diff(c[1], c[2]), "=", 0, [hypothesis(c[1], "=", c[2]), n >= 2], differentiation),
    "members that are tied, all of them": lambda: chain(
        diff(c[1], c[2]), "=", 0, [hypothesis(c[t], "=", x, for_all=t), n >= 2], differentiation),
    "a component that is tied to another one": lambda: chain(
        diff(theta[1] ** 2, theta[2]), "=", 0, [hypothesis(theta[1], "=", theta[2]), d >= 2], differentiation),
    "a gradient whose components are tied": lambda: chain(
        grad(dot(theta, phi), theta), "=", phi, [hypothesis(theta[1], "=", theta[2]), d >= 2], differentiation),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name: str) -> None:
    assert finding(FALSE[name]()).verdict is Verdict.OPEN


# -- two things that are written alike ------------------------------------------------------------
@pytest.mark.parametrize(("one", "other"), [("c_i", None), ("x1", "x_1")])
def test_what_reads_as_something_else_is_not_proved(one: str, other: str | None) -> None:
    by = c[i] if other is None else symbols(other)
    link = chain(diff(symbols(one), by), "=", 0, (), differentiation)
    report = link.qed(link.start, "=", 0).check(reproduce=False)
    assert report.verdict is not Verdict.PROVED
    assert any("two different things are written" in problem for problem in report.problems)


def test_it_is_told_once() -> None:
    positive = symbols("x", positive=True)
    report = chain(x + positive, "=", positive + x).qed(x + positive, "=", positive + x).check(reproduce=False)
    assert report.problems == ("two different things are written `x`: give one of them another name",)


# -- what would have to be counted for hours ----------------------------------------------------------
X = random_variable("X")
bell, bells = standard_gaussians(X), standard_gaussians(V)


def test_a_high_moment_has_a_formula() -> None:
    assert finding(chain(E((X**4) ** 4), "=", 2_027_025, [bell], isserlis)).verdict is Verdict.PROVED


def test_a_moment_of_too_many_variables_is_left_alone() -> None:
    assert finding(chain(E(Sum(V[t], (t, 1, n)) ** 16), "=", 0, [bells], isserlis)).verdict is Verdict.OPEN
