"""Networks, Exercise 2: attention does not see the order of its inputs."""

from derivations import derive, matrix, permutation_matrix, softmax, softmax_of_a_permuted_matrix, symbols
from derivations.writing import prose

n, d = symbols("n d", positive=True, integer=True)
X, P = matrix("X", n, d), matrix("P", n, n)
Q, K, V = matrix("Q", d, d), matrix("K", d, d), matrix("V", d, d)
permutation = permutation_matrix(P)

scores = (X @ Q) @ (X @ K).T
attention = softmax(scores) @ (X @ V)
permuted = softmax((P @ X @ Q) @ (P @ X @ K).T) @ (P @ X @ V)

equivariance = (
    derive(permuted, given=[permutation])
    .eq(softmax(P @ scores @ P.T) @ P @ (X @ V))
    .eq(P @ softmax(scores) @ P.T @ P @ (X @ V), by=softmax_of_a_permuted_matrix)
    .eq(P @ attention)
    .qed(permuted, "=", P @ attention)
)

PROBLEM = prose(
    "Let {P} be a permutation matrix. Show that attention of {PX} is {P} times attention of {X}.",
    P=P, PX=P @ X, X=X,
)  # fmt: skip
REMARK = prose("Source: Lee et al., Set Transformer, 2019, section 3.")
