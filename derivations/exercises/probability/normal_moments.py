"""Probability, Exercise 3: mean and variance of a normal variable.

Source: Grimmett and Stirzaker, Probability and Random Processes, section 4.4.
"""

from derivations import (
    E,
    Integral,
    Normal,
    Pi,
    definition_of_expected_value,
    derive,
    distributed,
    evaluated,
    evaluation_at_the_ends,
    exp,
    gaussian_integral,
    integration_by_parts,
    integration_by_substitution,
    oo,
    random_variable,
    sqrt,
    symbols,
    symmetry_of_the_integrand,
)  # fmt: skip
from derivations.writing import prose

z, mu = symbols("z mu")
sigma = symbols("sigma", positive=True)
X = random_variable("X")
law = distributed(X, Normal(mu, sigma**2))
bell = exp(-(z**2) / 2) / sqrt(2 * Pi)

normal_mean = (
    derive(E(X), given=[law])
    .eq(
        Integral((mu + sigma * z) * bell, (z, -oo, oo)),
        by=[definition_of_expected_value, integration_by_substitution],
    )
    .eq(mu * Integral(bell, (z, -oo, oo)) + sigma * Integral(z * bell, (z, -oo, oo)))
    .eq(mu, by=[gaussian_integral, symmetry_of_the_integrand])
    .qed(E(X), "=", mu)
)

normal_square = (
    derive(Integral(z**2 * bell, (z, -oo, oo)))
    .eq(evaluated(-z * bell, (z, -oo, oo)) + Integral(bell, (z, -oo, oo)), by=integration_by_parts)
    .eq(1, by=[evaluation_at_the_ends, gaussian_integral])
    .qed(Integral(z**2 * bell, (z, -oo, oo)), "=", 1)
)

normal_variance = (
    derive(E((X - mu) ** 2), given=[law])
    .eq(
        Integral((sigma * z) ** 2 * bell, (z, -oo, oo)),
        by=[definition_of_expected_value, integration_by_substitution],
    )
    .eq(sigma**2, by=normal_square)
    .qed(E((X - mu) ** 2), "=", sigma**2)
)

PROBLEM = prose("Let {law}. Compute {m} and {v}.", law=law, m=E(X), v=E((X - mu) ** 2))
