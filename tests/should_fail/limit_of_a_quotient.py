"""Sheet 9, Exercise 3: ∞/∞ is not 1."""

from derivations import derive, dominant_term, oo, symbols

T = symbols("T")

quotient = derive((2 * T + 1) / (T + 5)).tends_to(1, T, oo, by=dominant_term).qed((2 * T + 1) / (T + 5), "→", 1)
