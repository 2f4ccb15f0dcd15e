"""Sheet 1, Exercise 1: the sign is lost when the hypothesis is put in."""

from derivations import derive, dot, exp, function, hypothesis, symbols, vector, vector_function

d = symbols("d", positive=True, integer=True)
s = symbols("s", space="S")
theta, x, h = vector("theta", d), vector_function("x", d), function("h")
gap = hypothesis(h(s, 1) - h(s, 0), "=", dot(theta, x(s)), name="difference of the preferences")

sigmoid = (
    derive(exp(h(s, 1)) / (exp(h(s, 1)) + exp(h(s, 0))), given=[gap])
    .eq(1 / (1 + exp(h(s, 0) - h(s, 1))))
    .eq(1 / (1 + exp(dot(theta, x(s)))), by=gap)
    .qed(exp(h(s, 1)) / (exp(h(s, 1)) + exp(h(s, 0))), "=", 1 / (1 + exp(dot(theta, x(s)))))
)
