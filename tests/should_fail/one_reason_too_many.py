"""Sheet 12, Exercise 4: of two reasons only one is used."""

from derivations import derive, diff, differentiation, exp, logarithm_laws, symbols

x = symbols("x")

slope = (
    derive(diff(exp(2 * x), x))
    .eq(2 * exp(2 * x), by=[differentiation, logarithm_laws])
    .qed(diff(exp(2 * x), x), "=", 2 * exp(2 * x))
)
