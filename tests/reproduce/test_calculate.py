"""Operations of SymPy behind a guard."""

import pytest
import sympy

from derivations.reproduce.calculate import _in_one_exponential, limit_of

x, c = sympy.Symbol("x", real=True), sympy.Symbol("c", positive=True)
e = sympy.exp


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (e(2 * x / c) / (1 + e(x / c)) ** 2, 1),
        ((e(2 * x) + e(3 * x)) / e(3 * x), 1),
        ((e(x / 2) + e(-x / 3)) / (2 * e(x / 2) - 5), sympy.Rational(1, 2)),
        (e(-x / c) - 3 * e(-3 * x / c), 0),
    ],
    ids=str,
)
def test_exponentials_with_commensurable_rates_are_powers_of_one(body, limit):
    new, _ = _in_one_exponential(body, x)
    assert new.is_rational_function() and not new.has(x)
    assert limit_of(body, x, sympy.oo) == limit


@pytest.mark.parametrize("body", [e(x) + e(sympy.sqrt(2) * x), e(x**2), e(x) + x], ids=str)
def test_others_are_left_to_sympy(body):
    assert _in_one_exponential(body, x) is None
