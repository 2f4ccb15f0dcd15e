"""Substitution captures nothing, and two terms that differ in bound names alone are the same."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import (
    E,
    Integral,
    Sum,
    TermError,
    decision_process,
    definition,
    diff,
    dot,
    exp,
    family,
    function,
    grad,
    limit,
    oo,
    random_variable,
    symbols,
    vector,
)  # fmt: skip
from derivations.terms.substitution import alpha_equal, fresh

x, y, z, T = symbols("x y z T")
t, u, k = symbols("t u k", integer=True)
n, m, d = symbols("n m d", positive=True, integer=True)
b = symbols("b", integer=True)
f, g, p, v, r = function("f"), function("g"), function("p"), function("v"), function("r")
c = family("c", n)
theta, phi = vector("theta", d), vector("phi", d)
X = random_variable("X")


@pytest.mark.parametrize(("term", "changes", "shown"), [
    # symbols, and larger parts
    (x + y * x, {x: z}, "z + y z"),
    (f(x) + f(y), {f(x): z}, "z + f(y)"),
    (x**2, {x: y + 1}, "(y + 1)²"),
    (x + y, {x: y, y: x}, "y + x"),
    # a sum keeps its index to itself
    (Sum(f(t), (t, 1, n)), {t: u}, "Σ_{t=1}^{n} f(t)"),
    (Sum(f(t), (t, 1, n)) + t, {t: u}, "Σ_{t=1}^{n} f(t) + u"),
    (Sum(f(t, x), (t, 1, n)), {x: t}, "Σ_{t'=1}^{n} f(t', t)"),
    (Sum(f(t, x), (t, 1, x)), {x: t}, "Σ_{t'=1}^{t} f(t', t)"),
    (Sum(x * t, (t, 1, n)), {x: t + 1}, "Σ_{t'=1}^{n} (t + 1) t'"),
    (Sum(f(t), (t, 1, n)), {f(t): 0 * x}, "Σ_{t=1}^{n} f(t)"),
    (Sum(f(u) * c[t], (t, 1, n)), {f(u): t + 0}, "Σ_{t'=1}^{n} (t + 0) c_{t'}"),
    (Sum(Sum(f(t, u, x), (u, 1, t)), (t, 1, n)), {x: t * u}, "Σ_{t'=1}^{n} Σ_{u'=1}^{t'} f(t', u', t u)"),
    (Sum(Sum(f(t, x), (t, 1, n)), (t, 1, n)), {x: t}, "Σ_{t'=1}^{n} Σ_{t'=1}^{n} f(t', t)"),
    # so does a limit
    (limit(f(T, x), T, oo), {x: T}, "lim_{T'→∞} f(T', T)"),
    (limit(f(T), T, x), {T: z, x: y}, "lim_{T→y} f(T)"),
    # what is not changed is the same object
    (f(x) + 1, {y: z}, "f(x) + 1"),
])  # fmt: skip
def test_substitution(term: Any, changes: Any, shown: str) -> None:
    assert term.substitute(changes).text == shown


def test_what_does_not_change_stays_the_same_term() -> None:
    term = Sum(f(t) * exp(x), (t, 1, n))
    assert term.substitute({y: z}) is term


def test_bellman_twice() -> None:
    """v(s) = Σ_b p(s, b) (r(b) + v(b)), unfolded twice: the inner b is another one."""
    from judging import judged

    bellman = definition(v(x), Sum(p(x, b) * (r(b) + x), (b, 0, n)))
    once = bellman.rhs.substitute({x: b})
    assert once.text == "Σ_{b'=0}^{n} p(b, b') (r(b') + b)"
    twice = Sum(p(y, b) * v(b), (b, 0, n))
    wrong = Sum(p(y, b) * Sum(p(b, b) * (r(b) + b), (b, 0, n)), (b, 0, n))
    right = Sum(p(y, b) * Sum(p(b, u) * (r(u) + b), (u, 0, n)), (b, 0, n))
    assert judged(twice, "=", right, [bellman], bellman).verdict == "PROVED"
    assert judged(twice, "=", wrong, [bellman], bellman).verdict == "OPEN"


# -- derivatives have no room to make ------------------------------------------------------------
@pytest.mark.parametrize(("term", "changes", "message"), [
    (diff(x**2, x), {x: y + 1}, "`x` cannot be replaced by `y + 1` in `∂/∂x x²`, which differentiates by it"),
    (diff(x * y, x), {x: y}, "`y` already occurs in `∂/∂x x y`, so `x` cannot be renamed to it"),
    (diff(x * y, x), {y: x}, "replacing `y` would bring `x` into `∂/∂x x y`, which differentiates by it"),
    (diff(x * y, x), {y: x**2}, "replacing `y` would bring `x` into `∂/∂x x y`, which differentiates by it"),
    (grad(dot(theta, phi), theta), {theta: phi},
     "`φ` already occurs in `∇_θ θᵀ φ`, so `θ` cannot be renamed to it"),
    (grad(dot(theta, phi), theta), {phi: theta},
     "replacing `φ` would bring `θ` into `∇_θ θᵀ φ`, which differentiates by it"),
    (diff(c[1] * x, c[1]), {x: c[k] * y},
     "replacing `x` would bring `c_1` into `∂/∂c_1 c_1 x`, which differentiates by it"),
])  # fmt: skip
def test_a_derivative_that_would_mean_something_else_is_refused(term: Any, changes: Any, message: str) -> None:
    with pytest.raises(TermError) as error:
        term.substitute(changes)
    assert str(error.value) == message


def test_a_derivative_may_be_renamed_and_its_constants_replaced() -> None:
    assert diff(x**2, x).substitute({x: z}) == diff(z**2, z)
    assert diff(x * y, x).substitute({y: z + 1}) == diff(x * (z + 1), x)


def test_an_expectation_binds_no_name() -> None:
    assert E(x * X).substitute({x: y}) == E(y * X)


def test_an_integral_keeps_its_variable_to_itself() -> None:
    game = decision_process(symbols("gamma"), symbols("t", integer=True, nonnegative=True), finite="A")
    a, s_ = game.a, game.s
    time = game.time
    total = Integral(f(a[time], x), a[time])
    assert a[time] not in total.free and x in total.free
    assert total.substitute({x: y}) == Integral(f(a[time], y), a[time])
    assert Integral(f(a[time], s_[time]), a[time]).free >= {s_[time]}


# -- bound names -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("left", "right"), [
    (Sum(f(t), (t, 1, n)), Sum(f(u), (u, 1, n))),
    (Sum(Sum(f(t, u), (t, 1, u)), (u, 1, n)), Sum(Sum(f(u, t), (u, 1, t)), (t, 1, n))),
    (limit(f(T, x), T, x), limit(f(z, x), z, x)),
    (x + Sum(t, (t, 1, 2)), x + Sum(k, (k, 1, 2))),
])  # fmt: skip
def test_the_same_up_to_bound_names(left: Any, right: Any) -> None:
    assert alpha_equal(left, right) and alpha_equal(right, left)


@pytest.mark.parametrize(("left", "right"), [
    (Sum(f(t), (t, 1, n)), Sum(f(t), (t, 1, m))),
    (Sum(f(t, u), (t, 1, n)), Sum(f(u, u), (u, 1, n))),
    (Sum(f(t, u), (t, 1, n)), Sum(f(t, u), (u, 1, n))),
    (Sum(f(u), (t, 1, n)), Sum(f(u), (u, 1, n))),
    (Sum(Sum(f(t, u), (t, 1, n)), (u, 1, n)), Sum(Sum(f(u, t), (t, 1, n)), (u, 1, n))),
    (limit(f(T), T, x), limit(f(T), T, y)),
    (x, y), (x + y, y + x), (f(x), g(x)), (c[t], c[u]), (diff(x * y, x), diff(x * y, y)),
])  # fmt: skip
def test_not_the_same(left: Any, right: Any) -> None:
    assert not alpha_equal(left, right) and not alpha_equal(right, left)


@pytest.mark.parametrize(("term", "free"), [
    (Sum(f(t, x), (t, 1, n)), {x, n}),
    (Sum(t, (t, 1, n)) + t, {t, n}),
    (Sum(Sum(f(t, u), (t, 1, u)), (u, 1, n)), {n}),
    (limit(f(T), T, x), {x}),
    (diff(f(x), x), {x}),
    (E(x * X), {x}),
])  # fmt: skip
def test_free_names(term: Any, free: Any) -> None:
    assert term.free == free


def test_a_fresh_name_is_not_among_those_to_avoid() -> None:
    first = fresh(t, frozenset({t}))
    second = fresh(t, frozenset({t, first}))
    assert len({t, first, second}) == 3
    assert first.domain == t.domain
