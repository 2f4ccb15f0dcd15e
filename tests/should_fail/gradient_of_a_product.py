"""Sheet 7, Exercise 6: the gradient of θᵀx is x."""

from derivations import derive, dot, grad, gradient_of_a_dot_product, symbols, vector

d = symbols("d", positive=True, integer=True)
theta, x = vector("theta", d), vector("x", d)

gradient = (
    derive(grad(dot(theta, x), theta))
    .eq(theta, by=gradient_of_a_dot_product)
    .qed(grad(dot(theta, x), theta), "=", theta)
)
