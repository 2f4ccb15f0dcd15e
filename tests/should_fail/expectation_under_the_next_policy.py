"""Sheet 11, Exercise 6: the action at time t is drawn in the state at time t."""

from derivations import Integral, decision_process, derive, law_of_total_expectation, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]
policy = process.policy
given = [*bounded, process.state_values, process.action_values]
reasons = [process.state_values, process.action_values, law_of_total_expectation]

value = (
    derive(v(s[t]), given=given)
    .eq(Integral(policy(a[t], given=s[t + 1]) * q(s[t], a[t]), a[t]), by=reasons)
    .qed(v(s[t]), "=", Integral(policy(a[t], given=s[t + 1]) * q(s[t], a[t]), a[t]))
)
