"""The links of the revision sheet, with stand-in reasons, as SymPy is to reproduce them.

`TRUE` maps a name to (link, what it may use, the operation that SymPy is to
report); None where SymPy has no word for it. `FALSE` holds slightly wrong
variants, with whether SymPy can tell that they are wrong.
"""

from __future__ import annotations

from typing import Any

from derivations import (
    Cov,
    E,
    Eq,
    Sum,
    Var,
    by_cases,
    definition,
    derive,
    diff,
    dot,
    e,
    exp,
    family,
    function,
    grad,
    hypothesis,
    iid,
    limit,
    log,
    matrix,
    oo,
    random_family,
    softmax,
    sqrt,
    standard_gaussians,
    symbols,
    vector,
    vector_function,
)  # fmt: skip
from derivations.kernel.reasons import Rule, Step


def rule(operation: str | None, name: str = "") -> Rule:
    """A theorem that says nothing but what SymPy should do."""
    return Rule(name or f"stand-in-{operation}", "", "", operation=operation)


def link(lhs: Any, sign: str, rhs: Any, by: Any = None, at: tuple[Any, Any] | None = None) -> Step:
    chain = derive(lhs)
    if at:
        return (chain.asymptotic_to if sign == "~" else chain.tends_to)(rhs, *at, by=by).steps[0]
    method = {"=": "eq", "<=": "le", ">=": "ge", "<": "lt", ">": "gt", "!=": "ne", "<=>": "iff"}[sign]
    step: Step = getattr(chain, method)(rhs, by=by).steps[0]
    return step


DIFF, LIMIT, LOGS, DOIT = rule("diff"), rule("limit"), rule("expand_log"), rule("doit")
EXPECT, BOUND, SOLVE, ASYMPTOTIC = rule("expectation"), rule("bound"), rule("solve"), rule("asymptotic")

# -- two actions ----------------------------------------------------------------
d = symbols("d", integer=True, positive=True)
s, b = symbols("s", space="S"), symbols("b", values=(0, 1))
a = symbols("a", values=(0, 1))
theta, x = vector("theta", d), vector_function("x", d)
h, pi = function("h"), function("pi", bar=1)
z = dot(theta, x(s))

policy = definition(pi(a, s, theta), exp(h(s, a, theta)) / Sum(exp(h(s, b, theta)), (b, 0, 1)))
gap = hypothesis(h(s, 1, theta) - h(s, 0, theta), "=", z, for_all=(s, theta))
sigmoid = derive(pi(1, s, theta)).eq(1 / (1 + e ** (-z))).qed(pi(1, s, theta), "=", 1 / (1 + e ** (-z)))
other = derive(pi(0, s, theta)).eq(1 / (1 + e**z)).qed(pi(0, s, theta), "=", 1 / (1 + e**z))
bernoulli = (1 / (1 + e ** (-z))) ** a * (1 - 1 / (1 + e ** (-z))) ** (1 - a)
second = (1 / (1 + e ** (-z))) ** a * (1 / (1 + e**z)) ** (1 - a)
closed = derive(pi(a, s, theta)).eq(second).qed(pi(a, s, theta), "=", second)
logarithm = -a * log(1 + e ** (-z)) + (a - 1) * log(1 + e**z)
gradient = a * x(s) * (e ** (-z) / (1 + e ** (-z))) + (a - 1) * x(s) * (e**z / (1 + e**z))
by_policies = a * x(s) * pi(0, s, theta) + (a - 1) * x(s) * pi(1, s, theta)
eligibility = (-1) ** (1 - a) * x(s) * (1 - pi(a, s, theta))
binary = (policy, gap)

# -- attention --------------------------------------------------------------------
d_k = symbols("d_k", integer=True, positive=True)
C = symbols("C", positive=True)
T = symbols("T")
i, j, m = symbols("i j m", integer=True, positive=True)
t = symbols("t", integer=True)
Q_, K_ = random_family("q", 2, d_k), random_family("k", 2, d_k)
q, k = family("q", 2, d_k), family("k", 2, d_k)
Q, K = matrix("Q", q), matrix("K", k)
logit = matrix("Q", Q_) @ matrix("K", K_).T / C
gaussian = standard_gaussians(Q_, K_)
variance = derive(Var(logit[i, j])).eq(d_k / C**2).qed(Var(logit[i, j]), "=", d_k / C**2)
entry = softmax(Q @ K.T / C)[1, 1]
gap_T = definition(T, dot(q[1], k[2] - k[1]))
difference = dot(q[1], k[2] - k[1])
share = exp(dot(q[1], k[1]) / C) / (exp(dot(q[1], k[1]) / C) + exp(dot(q[1], k[2]) / C))
one_exponential = (1 + exp(difference / C)) ** (-1)
slope = -1 / C * (1 + exp(difference / C)) ** (-2) * exp(difference / C) * (k[2, 1] - k[1, 1])
slope_T = (k[1, 1] - k[2, 1]) / C * (exp(T / C) / (1 + exp(T / C)) ** 2)
tail = (k[1, 1] - k[2, 1]) / C * exp(-T / C)
result_12 = derive(diff(entry, q[1, 1])).eq(slope_T).qed(diff(entry, q[1, 1]), "=", slope_T)
magnitude = abs(k[1, 1] - k[2, 1]) / C
abs_slope = magnitude * (exp(T / C) / (1 + exp(T / C)) ** 2)
spread_T = Sum(Var(Q_[1, t]) * Var(K_[2, t] - K_[1, t]), (t, 1, d_k))

TRUE: dict[str, tuple[Step, tuple[Any, ...], str | None]] = {
    # 2024, 3.1
    "softmax over two actions": (
        link(pi(1, s, theta), "=", exp(h(s, 1, theta)) / (exp(h(s, 1, theta)) + exp(h(s, 0, theta))), policy),
        binary, "subs, doit"),
    "divide by the numerator": (
        link(exp(h(s, 1, theta)) / (exp(h(s, 1, theta)) + exp(h(s, 0, theta))), "=",
             1 / (1 + e**(h(s, 0, theta) - h(s, 1, theta)))),
        binary, "cancel"),
    "put in the gap": (
        link(1 / (1 + e**(h(s, 0, theta) - h(s, 1, theta))), "=", 1 / (1 + e**(-z)), gap), binary, "subs"),
    # 2024, 3.2
    "Bernoulli form, both actions": (
        link(pi(a, s, theta), "=", bernoulli, (by_cases(a), policy, gap)), binary, "subs, doit"),
    "its second form": (link(bernoulli, "=", second, by_cases(a)), binary, "cancel"),
    "its second form, by algebra alone": (link(bernoulli, "=", second), binary, "cancel"),
    "its logarithm": (link(log(pi(a, s, theta)), "=", logarithm, (closed, LOGS)), binary, "subs, expand_log"),
    "gradient of the logarithm": (link(grad(logarithm, theta), "=", gradient, DIFF), binary, "diff"),
    "gradient from the policy itself": (
        link(grad(log(pi(a, s, theta)), theta), "=", gradient, (policy, gap, by_cases(a), DIFF)), binary,
        None),
    "gradient in policies": (link(gradient, "=", by_policies, (sigmoid, other)), binary, "subs"),
    "eligibility": (
        link(by_policies, "=", eligibility, (by_cases(a), sigmoid, other)), binary, "subs"),
    # 2023, 2.1
    "entry of the logits (9)": (
        link(logit[i, j], "=", 1 / C * Sum(Q_[i, t] * K_[j, t], (t, 1, d_k)), rule("doit")), (gaussian,), "cancel"),
    "mean, last link (10)": (
        link(1 / C * Sum(E(Q_[i, t]) * E(K_[j, t]), (t, 1, d_k)), "=", 0, EXPECT), (gaussian,), "expectation, doit"),
    "variance, last link (11)": (
        link(1 / C**2 * Sum(Var(Q_[i, t]) * Var(K_[j, t]), (t, 1, d_k)), "=", d_k / C**2, EXPECT), (gaussian,),
        "expectation, doit"),
    "independent terms and factors (11)": (
        link(Var(logit[i, j]), "=", 1 / C**2 * Sum(Var(Q_[i, t]) * Var(K_[j, t]), (t, 1, d_k)), EXPECT), (gaussian,),
        "expectation, doit"),
    "mean of a product (10)": (
        link(E(logit[i, j]), "=", 1 / C * Sum(E(Q_[i, t]) * E(K_[j, t]), (t, 1, d_k)), EXPECT), (gaussian,),
        "expectation, doit"),
    "fourth moment": (link(E(Q_[1, 1]**4), "=", 3, EXPECT), (gaussian,), "expectation"),
    "covariance with a shared query": (
        link(Cov(logit[1, 1], logit[1, 2]), "=", 0, EXPECT), (gaussian,), "expectation"),
    "independence": (
        link(Var(logit[i, j]), "=", 1 / C**2 * Sum(Var(Q_[i, t]) * Var(K_[j, t]), (t, 1, d_k)), rule(None)),
        (gaussian,), None),
    # 2023, 2.2
    "unit variance, put in": (
        link(Eq(Var(logit[i, j]), 1), "<=>", Eq(d_k / C**2, 1), variance), (gaussian,), "subs, cancel"),
    "unit variance, times C²": (link(Eq(d_k / C**2, 1), "<=>", Eq(C**2, d_k), SOLVE), (), "cancel"),
    "unit variance, solved": (link(Eq(C**2, d_k), "<=>", Eq(C, sqrt(d_k)), SOLVE), (), "solve"),
    # 2023, 2.3
    "softmax entry": (link(diff(entry, q[1, 1]), "=", diff(share, q[1, 1]), rule("doit")), (gap_T,), "doit"),
    "one exponential": (link(diff(share, q[1, 1]), "=", diff(one_exponential, q[1, 1]), DIFF), (gap_T,), "diff"),
    "chain rule": (link(diff(one_exponential, q[1, 1]), "=", slope, DIFF), (gap_T,), "diff"),
    "name T": (link(slope, "=", slope_T, gap_T), (gap_T,), "subs"),
    "all of (12) at once": (link(diff(entry, q[1, 1]), "=", slope_T, (DIFF, gap_T)), (gap_T,), "doit, diff, subs"),
    # 2023, 2.4
    "cite (12)": (link(diff(entry, q[1, 1]), "=", slope_T, result_12), (gap_T,), "subs"),
    "tail (15)": (link(slope_T, "~", tail, ASYMPTOTIC, (T, oo)), (gap_T,), "limit"),
    "limit of the tail (15)": (link(tail, "->", 0, LIMIT, (T, oo)), (gap_T,), "limit"),
    "limit of the slope (15)": (link(slope_T, "->", 0, LIMIT, (T, oo)), (gap_T,), "limit"),
    "limits as terms": (
        link(limit(slope_T, T, oo), "=", limit(tail, T, oo), LIMIT), (), "limit"),
    "T as a sum (16)": (
        link(dot(Q_[1], K_[2] - K_[1]), "=", Sum(Q_[1, t] * (K_[2, t] - K_[1, t]), (t, 1, d_k))), (), "cancel"),
    "variance of T, independent terms (16)": (
        link(Var(dot(Q_[1], K_[2] - K_[1])), "=", spread_T, EXPECT), (gaussian,), "expectation, doit"),
    "variance of T, last link (16)": (
        link(1 / C**2 * spread_T, "=", 2 * d_k / C**2, EXPECT), (gaussian,), "expectation, doit"),
    "variance without a declared law": (
        link(Var(dot(Q_[1], K_[2] - K_[1])), "=", spread_T, EXPECT), (), None),
    # 2023, 2.5
    "upper bound": (link(abs_slope, "<=", magnitude * exp(-T / C), BOUND), (), "is_nonnegative"),
    "lower bound": (
        link(abs_slope, ">=", 1 * magnitude * exp(-T / C) / 4, BOUND), (hypothesis(T >= 0),), "is_nonnegative"),
    "C is the square root": (
        link(2 * d_k / C**2, "=", 2, hypothesis(C, "=", sqrt(d_k))), (hypothesis(C, "=", sqrt(d_k)),), "subs"),
}  # fmt: skip

TELLS, SILENT = True, False
FALSE: dict[str, tuple[Step, tuple[Any, ...], bool]] = {
    "softmax over two actions: a sign": (
        link(pi(1, s, theta), "=", exp(h(s, 1, theta)) / (exp(h(s, 1, theta)) - exp(h(s, 0, theta))), policy),
        (policy,), TELLS),
    "softmax over two actions: the other action": (
        link(pi(0, s, theta), "=", exp(h(s, 1, theta)) / (exp(h(s, 1, theta)) + exp(h(s, 0, theta))), policy),
        (policy,), TELLS),
    "divide by the numerator: the difference turned round": (
        link(exp(h(s, 1, theta)) / (exp(h(s, 1, theta)) + exp(h(s, 0, theta))), "=",
             1 / (1 + e**(h(s, 1, theta) - h(s, 0, theta)))), (policy,), TELLS),
    "put in the gap: a sign": (
        link(1 / (1 + e**(h(s, 0, theta) - h(s, 1, theta))), "=", 1 / (1 + e**z), gap), binary, TELLS),
    "Bernoulli form: exponents exchanged": (
        link(pi(a, s, theta), "=", (1 / (1 + e**(-z)))**(1 - a) * (1 / (1 + e**z))**a, (by_cases(a), policy, gap)),
        binary, TELLS),
    "its second form: a sign": (
        link(bernoulli, "=", (1 / (1 + e**(-z)))**a * (1 / (1 + e**(-z)))**(1 - a), by_cases(a)), (), TELLS),
    "its second form, by algebra alone: a sign": (
        link(bernoulli, "=", (1 / (1 + e**(-z)))**a * (1 / (1 - e**z))**(1 - a)), (), TELLS),
    "its logarithm: a sign": (
        link(log(pi(a, s, theta)), "=", -a * log(1 + e**(-z)) - (a - 1) * log(1 + e**z), (closed, LOGS)), (), TELLS),
    "gradient of the logarithm: an exponent": (
        link(grad(logarithm, theta), "=", a * x(s) * (e**z / (1 + e**(-z))) + (a - 1) * x(s) * (e**z / (1 + e**z)),
             DIFF), (), TELLS),
    "gradient of the logarithm: zero": (link(grad(logarithm, theta), "=", 0 * x(s), DIFF), (), TELLS),
    "gradient in policies: exchanged": (
        link(gradient, "=", a * x(s) * pi(1, s, theta) + (a - 1) * x(s) * pi(0, s, theta), (sigmoid, other)), (),
        TELLS),
    "eligibility: exponent": (
        link(by_policies, "=", (-1)**a * x(s) * (1 - pi(a, s, theta)), (by_cases(a), sigmoid, other)), (), TELLS),
    "eligibility without cases": (link(by_policies, "=", eligibility, (sigmoid, other)), (), SILENT),
    "entry of the logits: squared": (
        link(logit[i, j], "=", 1 / C**2 * Sum(Q_[i, t] * K_[j, t], (t, 1, d_k)), DOIT), (gaussian,), TELLS),
    "entry of the logits: an index": (
        link(logit[i, j], "=", 1 / C * Sum(Q_[i, t] * K_[t, j], (t, 1, d_k)), DOIT), (gaussian,), TELLS),
    "mean: one": (
        link(1 / C * Sum(E(Q_[i, t]) * E(K_[j, t]), (t, 1, d_k)), "=", 1, EXPECT), (gaussian,), TELLS),
    "variance: d squared": (
        link(1 / C**2 * Sum(Var(Q_[i, t]) * Var(K_[j, t]), (t, 1, d_k)), "=", d_k**2 / C**2, EXPECT), (gaussian,),
        TELLS),
    "variance of T: as if the keys were the same": (
        link(1 / C**2 * spread_T, "=", d_k / C**2, EXPECT), (gaussian,), TELLS),
    "two free indices taken for distinct ones": (
        link(Cov(logit[i, j], logit[i, m]), "=", 0, EXPECT), (gaussian,), SILENT),
    "variance of a sum that is not independent": (
        link(Var(Q_[1, 1] + K_[1, 1]), "=", Var(Q_[1, 1]) + Var(K_[1, 1]), EXPECT),
        (iid(Q_, mean=0, variance=1), iid(K_, mean=0, variance=1)), SILENT),
    "unit variance: inverted": (link(Eq(d_k / C**2, 1), "<=>", Eq(C**2, 1 / d_k), SOLVE), (), SILENT),
    "unit variance: no root": (link(Eq(C**2, d_k), "<=>", Eq(C, d_k), SOLVE), (), SILENT),
    "solutions are certain": (link(Eq(C**2, 4), "<=>", Eq(C, 3), SOLVE), (), TELLS),
    "softmax entry: the other column": (
        link(diff(softmax(Q @ K.T / C)[1, 2], q[1, 1]), "=", diff(share, q[1, 1]), (DIFF, DOIT)), (), TELLS),
    "one exponential: a sign": (
        link(diff(share, q[1, 1]), "=", diff((1 + exp(-difference / C))**(-1), q[1, 1]), DIFF), (), TELLS),
    "chain rule: inner derivative lost": (
        link(diff(one_exponential, q[1, 1]), "=",
             -1 / C * (1 + exp(difference / C))**(-2) * exp(difference / C), DIFF), (), TELLS),
    "chain rule: k_12 for k_21": (
        link(diff(one_exponential, q[1, 1]), "=",
             -1 / C * (1 + exp(difference / C))**(-2) * exp(difference / C) * (k[1, 2] - k[1, 1]), DIFF), (), TELLS),
    "name T: a sign": (
        link(slope, "=", (k[2, 1] - k[1, 1]) / C * (exp(T / C) / (1 + exp(T / C))**2), gap_T), (gap_T,), TELLS),
    "cite (12): doubled": (link(diff(entry, q[1, 1]), "=", 2 * slope_T, result_12), (gap_T,), TELLS),
    "tail: doubled": (link(slope_T, "~", 2 * tail, ASYMPTOTIC, (T, oo)), (gap_T,), TELLS),
    "tail: growing": (
        link(slope_T, "~", exp(T / C), ASYMPTOTIC, (T, oo)), (gap_T,), TELLS),
    "limit of the tail: one": (link(tail, "->", 1, LIMIT, (T, oo)), (gap_T,), TELLS),
    "T as a sum: a sign": (
        link(dot(Q_[1], K_[2] - K_[1]), "=", Sum(Q_[1, t] * (K_[2, t] + K_[1, t]), (t, 1, d_k))), (), TELLS),
    "upper bound: half of it": (link(abs_slope, "<=", magnitude * exp(-T / C) / 2, BOUND), (), TELLS),
    "upper bound turned round": (link(abs_slope, ">=", magnitude * exp(-T / C), BOUND), (), TELLS),
    "C is the square root: d": (
        link(2 * d_k / C**2, "=", 2 * d_k, hypothesis(C, "=", sqrt(d_k))), (hypothesis(C, "=", sqrt(d_k)),), TELLS),
}  # fmt: skip
"""Slightly wrong links; TELLS where SymPy finds them certainly wrong."""
