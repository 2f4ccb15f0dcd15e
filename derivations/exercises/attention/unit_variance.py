"""2023, Exercise 2.2: the scale for which a logit has variance 1."""

from derivations import Eq, Var, derive, positive_square_root, sqrt
from derivations.exercises.attention.attention_matrix import C, d_k, gaussian, logits
from derivations.exercises.attention.logits import logit, variance
from derivations.writing import prose

unit_variance = (
    derive(Eq(Var(logit), 1), given=[gaussian])
    .iff(Eq(d_k / C**2, 1), by=variance)
    .iff(Eq(C**2, d_k))
    .iff(Eq(C, sqrt(d_k)), by=positive_square_root)
    .qed(Eq(Var(logit), 1), "⟺", Eq(C, sqrt(d_k)))
)

PROBLEM = prose("For which value of {C} is the variance of each element of {logits} equal to 1?", C=C, logits=logits)

REMARK = prose("The scale is {root}: both directions are shown, so it is the only one.", root=Eq(C, sqrt(d_k)))
