"""Sheet 5, Exercise 4: nothing happens from one line to the next."""

from derivations import Sum, derive, family, symbols

n = symbols("n", positive=True, integer=True)
t, m = symbols("t m", integer=True)
x = family("x", n)

again = (
    derive(2 * Sum(x[t], (t, 1, n)))
    .eq(2 * Sum(x[m], (m, 1, n)))
    .eq(Sum(2 * x[m], (m, 1, n)))
    .qed(2 * Sum(x[t], (t, 1, n)), "=", Sum(2 * x[m], (m, 1, n)))
)
