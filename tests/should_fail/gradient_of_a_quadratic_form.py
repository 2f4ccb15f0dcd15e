"""Sheet 11, Exercise 2: the gradient of a quadratic form whose matrix is not symmetric."""

from derivations import derive, grad, matrix, matrix_calculus, symbols, vector

n = symbols("n", positive=True, integer=True)
A, x = matrix("A", n, n), vector("x", n)

gradient = derive(grad(x.T @ A @ x, x)).eq(2 * A @ x, by=matrix_calculus).qed(grad(x.T @ A @ x, x), "=", 2 * A @ x)
