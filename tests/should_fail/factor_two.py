"""Sheet 6, Exercise 3: the gradient of a square, for any number of features."""

from derivations import derive, differentiation, dot, grad, symbols, vector

d = symbols("d", positive=True, integer=True)
y = symbols("y")
theta, x = vector("theta", d), vector("x", d)

squared_error = (
    derive(grad((dot(theta, x) - y) ** 2, theta))
    .eq((dot(theta, x) - y) * x, by=differentiation)
    .qed(grad((dot(theta, x) - y) ** 2, theta), "=", (dot(theta, x) - y) * x)
)
