"""Linear models, Exercise 6: gradient and Hessian of logistic regression."""

from derivations import Sum, derive, dot, exp, family, grad, hessian, log, matrix_calculus, symbols, vector
from derivations.writing import prose

m, p = symbols("m p", positive=True, integer=True)
i = symbols("i", integer=True)
x, t = family("x", m, p), family("t", m)
theta, u = vector("theta", p), vector("u", p)

margin = dot(x[i], theta)
share = 1 / (1 + exp(-margin))
loss = Sum(log(1 + exp(margin)) - t[i] * margin, (i, 1, m))
curvature = Sum(share * (1 - share) * (x[i] @ x[i].T), (i, 1, m))

logistic_gradient = (
    derive(grad(loss, theta))
    .eq(Sum((exp(margin) / (1 + exp(margin)) - t[i]) * x[i], (i, 1, m)), by=matrix_calculus)
    .eq(Sum((share - t[i]) * x[i], (i, 1, m)))
    .qed(grad(loss, theta), "=", Sum((share - t[i]) * x[i], (i, 1, m)))
)

logistic_hessian = (
    derive(hessian(loss, theta))
    .eq(Sum(exp(margin) / (1 + exp(margin)) ** 2 * (x[i] @ x[i].T), (i, 1, m)), by=matrix_calculus)
    .eq(curvature)
    .qed(hessian(loss, theta), "=", curvature)
)

logistic_convexity = (
    derive(u.T @ curvature @ u)
    .eq(Sum(share * (1 - share) * dot(x[i], u) ** 2, (i, 1, m)))
    .eq(Sum(exp(-margin) / (1 + exp(-margin)) ** 2 * dot(x[i], u) ** 2, (i, 1, m)))
    .ge(0)
    .qed(u.T @ curvature @ u, ">=", 0)
)

PROBLEM = prose("Find gradient and Hessian of {loss}, and show that the Hessian is positive semidefinite.", loss=loss)
REMARK = prose("Source: Bishop, Pattern Recognition and Machine Learning, section 4.3.3.")
