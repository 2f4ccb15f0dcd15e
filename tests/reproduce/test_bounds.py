"""SymPy's symbols know of no bound but 0; a limit is asked of what runs through the values between the bounds."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import derive, dominant_term, exp, oo, symbols
from derivations.checking import check

n = symbols("n", integer=True, positive=True)
p, q = symbols("p q", positive=True)
x = symbols("x")
r = symbols("r", lower=3)


def vanishing(body: Any, *given: Any) -> Any:
    return derive(body, given=list(given)).tends_to(0, n, oo, by=dominant_term).qed(body, "->", 0, n, oo)


TRUE = [
    vanishing(p**n, p < 1),
    vanishing(n * p**n, p < 1),
    vanishing((1 - p) ** n, p < 1),
    vanishing(p**n + q**n, p < 1, q < 1),
    vanishing((1 / r) ** n),
]


@pytest.mark.parametrize("chain", TRUE, ids=lambda chain: str(chain.start))
def test_a_power_below_one_vanishes_for_sympy_too(chain: Any) -> None:
    (step,) = check(chain).steps
    assert step.verdict.value == "PROVED"
    assert step.reproduction.operation is not None and not step.reproduction.disputed


@pytest.mark.parametrize("chain", [vanishing(p**n), vanishing(x**n, abs(x) < 1), vanishing(p**n, p > 1)], ids=str)
def test_an_answer_in_cases_disputes_nothing(chain: Any) -> None:
    assert not check(chain).steps[0].reproduction.disputed


def test_a_dispute_shows_both_values() -> None:
    from derivations.kernel.reasons import Step
    from derivations.reproduce import reproduce
    from derivations.terms.relations import Relation
    from derivations.terms.term import as_term

    said = reproduce(Step(Relation(1 / (1 + exp(-x)), "->", as_term(0), x, oo), (dominant_term,)), ())
    assert said.disputed and said.note == "SymPy finds the limit 1, where the line says 0"
