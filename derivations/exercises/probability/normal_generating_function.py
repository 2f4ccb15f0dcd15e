"""Probability, Exercise 2: the moment-generating function of a standard normal variable, by completing the square.

Source: Grimmett and Stirzaker, Probability and Random Processes, example 5.7.5.
"""

from derivations import (
    E,
    Integral,
    Normal,
    Pi,
    definition_of_expected_value,
    derive,
    distributed,
    exp,
    gaussian_integral,
    oo,
    random_variable,
    sqrt,
    symbols,
)  # fmt: skip
from derivations.writing import prose

t, z = symbols("t z")
Z = random_variable("Z")
law = distributed(Z, Normal(0, 1))

normal_generating_function = (
    derive(E(exp(t * Z)), given=[law])
    .eq(Integral(exp(t * z) * exp(-(z**2) / 2) / sqrt(2 * Pi), (z, -oo, oo)), by=definition_of_expected_value)
    .eq(exp(t**2 / 2) * Integral(exp(-((z - t) ** 2) / 2) / sqrt(2 * Pi), (z, -oo, oo)))
    .eq(exp(t**2 / 2), by=gaussian_integral)
    .qed(E(exp(t * Z)), "=", exp(t**2 / 2))
)

PROBLEM = prose("Let {law}. Show that {claim}", law=law, claim=normal_generating_function.statement)
