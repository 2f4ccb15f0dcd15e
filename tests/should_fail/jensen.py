"""Sheet 8, Exercise 13: Jensen's inequality, the wrong way round."""

from derivations import derive, symbols

x, y = symbols("x y")

jensen = derive(((x + y) / 2) ** 2).ge((x**2 + y**2) / 2).qed(((x + y) / 2) ** 2, ">=", (x**2 + y**2) / 2)
