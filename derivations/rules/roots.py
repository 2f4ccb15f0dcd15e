"""Solving for a positive unknown."""

from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Row, Rule
from derivations.terms.arithmetic import exp, log, sqrt
from derivations.terms.relations import Eq, relation

u, v = metavariables("u v")

positive_square_root = Rule(
    "positive-square-root",
    r"u^2 = v \iff u = \sqrt{v}",
    "the uniqueness of the non-negative square root; Spivak, Calculus, ch. 1 and 7",
    r"u \geq 0,\ v \geq 0",
    rows=(
        # u² = v ⟺ u = √v
        Row(Eq(u**2, v), Eq(u, sqrt(v)), (relation(u, ">=", 0), relation(v, ">=", 0))),
        Row(Eq(v, u**2), Eq(u, sqrt(v)), (relation(u, ">=", 0), relation(v, ">=", 0))),
    ),
    operation="solve",
)

taking_logarithms = Rule(
    "taking-logarithms",
    r"e^u = v \iff u = \log v",
    "exp is a bijection of the real line onto the positive numbers; Spivak, Calculus, ch. 18",
    r"v > 0",
    rows=(
        # e^u = v ⟺ u = log v
        Row(Eq(exp(u), v), Eq(u, log(v)), (relation(v, ">", 0),)),
        # log u = v ⟺ u = e^v
        Row(Eq(log(u), v), Eq(u, exp(v)), (relation(u, ">", 0),)),
    ),
    operation="solve",
)
