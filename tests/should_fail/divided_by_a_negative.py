"""Sheet 8, Exercise 6: what is divided by −2 turns round."""

from derivations import derive, symbols

x = symbols("x")

solved = derive(-2 * x <= 6).iff(x <= -3).qed(-2 * x <= 6, "⟺", x <= -3)
