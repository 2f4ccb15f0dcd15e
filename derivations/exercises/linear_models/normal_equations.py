"""Linear models, Exercise 1: the normal equations."""

from derivations import derive, grad, hypothesis, matrix_calculus, norm
from derivations.exercises.linear_models.design import X, b, beta, gram, independent_columns, y
from derivations.writing import prose

normal_equations = hypothesis(gram @ beta, "=", X.T @ y, name="normal equations")

loss = norm(y - X @ b) ** 2

gradient_of_squares = (
    derive(grad(loss, b))
    .eq(-2 * X.T @ (y - X @ b), by=matrix_calculus)
    .eq(2 * (gram @ b - X.T @ y))
    .qed(grad(loss, b), "=", 2 * (gram @ b - X.T @ y))
)

least_squares = (
    derive(beta, given=[normal_equations, independent_columns])
    .eq(gram**-1 @ gram @ beta)
    .eq(gram**-1 @ X.T @ y, by=normal_equations)
    .qed(beta, "=", gram**-1 @ X.T @ y)
)

minimum = (
    derive(loss, given=[normal_equations])
    .eq(norm(y - X @ beta) ** 2 + 2 * (y - X @ beta).T @ X @ (beta - b) + norm(X @ (beta - b)) ** 2)
    .eq(norm(y - X @ beta) ** 2 + norm(X @ (beta - b)) ** 2, by=normal_equations)
    .ge(norm(y - X @ beta) ** 2)
    .qed(loss, ">=", norm(y - X @ beta) ** 2)
)

PROBLEM = prose(
    "Find the gradient of {loss}. Show that a {beta} with {normal} minimises it, and that it is unique if the columns "
    "of {X} are linearly independent.",
    loss=loss, beta=beta, normal=normal_equations, X=X,
)  # fmt: skip
REMARK = prose("Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 3.2.")
