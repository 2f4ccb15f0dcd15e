"""2024, Exercise 3.1: over two actions the softmax policy is a sigmoid."""

import math

from derivations import derive, dot, e
from derivations.exercises.reinforcement_learning.two_action_policy import (
    a,
    h,
    policy,
    preference_gap,
    s,
    softmax_policy,
    theta,
    x,
)  # fmt: skip
from derivations.writing import declared, in_python, prose

sigmoid = (
    derive(policy(1, s, theta), given=[softmax_policy, preference_gap])
    .eq(e ** h(s, 1, theta) / (e ** h(s, 1, theta) + e ** h(s, 0, theta)), by=softmax_policy)
    .eq(1 / (1 + e ** (h(s, 0, theta) - h(s, 1, theta))))
    .eq(1 / (1 + e ** (-dot(theta, x(s)))), by=preference_gap)
    .qed(policy(1, s, theta), "=", 1 / (1 + e ** (-dot(theta, x(s)))))
)

PROBLEM = prose(
    """
    A policy-gradient method learns a policy without a value function. Its policy has a parameter {theta} and gives
    each action in each state a preference; the probability of an action is the exponential softmax of the preferences:

    {softmax}

    Let there be two actions, {actions}, and let their preferences differ by

    {gap}

    where {x} are the features of the state. Show that the action 1 is then taken with the probability

    {answer}.
    """,
    theta=declared(theta),
    softmax=softmax_policy,
    actions=declared(a),
    gap=preference_gap.relation,
    x=x(s),
    answer=sigmoid.statement,
)


def probability_of_one(h_0, h_1):
    return math.exp(h_1) / (math.exp(h_1) + math.exp(h_0))


PYTHON = (in_python(probability_of_one, sigmoid.lines[1], h_0=h(s, 0, theta), h_1=h(s, 1, theta)),)
