"""Notes, Moments: what every course on probability begins with."""

from derivations import (
    Cov,
    E,
    Sum,
    Var,
    bilinearity_of_covariance,
    covariance_definition,
    covariance_of_independent,
    declared_moments,
    delta,
    derive,
    expectation_of_independent_product,
    family,
    finite_variance,
    gaussians,
    iid,
    independent,
    isserlis,
    law,
    linearity_of_expectation,
    matrix,
    matrix_product,
    random_family,
    random_variable,
    standard_gaussians,
    symbols,
    variance_definition,
    variance_of_independent_product,
    variance_of_independent_sum,
    variance_of_sum,
    variance_scaling,
)

n = symbols("n", positive=True, integer=True)
t = symbols("t", integer=True)
mu, nu, a, b, c = symbols("mu nu a b c")
sigma, tau = symbols("sigma tau", positive=True)
w = family("c", n)
X = random_family("X", n)
sample = iid(X, mean=mu, variance=sigma**2)

weighted_sum = (
    derive(Var(Sum(w[t] * X[t], (t, 1, n))), given=[sample])
    .eq(Sum(w[t] ** 2 * Var(X[t]), (t, 1, n)), by=variance_of_independent_sum)
    .eq(sigma**2 * Sum(w[t] ** 2, (t, 1, n)), by=sample)
    .qed(Var(Sum(w[t] * X[t], (t, 1, n))), "=", sigma**2 * Sum(w[t] ** 2, (t, 1, n)))
)

average = Sum(X[t], (t, 1, n)) / n

mean_of_the_average = (
    derive(E(average), given=[sample])
    .eq(1 / n * Sum(E(X[t]), (t, 1, n)), by=linearity_of_expectation)
    .eq(mu, by=sample)
    .qed(E(average), "=", mu)
)

variance_of_the_average = (
    derive(Var(average), given=[sample])
    .eq(Sum(Var(X[t]), (t, 1, n)) / n**2, by=variance_of_independent_sum)
    .eq(sigma**2 / n, by=sample)
    .qed(Var(average), "=", sigma**2 / n)
)

U, V = random_variable("U"), random_variable("V")
law_of_U, law_of_V = law(U, mean=mu, variance=sigma**2), law(V, mean=nu, variance=tau**2)

second_moment = (
    derive(Var(U), given=[law_of_U])
    .eq(E(U**2) - E(U) ** 2, by=variance_definition)
    .qed(Var(U), "=", E(U**2) - E(U) ** 2)
)

centred_square = (
    derive(E((U - mu) ** 2), given=[law_of_U])
    .eq(E(U**2) - 2 * mu * E(U) + mu**2, by=linearity_of_expectation)
    .eq(sigma**2 + mu**2 - 2 * mu**2 + mu**2, by=law_of_U)
    .eq(sigma**2)
    .qed(E((U - mu) ** 2), "=", sigma**2)
)

affine = (
    derive(Var(a * U + b), given=[finite_variance(U)])
    .eq(a**2 * Var(U), by=variance_scaling)
    .qed(Var(a * U + b), "=", a**2 * Var(U))
)

standardised = (
    derive(Var((U - mu) / sigma), given=[law_of_U])
    .eq(Var(U) / sigma**2, by=variance_scaling)
    .eq(sigma**2 / sigma**2, by=law_of_U)
    .eq(1)
    .qed(Var((U - mu) / sigma), "=", 1)
)

sum_of_two = (
    derive(Var(U + V), given=[finite_variance(U, V)])
    .eq(Var(U) + Var(V) + 2 * Cov(U, V), by=variance_of_sum)
    .qed(Var(U + V), "=", Var(U) + Var(V) + 2 * Cov(U, V))
)

difference_of_independent = (
    derive(Var(U - V), given=[law_of_U, law_of_V, independent(U, V)])
    .eq(Var(U) + Var(V), by=variance_of_independent_sum)
    .eq(sigma**2 + tau**2, by=[law_of_U, law_of_V])
    .qed(Var(U - V), "=", sigma**2 + tau**2)
)

product_of_independent = (
    derive(Var(U * V), given=[law_of_U, law_of_V, independent(U, V)])
    .eq(Var(U) * Var(V) + Var(U) * E(V) ** 2 + Var(V) * E(U) ** 2, by=variance_of_independent_product)
    .eq(sigma**2 * tau**2 + sigma**2 * nu**2 + tau**2 * mu**2, by=declared_moments)
    .qed(Var(U * V), "=", sigma**2 * tau**2 + sigma**2 * nu**2 + tau**2 * mu**2)
)

mean_of_a_product = (
    derive(E(U * V), given=[law_of_U, law_of_V, independent(U, V)])
    .eq(E(U) * E(V), by=expectation_of_independent_product)
    .eq(mu * nu, by=[law_of_U, law_of_V])
    .qed(E(U * V), "=", mu * nu)
)

covariance_of_sum_and_difference = (
    derive(Cov(U + V, U - V), given=[finite_variance(U, V)])
    .eq(Cov(U, U) - Cov(U, V) + Cov(V, U) - Cov(V, V), by=bilinearity_of_covariance)
    .eq(Var(U) - Var(V), by=bilinearity_of_covariance)
    .qed(Cov(U + V, U - V), "=", Var(U) - Var(V))
)

known_mean = (
    derive(E(Sum((X[t] - mu) ** 2, (t, 1, n)) / n), given=[sample])
    .eq(1 / n * Sum(E((X[t] - mu) ** 2), (t, 1, n)), by=linearity_of_expectation)
    .eq(1 / n * Sum(E(X[t] ** 2) - 2 * mu * E(X[t]) + mu**2, (t, 1, n)), by=linearity_of_expectation)
    .eq(sigma**2, by=sample)
    .qed(E(Sum((X[t] - mu) ** 2, (t, 1, n)) / n), "=", sigma**2)
)

# Gaussians
G = random_variable("G")
normal = gaussians(G, mean=mu, variance=sigma**2)
fourth_moment = (
    derive(E(G**4), given=[normal])
    .eq(mu**4 + 6 * mu**2 * sigma**2 + 3 * sigma**4, by=isserlis)
    .qed(E(G**4), "=", mu**4 + 6 * mu**2 * sigma**2 + 3 * sigma**4)
)

Z = random_family("Z", n)
chi_squared = standard_gaussians(Z)
mean_of_chi_squared = (
    derive(E(Sum(Z[t] ** 2, (t, 1, n))), given=[chi_squared])
    .eq(n, by=isserlis)
    .qed(E(Sum(Z[t] ** 2, (t, 1, n))), "=", n)
)
variance_of_chi_squared = (
    derive(Var(Sum(Z[t] ** 2, (t, 1, n))), given=[chi_squared])
    .eq(2 * n, by=isserlis)
    .qed(Var(Sum(Z[t] ** 2, (t, 1, n))), "=", 2 * n)
)

# scores of keys against queries
rows, width = symbols("m D", positive=True, integer=True)
i, j, k = symbols("i j k", integer=True, lower=1, upper=rows)
A, B = random_family("A", rows, width), random_family("B", rows, width)
scores = matrix("A", A) @ matrix("B", B).T
entries = standard_gaussians(A, B)

shared_query = (
    derive(Cov(scores[i, j], scores[i, k]), given=[entries])
    .eq(Cov(Sum(A[i, t] * B[j, t], (t, 1, width)), Sum(A[i, t] * B[k, t], (t, 1, width))), by=matrix_product)
    .eq(delta(j, k) * width, by=isserlis)
    .qed(Cov(scores[i, j], scores[i, k]), "=", delta(j, k) * width)
)

uncorrelated = (
    derive(Cov(U, V), given=[finite_variance(U, V), independent(U, V)])
    .eq(0, by=covariance_of_independent)
    .qed(Cov(U, V), "=", 0)
)

covariance_by_moments = (
    derive(Cov(U, V), given=[finite_variance(U, V)])
    .eq(E(U * V) - E(U) * E(V), by=covariance_definition)
    .qed(Cov(U, V), "=", E(U * V) - E(U) * E(V))
)
