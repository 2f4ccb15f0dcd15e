"""Estimation, Exercise 2: a beta law for the chance of a success stays one once successes were counted.

Source: Casella and Berger, Statistical Inference, example 7.2.14.
"""

from derivations import Beta, Binomial, Integral, beta_integral, derive, symbols
from derivations.writing import prose

a, b = symbols("a b", positive=True)
n = symbols("n", nonnegative=True, integer=True)
k = symbols("k", nonnegative=True, integer=True)
theta = symbols("theta", lower=0, upper=1)

prior, posterior = Beta(a, b), Beta(a + k, b + n - k)
joint = prior.density(theta) * Binomial(n, theta).density(k)

beta_binomial = (
    derive(joint / Integral(joint, (theta, 0, 1)), given=[k <= n, theta > 0, theta < 1])
    .eq(posterior.density(theta), by=beta_integral)
    .qed(joint / Integral(joint, (theta, 0, 1)), "=", posterior.density(theta))
)

PROBLEM = prose(
    "The chance of a success has the prior density {prior}, and {k} of {n} trials succeeded. "
    "Show that its posterior density is {posterior}.",
    prior=prior.density(theta),
    k=k,
    n=n,
    posterior=posterior.density(theta),
)
