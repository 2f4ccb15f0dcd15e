"""Sheet 3, Exercise 3: two negative numbers have a positive product."""

from derivations import derive, log, logarithm_laws, symbols

x, y = symbols("x y")

product = derive(log(x * y)).eq(log(x) + log(y), by=logarithm_laws).qed(log(x * y), "=", log(x) + log(y))
