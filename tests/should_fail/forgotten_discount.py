"""Sheet 11, Exercise 1: what follows is discounted."""

from derivations import decision_process, derive, symbols

t = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
process = decision_process(gamma, t)
s, a, r, v, q, R, G = process.s, process.a, process.r, process.v, process.q, process.R, process.G
bounded = [gamma < 1, process.bounded_rewards, process.return_definition]

recursion = (
    derive(G[t], given=bounded).eq(R[t] + G[t + 1], by=process.return_definition).qed(G[t], "=", R[t] + G[t + 1])
)
