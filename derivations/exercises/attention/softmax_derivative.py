"""2023, Exercise 2.3: the derivative of the first attention weight with respect to the first query."""

import math

from derivations import (
    Sum,
    derive,
    diff,
    differentiation,
    dot,
    dot_product,
    exp,
    family,
    matrix_product,
    softmax_definition,
    symbols,
)  # fmt: skip
from derivations.exercises.attention.attention_matrix import C
from derivations.exercises.attention.two_rows import K, Q, T, derivative, gap, gradient_in_T, k, q
from derivations.writing import erratum, in_python, prose

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

PROBLEM = prose(
    """
    Let there be two rows, so that {q_1}, {q_2} are the rows of {Q} and {k_1}, {k_2} those of {K}. Compute

    {derivative},

    the derivative of the first weight of the first row by the first element of the first query, as a function of {C},
    of the first elements {k_11} and {k_21} of the two keys, and of {gap}.
    """,
    q_1=q[1],
    q_2=q[2],
    Q=Q,
    k_1=k[1],
    k_2=k[2],
    K=K,
    derivative=derivative,
    C=C,
    k_11=k[1, 1],
    k_21=k[2, 1],
    gap=gap.relation,
)


def softmax(x, j, n):
    return math.exp(x[j]) / sum(math.exp(x[m]) for m in range(1, n + 1))


n, m = symbols("n m", integer=True, positive=True)
j = symbols("j", integer=True, lower=1, upper=n)
x = family("x", n)
PYTHON = (in_python(softmax, exp(x[j]) / Sum(exp(x[m]), (m, 1, n)), x=x, j=j, n=n),)

ERRATA = (
    erratum(
        "2023, Exercise 2.3, statement",
        prose(
            "It calls the first elements of the rows of {K} by the names {k_11} and {k_12}; the second is {k_21}.",
            K=K,
            k_11=k[1, 1],
            k_12=k[1, 2],
            k_21=k[2, 1],
        ),
        prose(
            "The first index counts the rows, and the solution (12) has {k_21}; with {k_12} it would be wrong.",
            k_12=k[1, 2],
            k_21=k[2, 1],
        ),
        refuted=derive(derivative, given=[gap])
        .eq((k[1, 1] - k[1, 2]) / C * (exp(T / C) / (1 + exp(T / C)) ** 2))
        .qed(derivative, "=", (k[1, 1] - k[1, 2]) / C * (exp(T / C) / (1 + exp(T / C)) ** 2)),
    ),
    erratum(
        "2023, Exercise 2.3, statement",
        prose("It says what {k_1} is, and does not say what {k_2} is.", k_1=k[1], k_2=k[2]),
        prose("{k_2} occurs in {gap}. It is taken to be the second row of {K}.", k_2=k[2], gap=gap.relation, K=K),
    ),
)
