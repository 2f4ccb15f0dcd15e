"""Sheet 11, Exercise 7: the rest of the return depends on the action too."""

from derivations import E, decision_process, derive, markov_property, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]

value = (
    derive(E(G[t], given=(s[t], a[t])), given=[*bounded, process.markov])
    .eq(E(G[t], given=s[t]), by=markov_property)
    .qed(E(G[t], given=(s[t], a[t])), "=", E(G[t], given=s[t]))
)
