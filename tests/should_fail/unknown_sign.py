"""Sheet 4, Exercise 2: e^{cT} tends to 0, if c is negative."""

from derivations import derive, dominant_term, exp, limit, oo, symbols

T, c = symbols("T c")

decay = derive(limit(exp(c * T), T, oo)).eq(0, by=dominant_term).qed(limit(exp(c * T), T, oo), "=", 0)
