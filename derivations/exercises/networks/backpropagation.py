"""Networks, Exercise 1: backpropagation through two affine layers."""

from derivations import derive, grad, matrix, matrix_calculus, norm, symbols, vector
from derivations.writing import prose

d, h, k = symbols("d h k", positive=True, integer=True)
V, W = matrix("V", h, d), matrix("W", k, h)
a, c = vector("a", h), vector("c", k)
x, t = vector("x", d), vector("t", k)

hidden = V @ x + a
error = W @ hidden + c - t
loss = norm(error) ** 2 / 2

outer_weights = derive(grad(loss, W)).eq(error @ hidden.T, by=matrix_calculus).qed(grad(loss, W), "=", error @ hidden.T)
outer_bias = derive(grad(loss, c)).eq(error, by=matrix_calculus).qed(grad(loss, c), "=", error)
inner_weights = (
    derive(grad(loss, V)).eq(W.T @ error @ x.T, by=matrix_calculus).qed(grad(loss, V), "=", W.T @ error @ x.T)
)
inner_bias = derive(grad(loss, a)).eq(W.T @ error, by=matrix_calculus).qed(grad(loss, a), "=", W.T @ error)

PROBLEM = prose("Find the gradients of {loss} with respect to {W}, {c}, {V} and {a}.", loss=loss, W=W, c=c, V=V, a=a)
REMARK = prose("Source: Goodfellow, Bengio and Courville, Deep Learning, section 6.5.")
