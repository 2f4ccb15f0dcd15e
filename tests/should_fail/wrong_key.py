"""Sheet 7, Exercise 11: the first element of the second key is k_21, not k_12."""

from derivations import Sum, derive, diff, differentiation, exp, family, symbols

d = symbols("d_k", positive=True, integer=True)
C, T = symbols("C T", positive=True)
t = symbols("t", integer=True)
q, k = family("q", 2, d), family("k", 2, d)
score = exp(Sum(q[1, t] * (k[2, t] - k[1, t]), (t, 1, d)) / C)

first_weight = (
    derive(diff(1 / (1 + score), q[1, 1]))
    .eq((k[1, 1] - k[1, 2]) / C * (score / (1 + score) ** 2), by=differentiation)
    .qed(diff(1 / (1 + score), q[1, 1]), "=", (k[1, 1] - k[1, 2]) / C * (score / (1 + score) ** 2))
)
