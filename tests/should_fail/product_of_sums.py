"""Sheet 8, Exercise 12: a product of sums is no sum of products."""

from derivations import Sum, derive, family, symbols

n = symbols("n", positive=True, integer=True)
t = symbols("t", integer=True)
x, y = family("x", n), family("y", n)

product = (
    derive(Sum(x[t], (t, 1, n)) * Sum(y[t], (t, 1, n)))
    .eq(Sum(x[t] * y[t], (t, 1, n)))
    .qed(Sum(x[t], (t, 1, n)) * Sum(y[t], (t, 1, n)), "=", Sum(x[t] * y[t], (t, 1, n)))
)
