"""Sheet 2, Exercise 2: variances add up, if the variables are independent."""

from derivations import Var, derive, finite_variance, random_variable, variance_of_independent_sum

X, Y = random_variable("X"), random_variable("Y")

total = (
    derive(Var(X + Y), given=[finite_variance(X, Y)])
    .eq(Var(X) + Var(Y), by=variance_of_independent_sum)
    .qed(Var(X + Y), "=", Var(X) + Var(Y))
)
