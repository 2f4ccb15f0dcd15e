"""Sheet 8, Exercise 4: e^{x+y} is a product."""

from derivations import derive, exp, symbols

x, y = symbols("x y")

split = derive(exp(x + y)).eq(exp(x) + exp(y)).qed(exp(x + y), "=", exp(x) + exp(y))
