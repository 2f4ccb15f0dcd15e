"""Sheet 11, Exercise 1: the inverse of a product, in the wrong order."""

from derivations import derive, invertible, matrix, symbols

n = symbols("n", positive=True, integer=True)
A, B = matrix("A", n, n), matrix("B", n, n)

inverse_of_a_product = (
    derive((A @ B) ** -1, given=[invertible(A), invertible(B)]).eq(A**-1 @ B**-1).qed((A @ B) ** -1, "=", A**-1 @ B**-1)
)
