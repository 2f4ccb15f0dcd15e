"""2023, Exercise 2.4: the limit of the derivative, and the variance of T/C."""

from derivations import (
    Eq,
    Ne,
    Sum,
    Var,
    by_cases,
    derive,
    dominant_term,
    dot,
    dot_product,
    exp,
    free_variable,
    limit,
    limit_of_equivalents,
    oo,
    standard_gaussian,
    variance_of_centred_product,
    variance_of_independent_sum,
    variance_scaling,
)  # fmt: skip
from derivations.exercises.attention.attention_matrix import C, d_k
from derivations.exercises.attention.softmax_derivative import softmax_derivative
from derivations.exercises.attention.two_rows import T, derivative, gap, gaussian, gradient_in_T, i, k, q

tail = (k[1, 1] - k[2, 1]) / C * exp(-T / C)

asymptotic = (
    derive(gradient_in_T, given=[Ne(k[1, 1], k[2, 1])])
    .asymptotic_to(tail, T, oo, by=dominant_term)
    .qed(gradient_in_T, "~", tail)
)

vanishing = (
    derive(limit(derivative, gap, oo), given=[gap])
    .eq(limit(gradient_in_T, T, oo), by=[softmax_derivative, free_variable(T)])
    .eq(limit(tail, T, oo), by=[by_cases(Eq(k[1, 1], k[2, 1])), limit_of_equivalents])
    .eq(0, by=dominant_term, tag="15")
    .qed(limit(derivative, gap, oo), "=", 0)
)

variance_of_gap = (
    derive(Var(T / C), given=[gaussian, gap])
    .eq(1 / C**2 * Var(dot(q[1], k[2] - k[1])), by=[gap, variance_scaling])
    .eq(1 / C**2 * Var(Sum(q[1, i] * (k[2, i] - k[1, i]), (i, 1, d_k))), by=dot_product)
    .eq(
        1 / C**2 * Sum(Var(q[1, i]) * Var(k[2, i] - k[1, i]), (i, 1, d_k)),
        by=[variance_of_independent_sum, variance_of_centred_product],
    )
    .eq(2 * d_k / C**2, by=[variance_of_independent_sum, standard_gaussian], tag="16")
    .qed(Var(T / C), "=", 2 * d_k / C**2)
)
