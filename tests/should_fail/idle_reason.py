"""Sheet 5, Exercise 1: a reason that is not needed is no reason."""

from derivations import chain_rule, derive, symbols

x, y = symbols("x y")

square = derive((x + y) ** 2).eq(x**2 + 2 * x * y + y**2, by=chain_rule).qed((x + y) ** 2, "=", x**2 + 2 * x * y + y**2)
