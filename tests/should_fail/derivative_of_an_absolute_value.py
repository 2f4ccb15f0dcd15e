"""Sheet 7, Exercise 8: |x| has no derivative at 0."""

from derivations import derive, diff, differentiation, symbols

x = symbols("x")

slope = derive(diff(abs(x), x)).eq(x / abs(x), by=differentiation).qed(diff(abs(x), x), "=", x / abs(x))
