"""Sheet 6, Exercise 2: ≤ and then ≥ say nothing about the ends."""

from derivations import derive, symbols

x = symbols("x", nonnegative=True)

both_ways = derive(x).le(x + 1).ge(x / 2).qed(x, ">=", x / 2)
no_end = derive(x + x).eq(2 * x)
