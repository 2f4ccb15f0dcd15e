"""Slips in the exercises on value functions and updates (2023, Exercises 3.1 and 3.2; 2024, Exercise 3.3)."""

from typing import Any

from derivations import E, Integral, Sum, oo
from derivations.exercises.reinforcement_learning import reinforce
from derivations.exercises.reinforcement_learning.markov_decision_process import (
    G,
    R,
    a,
    convergence,
    definition_of_q,
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
from derivations.exercises.reinforcement_learning.two_action_policy import policy, theta, x

from .edit import Edit

# -- what the lines are made of --------------------------------------------------------
now, here = (s[t], a[t]), s[t]
functions = (*convergence, definition_of_v, definition_of_q)
later = E(G[t + 1], given=(s[t], a[t], s[t + 1]))


def tail(body: Any, low: Any = 0) -> Any:
    """Σ_{k=0}^∞ body."""
    return Sum(body, (k, low, oo))


# 2024, Exercise 3.3
alpha, score = reinforce.alpha, reinforce.score
return_, pi = reinforce.G[reinforce.t], policy(reinforce.a[reinforce.t], reinforce.s[reinforce.t], theta)
known = (reinforce.s[reinforce.t], reinforce.a[reinforce.t])
sign, features = (-1) ** (1 - reinforce.a[reinforce.t]), x(reinforce.s[reinforce.t])

FALSE = [
    # 2023, Exercise 3.1
    Edit("return_recursion", 1, "the time forgotten", tail(gamma**k * R[k]), "REFUTED"),
    Edit("return_recursion", 1, "one step late", tail(gamma**k * R[t + k + 1]), "REFUTED"),
    Edit("return_recursion", 1, "discounted from the start", tail(gamma ** (t + k) * R[t + k]), "REFUTED"),
    Edit("return_recursion", 2, "the first term twice", R[t] + tail(gamma**k * R[t + k]), "REFUTED"),
    Edit("return_recursion", 2, "the first term discounted", gamma * R[t] + tail(gamma**k * R[t + k], 1), "REFUTED"),
    Edit("return_recursion", 2, "the second term split off", R[t + 1] + tail(gamma**k * R[t + k], 1), "REFUTED"),
    Edit("return_recursion", 3, "the exponent not shifted", R[t] + tail(gamma**k * R[t + 1 + k]), "REFUTED"),
    Edit("return_recursion", 3, "the time not shifted", R[t] + tail(gamma ** (k + 1) * R[t + k]), "REFUTED"),
    Edit("return_recursion", 4, "γ forgotten", R[t] + tail(gamma**k * R[t + 1 + k]), "REFUTED"),
    Edit("return_recursion", 4, "γ² for γ", R[t] + gamma**2 * tail(gamma**k * R[t + 1 + k]), "REFUTED"),
    Edit("return_recursion", 5, "γ forgotten", R[t] + G[t + 1], "REFUTED"),
    Edit("return_recursion", 5, "the same return", R[t] + gamma * G[t], "REFUTED"),
    Edit("return_recursion", 5, "the next reward", R[t + 1] + gamma * G[t + 1], "REFUTED"),
    Edit("return_recursion", 2, "γ may be 1", R[t] + tail(gamma**k * R[t + k], 1), "OPEN", given=convergence[1:]),
    Edit("value_of_state", 1, "the next return", E(G[t + 1], given=here), "REFUTED"),
    Edit("value_of_state", 1, "not conditioned", E(G[t]), "REFUTED"),
    Edit("value_of_state", 2, "not weighted", Integral(E(G[t], given=now), a[t]), "REFUTED"),
    Edit("value_of_state", 2, "the next return", over_actions(E(G[t + 1], given=now)), "REFUTED"),
    Edit("value_of_state", 3, "not weighted", Integral(q(s[t], a[t]), a[t]), "REFUTED"),
    Edit("value_of_state", 3, "another state", over_actions(q(s[t + 1], a[t])), "REFUTED"),
    Edit("value_of_action", 1, "the action forgotten", E(G[t], given=here), "REFUTED"),
    Edit("value_of_action", 2, "γ forgotten", E(R[t] + G[t + 1], given=now), "REFUTED"),
    Edit("value_of_action", 2, "the next reward", E(R[t + 1] + gamma * G[t + 1], given=now), "REFUTED"),
    Edit("value_of_action", 3, "γ forgotten", over_outcomes(r[t] + later), "REFUTED"),
    Edit("value_of_action", 3, "the reward forgotten", over_outcomes(gamma * later), "REFUTED"),
    Edit("value_of_action", 3, "the next state not known", over_outcomes(r[t] + gamma * E(G[t], given=now)), "REFUTED"),
    Edit("value_of_action", 4, "the state before", over_outcomes(r[t] + gamma * E(G[t + 1], given=s[t])), "REFUTED"),
    Edit("value_of_action", 4, "the Markov property is not given",
         over_outcomes(r[t] + gamma * E(G[t + 1], given=s[t + 1])), "REFUTED", given=functions),
    Edit("value_of_action", 5, "the same state", over_outcomes(r[t] + gamma * v(s[t])), "REFUTED"),
    Edit("value_of_action", 5, "γ forgotten", over_outcomes(r[t] + v(s[t + 1])), "REFUTED"),
    Edit("value_of_action", 5, "v may depend on the time", over_outcomes(r[t] + gamma * v(s[t + 1])), "REFUTED",
         given=(*functions, process.markov)),
    # 2023, Exercise 3.2
    Edit("bellman_of_state", 1, "γ forgotten", over_actions(over_outcomes(r[t] + v(s[t + 1]))), "REFUTED"),
    Edit("bellman_of_state", 1, "the same state", over_actions(over_outcomes(r[t] + gamma * v(s[t]))), "REFUTED"),
    Edit("bellman_of_state", 1, "the policy forgotten", over_outcomes(r[t] + gamma * v(s[t + 1])), "REFUTED"),
    Edit("bellman_of_action", 1, "γ forgotten",
         over_outcomes(r[t] + over_actions(q(s[t + 1], a[t + 1]), at=t + 1)), "REFUTED"),
    Edit("bellman_of_action", 1, "the same pair", over_outcomes(r[t] + gamma * q(s[t], a[t])), "REFUTED"),
    Edit("bellman_of_action", 1, "the next action is not averaged",
         over_outcomes(r[t] + gamma * Integral(q(s[t + 1], a[t + 1]), a[t + 1])), "REFUTED"),
    # 2024, Exercise 3.3
    Edit("expected_step", 1, "α forgotten", theta + E(return_, given=known) * score, "REFUTED"),
    Edit("expected_step", 1, "not conditioned", theta + alpha * E(return_) * score, "REFUTED"),
    Edit("expected_step", 1, "the gradient forgotten", theta + alpha * E(return_, given=known) * theta, "REFUTED"),
    Edit("expected_step", 2, "v for q", theta + alpha * reinforce.learner.v(known[0]) * score, "REFUTED"),
    Edit("softmax_update", 1, "the sign forgotten", theta + alpha * return_ * (features * (1 - pi)), "REFUTED"),
    Edit("softmax_update", 1, "π for 1 − π", theta + alpha * return_ * (sign * features * pi), "REFUTED"),
    Edit("softmax_update", 1, "downhill", theta - alpha * return_ * (sign * features * (1 - pi)), "REFUTED"),
    Edit("softmax_update", 1, "the return forgotten", theta + alpha * (sign * features * (1 - pi)), "REFUTED"),
]  # fmt: skip

TRUE = [
    Edit("value_of_state", 2, "an average of a constant", over_actions(E(G[t], given=here)), "PROVED"),
    Edit("value_of_state", 3, "v for q: an average of a constant, but not by the definition of q",
         over_actions(v(s[t])), "OPEN"),
    Edit("value_of_action", 3, "the Markov property, used and not cited",
         over_outcomes(r[t] + gamma * E(G[t + 1], given=s[t + 1])), "OPEN"),
]  # fmt: skip
