"""Sheet 7, Exercise 3: the derivative of a product is no product of derivatives."""

from derivations import derive, diff, differentiation, exp, symbols

x = symbols("x")

slope = (
    derive(diff(x**2 * exp(x), x))
    .eq(2 * x * exp(x), by=differentiation)
    .qed(diff(x**2 * exp(x), x), "=", 2 * x * exp(x))
)
