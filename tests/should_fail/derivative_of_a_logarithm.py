"""Sheet 7, Exercise 9: the inner derivative of a logarithm."""

from derivations import derive, diff, differentiation, log, symbols

w, x = symbols("w x", positive=True)

slope = derive(diff(log(w * x), x)).eq(w / x, by=differentiation).qed(diff(log(w * x), x), "=", w / x)
