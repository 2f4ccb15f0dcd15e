"""The normal form: what plain algebra knows to be equal, and what it must keep apart."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derivations import (
    Cov,
    E,
    Pi,
    Sum,
    Var,
    cos,
    delta,
    diff,
    dot,
    e,
    exp,
    family,
    function,
    hypothesis,
    limit,
    log,
    matrix,
    oo,
    random_variable,
    sin,
    softmax,
    sqrt,
    symbols,
    tanh,
    vector,
    vector_function,
)  # fmt: skip
from derivations.algebra.normal import in_ring
from derivations.decide import provers
from derivations.kernel.facts import Facts, facts_of
from derivations.terms.term import Term, as_term

x, y, z, T = symbols("x y z T")
p, q = symbols("p q", positive=True)
b = symbols("b", nonnegative=True)
k, m, t, u = symbols("k m t u", integer=True)
n = symbols("n", positive=True, integer=True)
n0 = symbols("N", nonnegative=True, integer=True)
d = symbols("d", positive=True, integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
f, g = function("f"), function("g")
c = family("c", n)
theta, phi = vector("theta", d), vector("phi", d)
feature = vector_function("x", d)
X, Y = random_variable("X"), random_variable("Y")
A, B = matrix("A", family("a", n, d)), matrix("B", family("b", d, n))
half = Fraction(1, 2)
number = as_term


def same(left: Any, right: Any, *given: Any) -> bool:
    """Whether the normal forms agree; where the two are defined is asked elsewhere."""
    facts: Facts = facts_of(tuple(hypothesis(h) for h in given), provers())
    return in_ring(facts, lambda s: s.is_zero(s(as_term(left)) - s(as_term(right))))


ALIKE: list[tuple[Any, ...]] = [
    # fields
    ((x + y) ** 2, x**2 + 2 * x * y + y**2),
    (x / y / z, x / (y * z)),
    (1 / (1 / x), x),
    (1 / x + 1 / y, (x + y) / (x * y)),
    ((x**2 - 1) / (x - 1), x + 1),
    (number(0.1) + 0.2, 0.3),
    (-(x - y), y - x),
    (x**0, 1),
    ((x + 1) ** -2, 1 / (x + 1) ** 2),
    # exponentials and logarithms
    (exp(x + y), exp(x) * exp(y)),
    (exp(2 * x), exp(x) ** 2),
    (exp(x / 3) ** 3, exp(x)),
    (exp(x) / (1 + exp(x)), 1 / (1 + exp(-x))),
    (e**x, exp(x)),
    (e**1, e),
    (exp(0 * x), 1),
    (log(exp(x)), x),
    (exp(2 * log(x)), x**2),
    (exp(x * log(p)), p**x),
    (exp((x + y) / z), exp(x / z) * exp(y / z)),
    (log(number(1)), 0),
    # powers
    (p**x * p**y, p ** (x + y)),
    (p ** (2 * x), (p**x) ** 2),
    ((p * q) ** x, p**x * q**x),
    (x**2 * x**3, x**5),
    (x**k * x**-k, 1, x > 0),
    ((-1) ** (2 * k), 1),
    ((-1) ** (k + 1), -((-1) ** k)),
    (x**n * x, x ** (n + 1)),
    (x**1.5, x * sqrt(x), x > 0),
    (x**half, sqrt(x)),
    # roots and absolute values
    (sqrt(x**2), abs(x)),
    (sqrt(p**2), p),
    (sqrt(p * q), sqrt(p) * sqrt(q)),
    (sqrt(x) ** 2, x),
    (1 / sqrt(p), sqrt(p) / p),
    (sqrt(number(12)), 2 * sqrt(number(3))),
    (sqrt(number(half)), sqrt(number(2)) / 2),
    (sqrt(number(10**8 + 2 * 10**4 + 1)), 10**4 + 1),
    (sqrt(x**2 * p), abs(x) * sqrt(p)),
    (abs(x * y), abs(x) * abs(y)),
    (abs(-x), abs(x)),
    (abs(x) ** 2, x**2),
    (abs(x), x, x >= 0),
    (abs(x), -x, x < 0),
    (abs(x - y), y - x, y >= x),
    (abs(x) / x, 1, x > 0),
    # circular functions
    (sin(x) ** 2 + cos(x) ** 2, 1),
    (sin(-x), -sin(x)),
    (cos(x - y), cos(y - x)),
    (tanh(x + y), tanh(y + x)),
    (sin(0 * x), 0),
    # sums
    (Sum(c[t], (t, 1, n)), Sum(c[u], (u, 1, n))),
    (Sum(2 * c[t] + x, (t, 1, n)), 2 * Sum(c[t], (t, 1, n)) + n * x),
    (Sum(c[t], (t, 1, 3)), c[1] + c[2] + c[3]),
    (Sum(t, (t, 0, 3)), 6),
    (Sum(x, (t, 5, 1)), 0),
    (Sum(x, (t, n, n + 2)), 3 * x),
    (Sum(Sum(c[t] * c[u], (t, 1, n)), (u, 1, n)), Sum(c[t], (t, 1, n)) ** 2),
    (Sum(x * c[t] / y, (t, 1, n)), x / y * Sum(c[t], (t, 1, n))),
    (Sum(delta(t, i) * c[t], (t, 1, n)), c[i]),
    (Sum(delta(t, 2) * c[t], (t, 1, n)), c[2], n >= 2),
    (Sum(1, (t, k, n)), n - k + 1, n >= k),
    (Sum(x**t, (t, 0, oo)), Sum(x**u, (u, 0, oo))),
    # Kronecker's δ
    (delta(i, j), delta(j, i)),
    (delta(i, j) ** 2, delta(i, j)),
    (delta(k, k + 1), 0),
    (delta(k, k), 1),
    # vectors
    (dot(theta, phi), dot(phi, theta)),
    (dot(2 * theta + phi, theta), 2 * dot(theta, theta) + dot(phi, theta)),
    (2 * feature(x) + feature(x), 3 * feature(x)),
    ((theta + phi)[i], theta[i] + phi[i]),
    # what is opaque is the same for the same arguments
    (f(x + x), f(2 * x)),
    (f(k, x) - f(k, x), 0),
    (E(X + X), E(2 * X)),
    (Var(X * x), Var(x * X)),
    (Cov(X, Y), Cov(Y, X)),
    (diff(x**2 + x, x), diff(x * (x + 1), x)),
    (limit(2 / T, T, oo), limit(1 / T + 1 / T, T, oo)),
    (limit(f(T), T, 0), limit(f(z), z, 0)),
    ((A @ B)[1, 1], (A @ B)[2 - 1, 1]),
]


@pytest.mark.parametrize("case", ALIKE, ids=lambda case: f"{case[0]} = {case[1]}")
def test_alike(case: tuple[Any, ...]) -> None:
    assert same(*case)


APART: list[tuple[Any, ...]] = [
    (x, y),
    (x, 10**-12 * x),
    (x + number(10) ** -40, x),
    # signs that are not known
    (sqrt(x**2), x),
    (abs(x), x),
    (sqrt(x * y), sqrt(x) * sqrt(y)),
    (log(x * y), log(x) + log(y)),
    (log(x**2), 2 * log(x)),
    ((x * y) ** z, x**z * y**z),
    ((x**y) ** z, x ** (y * z)),
    ((x**2) ** half, x),
    (x**y * x**z, x ** (y + z)),
    (abs(x + y), abs(x) + abs(y)),
    (sqrt(x + y), sqrt(x) + sqrt(y)),
    # exponents that are no integers, bases that may be 0
    ((-1) ** (2 * x), 1),
    ((-1) ** k, 1),
    (x**k * x**-k, 1),
    (x ** (k + 1), x * x**k),
    ((-8 + 0 * x) ** Fraction(1, 3), -2),
    (exp(x * y), exp(x) * exp(y)),
    (exp(x) + exp(y), exp(x + y)),
    # indices are not known to differ, nor to agree
    (delta(i, j), 0),
    (delta(i, j), 1),
    (delta(x, y), 0),
    (c[i], c[j]),
    (c[k], c[k + 1]),
    # sums: ranges that may be empty, bounds that are no integers, indices out of range
    (Sum(1, (t, 1, k)), k),
    (Sum(x, (t, 1, x)), x * x),
    (Sum(1 / n0, (t, 1, n0)), 1),
    (Sum(delta(t, k) * c[t], (t, 1, n)), c[k]),
    (Sum(delta(t, 2) * c[t], (t, 1, n)), c[2]),
    (Sum(delta(2 * t, k) * f(t), (t, 1, n)), f(k / 2)),
    (Sum(c[t], (t, 1, n)) * Sum(c[t], (t, 1, n)), Sum(c[t] ** 2, (t, 1, n))),
    (Sum(c[t], (t, 1, k)), c[1] + Sum(c[t], (t, 2, k))),
    (Sum(Sum(f(t, u), (t, 1, u)), (u, 1, n)), Sum(Sum(f(t, u), (u, 1, n)), (t, 1, n))),
    (Sum(t, (t, 1, n)), n * t),
    (Sum(t * u, (t, 1, n)), Sum(t * u, (u, 1, n))),
    (Sum(c[t], (t, 1, oo)), c[1] + Sum(c[t], (t, 2, oo))),
    (Sum(c[t] + x, (t, 1, oo)), Sum(c[t], (t, 1, oo)) + Sum(x, (t, 1, oo))),
    (Sum(1 / c[t], (t, 1, n)), 1 / Sum(c[t], (t, 1, n))),
    # a limit's variable is not a sum's
    (limit(1 / T, T, oo) + Sum(t, (t, 1, 2 * n)), limit(1 / T, T, oo) + 2 * Sum(t, (t, 1, n))),
    # expectations, derivatives and limits are no algebra
    (E(X * Y), E(X) * E(Y)),
    (E(X), X),
    (E(f(X)), f(E(X))),
    (Var(X + Y), Var(X) + Var(Y)),
    (diff(x**2, x), 2 * x),
    (diff(x * y, x), diff(x * y, y)),
    (diff(f(x), x), diff(f(y), y)),
    (limit(f(T), T, oo), limit(f(T), T, 0)),
    (limit(x / T, T, oo), limit(x / T, x, oo)),
    # functions
    (f(x) + f(y), f(x + y)),
    (f(x), g(x)),
    (f(x, y), f(y, x)),
    (sin(2 * x), 2 * sin(x)),
    (sin(Pi * k), 0),
    # matrices do not commute
    ((A @ B)[1, 1], (B @ A)[1, 1]),
    (softmax(A)[1, 1], softmax(A.T)[1, 1]),
]


@pytest.mark.parametrize("case", APART, ids=lambda case: f"{case[0]} ≠ {case[1]}")
def test_apart(case: tuple[Any, ...]) -> None:
    assert not same(*case)


def read_back(term: Term) -> Term:
    return in_ring(facts_of((), provers()), lambda s: s.term(s(term)))


@pytest.mark.parametrize(("term", "text"), [
    ((x + 1) * (x - 1), "x² - 1"),
    (exp(x) * exp(-x), "1"),
    (x / 2 + x / 3, "5 x/6"),
    (Sum(2 * c[t], (t, 1, n)) / 2, "Σ_{t=1}^{n} c_t"),
    (1 / (1 + exp(-x)), "exp(x)/(exp(x) + 1)"),
])  # fmt: skip
def test_read_back(term: Term, text: str) -> None:
    """A normal form can be shown: this is what is left over of a link."""
    assert read_back(term).text == text


def test_a_division_by_what_is_zero_is_nothing_in_particular() -> None:
    assert not same(1 / (x - x), 0)
    assert not same(1 / (x - x), 1 / (y - y) + 1)
    assert not same((x - x) / (x - x), 1)


def test_a_large_power_of_a_sum_stays_written() -> None:
    assert same((x + y) ** 1000 * 2, 2 * (y + x) ** 1000)


def test_a_session_grows_with_its_letters() -> None:
    many = symbols(" ".join(f"v_{index}" for index in range(40)))
    assert same(sum(many[1:], many[0]), sum(reversed(many[:-1]), many[-1]))


def test_an_exponential_is_refined_when_a_fraction_of_it_turns_up() -> None:
    assert same(exp(x) + exp(x / 2) * exp(x / 6), exp(x / 3) ** 2 + exp(x / 6) ** 6)
