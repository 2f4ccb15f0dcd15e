"""Notes, Models: solutions of differential equations and other things one checks by hand."""

from derivations import (
    Eq,
    Sum,
    cos,
    definition,
    derive,
    diff,
    differentiation,
    dominant_term,
    exp,
    function,
    limit,
    oo,
    sin,
    sqrt,
    symbols,
    tanh,
)

t, x, y, a, b, omega = symbols("t x y a b omega")
k, A, K, L = symbols("k A K L", positive=True)

# Newton's law of cooling
T_env, T_0 = symbols("T_env T_0")
temperature = function("T")
cooling = definition(temperature(t), T_env + (T_0 - T_env) * exp(-k * t), name="temperature")

law_of_cooling = (
    derive(diff(temperature(t), t), given=[cooling])
    .eq(-k * (T_0 - T_env) * exp(-k * t), by=[cooling, differentiation])
    .eq(-k * (temperature(t) - T_env), by=cooling)
    .qed(diff(temperature(t), t), "=", -k * (temperature(t) - T_env))
)

it_gets_cold = (
    derive(limit(T_env + (T_0 - T_env) * exp(-k * t), t, oo))
    .eq(T_env, by=dominant_term)
    .qed(limit(T_env + (T_0 - T_env) * exp(-k * t), t, oo), "=", T_env)
)

# logistic growth
N = function("N")
population = definition(N(t), K / (1 + A * exp(-k * t)), name="population")

logistic_growth = (
    derive(diff(N(t), t), given=[population])
    .eq(diff(K / (1 + A * exp(-k * t)), t), by=population)
    .eq(K * A * k * exp(-k * t) / (1 + A * exp(-k * t)) ** 2, by=differentiation)
    .eq(k * N(t) * (1 - N(t) / K), by=population)
    .qed(diff(N(t), t), "=", k * N(t) * (1 - N(t) / K))
)

# the harmonic oscillator
u = function("u")
oscillation = definition(u(t), a * cos(omega * t) + b * sin(omega * t), name="oscillation")

oscillator = (
    derive(diff(diff(u(t), t), t), given=[oscillation])
    .eq(diff(-a * omega * sin(omega * t) + b * omega * cos(omega * t), t), by=[oscillation, differentiation])
    .eq(-(omega**2) * (a * cos(omega * t) + b * sin(omega * t)), by=differentiation)
    .eq(-(omega**2) * u(t), by=oscillation)
    .qed(diff(diff(u(t), t), t), "=", -(omega**2) * u(t))
)

# the heat equation
s = symbols("s", positive=True)
kernel = exp(-(x**2) / (4 * s)) / sqrt(s)

heat_equation = (
    derive(diff(kernel, s))
    .eq(kernel * (x**2 / (4 * s**2) - 1 / (2 * s)), by=differentiation)
    .eq(diff(diff(kernel, x), x), by=differentiation)
    .qed(diff(kernel, s), "=", diff(diff(kernel, x), x))
)

# Euler's theorem for the Cobb–Douglas function
alpha = symbols("alpha", lower=0, upper=1)
output = A * K**alpha * L ** (1 - alpha)

cobb_douglas = (
    derive(K * diff(output, K) + L * diff(output, L))
    .eq(alpha * output + (1 - alpha) * output, by=differentiation)
    .eq(output)
    .qed(K * diff(output, K) + L * diff(output, L), "=", output)
)

# Hardy and Weinberg
p, q = symbols("p q")
other_allele = definition(q, 1 - p)

genotypes = (
    derive(p**2 + 2 * p * q + q**2, given=[other_allele])
    .eq((p + q) ** 2)
    .eq(1, by=other_allele)
    .qed(p**2 + 2 * p * q + q**2, "=", 1)
)

# gradient descent on a parabola
eta = symbols("eta", positive=True)

descent = (
    derive(L / 2 * (x - eta * L * x) ** 2, given=[eta < 2 / L])
    .eq(L / 2 * x**2 * (1 - eta * L) ** 2)
    .le(L / 2 * x**2)
    .qed(L / 2 * (x - eta * L * x) ** 2, "<=", L / 2 * x**2)
)

# ridge regression with one feature
lam = symbols("lambda", positive=True)

shrinkage = (
    derive(Eq(2 * (x - y) + 2 * lam * x, 0))
    .iff(Eq((1 + lam) * x, y))
    .iff(Eq(x, y / (1 + lam)))
    .qed(Eq(2 * (x - y) + 2 * lam * x, 0), "⟺", Eq(x, y / (1 + lam)))
)

# backpropagation through one hidden unit
w_1, w_2, b_1, h = symbols("w_1 w_2 b_1 h")
hidden = definition(h, tanh(w_1 * x + b_1), name="hidden unit")

backpropagation = (
    derive(diff((w_2 * h - y) ** 2, w_1), given=[hidden])
    .eq(diff((w_2 * tanh(w_1 * x + b_1) - y) ** 2, w_1), by=hidden)
    .eq(2 * (w_2 * tanh(w_1 * x + b_1) - y) * w_2 * (1 - tanh(w_1 * x + b_1) ** 2) * x, by=differentiation)
    .eq(2 * (w_2 * h - y) * w_2 * (1 - h**2) * x, by=hidden)
    .qed(diff((w_2 * h - y) ** 2, w_1), "=", 2 * (w_2 * h - y) * w_2 * (1 - h**2) * x)
)

# two sums multiplied
n = symbols("n", integer=True, positive=True)
i, j = symbols("i j", integer=True)
f, g = function("f"), function("g")

product_of_sums = (
    derive(Sum(f(i), (i, 1, n)) * Sum(g(j), (j, 1, n)))
    .eq(Sum(Sum(f(i) * g(j), (j, 1, n)), (i, 1, n)))
    .qed(Sum(f(i), (i, 1, n)) * Sum(g(j), (j, 1, n)), "=", Sum(Sum(f(i) * g(j), (j, 1, n)), (i, 1, n)))
)
