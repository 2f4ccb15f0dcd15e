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
    hypothesis,
    iid,
    isserlis,
    oo,
    random_family,
    random_variable,
    standard_gaussians,
    symbols,
)  # fmt: skip
from derivations.kernel.report import Verdict

mu = symbols("mu")
k = symbols("k", integer=True, lower=1)
t = symbols("t", integer=True)
n = symbols("n", positive=True, integer=True)
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
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name: str) -> None:
    assert finding(FALSE[name]()).verdict is Verdict.OPEN


# -- what would have to be counted for hours ----------------------------------------------------------
X = random_variable("X")
bell, bells = standard_gaussians(X), standard_gaussians(V)


def test_a_high_moment_has_a_formula() -> None:
    assert finding(chain(E((X**4) ** 4), "=", 2_027_025, [bell], isserlis)).verdict is Verdict.PROVED


def test_a_moment_of_too_many_variables_is_left_alone() -> None:
    assert finding(chain(E(Sum(V[t], (t, 1, n)) ** 16), "=", 0, [bells], isserlis)).verdict is Verdict.OPEN
