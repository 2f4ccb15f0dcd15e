"""Sheet 11, Exercise 2: the value after the step is that of the next state."""

from derivations import E, decision_process, derive, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]
given = [*bounded, process.state_values, process.action_values, process.markov, process.homogeneous]

value = (
    derive(E(G[t + 1], given=s[t + 1]), given=given)
    .eq(v(s[t]), by=process.state_values)
    .qed(E(G[t + 1], given=s[t + 1]), "=", v(s[t]))
)
