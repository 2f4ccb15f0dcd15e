"""Sheet 8, Exercise 11: Gauss counted to n, not to n − 1."""

from derivations import Sum, derive, sums_of_powers, symbols

n = symbols("n", positive=True, integer=True)
t = symbols("t", integer=True)

total = derive(Sum(t, (t, 1, n))).eq(n * (n - 1) / 2, by=sums_of_powers).qed(Sum(t, (t, 1, n)), "=", n * (n - 1) / 2)
