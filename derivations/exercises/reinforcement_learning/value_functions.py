"""2023, Exercise 3.1: the value functions v and q in terms of each other."""

from derivations import (
    E,
    Sum,
    definition_of_expected_value,
    derive,
    law_of_total_expectation,
    linearity_of_expectation,
    markov_property,
    oo,
    shift_of_a_series,
    split_off_first_term,
)
from derivations.exercises.reinforcement_learning.markov_decision_process import (
    G,
    R,
    a,
    convergence,
    definition_of_q,
    definition_of_return,
    definition_of_v,
    gamma,
    k,
    over_actions,
    over_outcomes,
    process,
    q,
    r,
    s,
    t,
    v,
)

return_recursion = (
    derive(G[t], convergence)
    .eq(Sum(gamma**k * R[t + k], (k, 0, oo)), by=definition_of_return)
    .eq(R[t] + Sum(gamma**k * R[t + k], (k, 1, oo)), by=split_off_first_term)
    .eq(R[t] + Sum(gamma ** (k + 1) * R[t + 1 + k], (k, 0, oo)), by=shift_of_a_series)
    .eq(R[t] + gamma * Sum(gamma**k * R[t + 1 + k], (k, 0, oo)))
    .eq(R[t] + gamma * G[t + 1], by=definition_of_return)
    .qed(G[t], "=", R[t] + gamma * G[t + 1])
)

value_of_state = (
    derive(v(s[t]), [*convergence, definition_of_v, definition_of_q])
    .eq(E(G[t], given=s[t]), by=definition_of_v)
    .eq(over_actions(E(G[t], given=(s[t], a[t]))), by=law_of_total_expectation)
    .eq(over_actions(q(s[t], a[t])), by=definition_of_q, tag="4")
    .qed(v(s[t]), "=", over_actions(q(s[t], a[t])))
)

value_of_action = (
    derive(q(s[t], a[t]), [*convergence, definition_of_v, definition_of_q, process.markov, process.homogeneous])
    .eq(E(G[t], given=(s[t], a[t])), by=definition_of_q)
    .eq(E(R[t] + gamma * G[t + 1], given=(s[t], a[t])), by=return_recursion)
    .eq(
        over_outcomes(r[t] + gamma * E(G[t + 1], given=(s[t], a[t], s[t + 1]))),
        by=[linearity_of_expectation, definition_of_expected_value, law_of_total_expectation],
    )
    .eq(over_outcomes(r[t] + gamma * E(G[t + 1], given=s[t + 1])), by=markov_property)
    .eq(over_outcomes(r[t] + gamma * v(s[t + 1])), by=definition_of_v, tag="5")
    .qed(q(s[t], a[t]), "=", over_outcomes(r[t] + gamma * v(s[t + 1])))
)
