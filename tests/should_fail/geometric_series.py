"""Sheet 9, Exercise 5: the geometric series needs |γ| < 1."""

from derivations import Sum, derive, geometric_sum, oo, symbols

gamma = symbols("gamma")
k = symbols("k", integer=True)

series = (
    derive(Sum(gamma**k, (k, 0, oo)))
    .eq(1 / (1 - gamma), by=geometric_sum)
    .qed(Sum(gamma**k, (k, 0, oo)), "=", 1 / (1 - gamma))
)
