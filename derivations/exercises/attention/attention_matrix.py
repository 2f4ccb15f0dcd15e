"""The rescaled dot-product attention: what the exercises on attention are given."""

from derivations import matrix, random_family, standard_gaussians, symbols

d_i, d_k, d_v = symbols("d_i d_k d_v", positive=True, integer=True)
C = symbols("C", positive=True)
i, j, m = symbols("i j m", integer=True, lower=1, upper=d_i)
t = symbols("t", integer=True)
q, k = random_family("q", d_i, d_k), random_family("k", d_i, d_k)
Q, K = matrix("Q", q), matrix("K", k)
V = matrix("V", random_family("v", d_i, d_v))
logits = Q @ K.T / C
gaussian = standard_gaussians(q, k)
