"""2023, Exercise 2.3: the derivative of the first attention weight with respect to the first query."""

from derivations import (
    derive,
    diff,
    differentiation,
    dot,
    dot_product,
    exp,
    matrix_product,
    softmax_definition,
)  # fmt: skip
from derivations.exercises.attention.attention_matrix import C
from derivations.exercises.attention.two_rows import T, derivative, gap, gradient_in_T, k, q

gap_of_keys = dot(q[1], k[2] - k[1]) / C

softmax_derivative = (
    derive(derivative, given=[gap])
    .eq(
        diff(exp(dot(q[1], k[1]) / C) / (exp(dot(q[1], k[1]) / C) + exp(dot(q[1], k[2]) / C)), q[1, 1]),
        by=[softmax_definition, matrix_product, dot_product],
    )
    .eq(diff((1 + exp(gap_of_keys)) ** (-1), q[1, 1]))
    .eq(
        -(1 / C) * (1 + exp(gap_of_keys)) ** (-2) * exp(gap_of_keys) * (k[2, 1] - k[1, 1]),
        by=differentiation,
    )
    .eq(gradient_in_T, by=gap, tag="12")
    .qed(derivative, "=", (k[1, 1] - k[2, 1]) / C * (exp(T / C) / (1 + exp(T / C)) ** 2))
)
