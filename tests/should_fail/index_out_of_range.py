"""Sheet 2, Exercise 4: is there a seventh component?"""

from derivations import Sum, derive, diff, differentiation, family, symbols

d = symbols("d", positive=True, integer=True)
t = symbols("t", integer=True)
q, k = family("q", d), family("k", d)

seventh = (
    derive(diff(Sum(q[t] * k[t], (t, 1, d)), q[7]))
    .eq(k[7], by=differentiation)
    .qed(diff(Sum(q[t] * k[t], (t, 1, d)), q[7]), "=", k[7])
)
