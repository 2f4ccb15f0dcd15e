"""Linear models, Exercise 3: the hat matrix is a projection of trace p."""

from derivations import derive, norm, trace, zeros
from derivations.exercises.linear_models.design import I_m, I_p, X, gram, independent_columns, m, p, y
from derivations.writing import prose

hat = X @ gram**-1 @ X.T

idempotent_hat = (
    derive(hat @ hat, given=[independent_columns])
    .eq(X @ gram**-1 @ gram @ gram**-1 @ X.T)
    .eq(hat)
    .qed(hat @ hat, "=", hat)
)

symmetric_hat = derive(hat.T, given=[independent_columns]).eq(X @ (gram**-1).T @ X.T).eq(hat).qed(hat.T, "=", hat)

trace_of_hat = (
    derive(trace(hat), given=[independent_columns])
    .eq(trace(gram**-1 @ gram))
    .eq(trace(I_p))
    .eq(p)
    .qed(trace(hat), "=", p)
)

residuals = (
    derive(X.T @ (I_m - hat) @ y, given=[independent_columns])
    .eq(X.T @ y - gram @ gram**-1 @ X.T @ y)
    .eq(zeros(p))
    .qed(X.T @ (I_m - hat) @ y, "=", zeros(p))
)

pythagoras = (
    derive(norm(y) ** 2, given=[independent_columns])
    .eq(norm(hat @ y) ** 2 + norm((I_m - hat) @ y) ** 2)
    .qed(norm(y) ** 2, "=", norm(hat @ y) ** 2 + norm((I_m - hat) @ y) ** 2)
)

degrees_of_freedom = derive(trace(I_m - hat), given=[independent_columns]).eq(m - p).qed(trace(I_m - hat), "=", m - p)

PROBLEM = prose(
    "Show that {hat} is idempotent and symmetric, that its trace is {p}, that the residuals are orthogonal to the "
    "columns of {X}, and that {pythagoras}.",
    hat=hat, p=p, X=X, pythagoras=pythagoras.statement,
)  # fmt: skip
REMARK = prose("Source: Seber and Lee, Linear Regression Analysis, 2nd ed., section 3.1.")
