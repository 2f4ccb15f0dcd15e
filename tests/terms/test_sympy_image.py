"""Terms as SymPy expressions and back: nothing is confused, nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import sympy as sp

from derivations import (
    Cov,
    E,
    Eq,
    Sum,
    TermError,
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
    random_family,
    random_variable,
    softmax,
    sqrt,
    symbols,
    tanh,
    vector,
    vector_function,
)  # fmt: skip
from derivations.terms.sympy_image import from_sympy, image
from derivations.terms.term import as_term

x, y = symbols("x y")
C = symbols("C", positive=True)
d = symbols("d", integer=True, positive=True)
i, j = symbols("i j", integer=True, positive=True)
t = symbols("t", integer=True)
s, a = symbols("s", space="S"), symbols("a", values=(0, 1))
q, k = family("q", 2, d), family("k", 2, d)
theta, f = vector("theta", d), vector_function("x", d)


# -- images ----------------------------------------------------------------------------
def test_symbols_carry_their_domain() -> None:
    assert x.sympy == sp.Symbol("x", real=True)
    assert C.sympy == sp.Symbol("C", positive=True)
    assert d.sympy == sp.Symbol("d", integer=True, positive=True)
    assert symbols("z", nonzero=True).sympy.is_nonzero
    assert symbols("z", upper=0).sympy.is_nonpositive
    assert a.sympy.is_integer and a.sympy.is_nonnegative
    assert s.sympy.is_real is None


def test_elementary_functions() -> None:
    X = x.sympy
    assert (e**x + exp(x)).sympy == 2 * sp.exp(X)
    assert (abs(x) * tanh(x) / 2 - cos(x)).sympy == sp.Abs(X) * sp.tanh(X) / 2 - sp.cos(X)
    assert (log(C) + sqrt(C)).sympy == sp.log(C.sympy) + sp.sqrt(C.sympy)


def test_a_family_is_no_symbol_of_its_name() -> None:
    """In SymPy alone, x·x_k at x = 2 is 2·2[k]."""
    c = family("x", d)
    product = (x * c[i]).sympy
    assert product.subs(x.sympy, 2) == 2 * c[i].sympy
    assert str(c[i].sympy) == "x[i]"
    assert c[i].sympy != vector("x", d)[i].sympy
    assert c[i].sympy != random_family("x", d)[i].sympy


def test_a_vector_valued_function_is_no_number_valued_one_of_its_name() -> None:
    assert f(s)[i].sympy != function("x")(s, i).sympy


def test_a_bound_name_clashes_with_no_free_one() -> None:
    inner = Sum(q[1, t] * t, (t, 1, d)) * t
    bound = inner.sympy.atoms(sp.Sum).pop().variables[0]
    assert bound not in (t.sympy,) and t.sympy in inner.sympy.free_symbols


def test_nested_binders_have_different_names() -> None:
    nested = Sum(q[1, t] * Sum(q[2, t], (t, 1, d)), (t, 1, d)).sympy
    assert len({sum_.variables[0] for sum_ in nested.atoms(sp.Sum)}) == 2


def test_a_dot_product_is_the_sum_over_components() -> None:
    image_ = dot(q[1], k[2] - k[1]).sympy
    [index] = image_.variables
    assert image_.limits[0] == (index, 1, d.sympy)
    assert str(image_) == "Sum((-k[1, l] + k[2, l])*q[1, l], (l, 1, d))"


def test_a_vector_is_its_generic_component() -> None:
    assert str((a * f(s) - 2 * theta).sympy) == "a*x(s, l) - 2*theta[l]"
    assert str(theta[3].sympy) == "theta[3]"


def test_the_generic_index_avoids_a_symbol_of_its_name() -> None:
    l = symbols("l", integer=True, positive=True)  # noqa: E741
    assert str((l * theta).sympy) == "l*theta[l_1]"


def test_matrix_entries_unfold() -> None:
    Q, K = matrix("Q", q), matrix("K", k)
    assert str((Q @ K.T / C)[i, j].sympy) == "Sum(k[j, t]*q[i, t], (t, 1, d))/C"
    weight = softmax(Q @ K.T / C)[1, 2].sympy
    assert weight.subs(C.sympy, 1).has(sp.Sum)
    assert str(softmax(matrix("Q", q))[1, i].sympy) == "exp(q[1, i])/Sum(exp(q[1, m]), (m, 1, d))"


def test_derivatives_are_not_performed() -> None:
    assert diff(x**2, x).sympy == sp.Derivative(x.sympy**2, x.sympy)
    assert diff(x**2, x).sympy.doit() == 2 * x.sympy


def test_the_gradient_in_a_vector_is_not_zero() -> None:
    gradient = grad(dot(theta, f(s)), theta).sympy
    assert isinstance(gradient, sp.Derivative)
    assert str(gradient.doit().doit()) == "Piecewise((x(s, l), d >= l), (0, True))"


def test_the_gradient_of_an_unknown_function_of_a_vector_is_not_zero() -> None:
    policy = function("pi", bar=1)
    assert grad(log(policy(a, s, theta)), theta).sympy.doit() != 0


def test_limits_are_two_sided() -> None:
    assert str(limit(1 / x, x, 0).sympy) == "Limit(1/x, x, 0, dir='+-')"
    assert limit(exp(-C * x), x, oo).sympy.doit() == 0


def test_moments_stay_as_they_are() -> None:
    X, Y = random_variable("X"), random_variable("Y")
    assert E(2 * X).sympy != 2 * E(X).sympy
    assert Cov(X, Y).sympy != 0 and Var(X).sympy != 0


def test_relations_are_not_evaluated() -> None:
    assert isinstance(Eq(x + y, y + x).sympy, sp.Eq)


def test_what_sympy_has_no_word_for() -> None:
    with pytest.raises(TermError, match="as an argument"):
        function("g")(2 * theta).sympy  # noqa: B018


def test_writing_terms_does_not_import_sympy() -> None:
    code = "import sys, derivations; derivations.symbols('x') + 1; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- readings ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "term",
    [
        x + y, x - 2 * y, -x / 3, x**y, 1 / (1 + e**(-x)), sqrt(C) / C, log(C) * abs(x), cos(x) - tanh(y),
        q[1, i] * k[2, 3], random_family("X", d)[i], random_variable("X"), theta[i], function("h")(x, 1),
        Sum(q[1, t] * k[2, t], (t, 1, d)), diff(function("g")(x), x), limit(exp(-C * x), x, oo), delta(i, j),
        Eq(x, y), x <= y, x < C,
    ],
    ids=str,
)  # fmt: skip
def test_a_reading_means_what_was_read(term: Any) -> None:
    assert image(from_sympy(image(term))) == image(term)


def test_assumptions_become_domains() -> None:
    assert from_sympy(sp.Symbol("C", positive=True)) == C
    assert from_sympy(sp.Symbol("d", integer=True, positive=True)) == d
    assert from_sympy(sp.Symbol("x", real=True)) == from_sympy(sp.Symbol("x")) == x


def test_a_float_is_the_decimal_that_it_prints_as() -> None:
    assert str(as_term(sp.Float(0.1))) == "0.1"


def test_sympy_expressions_stand_where_a_term_is_wanted() -> None:
    assert str(x + sp.Symbol("z") ** 2) == "x + z²"
    assert str(from_sympy(sp.Symbol("y") / (1 + sp.exp(-sp.Symbol("x"))))) == "y/(1 + exp(-x))"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (sp.nan, "nan is no number"),
        (sp.zoo, "zoo is no number"),
        (sp.I * sp.Symbol("x"), "complex"),
        (sp.Symbol("z", imaginary=True), "`z` is not real"),
        (sp.zeta(sp.Symbol("x")), "there is no word for zeta here"),
        (sp.Limit(1 / sp.Symbol("x"), sp.Symbol("x"), 0, "+"), "one-sided"),
    ],
)
def test_what_has_no_reading(expression: Any, message: str) -> None:
    with pytest.raises(TermError, match=message):
        from_sympy(expression)
