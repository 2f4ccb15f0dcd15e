"""Links about decision processes and conditioning, true ones and false ones, with their hypotheses."""

from __future__ import annotations

from typing import Any

from derivations import (
    E,
    Eq,
    Integral,
    Sum,
    Var,
    decision_process,
    dependence,
    finite_variance,
    function,
    grad,
    independent,
    law,
    log,
    oo,
    random_variable,
    symbols,
    vector,
)
from tests.models.links import Link, link

gamma = symbols("gamma", nonnegative=True)
alpha = symbols("alpha", positive=True)
t = symbols("t", integer=True, nonnegative=True)
k = symbols("k", integer=True)
w = symbols("w", space="S")
c, y = symbols("c y")
f, b = function("f"), function("b")
theta = vector("theta", symbols("d", integer=True, positive=True))

mdp = decision_process(gamma, t)
S, A, R, G, s, a, r = mdp.S, mdp.A, mdp.R, mdp.G, mdp.s, mdp.a, mdp.r
pi, p, v, q = mdp.policy, mdp.kernel, mdp.v, mdp.q
returns = [gamma < 1, mdp.bounded_rewards, mdp.return_definition]
base = [*returns, mdp.state_values, mdp.action_values]
given = [*base, mdp.markov, mdp.homogeneous]

learner = decision_process(gamma, t, finite="A", parameters=(theta,))
learned = [gamma < 1, learner.return_definition, learner.state_values, learner.action_values, learner.smooth_policy]
two = decision_process(gamma, t, action_values=(0, 1))
values_of_two = [gamma < 1, two.return_definition, two.state_values, two.action_values, two.smooth_policy]

X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
some = finite_variance(X, Y, Z)


def over(body: Any) -> Any:
    return Integral(pi(a[t], given=s[t]) * body, a[t])


def after(body: Any) -> Any:
    return Integral(p(s[t + 1], r[t], given=(s[t], a[t])) * body, r[t], s[t + 1])


def policy_of(action: Any, state: Any) -> Any:
    return learner.policy(action, given=state)


score = grad(log(policy_of(learner.A[t], learner.S[t])), theta)
score_here = grad(log(policy_of(learner.a[t], learner.s[t])), theta)
step = alpha * learner.G[t] * score
here, there = learner.s[t], (learner.s[t], learner.a[t])
next_value = Integral(pi(a[t + 1], given=s[t + 1]) * q(s[t + 1], a[t + 1]), a[t + 1])
wrong_policy = Integral(pi(a[t], given=s[t + 1]) * q(s[t + 1], a[t + 1]), a[t + 1])
marginal = p(s[t + 1], given=(s[t], a[t]))
value_of_two = sum(two.policy(Eq(two.A[t], n), given=two.s[t]) * two.q(two.s[t], n) for n in (0, 1))

TRUE: dict[str, Link] = {
    "return": link(G[t], "=", R[t] + gamma * G[t + 1], *returns),
    "first-term": link(G[t], "=", R[t] + Sum(gamma**k * R[t + k], (k, 1, oo)), *returns),
    "value-of-state": link(v(s[t]), "=", over(q(s[t], a[t])), *base),
    "value-of-action": link(q(s[t], a[t]), "=", after(r[t] + gamma * v(s[t + 1])), *given),
    "bellman-of-state": link(v(s[t]), "=", over(after(r[t] + gamma * v(s[t + 1]))), *given),
    "bellman-of-action": link(q(s[t], a[t]), "=", after(r[t] + gamma * next_value), *given),
    "before-markov": link(
        q(s[t], a[t]), "=", after(r[t] + gamma * E(G[t + 1], given=(s[t], a[t], s[t + 1]))), *base
    ),
    "two-steps": link(E(R[t] + gamma * R[t + 1] + gamma**2 * v(S[t + 2]), given=s[t]), "=", v(s[t]), *given),
    "advantage": link(over(q(s[t], a[t]) - v(s[t])), "=", 0, *base),
    "exchange": link(E(G[t], given=s[t]), "=", Sum(gamma**k * E(R[t + k], given=s[t]), (k, 0, oo)), *base),
    "total-variance": link(
        Var(G[t], given=s[t]), "=",
        E(Var(G[t], given=(S[t], A[t])), given=s[t]) + Var(E(G[t], given=(S[t], A[t])), given=s[t]), *base,
    ),
    "tower": link(
        E(E(G[t], given=(S[t], A[t], S[t + 1])), given=(S[t], A[t])), "=", E(G[t], given=(S[t], A[t])), *base
    ),
    "same-at-every-time": link(
        E(R[t + 1], given=Eq(S[t + 1], w)), "=", E(R[t], given=Eq(S[t], w)), mdp.markov, mdp.homogeneous
    ),
    "reinforce": link(E(step, given=there), "=", alpha * learner.q(*there) * score_here, *learned),
    "log-derivative": link(
        grad(policy_of(learner.a[t], here), theta), "=", policy_of(learner.a[t], here) * score_here, *learned
    ),
    "listed-actions": link(two.v(two.s[t]), "=", value_of_two, *values_of_two),
    "sure-hypothesis": link(E(R[t]), ">=", 0, R[t] >= 0),
    "total-variance-of-X": link(Var(X), "=", E(Var(X, given=Y)) + Var(E(X, given=Y)), some),
    "total-expectation-of-X": link(E(E(X, given=Y)), "=", E(X), some),
    "fork": link(E(X * Y, given=Z), "=", E(X, given=Z) * E(Y, given=Z), some, dependence((Z, X), (Z, Y))),
    "collider": link(E(X * Y), "=", E(X) * E(Y), some, dependence((X, Z), (Y, Z))),
    "independent": link(E(X, given=Y), "=", E(X), some, independent(X, Y)),
    "declared-mean": link(E(E(X, given=Y)), "=", c, law(X, mean=c, variance=4)),
}  # fmt: skip

FALSE: dict[str, Link] = {
    "no-policy": link(v(s[t]), "=", Integral(q(s[t], a[t]), a[t]), *given),
    "no-discount": link(q(s[t], a[t]), "=", after(r[t] + v(s[t + 1])), *given),
    "value-of-action-for-state": link(E(G[t + 1], given=(s[t], a[t], s[t + 1])), "=", q(s[t + 1], a[t + 1]), *given),
    "value-of-action-in-the-backup": link(q(s[t], a[t]), "=", after(r[t] + gamma * q(s[t + 1], a[t + 1])), *given),
    "discount-squared": link(v(s[t]), "=", over(after(r[t] + gamma**2 * v(s[t + 1]))), *given),
    "not-joint": link(
        q(s[t], a[t]), "=", Integral(marginal * (r[t] + gamma * v(s[t + 1])), r[t], s[t + 1]), *given
    ),
    "reward-outside": link(q(s[t], a[t]), "=", Integral(marginal * (r[t] + gamma * v(s[t + 1])), s[t + 1]), *given),
    "variance": link(v(s[t]), "=", Var(G[t], given=s[t]), *given),
    "policy-of-the-next-state": link(q(s[t], a[t]), "=", after(r[t] + gamma * wrong_policy), *given),
    "memory": link(
        E(G[t + 1], given=(s[t], a[t], s[t + 1])), "=", E(G[t + 1], given=s[t + 1]), *base, mdp.homogeneous
    ),
    "memory-in-the-backup": link(
        after(r[t] + gamma * E(G[t + 1], given=(s[t], a[t], s[t + 1]))), "=",
        after(r[t] + gamma * E(G[t + 1], given=s[t + 1])), *base,
    ),
    "reward-and-state-need-markov": link(
        E(G[t + 1], given=(s[t], a[t], s[t + 1], r[t])), "=", E(G[t + 1], given=(s[t], a[t], s[t + 1])), *base
    ),
    "other-times": link(q(s[t], a[t]), "=", after(r[t] + gamma * v(s[t + 1])), *base, mdp.markov),
    "rewards-at-other-times": link(E(R[t + 1], given=Eq(S[t + 1], w)), "=", E(R[t], given=Eq(S[t], w)), mdp.markov),
    "action-forgotten": link(E(G[t], given=S[t]), "=", E(G[t], given=(S[t], A[t])), *base),
    "baseline-that-knows": link(E(step, given=here), "=", alpha * learner.v(here) * E(score, given=here), *learned),
    "policy-gradient-of-one-step": link(
        grad(learner.v(here), theta), "=",
        Integral(grad(policy_of(learner.a[t], here), theta) * learner.q(*there), learner.a[t]),
        *learned, learner.markov, learner.homogeneous,
    ),
    "no-graph": link(E(X * Y), "=", E(X) * E(Y), some),
    "fork": link(E(X * Y), "=", E(X) * E(Y), some, dependence((Z, X), (Z, Y))),
    "collider": link(E(X * Y, given=Z), "=", E(X, given=Z) * E(Y, given=Z), some, dependence((X, Z), (Y, Z))),
    "jensen": link(E(f(X)), "=", f(E(X)), some),
    "jensen-given": link(E(f(X), given=Y), "=", f(E(X, given=Y)), some),
    "variance-within": link(Var(X), "=", E(Var(X, given=Y)), some),
    "condition-forgotten": link(E(X, given=Eq(Y, y)), "=", E(X), some),
}  # fmt: skip
