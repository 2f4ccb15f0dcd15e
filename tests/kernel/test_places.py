"""What holds at one place says nothing at another: outcomes, sums, points, edges, and what was rewritten away.

Each of these statements is false or undefined, and was once proved.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from judging import chain, finding, result

from derivations import (
    Cov,
    Derivation,
    E,
    Eq,
    Ne,
    Sum,
    Var,
    by_cases,
    covariance_of_independent,
    definition,
    delta,
    derive,
    diff,
    differentiation,
    dominant_term,
    dot,
    dot_product,
    exp,
    expectation_of_independent_product,
    family,
    free_variable,
    function,
    gaussians,
    hypothesis,
    iid,
    jensen_inequality,
    law,
    limit,
    linearity_of_expectation,
    log,
    oo,
    random_family,
    random_variable,
    sin,
    sqrt,
    standard_gaussian,
    standard_gaussians,
    symbols,
    variance_of_centred_product,
    variance_of_independent_sum,
)  # fmt: skip
from derivations.kernel.report import Verdict

x, y, T = symbols("x y T")
p = symbols("p", positive=True)
w = symbols("w", nonnegative=True)
t = symbols("t", integer=True)
whole = symbols("T", integer=True)
k = symbols("k", integer=True, nonnegative=True)
m, n, d = symbols("m n d", positive=True, integer=True)
f = function("f")
X = random_variable("X")
Z = random_family("Z", oo)
q, kk = family("q", 2, d), family("k", 2, d)
random_q, random_k = random_family("q", 3, d), random_family("k", 3, d)
bells, alike, standard = standard_gaussians(Z), iid(Z, mean=0, variance=1), law(X, mean=0, variance=1)
five = definition(f(x), 5)
root = result(sqrt(w**2), "=", w)
steady = result(abs(f(x)) / f(x), "=", 1, [f(x) > 0])
spike = result(delta(x, y) / delta(x, y), "=", 1, [Ne(delta(x, y), 0)])
edge = hypothesis(f(w), "=", w, for_all=w)
pole = Sum(1 / t, (t, -n, n))


def along(quantity, body, image, value, point, *extra) -> Derivation:
    """lim body = lim image = value, with T := quantity read as a free variable."""
    gap = definition(T, quantity)
    shown = derive(body, given=[gap, *extra]).eq(image, by=gap).qed(body, "=", image)
    start = derive(limit(body, gap, point), given=[gap, *extra])
    return start.eq(limit(image, T, point), by=[shown, free_variable(T)])


FALSE: dict[str, Callable[[], Derivation]] = {
    # one outcome
    "Jensen for X ≥ 0 as it came out": lambda: chain(
        E(X**3), ">=", E(X) ** 3, [gaussians(X, mean=-1, variance=1), X >= 0], jensen_inequality),
    "E e^X for X ≤ 0 as it came out": lambda: chain(0 * E(exp(X)), "=", 0, [standard, X <= 0]),
    "E X^k for an X in [0, 1] as it came out": lambda: chain(0 * E(X**k), "=", 0, [standard, X >= 0, X <= 1]),
    "√X once, and in a mean": lambda: chain(
        sqrt(X) + 0 * E(sin(sqrt(X))), "=", sqrt(X), [standard_gaussians(X), X >= 0]),
    # one sum
    "1/t from 1, and from −n": lambda: chain(Sum(1 / t, (t, 1, n)) + pole, "=", pole + Sum(1 / t, (t, 1, n))),
    "a t within a t": lambda: chain(
        Var(Sum(Sum(Z[t], (t, 1, n)), (t, 1, m))), "=", m * n, [bells], [variance_of_independent_sum, bells]),
    "the t of a dot product": lambda: chain(
        Var(Sum(dot(random_q[1], random_k[1]), (t, 1, m))), "=", m * d, [standard_gaussians(random_q, random_k)],
        [dot_product, variance_of_independent_sum, variance_of_centred_product, standard_gaussian]),
    "Z_t times a sum of Z_{t+1}": lambda: chain(
        E(Sum(Z[t] * Sum(Z[t + 1], (t, 1, n)), (t, 1, n))), "=", 0, [alike],
        [linearity_of_expectation, expectation_of_independent_product, alike]),
    "Z_t and a sum of Z_{t+1}": lambda: chain(
        Sum(Cov(Z[t], Sum(Z[t + 1], (t, 1, n))), (t, 1, n)), "=", 0, [alike], covariance_of_independent),
    # an edge, and a point
    "√(w²) at the edge of w ≥ 0": lambda: chain(diff(sqrt(w**2), w), "=", 1, by=[root, differentiation]),
    "f(w) = w for w ≥ 0": lambda: chain(diff(f(w), w), "=", 1, [edge], [edge, differentiation]),
    "f positive at x alone": lambda: chain(
        diff(abs(f(x)) / f(x), x), "=", 0, [f(x) > 0], [steady, differentiation]),
    "δ_xy at x = y": lambda: chain(
        diff(delta(x, y) / delta(x, y), x), "=", 0, [Ne(delta(x, y), 0)], [spike, differentiation]),
    # what was rewritten away below a limit
    "log(−1 − y²)": lambda: chain(
        limit(diff(log(-1 - y**2), x) + 1 / T, T, oo), "=", 0, by=[differentiation, dominant_term]),
    "c_7 of c_1, c_2, c_3": lambda: chain(
        limit(diff(family("c", 3)[7], x) + 1 / T, T, oo), "=", 0, by=[differentiation, dominant_term]),
    "1/(T − t) at t = T": lambda: chain(
        f(Sum(1 / (whole - t), (t, 1, whole))) / whole, "->", 0, [five], [five, dominant_term], (whole, oo)),
    # definitions
    "T := log(−1 − x²)": lambda: chain(T, "<=", T + 1, [definition(T, log(-1 - x**2))]),
    "T := lim sin": lambda: chain(T - T, "=", 0, [definition(T, limit(sin(x), x, oo))]),
    "T := x/x": lambda: chain(T, ">", 0, [definition(T, x / x)]),
    "f(p) := log(p − 1)": lambda: chain(0 * f(x), "=", 0, [definition(f(p), log(p - 1))]),
    # what holds T back
    "T := |q|² and T → −∞": lambda: along(dot(q[1], q[1]), exp(dot(q[1], q[1])), exp(T), 0, -oo),
    "T ≤ 5 and T → ∞": lambda: along(
        dot(q[1], kk[1]), exp(-dot(q[1], kk[1])), exp(-T), 0, oo, dot(q[1], kk[1]) <= 5),
    "T ≥ 0 and T → −∞": lambda: along(
        dot(q[1], kk[1]), exp(sqrt(dot(q[1], kk[1]) ** 2)), exp(T), 0, -oo, dot(q[1], kk[1]) >= 0),
    "k = 0 and T → ∞": lambda: along(
        dot(q[1], kk[1]), exp(-dot(q[1], kk[1])), exp(-T), 0, oo, hypothesis(kk[1, t], "=", 0, for_all=t)),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name: str) -> None:
    assert finding(FALSE[name]()).verdict is not Verdict.PROVED


@pytest.mark.parametrize("one", [root, steady, spike], ids=str)
def test_what_they_cite_is_proved(one: Derivation) -> None:
    assert one.check(reproduce=False).verdict is Verdict.PROVED


def test_two_cases_do_not_cover_what_is_undefined() -> None:
    assert finding(chain(x / x, "=", 1, by=by_cases(Eq(x, 0)))).verdict is not Verdict.PROVED


TRUE: dict[str, Callable[[], Derivation]] = {
    "an edge that is not reached": lambda: chain(
        diff(sqrt(p**2), p), "=", 1, by=[result(sqrt(p**2), "=", p), differentiation]),
    "x > 0 stays true nearby": lambda: chain(diff(log(x), x), "=", 1 / x, [x > 0], differentiation),
    "a smooth f stays positive nearby": lambda: chain(
        diff(log((g := function("g", smooth=True))(x)), x), "=", diff(g(x), x) / g(x), [g(x) > 0], differentiation),
    "Z_t in one sum": lambda: chain(
        Var(Sum(Z[t], (t, 1, n))), "=", n, [bells], [variance_of_independent_sum, bells]),
    "T := 1/p": lambda: chain(T, ">", 0, [definition(T, 1 / p)]),
    "T := qᵀk, T → ∞": lambda: along(dot(q[1], kk[1]), exp(-dot(q[1], kk[1])), exp(-T), 0, oo),
    "a derivative below a limit": lambda: chain(
        limit(diff(x**2, x) + 1 / T, T, oo), "=", 2 * x, by=[differentiation, dominant_term]),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_proved(name: str) -> None:
    assert finding(TRUE[name]()).verdict is Verdict.PROVED
