"""Conditions that speak of a summation index: what to give for all of it, and what no given can say."""

from derivations import Sum, derive, exp, family, log, logarithm_laws, symbols

n = symbols("n", integer=True, positive=True)
k = symbols("k", integer=True)
m = symbols("m", integer=True)
w, v = family("w", n), family("v", n)

ratios = Sum(w[k] / w[k], (k, 1, n))
cancelled = derive(ratios).eq(n).qed(ratios, "=", n)

product = Sum(log(w[k] * v[k]), (k, 1, n))
apart = Sum(log(w[k]) + log(v[k]), (k, 1, n))
logarithms = derive(product).eq(apart, by=logarithm_laws).qed(product, "=", apart)

from_zero = Sum(k * exp(m) / k, (k, 0, n))
index_cancelled = derive(from_zero).eq((n + 1) * exp(m)).qed(from_zero, "=", (n + 1) * exp(m))
