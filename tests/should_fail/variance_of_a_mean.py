"""Sheet 10, Exercise 7: the mean of n has a variance n times smaller, not the same."""

from derivations import Sum, Var, derive, iid, random_family, symbols, variance_of_independent_sum

n = symbols("n", positive=True, integer=True)
t = symbols("t", integer=True)
sigma = symbols("sigma", positive=True)
X = random_family("X", n)
sample = iid(X, mean=0, variance=sigma**2)
mean = Sum(X[t], (t, 1, n)) / n

spread = (
    derive(Var(mean), given=[sample])
    .eq(sigma**2, by=[variance_of_independent_sum, sample])
    .qed(Var(mean), "=", sigma**2)
)
