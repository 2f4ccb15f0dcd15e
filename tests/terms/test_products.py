"""Π is one file: what it means, where it is refused, and what is not true of it."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from judging import finding

from derivations import (
    Prod,
    Sum,
    TermError,
    derive,
    diff,
    differentiation,
    exp,
    family,
    hypothesis,
    log,
    logarithm_of_a_product,
    oo,
    symbols,
)
from derivations.kernel.report import Verdict
from derivations.models.search import refute
from derivations.terms.sympy_image import from_sympy

n = symbols("n", integer=True, nonnegative=True)
m = symbols("m", integer=True, positive=True)
any_integer, i, j = symbols("k i j", integer=True)
x, q, z = family("x", n), symbols("q", positive=True), symbols("z")
positive = hypothesis(x[i] > 0, for_all=i)


def each(body: Any, high: Any = n, low: Any = 1) -> Any:
    return Prod(body, (i, low, high))


def judged(lhs: Any, rhs: Any, given: Any = (), by: Any = None) -> Verdict:
    chain = derive(lhs, list(given)).eq(rhs, by=by)
    found: Verdict = finding(chain).verdict
    if found is Verdict.PROVED:
        return found
    return Verdict.REFUTED if refute(chain.steps[0].link, chain.given) else Verdict.OPEN


TRUE = [
    (each(z, 0), 1),
    (each(z, -1), 1),
    (each(z + i, 3), (z + 1) * (z + 2) * (z + 3)),
    (each(z), z**n),
    (each(2 * x[i] ** 2 * z), (2 * z) ** n * Prod(x[j], (j, 1, n)) ** 2),
    (each(exp(x[i])), exp(Sum(x[i], (i, 1, n)))),
    (each(q ** x[i]), q ** Sum(x[i], (i, 1, n))),
    (each(i / (i + 1)), each(i) / each(i + 1)),
    (each(z - x[i]), (-1) ** n * each(x[i] - z)),
    (log(each(exp(-((x[i] - z) ** 2) / 2))), -Sum((x[i] - z) ** 2, (i, 1, n)) / 2),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_algebra_knows_it(lhs: Any, rhs: Any) -> None:
    assert judged(lhs, rhs) is Verdict.PROVED


FALSE = [
    (each(2 * x[i]), 2 * each(x[i])),
    (each(x[i] + 1), each(x[i]) + 1),
    (each(-x[i]), -each(x[i])),
    (each(x[i]), Sum(x[i], (i, 1, n))),
    (each(x[i]), 0),
    (each(exp(x[i])), exp(each(x[i]))),
    (each(z, m), z ** (m - 1)),
    (each(i, m), each(i, m, 2) * 2),
    (each(x[i]), each(x[i], n - 1)),
    (log(each(q + i)), each(log(q + i))),
    (diff(each(q + i, m), q), each(q + i, m) * m),
    (diff(each(q + i, m), q), Sum(1 / (q + i), (i, 1, m))),
]


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_what_is_false_is_refuted(lhs: Any, rhs: Any) -> None:
    assert judged(lhs, rhs) is Verdict.REFUTED


NOT_KNOWN = [
    (each(z, any_integer), z**any_integer, ()),  # empty below 1
    (each(1 / x[i]) * each(x[i]), 1, ()),  # some x may be 0
    (log(each(x[i])), Sum(log(x[i]), (i, 1, n)), ()),  # two negative ones have a positive product
    (diff(each(q - i, m), q), each(q - i, m) * Sum(1 / (q - i), (i, 1, m)), ()),  # q may be an integer
]


@pytest.mark.parametrize(("lhs", "rhs", "given"), NOT_KNOWN, ids=str)
def test_what_hangs_on_a_condition_is_not_proved(lhs: Any, rhs: Any, given: Any) -> None:
    for by in (None, differentiation, logarithm_of_a_product):
        assert judged(lhs, rhs, given, by) is not Verdict.PROVED


def test_its_logarithm_is_a_sum_where_the_factors_are_positive() -> None:
    said = log(each(x[i])), Sum(log(x[i]), (i, 1, n))
    assert judged(*said, [positive], logarithm_of_a_product) is Verdict.PROVED


def test_it_is_differentiated_by_its_logarithm() -> None:
    said = diff(each(q + i, m), q), each(q + i, m) * Sum(1 / (q + j), (j, 1, m))
    assert judged(*said, (), differentiation) is Verdict.PROVED


def test_sympy_has_it_and_is_read() -> None:
    k, b = sympy.symbols("k b", integer=True)
    made = from_sympy(sympy.Product(k + 1, (k, 1, b)))
    assert made.text == "Π_{k=1}^{b} (k + 1)"
    assert made.sympy.doit().subs(symbols("b", integer=True).sympy, 3) == 24


def test_ranges_are_finite_and_indices_symbols() -> None:
    for write, said in (
        (lambda: Prod(x[i], (i, 1, oo)), "finitely many"),
        (lambda: Prod(x[i], (i + 1, 1, n)), "a product runs over a symbol"),
        (lambda: Prod(i, (i, 1, i)), "occurs in its own bounds"),
    ):
        with pytest.raises(TermError, match=said):
            write()
