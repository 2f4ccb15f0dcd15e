"""Series of geometric kind, in closed form."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivations import Sum, oo, symbols
from derivations.models.numbers import NoValue, Undefined
from derivations.models.search import evaluate_in_models, refute
from derivations.models.tails import Tail, total
from tests.models.links import link

F = Fraction
k = symbols("k", integer=True)
g = symbols("g", nonnegative=True)
small = g < 1


@pytest.mark.parametrize("base", [F(0), F(1, 2), F(-1, 3), F(2, 3)])
@pytest.mark.parametrize("power", [0, 1, 2, 5])
@pytest.mark.parametrize("start", [1, 4])
def test_the_sum_of_its_terms(base: Fraction, power: int, start: int) -> None:
    index = Tail.of_index("k", start)
    term = index.as_exponent(base).times(index.power(F(power)))
    long = sum((base**n * n**power for n in range(start, start + 400)), F(0))
    assert abs(total(term, start) - long) < F(1, 10**9)


def test_terms_that_do_not_tend_to_0_have_no_sum() -> None:
    for base in (F(1), F(-1), F(2)):
        with pytest.raises(Undefined):
            total(Tail.of_index("k", 1).as_exponent(base), 1)
    with pytest.raises(Undefined):
        total(F(1), 1)
    assert total(Tail.of_index("k", 1).as_exponent(F(2)).times(F(0)), 1) == 0


def test_two_series_at_once_are_not_known() -> None:
    with pytest.raises(NoValue):
        Tail.of_index("k", 1).plus(Tail.of_index("j", 1))


TRUE = [
    link(Sum(g**k, (k, 0, oo)), "=", 1 / (1 - g), small),
    link(Sum(k * g**k, (k, 0, oo)), "=", g / (1 - g) ** 2, small),
    link(Sum(g ** (k + 1), (k, 0, oo)), "=", g / (1 - g), small),
    link(Sum(g ** (2 * k), (k, 0, oo)), "=", 1 / (1 - g**2), small),
    link(Sum((1 - g) * g**k, (k, 3, oo)), "=", g**3, small),
]


@pytest.mark.parametrize("judged", TRUE, ids=lambda judged: str(judged[0]))
def test_what_is_true_agrees(judged) -> None:
    assert evaluate_in_models(*judged, 20).agreed == 20
    assert refute(*judged) is None


@pytest.mark.parametrize(
    "judged",
    [
        link(Sum(g**k, (k, 0, oo)), "=", 1 / (1 + g), small),
        link(Sum(g**k, (k, 1, oo)), "=", 1 / (1 - g), small),
        link(Sum(k * g**k, (k, 0, oo)), "=", g / (1 - g), small),
    ],
    ids=lambda judged: str(judged[0]),
)
def test_what_is_false_is_refuted(judged) -> None:
    assert refute(*judged) is not None
