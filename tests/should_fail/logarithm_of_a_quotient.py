"""Sheet 8, Exercise 2: the logarithm of a quotient is a difference, not a quotient."""

from derivations import derive, log, logarithm_laws, symbols

x, y = symbols("x y", positive=True)

split = derive(log(x / y)).eq(log(x) / log(y), by=logarithm_laws).qed(log(x / y), "=", log(x) / log(y))
