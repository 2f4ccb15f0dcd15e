"""What depends on what, kind by kind: false statements that the kernel alone must not prove, and true neighbours.

The net of models under the kernel is left out here: the kernel has to know by itself.
"""

from __future__ import annotations

import pytest

from derivations import (
    E,
    Eq,
    Sum,
    Var,
    decision_process,
    definition,
    derive,
    diff,
    differentiation,
    dominant_term,
    dot,
    dot_product,
    family,
    function,
    grad,
    hypothesis,
    independence_of_the_condition,
    linearity_of_expectation,
    matrix,
    oo,
    random_family,
    random_variable,
    softmax,
    standard_gaussians,
    symbols,
    taking_out_what_is_known,
    vector,
)  # fmt: skip
from derivations.checking import check

d, n = symbols("d n", integer=True, positive=True)
k = symbols("k", integer=True)
x, y, z = symbols("x y z")
p = symbols("p", positive=True)
q = family("q", n, d)
five, one = hypothesis(d >= 5), hypothesis(q[1, 5], "=", 1)


def link(lhs, rhs, given=(), by=None):
    return derive(lhs, list(given)).eq(rhs, by=by).qed(lhs, "=", rhs)


def tends(lhs, value, variable, point, given=()):
    made = derive(lhs, list(given)).tends_to(value, variable, point, by=dominant_term)
    return made.qed(lhs, "->", value, variable, point)


@pytest.fixture(autouse=True)
def kernel_alone(monkeypatch):
    monkeypatch.setattr("derivations.models.safety_net.counterexamples", lambda chain: {})


def proved(chain) -> bool:
    return check(chain, reproduce=False).verdict.value == "PROVED"


# -- a result is used for other values, while what was declared through them stays -----------------
def bounded(lower_of_b, value):
    b = symbols("b", lower=lower_of_b)
    c = symbols("c", lower=b)
    known = link(abs(c - x), c - x)
    return known, link((abs(c - value) + 1) / 2, (c - value + 1) / 2, by=known)


def test_a_bound_of_a_bound_is_asked_for():
    known, used = bounded(x, symbols("c", lower=symbols("b", lower=x)) + 1)
    assert proved(known) and not proved(used)


def test_the_result_itself_can_be_used():
    known, used = bounded(x, x)
    assert proved(known) and proved(used)


def squares(m):
    return Sum(q[1, k] * q[1, k], (k, 1, m))


@pytest.mark.parametrize("size", [4, 5, d + 1, 2 * d])
def test_a_size_is_not_another_number(size):
    norm = link(squares(d), dot(q[1], q[1]), by=dot_product)
    assert proved(norm)
    assert not proved(link(squares(size) + 1, dot(q[1], q[1]) + 1, [five], norm))


def test_a_size_in_the_hypotheses_of_a_result_is_not_another_number():
    f = function("f")
    told = hypothesis(f(d), "=", dot(q[1], q[1]))
    known = link(f(d) + 1, dot(q[1], q[1]) + 1, [told], told)
    assert not proved(link(f(3) + 1, dot(q[1], q[1]) + 1, [told], known))


def test_a_vector_is_used_with_its_own_size():
    theta, eta = vector("theta", d), vector("eta", d)
    doubled = link(dot(theta, theta) + dot(theta, theta), 2 * dot(theta, theta))
    assert proved(link(1 + (dot(eta, eta) + dot(eta, eta)), 1 + 2 * dot(eta, eta), by=doubled))


# -- what moves with a limit's variable ---------------------------------------------------------------
above = symbols("c", lower=p)
between = symbols("u", lower=0, upper=above)


@pytest.mark.parametrize("still", [above, between, abs(above), above**2, (above + 1) / 2])
def test_what_is_declared_by_what_moves_moves(still):
    assert not proved(tends(still / p**3, 0, p, oo))
    assert not proved(tends((above - p) / p, -1, p, oo))


g = random_family("q", n, d)


@pytest.mark.parametrize(
    "of_size", [E(dot(g[1], g[1])), dot(q[1], q[1]), Var(dot(g[1], g[1])), softmax(matrix("Q", q))[1, 1]]
)
def test_what_has_a_size_moves_with_it(of_size):
    assert not proved(tends(of_size / d, 0, d, oo, [standard_gaussians(g)]))


def test_what_is_tied_to_the_size_moves_with_it():
    tied = hypothesis(d, "=", x)
    assert not proved(tends(E(dot(g[1], g[1])) / x, 0, x, oo, [standard_gaussians(g), tied]))


def test_a_constant_stays():
    assert proved(tends(y / p, 0, p, oo))
    assert proved(tends(q[1, 1] / p, 0, p, oo))


# -- what depends on what ------------------------------------------------------------------------------
gamma = symbols("gamma", lower=0, upper=1)
t = symbols("t", integer=True, nonnegative=True)
theta = vector("theta", d)
process = decision_process(gamma, t, parameters=(theta,), finite="A")
reward = E(process.R[t], given=process.s[t])


@pytest.mark.parametrize("by", [theta[1], theta[k], theta[d]], ids=str)
def test_a_process_depends_on_the_components_of_its_parameters(by):
    assert not proved(link(diff(reward, by), 0, [process.bounded_rewards], differentiation))


def test_and_on_the_parameters():
    assert not proved(link(grad(reward, theta), 0 * theta, [process.bounded_rewards], differentiation))


def test_and_on_what_is_tied_to_them():
    tied = hypothesis(theta[1], "=", x)
    assert not proved(link(diff(reward, x), 0, [process.bounded_rewards, tied], differentiation))


A = matrix("A", q)
TIES = [Eq(A[1, 1], A[1, 2]), Eq(q[1, 1], q[1, 2]), Eq(dot(q[1], q[1]), 1), Eq(A[1, 1] + A[1, 2], 1)]


@pytest.mark.parametrize("tie", TIES, ids=str)
def test_entries_that_an_equation_ties_are_not_free(tie):
    assert not proved(link(diff(q[1, 1], q[1, 2]), 0, [hypothesis(tie), hypothesis(d >= 2)], differentiation))


def test_nor_are_entries_that_are_tied_through_a_third():
    ties = [hypothesis(q[1, 1], "=", x), hypothesis(x, "=", q[1, 2] + 1), hypothesis(d >= 2)]
    assert not proved(link(diff(q[1, 1], q[1, 2]), 0, ties, differentiation))


def test_entries_that_nothing_ties_are_free():
    other = family("w", n, d)
    ties = [hypothesis(other[1, 1], "=", other[1, 2]), hypothesis(d >= 2)]
    assert proved(link(diff(q[1, 1], q[1, 2]), 0, ties, differentiation))


def test_a_sum_that_is_given_does_not_tie_what_has_the_same_size():
    weights, values = family("w", n), family("v", n)
    whole = hypothesis(Sum(weights[k], (k, 1, n)), "=", 1)
    given = [whole, hypothesis(n >= 2)]
    assert not proved(link(diff(weights[2] * values[1], weights[1]), 0, given, differentiation))
    assert proved(link(diff(values[1] ** 2 / n, values[1]), 2 * values[1] / n, given, differentiation))


# -- random by definition ---------------------------------------------------------------------------------
T, U = symbols("T U")
Y, Z = random_variable("Y"), random_variable("Z")
laws = standard_gaussians(Y, Z)


@pytest.mark.parametrize(
    "made_of", [[definition(T, Z)], [definition(T, Z + 1)], [definition(U, Z), definition(T, U)]], ids=str
)
def test_a_condition_that_is_random_by_definition_is_no_value(made_of):
    given = [laws, *made_of]
    at = E((Y + Z) ** 2, given=Eq(Y, T))
    assert not proved(link(at, E((T + Z) ** 2, given=Eq(Y, T)), given, taking_out_what_is_known))
    assert not proved(link(at, E((T + Z) ** 2), given, [taking_out_what_is_known, independence_of_the_condition]))


def test_a_number_is_a_value():
    at = E((Y + Z) ** 2, given=Eq(Y, x))
    assert proved(link(at, E((x + Z) ** 2, given=Eq(Y, x)), [laws], taking_out_what_is_known))


def test_what_is_random_by_definition_is_not_taken_out():
    assert not proved(link(E(T * Y), T * E(Y), [laws, definition(T, Z)], linearity_of_expectation))
    assert proved(link(E(x * Y), x * E(Y), [laws], linearity_of_expectation))
