"""What SymPy is not asked: it would not come back."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import derive, exp, symbols
from derivations.checking import check
from derivations.reproduce.size import too_large
from derivations.terms.term import Term, as_term

x, y, z = symbols("x y z")
LETTERS = symbols(" ".join(f"x_{n}" for n in range(20)))


def product(count: int) -> Term:
    made = as_term(1)
    for letter in LETTERS[:count]:
        made = made * (1 + letter)
    return made


@pytest.mark.parametrize(
    "term",
    [
        (x + y) ** 1_000_000,
        (x + y + z) ** 200,
        1 / (x + y) ** 20_000,
        as_term(9) ** (as_term(9) ** as_term(9)),
        x + exp(1 + (x + y) ** 1_000_000),
        product(20),
        product(12) * product(12),
    ],
    ids=str,
)
def test_too_large(term: Term) -> None:
    assert too_large(x, term)


@pytest.mark.parametrize(
    "term", [x, (x + y) ** 50, x**y, (x + y) ** y, as_term(2) ** 100, (x + y) ** (as_term(1) / 2), product(8)], ids=str
)
def test_not_too_large(term: Term) -> None:
    assert not too_large(term)


@pytest.mark.parametrize("rhs", [product(20) + 1, x])
def test_that_is_said(rhs: Any) -> None:
    (step,) = check(derive(product(20)).eq(rhs)).steps
    assert step.reproduction is not None and not step.reproduction.disputed
    assert (step.reproduction.operation, step.reproduction.note) == (None, "the line is too large for SymPy")
