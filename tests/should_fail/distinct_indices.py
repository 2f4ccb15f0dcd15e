"""Sheet 2, Exercise 3: two free indices may be equal."""

from derivations import Cov, derive, isserlis, matrix, matrix_product, random_family, standard_gaussians, symbols

rows, d_k = symbols("n d_k", positive=True, integer=True)
i, j, m = symbols("i j m", integer=True, lower=1, upper=rows)
q, k = random_family("q", rows, d_k), random_family("k", rows, d_k)
logits = matrix("Q", q) @ matrix("K", k).T

uncorrelated = (
    derive(Cov(logits[i, j], logits[i, m]), given=[standard_gaussians(q, k)])
    .eq(0, by=[matrix_product, isserlis])
    .qed(Cov(logits[i, j], logits[i, m]), "=", 0)
)
