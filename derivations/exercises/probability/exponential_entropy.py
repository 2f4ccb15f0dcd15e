"""Probability, Exercise 8: the entropy of the exponential law.

Source: Cover and Thomas, Elements of Information Theory, chapter 8.
"""

from derivations import (
    E,
    Exponential,
    definition_of_expected_value,
    derive,
    distributed,
    exp,
    fundamental_theorem_of_calculus,
    linearity_of_expectation,
    log,
    logarithm_laws,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.writing import prose

lam = symbols("lambda", positive=True)
X = random_variable("X")
law = distributed(X, Exponential(lam))

exponential_entropy = (
    derive(E(-log(lam * exp(-lam * X))), given=[law])
    .eq(E(lam * X - log(lam)), by=logarithm_laws)
    .eq(lam * E(X) - log(lam), by=linearity_of_expectation)
    .eq(1 - log(lam), by=[definition_of_expected_value, fundamental_theorem_of_calculus])
    .qed(E(-log(lam * exp(-lam * X))), "=", 1 - log(lam))
)

PROBLEM = prose("Let {law}. Compute its entropy, {entropy}.", law=law, entropy=exponential_entropy.start)
