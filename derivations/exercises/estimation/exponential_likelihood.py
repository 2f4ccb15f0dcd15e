"""Estimation, Exercise 1: the maximum-likelihood estimate of an exponential rate.

Source: Casella and Berger, Statistical Inference, section 7.2.
"""

from derivations import bounds_of_the_logarithm, derive, log, logarithm_laws, symbols
from derivations.writing import prose

n = symbols("n", positive=True, integer=True)
lam, s = symbols("lambda s", positive=True)

exponential_likelihood = (
    derive(n * log(lam) - lam * s)
    .eq(n * log(n / s) + n * log(lam * s / n) - lam * s, by=logarithm_laws)
    .le(n * log(n / s) + n * (lam * s / n - 1) - lam * s, by=bounds_of_the_logarithm)
    .eq(n * log(n / s) - n / s * s)
    .qed(n * log(lam) - lam * s, "<=", n * log(n / s) - n / s * s)
)

PROBLEM = prose(
    "The log-likelihood of {n} exponential observations with the sum {s} is {likelihood}. "
    "Show that no rate makes it larger than {best} does: {claim}",
    n=n,
    s=s,
    likelihood=exponential_likelihood.start,
    best=n / s,
    claim=exponential_likelihood.statement,
)
