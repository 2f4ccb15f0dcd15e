"""One row for each rule: a link that it proves, and links that it must refuse.

None of them has to do with the sheet. A proof that is true only under its
givens has them beside it; a near miss lacks one condition, or has a slip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derivations import (
    Cov,
    E,
    Eq,
    Exponential,
    Integral,
    Ne,
    Pi,
    Poisson,
    Pr,
    Prod,
    Sum,
    Var,
    beta_function,
    binomial,
    cos,
    decision_process,
    delta,
    dependence,
    det,
    diff,
    distributed,
    dot,
    e,
    evaluated,
    exp,
    factorial,
    family,
    finite_variance,
    function,
    gamma_function,
    gaussians,
    grad,
    hessian,
    identity,
    iid,
    independent,
    invertible,
    jacobian,
    law,
    limit,
    log,
    matrix,
    norm,
    oo,
    orthogonal,
    permutation_matrix,
    positive_definite,
    random_family,
    random_variable,
    sin,
    softmax,
    sqrt,
    standard_gaussians,
    symbols,
    symmetric,
    tanh,
    trace,
    vector,
    vector_function,
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """lhs sign rhs under the givens, by the rule of the row and what else is needed (`also`)."""

    lhs: Any
    sign: str
    rhs: Any
    given: tuple[Any, ...] = ()
    also: tuple[Any, ...] = ()
    at: tuple[Any, Any] | None = None


@dataclass(frozen=True)
class Row:
    """What a rule proves, and what it refuses.

    `models` is in how many models the proofs are to be confirmed: none for
    series and limits, which no finite model has.
    """

    proves: tuple[Link, ...]
    refuses: tuple[Link, ...]
    models: int = 8


def eq(lhs: Any, rhs: Any, *given: Any, also: Any = ()) -> Link:
    return Link(lhs, "=", rhs, given, also if isinstance(also, tuple) else (also,))


def iff(lhs: Any, rhs: Any, *given: Any) -> Link:
    return Link(lhs, "<=>", rhs, given)


def row(*links: Link | None, models: int = 8) -> Row:
    """The links before `…` are proved, those after it refused."""
    cut = links.index(None)
    return Row(tuple(x for x in links[:cut] if x), tuple(x for x in links[cut + 1 :] if x), models)


BUT_NOT = None

x, y, z, T = symbols("x y z T")
mu, nu = symbols("mu nu")
p, rate = symbols("p lambda", positive=True)
k, t, u = symbols("k t u", integer=True)
n, m, d = symbols("n m d", positive=True, integer=True)
n0 = symbols("N", nonnegative=True, integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
half = Fraction(1, 2)
f, g = function("f"), function("g")
smooth = function("h", smooth=True)
c, w = family("c", n), family("w", n)
theta, phi = vector("theta", d), vector("phi", d)
feature = vector_function("x", d)
G, M, N = matrix("G", d, d), matrix("M", d, d), matrix("N", d, d)
A, B = matrix("A", family("a", n, d)), matrix("B", family("b", d, n))
X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
V, W = random_family("V", n), random_family("W", n)
finite = finite_variance(X, Y)
apart = independent(X, Y)
pair = iid(X, Y, mean=mu, variance=p)
centred = iid(X, Y, mean=0, variance=p)
sample = iid(V, mean=mu, variance=p)
bell = standard_gaussians(X, Y)
waiting = distributed(X, Exponential(rate))
bells = standard_gaussians(V, W)

time = symbols("t", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
game = decision_process(gamma, time, finite="S A R", name="game")
s, a, r = game.s, game.a, game.r
S, A_, R = game.S, game.A, game.R
endless = decision_process(gamma, time, name="endless game")
learner = decision_process(gamma, time, finite="S A R", parameters=(theta,), name="learner")
of_learner = learner.policy(learner.a[time], given=learner.s[time])
chain = dependence((X, Y), (Y, Z))
three = finite_variance(X, Y, Z)

ROWS: Mapping[str, Row] = {
    # -- algebra -----------------------------------------------------------------------------------
    "plain-algebra": row(
        eq((x + y) ** 2 - (x - y) ** 2, 4 * x * y),
        eq(exp(x + y) / exp(x), exp(y)),
        BUT_NOT,
        eq((x + y) ** 2, x**2 + y**2),
        eq(x**2 / x, x),
        eq(sqrt(x**2), x),
        models=20,
    ),
    "positivity": row(
        Link(x**2 + 1, ">", 2 * x - 1),
        Link(p / (1 + p), "<", 1),
        Link(x * y, ">=", x, (x >= 0, y >= 1)),
        BUT_NOT,
        Link(x**2, ">", 0),
        Link(x * y, ">=", x, (y >= 1,)),
        Link(1 / x, ">", 0, (x >= 0,)),
        models=20,
    ),
    # -- logarithms and roots ----------------------------------------------------------------------
    "logarithm-laws": row(
        eq(log(p * rate), log(p) + log(rate)),
        eq(log(x**2), 2 * log(x), x > 0),
        eq(log(x / p), log(x) - log(p), x > 0),
        BUT_NOT,
        eq(log(x * y), log(x) + log(y), x * y > 0),
        eq(log(x**2), 2 * log(x), Ne(x, 0)),
        eq(log(p + rate), log(p) + log(rate)),
    ),
    "positive-square-root": row(
        iff(Eq(p**2, rate), Eq(p, sqrt(rate))),
        iff(Eq(y, x**2), Eq(x, sqrt(y)), x >= 0, y >= 0),
        BUT_NOT,
        iff(Eq(x**2, rate), Eq(x, sqrt(rate))),
        iff(Eq(p**2, rate), Eq(p, -sqrt(rate))),
        iff(Eq(x**2, y), Eq(x, sqrt(y)), x >= 0),
    ),
    "taking-logarithms": row(
        iff(Eq(exp(x), p), Eq(x, log(p))),
        iff(Eq(log(p), y), Eq(p, exp(y))),
        BUT_NOT,
        iff(Eq(exp(x), y), Eq(x, log(y))),
        iff(Eq(log(x), y), Eq(x, exp(y))),
        iff(Eq(exp(x), p), Eq(x, exp(p))),
    ),
    # -- inequalities ------------------------------------------------------------------------------
    "exponential-inequality": row(
        Link(e**x, ">=", 1 + x),
        Link(1 - p, "<", exp(-p)),
        Link(Sum(exp(c[t]), (t, 1, n)), ">=", Sum(1 + c[t], (t, 1, n))),
        Link(E(exp(-(X**2))), ">=", E(1 - X**2), (finite,)),
        BUT_NOT,
        Link(e**x, ">", 1 + x),
        Link(e**x, "<=", 1 + x),
        Link(exp(-x), ">=", 1 + x),
        Link(Sum(exp(c[t]), (t, 1, n)), ">=", Sum(1 + c[t], (t, 2, n))),
        Link(E(exp(X)), ">=", E(1 + X), (finite,)),
    ),
    "bounds-of-the-logarithm": row(
        Link(log(p), "<=", p - 1),
        Link(log(1 + p), "<", p),
        Link(p * log(p / rate), ">=", p - rate),
        Link(Sum(e ** c[t] * log(e ** c[t] / p), (t, 1, n)), ">=", Sum(e ** c[t] - p, (t, 1, n))),
        BUT_NOT,
        Link(log(1 + x), "<=", x),
        Link(log(p), "<", p - 1),
        Link(log(p), ">=", p - 1),
        Link(x * log(p / rate), ">=", x * (1 - rate / p)),
    ),
    "triangle-inequality": row(
        Link(abs(x - y + z), "<=", abs(x) + abs(y) + abs(z)),
        Link(abs(x - z), "<=", abs(x - y) + abs(y - z)),
        Link(abs(abs(x) - abs(y)), "<=", abs(x - y)),
        Link(abs(x) - abs(y), "<=", abs(x + y)),
        Link(abs(Sum(c[t], (t, 1, n))), "<=", Sum(abs(c[t]), (t, 1, n))),
        BUT_NOT,
        Link(abs(x + y), "<", abs(x) + abs(y)),
        Link(abs(x + y), ">=", abs(x) - abs(y) + 1),
        Link(abs(x - z), "<=", abs(x - y)),
        Link(abs(x) + abs(y), "<=", abs(x + y)),
        Link(Sum(abs(c[t]), (t, 1, n)), "<=", abs(Sum(c[t], (t, 1, n)))),
    ),
    "monotonicity": row(
        Link(exp(-y), "<", exp(-x), (x < y,)),
        Link(log(p), "<=", log(p + rate)),
        Link(1 / (1 + exp(-x)), "<=", 1 / (1 + exp(-y)), (x <= y,)),
        Link(x**4, "<=", y**4, (abs(x) <= abs(y),)),
        Link(tanh(x), "<=", tanh(y), (x <= y,)),
        Link(Sum(c[t] * p, (t, 1, n)), "<=", Sum((c[t] ** 2 + p**2) / 2, (t, 1, n))),
        Link(E(X * Y), "<=", E(X**2 + Y**2), (finite,)),
        BUT_NOT,
        Link(Sum(c[t], (t, 1, n)), "<", Sum(c[t] + 1, (t, 1, n0))),
        Link(E(X), "<=", E(Y), (finite, X <= Y)),
        Link(x**2, "<=", y**2, (x <= y,)),
        Link(exp(x), "<", exp(y), (x <= y,)),
        Link(log(x), "<=", log(y), (x <= y, y > 0)),
        Link(exp(-x), "<=", exp(-y), (x <= y,)),
        Link(x**3, "<=", y**3, (abs(x) <= abs(y),)),
    ),
    "jensen-inequality": row(
        Link(E(X) ** 2, "<=", E(X**2), (finite,)),
        Link(abs(E(X - 1)), "<=", E(abs(X - 1)), (finite,)),
        Link(exp(E(-(X**2))), "<=", E(exp(-(X**2))), (finite,)),
        Link(E(1 / (1 + X**2)), ">=", 1 / E(1 + X**2), (finite, E(1 + X**2) > 0)),
        BUT_NOT,
        Link(E(X) ** 2, "<", E(X**2), (finite,)),
        Link(E(X) ** 2, ">=", E(X**2), (finite,)),
        Link(E(X) ** 2, "<=", E(X**2)),
        Link(E(X) ** 3, "<=", E(X**3), (gaussians(X, mean=mu, variance=p),)),
        Link(exp(E(X)), "<=", E(exp(X)), (finite,)),
        Link(E(1 / (x + X**2)), ">=", 1 / E(x + X**2), (finite, E(x + X**2) > 0)),
    ),
    "cauchy-schwarz": row(
        Link(E(X * Y) ** 2, "<=", E(X**2) * E(Y**2), (finite,)),
        Link(abs(Cov(X, Y)), "<=", sqrt(Var(X) * Var(Y)), (finite,)),
        Link(dot(theta, phi), "<=", sqrt(dot(theta, theta)) * sqrt(dot(phi, phi))),
        Link(Sum(c[t] * w[t], (t, 1, n)) ** 2, "<=", Sum(c[t] ** 2, (t, 1, n)) * Sum(w[t] ** 2, (t, 1, n))),
        BUT_NOT,
        Link(E(X * Y) ** 2, "<=", E(X**2) * E(Y**2)),
        Link(E(X * Y), "<=", E(X**2) * E(Y**2), (finite,)),
        Link(Cov(X, Y), "<=", Var(X) * Var(Y), (finite,)),
        Link(dot(theta, phi) ** 2, ">=", dot(theta, theta) * dot(phi, phi)),
        Link(Sum(c[t] * w[t], (t, 1, n)) ** 2, "<=", Sum(c[t] ** 2, (t, 1, n)) * Sum(w[t] ** 2, (t, 2, n))),
    ),
    "term-of-a-nonnegative-sum": row(
        Link(exp(c[i]), "<=", Sum(exp(c[t]), (t, 1, n))),
        Link(exp(c[i]) / Sum(exp(c[t]), (t, 1, n)), "<=", 1),
        Link(c[1] ** 2, "<=", Sum(c[t] ** 2, (t, 1, n))),
        BUT_NOT,
        Link(c[i], "<=", Sum(c[t], (t, 1, n))),
        Link(exp(c[i]), "<", Sum(exp(c[t]), (t, 1, n))),
        Link(exp(w[i]), "<=", Sum(exp(w[t]), (t, 2, n))),
        Link(c[i] ** 2, ">=", Sum(c[t] ** 2, (t, 1, n))),
    ),
    "range-of-sine-cosine-tanh": row(
        Link(abs(x * sin(y)), "<=", abs(x)),
        Link(1 - tanh(x) ** 2, ">", 0),
        Link(-1, "<=", cos(x)),
        BUT_NOT,
        Link(sin(x), "<", 1),
        Link(x * sin(y), "<=", x),
        Link(tanh(x), ">=", 0),
    ),
    # -- telescoping -------------------------------------------------------------------------------
    "telescoping-sum": row(
        eq(Sum((t + 1) ** 3 - t**3, (t, 0, n)), (n + 1) ** 3),
        eq(Sum(1 / t - 1 / (t + 1), (t, 1, n)), 1 - 1 / (n + 1)),
        BUT_NOT,
        eq(Sum((t + 1) ** 3 - t**3, (t, 0, n)), n**3),
        eq(Sum((t + 2) ** 3 - t**3, (t, 0, n)), (n + 2) ** 3),
        eq(Sum(1 / t - 1 / (t + 1), (t, 0, n)), -1 / (n + 1)),
        eq(Sum((t + 1) ** 3 - t**3, (t, 0, k)), (k + 1) ** 3),
    ),
    # -- trigonometry ------------------------------------------------------------------------------
    "addition-theorems": row(
        eq(sin(x + y), sin(x) * cos(y) + cos(x) * sin(y)),
        eq(cos(x - y), cos(x) * cos(y) + sin(x) * sin(y)),
        eq(cos(2 * x), 1 - 2 * sin(x) ** 2),
        BUT_NOT,
        eq(sin(x + y), sin(x) + sin(y)),
        eq(cos(x + y), cos(x) * cos(y) + sin(x) * sin(y)),
        eq(sin(2 * x), 2 * sin(x)),
    ),
    "hyperbolic-tangent": row(
        eq(tanh(x), 1 - 2 / (e ** (2 * x) + 1)),
        eq(tanh(x / 2), 2 / (1 + exp(-x)) - 1),
        BUT_NOT,
        eq(tanh(x), (e**x - 1) / (e**x + 1)),
        eq(tanh(x), sin(x) / cos(x)),
    ),
    # -- derivatives -------------------------------------------------------------------------------
    "linearity-of-the-derivative": row(
        eq(diff(3 * x - y * x + 5, x), 3 - y),
        eq(diff(Sum(x * c[t], (t, 1, n)), x), Sum(c[t], (t, 1, n))),
        eq(diff(Sum(c[t] * w[t], (t, 1, n)), c[i]), w[i]),
        BUT_NOT,
        eq(diff(x * x, x), x),
        eq(diff(Sum(c[t] * w[t], (t, 1, n)), c[7]), w[7]),
        eq(diff(Sum(c[t] * x**t, (t, 0, oo)), x), Sum(c[t] * diff(x**t, x), (t, 0, oo))),
        eq(diff(c[i], c[j]), 0),
    ),
    "product-rule": row(
        eq(diff(x * x * x, x), 3 * x**2),
        eq(diff(smooth(x) * x, x), smooth(x) + x * diff(smooth(x), x)),
        BUT_NOT,
        eq(diff(x * x, x), 1),
        eq(diff(f(x) * x, x), f(x) + x * diff(f(x), x)),
    ),
    "quotient-rule": row(
        eq(diff(x / (1 + x**2) * 1, x), (1 - x**2) / (1 + x**2) ** 2, also="power-rule"),
        eq(diff(1 / p, p), -1 / p**2),
        BUT_NOT,
        eq(diff(1 / x, x), -1 / x**2),
        eq(diff(1 / p, p), 1 / p**2),
    ),
    "chain-rule": row(
        eq(diff(exp(3 * x), x), 3 * exp(3 * x)),
        eq(diff(sin(x**2), x), 2 * x * cos(x**2)),
        eq(diff(tanh(2 * x), x), 2 * (1 - tanh(2 * x) ** 2)),
        eq(diff(sqrt(1 + x**2), x), x / sqrt(1 + x**2)),
        eq(diff(abs(x), x), abs(x) / x, Ne(x, 0)),
        BUT_NOT,
        eq(diff(exp(3 * x), x), exp(3 * x)),
        eq(diff(abs(x), x), abs(x) / x),
        eq(diff(sqrt(x**2), x), x / sqrt(x**2)),
        eq(diff(cos(x), x), sin(x)),
    ),
    "derivative-of-exp": row(
        eq(diff(exp(x * y), x), y * exp(x * y)),
        eq(diff(e ** (-x), x), -(e ** (-x))),
        BUT_NOT,
        eq(diff(exp(x * y), x), exp(x * y)),
        eq(diff(exp(abs(x)), x), exp(abs(x))),
    ),
    "derivative-of-log": row(
        eq(diff(log(p * 2), p), 1 / p),
        eq(diff(log(1 + x), x), 1 / (1 + x), x > -1),
        BUT_NOT,
        eq(diff(log(x), x), 1 / x),
        eq(diff(log(1 + x), x), 1 / x, x > 0),
    ),
    "power-rule": row(
        eq(diff(x**5, x), 5 * x**4),
        eq(diff(p**y, p), y * p ** (y - 1)),
        eq(diff(x**n, x), n * x ** (n - 1)),
        eq(diff(p**x, x), p**x * log(p)),
        BUT_NOT,
        eq(diff(x**5, x), 5 * x**5),
        eq(diff(x**k, x), k * x ** (k - 1)),
        eq(diff(x**1.5, x), 1.5 * sqrt(x)),
        eq(diff(p**p, p), p * p ** (p - 1)),
    ),
    "gradient-of-a-dot-product": row(
        eq(grad(dot(theta, phi), theta), phi),
        eq(grad(dot(theta, theta) / 2, theta), theta),
        eq(grad(dot(3 * theta - phi, feature(x)), theta), 3 * feature(x)),
        BUT_NOT,
        eq(grad(dot(theta, phi), theta), theta),
        eq(grad(dot(theta, theta), theta), theta),
        eq(grad(dot(theta, vector_function("v", d)(theta)), theta), vector_function("v", d)(theta)),
    ),
    "differentiation": row(
        eq(diff(x * exp(-(x**2)), x), (1 - 2 * x**2) * exp(-(x**2))),
        eq(grad(log(1 + exp(dot(theta, phi))), theta), exp(dot(theta, phi)) / (1 + exp(dot(theta, phi))) * phi),
        eq(diff(dot(theta, theta), theta[k]), 2 * theta[k], k >= 1, k <= d),
        BUT_NOT,
        eq(diff(x * exp(-(x**2)), x), (1 + 2 * x**2) * exp(-(x**2))),
        eq(diff(f(x), x), 0),
        eq(diff(log(abs(x)), x), 1 / x),
    ),
    # -- expectations ------------------------------------------------------------------------------
    "linearity-of-expectation": row(
        eq(E(2 * X - Y / 3 + 5), 2 * E(X) - E(Y) / 3 + 5, finite),
        eq(E(Sum(c[t] * V[t], (t, 1, n))), Sum(c[t] * E(V[t]), (t, 1, n)), sample),
        eq(E((X - x) ** 2), E(X**2) - 2 * x * E(X) + x**2, finite),
        BUT_NOT,
        eq(E(X + Y), E(X) + E(Y)),
        eq(E(X * Y), E(X) * E(Y), finite),
        eq(E(X**2), E(X) ** 2, finite),
        eq(E(1 / X), 1 / E(X), finite),
        eq(E(Sum(c[t] * V[t], (t, 1, n))), c[t] * Sum(E(V[t]), (t, 1, n)), sample, t >= 1, t <= n),
    ),
    "expectation-of-independent-product": row(
        eq(E(X * Y), E(X) * E(Y), pair),
        eq(E(V[i] * W[j]), E(V[i]) * E(W[j]), iid(V, W, mean=mu, variance=p)),
        BUT_NOT,
        eq(E(X * Y), E(X) * E(Y), finite),
        eq(E(X * X), E(X) * E(X), pair),
        eq(E(V[i] * V[j]), E(V[i]) * E(V[j]), sample),
    ),
    "declared-moments": row(
        eq(E(X) + Var(X), mu + p, pair),
        eq(E(V[i] ** 2), p + mu**2, sample),
        eq(E(V[2]), 4 + 0 * x, law(V[t], mean=t**2, variance=1), n >= 2),
        BUT_NOT,
        eq(E(X), mu, finite),
        eq(E(X**2), p, pair),
        eq(E(X**3), mu**3, pair),
    ),
    "standard-gaussian": row(
        eq(E(X) + Var(Y), 1, bell),
        eq(E(V[i] ** 2), 1, bells),
        BUT_NOT,
        eq(E(X) + Var(Y), 1, iid(X, Y, mean=0, variance=1)),
        eq(E(X**2), 0, bell),
        eq(Var(X), 1, gaussians(X, mean=0, variance=p)),
    ),
    "isserlis": row(
        eq(E(X**4), 3, bell),
        eq(E(V[i] * V[j]), delta(i, j), bells),
        eq(E(Sum(V[t] * W[t], (t, 1, n)) ** 2), n, bells),
        eq(Cov(X**2, X**2), 2 * p**2, gaussians(X, mean=0, variance=p)),
        eq(E(X**2 * Y**2), (p + mu**2) ** 2, pair),
        BUT_NOT,
        eq(E(X**4), 3, iid(X, mean=0, variance=1)),
        eq(E(V[i] * V[j]), 0, bells),
        eq(E((X * Y) ** 4), 3, bell),
        eq(E(X * Y), 0, finite),
    ),
    # -- variances ---------------------------------------------------------------------------------
    "variance-definition": row(
        eq(Var(X), E(X**2) - E(X) ** 2, finite),
        BUT_NOT,
        eq(Var(X), E(X**2) - E(X) ** 2),
        eq(Var(X), E(X**2), finite),
    ),
    "covariance-definition": row(
        eq(Cov(X, Y), E(X * Y) - E(X) * E(Y), finite),
        BUT_NOT,
        eq(Cov(X, Y), E(X * Y) - E(X) * E(Y)),
        eq(Cov(X, Y), E(X * Y), finite),
    ),
    "variance-scaling": row(
        eq(Var(3 * X - y), 9 * Var(X), finite),
        eq(Var(-X / p), Var(X) / p**2, finite),
        eq(Var(E(X)), 0, finite),
        BUT_NOT,
        eq(Var(3 * X), 3 * Var(X), finite),
        eq(Var(X * Y), X**2 * Var(Y), finite),
        eq(Var(X / x), Var(X) / x**2, finite),
        eq(Var(3 * X), 9 * Var(X)),
    ),
    "variance-of-independent-sum": row(
        eq(Var(X - 2 * Y), Var(X) + 4 * Var(Y), finite, apart),
        eq(Var(Sum(c[t] * V[t], (t, 1, n))), Sum(c[t] ** 2 * Var(V[t]), (t, 1, n)), sample),
        BUT_NOT,
        eq(Var(X + Y), Var(X) + Var(Y), finite),
        eq(Var(X - Y), Var(X) - Var(Y), finite, apart),
        eq(Var(X + X), 2 * Var(X), finite, apart),
        eq(Var(Sum(V[t], (t, 1, n))), Sum(Var(V[t]), (t, 1, n)), law(V[t], mean=0, variance=1)),
        eq(Var(Sum(V[1] * t, (t, 1, n))), Sum(Var(V[1] * t), (t, 1, n)), sample),
    ),
    "variance-of-centred-product": row(
        eq(Var(X * Y), Var(X) * Var(Y), centred),
        BUT_NOT,
        eq(Var(X * Y), Var(X) * Var(Y), pair),
        eq(Var(X * X), Var(X) * Var(X), centred),
        eq(Var(X * Y), Var(X) * Var(Y), law(X, mean=0, variance=1), law(Y, mean=0, variance=1)),
    ),
    "variance-of-independent-product": row(
        eq(Var(X * Y), Var(X) * Var(Y) + Var(X) * E(Y) ** 2 + Var(Y) * E(X) ** 2, finite, apart),
        BUT_NOT,
        eq(Var(X * Y), Var(X) * Var(Y) + Var(X) * E(Y) ** 2 + Var(Y) * E(X) ** 2, finite),
        eq(Var(X * Y), Var(X) * Var(Y), finite, apart),
    ),
    "variance-of-sum": row(
        eq(Var(X - Y), Var(X) + Var(Y) - 2 * Cov(X, Y), finite),
        BUT_NOT,
        eq(Var(X + Y), Var(X) + Var(Y), finite),
        eq(Var(X - Y), Var(X) - Var(Y) - 2 * Cov(X, Y), finite),
        eq(Var(X + Y), Var(X) + Var(Y) + 2 * Cov(X, Y)),
    ),
    "bilinearity-of-covariance": row(
        eq(Cov(2 * X + y, Y), 2 * Cov(X, Y), finite),
        eq(Cov(X, X), Var(X), finite),
        eq(Cov(Sum(c[t] * V[t], (t, 1, n)), X), Sum(c[t] * Cov(V[t], X), (t, 1, n)), finite_variance(V, X)),
        BUT_NOT,
        eq(Cov(2 * X, 2 * Y), 2 * Cov(X, Y), finite),
        eq(Cov(X * Y, Y), X * Cov(Y, Y), finite),
        eq(Cov(X + Y, Y), Cov(X, Y), finite),
        eq(Cov(Sum(V[t], (t, 1, n)), V[1]), Sum(Cov(V[t], V[t]), (t, 1, n)), sample),
    ),
    "covariance-of-independent": row(
        eq(Cov(X, Y), 0, finite, apart),
        eq(Cov(Sum(V[t], (t, 1, n)), X), 0, iid(V, X, mean=0, variance=1)),
        BUT_NOT,
        eq(Cov(X, Y), 0, finite),
        eq(Cov(X, X + Y), 0, finite, apart),
        eq(Cov(V[i], V[j]), 0, sample),
        eq(Cov(X, Y), 0, apart),
    ),
    # -- vectors and matrices ----------------------------------------------------------------------
    "dot-product": row(
        eq(dot(theta, phi), Sum(theta[t] * phi[t], (t, 1, d))),
        eq(dot(2 * theta, theta), 2 * Sum(theta[u] ** 2, (u, 1, d))),
        BUT_NOT,
        eq(dot(theta, phi), Sum(theta[t] * theta[t], (t, 1, d))),
        eq(dot(theta, phi), Sum(theta[t] * phi[t], (t, 1, n))),
    ),
    "matrix-calculus": row(
        eq(grad(theta.T @ G @ theta, theta), (G + G.T) @ theta),
        eq(grad(theta.T @ G @ theta, theta), 2 * G @ theta, symmetric(G)),
        eq(grad(trace(G @ M), G), M.T),
        eq(grad(log(det(G)), G), (G**-1).T, positive_definite(G)),
        eq(grad(trace(G**-1 @ M), G), -((G**-1 @ M @ G**-1).T), invertible(G)),
        eq(grad(norm(M @ theta - phi) ** 2, theta), 2 * M.T @ (M @ theta - phi)),
        eq(jacobian(dot(phi, theta) * theta, theta), dot(phi, theta) * identity(d) + theta @ phi.T),
        eq(hessian(exp(dot(phi, theta)), theta), exp(dot(phi, theta)) * (phi @ phi.T)),
        BUT_NOT,
        eq(grad(theta.T @ G @ theta, theta), 2 * G @ theta),
        eq(grad(trace(G @ M), G), M),
        eq(grad(trace(G @ G), G), 2 * G),
        eq(grad(log(det(G)), G), G**-1, invertible(G), det(G) > 0),
        eq(grad(trace(G**-1 @ M), G), -((G**-1 @ M @ G**-1).T)),
        eq(grad(norm(theta), theta), theta / norm(theta)),
        eq(jacobian(G @ theta, theta), G.T),
        eq(grad(phi.T @ G @ theta, theta), G.T @ phi, Eq(phi[1], theta[1])),
    ),
    "definition-of-the-trace": row(
        eq(trace(A @ B), Sum((A @ B)[i, i], (i, 1, n))),
        eq(trace(2 * A @ B), 2 * Sum((A @ B)[u, u], (u, 1, n))),
        BUT_NOT,
        eq(trace(A @ B), Sum((A @ B)[i, i], (i, 1, d))),
        eq(trace(A @ B), Sum(Sum((A @ B)[i, j], (i, 1, n)), (j, 1, n))),
    ),
    "matrix-product": row(
        eq((A @ B)[i, j], Sum(A[i, t] * B[t, j], (t, 1, d))),
        eq((2 * A.T)[1, 1], 2 * A[1, 1]),
        eq((A @ B + A @ B)[i, j] / 2, Sum(A[i, t] * B[t, j], (t, 1, d))),
        BUT_NOT,
        eq((A @ B)[i, j], (A @ B)[j, i]),
        eq((A @ B)[i, j], Sum(A[i, t] * B[j, t], (t, 1, d)), Eq(n, d)),
        eq((A @ B)[i, j], A[i, 1] * B[1, j]),
    ),
    "softmax-of-a-permuted-matrix": row(
        eq(softmax(G @ M @ N.T), G @ softmax(M) @ N.T, permutation_matrix(G), permutation_matrix(N)),
        eq(softmax(G @ M), G @ softmax(M), permutation_matrix(G)),
        BUT_NOT,
        eq(softmax(G @ M @ N.T), G @ softmax(M) @ N.T, permutation_matrix(G), orthogonal(N)),
        eq(softmax(G @ M), G @ softmax(M), orthogonal(G)),
        eq(softmax(G @ M @ N.T), softmax(M), permutation_matrix(G), permutation_matrix(N)),
    ),
    "softmax-definition": row(
        eq(softmax(A)[i, 1], exp(A[i, 1]) / Sum(exp(A[i, t]), (t, 1, d))),
        BUT_NOT,
        eq(softmax(A)[i, 1], exp(A[i, 1]) / Sum(exp(A[t, 1]), (t, 1, n))),
        eq(softmax(A)[i, 1], exp(A[i, 1])),
    ),
    # -- sums --------------------------------------------------------------------------------------
    "exchange-of-sums": row(
        eq(Sum(Sum(f(t, u), (u, 1, m)), (t, 1, n)), Sum(Sum(f(t, u), (t, 1, n)), (u, 1, m))),
        BUT_NOT,
        eq(Sum(Sum(f(t, u), (u, 1, t)), (t, 1, n)), Sum(Sum(f(t, u), (t, 1, u)), (u, 1, n))),
        eq(Sum(Sum(f(t, u), (u, 1, m)), (t, 1, n)), Sum(Sum(f(t, u), (t, 1, m)), (u, 1, n))),
    ),
    "index-shift": row(
        eq(Sum(f(t), (t, 3, n + 2)), Sum(f(t + 2), (t, 1, n))),
        eq(Sum(f(t), (t, k, k + n)), Sum(f(u + k - 1), (u, 1, n + 1))),
        BUT_NOT,
        eq(Sum(f(t), (t, 3, n + 2)), Sum(f(t), (t, 1, n))),
        eq(Sum(f(t), (t, 3, n + 2)), Sum(f(t + 3), (t, 1, n))),
    ),
    "splitting-a-sum": row(
        eq(Sum(f(t), (t, 1, n + 1)), Sum(f(t), (t, 1, n)) + f(n + 1)),
        eq(Sum(f(t), (t, 1, n)), f(1) + Sum(f(t), (t, 2, n))),
        BUT_NOT,
        eq(Sum(f(t), (t, 1, k + 1)), Sum(f(t), (t, 1, k)) + f(k + 1)),
        eq(Sum(f(t), (t, 1, k)), f(1) + Sum(f(t), (t, 2, k))),
        eq(Sum(f(t), (t, 1, n + 1)), Sum(f(t), (t, 1, n)) + f(n)),
    ),
    "sums-of-powers": row(
        eq(Sum(t, (t, 1, n0)), n0 * (n0 + 1) / 2),
        eq(Sum(t**2, (t, 1, n)), n * (n + 1) * (2 * n + 1) / 6),
        eq(Sum(t**3, (t, 1, n)), Sum(t, (t, 1, n)) ** 2),
        BUT_NOT,
        eq(Sum(t, (t, 1, k)), k * (k + 1) / 2),
        eq(Sum(t, (t, 1, n)), n * (n - 1) / 2),
        eq(Sum(t, (t, 2, n)), n * (n + 1) / 2),
    ),
    "geometric-sum": row(
        eq(Sum(x**t, (t, 0, n)), (1 - x ** (n + 1)) / (1 - x), Ne(x, 1)),
        eq(Sum(half**t, (t, 1, n)), 1 - half**n),
        BUT_NOT,
        eq(Sum(x**t, (t, 0, n)), (1 - x ** (n + 1)) / (1 - x)),
        eq(Sum(x**t, (t, 0, n)), (1 - x**n) / (1 - x), Ne(x, 1)),
        eq(Sum(t**t, (t, 1, n)), (t - t ** (n + 1)) / (1 - t), Ne(t, 1)),
    ),
    # -- limits: see test_limits -------------------------------------------------------------------
    "continuity": row(
        eq(limit(x**2 + exp(x), x, 3), 9 + exp(3 + 0 * y)),
        BUT_NOT,
        eq(limit(abs(x) / x, x, 0), 1),
        eq(limit(f(x), x, 3), f(3)),
        models=0,
    ),
    # -- conditional expectations ------------------------------------------------------------------
    "tower-property": row(
        eq(E(E(X, given=Y)), E(X), finite),
        eq(E(E(R[time + 1], given=(S[time], A_[time])), given=s[time]), E(R[time + 1], given=s[time]),
           game.bounded_rewards),
        BUT_NOT,
        eq(E(E(X, given=Y)), X, finite),
        eq(E(E(X, given=Y)), E(X)),
        eq(E(E(R[time], given=S[time]), given=(s[time], a[time])), E(R[time], given=(s[time], a[time])),
           game.bounded_rewards),
    ),
    "definition-of-expected-value": row(
        eq(E(R[time], given=s[time]), Integral(game.kernel(r[time], given=s[time]) * r[time], r[time]),
           game.bounded_rewards),
        BUT_NOT,
        eq(E(R[time], given=s[time]), Integral(game.kernel(r[time], given=a[time]) * r[time], r[time]),
           game.bounded_rewards),
        eq(E(R[time] ** 2, given=s[time]), Integral(game.kernel(r[time], given=s[time]) * r[time], r[time]),
           game.bounded_rewards),
    ),
    "law-of-total-expectation": row(
        eq(E(R[time], given=s[time]),
           Integral(game.policy(a[time], given=s[time]) * E(R[time], given=(s[time], a[time])), a[time]),
           game.bounded_rewards),
        BUT_NOT,
        eq(E(R[time], given=s[time]),
           Integral(game.policy(a[time], given=s[time]) * E(R[time], given=a[time]), a[time]), game.bounded_rewards),
        eq(E(R[time], given=s[time]),
           Integral(game.policy(a[time], given=s[time]) * E(R[time], given=a[time]), a[time]), game.bounded_rewards,
           game.markov),
        eq(E(endless.R[time], given=endless.s[time]),
           Integral(endless.policy(endless.a[time], given=endless.s[time])
                    * E(endless.R[time], given=(endless.s[time], endless.a[time])), endless.a[time])),
    ),
    "taking-out-what-is-known": row(
        eq(E(X * Y, given=Eq(X, x)), x * E(Y, given=Eq(X, x)), finite),
        eq(E(R[time] * R[time + 1], given=r[time]), r[time] * E(R[time + 1], given=r[time]), game.bounded_rewards),
        BUT_NOT,
        eq(E(X * Y, given=Eq(X, x)), x * E(Y), finite),
        eq(E(X * Y, given=Eq(X, x)), X * E(Y, given=Eq(X, x)), finite),
        eq(E(R[time] * R[time + 1], given=r[time]), r[time + 1] * E(R[time], given=r[time]), game.bounded_rewards),
    ),
    "markov-property": row(
        eq(E(R[time + 1], given=(s[time], a[time], s[time + 1])), E(R[time + 1], given=s[time + 1]),
           game.bounded_rewards, game.markov),
        BUT_NOT,
        eq(E(R[time + 1], given=(s[time], a[time], s[time + 1])), E(R[time + 1], given=s[time + 1]),
           game.bounded_rewards),
        eq(E(R[time], given=(s[time], a[time], s[time + 1])), E(R[time], given=(s[time], a[time])),
           game.bounded_rewards, game.markov),
        eq(E(R[time], given=(s[time], a[time])), E(R[time], given=s[time]), game.bounded_rewards, game.markov),
    ),
    "independence-of-the-condition": row(
        eq(E(X, given=Y), E(X), apart, finite),
        eq(E(X**2, given=Eq(Y, 2)), E(X**2), apart, finite),
        BUT_NOT,
        eq(E(X, given=Y), E(X), finite),
        eq(E(X * Y, given=Y), E(X * Y), apart, finite),
        eq(E(X, given=Y), E(Y), apart, finite),
        eq(E(X, given=Y), E(X), apart),
    ),
    "conditional-independence": row(
        eq(E(Z, given=(Eq(X, x), Eq(Y, y))), E(Z, given=Eq(Y, y)), chain, three),
        BUT_NOT,
        eq(E(Z, given=(Eq(X, x), Eq(Y, y))), E(Z, given=Eq(X, x)), chain, three),
        eq(E(Z, given=Eq(X, x)), E(Z), chain, three),
        eq(E(Z, given=(Eq(X, x), Eq(Y, y))), E(Z, given=Eq(Y, y)), dependence((X, Y), (Y, Z), (X, Z)), three),
        eq(E(X, given=(Eq(Z, z), Eq(Y, y))), E(X, given=Eq(Z, z)), dependence((X, Y), (Z, Y)), three),
        models=2,
    ),
    "product-of-conditionally-independent": row(
        eq(E(X * Z, given=Eq(Y, y)), E(X, given=Eq(Y, y)) * E(Z, given=Eq(Y, y)), chain, three),
        BUT_NOT,
        eq(E(X * Z, given=Eq(Y, y)), E(X) * E(Z), chain, three),
        eq(E(X * Y, given=Eq(Z, z)), E(X, given=Eq(Z, z)) * E(Y, given=Eq(Z, z)), chain, three),
        eq(E(X * Z, given=Eq(Y, y)), E(X, given=Eq(Y, y)) * E(Z, given=Eq(Y, y)), dependence((X, Y), (Z, Y)), three),
        models=2,
    ),
    "conditional-variance": row(
        eq(Var(X, given=Eq(Y, y)), E(X**2, given=Eq(Y, y)) - E(X, given=Eq(Y, y)) ** 2, finite),
        BUT_NOT,
        eq(Var(X, given=Eq(Y, y)), E(X**2, given=Eq(Y, y)), finite),
        eq(Var(X, given=Eq(Y, y)), E(X**2, given=Eq(Y, y)) - E(X, given=Eq(Y, y)) ** 2),
        models=2,
    ),
    # -- series ------------------------------------------------------------------------------------
    "split-off-first-term": row(
        eq(Sum(half**t, (t, 0, oo)), 1 + Sum(half**t, (t, 1, oo))),
        eq(Sum(gamma**k * R[time + k], (k, 0, oo)), R[time] + Sum(gamma**k * R[time + k], (k, 1, oo)),
           gamma < 1, game.bounded_rewards),
        BUT_NOT,
        eq(Sum(x**t, (t, 0, oo)), 1 + Sum(x**t, (t, 1, oo)), x < 1),
        eq(Sum(t, (t, 0, oo)), Sum(t, (t, 1, oo))),
        eq(Sum(gamma**k * R[time + k], (k, 0, oo)), R[time] + Sum(gamma**k * R[time + k], (k, 1, oo)), gamma < 1),
        models=0,
    ),
    "geometric-series": row(
        eq(Sum(y * half**t, (t, 0, oo)), 2 * y),
        eq(Sum(x**t, (t, 0, oo)), 1 / (1 - x), x >= 0, x < 1),
        eq(Sum(gamma**k * y, (k, 0, oo)), y / (1 - gamma), gamma < 1),
        eq(Sum(-y * half ** (t + 1), (t, 2, oo)), -y / 4),
        BUT_NOT,
        eq(Sum(x**t, (t, 0, oo)), 1 / (1 - x)),
        eq(Sum(x**t, (t, 0, oo)), 1 / (1 - x), x >= 0, x <= 1),
        eq(Sum(x**t, (t, 1, oo)), 1 / (1 - x), x >= 0, x < 1),
        eq(Sum(t * x**t, (t, 0, oo)), t / (1 - x), x >= 0, x < 1),
        eq(Sum(x ** (2 * t), (t, 0, oo)), 1 / (1 - x), x >= 0, x < 1),
        eq(Sum(-(x**t), (t, 0, oo)), 1 / (1 - x), x >= 0, x < 1),
    ),
    "shift-of-a-series": row(
        eq(Sum(half**t, (t, 2, oo)), Sum(half ** (t + 2), (t, 0, oo))),
        BUT_NOT,
        eq(Sum(half**t, (t, 2, oo)), Sum(half ** (t + 1), (t, 0, oo))),
        eq(Sum(x**t, (t, 2, oo)), Sum(x ** (t + 2), (t, 0, oo))),
        models=0,
    ),
    "exchange-of-expectation-and-series": row(
        eq(E(Sum(gamma**k * R[time + k], (k, 0, oo))), Sum(gamma**k * E(R[time + k]), (k, 0, oo)),
           gamma < 1, game.bounded_rewards, also="linearity-of-expectation"),
        BUT_NOT,
        eq(E(Sum(gamma**k * R[time + k], (k, 0, oo))), Sum(gamma**k * E(R[time + k]), (k, 0, oo)),
           game.bounded_rewards, also="linearity-of-expectation"),
        eq(E(Sum(R[time + k], (k, 0, oo))), Sum(E(R[time + k]), (k, 0, oo)), game.bounded_rewards),
        models=0,
    ),
    # -- integrals over spaces ---------------------------------------------------------------------
    "linearity-of-the-integral": row(
        eq(Integral(game.policy(a[time], given=s[time]) * (3 + 0 * x), a[time]),
           3 * Integral(game.policy(a[time], given=s[time]), a[time])),
        BUT_NOT,
        eq(Integral(game.policy(a[time], given=s[time]) * f(a[time]), a[time]),
           f(a[time]) * Integral(game.policy(a[time], given=s[time]), a[time])),
    ),
    "marginalisation": row(
        eq(Integral(game.policy(a[time], given=s[time]), a[time]), 1),
        eq(Integral(game.kernel(s[time + 1], r[time], given=(s[time], a[time])), s[time + 1]),
           game.kernel(r[time], given=(s[time], a[time]))),
        BUT_NOT,
        eq(Integral(game.policy(a[time], given=s[time]), s[time]), 1),
        eq(Integral(game.kernel(r[time], given=(s[time], a[time])), a[time]), game.kernel(r[time], given=s[time])),
    ),
    "fubini": row(
        eq(Integral(Integral(game.kernel(s[time + 1], r[time], given=(s[time], a[time])), r[time]), s[time + 1]),
           Integral(Integral(game.kernel(s[time + 1], r[time], given=(s[time], a[time])), s[time + 1]), r[time])),
        BUT_NOT,
        eq(Integral(Integral(f(endless.s[time], endless.a[time]), endless.a[time]), endless.s[time]),
           Integral(Integral(f(endless.s[time], endless.a[time]), endless.s[time]), endless.a[time])),
    ),
    "derivative-of-a-finite-sum": row(
        eq(grad(Integral(of_learner, learner.a[time]), theta), Integral(grad(of_learner, theta), learner.a[time]),
           learner.smooth_policy),
        BUT_NOT,
        eq(grad(Integral(of_learner, learner.a[time]), theta), Integral(grad(of_learner, theta), learner.a[time])),
        eq(diff(Integral(f(endless.a[time], x), endless.a[time]), x),
           Integral(diff(f(endless.a[time], x), x), endless.a[time])),
        models=0,
    ),
    # -- events ------------------------------------------------------------------------------------
    "probability-by-the-law": row(
        eq(Pr(p < X), exp(-rate * p), waiting, also="fundamental-theorem-of-calculus"),
        eq(Pr(p >= X), 1 - exp(-rate * p), waiting, also="fundamental-theorem-of-calculus"),
        eq(Pr(Eq(X, n)), rate**n * exp(-rate) / factorial(n), distributed(X, Poisson(rate))),
        eq(Pr(Eq(X, y)), 0, waiting),
        BUT_NOT,
        eq(Pr(y < X), exp(-rate * y), waiting, also="fundamental-theorem-of-calculus"),
        eq(Pr(p < X), 1 - exp(-rate * p), waiting, also="fundamental-theorem-of-calculus"),
        eq(Pr(Eq(X, p)), rate * exp(-rate * p), waiting),
        eq(Pr(Eq(X, y)), rate**y * exp(-rate) / factorial(y), distributed(X, Poisson(rate))),
        eq(Pr(p < X), exp(-rate * p), also="fundamental-theorem-of-calculus"),
        models=2,
    ),
    "probability-of-the-complement": row(
        eq(Pr(y < X), 1 - Pr(y >= X), waiting),
        eq(Pr(y <= X), 1 - Pr(y > X), waiting),
        BUT_NOT,
        eq(Pr(y < X), 1 - Pr(y > X), waiting),
        eq(Pr(y < X), Pr(y >= X), waiting),
        models=2,
    ),
    "conditional-probability": row(
        eq(Pr(p + rate < X, given=p < X), Pr(p + rate < X) / Pr(p < X), waiting),
        eq(Pr(p < X, given=p + rate < X), 1, waiting),
        BUT_NOT,
        eq(Pr(p + y < X, given=p < X), Pr(p + y < X) / Pr(p < X), waiting),
        eq(Pr(p < X, given=p + rate < X), Pr(p < X) / Pr(p + rate < X), waiting),
        eq(Pr(p + rate < X, given=p < X), Pr(p + rate < X) / Pr(p < X)),
        eq(Pr(p + rate < X, given=p < Y), Pr(p + rate < X) / Pr(p < Y), waiting),
        models=2,
    ),
    "bayes-theorem": row(
        eq(Pr(p < X, given=rate < X), Pr(rate < X, given=p < X) * Pr(p < X) / Pr(rate < X), waiting),
        BUT_NOT,
        eq(Pr(p < X, given=rate < X), Pr(rate < X, given=p < X) * Pr(rate < X) / Pr(p < X), waiting),
        eq(Pr(p < X, given=rate < X), Pr(rate < X, given=p < X) * Pr(p < X) / Pr(rate < X)),
        models=2,
    ),
    # -- Γ, B, factorials --------------------------------------------------------------------------
    "gamma-integral": row(
        eq(Integral(x ** (p - 1) * exp(-rate * x), (x, 0, oo)), gamma_function(p) / rate**p),
        eq(Integral((y * x**3 + sqrt(x)) * exp(-x), (x, 0, oo)), 6 * y + gamma_function(1 + half)),
        BUT_NOT,
        eq(Integral(x ** (y - 1) * exp(-rate * x), (x, 0, oo)), gamma_function(y) / rate**y),
        eq(Integral(x ** (p - 1) * exp(-y * x), (x, 0, oo)), gamma_function(p) / y**p),
        eq(Integral(x**p * exp(-rate * x), (x, 0, oo)), gamma_function(p) / rate**p),
        eq(Integral(x ** (p - 1) * exp(-rate * x**2), (x, 0, oo)), gamma_function(p) / rate**p),
        eq(Integral(x ** (p - 1) * exp(-rate * x), (x, 1, oo)), gamma_function(p) / rate**p),
        models=1,
    ),
    "beta-integral": row(
        eq(Integral(x ** (p - 1) * (1 - x) ** (rate - 1), (x, 0, 1)), beta_function(p, rate)),
        eq(Integral(y * x**2 * (1 - x), (x, 0, 1)), y * beta_function(3, 2)),
        BUT_NOT,
        eq(Integral(x ** (y - 1) * (1 - x) ** (rate - 1), (x, 0, 1)), beta_function(y, rate)),
        eq(Integral(x ** (p - 1) * (1 - x) ** (rate - 1), (x, 0, 1)), beta_function(p, rate + 1)),
        eq(Integral(x ** (p - 1) * (1 + x) ** (rate - 1), (x, 0, 1)), beta_function(p, rate)),
        models=1,
    ),
    "beta-and-gamma": row(
        eq(beta_function(p, rate), gamma_function(p) * gamma_function(rate) / gamma_function(p + rate)),
        BUT_NOT,
        eq(beta_function(p, rate), gamma_function(p) * gamma_function(rate)),
        eq(beta_function(p, y), gamma_function(p) * gamma_function(y) / gamma_function(p + y)),
        models=4,
    ),
    "gaussian-integral": row(
        eq(Integral(exp(-((x - y) ** 2) / (2 * p)), (x, -oo, oo)), sqrt(2 * Pi * p)),
        eq(Integral(y * exp(-p * x**2), (x, -oo, oo)), y * sqrt(Pi / p)),
        BUT_NOT,
        eq(Integral(exp(-y * x**2), (x, -oo, oo)), sqrt(Pi / y)),
        eq(Integral(exp(-p * x**2 + x), (x, -oo, oo)), sqrt(Pi / p)),
        eq(Integral(exp(-p * x**2), (x, 0, oo)), sqrt(Pi / p)),
        eq(Integral(x * exp(-p * x**2), (x, -oo, oo)), sqrt(Pi / p)),
        models=2,
    ),
    "functional-equation-of-gamma": row(
        eq(gamma_function(p + 2), p * (p + 1) * gamma_function(p)),
        BUT_NOT,
        eq(gamma_function(y + 1), y * gamma_function(y)),
        eq(gamma_function(p + 1), (p + 1) * gamma_function(p)),
        models=3,
    ),
    "exponential-series": row(
        eq(Sum(x**t / factorial(t), (t, 0, oo)), exp(x)),
        eq(Sum(exp(-p) * p ** (t + 1) / factorial(t), (t, 0, oo)), p),
        BUT_NOT,
        eq(Sum(x**t / factorial(t), (t, 1, oo)), exp(x)),
        eq(Sum(x**t / factorial(t + 1), (t, 0, oo)), exp(x)),
        eq(Sum(t * x**t / factorial(t), (t, 0, oo)), exp(x)),
        models=0,
    ),
    # -- integrals over intervals ------------------------------------------------------------------
    "fundamental-theorem-of-calculus": row(
        eq(Integral(x**2, (x, 0, 1)), Fraction(1, 3)),
        eq(Integral(x * exp(-p * x), (x, 0, oo)), 1 / p**2),
        eq(Integral(x ** (p - 1), (x, 0, 1)), 1 / p),
        eq(Integral(log(x), (x, 0, 1)), -1 + 0 * y),
        eq(Integral(y * cos(x), (x, 0, 1)), y * evaluated(sin(x), (x, 0, 1))),
        eq(Integral(x / (1 + x**2) ** 2, (x, 0, oo)), half),
        eq(Integral(1 / (p + x) ** 2, (x, 0, oo)), 1 / p),
        BUT_NOT,
        eq(Integral(1 / x, (x, -1, 1)), 0 * y),
        eq(Integral(1 / x**2, (x, -1, 1)), -2 + 0 * y),
        eq(Integral(1 / x, (x, 1, oo)), y),
        eq(Integral(x ** (y - 1), (x, 0, 1)), 1 / y),
        eq(Integral(exp(-y * x), (x, 0, oo)), 1 / y),
        eq(Integral(1 / (x - p) ** 2, (x, 0, 1)), evaluated(-1 / (x - p), (x, 0, 1))),
        eq(Integral(f(x), (x, 0, 1)), evaluated(x * f(x), (x, 0, 1))),
        eq(Integral(x, (x, 0, y)), y**2 / 2),
        models=1,
    ),
    "evaluation-at-the-ends": row(
        eq(evaluated(x**2 / y, (x, 0, p)), p**2 / y, Ne(y, 0)),
        eq(evaluated(x * exp(-p * x), (x, 0, oo)), 0 * y),
        BUT_NOT,
        eq(evaluated(log(x), (x, 0, 1)), 0 * y),
        eq(evaluated(sin(x), (x, 0, oo)), 0 * y),
        eq(evaluated(x, (x, 0, y)), y),
        models=1,
    ),
    "integration-by-parts": row(
        eq(Integral(x * exp(-x), (x, 0, oo)), evaluated(-x * exp(-x), (x, 0, oo)) + Integral(exp(-x), (x, 0, oo))),
        eq(Integral(x * diff(smooth(x), x), (x, 0, 1)),
           evaluated(x * smooth(x), (x, 0, 1)) - Integral(smooth(x), (x, 0, 1))),
        BUT_NOT,
        eq(Integral(x * exp(-x), (x, 0, oo)), evaluated(-x * exp(-x), (x, 0, oo)) - Integral(exp(-x), (x, 0, oo))),
        eq(Integral(x * diff(f(x), x), (x, 0, 1)), evaluated(x * f(x), (x, 0, 1)) - Integral(f(x), (x, 0, 1))),
        eq(Integral(1 / x, (x, 1, oo)), evaluated(1 + 0 * x, (x, 1, oo)) + Integral(1 / x, (x, 1, oo))),
        models=1,
    ),
    "additivity-of-the-integral": row(
        eq(Integral(exp(-(x**2)), (x, 0, 2)), Integral(exp(-(x**2)), (x, 0, 1)) + Integral(exp(-(z**2)), (z, 1, 2))),
        eq(Integral(exp(-x), (x, p, oo)), Integral(exp(-x), (x, 0, oo)) - Integral(exp(-x), (x, 0, p))),
        BUT_NOT,
        eq(Integral(exp(-(x**2)), (x, 0, 2)), Integral(exp(-(x**2)), (x, 0, 1)) + Integral(exp(-(x**2)), (x, 0, 1))),
        eq(Integral(exp(-x), (x, y, oo)), Integral(exp(-x), (x, 0, oo)) - Integral(exp(-x), (x, 0, y))),
        eq(Integral(1 / x, (x, -1, 1)), Integral(1 / x, (x, -1, 0)) + Integral(1 / x, (x, 0, 1))),
        eq(Integral(f(x), (x, 0, 2)), Integral(f(x), (x, 0, 1)) + Integral(f(x), (x, 1, 2))),
        models=1,
    ),
    "differentiation-under-the-integral-sign": row(
        eq(diff(Integral(exp(-rate * x), (x, 0, oo)), rate), Integral(-x * exp(-rate * x), (x, 0, oo)),
           also="differentiation"),
        eq(diff(Integral(x ** (p - 1) * exp(-x), (x, 0, oo)), p),
           Integral(log(x) * x ** (p - 1) * exp(-x), (x, 0, oo)), also="differentiation"),
        eq(diff(Integral(x / p, (x, 0, p)), p), Integral(-x / p**2, (x, 0, p)) + 1, also="differentiation"),
        eq(diff(Integral(smooth(x), (x, 0, p)), p), smooth(p), also="differentiation"),
        BUT_NOT,
        eq(diff(Integral(exp(-y * x), (x, 0, oo)), y), Integral(-x * exp(-y * x), (x, 0, oo)), also="differentiation"),
        eq(diff(Integral(x / p, (x, 0, p)), p), Integral(-x / p**2, (x, 0, p)), also="differentiation"),
        eq(diff(Integral(1 / p + 0 * x, (x, 0, p)), p), Integral(-1 / p**2 + 0 * x, (x, 0, p)), also="differentiation"),
        eq(diff(Integral(sin(y * x) / x**2, (x, 1, oo)), y), Integral(cos(y * x) / x, (x, 1, oo)),
           also="differentiation"),
        eq(diff(Integral(y**3 / x**2 * exp(-(y**2) / x), (x, 0, 1)), y),
           Integral(diff(y**3 / x**2 * exp(-(y**2) / x), y), (x, 0, 1))),
        eq(diff(Integral(f(x), (x, 0, p)), p), f(p), also="differentiation"),
        models=1,
    ),
    "integration-by-substitution": row(
        eq(Integral(exp(-((x - y) ** 2) / (2 * p**2)), (x, -oo, oo)), p * Integral(exp(-(z**2) / 2), (z, -oo, oo))),
        eq(Integral(2 * x * exp(x**2), (x, 0, 1)), Integral(exp(z), (z, 0, 1))),
        eq(Integral(exp(-(x**2)), (x, 0, oo)), Integral(exp(-z) / (2 * sqrt(z)), (z, 0, oo))),
        eq(Integral(smooth(x), (x, 0, 2)), 2 * Integral(smooth(2 * z), (z, 0, 1))),
        eq(Integral(x**2, (x, 0, 1)), Integral((1 - z) ** 2, (z, 0, 1))),
        BUT_NOT,
        eq(Integral(x**2 / 2 * x, (x, -1, 1)), Integral(z / 2, (z, 1, 1))),
        eq(Integral(x**2, (x, -1, 1)), Integral(sqrt(z) / 2, (z, 0, 1))),
        eq(Integral(smooth(x), (x, 0, 2)), Integral(smooth(2 * z), (z, 0, 1))),
        eq(Integral(f(x), (x, 0, 2)), 2 * Integral(f(2 * z), (z, 0, 1))),
        eq(Integral(exp(-y * x**2), (x, -oo, oo)), Integral(exp(-(z**2)), (z, -oo, oo)) / sqrt(y)),
        eq(Integral(1 / x, (x, 1, oo)), Integral(1 / z, (z, 0, 1))),
        eq(Integral(1 / (1 + x**2), (x, -1, 1)), -Integral(1 / (1 + z**2), (z, -1, 1))),
        models=1,
    ),
    "symmetry-of-the-integrand": row(
        eq(Integral(x * exp(-p * x**2), (x, -oo, oo)), 0 * y),
        eq(Integral(x**2 * exp(-p * x**2), (x, -oo, oo)), 2 * Integral(x**2 * exp(-p * x**2), (x, 0, oo))),
        BUT_NOT,
        eq(Integral(1 / x, (x, -1, 1)), 0 * y),
        eq(Integral(x / (1 + x**2), (x, -oo, oo)), 0 * y),
        eq(Integral(x, (x, -1, 2)), 0 * y),
        eq(Integral(x * exp(-y * x**2), (x, -oo, oo)), 0 * y),
        eq(Integral(exp(-x) / (1 + exp(-2 * x)) * x**3 + x**2 * exp(-x**2), (x, -oo, oo)), 0 * y),
        models=1,
    ),
    "monotonicity-of-the-integral": row(
        Link(Integral(x**2, (x, 0, 1)), "<=", Integral(x, (x, 0, 1))),
        Link(Integral(exp(-x) / (1 + x), (x, 0, oo)), "<=", Integral(exp(-x), (x, 0, oo))),
        BUT_NOT,
        Link(Integral(x**2, (x, 0, 2)), "<=", Integral(x, (x, 0, 2))),
        Link(Integral(x**2, (x, 0, 1)), "<=", Integral(x, (x, 0, 2))),
        Link(Integral(1 / x, (x, 1, oo)), "<=", Integral(2 / x, (x, 1, oo))),
        Link(Integral(y * x**2, (x, 0, 1)), "<=", Integral(y * x, (x, 0, 1))),
        models=1,
    ),
    # -- products ----------------------------------------------------------------------------------
    "logarithm-of-a-product": row(
        eq(log(Prod(p + c[t] ** 2, (t, 1, n))), Sum(log(p + c[t] ** 2), (t, 1, n))),
        eq(log(Prod(t, (t, 1, n))), Sum(log(t), (t, 1, n))),
        BUT_NOT,
        eq(log(Prod(c[t], (t, 1, n))), Sum(log(c[t]), (t, 1, n))),
        eq(log(Prod(c[t], (t, 1, n))), Sum(log(c[t]), (t, 1, n)), Prod(c[t], (t, 1, n)) > 0),
        eq(log(Prod(t, (t, 0, n))), Sum(log(t), (t, 0, n))),
        eq(log(Prod(p + c[t] ** 2, (t, 1, n))), Prod(log(p + c[t] ** 2), (t, 1, n))),
    ),
    "splitting-off-the-last-factor": row(
        eq(Prod(c[t], (t, 1, n)), Prod(c[t], (t, 1, n - 1)) * c[n]),
        eq(Prod(x + t, (t, 0, n0 + 1)), (x + n0 + 1) * Prod(x + t, (t, 0, n0))),
        BUT_NOT,
        eq(Prod(x + t, (t, 1, n0)), (x + n0) * Prod(x + t, (t, 1, n0 - 1))),
        eq(Prod(c[t], (t, 1, n)), Prod(c[t], (t, 1, n - 1)) + c[n]),
        eq(Prod(x + t, (t, k, n)), (x + n) * Prod(x + t, (t, k, n - 1))),
    ),
    "splitting-off-the-first-factor": row(
        eq(Prod(c[t], (t, 1, n)), c[1] * Prod(c[t], (t, 2, n))),
        eq(Prod(x + t, (t, k, n)), (x + k) * Prod(x + t, (t, k + 1, n)), k <= n),
        BUT_NOT,
        eq(Prod(x + t, (t, 1, n0)), (x + 1) * Prod(x + t, (t, 2, n0))),
        eq(Prod(c[t], (t, 1, n)), c[1] * Prod(c[t], (t, 1, n))),
        eq(Prod(x + t, (t, k, n)), (x + k) * Prod(x + t, (t, k + 1, n)), k <= n + 1),
    ),
    # -- binomial coefficients ---------------------------------------------------------------------
    "pascals-rule": row(
        eq(binomial(n + m, m), binomial(n + m - 1, m) + binomial(n + m - 1, m - 1)),
        eq(binomial(n0 + 1, m), binomial(n0, m) + binomial(n0, m - 1)),
        BUT_NOT,
        eq(binomial(n0, m), binomial(n0 - 1, m) + binomial(n0 - 1, m - 1)),
        eq(binomial(n, n0), binomial(n - 1, n0) + binomial(n - 1, n0 - 1)),
        eq(binomial(n + 1, m), binomial(n, m) + binomial(n, m + 1)),
    ),
    "binomial-coefficients-by-factorials": row(
        eq(binomial(n + m, m), factorial(n + m) / (factorial(n) * factorial(m))),
        eq(m * binomial(n + m, m), (n + m) * binomial(n + m - 1, m - 1)),
        BUT_NOT,
        eq(binomial(n, m), factorial(n) / (factorial(m) * factorial(n - m))),
        eq(binomial(n + m, m), factorial(n + m) / (factorial(n) * factorial(m - 1))),
    ),
    "binomial-theorem": row(
        eq(Sum(binomial(n, t) * x**t * y ** (n - t), (t, 0, n)), (x + y) ** n),
        eq(Sum(binomial(n0, t), (t, 0, n0)), 2**n0),
        eq(Sum(p * binomial(n, t) * (-1) ** t, (t, 0, n)), 0),
        BUT_NOT,
        eq(Sum(binomial(n, t) * x**t * y ** (n - t), (t, 1, n)), (x + y) ** n),
        eq(Sum(binomial(n, t) * x**t * y ** (n - t + 1), (t, 0, n)), (x + y) ** n),
        eq(Sum(binomial(n0, t) * (-1) ** t, (t, 0, n0)), 0),
        eq(Sum(binomial(n, t) * x**t * y ** (n - t), (t, 0, m)), (x + y) ** m),
    ),
}  # fmt: skip

# Tested beside their theory: what they need of a process takes more than a row.
ELSEWHERE: Mapping[str, str] = {
    "dominant-term": "test_limits.py",
    "limit-of-equivalents": "test_limits.py",
}
