"""Sheet 10, Exercise 5: E[X²] is not E[X]²."""

from derivations import E, derive, finite_variance, linearity_of_expectation, random_variable

X = random_variable("X")

square = (
    derive(E(X**2), given=[finite_variance(X)]).eq(E(X) ** 2, by=linearity_of_expectation).qed(E(X**2), "=", E(X) ** 2)
)
