"""Probability, Exercise 6: the mean of the Poisson law.

Source: Grimmett and Stirzaker, Probability and Random Processes, section 3.5.
"""

from derivations import (
    E,
    Poisson,
    Sum,
    definition_of_expected_value,
    derive,
    distributed,
    exp,
    exponential_series,
    factorial,
    oo,
    random_variable,
    shift_of_a_series,
    split_off_first_term,
    symbols,
)  # fmt: skip
from derivations.writing import prose

k = symbols("k", integer=True)
lam = symbols("lambda", positive=True)
X = random_variable("X")
law = distributed(X, Poisson(lam))

poisson_mean = (
    derive(E(X), given=[law])
    .eq(Sum(k * lam**k * exp(-lam) / factorial(k), (k, 0, oo)), by=definition_of_expected_value)
    .eq(
        Sum((k + 1) * lam ** (k + 1) * exp(-lam) / factorial(k + 1), (k, 0, oo)),
        by=[split_off_first_term, shift_of_a_series],
    )
    .eq(Sum(lam ** (k + 1) * exp(-lam) / factorial(k), (k, 0, oo)))
    .eq(lam, by=exponential_series)
    .qed(E(X), "=", lam)
)

PROBLEM = prose("Let {law}. Show that {claim}.", law=law, claim=poisson_mean.statement)
