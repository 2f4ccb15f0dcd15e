"""Sheet 3, Exercise 1: what is cancelled must not be 0."""

from derivations import derive, symbols

x = symbols("x")

quotient = derive((x**2 - 1) / (x - 1)).eq((x + 1) * (x - 1) / (x - 1)).eq(x + 1).qed((x**2 - 1) / (x - 1), "=", x + 1)
