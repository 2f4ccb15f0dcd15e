"""Sheet 4, Exercise 3: a quarter, not a half; and two wrong steps do not hide each other."""

from derivations import derive, exp, symbols

T = symbols("T")

bound = (
    derive(exp(T) / (1 + exp(T)) ** 2, given=[T >= 0])
    .eq(exp(-T) / (1 - exp(-T)) ** 2)
    .ge(exp(-T) / 2)
    .qed(exp(T) / (1 + exp(T)) ** 2, ">=", exp(-T) / 2)
)
