"""Estimation, Exercise 5: the score and the Fisher information of a Bernoulli law.

Source: Casella and Berger, Statistical Inference, section 7.3.
"""

from derivations import (
    Bernoulli,
    E,
    definition_of_expected_value,
    derive,
    diff,
    differentiation,
    distributed,
    log,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.writing import prose

p, x = symbols("p x")
X = random_variable("X")
law = distributed(X, Bernoulli(p))

bernoulli_score = (
    derive(diff(x * log(p) + (1 - x) * log(1 - p), p), given=[p > 0, p < 1])
    .eq(x / p - (1 - x) / (1 - p), by=differentiation)
    .qed(diff(x * log(p) + (1 - x) * log(1 - p), p), "=", x / p - (1 - x) / (1 - p))
)

fisher_information = (
    derive(E((X / p - (1 - X) / (1 - p)) ** 2), given=[law, p > 0, p < 1])
    .eq((1 - p) / (1 - p) ** 2 + p / p**2, by=definition_of_expected_value)
    .eq(1 / (p * (1 - p)))
    .qed(E((X / p - (1 - X) / (1 - p)) ** 2), "=", 1 / (p * (1 - p)))
)

PROBLEM = prose(
    "Let {law} with {range}. Compute the score {score} and the Fisher information {information}.",
    law=law,
    range=p > 0,
    score=bernoulli_score.start,
    information=fisher_information.start,
)
