"""Sheet 7, Exercise 2: the numerator's derivative comes first."""

from derivations import derive, diff, differentiation, exp, symbols

x = symbols("x")

slope = (
    derive(diff(exp(x) / (1 + x**2), x))
    .eq((exp(x) * (2 * x) - exp(x) * (1 + x**2)) / (1 + x**2) ** 2, by=differentiation)
    .qed(diff(exp(x) / (1 + x**2), x), "=", (exp(x) * (2 * x) - exp(x) * (1 + x**2)) / (1 + x**2) ** 2)
)
