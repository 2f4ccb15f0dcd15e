"""Links for the search to judge, true ones and false ones, with their hypotheses."""

from __future__ import annotations

from typing import Any

from derivations import (
    Cov,
    E,
    Eq,
    Pi,
    Sum,
    Var,
    cos,
    definition,
    delta,
    diff,
    dot,
    e,
    exp,
    family,
    finite_variance,
    function,
    gaussians,
    grad,
    hypothesis,
    iid,
    independent,
    law,
    log,
    matrix,
    oo,
    random_family,
    random_variable,
    sin,
    softmax,
    sqrt,
    standard_gaussians,
    symbols,
    tanh,
    vector,
    vector_function,
)
from derivations.derivation import _as_given
from derivations.terms.relations import Relation, relation

Link = tuple[Relation, list[Any]]


def link(lhs: Any, sign: str, rhs: Any, *given: Any) -> Link:
    return relation(lhs, sign, rhs), [_as_given(g) for g in given]


x, y, z, T = symbols("x y z T")
p = symbols("p", positive=True)
C = symbols("C", positive=True)
d, n = symbols("d n", integer=True, positive=True)
i, j, m, t = symbols("i j m t", integer=True, positive=True)
s = symbols("s", space="S")
a, b = symbols("a b", values=(0, 1))
theta = vector("theta", d)
features = vector_function("x", d)
f, h = function("f"), function("h")
policy = function("pi", bar=1)
X, Y = random_variable("X"), random_variable("Y")
Z = random_family("Z", n)
c = family("c", n)

# the softmax policy over two actions
soft = definition(policy(a, s), exp(h(s, a)) / Sum(exp(h(s, b)), (b, 0, 1)))
gap = hypothesis(h(s, 1) - h(s, 0), "=", dot(theta, features(s)))
sigmoid = 1 / (1 + exp(-dot(theta, features(s))))

soft_theta = definition(policy(a, s, theta), exp(h(s, a, theta)) / Sum(exp(h(s, b, theta)), (b, 0, 1)))
gap_theta = hypothesis(h(s, 1, theta) - h(s, 0, theta), "=", dot(theta, features(s)), for_all=(s, theta))
eligibility = grad(log(policy(a, s, theta)), theta)

# attention
d_i, d_k = symbols("d_i d_k", integer=True, positive=True)
q, k = random_family("q", d_i, d_k), random_family("k", d_i, d_k)
Q, K = matrix("Q", q), matrix("K", k)
logit = (Q @ K.T) / C
normal = standard_gaussians(q, k)
two_rows = hypothesis(d_i, "=", 2)
T_is = definition(T, dot(q[1], k[2] - k[1]))
slope = diff(softmax(logit)[1, 1], q[1, 1])

u, v = family("u", n), family("v", n)
w = family("w", oo)

TRUE: dict[str, Link] = {
    "sigmoid": link(policy(1, s), "=", sigmoid, soft, gap),
    "sigmoid-other-action": link(policy(0, s), "=", 1 - sigmoid, soft, gap),
    "eligibility": link(
        eligibility, "=", (-1) ** (1 - a) * features(s) * (1 - policy(a, s, theta)), soft_theta, gap_theta,
    ),
    "eligibility-forms": link(
        eligibility, "=", a * features(s) * policy(0, s, theta) + (a - 1) * features(s) * policy(1, s, theta),
        soft_theta, gap_theta,
    ),
    "attention-entry": link(logit[i, j], "=", Sum(q[i, t] * k[j, t], (t, 1, d_k)) / C),
    "attention-mean": link(E(logit[i, j]), "=", 0, normal),
    "attention-variance": link(Var(logit[i, j]), "=", d_k / C**2, normal),
    "attention-covariance": link(Cov(logit[i, j], logit[i, m]), "=", delta(j, m) * d_k / C**2, normal),
    "attention-slope": link(slope, "=", (k[1, 1] - k[2, 1]) / C * exp(T / C) / (1 + exp(T / C)) ** 2, T_is, two_rows),
    "attention-slope-sign": link(
        slope, "=", (k[1, 1] - k[2, 1]) / C * exp(-T / C) / (1 + exp(-T / C)) ** 2, T_is, two_rows,
    ),
    "variance-of-T": link(Var(T / C), "=", 2 * d_k / C**2, T_is, normal),
    "variance-of-T-plus": link(Var(dot(q[1], k[2] + k[1]) / C), "=", 2 * d_k / C**2, normal),
    "scale": link(Eq(d_k / C**2, 1), "<=>", Eq(C, sqrt(d_k))),
    "logistic": link(exp(z) / (1 + exp(z)), "=", 1 / (1 + exp(-z))),
    "logistic-derivative": link(diff(1 / (1 + exp(-z)), z), "=", 1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z)))),
    "tanh-derivative": link(diff(tanh(z), z), "=", 1 - tanh(z) ** 2),
    "pythagoras": link(sin(x) ** 2 + cos(x) ** 2, "=", 1),
    "root-of-square": link(sqrt(x**2), "=", abs(x)),
    "root-of-positive": link(sqrt(p**2), "=", p),
    "independent-sum": link(Var(X + Y), "=", Var(X) + Var(Y), finite_variance(X, Y), independent(X, Y)),
    "general-sum": link(Var(X + Y), "=", Var(X) + Var(Y) + 2 * Cov(X, Y), finite_variance(X, Y)),
    "weighted-iid": link(
        Var(Sum(c[t] * Z[t], (t, 1, n))), "=", x**2 * Sum(c[t] ** 2, (t, 1, n)), iid(Z, mean=y, variance=x**2),
    ),
    "fourth-moment": link(E(X**4), "=", 3, gaussians(X, mean=0, variance=1)),
    "unknown-function": link(diff(f(z) ** 2, z), "=", 2 * f(z) * diff(f(z), z)),
    "second-derivative": link(diff(diff(f(z) * z, z), z), "=", z * diff(diff(f(z), z), z) + 2 * diff(f(z), z)),
    "gauss": link(Sum(t, (t, 1, n)), "=", n * (n + 1) / 2),
    "member-derivative": link(diff(Sum(u[t] * v[t], (t, 1, n)), u[7]), "=", v[7]),
    "whole-turns": link(sin(2 * Pi * n), "=", 0),
    "jensen": link(exp(E(X)), "<=", E(exp(X)), finite_variance(X)),
}  # fmt: skip

FALSE: dict[str, Link] = {
    "root-of-square": link(sqrt(x**2), "=", x),
    "sigmoid-sign": link(policy(1, s), "=", 1 / (1 + exp(dot(theta, features(s)))), soft, gap),
    "sigmoid-action": link(policy(0, s), "=", sigmoid, soft, gap),
    "eligibility-sign": link(
        eligibility, "=", (-1) ** a * features(s) * (1 - policy(a, s, theta)), soft_theta, gap_theta,
    ),
    "eligibility-needs-for-all": link(
        eligibility, "=", (-1) ** (1 - a) * features(s) * (1 - policy(a, s, theta)), soft_theta,
        hypothesis(gap_theta.relation),
    ),
    "attention-index": link(logit[i, j], "=", Sum(q[i, t] * k[t, j], (t, 1, d_k)) / C),
    "attention-variance": link(Var(logit[i, j]), "=", d_k**2 / C**2, normal),
    "attention-variance-sympy": link(Var(logit[i, j]), "=", d_k / C, normal),
    "attention-covariance": link(Cov(logit[i, j], logit[i, m]), "=", 0, normal),
    "attention-covariance-distinct": link(Cov(logit[i, j], logit[i, m]), "=", d_k / C**2, normal),
    "attention-slope-sign": link(
        slope, "=", (k[2, 1] - k[1, 1]) / C * exp(T / C) / (1 + exp(T / C)) ** 2, T_is, two_rows,
    ),
    "attention-slope-index": link(
        slope, "=", (k[1, 1] - k[1, 2]) / C * exp(T / C) / (1 + exp(T / C)) ** 2, T_is, two_rows,
    ),
    "attention-slope-power": link(slope, "=", (k[1, 1] - k[2, 1]) / C * exp(T / C) / (1 + exp(T / C)), T_is, two_rows),
    "variance-of-T": link(Var(T / C), "=", d_k / C**2, T_is, normal),
    "scale": link(Eq(d_k / C**2, 1), "<=>", Eq(C, d_k)),
    "scale-without-sign": link(Eq(d_k / x**2, 1), "<=>", Eq(x, sqrt(d_k))),
    "sum-of-dependent": link(Var(X + Y), "=", Var(X) + Var(Y), finite_variance(X, Y)),
    "sum-within-a-family": link(Var(Sum(Z[t], (t, 1, n))), "=", n * x**2, law(Z[t], mean=0, variance=x**2)),
    "product-of-dependent": link(E(X * Y), "=", E(X) * E(Y), finite_variance(X, Y)),
    "product-variance-with-means": link(
        Var(X * Y), "=", Var(X) * Var(Y), finite_variance(X, Y), independent(X, Y),
    ),
    "third-moment": link(E(X**3), "=", 0, law(X, mean=0, variance=1)),
    "gaussian-from-moments": link(E(X**4), "=", 3, law(X, mean=0, variance=1)),
    "jensen-reversed": link(E(exp(X)), "=", exp(E(X)), finite_variance(X)),
    "square-is-positive": link(x**2, ">", 0),
    "root-of-four": link(Eq(x**2, 4), "<=>", Eq(x, 2)),
    "forgotten-chain-rule": link(diff(exp(-z), z), "=", exp(-z)),
    "forgotten-inner-derivative": link(diff(f(z) ** 2, z), "=", 2 * f(z)),
    "member-out-of-range": link(diff(Sum(w[t] * v[t], (t, 1, n)), w[7]), "=", v[n]),
    "only-from-five-on": link((n - 1) * (n - 2) * (n - 3) * (n - 4), "=", 0),
    "vanishes-at-halves": link(sin(2 * Pi * x), "=", 0),
    "tiny-everywhere": link(x + e ** (-100), "=", x),
    "half-line": link(abs(x) - x, "=", 0),
    "odd-function": link(f(-x), "=", -f(x)),
}  # fmt: skip
