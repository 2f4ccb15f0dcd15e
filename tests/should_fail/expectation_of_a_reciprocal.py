"""Sheet 10, Exercise 4: E[1/X] is not 1/E[X]."""

from derivations import E, derive, finite_variance, linearity_of_expectation, random_variable

X = random_variable("X")

reciprocal = (
    derive(E(1 / X), given=[finite_variance(X)]).eq(1 / E(X), by=linearity_of_expectation).qed(E(1 / X), "=", 1 / E(X))
)
