"""Probability, Exercise 9: the Kullback–Leibler divergence of two Bernoulli laws.

Source: Cover and Thomas, Elements of Information Theory, section 2.3.
"""

from derivations import (
    Bernoulli,
    E,
    definition_of_expected_value,
    derive,
    distributed,
    log,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.writing import prose

p, q = symbols("p q")
X = random_variable("X")
law = distributed(X, Bernoulli(p))
ratio = X * log(p / q) + (1 - X) * log((1 - p) / (1 - q))

divergence_of_bernoullis = (
    derive(E(ratio), given=[law, p > 0, p < 1, q > 0, q < 1])
    .eq((1 - p) * log((1 - p) / (1 - q)) + p * log(p / q), by=definition_of_expected_value)
    .qed(E(ratio), "=", (1 - p) * log((1 - p) / (1 - q)) + p * log(p / q))
)

PROBLEM = prose(
    "Let {law}. The logarithm of the ratio of its mass to that of the Bernoulli law with {q} is {ratio}. "
    "Compute its mean, the divergence of the two laws.",
    law=law,
    q=q,
    ratio=ratio,
)
