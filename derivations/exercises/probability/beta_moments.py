"""Probability, Exercise 5: the mean of the beta law.

Source: Casella and Berger, Statistical Inference, section 3.3.
"""

from derivations import (
    Beta,
    E,
    beta_and_gamma,
    beta_function,
    beta_integral,
    definition_of_expected_value,
    derive,
    distributed,
    functional_equation_of_gamma,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.writing import prose

a, b = symbols("a b", positive=True)
X = random_variable("X")
law = distributed(X, Beta(a, b))

beta_mean = (
    derive(E(X), given=[law])
    .eq(beta_function(a + 1, b) / beta_function(a, b), by=[definition_of_expected_value, beta_integral])
    .eq(a / (a + b), by=[beta_and_gamma, functional_equation_of_gamma])
    .qed(E(X), "=", a / (a + b))
)

beta_square = (
    derive(E(X**2), given=[law])
    .eq(beta_function(a + 2, b) / beta_function(a, b), by=[definition_of_expected_value, beta_integral])
    .eq(a * (a + 1) / ((a + b) * (a + b + 1)), by=[beta_and_gamma, functional_equation_of_gamma])
    .qed(E(X**2), "=", a * (a + 1) / ((a + b) * (a + b + 1)))
)

PROBLEM = prose("Let {law}. Compute {m} and {s}.", law=law, m=E(X), s=E(X**2))
