"""Sheet 10, Exercise 6: variances of differences add up, too."""

from derivations import Var, derive, finite_variance, independent, random_variable, variance_of_independent_sum

X, Y = random_variable("X"), random_variable("Y")

difference = (
    derive(Var(X - Y), given=[independent(X, Y), finite_variance(X, Y)])
    .eq(Var(X) - Var(Y), by=variance_of_independent_sum)
    .qed(Var(X - Y), "=", Var(X) - Var(Y))
)
