"""2023, Exercise 2.2: the scale for which a logit has variance 1."""

from derivations import Eq, Var, derive, positive_square_root, sqrt
from derivations.exercises.attention.attention_matrix import C, d_k, gaussian
from derivations.exercises.attention.logits import logit, variance

unit_variance = (
    derive(Eq(Var(logit), 1), given=[gaussian])
    .iff(Eq(d_k / C**2, 1), by=variance)
    .iff(Eq(C**2, d_k))
    .iff(Eq(C, sqrt(d_k)), by=positive_square_root)
    .qed(Eq(Var(logit), 1), "⟺", Eq(C, sqrt(d_k)))
)
