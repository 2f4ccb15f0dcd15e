"""Notes, Softmax: three classes, and as many as there are."""

from derivations import (
    Sum,
    definition,
    delta,
    derive,
    diff,
    differentiation,
    exp,
    family,
    function,
    log,
    logarithm_laws,
    symbols,
)

h1, h2, h3, c = symbols("h_1 h_2 h_3 c")
total = exp(h1) + exp(h2) + exp(h3)
pi_1, pi_2 = symbols("pi_1 pi_2")
first = definition(pi_1, exp(h1) / total)
second = definition(pi_2, exp(h2) / total)

cross_derivative = (
    derive(diff(pi_1, h2), given=[first, second])
    .eq(diff(exp(h1) / total, h2), by=first)
    .eq(-exp(h1) * exp(h2) / total**2, by=differentiation)
    .eq(-(exp(h1) / total) * (exp(h2) / total))
    .eq(-pi_1 * pi_2, by=[first, second])
    .qed(diff(pi_1, h2), "=", -pi_1 * pi_2)
)

own_derivative = (
    derive(diff(pi_1, h1), given=[first])
    .eq(diff(exp(h1) / total, h1), by=first)
    .eq((exp(h1) * total - exp(h1) ** 2) / total**2, by=differentiation)
    .eq(pi_1 * (1 - pi_1), by=first)
    .qed(diff(pi_1, h1), "=", pi_1 * (1 - pi_1))
)

shift_invariance = (
    derive(exp(h1 + c) / (exp(h1 + c) + exp(h2 + c) + exp(h3 + c)))
    .eq(exp(c) * exp(h1) / (exp(c) * total))
    .eq(exp(h1) / total)
    .qed(exp(h1 + c) / (exp(h1 + c) + exp(h2 + c) + exp(h3 + c)), "=", exp(h1) / total)
)

# any number of classes
n = symbols("n", integer=True, positive=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
m = symbols("m", integer=True)
z = family("z", n)
p = function("p")
partition = Sum(exp(z[m]), (m, 1, n))
probability = definition(p(i), exp(z[i]) / partition, name="softmax")

sums_to_one = (
    derive(Sum(exp(z[i]) / partition, (i, 1, n)))
    .eq(Sum(exp(z[i]), (i, 1, n)) / partition)
    .eq(1)
    .qed(Sum(exp(z[i]) / partition, (i, 1, n)), "=", 1)
)

log_partition = (
    derive(diff(log(partition), z[i]), given=[probability])
    .eq(exp(z[i]) / partition, by=differentiation)
    .eq(p(i), by=probability)
    .qed(diff(log(partition), z[i]), "=", p(i))
)

jacobian = (
    derive(diff(exp(z[i]) / partition, z[j]), given=[probability])
    .eq((delta(i, j) * exp(z[i]) * partition - exp(z[i]) * exp(z[j])) / partition**2, by=differentiation)
    .eq(exp(z[i]) / partition * (delta(i, j) - exp(z[j]) / partition))
    .eq(p(i) * (delta(i, j) - p(j)), by=probability)
    .qed(diff(exp(z[i]) / partition, z[j]), "=", p(i) * (delta(i, j) - p(j)))
)

log_softmax = (
    derive(log(exp(z[i]) / partition))
    .eq(log(exp(z[i])) - log(partition), by=logarithm_laws)
    .eq(z[i] - log(partition))
    .qed(log(exp(z[i]) / partition), "=", z[i] - log(partition))
)

y = family("y", n)
one_hot = Sum(y[m], (m, 1, n))
cross_entropy = (
    derive(diff(log(partition) - Sum(y[m] * z[m], (m, 1, n)), z[i]), given=[probability])
    .eq(exp(z[i]) / partition - y[i], by=differentiation)
    .eq(p(i) - y[i], by=probability)
    .qed(diff(log(partition) - Sum(y[m] * z[m], (m, 1, n)), z[i]), "=", p(i) - y[i])
)
