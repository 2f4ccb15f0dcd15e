"""Sheet 10, Exercise 10: X_i and X_i are not independent."""

from derivations import E, derive, expectation_of_independent_product, random_family, standard_gaussians, symbols

n = symbols("n", positive=True, integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
X = random_family("X", n)

product = (
    derive(E(X[i] * X[j]), given=[standard_gaussians(X)])
    .eq(E(X[i]) * E(X[j]), by=expectation_of_independent_product)
    .qed(E(X[i] * X[j]), "=", E(X[i]) * E(X[j]))
)
