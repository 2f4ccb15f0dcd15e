"""Where SymPy by itself is wrong or drops a condition: what reproduction makes of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derivations import (
    Cov,
    Eq,
    Ne,
    Pi,
    Sum,
    by_cases,
    cos,
    delta,
    derive,
    diff,
    dot,
    e,
    exp,
    family,
    finite_variance,
    function,
    grad,
    hypothesis,
    iid,
    limit,
    log,
    oo,
    random_family,
    sin,
    sqrt,
    symbols,
    tanh,
    vector,
    vector_function,
)  # fmt: skip
from derivations.kernel.report import Reproduction
from derivations.reproduce import reproduce

from .links import ASYMPTOTIC, BOUND, DIFF, DOIT, EXPECT, LIMIT, LOGS, link

x, y = symbols("x y")
u, v = symbols("u v", positive=True)
n, d = symbols("n d", integer=True, positive=True)
m, k = symbols("m k", integer=True)
q, c = family("q", d), family("c", d)
WAVES = Sum(sin(k**2 * x) / k**2, (k, 1, oo))
theta, f = vector("theta", d), vector_function("f", d)


def found(lhs: Any, sign: str, rhs: Any, by: Any = None, given: tuple[Any, ...] = (), at: Any = None) -> Reproduction:
    chain = derive(lhs, given)
    return reproduce(link(lhs, sign, rhs, by, at), chain.given)


# -- what must not be reproduced ---------------------------------------------------
@pytest.mark.parametrize(
    ("lhs", "rhs", "by"),
    [
        pytest.param(grad(log(1 / (1 + exp(-dot(theta, f(x))))), theta), 0 * f(x), DIFF, id="zero gradient"),
        pytest.param(diff(log(Sum(exp(q[k]), (k, 1, d))), q[1]), 1, DIFF, id="derivative by a bound index"),
        pytest.param(diff(Sum(q[k] * c[k], (k, 1, d)), q[7]), c[7], DIFF, id="index that may be out of range"),
        pytest.param(diff(Sum(q[k] * y, (k, 1, d)), q[1]), d * y, DIFF, id="one term depends on q_1, not all"),
        pytest.param(sqrt(x**2), x, None, id="root of a square"),
        pytest.param(log(x * y), log(x) + log(y), LOGS, id="logarithm without signs"),
        pytest.param(Sum(1, (k, 1, m)), m, DOIT, id="number of terms that may be negative"),
        pytest.param(Sum(1 / k, (k, 1, oo)), Sum(2 * k, (k, 1, oo)), DOIT, id="two divergent series"),
        pytest.param(diff(WAVES, x), Sum(cos(k**2 * x), (k, 1, oo)), DIFF, id="a series term by term"),
        pytest.param(limit(sin(x), x, oo), limit(cos(x), x, oo), LIMIT, id="limits that do not exist"),
        pytest.param(limit(abs(x) / x, x, 0), 1, LIMIT, id="two-sided limit"),
        pytest.param(Sum(x * k, (k, 1, 3)), Sum(k**2, (k, 1, 3)), None, id="captured variable"),
    ],
)  # fmt: skip
def test_not_reproduced(lhs: Any, rhs: Any, by: Any) -> None:
    assert found(lhs, "=", rhs, by).operation is None


def test_free_indices_may_coincide() -> None:
    X, s = random_family("X", d), symbols("s t", integer=True, positive=True)
    assert found(Cov(X[s[0]], X[s[1]]), "=", 0, EXPECT, (iid(X, mean=0, variance=1),)).operation is None


def test_an_unknown_law_gives_no_moment() -> None:
    X = random_family("X", d)
    assert found(Cov(X[1], X[2]), "=", 0, EXPECT, (finite_variance(X),)).operation is None


def test_nothing_is_asymptotic_to_zero() -> None:
    assert found(e ** (-x), "~", 0, ASYMPTOTIC, at=(x, oo)).note == "nothing is asymptotic to 0"


def test_a_hypothesis_at_a_point_is_not_differentiated() -> None:
    """y = x² at this x says nothing of the slope of y."""
    g = function("g")
    given = (hypothesis(g(x), "=", x**2),)
    assert found(diff(g(x), x), "=", 2 * x, (given[0], DIFF), given).operation is None
    everywhere = (hypothesis(g(x), "=", x**2, for_all=x),)
    assert found(diff(g(x), x), "=", 2 * x, (everywhere[0], DIFF), everywhere).operation == "subs, diff"


# -- what SymPy says against a link ----------------------------------------------------
def test_a_root_of_a_square_is_disputed_at_a_negative_number() -> None:
    assert found(sqrt(x**2), "=", x).disputed
    assert found(sqrt(u**2), "=", u).operation == "cancel"


def test_no_dispute_where_a_side_is_undefined() -> None:
    assert not found(log(x * y), "=", log(x) + log(y), LOGS).disputed
    assert not found(diff(Sum(q[k] * c[k], (k, 1, d)), q[7]), "=", c[7], DIFF).disputed


def test_no_dispute_against_the_hypotheses() -> None:
    given = (hypothesis(x + y, "=", 3),)
    assert not found(x**2, "=", (3 - y) ** 2, None, given).disputed
    assert found(x**2, "=", (3 - y) ** 2, given, given).operation == "subs"
    assert found(x**2, "=", (2 - y) ** 2, given, given).disputed


def test_no_dispute_outside_what_is_given() -> None:
    """x ≥ 0 is given, so x = −1 refutes nothing."""
    assert not found(abs(x) * x, ">=", 0, BOUND, (hypothesis(x >= 0),)).disputed
    assert found(x**3, ">=", 0, BOUND).disputed


def test_no_dispute_outside_a_case() -> None:
    """δ_km is 0 where k ≠ m, and there a point with k = m does not count."""
    link_ = found(delta(k, m) * (x - y) + c[k] * y, "=", c[k] * y, by_cases(Eq(k, m)), (hypothesis(x, "=", y),))
    assert not link_.disputed
    assert found(delta(k, m) * q[k], "=", delta(k, m) * q[m], by_cases(Eq(k, m))).operation == "cancel"
    assert found(delta(k, m) * q[k], "=", q[m], by_cases(Eq(k, m))).disputed


SMALL = symbols("w", lower=0, upper=1)
FEW = symbols("l", values=(1, 2, 3))


@pytest.mark.parametrize(
    ("one", "other", "given"),
    [
        (Eq((x - 1) * (x - 5), 0), Eq(x, 5), (hypothesis(Ne(x, 1)),)),
        (Eq(x**2, 4), Eq(x, 2), (hypothesis(x > -1),)),
        (Eq((SMALL - 2) * (2 * SMALL - 1), 0), Eq(2 * SMALL, 1), ()),
        (Eq((FEW - 1) * (FEW - 7), 0), Eq(FEW, 1), ()),
    ],
)
def test_a_solution_that_is_excluded_does_not_count(one: Any, other: Any, given: tuple[Any, ...]) -> None:
    assert found(one, "<=>", other, None, given).operation == "solve"


def test_a_lost_solution_is_a_dispute_unless_it_may_be_excluded() -> None:
    one, other = Eq((x - 1) * (x - 5), 0), Eq(x, 5)
    assert found(one, "<=>", other, None).disputed
    tied = found(one, "<=>", other, None, (hypothesis(x > y), hypothesis(y > 2)))
    assert (tied.operation, tied.disputed) == (None, False)


def test_not_all_solutions_are_none() -> None:
    """sin x = 0 has more than the two that `solve` names; 1 is a zero of the denominator, and no solution."""
    assert found(Eq(sin(x), 0), "<=>", Eq(x * (x - Pi), 0), None).operation is None
    assert found(Eq((x**2 - 1) / (x - 1), 0), "<=>", Eq(x**2, 1), None).operation is None


# -- other worlds ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lhs", "sign", "rhs", "by", "operation"),
    [
        (diff(1 / (1 + e**(-x)), x), "=", 1 / (1 + e**(-x)) * (1 - 1 / (1 + e**(-x))), DIFF, "diff"),
        (tanh(x), "=", (exp(x) - exp(-x)) / (exp(x) + exp(-x)), None, "cancel"),
        (sin(x)**2 + cos(x)**2, "=", 1, None, "cancel"),
        (log(u * v**2), "=", log(u) + 2 * log(v), LOGS, "expand_log"),
        (Sum(k, (k, 1, n)), "=", n * (n + 1) / 2, DOIT, "doit"),
        (Sum(k, (k, 1, 4)), "=", 10, DOIT, "doit"),
        (Sum(2 * q[k] + 3 * c[k], (k, 1, d)), "=", 2 * Sum(q[k], (k, 1, d)) + 3 * Sum(c[m], (m, 1, d)), None, "cancel"),
        (Eq(u**2, v), "<=>", Eq(u, sqrt(v)), None, "solve"),
        (Eq(2 * x, 2 * y), "<=>", Eq(x, y), None, "cancel"),
        (x**2 + 1, ">", 0, BOUND, "is_positive"),
        (grad(dot(theta, f(x))**2, theta), "=", 2 * dot(theta, f(x)) * f(x), DIFF, "diff"),
        (grad(dot(theta, theta), theta), "=", 2 * theta, DIFF, "diff"),
    ],
)  # fmt: skip
def test_reproduced(lhs: Any, sign: str, rhs: Any, by: Any, operation: str) -> None:
    assert found(lhs, sign, rhs, by).operation == operation


def test_asymptotic_equality() -> None:
    assert found(log(1 + e**x), "~", x, ASYMPTOTIC, at=(x, oo)).operation == "limit"
    assert found(log(1 + e**x), "~", 2 * x, ASYMPTOTIC, at=(x, oo)).disputed


def test_a_point_that_violates_what_is_given_disputes_nothing():
    j, g = symbols("j", integer=True), function("g")
    p, q = family("p", n), family("q", n)
    one, other = Eq(Sum(p[j], (j, 1, n)), 1), Eq(Sum(q[j], (j, 1, n)), 1)
    mean = derive(Sum(p[j] / 2, (j, 1, n)), [one]).eq(Fraction(1, 2), by=one)
    gap = derive(Sum(q[j] - p[j], (j, 1, n)), [one, other]).eq(0, by=[one, other])
    shift = hypothesis(g(x + 1), "=", g(x) + 1, for_all=x)
    moved = derive(g(y + 1), [shift]).eq(g(y) + 1, by=shift)
    bound = hypothesis(p[j], ">", 0, for_all=j)
    above = derive(abs(p[1]), [bound]).ge(p[1])
    for chain in (mean, gap, moved, above):
        assert not chain.check().steps[0].disputed
