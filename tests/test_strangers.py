"""Files that are no part of the package: what a user writes is proved, and what is false never is.

`tests/data/strangers` holds notes as somebody else would write them, through `from derivations import …` alone.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Ne,
    Sum,
    Var,
    by_cases,
    cos,
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
    independent,
    isserlis,
    law,
    limit,
    limit_of_equivalents,
    linearity_of_expectation,
    log,
    logarithm_laws,
    matrix,
    matrix_product,
    oo,
    positive_square_root,
    random_family,
    random_variable,
    sqrt,
    standard_gaussians,
    symbols,
    variance_definition,
    variance_of_independent_sum,
    variance_scaling,
    vector,
)  # fmt: skip
from derivations.catalogue import load_file
from derivations.checking import check
from derivations.cli import main
from derivations.derivation import Derivation
from derivations.kernel.report import Verdict

pytestmark = pytest.mark.once

FILES = sorted((Path(__file__).parent / "data" / "strangers").glob("*.py"))
CHAINS = {f"{file.stem}.{one.entry.name}": one.derivation for file in FILES for one in load_file(file)}


@pytest.mark.parametrize("name", CHAINS)
def test_it_is_proved(name: str) -> None:
    report = check(CHAINS[name])
    assert [step.finding.problem for step in report.steps] == [""] * len(report.steps)
    assert report.verdict is Verdict.PROVED
    assert report.matches_stated is True
    assert not any(step.reproduction and step.reproduction.disputed for step in report.steps)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_uses_the_public_names_alone(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        assert not isinstance(node, ast.Import)
        if isinstance(node, ast.ImportFrom):
            assert node.module == "derivations"


def test_what_a_user_would_try_first_is_among_them() -> None:
    assert {
        "softmax.cross_derivative",  # ∂π_1/∂h_2 = −π_1 π_2 over three actions
        "moments.weighted_sum",  # Var Σ c_t X_t
        "activations.sigmoid_slope",  # σ' = σ(1 − σ)
        "limits.softplus_grows_like_x",  # log(1 + e^x) ~ x
        "moments.shared_query",  # Cov of two logits that share a query
    } <= set(CHAINS)


def test_the_command_line_takes_such_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", "--no-reproduce", str(FILES[0])])
    assert end.value.code == 0, capsys.readouterr().out


# -- what is false, or holds only under conditions that nobody stated ------------------------
x, y, z, c, h = symbols("x y z c h")
p = symbols("p", positive=True)
a = symbols("a", values=(0, 1, 2))
a_int = symbols("a", integer=True)
m, n, d = symbols("m n d", integer=True, positive=True)
i, j, k = symbols("i j k", integer=True, lower=1, upper=m)
t = symbols("t", integer=True)
f = function("f")
u, v = vector("u", d), vector("v", d)
q, w = family("q", d), family("k", d)
X, Y = random_variable("X"), random_variable("Y")
both = finite_variance(X, Y)
S = random_family("S", n)
A, B = random_family("A", m, d), random_family("B", m, d)
logits = matrix("Q", A) @ matrix("K", B).T / p
gaussian = standard_gaussians(A, B)

log_policy = -a_int * log(1 + exp(-z)) + (a_int - 1) * log(1 + exp(z))
policy = (1 / (1 + exp(-z))) ** a_int * (1 / (1 + exp(z))) ** (1 - a_int)
eligibility = (-1) ** (1 - a_int) * (1 - policy)

NEVER = {
    # a real number may be negative, or 0
    "√x² is |x|": (derive(sqrt(x**2)).eq(x), "REFUTED"),
    "the logarithm of a product of two negative numbers": (
        derive(log(x * y)).eq(log(x) + log(y), by=logarithm_laws), "OPEN",
    ),
    "log x² of a negative number": (derive(log(x**2)).eq(2 * log(x), by=logarithm_laws), "OPEN"),
    "a root of a product of two negative numbers": (derive(sqrt(x * y)).eq(sqrt(x) * sqrt(y)), "OPEN"),
    "(x² − 1)/(x − 1) at x = 1": (derive((x**2 - 1) / (x - 1)).eq(x + 1), "OPEN"),
    "x/x at 0": (derive(x / x).eq(1), "OPEN"),
    "0/0": (derive((x - x) / (x - x)).eq(1), "OPEN"),
    "a factor that may be 0 is cancelled": (derive(Eq(x * y, x * z)).iff(Eq(y, z)), "REFUTED"),
    "a square has two roots": (derive(Eq(x**2, p)).iff(Eq(x, sqrt(p)), by=positive_square_root), "REFUTED"),
    "x² ≥ x between 0 and 1": (derive(x**2).ge(x), "REFUTED"),
    "multiplied by a negative number": (derive(c * x, given=[x <= y]).le(c * y), "REFUTED"),
    "x² > 0 at 0": (derive(x**2).gt(0), "REFUTED"),
    "|x + y| = |x| + |y|": (derive(abs(x + y)).eq(abs(x) + abs(y)), "REFUTED"),
    # the freshman's dream, in all its forms
    "a square of a sum": (derive((x + y) ** 2).eq(x**2 + y**2), "REFUTED"),
    "a root of a sum": (derive(sqrt(x**2 + y**2)).eq(abs(x) + abs(y)), "REFUTED"),
    "an exponential of a product": (derive(exp(x * y)).eq(exp(x) * exp(y)), "REFUTED"),
    "a logarithm of a sum": (derive(log(p + 1)).eq(log(p) + log(1)), "REFUTED"),
    "a reciprocal of a sum": (derive(1 / (p + 1)).eq(1 / p + 1), "REFUTED"),
    "a function of a sum": (derive(f(x + y)).eq(f(x) + f(y)), "REFUTED"),
    # sums
    "a product of sums is no sum of products": (
        derive(Sum(q[t], (t, 1, d)) * Sum(w[t], (t, 1, d))).eq(Sum(q[t] * w[t], (t, 1, d))), "REFUTED",
    ),
    "n terms, or n + 1": (derive(Sum(x, (t, 0, n))).eq(n * x), "REFUTED"),
    "the length of an empty sum": (derive(Sum(x, (t, 1, a_int))).eq(a_int * x), "REFUTED"),
    "a square of a dot product": (derive(dot(u, v) ** 2).eq(dot(u, u) * dot(v, v)), "REFUTED"),
    # derivatives
    "the derivative by an index that may be out of range": (
        derive(diff(Sum(q[t] * w[t], (t, 1, d)), q[7])).eq(w[7], by=differentiation), "OPEN",
    ),
    "the derivative by one member of a family": (
        derive(diff(Sum(q[t] * w[t], (t, 1, d)), q[1])).eq(Sum(w[t], (t, 1, d)), by=differentiation), "REFUTED",
    ),
    "the derivative of a product": (derive(diff(x * exp(x), x)).eq(exp(x), by=differentiation), "REFUTED"),
    "the chain rule forgotten": (derive(diff(exp(-2 * x), x)).eq(exp(-2 * x), by=differentiation), "REFUTED"),
    "|x| at 0": (derive(diff(abs(x), x)).eq(abs(x) / x, by=differentiation), "OPEN"),
    "√x at 0": (derive(diff(sqrt(abs(x)) ** 2, x)).eq(1, by=differentiation), "REFUTED"),
    "an unknown function": (derive(diff(f(x), x)).eq(0, by=differentiation), "REFUTED"),
    "the gradient of a square": (derive(grad(dot(u, u), u)).eq(u, by=differentiation), "REFUTED"),
    "the eligibility for any integer": (derive(diff(log_policy, z)).eq(eligibility, by=differentiation), "REFUTED"),
    "the eligibility for three actions": (
        derive(diff(log_policy.substitute({a_int: a}), z))
        .eq(eligibility.substitute({a_int: a}), by=[differentiation, by_cases(a)]), "REFUTED",
    ),
    # probability
    "a variance of a sum": (
        derive(Var(X + Y), given=[both]).eq(Var(X) + Var(Y), by=variance_of_independent_sum), "REFUTED",
    ),
    "a variance of a sum, uncorrelated by name only": (
        derive(Var(X + Y), given=[law(X, mean=0, variance=1), law(Y, mean=0, variance=1)])
        .eq(2, by=variance_of_independent_sum), "REFUTED",
    ),
    "twice the same variable": (
        derive(Var(X + X), given=[both, independent(X, Y)]).eq(2 * Var(X), by=variance_of_independent_sum), "REFUTED",
    ),
    "a variance of n times one variable": (
        derive(Var(Sum(X, (t, 1, n))), given=[both]).eq(n * Var(X), by=variance_of_independent_sum), "REFUTED",
    ),
    "a scale that is not squared": (derive(Var(c * X), given=[both]).eq(c * Var(X), by=variance_scaling), "REFUTED"),
    "a product of means": (
        derive(E(X * Y), given=[both]).eq(E(X) * E(Y), by=expectation_of_independent_product), "REFUTED",
    ),
    "a mean of a square": (derive(E(X**2), given=[both]).eq(E(X) ** 2, by=linearity_of_expectation), "REFUTED"),
    "a mean of an inverse": (derive(E(1 / X), given=[both]).eq(1 / E(X), by=linearity_of_expectation), "REFUTED"),
    "a covariance that is not declared 0": (derive(Cov(X, Y), given=[both]).eq(0), "REFUTED"),
    "a variance without the mean": (derive(Var(X), given=[both]).eq(E(X**2), by=variance_definition), "REFUTED"),
    "without any law": (derive(Var(2 * X)).eq(4 * Var(X), by=variance_scaling), "OPEN"),
    "the variance of a mean of dependent members": (
        derive(Var(Sum(S[t], (t, 1, n)) / n), given=[law(S[t], mean=0, variance=1)])
        .eq(1 / n, by=variance_of_independent_sum), "REFUTED",
    ),
    "a variance of a sum of i.i.d. variables, squared": (
        derive(Var(Sum(S[t], (t, 1, n))), given=[iid(S, mean=0, variance=1)]).eq(n**2, by=isserlis), "REFUTED",
    ),
    "two free indices are not distinct": (
        derive(Cov(logits[i, j], logits[i, k]), given=[gaussian]).eq(0, by=[matrix_product, isserlis]), "REFUTED",
    ),
    "two free indices are not equal": (
        derive(Cov(logits[i, j], logits[i, k]), given=[gaussian]).eq(d / p**2, by=[matrix_product, isserlis]),
        "REFUTED",
    ),
    "a delta forgotten": (derive(E(A[i, 1] * A[k, 1]), given=[gaussian]).eq(1, by=isserlis), "REFUTED"),
    "δ_{ij} is not 1": (derive(delta(i, j)).eq(1), "REFUTED"),
    # limits
    "nothing is equivalent to 0": (derive(exp(-x)).asymptotic_to(0, x, oo, by=dominant_term), "REFUTED"),
    "two functions that tend to 0": (derive(exp(-x)).asymptotic_to(exp(-2 * x), x, oo, by=dominant_term), "REFUTED"),
    "equivalents do not pass through exp": (
        derive(exp(x + 1)).asymptotic_to(exp(x), x, oo, by=dominant_term), "REFUTED",
    ),
    "an exponent of unknown sign": (derive(exp(c * x)).tends_to(0, x, oo, by=dominant_term), "REFUTED"),
    "cos has no limit": (derive(limit(cos(x), x, oo)).eq(0, by=dominant_term), "OPEN"),
    "1/x at 0": (derive(limit(1 / x, x, 0)).eq(0, by=dominant_term), "OPEN"),
    "the value at the point is not the limit": (derive(limit(x / x, x, 0)).eq(0, by=dominant_term), "REFUTED"),
    "a difference is not equivalent to 0": (
        derive(limit(exp(x) * (1 + exp(-x)) - exp(x), x, oo))
        .eq(limit(exp(x) - exp(x), x, oo), by=limit_of_equivalents),
        "REFUTED",
    ),
    "(1 + 1/n)^n is not 1": (derive(limit((1 + 1 / n) ** n, n, oo)).eq(1, by=dominant_term), "REFUTED"),
}  # fmt: skip


@pytest.mark.parametrize("name", NEVER)
def test_it_is_never_proved(name: str) -> None:
    chain, verdict = NEVER[name]
    found = check(chain, reproduce=False).steps[0].verdict
    assert found is not Verdict.PROVED
    assert found == verdict


WITH_ITS_CONDITION: dict[str, Derivation] = {
    "√x² is |x|": derive(sqrt(x**2), given=[x >= 0]).eq(x),
    "the logarithm of a product of two negative numbers":
        derive(log(x * y), given=[x > 0, y > 0]).eq(log(x) + log(y), by=logarithm_laws),
    "(x² − 1)/(x − 1) at x = 1": derive((x**2 - 1) / (x - 1), given=[Ne(x, 1)]).eq(x + 1),
    "x/x at 0": derive(x / x, given=[Ne(x, 0)]).eq(1),
    "a factor that may be 0 is cancelled": derive(Eq(x * y, x * z), given=[Ne(x, 0)]).iff(Eq(y, z)),
    "the length of an empty sum": derive(Sum(x, (t, 1, a_int)), given=[a_int >= 0]).eq(a_int * x),
    "the derivative by an index that may be out of range":
        derive(diff(Sum(q[t] * w[t], (t, 1, d)), q[7]), given=[d >= 7]).eq(w[7], by=differentiation),
    "a variance of a sum":
        derive(Var(X + Y), given=[both, independent(X, Y)]).eq(Var(X) + Var(Y), by=variance_of_independent_sum),
    "a product of means":
        derive(E(X * Y), given=[both, independent(X, Y)]).eq(E(X) * E(Y), by=expectation_of_independent_product),
    "two free indices are not distinct":
        derive(Cov(logits[i, j], logits[i, k]), given=[gaussian, Ne(j, k)]).eq(0, by=[matrix_product, isserlis]),
    "an exponent of unknown sign": derive(exp(c * x), given=[c < 0]).tends_to(0, x, oo, by=dominant_term),
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_ITS_CONDITION)
def test_it_is_proved_once_its_condition_is_given(name: str) -> None:
    assert name in NEVER
    assert check(WITH_ITS_CONDITION[name], reproduce=False).steps[0].verdict is Verdict.PROVED
