"""Sheet 9, Exercise 6: from 0 to n there are n + 1 powers."""

from derivations import Sum, derive, geometric_sum, symbols

gamma = symbols("gamma", lower=2)
n = symbols("n", positive=True, integer=True)
k = symbols("k", integer=True)

series = (
    derive(Sum(gamma**k, (k, 0, n)))
    .eq((1 - gamma**n) / (1 - gamma), by=geometric_sum)
    .qed(Sum(gamma**k, (k, 0, n)), "=", (1 - gamma**n) / (1 - gamma))
)
