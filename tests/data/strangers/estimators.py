"""Notes, Estimators: bias, variance, and how to have less of it."""

from derivations import (
    Cov,
    E,
    Sum,
    Var,
    bilinearity_of_covariance,
    declared_moments,
    derive,
    diff,
    differentiation,
    finite_variance,
    gaussians,
    iid,
    independent,
    isserlis,
    law,
    linearity_of_expectation,
    random_family,
    random_variable,
    symbols,
    variance_definition,
    variance_of_centred_product,
    variance_of_independent_sum,
    variance_of_sum,
    variance_scaling,
)

n, d = symbols("n d", integer=True, positive=True)
i, j, t = symbols("i j t", integer=True)
m = symbols("m", integer=True, lower=1, upper=n)
mu, c, f = symbols("mu c f")
sigma, v_1, v_2 = symbols("sigma v_1 v_2", positive=True)

# -- bias and variance ---------------------------------------------------------------------
estimate, noise = random_variable("g"), random_variable("epsilon")
error = f + noise - estimate
setting = [finite_variance(estimate), law(noise, mean=0, variance=sigma**2), independent(estimate, noise)]

bias_and_variance = (
    derive(E(error**2), given=setting)
    .eq(Var(error) + E(error) ** 2, by=variance_definition)
    .eq(
        Var(noise) + Var(estimate) + (f - E(estimate)) ** 2,
        by=[variance_of_independent_sum, linearity_of_expectation, declared_moments],
    )
    .eq(sigma**2 + Var(estimate) + (E(estimate) - f) ** 2, by=declared_moments)
    .qed(E(error**2), "=", sigma**2 + Var(estimate) + (E(estimate) - f) ** 2)
)

second_moment_is_larger = (
    derive(E(estimate**2), given=[finite_variance(estimate)])
    .eq(Var(estimate) + E(estimate) ** 2, by=variance_definition)
    .ge(E(estimate) ** 2)
    .qed(E(estimate**2), ">=", E(estimate) ** 2)
)

# -- the sample ------------------------------------------------------------------------------
X = random_family("X", n)
sample = iid(X, mean=mu, variance=sigma**2)
average = Sum(X[j], (j, 1, n)) / n

average_and_member = (
    derive(Cov(average, X[m]), given=[sample])
    .eq(1 / n * Sum(Cov(X[j], X[m]), (j, 1, n)), by=bilinearity_of_covariance)
    .eq(sigma**2 / n, by=isserlis)
    .qed(Cov(average, X[m]), "=", sigma**2 / n)
)

bessel = (
    derive(E(Sum((X[i] - average) ** 2, (i, 1, n))), given=[sample])
    .eq((n - 1) * sigma**2, by=isserlis)
    .qed(E(Sum((X[i] - average) ** 2, (i, 1, n))), "=", (n - 1) * sigma**2)
)

# -- two measurements of one quantity ----------------------------------------------------------
X_1, X_2 = random_variable("X_1"), random_variable("X_2")
measurements = [law(X_1, mean=mu, variance=v_1), law(X_2, mean=mu, variance=v_2), independent(X_1, X_2)]
w = v_2 / (v_1 + v_2)

fusion = (
    derive(Var(w * X_1 + (1 - w) * X_2), given=measurements)
    .eq(w**2 * Var(X_1) + (1 - w) ** 2 * Var(X_2), by=variance_of_independent_sum)
    .eq(w**2 * v_1 + (1 - w) ** 2 * v_2, by=declared_moments)
    .eq(v_1 * v_2 / (v_1 + v_2))
    .le(v_1)
    .qed(Var(w * X_1 + (1 - w) * X_2), "<=", v_1)
)

# -- baselines and control variates -------------------------------------------------------------
G, B = random_variable("G"), random_variable("B")
baseline = derive(Var(G - c), given=[finite_variance(G)]).eq(Var(G), by=variance_scaling).qed(Var(G - c), "=", Var(G))

controlled = Var(G) + c**2 * Var(B) - 2 * c * Cov(G, B)
control_variate = (
    derive(Var(G - c * B), given=[finite_variance(G, B)])
    .eq(Var(G) + Var(c * B) - 2 * Cov(G, c * B), by=variance_of_sum)
    .eq(controlled, by=[variance_scaling, bilinearity_of_covariance])
    .qed(Var(G - c * B), "=", controlled)
)

best_coefficient = (
    derive(diff(controlled, c), given=[finite_variance(G, B)])
    .eq(2 * c * Var(B) - 2 * Cov(G, B), by=differentiation)
    .qed(diff(controlled, c), "=", 2 * c * Var(B) - 2 * Cov(G, B))
)

# -- how to initialise a layer ---------------------------------------------------------------------
W, A = random_family("W", d), random_family("a", d)
layer = [gaussians(W, mean=0, variance=1 / d), law(A[t], mean=0, variance=1), independent(W, A)]
activation = Sum(W[t] * A[t], (t, 1, d))

initialisation = (
    derive(Var(activation), given=layer)
    .eq(Sum(Var(W[t]) * Var(A[t]), (t, 1, d)), by=[variance_of_independent_sum, variance_of_centred_product])
    .eq(Sum(1 / d, (t, 1, d)), by=declared_moments)
    .eq(1)
    .qed(Var(activation), "=", 1)
)
