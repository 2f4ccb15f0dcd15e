"""Sheet 10, Exercise 1: the variance of a product, where the means are not 0."""

from derivations import Var, derive, finite_variance, independent, random_variable, variance_of_centred_product

X, Y = random_variable("X"), random_variable("Y")

product = (
    derive(Var(X * Y), given=[independent(X, Y), finite_variance(X, Y)])
    .eq(Var(X) * Var(Y), by=variance_of_centred_product)
    .qed(Var(X * Y), "=", Var(X) * Var(Y))
)
