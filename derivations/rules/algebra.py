"""What needs no theorem: plain algebra, and the sign of a difference."""

from derivations.kernel.reasons import Rule

plain_algebra = Rule(
    "plain-algebra",
    r"a = b \text{ whenever both sides have the same normal form}",
    "the field axioms, $e^{x+y} = e^x e^y$, $|xy| = |x||y|$, $\\sqrt{x^2} = |x|$, $\\cos^2 x + \\sin^2 x = 1$, "
    "and the linearity of finite sums",
    operation="cancel",
)

positivity = Rule(
    "positivity",
    r"a \leq b \iff b - a \geq 0",
    "ordered fields: sums and products of non-negative numbers are non-negative",
    operation="bound",
)
