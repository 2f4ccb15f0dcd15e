"""Sheet 6, Exercise 1: chains that do not prove what they say."""

from derivations import derive, symbols

x, y = symbols("x y")

weaker = derive(x**2 + y**2).ge(2 * x * y).qed(x**2 + y**2, "=", 2 * x * y)
other_end = derive((x + y) ** 2).eq(x**2 + 2 * x * y + y**2).qed((x + y) ** 2, "=", x**2 + y**2)
other_start = derive((x + y) ** 2).ge(0).qed(x**2 + y**2, ">=", 0)
