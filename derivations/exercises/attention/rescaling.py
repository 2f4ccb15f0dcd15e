"""2024, Exercise 2.5: why the rescaling matters, and whether the scale is a good one."""

from derivations import Eq, Var, derive, exp, sqrt
from derivations.exercises.attention.attention_matrix import C, d_k
from derivations.exercises.attention.large_logits import variance_of_gap
from derivations.exercises.attention.softmax_derivative import softmax_derivative
from derivations.exercises.attention.two_rows import T, derivative, gap, gaussian, gradient_in_T, k
from derivations.writing import curve, erratum, plot, prose

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

PROBLEM = prose(
    """
    Why might the rescaling of the dot product matter when gradients are propagated back, above all for large {d_k}? Is
    the value of {C} that was found in Exercise 2.2 a good choice?
    """,
    d_k=d_k,
    C=C,
)

REMARK = prose(
    """
    The derivative by an element of a query vanishes like {tail} when the two logits of a row are far apart: it is at
    most that ({upper}) and at least a quarter of it ({lower}). Where the softmax is all but decided, next to nothing is
    propagated back, and such a row stops learning.

    Without a scale, logits are far apart as a rule: the variance of {T} is {wide}, which grows with {d_k}. With the
    scale {root} the variance of {scaled} is {narrow}, whatever {d_k} is. So the value of Exercise 2.2, which gives each
    single logit the variance 1, keeps their difference in the range in which the derivative is not small.
    """,
    tail=exp(-T / C),
    upper=upper_bound,
    lower=lower_bound,
    T=T,
    wide=not_rescaled.statement.rhs,
    d_k=d_k,
    root=Eq(C, sqrt(d_k)),
    scaled=T / C,
    narrow=rescaled.statement.rhs,
)

unit = {k[1, 1]: 1, k[2, 1]: 0, C: 1}
right = [step / 4 for step in range(33)]
FIGURES = (
    plot(
        prose(
            "The size of the derivative in units of {scale}, with the bounds that were shown for it.",
            scale=scale,
        ),
        prose("{x}", x=T / C),
        curve(upper_bound.lines[1], T, [step / 4 for step in range(-20, 33)], "the derivative", unit),
        curve(upper_bound.statement.rhs, T, right, prose("at most {tail}", tail=exp(-T / C)), unit),
        curve(lower_bound.statement.rhs, T, right, "at least a quarter of it", unit),
    ),
    plot(
        prose("How far {x} spreads: one standard deviation to each side of 0.", x=T / C),
        prose("{d_k}", d_k=d_k),
        curve(
            sqrt(not_rescaled.statement.rhs), d_k, range(1, 65),
            prose("{scale}, variance {v}", scale=Eq(C, 1), v=not_rescaled.statement.rhs), band=True,
        ),
        curve(
            sqrt(rescaled.statement.rhs), d_k, range(1, 65),
            prose("{scale}, variance {v}", scale=Eq(C, sqrt(d_k)), v=rescaled.statement.rhs), band=True,
        ),
    ),
)  # fmt: skip

ERRATA = (
    erratum(
        "Exercise 2.5, title",
        "It is dated 2024, among exercises of 2023.",
        prose(
            "It asks for “the value of {C} found in Exercise 2.2” and for “the results found in the previous "
            "exercises”: those of 2023. The sheet keeps the date.",
            C=C,
        ),
    ),
    erratum(
        "Exercise 2.5, solution",
        "“For large values of the attention matrix the gradient is very small” says too much: what has to be large is "
        "the difference of the two logits in a row, not the logits.",
        prose(
            "By {result}, the derivative depends on the logits through {gap} alone, which is their difference. However "
            "large two equal logits are, {zero}, and the derivative is {middle}.",
            result=softmax_derivative,
            gap=T / C,
            zero=Eq(T, 0),
            middle=(k[1, 1] - k[2, 1]) / (4 * C),
        ),
    ),
)
