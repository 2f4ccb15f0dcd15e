"""What SymPy gets wrong by itself, as links with the verdict that they must get.

The claims stand in `tests/data/traps.toml`, in words; here they are links. What is false must never be PROVED; what
is true should be, and must never be REFUTED; what depends on a condition is OPEN until the condition is given.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Ne,
    Sum,
    TermError,
    Var,
    by_cases,
    continuity,
    cos,
    definition,
    delta,
    derive,
    diff,
    differentiation,
    dominant_term,
    dot,
    exp,
    expectation_of_independent_product,
    family,
    finite_variance,
    function,
    grad,
    iid,
    isserlis,
    law,
    limit,
    linearity_of_expectation,
    log,
    logarithm_laws,
    matrix,
    oo,
    positive_square_root,
    random_family,
    random_variable,
    sin,
    sqrt,
    standard_gaussians,
    symbols,
    variance_of_independent_sum,
    variance_scaling,
    vector,
)  # fmt: skip
from derivations.checking import check
from derivations.derivation import Derivation
from derivations.kernel.report import Verdict

TRAPS: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "traps.toml").read_text("utf-8")
)  # fmt: skip

a, b, c, r, x, y, z = symbols("a b c r x y z")
p, C = symbols("p C", positive=True)
nonnegative = symbols("x", nonnegative=True)
d, n, N = symbols("d n N", integer=True, positive=True)
i, j = symbols("i j", integer=True, lower=1, upper=N)
k, m, whole = symbols("k m n", integer=True)
action = symbols("a", values=(0, 1))
gamma = symbols("gamma", lower=0, upper=1)
f, g, v, w, P = (function(name) for name in ("f", "g", "v", "w", "p"))
X, A, R = family("x", N), family("A", N, N), family("R", oo)
theta, phi = vector("theta", d), vector("phi", d)
U, V = random_variable("X"), random_variable("Y")
random_X, q, keys = random_family("x", N), random_family("q", N), random_family("k", N)

total = Sum(exp(X[i]), (i, 1, N))
weight = exp(X[i]) / total
scaled = definition(f(x), Sum(x * k, (k, 1, 3)))
recursion = definition(v(x), Sum(P(x, k) * w(k), (k, 1, 2)))
a_limit = definition(g(y), limit(x / y, x, 0))
standard = law(U, mean=0, variance=1)
nonzero = symbols("x", nonzero=True)
root_of_a_square = derive(sqrt(p**2)).eq(p).qed(sqrt(p**2), "=", p)
pi_theta = 1 / (1 + exp(-dot(theta, phi)))
s_1, s_2, q_1, k_1, k_2 = symbols("S_1 S_2 q k_1 k_2")
above, below = exp((s_1 + q_1 * k_1) / C), exp((s_2 + q_1 * k_2) / C)
T = s_1 + q_1 * k_1 - s_2 - q_1 * k_2
attention = exp(T / C) / (1 + exp(T / C)) ** 2
log_policy = -action * log(1 + exp(-z)) + (action - 1) * log(1 + exp(z))
policy = (1 / (1 + exp(-z))) ** action * (1 / (1 + exp(z))) ** (1 - action)
quadratic = Sum(Sum(X[i] * A[i, j] * X[j], (j, 1, N)), (i, 1, N))


def tail(start: Any) -> Any:
    """The discounted return from `start`."""
    return Sum(gamma**k * R[start + k], (k, 0, oo))


PROVED, REFUTED, OPEN = Verdict.PROVED, Verdict.REFUTED, Verdict.OPEN
Link = tuple[Derivation, Verdict, str]

LINKS: dict[str, list[Link]] = {
    # -- bound and free names
    "simplify_captures_free_index": [
        (derive(X[i] * Sum(y * X[i], (i, 1, N)) + Sum(y, (i, 1, N))).eq(y * Sum(X[i] ** 2 + 1, (i, 1, N))), REFUTED,
         "the first x_i is free"),
        (derive(X[i] * Sum(y * X[i], (i, 1, N)) + Sum(y, (i, 1, N))).eq(y * (X[i] * Sum(X[k], (k, 1, N)) + N)), PROVED,
         "the bound index may be called anything"),
    ],
    "diff_logsumexp_by_bound_index": [
        (derive(diff(log(total), X[i])).eq(1, by=differentiation), REFUTED, "only one of the N terms depends on x_i"),
        (derive(diff(log(total), X[i])).eq(weight, by=differentiation), PROVED, "a softmax"),
    ],
    "diff_sum_by_bound_index": [
        (derive(diff(Sum(X[i] * y, (i, 1, N)), X[i])).eq(N * y, by=differentiation), REFUTED, "one term, not N"),
        (derive(diff(Sum(X[i] * y, (i, 1, N)), X[i])).eq(y, by=differentiation), PROVED, "1 ≤ i ≤ N was declared"),
    ],
    "diff_softmax_by_bound_index": [
        (derive(diff(weight, X[i])).eq(0, by=differentiation), REFUTED, "0 only where N = 1"),
        (derive(diff(weight, X[i])).eq(weight * (1 - weight), by=differentiation), PROVED, "s(1 − s)"),
    ],
    "subs_captured_by_Sum": [
        (derive(f(k), given=[scaled]).eq(Sum(k**2, (k, 1, 3)), by=scaled), REFUTED, "the outer k is captured"),
        (derive(f(k), given=[scaled]).eq(6 * k, by=scaled), PROVED, "1 + 2 + 3 times the outer k"),
    ],
    "bellman_unroll_captures": [
        (derive(Sum(P(x, k) * v(k), (k, 1, 2)), given=[recursion])
         .eq(Sum(P(x, k) * Sum(P(k, k) * w(k), (k, 1, 2)), (k, 1, 2)), by=recursion), REFUTED,
         "the inner index needs a name of its own"),
        (derive(Sum(P(x, k) * v(k), (k, 1, 2)), given=[recursion])
         .eq(Sum(P(x, k) * Sum(P(k, m) * w(m), (m, 1, 2)), (k, 1, 2)), by=recursion), PROVED, "with such a name"),
    ],
    "limit_subs_captures": [
        (derive(g(nonzero), given=[a_limit]).eq(1, by=[a_limit, continuity]), REFUTED, "lim_{t→0} t/x, not lim x/x"),
        (derive(g(nonzero), given=[a_limit]).eq(0, by=[a_limit, continuity]), PROVED, "x ≠ 0 was declared"),
    ],
    "indexedbase_label_collides_with_symbol": [
        (derive(x * X[1], given=[Eq(x, 2)]).eq(2 * X[1], by=Eq(x, 2)), PROVED, "the symbol is 2"),
        (derive(x * X[1], given=[Eq(x, 2)]).eq(4, by=Eq(x, 2)), REFUTED, "the family is not"),
    ],
    # -- sums
    "delta_contraction_misses_integrality": [
        (derive(Sum(delta(2 * k, 3) * X[k], (k, 1, N))).eq(X[2]), REFUTED, "no integer k has 2k = 3"),
    ],
    "delta_contraction_noninteger_index": [
        (derive(Sum(delta(k, r) * X[k], (k, 1, 3)), given=[N >= 3]).eq(r * X[1]), REFUTED, "0 at r = 3/2"),
    ],
    "double_delta_sum_not_reduced": [
        (derive(Sum(Sum(delta(k, m) ** 2, (m, 1, N)), (k, 1, N))).eq(N), PROVED, "1 ≤ k ≤ N is used"),
        (derive(Sum(Sum(delta(k, m) ** 2, (m, 1, N)), (k, 1, N))).eq(N**2), REFUTED, "not all pairs are equal"),
    ],
    "alpha_equivalence_not_seen": [
        (derive(Sum(X[k], (k, 1, N)) + Sum(X[m], (m, 1, N))).eq(2 * Sum(X[j], (j, 1, N))),
         PROVED, "one sum, three names"),
    ],
    "return_recursion_not_proved": [
        (derive(tail(n)).eq(R[n] + gamma * tail(n + 1)), OPEN, "true where the series converges; never REFUTED"),
    ],
    "equals_false_depends_on_hash_seed": [
        (derive(tail(n)).eq(R[n] + gamma * tail(n + 1)), OPEN, "whatever the hash seed"),
    ],
    "sum_length_negative": [
        (derive(Sum(1, (k, 1, whole))).eq(whole), REFUTED, "an empty sum is 0"),
        (derive(Sum(1, (k, 1, whole)), given=[whole >= 0]).eq(whole), PROVED, "its length, where that is not negative"),
    ],
    "sum_noninteger_bound": [
        (derive(Sum(k, (k, 1, 1.5))).eq(1.875), OPEN, "a bound that is no integer"),
    ],
    "sum_reorder_infinite": [
        (derive(Sum(Sum(delta(m, k) - delta(m, k + 1), (m, 0, oo)), (k, 0, oo)))
         .eq(Sum(Sum(delta(m, k) - delta(m, k + 1), (k, 0, oo)), (m, 0, oo))), OPEN, "0 and 1"),
    ],
    "is_convergent_arbitrary_function": [
        (derive(2 * Sum(f(k) / 2**k, (k, 0, oo))).eq(Sum(2 * f(k) / 2**k, (k, 0, oo))), OPEN, "f(k) may be 4^k"),
    ],
    "is_convergent_sin_n_over_n": [
        (derive(2 * Sum(sin(k) / k, (k, 1, oo))).eq(Sum(2 * sin(k) / k, (k, 1, oo))), OPEN, "true; never REFUTED"),
    ],
    "termwise_diff_of_infinite_sum": [
        (derive(diff(Sum(sin(k**2 * x) / k**2, (k, 1, oo)), x)).eq(Sum(cos(k**2 * x), (k, 1, oo)), by=differentiation),
         OPEN, "the right side diverges"),
    ],
    # -- equality
    "equals_false_log_real": [
        (derive(log(nonzero**2)).eq(log(abs(nonzero) ** 2)), PROVED, "x² = |x|²"),
        (derive(log(abs(nonzero) ** 2)).eq(2 * log(abs(nonzero)), by=logarithm_laws), PROVED, "|x| > 0"),
        (derive(log(x**2)).eq(2 * log(abs(x)), by=logarithm_laws), OPEN, "not at 0"),
    ],
    "is_constant_wrong": [
        (derive(delta(n, 5)).eq(0), REFUTED, "1 at n = 5"),
        (derive(delta(n, 5)).eq(delta(n + 1, 5)), REFUTED, "not constant"),
    ],
    "equals_none_on_false_claim": [
        (derive(diff(above / (above + below), q_1)).eq((k_2 - k_1) / C * attention, by=differentiation),
         REFUTED, "the sign"),
        (derive(diff(above / (above + below), q_1)).eq((k_1 - k_2) / C * attention, by=differentiation),
         PROVED, "the sign"),
    ],
    "oo_equals_oo": [
        (derive(Sum(1 / k, (k, 1, oo))).eq(Sum(2 * k, (k, 1, oo))),
         OPEN, "both diverge: no number is equal to another"),
    ],
    "nan_equals_nan": [
        (derive(1 / (x - x)).eq(2 / (x - x)), OPEN, "neither side is defined"),
    ],
    "divergent_minus_itself": [
        (derive(Sum(1 / k, (k, 1, oo)) - Sum(1 / k, (k, 1, oo))).eq(0), OPEN, "nothing minus nothing"),
        (derive(0 * Sum(1 / k, (k, 1, oo))).eq(0), OPEN, "0 times nothing"),
    ],
    "accumbounds_equal": [
        (derive(limit(sin(x), x, oo)).eq(limit(cos(x), x, oo), by=dominant_term), OPEN, "neither exists"),
    ],
    "same_name_different_assumptions": [
        (derive(x - nonnegative).eq(0), REFUTED, "two different numbers that look alike"),
    ],
    "subs_silent_noop": [
        (derive(nonnegative + 1, given=[Eq(x, 2)]).eq(3, by=Eq(x, 2)), REFUTED, "the hypothesis is about another x"),
    ],
    # -- domains
    "cancel_removes_pole": [
        (derive((x**2 - 1) / (x - 1)).eq(x + 1), OPEN, "not defined at 1"),
        (derive((x**2 - 1) / (x - 1), given=[Ne(x, 1)]).eq(x + 1), PROVED, "elsewhere"),
    ],
    "simplify_Eq_true_with_pole": [
        (derive(Eq((x**2 - 1) / (x - 1), x + 1)).iff(Eq(x, x)), OPEN, "the left statement says nothing at 1"),
    ],
    "positive_symbol_subs_negative": [
        (derive(sqrt(c**2), given=[c < 0]).eq(c, by=root_of_a_square), REFUTED, "the result is about positive numbers"),
        (derive(sqrt(C**2)).eq(C, by=root_of_a_square), PROVED, "true, and by algebra alone: the result is not needed"),
    ],
    "simplify_inverse_true": [
        (derive(log(exp(x))).eq(x), PROVED, "all numbers are real; acos and asin are not part of the language"),
    ],
    "force_flags": [
        (derive(log(x * y)).eq(log(x) + log(y), by=logarithm_laws), OPEN, "x = y = −1"),
        (derive(sqrt(x**2)).eq(x), REFUTED, "x = −1"),
    ],
    "solve_divides_by_symbol": [
        (derive(Eq(x * y, x * z)).iff(Eq(y, z)), REFUTED, "x = 0"),
        (derive(Eq(a * x, a * b)).iff(Eq(x, b)), REFUTED, "a = 0"),
        (derive(Eq(a * x, a * b), given=[Ne(a, 0)]).iff(Eq(x, b)), PROVED, "a ≠ 0"),
    ],
    "solve_sqrt_extraneous": [
        (derive(Eq(sqrt(nonnegative), a)).iff(Eq(nonnegative, a**2)), REFUTED, "a = −1, x = 1"),
    ],
    "solve_scale_depends_on_assumption": [
        (derive(Eq(c**2, d)).iff(Eq(c, sqrt(d)), by=positive_square_root), REFUTED, "c = −√d"),
        (derive(Eq(C**2, d)).iff(Eq(C, sqrt(d)), by=positive_square_root), PROVED, "C > 0 was declared"),
    ],
    "indexedbase_shape_not_checked": [
        (derive(2 * family("x", 3)[5]).eq(family("x", 3)[5] + family("x", 3)[5]), OPEN, "there is no fifth"),
        (derive(2 * family("x", 3)[2]).eq(family("x", 3)[2] + family("x", 3)[2]), PROVED, "there is a second"),
    ],
    # -- gradients
    "matrix_gradient_of_dot_entry_is_zero": [
        (derive(grad(dot(theta, phi), theta)).eq(0 * phi, by=differentiation), REFUTED, "φ"),
        (derive(grad(exp(dot(theta, phi)), theta)).eq(0 * phi, by=differentiation), REFUTED, "exp(θᵀφ) φ"),
        (derive(grad(exp(dot(theta, phi)), theta)).eq(exp(dot(theta, phi)) * phi, by=differentiation),
         PROVED, "the same"),
    ],
    "matrix_eligibility_is_zero": [
        (derive(grad(log(pi_theta), theta)).eq(0 * phi, by=differentiation), REFUTED, "(1 − π) φ"),
        (derive(grad(log(pi_theta), theta)).eq((1 - pi_theta) * phi, by=differentiation), PROVED, "the same"),
    ],
    "matrix_gradient_quadratic_entry_is_zero": [
        (derive(diff(quadratic, X[i])).eq(0, by=differentiation), REFUTED, "(A + Aᵀ)x"),
        (derive(diff(quadratic, X[i])).eq(Sum((A[i, j] + A[j, i]) * X[j], (j, 1, N)), by=differentiation),
         PROVED, "the same"),
    ],
    "matrix_entry_by_matrix_is_zero": [
        (derive(diff(matrix("A", A)[1, 1], A[1, 1])).eq(0, by="matrix-product"), REFUTED, "1"),
    ],
    # -- limits
    "limit_piecewise_point_value": [
        (derive(limit(x / x, x, 0)).eq(0, by=dominant_term), REFUTED, "not defined at 0, and 1 near it"),
        (derive(limit(x / x, x, 0)).eq(1, by=dominant_term), PROVED, "1 near 0"),
    ],
    "limit_drops_parameter_cases": [
        (derive(limit((a * x + 1) / (b * x + 1), x, oo)).eq(a / b, by=dominant_term), OPEN, "b = 0"),
        (derive(limit((a * x + 1) / (b * x + 1), x, oo), given=[b > 0]).eq(a / b, by=dominant_term), PROVED, "b > 0"),
        (derive(limit(1 / ((a - b) * x + 1), x, oo)).eq(0, by=dominant_term), REFUTED, "a = b"),
        (derive(limit(1 / ((a - b) * x + 1), x, oo), given=[a > b]).eq(0, by=dominant_term), PROVED, "a > b"),
        (derive(limit(x**2 / (a * x**2 + 1), x, oo)).eq(1 / a, by=dominant_term), OPEN, "a = 0"),
    ],
    "limit_default_one_sided": [
        (derive(limit(abs(x) / x, x, 0)).eq(1, by=dominant_term), OPEN, "−1 from the left"),
        (derive(limit(exp(1 / x), x, 0)).eq(0, by=dominant_term), OPEN, "∞ from the right"),
    ],
    "limit_pythagoras": [
        (derive(limit(sin(x) ** 2 + cos(x) ** 2, x, oo)).eq(1, by=dominant_term), PROVED, "constant"),
    ],
    "eligibility_two_actions": [
        (derive(diff(log_policy, z)).eq((-1) ** (1 - action) * (1 - policy), by=[differentiation, by_cases(action)]),
         PROVED, "by cases"),
    ],
    # -- probability
    "variance_of_sum_same_rv": [
        (derive(Var(Sum(U, (k, 1, n))), given=[standard]).eq(Var(n * U)), PROVED, "one variable, n times"),
        (derive(Var(n * U), given=[standard]).eq(n**2, by=[variance_scaling, standard]), PROVED, "and its variance"),
        (derive(Var(Sum(U, (k, 1, n))), given=[standard]).eq(n, by=isserlis), REFUTED, "it is not n variables"),
        (derive(Var(Sum(random_X[k], (k, 1, N))), given=[iid(random_X, mean=0, variance=1)]).eq(N, by=isserlis), PROVED,
         "these are"),
    ],
    "attention_variance_same_rv": [
        (derive(Var(Sum(q[k] * keys[k], (k, 1, N))), given=[standard_gaussians(q, keys)]).eq(N**2, by=isserlis),
         REFUTED, "N"),
        (derive(Var(Sum(q[k] * keys[k], (k, 1, N))), given=[standard_gaussians(q, keys)]).eq(N, by=isserlis),
         PROVED, "N"),
    ],
    "undeclared_random_is_constant": [
        (derive(E(X[1])).eq(X[1], by=linearity_of_expectation), PROVED, "declared as numbers"),
        (derive(E(random_X[1])).eq(random_X[1], by=linearity_of_expectation), REFUTED, "declared as random"),
        (derive(Var(random_X[1])).eq(0), REFUTED, "the same"),
    ],
    "equal_names_are_identical_rvs": [
        (derive(U + random_variable("X")).eq(2 * U), PROVED, "one name, one variable"),
        (derive(Var(U + random_variable("X")), given=[standard]).eq(2, by=variance_of_independent_sum), REFUTED,
         "which is not independent of itself"),
    ],
    "independence_assumed": [
        (derive(Cov(U, V), given=[standard_gaussians(U), standard_gaussians(V)]).eq(0, by=isserlis), REFUTED,
         "two laws, and nothing on how they go together"),
        (derive(Cov(U, V), given=[standard_gaussians(U, V)]).eq(0, by=isserlis), PROVED, "declared independent"),
        (derive(E(U * V), given=[finite_variance(U, V)]).eq(E(U) * E(V), by=expectation_of_independent_product),
         REFUTED, "the same"),
    ],
    "expectation_captures_symbol": [
        (derive(E(U * symbols("X")), given=[standard_gaussians(U)]).eq(1, by=isserlis), REFUTED, "X_free E[X] = 0"),
        (derive(E(U * symbols("X")), given=[standard_gaussians(U)]).eq(0, by=isserlis), PROVED, "the same"),
    ],
    "expectation_of_nonintegrable": [
        (derive(E(1 / U), given=[standard_gaussians(U)]).eq(0, by=isserlis), OPEN, "E|1/X| = ∞"),
    ],
    # -- numbers
    "float_cancellation": [
        (derive(1 - 1 / (1 + exp(-40))).eq(0), REFUTED, "about 4·10⁻¹⁸, certainly not 0"),
    ],
    "float_vs_exact": [
        (derive(0.1 * x + 0.2 * x).eq(0.3 * x), PROVED, "decimals are exact"),
        (derive(x**2.0 + 0).eq(x**2), PROVED, "2.0 is 2"),
    ],
}  # fmt: skip

CANNOT_BE_WRITTEN: dict[str, list[Callable[[], Any]]] = {
    "symbolic_shape_mismatch_accepted": [
        lambda: matrix("P", family("p", N, n)) @ matrix("Q", family("q", d, N)),
        lambda: matrix("P", family("p", N, n)) + matrix("R", family("r", n, N)),
    ],
    "diff_by_integer_symbol": [lambda: diff((-1) ** (1 - k), k), lambda: diff((-1) ** (1 - action), action)],
    "bernoulli_p_out_of_range": [lambda: law(U, mean=2, variance=-2)],
}


@pytest.mark.parametrize(
    ("link", "verdict"),
    [pytest.param(link, verdict, id=f"{name}: {why}") for name, rows in LINKS.items() for link, verdict, why in rows],
)
def test_verdict(link: Derivation, verdict: Verdict) -> None:
    assert check(link, reproduce=False).steps[0].verdict is verdict


@pytest.mark.parametrize("name", CANNOT_BE_WRITTEN)
def test_what_cannot_be_written(name: str) -> None:
    for write in CANNOT_BE_WRITTEN[name]:
        with pytest.raises(TermError):
            write()


def test_each_is_a_link_or_says_why_it_is_none() -> None:
    unphrased = {name for name, trap in TRAPS.items() if "unphrased" in trap}
    assert set(TRAPS) - unphrased == set(LINKS) | set(CANNOT_BE_WRITTEN)
    assert not unphrased & (set(LINKS) | set(CANNOT_BE_WRITTEN))
    assert len(TRAPS) == 78


def test_a_verdict_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from derivations import Sum, derive, family, oo, symbols\n"
        "k, t = symbols('k', integer=True), symbols('t', integer=True, positive=True)\n"
        "gamma, R = symbols('gamma', lower=0, upper=1), family('R', oo)\n"
        "def tail(start): return Sum(gamma**k * R[start + k], (k, 0, oo))\n"
        "report = derive(tail(t)).eq(R[t] + gamma * tail(t + 1)).check(reproduce=False)\n"
        "print(report.verdict.value, report.steps[0].finding)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "4")
    }
    assert len(said) == 1
