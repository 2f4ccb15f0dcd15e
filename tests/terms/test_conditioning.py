"""Conditional expectations, densities and integrals: how they are written, printed and substituted."""

from __future__ import annotations

import pytest

from derivations import E, Eq, Integral, Var, decision_process, random_variable, symbols
from derivations.algebra.normal import in_ring
from derivations.kernel.facts import facts_of
from derivations.terms.probability import random_members
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import Term, TermError

t = symbols("t", integer=True, nonnegative=True)
k = symbols("k", integer=True)
gamma = symbols("gamma", nonnegative=True)
mdp = decision_process(gamma, t)
S, A, R, G, s, a, r = mdp.S, mdp.A, mdp.R, mdp.G, mdp.s, mdp.a, mdp.r
X, Y = random_variable("X"), random_variable("Y")
x, y = symbols("x y")


def outcomes(body: Term) -> Term:
    return Integral(mdp.kernel(s[t + 1], r[t], given=(s[t], a[t])) * body, r[t], s[t + 1])


bellman = Integral(mdp.policy(a[t], given=s[t]) * outcomes(r[t] + gamma * mdp.v(s[t + 1])), a[t])


def equal(left: Term, right: Term) -> bool:
    return in_ring(facts_of((), {}), lambda one: one.is_zero(one(left) - one(right)))


@pytest.mark.parametrize(
    ("term", "latex"),
    [
        (E(G[t], given=[s[t], a[t]]), r"\mathbb{E}[G_t \mid s_t, a_t]"),
        (E(G[t], given=[Eq(S[t], s[t])]), r"\mathbb{E}[G_t \mid S_t = s_t]"),
        (E(G[t], given=[S[t], a[t]]), r"\mathbb{E}[G_t \mid S_t, a_t]"),
        (Var(X, given=Eq(Y, y)), r"\mathbb{V}[X \mid Y = y]"),
        (mdp.policy(a[t], given=s[t]), r"\pi(a_t \mid s_t)"),
        (mdp.kernel(s[t + 1], r[t], given=(s[t], a[t])), r"p(s_{t+1}, r_t \mid s_t, a_t)"),
        (
            outcomes(mdp.v(s[t + 1])),
            r"\int_{\mathcal{S}} \int_{\mathcal{R}} p(s_{t+1}, r_t \mid s_t, a_t) v(s_{t+1}) \, dr_t \, ds_{t+1}",
        ),
    ],
    ids=lambda thing: str(thing)[:40],
)
def test_it_prints_as_on_the_sheet(term: Term, latex: str) -> None:
    assert term.latex == latex


def test_over_a_finite_space_an_integral_is_a_sum() -> None:
    finite = decision_process(gamma, t, finite="A")
    total = Integral(finite.policy(finite.a[t], given=finite.s[t]), finite.a[t])
    assert total.latex == r"\sum_{a_t \in \mathcal{A}} \pi(a_t \mid s_t)"


# -- substitution ----------------------------------------------------------------------------
def test_another_time_moves_the_bound_names_along() -> None:
    later = outcomes(mdp.v(s[t + 1])).substitute({t: t + 1})
    assert later.text == "∫_S ∫_R p(s_{t+2}, r_{t+1} | s_{t+1}, a_{t+1}) v(s_{t+2}) dr_{t+1} ds_{t+2}"


def test_a_bound_name_is_not_captured() -> None:
    inner = outcomes(mdp.v(s[t + 1])).substitute({s[t]: s[t + 1]})
    assert inner.text == "∫_S ∫_R p(s'_{t+1}, r_t | S_t = s_{t+1}, a_t) v(s'_{t+1}) dr_t ds'_{t+1}"
    assert s[t + 1] in inner.free


def test_bellman_into_itself_twice_keeps_the_bound_names_apart() -> None:
    twice = Integral(
        mdp.policy(a[t], given=s[t]) * outcomes(r[t] + gamma * bellman.substitute({t: t + 1, s[t]: s[t + 1]})), a[t]
    )
    assert twice.free == {t, gamma, s[t]}
    bound = [part.variable for part in twice.walk() if hasattr(part, "space")]
    assert len(set(bound)) == len(bound) == 6


def test_two_names_for_what_is_bound_are_the_same_integral() -> None:
    other = decision_process(gamma, t)
    left = Integral(mdp.policy(a[t], given=s[t]) * mdp.q(s[t], a[t]), a[t])
    right = left.substitute({s[t]: a[t]}).substitute({a[t]: s[t]})  # a_t is renamed on the way
    assert alpha_equal(left, right)
    assert equal(left, right)
    assert other == mdp


def test_what_is_random_does_not_arrive_below_an_average() -> None:
    """f(c) = E[(X − c)²] says nothing of E[(X − X)²]."""
    with pytest.raises(TermError, match="an average over it"):
        E((X - x) ** 2).substitute({x: X})
    with pytest.raises(TermError, match="an average over it"):
        E((X - x) ** 2, given=Eq(Y, y)).substitute({x: Y})
    assert E(X, given=Eq(Y, y)).substitute({y: Y}) == E(X, given=Eq(Y, Y))  # a value may be random


def test_the_parameter_of_a_law_is_not_replaced() -> None:
    theta, omega = symbols("theta omega")
    learner = decision_process(gamma, t, parameters=(theta,))
    mean = E(learner.R[t], given=learner.s[t])
    assert theta in mean.free
    with pytest.raises(TermError, match="whose law depends on it"):
        mean.substitute({theta: omega})


# -- what is the same -------------------------------------------------------------------------
def test_the_order_and_the_notation_of_conditions_say_nothing() -> None:
    assert equal(E(G[t], given=[s[t], a[t]]), E(G[t], given=[Eq(A[t], a[t]), Eq(S[t], s[t])]))
    assert equal(E(R[t + 1], given=s[t]), E(R[1 + t], given=s[t]))


@pytest.mark.parametrize(
    "other",
    [
        E(G[t], given=[s[t], S[t + 1]]),
        E(G[t], given=s[t]),
        E(G[t]),
        E(G[t + 1], given=[s[t], a[t]]),
        E(G[t], given=[S[t], a[t]]),
        E(G[t], given=[Eq(S[t], s[t + 1]), a[t]]),
        Var(G[t], given=[s[t], a[t]]),
    ],
    ids=str,
)
def test_what_is_given_makes_a_difference(other: Term) -> None:
    assert not equal(E(G[t], given=[s[t], a[t]]), other)


def test_of_what_is_conditional_only_the_values_are_random() -> None:
    facts = facts_of((), {})
    assert random_members(E(X, given=Eq(Y, y))) == set()
    assert random_members(E(X, given=Y)) == {Y}
    assert facts.deterministic(E(X, given=Eq(Y, y)))
    assert not facts.deterministic(E(X, given=Y))
    assert not facts.deterministic(G[t])
    assert facts.deterministic(r[t])


@pytest.mark.parametrize("given", [x, E(X), Eq(x, Y), 1], ids=str)
def test_what_cannot_be_given(given: object) -> None:
    with pytest.raises(TermError, match="cannot be given"):
        E(X, given=given)


def test_a_value_that_is_another_variable_would_read_as_an_event() -> None:
    one, other = random_variable("X"), random_variable("Y")
    with pytest.raises(TermError, match="`X = Y` would read as the event that both are equal: give `Y` itself"):
        E(one, given=Eq(one, other))
