"""The softmax policy over two actions: what the exercises of 2024 are given."""

from derivations import Sum, definition, dot, e, function, hypothesis, symbols, vector, vector_function

d = symbols("d", positive=True, integer=True)
s = symbols("s", space="S")
a = symbols("a", values=(0, 1))
b = symbols("b", integer=True)
theta = vector("theta", d)
x = vector_function("x", d)
h = function("h")
policy = function("pi", bar=1)

softmax_policy = definition(
    policy(a, s, theta), e ** h(s, a, theta) / Sum(e ** h(s, b, theta), (b, 0, 1)), name="softmax policy"
)
preference_gap = hypothesis(
    h(s, 1, theta) - h(s, 0, theta), "=", dot(theta, x(s)), for_all=(s, theta), name="difference of the preferences"
)
