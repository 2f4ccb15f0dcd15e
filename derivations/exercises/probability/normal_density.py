"""Probability, Exercise 1: the normal density integrates to 1.

Source: Grimmett and Stirzaker, Probability and Random Processes, section 4.4.
"""

from derivations import Integral, Normal, derive, gaussian_integral, integration_by_substitution, oo, symbols
from derivations.writing import prose

x, z, mu = symbols("x z mu")
sigma = symbols("sigma", positive=True)

density = Normal(mu, sigma**2).density(x)
standard = Normal(0, 1).density(z)

normal_density = (
    derive(Integral(density, (x, -oo, oo)))
    .eq(Integral(standard, (z, -oo, oo)), by=integration_by_substitution)
    .eq(1, by=gaussian_integral)
    .qed(Integral(density, (x, -oo, oo)), "=", 1)
)

PROBLEM = prose("Show that the normal density integrates to 1: {claim}", claim=normal_density.statement)
