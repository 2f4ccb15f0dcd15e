"""Sheet 5, Exercise 2: the rule is about something else."""

from derivations import derive, diff, exp, product_rule, symbols, variance_scaling

x = symbols("x")

slope = (
    derive(diff(x * exp(x), x))
    .eq((1 + x) * exp(x), by=variance_scaling)
    .qed(diff(x * exp(x), x), "=", (1 + x) * exp(x))
)

half = derive(diff(x * exp(x), x)).eq((1 + x) * exp(x), by=product_rule).qed(diff(x * exp(x), x), "=", (1 + x) * exp(x))
