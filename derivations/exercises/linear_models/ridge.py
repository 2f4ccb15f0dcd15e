"""Linear models, Exercise 2: ridge regression, and its dual form."""

from derivations import derive, grad, hypothesis, matrix_calculus, norm
from derivations.exercises.linear_models.design import I_m, I_p, X, b, beta, gram, lam, y
from derivations.writing import prose

loss = norm(y - X @ b) ** 2 + lam * norm(b) ** 2
stationary = hypothesis((gram + lam * I_p) @ beta, "=", X.T @ y, name="stationary point")

ridge_gradient = (
    derive(grad(loss, b))
    .eq(-2 * X.T @ (y - X @ b) + 2 * lam * b, by=matrix_calculus)
    .eq(2 * ((gram + lam * I_p) @ b - X.T @ y))
    .qed(grad(loss, b), "=", 2 * ((gram + lam * I_p) @ b - X.T @ y))
)

primal = (
    derive(beta, given=[stationary])
    .eq((gram + lam * I_p) ** -1 @ X.T @ y, by=stationary)
    .qed(beta, "=", (gram + lam * I_p) ** -1 @ X.T @ y)
)

dual = (
    derive((gram + lam * I_p) ** -1 @ X.T @ y)
    .eq((gram + lam * I_p) ** -1 @ (X.T @ (X @ X.T + lam * I_m)) @ (X @ X.T + lam * I_m) ** -1 @ y)
    .eq((gram + lam * I_p) ** -1 @ ((gram + lam * I_p) @ X.T) @ (X @ X.T + lam * I_m) ** -1 @ y)
    .eq(X.T @ (X @ X.T + lam * I_m) ** -1 @ y)
    .qed((gram + lam * I_p) ** -1 @ X.T @ y, "=", X.T @ (X @ X.T + lam * I_m) ** -1 @ y)
)

PROBLEM = prose(
    "For {lam} > 0 find where the gradient of {loss} vanishes, and write the solution with the inverse of an m × m "
    "matrix.",
    lam=lam, loss=loss,
)  # fmt: skip
REMARK = prose("Source: Bishop, Pattern Recognition and Machine Learning, sections 3.1.4 and 6.1.")
