"""Sheet 2, Exercise 1: the variance of a sum of d_k terms is not the square of their number."""

from derivations import (
    Sum,
    Var,
    derive,
    random_family,
    standard_gaussian,
    standard_gaussians,
    symbols,
    variance_of_centred_product,
    variance_of_independent_sum,
)

d_k = symbols("d_k", positive=True, integer=True)
C = symbols("C", positive=True)
t = symbols("t", integer=True)
q, k = random_family("q", d_k), random_family("k", d_k)
logit = Sum(q[t] * k[t], (t, 1, d_k)) / C

variance = (
    derive(Var(logit), given=[standard_gaussians(q, k)])
    .eq(Sum(Var(q[t] * k[t]), (t, 1, d_k)) / C**2, by=variance_of_independent_sum)
    .eq(Sum(Var(q[t]) * Var(k[t]), (t, 1, d_k)) / C**2, by=variance_of_centred_product)
    .eq(d_k**2 / C**2, by=standard_gaussian)
    .qed(Var(logit), "=", d_k**2 / C**2)
)
