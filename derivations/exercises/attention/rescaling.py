"""2024, Exercise 2.5: why the rescaling matters, and what C = √d_k does."""

from derivations import Var, derive, exp, sqrt
from derivations.exercises.attention.attention_matrix import C, d_k
from derivations.exercises.attention.large_logits import variance_of_gap
from derivations.exercises.attention.softmax_derivative import softmax_derivative
from derivations.exercises.attention.two_rows import T, derivative, gap, gaussian, gradient_in_T, k

scale = abs(k[1, 1] - k[2, 1]) / C

upper_bound = (
    derive(abs(derivative), given=[gap])
    .eq(abs(gradient_in_T), by=softmax_derivative)
    .le(scale * exp(-T / C))
    .qed(abs(derivative), "<=", scale * exp(-T / C))
)

lower_bound = (
    derive(abs(derivative), given=[gap, T >= 0])
    .eq(abs(gradient_in_T), by=softmax_derivative)
    .ge(scale * exp(-T / C) / 4)
    .qed(abs(derivative), ">=", scale * exp(-T / C) / 4)
)

rescaled = (
    derive(Var(T / sqrt(d_k)), given=[gaussian, gap])
    .eq(2 * d_k / sqrt(d_k) ** 2, by=variance_of_gap)
    .eq(2)
    .qed(Var(T / sqrt(d_k)), "=", 2)
)

not_rescaled = (
    derive(Var(T / 1), given=[gaussian, gap])
    .eq(2 * d_k / 1**2, by=variance_of_gap)
    .eq(2 * d_k)
    .qed(Var(T / 1), "=", 2 * d_k)
)
