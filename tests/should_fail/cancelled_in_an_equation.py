"""Sheet 8, Exercise 8: x = 0 is a solution too."""

from derivations import Eq, derive, symbols

x, y = symbols("x y")

solved = derive(Eq(x * y, x)).iff(Eq(y, 1)).qed(Eq(x * y, x), "⟺", Eq(y, 1))
