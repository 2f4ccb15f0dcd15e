"""Sheet 9, Exercise 1: what grows fastest leads, not what is written first."""

from derivations import derive, dominant_term, exp, oo, symbols

T = symbols("T")

leading = derive(T**2 + exp(T)).asymptotic_to(T**2, T, oo, by=dominant_term).qed(T**2 + exp(T), "~", T**2)
