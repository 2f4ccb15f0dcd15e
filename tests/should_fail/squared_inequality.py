"""Sheet 8, Exercise 7: squaring keeps an order only between what is not negative."""

from derivations import derive, symbols

x, y = symbols("x y")

squares = derive(x**2, given=[x <= y]).le(y**2).qed(x**2, "<=", y**2)
