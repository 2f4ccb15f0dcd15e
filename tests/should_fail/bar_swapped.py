"""Sheet 11, Exercise 8: π(a | s) and π(s | a) are two things."""

from derivations import definition, derive, exp, function, symbols

s, a = symbols("s", space="S"), symbols("a", space="S")
h = function("h")
policy = function("pi", bar=1)
soft = definition(policy(a, s), exp(h(s, a)), name="policy")

swapped = derive(policy(s, a), given=[soft]).eq(exp(h(s, a)), by=soft).qed(policy(s, a), "=", exp(h(s, a)))
