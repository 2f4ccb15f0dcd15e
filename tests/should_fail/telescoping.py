"""Sheet 8, Exercise 10: what is left of a telescoping sum."""

from derivations import Sum, derive, family, index_shift, oo, symbols

n = symbols("n", positive=True, integer=True)
t = symbols("t", integer=True)
x = family("x", oo)

telescope = (
    derive(Sum(x[t + 1] - x[t], (t, 1, n)))
    .eq(x[n] - x[1], by=index_shift)
    .qed(Sum(x[t + 1] - x[t], (t, 1, n)), "=", x[n] - x[1])
)
