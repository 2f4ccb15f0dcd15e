"""Sheet 9, Exercise 2: in an exponent a constant is not negligible."""

from derivations import derive, dominant_term, exp, oo, symbols

T = symbols("T")

leading = derive(exp(T + 1)).asymptotic_to(exp(T), T, oo, by=dominant_term).qed(exp(T + 1), "~", exp(T))
