"""Estimation, Exercise 3: a gamma law for a Poisson rate stays one once an event count is known.

Source: Casella and Berger, Statistical Inference, exercise 7.24.
"""

from derivations import Gamma, Integral, Poisson, derive, gamma_integral, oo, symbols
from derivations.writing import prose

alpha, beta, lam = symbols("alpha beta lambda", positive=True)
k = symbols("k", nonnegative=True, integer=True)

prior, posterior = Gamma(alpha, beta), Gamma(alpha + k, beta + 1)
joint = prior.density(lam) * Poisson(lam).density(k)

gamma_poisson = (
    derive(joint / Integral(joint, (lam, 0, oo)))
    .eq(posterior.density(lam), by=gamma_integral)
    .qed(joint / Integral(joint, (lam, 0, oo)), "=", posterior.density(lam))
)

PROBLEM = prose(
    "A Poisson rate has the prior density {prior}, and {k} events were counted. Show that its posterior density "
    "is {p}.",
    prior=prior.density(lam),
    k=k,
    p=posterior.density(lam),
)
