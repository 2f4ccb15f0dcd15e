"""Sheet 3, Exercise 2: a root is never negative."""

from derivations import derive, sqrt, symbols

x = symbols("x")

root = derive(sqrt(x**2)).eq(x).qed(sqrt(x**2), "=", x)
