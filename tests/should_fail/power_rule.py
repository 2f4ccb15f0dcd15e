"""Sheet 7, Exercise 1: the exponent is lowered by one."""

from derivations import derive, diff, power_rule, symbols

x = symbols("x")
n = symbols("n", integer=True, positive=True)

slope = derive(diff(x**n, x)).eq(n * x**n, by=power_rule).qed(diff(x**n, x), "=", n * x**n)
