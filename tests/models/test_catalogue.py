"""Every proved link of the catalogue survives at least twenty models in which its hypotheses hold."""

from __future__ import annotations

from functools import cache

import pytest

from derivations import catalogue
from derivations.derivation import Derivation
from derivations.kernel.chain import given_at
from derivations.models.search import evaluate_in_models, seconded

pytestmark = pytest.mark.once

WANTED = 20


@cache
def links() -> dict[tuple[str, int], tuple[Derivation, int]]:
    return {
        (one.entry.name, n): (one.derivation, n)
        for one in catalogue.load_all()
        for n in range(1, len(one.derivation.steps) + 1)
    }


FEWER: dict[tuple[str, int], str] = {}
"""Links of which there are fewer models, with the reason."""


@pytest.mark.parametrize("name", links(), ids=lambda name: f"{name[0]}-{name[1]}")
def test_a_link_survives_its_models(name: tuple[str, int]) -> None:
    derivation, number = links()[name]
    step = derivation.steps[number - 1]
    found = evaluate_in_models(step.link, given_at(step, derivation), WANTED)
    assert found.disagreement is None
    assert (found.agreed >= WANTED) == (name not in FEWER), found.agreed


@pytest.mark.parametrize("name", [("sigmoid", 3), ("variance", 2), ("value_of_state", 3), ("rescaled", 1)])
def test_the_second_evaluator_agrees(name: tuple[str, int]) -> None:
    derivation, number = links()[name]
    step = derivation.steps[number - 1]
    assert seconded(step.link, given_at(step, derivation), WANTED) >= WANTED
