"""Sheet 5, Exercise 3: true, but why?"""

from derivations import derive, diff, exp, symbols

x = symbols("x")

slope = derive(diff(exp(2 * x), x)).eq(2 * exp(2 * x)).qed(diff(exp(2 * x), x), "=", 2 * exp(2 * x))
