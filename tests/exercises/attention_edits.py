"""Slips in the exercises on attention (2023, Exercises 2.1 to 2.4; 2024, Exercise 2.5)."""

from typing import Any

from derivations import Eq, Sum, Var, diff, dot, exp, limit, oo, sqrt, symbols
from derivations.exercises.attention.attention_matrix import i, j, t
from derivations.exercises.attention.attention_matrix import k as keys
from derivations.exercises.attention.attention_matrix import q as queries
from derivations.exercises.attention.large_logits import tail
from derivations.exercises.attention.rescaling import scale
from derivations.exercises.attention.softmax_derivative import gap_of_keys
from derivations.exercises.attention.two_rows import C, T, d_k, gap, gradient_in_T, k, q

from .checked import derivation
from .edit import Edit

# -- what the lines are made of --------------------------------------------------------
first, second = dot(q[1], k[1]) / C, dot(q[1], k[2]) / C
inner = exp(gap_of_keys)
minus_C, minus_C2 = -(1 / C), -(1 / C**2)
step_T = exp(T / C) / (1 + exp(T / C)) ** 2
k_1, k_2 = k[1, 1], k[2, 1]
real_C = symbols("C")


def over_t(body: Any, low: Any = 1, high: Any = d_k) -> Any:
    """Σ_{t=1}^{d_k} body."""
    return Sum(body, (t, low, high))


FALSE = [
    # 2023, Exercise 2.1
    Edit("entry", 1, "the indices of k swapped", 1 / C * over_t(queries[i, t] * keys[t, j]), "REFUTED"),
    Edit("entry", 1, "the rows swapped", 1 / C * over_t(queries[j, t] * keys[i, t]), "REFUTED"),
    Edit("entry", 1, "C² for C", 1 / C**2 * over_t(queries[i, t] * keys[j, t]), "REFUTED"),
    Edit("entry", 1, "1/C forgotten", over_t(queries[i, t] * keys[j, t]), "REFUTED"),
    Edit("entry", 1, "the sum ends too early", 1 / C * over_t(queries[i, t] * keys[j, t], 1, d_k - 1), "REFUTED"),
    Edit("entry", 1, "the sum starts too late", 1 / C * over_t(queries[i, t] * keys[j, t], 2), "REFUTED"),
    Edit("entry", 1, "the sum starts outside", 1 / C * over_t(queries[i, t] * keys[j, t], 0), "OPEN"),
    Edit("mean", 2, "the variance for the mean", d_k / C, "REFUTED"),
    Edit("mean", 2, "the hypothesis is not given", 0, "REFUTED", given=()),
    Edit("variance", 1, "C for C²", 1 / C * over_t(Var(queries[i, t]) * Var(keys[j, t])), "REFUTED"),
    Edit("variance", 1, "a sum for the product", 1 / C**2 * over_t(Var(queries[i, t]) + Var(keys[j, t])), "REFUTED"),
    Edit("variance", 1, "the sum forgotten", 1 / C**2 * Var(queries[i, 1]) * Var(keys[j, 1]), "REFUTED"),
    Edit("variance", 1, "the hypothesis is not given",
         1 / C**2 * over_t(Var(queries[i, t]) * Var(keys[j, t])), "REFUTED", given=()),
    Edit("variance", 2, "d_k² for d_k", d_k**2 / C**2, "REFUTED"),
    Edit("variance", 2, "C for C²", d_k / C, "REFUTED"),
    Edit("variance", 2, "d_k forgotten", 1 / C**2, "REFUTED"),
    Edit("variance", 2, "a factor 2", 2 * d_k / C**2, "REFUTED"),
    # 2023, Exercise 2.2
    Edit("unit_variance", 1, "C for C²", Eq(d_k / C, 1), "REFUTED"),
    Edit("unit_variance", 1, "another value", Eq(d_k / C**2, 2), "REFUTED"),
    Edit("unit_variance", 2, "the fraction turned round", Eq(C**2, 1 / d_k), "REFUTED"),
    Edit("unit_variance", 3, "the root forgotten", Eq(C, d_k), "REFUTED"),
    Edit("unit_variance", 3, "the negative root", Eq(C, -sqrt(d_k)), "REFUTED"),
    Edit("unit_variance", 3, "C is not declared positive", Eq(real_C, sqrt(d_k)), "REFUTED", lhs=Eq(real_C**2, d_k)),
    # 2023, Exercise 2.3
    Edit("softmax_derivative", 1, "the other key above",
         diff(exp(second) / (exp(first) + exp(second)), q[1, 1]), "REFUTED"),
    Edit("softmax_derivative", 1, "C forgotten",
         diff(exp(dot(q[1], k[1])) / (exp(dot(q[1], k[1])) + exp(dot(q[1], k[2]))), q[1, 1]), "REFUTED"),
    Edit("softmax_derivative", 1, "the other query",
         diff(exp(dot(q[2], k[1]) / C) / (exp(dot(q[2], k[1]) / C) + exp(dot(q[2], k[2]) / C)), q[1, 1]), "REFUTED"),
    Edit("softmax_derivative", 2, "the difference turned round",
         diff((1 + exp(dot(q[1], k[1] - k[2]) / C)) ** (-1), q[1, 1]), "REFUTED"),
    Edit("softmax_derivative", 2, "1 − for 1 +", diff((1 - inner) ** (-1), q[1, 1]), "REFUTED"),
    Edit("softmax_derivative", 2, "the exponent −1 forgotten", diff(1 + inner, q[1, 1]), "REFUTED"),
    Edit("softmax_derivative", 3, "the sign", 1 / C * (1 + inner) ** (-2) * inner * (k_2 - k_1), "REFUTED"),
    Edit("softmax_derivative", 3, "C² for C", minus_C2 * (1 + inner) ** (-2) * inner * (k_2 - k_1), "REFUTED"),
    Edit("softmax_derivative", 3, "1/C forgotten", -((1 + inner) ** (-2)) * inner * (k_2 - k_1), "REFUTED"),
    Edit("softmax_derivative", 3, "the exponent stays −1",
         minus_C * (1 + inner) ** (-1) * inner * (k_2 - k_1), "REFUTED"),
    Edit("softmax_derivative", 3, "the derivative of exp forgotten",
         minus_C * (1 + inner) ** (-2) * (k_2 - k_1), "REFUTED"),
    Edit("softmax_derivative", 3, "the innermost derivative forgotten",
         minus_C * (1 + inner) ** (-2) * inner, "REFUTED"),
    Edit("softmax_derivative", 3, "k_{1,2} for k_{2,1}",
         minus_C * (1 + inner) ** (-2) * inner * (k[1, 2] - k_1), "REFUTED"),
    Edit("softmax_derivative", 4, "a sum of keys", (k_1 + k_2) / C * step_T, "REFUTED"),
    Edit("softmax_derivative", 4, "the sign", (k_2 - k_1) / C * step_T, "REFUTED"),
    Edit("softmax_derivative", 4, "the square forgotten", (k_1 - k_2) / C * (exp(T / C) / (1 + exp(T / C))), "REFUTED"),
    Edit("softmax_derivative", 4, "C forgotten in one exponent",
         (k_1 - k_2) / C * (exp(T) / (1 + exp(T / C)) ** 2), "REFUTED"),
    Edit("softmax_derivative", 4, "k_{1,2} for k_{2,1}", (k_1 - k[1, 2]) / C * step_T, "REFUTED"),
    Edit("softmax_derivative", 4, "T is not defined", gradient_in_T, "REFUTED", given=()),
    # 2023, Exercise 2.4
    Edit("asymptotic", 1, "the sign of the exponent", (k_1 - k_2) / C * exp(T / C), "REFUTED"),
    Edit("asymptotic", 1, "a factor 1/4", tail / 4, "REFUTED"),
    Edit("asymptotic", 1, "a sum of keys", (k_1 + k_2) / C * exp(-T / C), "REFUTED"),
    Edit("asymptotic", 1, "a factor 2 in the exponent", (k_1 - k_2) / C * exp(-2 * T / C), "REFUTED"),
    Edit("asymptotic", 1, "equivalent to its limit", 0, "REFUTED"),
    Edit("asymptotic", 1, "the keys may be equal", tail, "OPEN", given=()),
    Edit("vanishing", 1, "the square forgotten",
         limit((k_1 - k_2) / C * (exp(T / C) / (1 + exp(T / C))), T, oo), "REFUTED"),
    Edit("vanishing", 1, "T is not defined", limit(gradient_in_T, T, oo), "OPEN", given=()),
    Edit("vanishing", 2, "the sign of the exponent", limit((k_1 - k_2) / C * exp(T / C), T, oo), "OPEN"),
    Edit("vanishing", 2, "the exponential forgotten", limit((k_1 - k_2) / C, T, oo), "REFUTED"),
    Edit("vanishing", 3, "another limit", 1, "REFUTED"),
    Edit("vanishing", 3, "the exponential forgotten", (k_1 - k_2) / C, "REFUTED"),
    Edit("variance_of_gap", 1, "C for C²", 1 / C * Var(dot(q[1], k[2] - k[1])), "REFUTED"),
    Edit("variance_of_gap", 2, "the difference forgotten", 1 / C**2 * Var(over_t(q[1, t] * k[2, t])), "REFUTED"),
    Edit("variance_of_gap", 2, "the variance of one term", 1 / C**2 * Var(q[1, 1] * (k[2, 1] - k[1, 1])), "REFUTED"),
    Edit("variance_of_gap", 3, "a sum for the product",
         1 / C**2 * over_t(Var(q[1, t]) + Var(k[2, t] - k[1, t])), "REFUTED"),
    Edit("variance_of_gap", 3, "the difference of the variances",
         1 / C**2 * over_t(Var(q[1, t]) * (Var(k[2, t]) - Var(k[1, t]))), "REFUTED"),
    Edit("variance_of_gap", 4, "a factor 2 forgotten", d_k / C**2, "REFUTED"),
    Edit("variance_of_gap", 4, "4 for 2", 4 * d_k / C**2, "REFUTED"),
    Edit("variance_of_gap", 4, "d_k² for d_k", 2 * d_k**2 / C**2, "REFUTED"),
    Edit("variance_of_gap", 4, "C for C²", 2 * d_k / C, "REFUTED"),
    # 2024, Exercise 2.5
    Edit("upper_bound", 1, "the absolute value forgotten", gradient_in_T, "REFUTED"),
    Edit("upper_bound", 2, "half of the bound", scale * exp(-T / C) / 2, "REFUTED"),
    Edit("upper_bound", 2, "a factor 2 in the exponent", scale * exp(-2 * T / C), "REFUTED"),
    Edit("upper_bound", 2, "the absolute value forgotten", (k_1 - k_2) / C * exp(-T / C), "REFUTED"),
    Edit("upper_bound", 2, "strictly less", scale * exp(-T / C), "REFUTED", sign="<"),
    Edit("lower_bound", 2, "1/2 for 1/4", scale * exp(-T / C) / 2, "REFUTED"),
    Edit("lower_bound", 2, "for every T", scale * exp(-T / C) / 4, "REFUTED", given=(gap,)),
    Edit("lower_bound", 2, "strictly more", scale * exp(-T / C) / 4, "REFUTED", sign=">"),
    Edit("rescaled", 1, "the root is not squared", 2 * d_k / sqrt(d_k), "REFUTED"),
    Edit("rescaled", 2, "the variance of a logit", 1, "REFUTED"),
    Edit("not_rescaled", 1, "d_k² for d_k", 2 * d_k**2 / 1**2, "REFUTED"),
    Edit("not_rescaled", 2, "d_k forgotten", 2, "REFUTED"),
]  # fmt: skip

TRUE = [
    Edit("mean", 1, "C² for C: both sides are 0, but these reasons do not say so",
         1 / C**2 * derivation("mean").lines[1], "OPEN"),
    # equation (12) with −T for T
    Edit("softmax_derivative", 4, "e^T/(1 + e^T)² is even",
         (k_1 - k_2) / C * (exp(-T / C) / (1 + exp(-T / C)) ** 2), "PROVED"),
    # equation (15) with k_1 + k_2
    Edit("vanishing", 2, "both limits are 0, but the two functions are not equivalent",
         limit((k_1 + k_2) / C * exp(-T / C), T, oo), "OPEN"),
    Edit("vanishing", 3, "the limit is 0 whatever stands before the exponential", 0, "PROVED",
         lhs=limit((k_1 + k_2) / C * exp(-T / C), T, oo)),
    # equation (16) with k_2 + k_1: independent variables have the same variance of sum and difference
    Edit("variance_of_gap", 1, "T is not this, though its variance is", 1 / C**2 * Var(dot(q[1], k[2] + k[1])), "OPEN"),
    Edit("variance_of_gap", 2, "q_1ᵀ(k_2 + k_1) is this sum",
         1 / C**2 * Var(over_t(q[1, t] * (k[2, t] + k[1, t]))), "PROVED",
         lhs=1 / C**2 * Var(dot(q[1], k[2] + k[1]))),
    Edit("variance_of_gap", 3, "its terms are independent, too",
         1 / C**2 * over_t(Var(q[1, t]) * Var(k[2, t] + k[1, t])),
         "PROVED", lhs=1 / C**2 * Var(over_t(q[1, t] * (k[2, t] + k[1, t])))),
    Edit("variance_of_gap", 4, "a sum has the variance of the difference", 2 * d_k / C**2, "PROVED",
         lhs=1 / C**2 * over_t(Var(q[1, t]) * Var(k[2, t] + k[1, t]))),
]  # fmt: skip
