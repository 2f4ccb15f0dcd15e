"""Sheet 7, Exercise 4: the derivative of the softmax, with its sign."""

from derivations import Sum, delta, derive, diff, differentiation, exp, family, symbols

n = symbols("n", positive=True, integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
m = symbols("m", integer=True)
z = family("z", n)


def weight(index):
    return exp(z[index]) / Sum(exp(z[m]), (m, 1, n))


jacobian = (
    derive(diff(weight(i), z[j]))
    .eq(weight(i) * (weight(j) - delta(i, j)), by=differentiation)
    .qed(diff(weight(i), z[j]), "=", weight(i) * (weight(j) - delta(i, j)))
)
