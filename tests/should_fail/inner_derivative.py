"""Sheet 1, Exercise 2: the chain rule without its last factor."""

from derivations import derive, diff, differentiation, exp, log, symbols

z, beta = symbols("z beta")

softplus = (
    derive(diff(log(1 + exp(beta * z)), z))
    .eq(exp(beta * z) / (1 + exp(beta * z)), by=differentiation)
    .eq(1 / (1 + exp(-beta * z)))
    .qed(diff(log(1 + exp(beta * z)), z), "=", 1 / (1 + exp(-beta * z)))
)
