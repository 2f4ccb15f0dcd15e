"""Sheet 1, Exercise 4: true, but only because a is 0 or 1, and nobody said that this is used."""

from derivations import derive, exp, symbols

a = symbols("a", values=(0, 1))
z = symbols("z")

bernoulli = (
    derive((1 / (1 + exp(-z))) ** a * (1 / (1 + exp(z))) ** (1 - a))
    .eq(a / (1 + exp(-z)) + (1 - a) / (1 + exp(z)))
    .qed((1 / (1 + exp(-z))) ** a * (1 / (1 + exp(z))) ** (1 - a), "=", a / (1 + exp(-z)) + (1 - a) / (1 + exp(z)))
)
