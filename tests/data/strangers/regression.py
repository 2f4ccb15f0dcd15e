"""Notes, Regression: gradients of the usual losses, for any number of features."""

from derivations import (
    Sum,
    chain_rule,
    derive,
    differentiation,
    dot,
    exp,
    family,
    grad,
    gradient_of_a_dot_product,
    log,
    logarithm_laws,
    sqrt,
    symbols,
    vector,
    vector_function,
)

d, n = symbols("d n", positive=True, integer=True)
t = symbols("t", integer=True)
y, b = symbols("y b")
lam = symbols("lambda", positive=True)
theta, x = vector("theta", d), vector("x", d)

squared_error = (
    derive(grad((dot(theta, x) - y) ** 2, theta))
    .eq(2 * (dot(theta, x) - y) * x, by=differentiation)
    .qed(grad((dot(theta, x) - y) ** 2, theta), "=", 2 * (dot(theta, x) - y) * x)
)

ridge = (
    derive(grad((dot(theta, x) - y) ** 2 + lam * dot(theta, theta), theta))
    .eq(2 * (dot(theta, x) - y) * x + 2 * lam * theta, by=differentiation)
    .qed(
        grad((dot(theta, x) - y) ** 2 + lam * dot(theta, theta), theta),
        "=",
        2 * (dot(theta, x) - y) * x + 2 * lam * theta,
    )
)

# a whole data set: features phi(t), targets Y_t
phi = vector_function("phi", d)
Y = family("Y", n)
empirical_risk = (
    derive(grad(1 / n * Sum((dot(theta, phi(t)) - Y[t]) ** 2, (t, 1, n)), theta))
    .eq(2 / n * Sum((dot(theta, phi(t)) - Y[t]) * phi(t), (t, 1, n)), by=differentiation)
    .qed(
        grad(1 / n * Sum((dot(theta, phi(t)) - Y[t]) ** 2, (t, 1, n)), theta),
        "=",
        2 / n * Sum((dot(theta, phi(t)) - Y[t]) * phi(t), (t, 1, n)),
    )
)

z = dot(theta, x)
loss = -y * log(1 / (1 + exp(-z))) - (1 - y) * log(1 - 1 / (1 + exp(-z)))
logistic_loss = (
    derive(grad(loss, theta))
    .eq(grad(-y * log(1 / (1 + exp(-z))) - (1 - y) * log(1 / (1 + exp(z))), theta))
    .eq(grad(y * log(1 + exp(-z)) + (1 - y) * log(1 + exp(z)), theta), by=logarithm_laws)
    .eq(-y * (exp(-z) / (1 + exp(-z))) * x + (1 - y) * (exp(z) / (1 + exp(z))) * x, by=differentiation)
    .eq((1 / (1 + exp(-z)) - y) * x)
    .qed(grad(loss, theta), "=", (1 / (1 + exp(-z)) - y) * x)
)

margin_loss = (
    derive(grad(log(1 + exp(-y * z)), theta))
    .eq(-y * exp(-y * z) / (1 + exp(-y * z)) * x, by=[chain_rule, gradient_of_a_dot_product])
    .eq(-y / (1 + exp(y * z)) * x)
    .qed(grad(log(1 + exp(-y * z)), theta), "=", -y / (1 + exp(y * z)) * x)
)

poisson_regression = (
    derive(grad(y * z - exp(z), theta))
    .eq(y * x - exp(z) * x, by=differentiation)
    .eq((y - exp(z)) * x)
    .qed(grad(y * z - exp(z), theta), "=", (y - exp(z)) * x)
)

expanded_square = (
    derive(dot(theta - x, theta - x))
    .eq(dot(theta, theta) - 2 * dot(theta, x) + dot(x, x))
    .qed(dot(theta - x, theta - x), "=", dot(theta, theta) - 2 * dot(theta, x) + dot(x, x))
)

mean_square = 1 / n * Sum(Y[t] ** 2, (t, 1, n)) - 2 * b / n * Sum(Y[t], (t, 1, n)) + b**2
intercept = (
    derive(1 / n * Sum((Y[t] - b) ** 2, (t, 1, n)))
    .eq(mean_square)
    .qed(1 / n * Sum((Y[t] - b) ** 2, (t, 1, n)), "=", mean_square)
)

length = sqrt(dot(theta, theta))
gradient_of_the_length = (
    derive(grad(length, theta), given=[dot(theta, theta) > 0])
    .eq(theta / length, by=differentiation)
    .qed(grad(length, theta), "=", theta / length)
)

cosine_similarity = (
    derive(grad(dot(theta, x) / length, theta), given=[dot(theta, theta) > 0])
    .eq(x / length - dot(theta, x) / length**3 * theta, by=differentiation)
    .qed(grad(dot(theta, x) / length, theta), "=", x / length - dot(theta, x) / length**3 * theta)
)

parallelogram = (
    derive(dot(theta + x, theta + x) + dot(theta - x, theta - x))
    .eq(2 * dot(theta, theta) + 2 * dot(x, x))
    .qed(dot(theta + x, theta + x) + dot(theta - x, theta - x), "=", 2 * dot(theta, theta) + 2 * dot(x, x))
)
