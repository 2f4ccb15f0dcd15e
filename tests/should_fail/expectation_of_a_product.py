"""Sheet 10, Exercise 3: the expectation of a product, without independence."""

from derivations import E, derive, expectation_of_independent_product, finite_variance, random_variable

X, Y = random_variable("X"), random_variable("Y")

product = (
    derive(E(X * Y), given=[finite_variance(X, Y)])
    .eq(E(X) * E(Y), by=expectation_of_independent_product)
    .qed(E(X * Y), "=", E(X) * E(Y))
)
