"""Sheet 9, Exercise 4: n terms that each tend to 0 need not sum to 0."""

from derivations import Sum, continuity, derive, limit, oo, symbols

n, m = symbols("n m", positive=True, integer=True)
x = symbols("x")
t = symbols("t", integer=True)

exchanged = (
    derive(limit(Sum(1 / m, (t, 1, m)), m, oo))
    .eq(Sum(limit(1 / m, m, oo), (t, 1, oo)), by=continuity)
    .qed(limit(Sum(1 / m, (t, 1, m)), m, oo), "=", Sum(limit(1 / m, m, oo), (t, 1, oo)))
)
