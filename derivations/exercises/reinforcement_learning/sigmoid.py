"""2024, Exercise 3.1: over two actions the softmax policy is a sigmoid."""

from derivations import derive, dot, e
from derivations.exercises.reinforcement_learning.two_action_policy import (
    h,
    policy,
    preference_gap,
    s,
    softmax_policy,
    theta,
    x,
)  # fmt: skip

sigmoid = (
    derive(policy(1, s, theta), given=[softmax_policy, preference_gap])
    .eq(e ** h(s, 1, theta) / (e ** h(s, 1, theta) + e ** h(s, 0, theta)), by=softmax_policy)
    .eq(1 / (1 + e ** (h(s, 0, theta) - h(s, 1, theta))))
    .eq(1 / (1 + e ** (-dot(theta, x(s)))), by=preference_gap)
    .qed(policy(1, s, theta), "=", 1 / (1 + e ** (-dot(theta, x(s)))))
)
