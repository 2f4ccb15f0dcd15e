"""Notes, Likelihoods: scores, maximum likelihood, entropy and divergence."""

from derivations import (
    Eq,
    Pi,
    Sum,
    definition,
    derive,
    diff,
    differentiation,
    exp,
    family,
    log,
    logarithm_laws,
    sqrt,
    symbols,
    taking_logarithms,
)

n = symbols("n", integer=True, positive=True)
t, k = symbols("t k", integer=True)
x, mu, y = symbols("x mu y")
sigma, lam = symbols("sigma lambda", positive=True)
p, q = symbols("p q", positive=True)
X = family("x", n)

density = 1 / (sqrt(2 * Pi) * sigma) * exp(-((x - mu) ** 2) / (2 * sigma**2))
log_density = -log(sigma) - log(2 * Pi) / 2 - (x - mu) ** 2 / (2 * sigma**2)

gaussian_log_density = derive(log(density)).eq(log_density, by=logarithm_laws).qed(log(density), "=", log_density)

gaussian_score = (
    derive(diff(log(density), mu))
    .eq(diff(log_density, mu), by=gaussian_log_density)
    .eq((x - mu) / sigma**2, by=differentiation)
    .qed(diff(log(density), mu), "=", (x - mu) / sigma**2)
)

score_of_the_scale = (
    derive(diff(log(density), sigma))
    .eq(diff(log_density, sigma), by=gaussian_log_density)
    .eq(-1 / sigma + (x - mu) ** 2 / sigma**3, by=differentiation)
    .qed(diff(log(density), sigma), "=", -1 / sigma + (x - mu) ** 2 / sigma**3)
)

log_likelihood = -Sum((X[t] - mu) ** 2, (t, 1, n)) / (2 * sigma**2)
score = (Sum(X[t], (t, 1, n)) - n * mu) / sigma**2

sample_score = (
    derive(diff(log_likelihood, mu))
    .eq(Sum(X[t] - mu, (t, 1, n)) / sigma**2, by=differentiation)
    .eq(score)
    .qed(diff(log_likelihood, mu), "=", score)
)

maximum_likelihood = (
    derive(Eq(diff(log_likelihood, mu), 0))
    .iff(Eq(score, 0), by=sample_score)
    .iff(Eq(mu, Sum(X[t], (t, 1, n)) / n))
    .qed(Eq(diff(log_likelihood, mu), 0), "⟺", Eq(mu, Sum(X[t], (t, 1, n)) / n))
)

deviations_cancel = (
    derive(Sum(X[t] - Sum(X[k], (k, 1, n)) / n, (t, 1, n)))
    .eq(Sum(X[t], (t, 1, n)) - n * (Sum(X[k], (k, 1, n)) / n))
    .eq(0)
    .qed(Sum(X[t] - Sum(X[k], (k, 1, n)) / n, (t, 1, n)), "=", 0)
)

m = symbols("m")
mean = definition(m, Sum(X[k], (k, 1, n)) / n, name="sample mean")
steiner = (
    derive(Sum((X[t] - m) ** 2, (t, 1, n)), given=[mean])
    .eq(Sum(X[t] ** 2, (t, 1, n)) - 2 * m * Sum(X[t], (t, 1, n)) + n * m**2)
    .eq(Sum(X[t] ** 2, (t, 1, n)) - n * m**2, by=mean)
    .qed(Sum((X[t] - m) ** 2, (t, 1, n)), "=", Sum(X[t] ** 2, (t, 1, n)) - n * m**2)
)

exponential_rate = (
    derive(diff(n * log(lam) - lam * Sum(X[t], (t, 1, n)), lam))
    .eq(n / lam - Sum(X[t], (t, 1, n)), by=differentiation)
    .qed(diff(n * log(lam) - lam * Sum(X[t], (t, 1, n)), lam), "=", n / lam - Sum(X[t], (t, 1, n)))
)

bernoulli_score = (
    derive(diff(y * log(p) + (1 - y) * log(1 - p), p), given=[p < 1])
    .eq(y / p - (1 - y) / (1 - p), by=differentiation)
    .eq((y - p) / (p * (1 - p)))
    .qed(diff(y * log(p) + (1 - y) * log(1 - p), p), "=", (y - p) / (p * (1 - p)))
)

entropy = -p * log(p) - (1 - p) * log(1 - p)
slope_of_the_entropy = (
    derive(diff(entropy, p), given=[p < 1])
    .eq(log(1 - p) - log(p), by=differentiation)
    .eq(log((1 - p) / p), by=logarithm_laws)
    .qed(diff(entropy, p), "=", log((1 - p) / p))
)

most_uncertain = (
    derive(Eq(log((1 - p) / p), 0), given=[p < 1])
    .iff(Eq((1 - p) / p, exp(0)), by=taking_logarithms)
    .iff(Eq(p, 1 / 2))
    .qed(Eq(log((1 - p) / p), 0), "⟺", Eq(p, 1 / 2))
)

divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
slope_of_the_divergence = (
    derive(diff(divergence, p), given=[p < 1, q < 1])
    .eq(log(p / q) - log((1 - p) / (1 - q)), by=differentiation)
    .qed(diff(divergence, p), "=", log(p / q) - log((1 - p) / (1 - q)))
)
