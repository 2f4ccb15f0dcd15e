"""Probability, Exercise 4: mean and variance of the gamma law.

Source: Casella and Berger, Statistical Inference, section 3.3.
"""

from derivations import (
    E,
    Gamma,
    Var,
    definition_of_expected_value,
    derive,
    distributed,
    functional_equation_of_gamma,
    gamma_function,
    gamma_integral,
    random_variable,
    symbols,
    variance_definition,
)  # fmt: skip
from derivations.writing import prose

alpha, beta = symbols("alpha beta", positive=True)
X = random_variable("X")
law = distributed(X, Gamma(alpha, beta))

gamma_mean = (
    derive(E(X), given=[law])
    .eq(gamma_function(alpha + 1) / (beta * gamma_function(alpha)), by=[definition_of_expected_value, gamma_integral])
    .eq(alpha / beta, by=functional_equation_of_gamma)
    .qed(E(X), "=", alpha / beta)
)

gamma_square = (
    derive(E(X**2), given=[law])
    .eq(
        gamma_function(alpha + 2) / (beta**2 * gamma_function(alpha)),
        by=[definition_of_expected_value, gamma_integral],
    )
    .eq(alpha * (alpha + 1) / beta**2, by=functional_equation_of_gamma)
    .qed(E(X**2), "=", alpha * (alpha + 1) / beta**2)
)

gamma_variance = (
    derive(Var(X), given=[law])
    .eq(E(X**2) - E(X) ** 2, by=variance_definition)
    .eq(alpha * (alpha + 1) / beta**2 - (alpha / beta) ** 2, by=[gamma_square, gamma_mean])
    .eq(alpha / beta**2)
    .qed(Var(X), "=", alpha / beta**2)
)

PROBLEM = prose("Let {law}. Compute {m} and {v}.", law=law, m=E(X), v=Var(X))
