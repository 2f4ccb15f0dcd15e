"""Notes, Policies: scores of policies, with as many actions and parameters as there are."""

from derivations import (
    Sum,
    definition,
    derive,
    diff,
    differentiation,
    dot,
    exp,
    function,
    grad,
    log,
    logarithm_laws,
    symbols,
    vector,
    vector_function,
)

d, n = symbols("d n", positive=True, integer=True)
b, c = symbols("b c", integer=True, lower=1, upper=n)
state = symbols("s", space="S")
theta = vector("theta", d)
mu = function("mu", bar=1, smooth=True)

log_derivative_trick = (
    derive(mu(b, state, theta) * grad(log(mu(b, state, theta)), theta), given=[mu(b, state, theta) > 0])
    .eq(grad(mu(b, state, theta), theta), by=differentiation)
    .qed(mu(b, state, theta) * grad(log(mu(b, state, theta)), theta), "=", grad(mu(b, state, theta), theta))
)

# linear preferences
phi = vector_function("phi", d)
normaliser = Sum(exp(dot(theta, phi(c))), (c, 1, n))
policy = function("pi")
softmax = definition(policy(b), exp(dot(theta, phi(b))) / normaliser, name="softmax policy")

log_policy = (
    derive(log(policy(b)), given=[softmax])
    .eq(log(exp(dot(theta, phi(b))) / normaliser), by=softmax)
    .eq(dot(theta, phi(b)) - log(normaliser), by=logarithm_laws)
    .qed(log(policy(b)), "=", dot(theta, phi(b)) - log(normaliser))
)

score = (
    derive(grad(dot(theta, phi(b)) - log(normaliser), theta), given=[softmax])
    .eq(phi(b) - Sum(exp(dot(theta, phi(c))) * phi(c), (c, 1, n)) / normaliser, by=differentiation)
    .eq(phi(b) - Sum(policy(c) * phi(c), (c, 1, n)), by=softmax)
    .qed(grad(dot(theta, phi(b)) - log(normaliser), theta), "=", phi(b) - Sum(policy(c) * phi(c), (c, 1, n)))
)

# a Gaussian policy
a, sigma = symbols("a"), symbols("sigma", positive=True)
x = vector("x", d)
gaussian_score = (
    derive(grad(-((a - dot(theta, x)) ** 2) / (2 * sigma**2), theta))
    .eq((a - dot(theta, x)) / sigma**2 * x, by=differentiation)
    .qed(grad(-((a - dot(theta, x)) ** 2) / (2 * sigma**2), theta), "=", (a - dot(theta, x)) / sigma**2 * x)
)

# the inverse temperature
h_1, h_2 = symbols("h_1 h_2")
beta = symbols("beta", positive=True)
p = 1 / (1 + exp(-beta * (h_1 - h_2)))
sensitivity = (
    derive(diff(p, beta))
    .eq((h_1 - h_2) * exp(-beta * (h_1 - h_2)) / (1 + exp(-beta * (h_1 - h_2))) ** 2, by=differentiation)
    .eq((h_1 - h_2) * p * (1 - p))
    .qed(diff(p, beta), "=", (h_1 - h_2) * p * (1 - p))
)
