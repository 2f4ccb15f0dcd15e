"""Sheet 8, Exercise 14: the mean is the larger one."""

from derivations import derive, sqrt, symbols

x, y = symbols("x y", positive=True)

means = derive((x + y) / 2).le(sqrt(x * y)).qed((x + y) / 2, "<=", sqrt(x * y))
