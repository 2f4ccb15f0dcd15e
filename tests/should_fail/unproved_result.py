"""Sheet 5, Exercise 6: what rests on a wrong result is not proved."""

from derivations import derive, sqrt, symbols

x, y = symbols("x y")

root = derive(sqrt(x**2)).eq(x).qed(sqrt(x**2), "=", x)
use = derive(sqrt(y**2) + 1).eq(y + 1, by=root).qed(sqrt(y**2) + 1, "=", y + 1)
