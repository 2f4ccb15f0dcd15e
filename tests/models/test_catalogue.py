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


BY_QUADRATURE = {
    "normal_density": (1, 2),
    "normal_generating_function": (1, 2, 3),
    "normal_mean": (1, 2, 3),
    "normal_square": (1, 2),
    "normal_variance": (1, 2),
    "gamma_mean": (1,),
    "gamma_square": (1,),
    "gamma_variance": (1, 2),
    "beta_mean": (1,),
    "beta_square": (1,),
    "poisson_mean": (1, 2, 3, 4),
    "memorylessness": (1, 2, 4),
    "exponential_entropy": (1, 2, 3),
    "beta_binomial": (1,),
    "gamma_poisson": (1,),
    "importance_sampling": (1,),
    "fisher_information": (1,),
}
"""Links with integrals, laws or series: few of their models give a value in balls that is sharp enough to compare."""

FEWER = {(name, number) for name, numbers in BY_QUADRATURE.items() for number in numbers}
"""Links of which there are fewer models."""


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
