"""2024, Exercise 3.3: the REINFORCE update, and why it is right."""

from derivations import (
    E,
    Eq,
    decision_process,
    derive,
    grad,
    linearity_of_expectation,
    log,
    symbols,
    taking_out_what_is_known,
)
from derivations.exercises.reinforcement_learning.eligibility import eligibility
from derivations.exercises.reinforcement_learning.two_action_policy import (
    policy,
    preference_gap,
    softmax_policy,
    theta,
    x,
)
from derivations.writing import prose

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
alpha = symbols("alpha", positive=True)

learner = decision_process(gamma, t, action_values=(0, 1), parameters=(theta,))
S, A, G, s, a, q = learner.S, learner.A, learner.G, learner.s, learner.a, learner.q
pi = learner.policy
convergence = [gamma < 1, learner.bounded_rewards, learner.return_definition]

score = grad(log(pi(a[t], given=s[t])), theta)

expected_step = (
    derive(
        E(theta + alpha * G[t] * grad(log(pi(A[t], given=S[t])), theta), given=(s[t], a[t])),
        [*convergence, learner.action_values, learner.smooth_policy],
    )
    .eq(
        theta + alpha * E(G[t], given=(s[t], a[t])) * score,
        by=[linearity_of_expectation, taking_out_what_is_known],
    )
    .eq(theta + alpha * q(s[t], a[t]) * score, by=learner.action_values)
    .qed(
        E(theta + alpha * G[t] * grad(log(pi(A[t], given=S[t])), theta), given=(s[t], a[t])),
        "=",
        theta + alpha * q(s[t], a[t]) * score,
    )
)

softmax_update = (
    derive(theta + alpha * G[t] * grad(log(policy(a[t], s[t], theta)), theta), [softmax_policy, preference_gap])
    .eq(
        theta + alpha * G[t] * ((-1) ** (1 - a[t]) * x(s[t]) * (1 - policy(a[t], s[t], theta))),
        by=eligibility,
    )
    .qed(
        theta + alpha * G[t] * grad(log(policy(a[t], s[t], theta)), theta),
        "=",
        theta + alpha * G[t] * ((-1) ** (1 - a[t]) * x(s[t]) * (1 - policy(a[t], s[t], theta))),
    )
)

PROBLEM = prose(
    """
    Propose an update rule for the parameter {theta} upon receipt of the return {G}. (Note that {unbiased}.)
    """,
    theta=theta,
    G=G[t],
    unbiased=Eq(E(G[t], given=(s[t], a[t])), q(s[t], a[t])),
)

REMARK = prose(
    """
    On receipt of the return, the parameter moves by {step}. Given the state and the action, this step has the same
    expectation as the step with {q} in place of {G}. Over two actions the eligibility is known, and the update can be
    written out.
    """,
    step=alpha * G[t] * score,
    q=q(s[t], a[t]),
    G=G[t],
)
