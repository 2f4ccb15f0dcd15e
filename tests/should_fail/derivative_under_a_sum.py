"""Sheet 7, Exercise 10: only one of the terms depends on x_j."""

from derivations import Sum, derive, diff, differentiation, family, symbols

n = symbols("n", positive=True, integer=True)
i = symbols("i", integer=True)
j = symbols("j", integer=True, lower=1, upper=n)
x = family("x", n)

slope = (
    derive(diff(Sum(x[i] ** 2, (i, 1, n)), x[j]))
    .eq(2 * Sum(x[i], (i, 1, n)), by=differentiation)
    .qed(diff(Sum(x[i] ** 2, (i, 1, n)), x[j]), "=", 2 * Sum(x[i], (i, 1, n)))
)
