"""Sheet 11, Exercise 3: XᵀX has no inverse unless the columns of X are independent."""

from derivations import derive, identity, matrix, symbols

m, p = symbols("m p", positive=True, integer=True)
X = matrix("X", m, p)

projection = derive((X.T @ X) ** -1 @ X.T @ X).eq(identity(p)).qed((X.T @ X) ** -1 @ X.T @ X, "=", identity(p))
