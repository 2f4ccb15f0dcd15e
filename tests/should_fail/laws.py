"""A second course, Exercise 1: what textbooks warn of, where laws and their densities are at work."""

from derivations import (
    Beta,
    Cauchy,
    E,
    Exponential,
    Integral,
    Normal,
    Pr,
    Uniform,
    Var,
    derive,
    diff,
    distributed,
    independent,
    oo,
    random_variable,
    sqrt,
    symbols,
)  # fmt: skip

x, z, c = symbols("x z c")
lam, theta, a, b = symbols("lambda theta a b", positive=True)
X, Y = random_variable("X"), random_variable("Y")
mean = "definition-of-expected-value"

mean_of_the_reciprocal = (
    derive(E(1 / X), given=[distributed(X, Normal(0, 1))])
    .eq(0 * c, by=[mean, "symmetry-of-the-integrand"])
    .qed(E(1 / X), "=", 0 * c)
)
mean_of_a_cauchy_variable = (
    derive(E(X), given=[distributed(X, Cauchy(0, 1))])
    .eq(0 * c, by=[mean, "symmetry-of-the-integrand"])
    .qed(E(X), "=", 0 * c)
)
derivative_under_a_moving_integral = (
    derive(diff(Integral(x / theta, (x, 0, theta)), theta))
    .eq(Integral(-x / theta**2, (x, 0, theta)), by=["differentiation-under-the-integral-sign", "differentiation"])
    .qed(diff(Integral(x / theta, (x, 0, theta)), theta), "=", Integral(-x / theta**2, (x, 0, theta)))
)
density_as_a_probability = (
    derive(Pr(a < X), given=[distributed(X, Exponential(lam))])
    .eq(Exponential(lam).density(a), by="probability-by-the-law")
    .qed(Pr(a < X), "=", Exponential(lam).density(a))
)
substitution_in_one_piece = (
    derive(Integral(x**2, (x, -1, 1)))
    .eq(Integral(sqrt(z) / 2, (z, 0, 1)), by="integration-by-substitution")
    .qed(Integral(x**2, (x, -1, 1)), "=", Integral(sqrt(z) / 2, (z, 0, 1)))
)
variance_without_independence = (
    derive(Var(X + Y), given=[distributed(X, Normal(0, 1)), distributed(Y, Uniform(0, 1))])
    .eq(Var(X) + Var(Y), by="variance-of-independent-sum")
    .qed(Var(X + Y), "=", Var(X) + Var(Y))
)
variance_of_a_cauchy_variable = (
    derive(Var(X + Y), given=[distributed(X, Cauchy(0, 1)), distributed(Y, Normal(0, 1)), independent(X, Y)])
    .eq(Var(X) + Var(Y), by="variance-of-independent-sum")
    .qed(Var(X + Y), "=", Var(X) + Var(Y))
)
posterior_without_its_constant = (
    derive(Beta(a, b).density(x) * x, given=[x > 0, x < 1])
    .eq(Beta(a + 1, b).density(x), by=["beta-and-gamma", "functional-equation-of-gamma"])
    .qed(Beta(a, b).density(x) * x, "=", Beta(a + 1, b).density(x))
)
scaled_by_a_negative_number = (
    derive(Integral(Normal(0, 1).density(x / c) / c, (x, -oo, oo)), given=[c < 0])
    .eq(1, by=["integration-by-substitution", "gaussian-integral"])
    .qed(Integral(Normal(0, 1).density(x / c) / c, (x, -oo, oo)), "=", 1)
)
