"""Sheet 10, Exercise 2: a constant leaves a variance squared."""

from derivations import Var, derive, finite_variance, random_variable, symbols, variance_scaling

a = symbols("a")
X = random_variable("X")

scaled = (
    derive(Var(a * X), given=[finite_variance(X)]).eq(a * Var(X), by=variance_scaling).qed(Var(a * X), "=", a * Var(X))
)
