"""Sheet 8, Exercise 5: the mixed term is forgotten."""

from derivations import derive, symbols

x, y = symbols("x y")

square = derive((x + y) ** 2).eq(x**2 + y**2).qed((x + y) ** 2, "=", x**2 + y**2)
