"""Notes, Limits: growth, tails, and what happens at a point."""

from derivations import (
    Ne,
    continuity,
    derive,
    dominant_term,
    exp,
    limit,
    log,
    logarithm_laws,
    oo,
    sin,
    sqrt,
    symbols,
)

x, h, h_1, h_2 = symbols("x h h_1 h_2")
r, beta = symbols("r beta", positive=True)

softplus_grows_like_x = derive(log(1 + exp(x))).asymptotic_to(x, x, oo, by=dominant_term).qed(log(1 + exp(x)), "~", x)

softplus_minus_x = (
    derive(log(1 + exp(x)) - x)
    .eq(log((1 + exp(x)) / exp(x)), by=logarithm_laws)
    .eq(log(1 + exp(-x)))
    .tends_to(0, x, oo, by=dominant_term)
    .qed(log(1 + exp(x)) - x, "->", 0)
)

logarithms_are_slow = derive(log(x) / x).tends_to(0, x, oo, by=dominant_term).qed(log(x) / x, "->", 0)

exponentials_are_fast = (
    derive(x**3 * exp(-beta * x)).tends_to(0, x, oo, by=dominant_term).qed(x**3 * exp(-beta * x), "->", 0)
)

leading_coefficients = (
    derive((3 * x**2 + x) / (x**2 + 1))
    .asymptotic_to(3 * x**2 / x**2, x, oo, by=dominant_term)
    .tends_to(3, x, oo, by=dominant_term)
    .qed((3 * x**2 + x) / (x**2 + 1), "->", 3)
)

difference_of_roots = (
    derive(sqrt(x + 1) - sqrt(x), given=[x > 0])
    .eq(1 / (sqrt(x + 1) + sqrt(x)))
    .asymptotic_to(1 / (2 * sqrt(x)), x, oo, by=dominant_term)
    .qed(sqrt(x + 1) - sqrt(x), "~", 1 / (2 * sqrt(x)))
)

compound_interest = (
    derive(limit((1 + r / x) ** x, x, oo)).eq(exp(r), by=dominant_term).qed(limit((1 + r / x) ** x, x, oo), "=", exp(r))
)

greedy_policy = (
    derive(limit(1 / (1 + exp(-(h_1 - h_2) * x)), x, oo), given=[h_1 > h_2])
    .eq(1, by=dominant_term)
    .qed(limit(1 / (1 + exp(-(h_1 - h_2) * x)), x, oo), "=", 1)
)

uniform_policy = (
    derive(limit(1 / (1 + exp(-(h_1 - h_2) * x)), x, 0))
    .eq(1 / 2, by=continuity)
    .qed(limit(1 / (1 + exp(-(h_1 - h_2) * x)), x, 0), "=", 1 / 2)
)

derivative_of_the_square = (
    derive(limit(((x + h) ** 2 - x**2) / h, h, 0))
    .eq(limit(2 * x + h, h, 0))
    .eq(2 * x, by=continuity)
    .qed(limit(((x + h) ** 2 - x**2) / h, h, 0), "=", 2 * x)
)

sine_over_x = derive(limit(sin(x) / x, x, 0)).eq(1, by=dominant_term).qed(limit(sin(x) / x, x, 0), "=", 1)

away_from_zero = (
    derive(limit(1 / x, x, h), given=[Ne(h, 0)]).eq(1 / h, by=continuity).qed(limit(1 / x, x, h), "=", 1 / h)
)
