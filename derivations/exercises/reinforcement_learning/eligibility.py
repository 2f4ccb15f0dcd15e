"""2024, Exercise 3.2: the eligibility of the two-action softmax policy."""

from derivations import by_cases, derive, differentiation, dot, e, grad, log, logarithm_laws
from derivations.exercises.reinforcement_learning.two_action_policy import (
    a,
    policy,
    preference_gap,
    s,
    softmax_policy,
    theta,
    x,
)  # fmt: skip
from derivations.writing import prose

given = [softmax_policy, preference_gap]
z = dot(theta, x(s))
bernoulli = (1 / (1 + e ** (-z))) ** a * (1 / (1 + e**z)) ** (1 - a)
logarithm = -a * log(1 + e ** (-z)) + (a - 1) * log(1 + e**z)

closed_form = (
    derive(policy(a, s, theta), given)
    .eq(
        (1 / (1 + e ** (-z))) ** a * (1 - 1 / (1 + e ** (-z))) ** (1 - a),
        by=[softmax_policy, preference_gap, by_cases(a)],
    )
    .eq(bernoulli)
    .qed(policy(a, s, theta), "=", bernoulli)
)

log_policy = (
    derive(log(policy(a, s, theta)), given)
    .eq(logarithm, by=[closed_form, logarithm_laws])
    .qed(log(policy(a, s, theta)), "=", logarithm)
)

gradient = (
    derive(grad(log(policy(a, s, theta)), theta), given)
    .eq(
        a * x(s) * (e ** (-z) / (1 + e ** (-z))) + (a - 1) * x(s) * (e**z / (1 + e**z)),
        by=[log_policy, differentiation],
    )
    .eq(a * x(s) * policy(0, s, theta) + (a - 1) * x(s) * policy(1, s, theta), by=closed_form)
    .qed(
        grad(log(policy(a, s, theta)), theta),
        "=",
        a * x(s) * policy(0, s, theta) + (a - 1) * x(s) * policy(1, s, theta),
    )
)

eligibility = (
    derive(grad(log(policy(a, s, theta)), theta), given)
    .eq(a * x(s) * policy(0, s, theta) + (a - 1) * x(s) * policy(1, s, theta), by=gradient)
    .eq((-1) ** (1 - a) * x(s) * (1 - policy(a, s, theta)), by=[closed_form, by_cases(a)])
    .qed(grad(log(policy(a, s, theta)), theta), "=", (-1) ** (1 - a) * x(s) * (1 - policy(a, s, theta)))
)

PROBLEM = prose(
    """
    Express the eligibility {eligibility} of the policy of the preceding exercise in terms of {a}, the features {x}, and
    the probability {policy}.
    """,
    eligibility=eligibility.start,
    a=a,
    x=x(s),
    policy=policy(a, s, theta),
)

REMARK = prose(
    """
    The sign says in which direction: along the features if the action was 1, against them if it was 0. The factor
    {surprise} says how far: an action that was likely anyway changes the parameters little.
    """,
    surprise=1 - policy(a, s, theta),
)
