"""Notes, Activations: derivatives of the usual activation functions."""

from derivations import (
    chain_rule,
    definition,
    derive,
    diff,
    differentiation,
    exp,
    function,
    log,
    quotient_rule,
    sqrt,
    symbols,
    tanh,
)

z, alpha = symbols("z alpha")
beta = symbols("beta", positive=True)

sigma = function("sigma")
logistic = definition(sigma(z), 1 / (1 + exp(-z)), name="logistic function")

sigmoid_slope = (
    derive(diff(sigma(z), z), given=[logistic])
    .eq(diff(1 / (1 + exp(-z)), z), by=logistic)
    .eq(exp(-z) / (1 + exp(-z)) ** 2, by=[quotient_rule, chain_rule])
    .eq(1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z))))
    .eq(sigma(z) * (1 - sigma(z)), by=logistic)
    .qed(diff(sigma(z), z), "=", sigma(z) * (1 - sigma(z)))
)

mirror = (
    derive(sigma(-z), given=[logistic])
    .eq(1 / (1 + exp(z)), by=logistic)
    .eq(1 - 1 / (1 + exp(-z)))
    .eq(1 - sigma(z), by=logistic)
    .qed(sigma(-z), "=", 1 - sigma(z))
)

tanh_slope = (
    derive(diff((exp(z) - exp(-z)) / (exp(z) + exp(-z)), z))
    .eq(((exp(z) + exp(-z)) ** 2 - (exp(z) - exp(-z)) ** 2) / (exp(z) + exp(-z)) ** 2, by=differentiation)
    .eq(1 - ((exp(z) - exp(-z)) / (exp(z) + exp(-z))) ** 2)
    .qed(diff((exp(z) - exp(-z)) / (exp(z) + exp(-z)), z), "=", 1 - ((exp(z) - exp(-z)) / (exp(z) + exp(-z))) ** 2)
)

tanh_of_twice = (
    derive(2 * sigma(2 * z) - 1, given=[logistic])
    .eq(2 / (1 + exp(-2 * z)) - 1, by=logistic)
    .eq((1 - exp(-2 * z)) / (1 + exp(-2 * z)))
    .eq((exp(z) - exp(-z)) / (exp(z) + exp(-z)))
    .qed(2 * sigma(2 * z) - 1, "=", (exp(z) - exp(-z)) / (exp(z) + exp(-z)))
)

built_in_tanh = (
    derive(diff(tanh(beta * z), z))
    .eq(beta * (1 - tanh(beta * z) ** 2), by=chain_rule)
    .qed(diff(tanh(beta * z), z), "=", beta * (1 - tanh(beta * z) ** 2))
)

softplus_slope = (
    derive(diff(log(1 + exp(beta * z)) / beta, z), given=[logistic])
    .eq(exp(beta * z) / (1 + exp(beta * z)), by=differentiation)
    .eq(1 / (1 + exp(-beta * z)))
    .eq(sigma(beta * z), by=logistic)
    .qed(diff(log(1 + exp(beta * z)) / beta, z), "=", sigma(beta * z))
)

swish_slope = (
    derive(diff(z / (1 + exp(-z)), z), given=[logistic])
    .eq(1 / (1 + exp(-z)) + z * exp(-z) / (1 + exp(-z)) ** 2, by=differentiation)
    .eq(sigma(z) + z * sigma(z) * (1 - sigma(z)), by=logistic)
    .qed(diff(z / (1 + exp(-z)), z), "=", sigma(z) + z * sigma(z) * (1 - sigma(z)))
)

gaussian_bump = (
    derive(diff(exp(-alpha * z**2), z))
    .eq(-2 * alpha * z * exp(-alpha * z**2), by=chain_rule)
    .qed(diff(exp(-alpha * z**2), z), "=", -2 * alpha * z * exp(-alpha * z**2))
)

logit_inverts = (
    derive(log(sigma(z) / (1 - sigma(z))), given=[logistic])
    .eq(log(1 / (1 + exp(-z)) / (1 - 1 / (1 + exp(-z)))), by=logistic)
    .eq(log(exp(z)))
    .eq(z)
    .qed(log(sigma(z) / (1 - sigma(z))), "=", z)
)

pseudo_huber = (
    derive(diff(sqrt(1 + z**2) - 1, z))
    .eq(z / sqrt(1 + z**2), by=differentiation)
    .lt(1)
    .qed(diff(sqrt(1 + z**2) - 1, z), "<", 1)
)

slope_at_most_a_quarter = (
    derive(sigma(z) * (1 - sigma(z)), given=[logistic])
    .eq(1 / 4 - (sigma(z) - 1 / 2) ** 2)
    .le(1 / 4)
    .qed(sigma(z) * (1 - sigma(z)), "<=", 1 / 4)
)
