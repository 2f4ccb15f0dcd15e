"""Sheet 4, Exercise 1: a limit of 0 is written →, not ~."""

from derivations import derive, dominant_term, exp, oo, symbols

T = symbols("T")

vanishing = derive(exp(-T)).asymptotic_to(0, T, oo, by=dominant_term).qed(exp(-T), "~", 0)
