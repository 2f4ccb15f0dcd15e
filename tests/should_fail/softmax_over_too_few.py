"""Sheet 8, Exercise 9: the normalisation runs over all of them."""

from derivations import Sum, derive, exp, family, symbols

n = symbols("n", positive=True, integer=True)
i = symbols("i", integer=True)
z = family("z", n)
weight = exp(z[i]) / Sum(exp(z[i]), (i, 1, n - 1))

total = (
    derive(Sum(exp(z[i]), (i, 1, n)) / Sum(exp(z[i]), (i, 1, n - 1)))
    .eq(1)
    .qed(Sum(exp(z[i]), (i, 1, n)) / Sum(exp(z[i]), (i, 1, n - 1)), "=", 1)
)
