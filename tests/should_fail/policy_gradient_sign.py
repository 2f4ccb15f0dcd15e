"""Sheet 11, Exercise 9: the gradient of a log-sigmoid."""

from derivations import derive, differentiation, dot, exp, grad, log, symbols, vector

d = symbols("d", positive=True, integer=True)
theta, x = vector("theta", d), vector("x", d)
p = 1 / (1 + exp(-dot(theta, x)))

eligibility = (
    derive(grad(log(p), theta)).eq(-(1 - p) * x, by=differentiation).qed(grad(log(p), theta), "=", -(1 - p) * x)
)
