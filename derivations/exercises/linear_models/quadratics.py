"""Linear models, Exercise 5: Newton's step and gradient descent on a quadratic."""

from derivations import (
    derive,
    grad,
    hessian,
    hypothesis,
    identity,
    matrix,
    matrix_calculus,
    positive_definite,
    symbols,
    vector,
)
from derivations.writing import prose

n = symbols("n", positive=True, integer=True)
A = matrix("A", n, n)
c, x, z = vector("c", n), vector("x", n), vector("z", n)
eta = symbols("eta", positive=True)
definite = positive_definite(A)
minimiser = hypothesis(A @ z, "=", c, name="the minimiser")

objective = x.T @ A @ x / 2 - c.T @ x

gradient_of_quadratic = (
    derive(grad(objective, x), given=[definite])
    .eq((A + A.T) @ x / 2 - c, by=matrix_calculus)
    .eq(A @ x - c)
    .qed(grad(objective, x), "=", A @ x - c)
)

hessian_of_quadratic = (
    derive(hessian(objective, x), given=[definite])
    .eq((A + A.T) / 2, by=matrix_calculus)
    .eq(A)
    .qed(hessian(objective, x), "=", A)
)

newton = (
    derive(x - A**-1 @ (A @ x - c), given=[definite, minimiser])
    .eq(A**-1 @ c)
    .eq(z, by=minimiser)
    .qed(x - A**-1 @ (A @ x - c), "=", z)
)

descent = (
    derive(x - eta * (A @ x - c) - z, given=[definite, minimiser])
    .eq(x - z - eta * A @ (x - z), by=minimiser)
    .eq((identity(n) - eta * A) @ (x - z))
    .qed(x - eta * (A @ x - c) - z, "=", (identity(n) - eta * A) @ (x - z))
)

quadratic_gap = (
    derive(objective - (z.T @ A @ z / 2 - c.T @ z), given=[definite, minimiser])
    .eq((x - z).T @ A @ (x - z) / 2, by=minimiser)
    .ge(0)
    .qed(objective - (z.T @ A @ z / 2 - c.T @ z), ">=", 0)
)

PROBLEM = prose(
    "Let {A} be positive definite and {minimiser}. Find gradient and Hessian of {objective}, show that {z} "
    "minimises it, that Newton's method reaches it in one step, and by what a step of gradient descent multiplies the "
    "error {error}.",
    A=A, minimiser=minimiser, objective=objective, z=z, error=x - z,
)  # fmt: skip
REMARK = prose("Source: Boyd and Vandenberghe, Convex Optimization, sections 9.1, 9.3 and 9.5.")
