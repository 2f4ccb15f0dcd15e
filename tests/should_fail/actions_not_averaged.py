"""Sheet 11, Exercise 5: v averages q over the actions of the policy."""

from derivations import decision_process, derive, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]

value = (
    derive(v(s[t]), given=[*bounded, process.state_values, process.action_values])
    .eq(q(s[t], a[t]), by=[process.state_values, process.action_values])
    .qed(v(s[t]), "=", q(s[t], a[t]))
)
