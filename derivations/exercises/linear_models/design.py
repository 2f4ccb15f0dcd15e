"""What the exercises on linear models share: a design matrix X with m rows, the observations y, and a penalty λ."""

from derivations import full_column_rank, identity, matrix, symbols, vector

m, p = symbols("m p", positive=True, integer=True)
X = matrix("X", m, p)
y = vector("y", m)
b, beta = vector("b", p), vector("beta", p)
lam = symbols("lambda", positive=True)
gram = X.T @ X
I_p, I_m = identity(p), identity(m)
independent_columns = full_column_rank(X)
