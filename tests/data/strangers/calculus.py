"""Notes, Calculus: first-year identities, derivatives and inequalities."""

from derivations import (
    Eq,
    Ne,
    Sum,
    cos,
    derive,
    diff,
    differentiation,
    exp,
    function,
    log,
    logarithm_laws,
    positive_square_root,
    power_rule,
    quotient_rule,
    sin,
    sqrt,
    symbols,
    taking_logarithms,
)

x, y, u, v, h = symbols("x y u v h")
a, b = symbols("a b", nonnegative=True)
p, q = symbols("p q", positive=True)
n = symbols("n", integer=True, positive=True)
k = symbols("k", integer=True)
f, g = function("f"), function("g")

# -- identities --------------------------------------------------------------------------
pythagoras = derive(sin(x) ** 2 + cos(x) ** 2).eq(1).qed(sin(x) ** 2 + cos(x) ** 2, "=", 1)

cosh_and_sinh = (
    derive(((exp(x) + exp(-x)) / 2) ** 2 - ((exp(x) - exp(-x)) / 2) ** 2)
    .eq(exp(x) * exp(-x))
    .eq(1)
    .qed(((exp(x) + exp(-x)) / 2) ** 2 - ((exp(x) - exp(-x)) / 2) ** 2, "=", 1)
)

removable = (
    derive((x**2 - 1) / (x - 1), given=[Ne(x, 1)])
    .eq((x - 1) * (x + 1) / (x - 1))
    .eq(x + 1)
    .qed((x**2 - 1) / (x - 1), "=", x + 1)
)

cancelled = derive(f(x) * g(x) / g(x), given=[Ne(g(x), 0)]).eq(f(x)).qed(f(x) * g(x) / g(x), "=", f(x))

difference_quotient = (
    derive(((x + h) ** 2 - x**2) / h, given=[Ne(h, 0)])
    .eq((2 * x * h + h**2) / h)
    .eq(2 * x + h)
    .qed(((x + h) ** 2 - x**2) / h, "=", 2 * x + h)
)

square_of_a_root = derive(sqrt(x**2)).eq(abs(x)).qed(sqrt(x**2), "=", abs(x))

log_of_a_ratio = (
    derive(log(p**2 / q))
    .eq(log(p**2) - log(q), by=logarithm_laws)
    .eq(2 * log(p) - log(q), by=logarithm_laws)
    .qed(log(p**2 / q), "=", 2 * log(p) - log(q))
)

log_sum_exp = (
    derive(log(exp(u) + exp(v)))
    .eq(log(exp(u) * (1 + exp(v - u))))
    .eq(u + log(1 + exp(v - u)), by=logarithm_laws)
    .qed(log(exp(u) + exp(v)), "=", u + log(1 + exp(v - u)))
)

linear_sum = (
    derive(Sum(x * k + y, (k, 1, n)))
    .eq(x * Sum(k, (k, 1, n)) + n * y)
    .qed(Sum(x * k + y, (k, 1, n)), "=", x * Sum(k, (k, 1, n)) + n * y)
)

geometric_sum = (
    derive((1 - x) * Sum(x**k, (k, 0, 3)))
    .eq((1 - x) * (1 + x + x**2 + x**3))
    .eq(1 - x**4)
    .qed((1 - x) * Sum(x**k, (k, 0, 3)), "=", 1 - x**4)
)

# -- derivatives --------------------------------------------------------------------------
slope_of_a_power = derive(diff(x**n, x)).eq(n * x ** (n - 1), by=power_rule).qed(diff(x**n, x), "=", n * x ** (n - 1))

slope_of_a_root = (
    derive(diff(sqrt(p), p)).eq(1 / (2 * sqrt(p)), by=power_rule).qed(diff(sqrt(p), p), "=", 1 / (2 * sqrt(p)))
)

slope_of_p_log_p = (
    derive(diff(p * log(p) - p, p)).eq(log(p), by=differentiation).qed(diff(p * log(p) - p, p), "=", log(p))
)

slope_of_tan = (
    derive(diff(sin(x) / cos(x), x), given=[Ne(cos(x), 0)])
    .eq((cos(x) * cos(x) + sin(x) * sin(x)) / cos(x) ** 2, by=[quotient_rule, differentiation])
    .eq(1 / cos(x) ** 2)
    .qed(diff(sin(x) / cos(x), x), "=", 1 / cos(x) ** 2)
)

damped_oscillation = (
    derive(diff(exp(-u * x) * cos(v * x), x))
    .eq(-u * exp(-u * x) * cos(v * x) - v * exp(-u * x) * sin(v * x), by=differentiation)
    .eq(-exp(-u * x) * (u * cos(v * x) + v * sin(v * x)))
    .qed(diff(exp(-u * x) * cos(v * x), x), "=", -exp(-u * x) * (u * cos(v * x) + v * sin(v * x)))
)

# -- inequalities --------------------------------------------------------------------------
arithmetic_and_geometric_mean = (
    derive((a + b) / 2)
    .eq(sqrt(a * b) + (sqrt(a) - sqrt(b)) ** 2 / 2)
    .ge(sqrt(a * b))
    .qed((a + b) / 2, ">=", sqrt(a * b))
)

twice_the_product = derive(u**2 + v**2).eq(2 * u * v + (u - v) ** 2).ge(2 * u * v).qed(u**2 + v**2, ">=", 2 * u * v)

x_plus_its_inverse = derive(p + 1 / p).eq(2 + (p - 1) ** 2 / p).ge(2).qed(p + 1 / p, ">=", 2)

area_of_a_rectangle = derive(x * (1 - x)).eq(1 / 4 - (x - 1 / 2) ** 2).le(1 / 4).qed(x * (1 - x), "<=", 1 / 4)

convexity_of_the_square = (
    derive(((x + y) / 2) ** 2).le((x**2 + y**2) / 2).qed(((x + y) / 2) ** 2, "<=", (x**2 + y**2) / 2)
)

lagrange = (
    derive((x**2 + y**2) * (u**2 + v**2))
    .eq((x * u + y * v) ** 2 + (x * v - y * u) ** 2)
    .ge((x * u + y * v) ** 2)
    .qed((x**2 + y**2) * (u**2 + v**2), ">=", (x * u + y * v) ** 2)
)

contraction = (
    derive(abs(1 - p) * abs(x), given=[p < 1, Ne(x, 0)])
    .eq((1 - p) * abs(x))
    .lt(abs(x))
    .qed(abs(1 - p) * abs(x), "<", abs(x))
)

# -- solving --------------------------------------------------------------------------------
rate = (
    derive(Eq(n / p - u, 0), given=[u > 0])
    .iff(Eq(n - u * p, 0))
    .iff(Eq(p, n / u))
    .qed(Eq(n / p - u, 0), "⟺", Eq(p, n / u))
)

circle = (
    derive(Eq(p**2 + 1, q), given=[q > 1])
    .iff(Eq(p**2, q - 1))
    .iff(Eq(p, sqrt(q - 1)), by=positive_square_root)
    .qed(Eq(p**2 + 1, q), "⟺", Eq(p, sqrt(q - 1)))
)

half_life = (
    derive(Eq(exp(-q * x), 1 / 2))
    .iff(Eq(-q * x, log(1 / 2)), by=taking_logarithms)
    .iff(Eq(x, -log(1 / 2) / q))
    .qed(Eq(exp(-q * x), 1 / 2), "⟺", Eq(x, -log(1 / 2) / q))
)

c_0, c_1 = symbols("c_0 c_1")
c_2 = symbols("c_2", nonzero=True)
discriminant = c_1**2 - 4 * c_2 * c_0
larger_root = (-c_1 + sqrt(discriminant)) / (2 * c_2)
quadratic_formula = (
    derive(c_2 * larger_root**2 + c_1 * larger_root + c_0, given=[discriminant >= 0])
    .eq(0)
    .qed(c_2 * larger_root**2 + c_1 * larger_root + c_0, "=", 0)
)
