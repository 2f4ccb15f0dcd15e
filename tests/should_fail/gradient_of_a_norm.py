"""Sheet 7, Exercise 7: a square has a factor two."""

from derivations import derive, differentiation, dot, grad, symbols, vector

d = symbols("d", positive=True, integer=True)
theta = vector("theta", d)
lam = symbols("lambda", positive=True)

gradient = (
    derive(grad(lam * dot(theta, theta), theta))
    .eq(lam * theta, by=differentiation)
    .qed(grad(lam * dot(theta, theta), theta), "=", lam * theta)
)
