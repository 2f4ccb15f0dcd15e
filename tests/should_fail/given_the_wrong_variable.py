"""Sheet 11, Exercise 4: q is given the state and the action."""

from derivations import E, decision_process, derive, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]

value = (
    derive(q(s[t], a[t]), given=[*bounded, process.action_values])
    .eq(E(G[t], given=s[t]), by=process.action_values)
    .qed(q(s[t], a[t]), "=", E(G[t], given=s[t]))
)
