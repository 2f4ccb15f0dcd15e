"""Sheet 6, Exercise 4: from 0 to n there are n + 1 terms, if n is not negative."""

from derivations import Sum, derive, symbols

n, t = symbols("n t", integer=True)
x = symbols("x")

off_by_one = derive(Sum(x, (t, 0, n)), given=[n >= 0]).eq(n * x).qed(Sum(x, (t, 0, n)), "=", n * x)
empty = derive(Sum(x, (t, 1, n))).eq(n * x).qed(Sum(x, (t, 1, n)), "=", n * x)
