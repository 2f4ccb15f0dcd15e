"""Sheet 10, Exercise 8: E[X]² is at most E[X²]."""

from derivations import E, derive, finite_variance, random_variable, variance_definition

X = random_variable("X")

jensen = derive(E(X) ** 2, given=[finite_variance(X)]).ge(E(X**2), by=variance_definition).qed(E(X) ** 2, ">=", E(X**2))
