"""Sheet 10, Exercise 9: the fourth moment of a standard Gaussian is 3."""

from derivations import E, derive, isserlis, random_family, standard_gaussians, symbols

n = symbols("n", positive=True, integer=True)
i = symbols("i", integer=True, lower=1, upper=n)
X = random_family("X", n)

kurtosis = derive(E(X[i] ** 4), given=[standard_gaussians(X)]).eq(1, by=isserlis).qed(E(X[i] ** 4), "=", 1)
