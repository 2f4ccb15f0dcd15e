"""2023, Exercise 2.1: mean and variance of an attention logit."""

from derivations import (
    E,
    Sum,
    Var,
    derive,
    expectation_of_independent_product,
    linearity_of_expectation,
    matrix_product,
    softmax,
    standard_gaussian,
    variance_of_centred_product,
    variance_of_independent_sum,
)  # fmt: skip
from derivations.exercises.attention.attention_matrix import C, K, Q, V, d_i, d_k, gaussian, i, j, k, logits, q, t
from derivations.writing import declared, prose

logit = logits[i, j]

entry = (
    derive(logit)
    .eq(1 / C * Sum(q[i, t] * k[j, t], (t, 1, d_k)), by=matrix_product, tag="9")
    .qed(logit, "=", 1 / C * Sum(q[i, t] * k[j, t], (t, 1, d_k)))
)

mean = (
    derive(E(logit), given=[gaussian])
    .eq(
        1 / C * Sum(E(q[i, t]) * E(k[j, t]), (t, 1, d_k)),
        by=[entry, linearity_of_expectation, expectation_of_independent_product],
    )
    .eq(0, by=standard_gaussian, tag="10")
    .qed(E(logit), "=", 0)
)

variance = (
    derive(Var(logit), given=[gaussian])
    .eq(
        1 / C**2 * Sum(Var(q[i, t]) * Var(k[j, t]), (t, 1, d_k)),
        by=[entry, variance_of_independent_sum, variance_of_centred_product],
    )
    .eq(d_k / C**2, by=standard_gaussian, tag="11")
    .qed(Var(logit), "=", d_k / C**2)
)

PROBLEM = prose(
    """
    The rescaled dot-product attention of the queries {Q}, the keys {K} and the values {V}, with {d_i} rows each, is

    {attention} (8)

    where the softmax is taken along each row and the scale is a constant {C}. All elements of {Q} and {K} are
    independent and have the standard Gaussian distribution. What are the mean and the variance of each element of
    {logits}?
    """,
    Q=Q,
    K=K,
    V=V,
    d_i=d_i,
    attention=softmax(logits) @ V,
    C=declared(C),
    logits=logits,
)
