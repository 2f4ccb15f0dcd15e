"""Estimation, Exercise 4: an expectation under one normal law, estimated under another one.

Source: Owen, Monte Carlo Theory, Methods and Examples, chapter 9.
"""

from derivations import (
    E,
    Normal,
    definition_of_expected_value,
    derive,
    distributed,
    exp,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.writing import prose

mu = symbols("mu")
X, Y = random_variable("X"), random_variable("Y")
target, proposal = distributed(X, Normal(0, 1)), distributed(Y, Normal(mu, 1))
weight = exp(-(Y**2) / 2) / exp(-((Y - mu) ** 2) / 2)

importance_sampling = (
    derive(E(Y**2 * weight), given=[target, proposal])
    .eq(E(X**2), by=definition_of_expected_value)
    .qed(E(Y**2 * weight), "=", E(X**2))
)

PROBLEM = prose(
    "Let {target} and {proposal}. Show that the weighted mean under the second law is the mean under the first: "
    "{claim}",
    target=target,
    proposal=proposal,
    claim=importance_sampling.statement,
)
