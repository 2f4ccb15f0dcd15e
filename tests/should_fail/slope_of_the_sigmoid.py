"""Sheet 7, Exercise 5: 1 − σ, not 1 + σ."""

from derivations import definition, derive, diff, differentiation, exp, function, symbols

z = symbols("z")
sigma = function("sigma")
sigmoid = definition(sigma(z), 1 / (1 + exp(-z)))

slope = (
    derive(diff(sigma(z), z), given=[sigmoid])
    .eq(sigma(z) * (1 + sigma(z)), by=[sigmoid, differentiation])
    .qed(diff(sigma(z), z), "=", sigma(z) * (1 + sigma(z)))
)
