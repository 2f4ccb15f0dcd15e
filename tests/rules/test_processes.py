"""Conditional expectation and decision processes: each rule, and what it must not do.

Each table reads as a specification: the left side, the right side, the reasons;
below a refused line stands what is missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from judging import finding

from derivations import (
    E,
    Eq,
    Integral,
    Sum,
    Var,
    decision_process,
    definition,
    definition_of_expected_value,
    dependence,
    derivative_of_a_finite_sum,
    derive,
    differentiation,
    exchange_of_expectation_and_series,
    expectation_of_independent_product,
    finite_variance,
    fubini,
    function,
    grad,
    law_of_total_expectation,
    linearity_of_expectation,
    linearity_of_the_integral,
    log,
    marginalisation,
    markov_property,
    oo,
    product_of_conditionally_independent,
    random_variable,
    shift_of_a_series,
    split_off_first_term,
    symbols,
    taking_out_what_is_known,
    tower_property,
    variance_definition,
    vector,
)
from derivations import conditional_independence as by_graph
from derivations import conditional_variance as varied
from derivations.derivation import Derivation
from derivations.exercises.reinforcement_learning import bellman, value_functions
from derivations.exercises.reinforcement_learning.markov_decision_process import (
    G,
    R,
    S,
    a,
    convergence,
    definition_of_q,
    definition_of_return,
    definition_of_v,
    gamma,
    k,
    over_actions,
    over_outcomes,
    p,
    pi,
    process,
    q,
    r,
    s,
    t,
    v,
)
from derivations.kernel.report import Report, Verdict
from derivations.terms.conditioning import density
from derivations.terms.term import Term

pytestmark = pytest.mark.once

MDP = [*convergence, definition_of_v, definition_of_q, process.markov, process.homogeneous]
X, Y, Z = (random_variable(name) for name in "XYZ")
x, y, z, c = symbols("x y z c")
f, g = function("f"), function("g")
FINITE = [finite_variance(X, Y, Z)]
CHAIN, FORK = [*FINITE, dependence((X, Z), (Z, Y))], [*FINITE, dependence((Z, X), (Z, Y))]
COLLIDER = [*FINITE, dependence((X, Z), (Y, Z))]

d = symbols("d", positive=True, integer=True)
theta = vector("theta", d)
learner = decision_process(gamma, t, finite="A", parameters=(theta,))
score = grad(log(learner.policy(learner.a[t], given=learner.s[t])), theta)
random_score = grad(log(learner.policy(learner.A[t], given=learner.S[t])), theta)


def judged(left: Any, right: Any, given: list[Any], *by: Any) -> Report:
    return derive(left, given).eq(right, by=list(by)).qed(left, "=", right).check(reproduce=False)


PROVED = [
    # total expectation, the tower property, the definition of the expected value
    (E(G[t], given=s[t]), over_actions(E(G[t], given=(s[t], a[t]))), MDP, law_of_total_expectation),
    (E(E(X, given=[Y, Z]), given=Y), E(X, given=Y), FINITE, tower_property),
    (E(E(X, given=[Eq(Y, y), Z]), given=Eq(Y, y)), E(X, given=Eq(Y, y)), FINITE, tower_property),
    (E(E(X, given=Y)), E(X), FINITE, law_of_total_expectation),
    (E(R[t], given=(s[t], a[t])), over_outcomes(r[t]), MDP, definition_of_expected_value),
    (E(v(S[t + 1]), given=(s[t], a[t])), over_outcomes(v(s[t + 1])), MDP, definition_of_expected_value),
    # what is known
    (E(Y * X, given=Y), Y * E(X, given=Y), FINITE, taking_out_what_is_known),
    (E(y + X * Y, given=Eq(Y, y)), y + y * E(X, given=Eq(Y, y)), FINITE, linearity_of_expectation,
     taking_out_what_is_known),
    # conditional independence
    (E(G[t + 1], given=(s[t], a[t], s[t + 1])), E(G[t + 1], given=s[t + 1]), MDP, markov_property),
    (p(s[t + 2], given=(s[t], s[t + 1], a[t + 1])), p(s[t + 2], given=(s[t + 1], a[t + 1])), MDP, markov_property),
    (E(X, given=[Y, Z]), E(X, given=Z), CHAIN, by_graph),
    (E(X, given=[Y, Z]), E(X, given=Z), FORK, by_graph),
    (E(X * Y), E(X) * E(Y), COLLIDER, expectation_of_independent_product),
    (E(X * Y, given=Z), E(X, given=Z) * E(Y, given=Z), FORK, product_of_conditionally_independent),
    # integrals
    (Integral(pi(a[t], given=s[t]), a[t]), 1, MDP, marginalisation),
    (Integral(p(s[t + 1], r[t], given=(s[t], a[t])), r[t]), p(s[t + 1], given=(s[t], a[t])), MDP, marginalisation),
    (over_actions(q(s[t], a[t]) - v(s[t])), 0, MDP, linearity_of_the_integral, marginalisation,
     value_functions.value_of_state),
    (Integral(p(s[t + 1], r[t], given=(s[t], a[t])) * r[t], s[t + 1], r[t]), over_outcomes(r[t]), MDP, fubini),
    # series
    (E(G[t], given=s[t]), Sum(gamma**k * E(R[t + k], given=s[t]), (k, 0, oo)), MDP, definition_of_return,
     exchange_of_expectation_and_series, linearity_of_expectation),
    # variance
    (Var(X, given=Y), E(X**2, given=Y) - E(X, given=Y) ** 2, FINITE, varied),
    (E(Var(X, given=Y)) + Var(E(X, given=Y)), Var(X), FINITE, varied, variance_definition, linearity_of_expectation,
     tower_property),
    # the score of a policy over finitely many actions
    (learner.policy(learner.a[t], given=learner.s[t]) * score,
     grad(learner.policy(learner.a[t], given=learner.s[t]), theta), [learner.smooth_policy], differentiation),
    (grad(Integral(learner.policy(learner.a[t], given=learner.s[t]), learner.a[t]), theta),
     Integral(grad(learner.policy(learner.a[t], given=learner.s[t]), theta), learner.a[t]), [learner.smooth_policy],
     derivative_of_a_finite_sum),
]  # fmt: skip


@pytest.mark.parametrize("case", PROVED, ids=lambda case: f"{case[0]} = {case[1]}"[:70])
def test_what_each_rule_proves(case: tuple[Any, ...]) -> None:
    left, right, given, *by = case
    report = judged(left, right, given, *by)
    assert report.steps[0].verdict is Verdict.PROVED, report.steps[0].finding.problem


ALL = (
    linearity_of_expectation, definition_of_expected_value, law_of_total_expectation, markov_property, tower_property,
    taking_out_what_is_known, marginalisation, linearity_of_the_integral, fubini, varied,
    exchange_of_expectation_and_series, by_graph, product_of_conditionally_independent,
)  # fmt: skip
shifted = definition(f(c), E((X - c) ** 2))
foreign = density("pi", learner.a[t], learner.s[t], (vector("omega", d),))
LEARNER = [*convergence[:1], learner.bounded_rewards, learner.return_definition, learner.state_values,
           learner.action_values]  # fmt: skip

REFUSED = [
    # the inner conditions must include the outer ones, and be the same
    (E(E(X, given=Y), given=[Y, Z]), E(X, given=[Y, Z]), FINITE, ALL),
    (E(E(X, given=Y), given=Z), E(X, given=Z), FINITE, ALL),
    (E(E(X, given=Eq(Y, y))), E(X), FINITE, ALL),
    (E(E(X, given=[Y, Eq(Z, z)]), given=Eq(Z, c)), E(X, given=Eq(Z, c)), FINITE, ALL),
    # what is not known stays inside; nothing is independent by itself
    (E(X * Y, given=Eq(Y, y)), y * E(X), FINITE, ALL),
    (E(X**2, given=Y), E(X, given=Y) ** 2, FINITE, ALL),
    (E(X**2 * Y, given=Y), Y * E(X, given=Y) ** 2, FINITE, ALL),
    (E(X * Y), E(X) * E(Y), FINITE, (expectation_of_independent_product,)),
    (E(X * Y), E(X) * E(Y), CHAIN, (expectation_of_independent_product,)),
    (E(X * Y, given=Z), E(X, given=Z) * E(Y, given=Z), COLLIDER, ALL),
    (E(X, given=[Y, Z]), E(X, given=Z), COLLIDER, ALL),
    (E(f(X)), f(E(X)), FINITE, ALL),
    (Var(X), E(Var(X, given=Y)), FINITE, ALL),
    # a random value does not enter a mean: f(X) is not E[(X − X)²]
    (E(f(X)), 0, [*FINITE, shifted], (shifted, linearity_of_expectation)),
    # the Markov property has the state between past and future, and no more
    (E(R[t], given=(s[t], a[t], s[t + 1])), E(R[t], given=(s[t], a[t])), MDP, ALL),
    (E(G[t], given=(s[t], a[t])), E(G[t], given=s[t]), MDP, ALL),
    (E(G[t], given=(s[t], a[t], s[t + 1])), E(G[t], given=s[t + 1]), MDP, ALL),
    (E(R[t] * G[t + 1], given=(s[t], a[t])), E(R[t], given=(s[t], a[t])) * E(G[t + 1], given=(s[t], a[t])), MDP, ALL),
    (p(s[t + 1], given=(s[t], a[t])), p(s[t + 1], given=s[t]), MDP, ALL),
    (p(s[t + 1], given=(s[t], s[t + 2])), p(s[t + 1], given=s[t]), MDP, ALL),
    # a density is of one thing, at one time, under one policy
    (Integral(p(r[t], given=(s[t], a[t])), a[t]), 1, MDP, ALL),
    (Integral(pi(a[t], given=s[t]) * pi(a[t], given=s[t]), a[t]), 1, MDP, ALL),
    (p(s[t + 1], r[t], given=(s[t], a[t])), p(s[t + 1], given=(s[t], a[t])) * p(r[t], given=(s[t], a[t])), MDP, ALL),
    (pi(a[t], given=s[t]), pi(a[t + 1], given=s[t + 1]), MDP, ALL),
    (Integral(foreign * learner.q(learner.s[t], learner.a[t]), learner.a[t]), learner.v(learner.s[t]), LEARNER,
     (*ALL, learner.state_values, learner.action_values)),
    (grad(E(learner.R[t], given=learner.s[t]), theta), 0 * theta, LEARNER, (differentiation,)),
    (over_actions(f(a[t]) * q(s[t], a[t])), f(a[t]) * v(s[t]), MDP, ALL),
    # series that are not known to converge, or not in mean
    (E(Sum(R[t + k], (k, 0, oo))), Sum(E(R[t + k]), (k, 0, oo)), MDP, ALL),
    (Sum(c**k * x, (k, 0, oo)), x / (1 - c), [], (split_off_first_term, shift_of_a_series)),
    (Sum(gamma**k * R[t + k], (k, 0, oo)), Sum(gamma**k * R[t + k], (k, 1, oo)), MDP, (shift_of_a_series,)),
    (G[t], R[t] + gamma * G[t], MDP, (value_functions.return_recursion,)),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[0]} = {case[1]}"[:70])
def test_what_no_rule_proves(case: tuple[Any, ...]) -> None:
    left, right, given, reasons = case
    for by in [(reason,) for reason in reasons] + [reasons]:
        found = finding(derive(left, given).eq(right, by=list(by)))
        assert found.verdict is not Verdict.PROVED and not found.holds, by


# -- the exercises ---------------------------------------------------------------------------
def without(derivation: Derivation, hypothesis: Any) -> Report:
    kept = tuple(g for g in derivation.given if getattr(g, "relation", g) != hypothesis)
    assert len(kept) == len(derivation.given) - 1
    return replace(derivation, given=kept).check(reproduce=False)


def not_proved(report: Report) -> dict[int, str]:
    return {s.number: s.finding.problem for s in report.steps if s.verdict is not Verdict.PROVED}


def test_without_the_markov_property_exactly_its_line_is_open() -> None:
    assert not_proved(without(value_functions.value_of_action, process.markov)) == {
        4: "markov-property applies to `E[G_{t+1} | s_t, a_t, s_{t+1}]`, but the condition "
        "`G_{t+1} is independent of S_t, A_t given S_{t+1}` is not known"
    }


def test_without_homogeneity_v_is_not_the_value_at_another_time() -> None:
    assert not_proved(without(value_functions.value_of_action, process.homogeneous)) == {
        5: "definition of v applies to `v(s_{t+1})`, but the condition "
        "`the decision process is time-homogeneous` is not known"
    }


@pytest.mark.parametrize("hypothesis", [process.bounded_rewards, gamma < 1], ids=str)
def test_without_what_makes_the_return_converge_nothing_is_defined(hypothesis: Term) -> None:
    assert set(not_proved(without(value_functions.value_of_action, hypothesis))) == {1, 2, 3, 4, 5}
    assert 2 in not_proved(without(value_functions.return_recursion, hypothesis))


def test_what_the_action_values_rest_on() -> None:
    rests_on = value_functions.value_of_action.check(reproduce=False).rests_on
    assert {"definition of G_t", "bounded rewards", "γ < 1", "Markov property", "time-homogeneity"} <= set(rests_on)


def test_the_state_values_rest_on_no_markov_property() -> None:
    rests_on = value_functions.value_of_state.check(reproduce=False).rests_on
    assert "Markov property" not in rests_on
    assert "time-homogeneity" not in rests_on


def test_what_cites_an_unproved_result_is_open() -> None:
    broken = replace(
        value_functions.value_of_action,
        given=tuple(g for g in value_functions.value_of_action.given if g != process.markov),
    )
    step = derive(v(s[t]), MDP).eq(bellman.bellman_of_state.lines[-1], by=[value_functions.value_of_state, broken])
    finding = step.check(reproduce=False).steps[0].finding
    assert finding.problem.startswith("rests on an unproved result: ")


def test_the_certificate_shows_the_separating_set() -> None:
    report = value_functions.value_of_action.check(reproduce=False)
    certificate = report.steps[3].finding.certificate
    assert certificate is not None
    (rewrite,) = certificate.rewrites
    assert [(c.statement.text, c.discharged_by) for c in rewrite.conditions] == [
        ("G_{t+1} is independent of S_t, A_t given S_{t+1}", ("Markov property", "definition of G_t"))
    ]


def test_bellman_into_itself() -> None:
    """Citing a circular equation uses it once: v on the left is replaced, v on the right is what it is."""
    once = bellman.bellman_of_state.lines[-1]
    later = once.substitute({t: t + 1, s[t]: s[t + 1]})
    twice = over_actions(over_outcomes(r[t] + gamma * later))
    assert judged(once, twice, MDP, bellman.bellman_of_state).steps[0].verdict is Verdict.PROVED


def test_two_steps_of_the_return() -> None:
    start = E(R[t] + gamma * R[t + 1] + gamma**2 * v(S[t + 2]), given=s[t])
    chain = (
        derive(start, [*convergence, definition_of_v, process.markov, process.homogeneous])
        .eq(E(R[t] + gamma * R[t + 1] + gamma**2 * E(G[t + 2], given=S[t + 2]), given=s[t]), by=definition_of_v)
        .eq(
            E(R[t] + gamma * R[t + 1] + gamma**2 * E(G[t + 2], given=[s[t], S[t + 2]]), given=s[t]),
            by=markov_property,
        )
        .eq(
            E(R[t] + gamma * R[t + 1] + gamma**2 * G[t + 2], given=s[t]),
            by=[linearity_of_expectation, tower_property],
        )
        .eq(E(R[t] + gamma * G[t + 1], given=s[t]), by=value_functions.return_recursion)
        .eq(E(G[t], given=s[t]), by=value_functions.return_recursion)
        .eq(v(s[t]), by=definition_of_v)
        .qed(start, "=", v(s[t]))
    )
    assert not_proved(chain.check(reproduce=False)) == {}


def test_a_baseline_does_not_change_the_gradient() -> None:
    b, a_, s_ = function("b"), learner.a, learner.s
    policy = learner.policy(a_[t], given=s_[t])
    start = E(b(learner.S[t]) * random_score, given=s_[t])
    chain = (
        derive(start, [learner.smooth_policy])
        .eq(b(s_[t]) * E(grad(log(learner.policy(learner.A[t], given=s_[t])), theta), given=s_[t]),
            by=taking_out_what_is_known)
        .eq(b(s_[t]) * Integral(policy * score, a_[t]), by=definition_of_expected_value)
        .eq(b(s_[t]) * Integral(grad(policy, theta), a_[t]), by=differentiation)
        .eq(b(s_[t]) * grad(Integral(policy, a_[t]), theta), by=derivative_of_a_finite_sum)
        .eq(0 * theta, by=[marginalisation, differentiation])
        .qed(start, "=", 0 * theta)
    )  # fmt: skip
    assert not_proved(chain.check(reproduce=False)) == {}
    assert set(not_proved(without(chain, learner.smooth_policy))) >= {1, 2, 3, 4}


def test_over_infinitely_many_actions_the_score_is_not_known_to_be_integrable() -> None:
    other = decision_process(gamma, t, parameters=(theta,))
    start = E(grad(log(other.policy(other.A[t], given=other.S[t])), theta), given=other.s[t])
    report = judged(start, 0 * theta, [other.smooth_policy], definition_of_expected_value, marginalisation)
    assert report.steps[0].verdict is Verdict.OPEN
