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
from derivations.exercises.attention.two_rows import K, Q, T, derivative, gap, gaussian, gradient_in_T, i, k, q
from derivations.writing import erratum, prose

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

PROBLEM = prose(
    """
    Compute the limit

    {limit} (13)

    of the derivative in the preceding exercise; and, if all elements of {Q} and {K} are independent and have the
    standard Gaussian distribution, the variance

    {variance}. (14)
    """,
    limit=vanishing.start,
    Q=Q,
    K=K,
    variance=variance_of_gap.start,
)

ERRATA = (
    erratum(
        "2023, Exercise 2.4, statement and solution (15)",
        prose("{T} tends to infinity while {k_1} and {k_2} stay what they are.", T=T, k_1=k[1, 1], k_2=k[2, 1]),
        prose(
            "But {gap}: {T} depends on all elements of the keys. The limit is taken of the result {derivative}, where "
            "{T} is read as a variable of its own.",
            gap=gap.relation,
            T=T,
            derivative=softmax_derivative,
        ),
    ),
    erratum(
        "2023, Exercise 2.4, solution (15)",
        prose("It replaces the derivative below the limit by {tail}, which is not equal to it.", tail=tail),
        prose(
            "The two are asymptotically equal, {asymptotic}, where {different}; else both are 0. So the "
            "limits are equal, and that is what the chain shows, by cases.",
            asymptotic=asymptotic,
            different=Ne(k[1, 1], k[2, 1]),
        ),
    ),
)
