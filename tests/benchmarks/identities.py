"""The identities whose proofs are timed, each built anew when it is called: no term keeps what it once computed."""

from __future__ import annotations

from collections.abc import Callable

from derivations import (
    E,
    Sum,
    Var,
    dot,
    exp,
    function,
    random_family,
    standard_gaussians,
    symbols,
    vector,
    vector_function,
)
from derivations.terms.relations import Relation, relation

Identity = Callable[[], Relation]


def sigmoid() -> Relation:
    """e^{h₁}/(e^{h₁} + e^{h₀}) = 1/(1 + e^{h₀ − h₁}), 2024, Exercise 3.1."""
    s, h = symbols("s", space="S"), function("h")
    h_0, h_1 = h(s, 0), h(s, 1)
    return relation(exp(h_1) / (exp(h_1) + exp(h_0)), "=", 1 / (1 + exp(h_0 - h_1)))


def eligibility(a: int) -> Relation:
    """The gradient of log π(a | s, θ) in both its forms, 2024, Exercise 3.2."""
    d = symbols("d", integer=True, positive=True)
    s, theta, x = symbols("s", space="S"), vector("theta", d), vector_function("x", d)
    z = dot(theta, x(s))
    left, right = 1 / (1 + exp(-z)), 1 / (1 + exp(z))
    gradient = a * x(s) * (exp(-z) / (1 + exp(-z))) + (a - 1) * x(s) * (exp(z) / (1 + exp(z)))
    return relation(gradient, "=", (-1) ** (1 - a) * x(s) * (1 - left**a * right ** (1 - a)))


def eligibility_of_a_number(a: int) -> Relation:
    """The same with a number z for θᵀx(s), and without the vector x(s): the least work for SymPy."""
    z = symbols("z")
    left, right = 1 / (1 + exp(-z)), 1 / (1 + exp(z))
    gradient = a * (exp(-z) / (1 + exp(-z))) + (a - 1) * (exp(z) / (1 + exp(z)))
    return relation(gradient, "=", (-1) ** (1 - a) * (1 - left**a * right ** (1 - a)))


def attention() -> Relation:
    """The derivative (12) by the quotient rule, and as a function of T; 2023, Exercise 2.3."""
    d_k, t = symbols("d_k", integer=True, positive=True), symbols("t", integer=True)
    C = symbols("C", positive=True)
    q, k = random_family("q", 2, d_k), random_family("k", 2, d_k)
    first = exp(Sum(q[1, t] * k[1, t], (t, 1, d_k)) / C)
    second = exp(Sum(q[1, t] * k[2, t], (t, 1, d_k)) / C)
    step = exp(Sum(q[1, t] * (k[2, t] - k[1, t]), (t, 1, d_k)) / C)
    slope = k[1, 1] / C * first * (first + second) - first * (k[1, 1] / C * first + k[2, 1] / C * second)
    return relation(slope / (first + second) ** 2, "=", (k[1, 1] - k[2, 1]) / C * (step / (1 + step) ** 2))


def attention_of_numbers() -> Relation:
    """The same with numbers for the two sums: the least work for SymPy."""
    C, s_1, s_2, k_1, k_2 = symbols("C", positive=True), *symbols("s_1 s_2 k_1 k_2")
    first, second, step = exp(s_1 / C), exp(s_2 / C), exp((s_2 - s_1) / C)
    slope = k_1 / C * first * (first + second) - first * (k_1 / C * first + k_2 / C * second)
    return relation(slope / (first + second) ** 2, "=", (k_1 - k_2) / C * (step / (1 + step) ** 2))


def moments() -> tuple[list[Relation], tuple[object, ...]]:
    """Mean and variance of a logit, and the variance of T/C, for any d_k; 2023, Exercises 2.1 and 2.4."""
    d_k, t = symbols("d_k", integer=True, positive=True), symbols("t", integer=True)
    C = symbols("C", positive=True)
    q, k = random_family("q", 2, d_k), random_family("k", 2, d_k)
    logit = Sum(q[1, t] * k[1, t], (t, 1, d_k)) / C
    gap = Sum(q[1, t] * (k[2, t] - k[1, t]), (t, 1, d_k)) / C
    links = [relation(E(logit), "=", 0), relation(Var(logit), "=", d_k / C**2), relation(Var(gap), "=", 2 * d_k / C**2)]
    return links, (standard_gaussians(q, k),)
