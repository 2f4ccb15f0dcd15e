"""Sheet 11, Exercise 3: the value of a state is an expectation given the state."""

from derivations import E, decision_process, derive, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]

value = (
    derive(v(s[t]), given=[*bounded, process.state_values])
    .eq(E(G[t]), by=process.state_values)
    .qed(v(s[t]), "=", E(G[t]))
)
