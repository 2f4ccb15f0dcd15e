"""Sheet 12, Exercise 3: a result holds where its hypotheses do."""

from derivations import derive, sqrt, symbols

x, y = symbols("x y")


def root():
    return derive(sqrt(x**2), given=[x >= 0]).eq(x).qed(sqrt(x**2), "=", x)


use = derive(sqrt(y**2)).eq(y, by=root()).qed(sqrt(y**2), "=", y)
