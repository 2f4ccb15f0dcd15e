"""What is printed is the term as written: order and grouping show, and brackets stand only where they are needed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Ne,
    Pi,
    Sum,
    Var,
    cos,
    delta,
    diff,
    dot,
    e,
    exp,
    family,
    function,
    grad,
    limit,
    log,
    matrix,
    oo,
    random_variable,
    sin,
    softmax,
    sqrt,
    symbols,
    tanh,
    vector,
    vector_function,
)  # fmt: skip
from derivations.terms.term import as_term

x, y, z = symbols("x y z")
C = symbols("C", positive=True)
t, u = symbols("t u", integer=True)
n, d = symbols("n d_k", positive=True, integer=True)
s = symbols("s", space="S")
f, h, policy = function("f"), function("h"), function("pi", bar=1)
theta, feature = vector("theta", d), vector_function("x", d)
q, k, c = family("q", n, d), family("k", n, d), family("c", n)
Q, K = matrix("Q", q), matrix("K", k)
X, Y = random_variable("X"), random_variable("Y")
third = Fraction(1, 3)

PRINTED: list[tuple[Any, str, str]] = [
    # sums and differences
    (x - (y - z), "x - (y - z)", "x - (y - z)"),
    (x - y - z, "x - y - z", "x - y - z"),
    (x - (y + z), "x - (y + z)", "x - (y + z)"),
    (-(x + y), "-(x + y)", "-(x + y)"),
    (x + (-y), "x + (-y)", "x + (-y)"),
    (x - (-y), "x - (-y)", "x - (-y)"),
    # products
    ((x + y) * z, "(x + y) z", "(x + y) z"),
    (x * (y * z), "x (y z)", "x (y z)"),
    (x * y * z, "x y z", "x y z"),
    (-x * y, "-x y", "-x y"),
    (x * (-y), "x (-y)", "x (-y)"),
    (2 * x, "2 x", "2 x"),
    (x * 2, "x · 2", r"x \cdot 2"),
    (third * x, "1/3 x", r"\frac{1}{3} x"),
    (as_term(0.1) * x, "0.1 x", "0.1 x"),
    # powers
    (x**y**z, "x^(y^z)", "x^{y^z}"),
    ((x**y) ** z, "(x^y)^z", r"\left(x^y\right)^z"),
    ((-x) ** 2, "(-x)²", "(-x)^2"),
    (-(x**2), "-x²", "-x^2"),
    (as_term(-2) ** 2, "(-2)²", "(-2)^2"),
    (x**-1, "x⁻¹", "x^{-1}"),
    ((-1) ** (1 - t), "(-1)^(1 - t)", "(-1)^{1 - t}"),
    (e**x, "e^x", "e^x"),
    ((1 + exp(x)) ** -2, "(1 + exp(x))⁻²", r"(1 + \exp(x))^{-2}"),
    # fractions
    (x / (y / z), "x/(y/z)", r"\frac{x}{\frac{y}{z}}"),
    (x / y / z, "x/y/z", r"\frac{\frac{x}{y}}{z}"),
    ((x / y) ** 2, "(x/y)²", r"\left(\frac{x}{y}\right)^2"),
    (x / y * z, "x/y z", r"\frac{x}{y} z"),
    (x * (y / z), "x (y/z)", r"x \frac{y}{z}"),
    (1 / (x * y), "1/(x y)", r"\frac{1}{x y}"),
    (1 / C * x, "1/C x", r"\frac{1}{C} x"),
    (x / C, "x/C", r"\frac{x}{C}"),
    ((x + y) / (x - y), "(x + y)/(x - y)", r"\frac{x + y}{x - y}"),
    (-(x / y), "-x/y", r"-\frac{x}{y}"),
    # functions
    (exp(x) ** 2, "exp(x)²", r"(\exp(x))^2"),
    (exp(x**2), "exp(x²)", r"\exp\left(x^2\right)"),
    (log(x) * y, "(log x) y", r"(\log x) y"),
    (y * log(x), "y log x", r"y \log x"),
    (log(x * y), "log(x y)", r"\log(x y)"),
    (log(x) ** 2, "(log x)²", r"(\log x)^2"),
    (sqrt(x + 1), "√(x + 1)", r"\sqrt{x + 1}"),
    (sqrt(x) * y, "√x y", r"\sqrt{x} y"),
    (sqrt(x * y), "√(x y)", r"\sqrt{x y}"),
    (abs(x - y) ** 2, "|x - y|²", r"\lvert x - y \rvert^2"),
    (sin(x) * cos(x) ** 2, "sin(x) cos(x)²", r"(\sin(x)) (\cos(x))^2"),
    (tanh(-x), "tanh(-x)", r"\tanh(-x)"),
    (Pi * x, "π x", r"\pi x"),
    (policy(1, s) * (1 - policy(0, s)), "π(1 | s) (1 - π(0 | s))", r"\pi(1 \mid s) (1 - \pi(0 \mid s))"),
    (h(s, 1) - h(s, 0), "h(s, 1) - h(s, 0)", "h(s, 1) - h(s, 0)"),
    # binders: what follows is bracketed when it belongs to them
    (Sum(c[t], (t, 1, n)) * x, "(Σ_{t=1}^{n} c_t) x", r"\left(\sum_{t=1}^{n} c_t\right) x"),
    (x * Sum(c[t], (t, 1, n)), "x Σ_{t=1}^{n} c_t", r"x \sum_{t=1}^{n} c_t"),
    (Sum(c[t] + x, (t, 1, n)), "Σ_{t=1}^{n} (c_t + x)", r"\sum_{t=1}^{n} (c_t + x)"),
    (Sum(c[t], (t, 1, n)) + x, "Σ_{t=1}^{n} c_t + x", r"\sum_{t=1}^{n} c_t + x"),
    (Sum(c[t], (t, 1, n)) ** 2, "(Σ_{t=1}^{n} c_t)²", r"\left(\sum_{t=1}^{n} c_t\right)^2"),
    (Sum(exp(c[t]), (t, 0, oo)), "Σ_{t=0}^{∞} exp(c_t)", r"\sum_{t=0}^{\infty} \exp(c_t)"),
    (diff(x + y, x) * y, "(∂/∂x (x + y)) y", r"\left(\frac{\partial}{\partial x} (x + y)\right) y"),
    (y * diff(x * y, x), "y ∂/∂x x y", r"y \frac{\partial}{\partial x} x y"),
    (grad(dot(theta, feature(s)), theta), "∇_θ θᵀ x(s)", r"\nabla_{\theta} \theta^\top \mathbf{x}(s)"),
    (limit(1 / x, x, oo) * y, "(lim_{x→∞} 1/x) y", r"\left(\lim_{x \to \infty} \frac{1}{x}\right) y"),
    # vectors, matrices, families
    (dot(theta + theta, theta), "(θ + θ)ᵀ θ", r"(\theta + \theta)^\top \theta"),
    (theta[t] ** 2, "θ_t²", r"\theta_t^2"),
    (q[1, t] * q[t + 1, 2], "q_1t q_{t + 1,2}", "q_{1,t} q_{t + 1,2}"),
    (dot(q[1], k[1]) / C, "q_1ᵀ k_1/C", r"\frac{\mathbf{q}_1^\top \mathbf{k}_1}{C}"),
    ((Q @ K.T / C)[1, t], "(Q Kᵀ/C)_1t", r"\left(\frac{Q K^\top}{C}\right)_{1,t}"),
    (softmax(Q)[1, 1], "[softmax(Q)]_11", r"[\mathrm{softmax}(Q)]_{1,1}"),
    (delta(t, u) * c[t], "δ_tu c_t", r"\delta_{t,u} c_t"),
    # probability
    (E(X * Y) - E(X) * E(Y), "E[X Y] - E[X] E[Y]", r"\mathbb{E}[X Y] - \mathbb{E}[X] \mathbb{E}[Y]"),
    (Var(X + Y) / C**2, "Var(X + Y)/C²", r"\frac{\mathbb{V}[X + Y]}{C^2}"),
    (Cov(X, Y), "Cov(X, Y)", r"\operatorname{Cov}[X, Y]"),
    # relations
    (Eq(x, y), "x = y", "x = y"),
    (Ne(x, 0), "x ≠ 0", r"x \neq 0"),
    (x <= y + 1, "x ≤ y + 1", r"x \leq y + 1"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "latex"), PRINTED, ids=[text for _, text, _ in PRINTED])
def test_print(term: Any, text: str, latex: str) -> None:
    assert (term.text, term.latex) == (text, latex)


def test_different_groupings_print_differently() -> None:
    for shown in (1, 2):
        printed = [entry[shown] for entry in PRINTED]
        assert len(set(printed)) == len(printed)


@pytest.mark.parametrize(("name", "text", "latex"), [
    ("x", "x", "x"), ("theta", "θ", r"\theta"), ("d_k", "d_k", "d_k"), ("T_max", "T_max", "T_{max}"),
    ("alpha_1", "α_1", r"\alpha_1"), ("x'", "x'", "x'"), ("rate", "rate", r"\mathrm{rate}"), ("sigma", "σ", r"\sigma"),
])  # fmt: skip
def test_names(name: str, text: str, latex: str) -> None:
    symbol = symbols(name)
    assert (symbol.text, symbol.latex) == (text, latex)


def test_a_vector_is_printed_bold_where_it_is_declared_so() -> None:
    assert vector("q", d, bold=True).latex == r"\mathbf{q}"
    assert vector("theta", d, bold=True).latex == r"\bm{\theta}"
    assert q[1].latex == r"\mathbf{q}_1" and q[1, t].latex == "q_{1,t}"


def test_a_renamed_index_shows_a_prime() -> None:
    captured = Sum(f(x, t), (t, 1, n)).substitute({x: t})
    assert captured.text == "Σ_{t'=1}^{n} f(t, t')"
