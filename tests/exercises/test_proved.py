"""All exercises are proved, match their statements, and assume what the sheet gives and nothing else."""

from __future__ import annotations

import pytest

from derivations.kernel.report import Verdict
from derivations.sheets.document import assumption, declared
from derivations.sheets.json import summary
from derivations.sheets.text import sentence

from .checked import derivation, exercises, known, report

NAMES = list(exercises())


def test_these_are_the_exercises() -> None:
    assert {name: one.entry.source.exercise for name, one in exercises().items()} == {
        "sigmoid": "2024, Exercise 3.1",
        "closed_form": "2024, Exercise 3.2",
        "log_policy": "2024, Exercise 3.2",
        "gradient": "2024, Exercise 3.2",
        "eligibility": "2024, Exercise 3.2",
        "entry": "2023, Exercise 2.1",
        "mean": "2023, Exercise 2.1",
        "variance": "2023, Exercise 2.1",
        "unit_variance": "2023, Exercise 2.2",
        "softmax_derivative": "2023, Exercise 2.3",
        "asymptotic": "2023, Exercise 2.4",
        "vanishing": "2023, Exercise 2.4",
        "variance_of_gap": "2023, Exercise 2.4",
        "upper_bound": "2024, Exercise 2.5",
        "lower_bound": "2024, Exercise 2.5",
        "rescaled": "2024, Exercise 2.5",
        "not_rescaled": "2024, Exercise 2.5",
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_link_is_proved_and_the_chain_matches_its_statement(name: str) -> None:
    made = report(name)
    assert [step.verdict for step in made.steps] == [Verdict.PROVED] * len(made.steps)
    assert made.verdict is Verdict.PROVED
    assert made.stated is not None
    assert made.matches_stated is True
    assert made.problems == ()


# -- what is assumed -----------------------------------------------------------------------
# The softmax policy and the difference of the preferences (2024, 3.1); Q and K with independent
# standard Gaussian elements (2023, 2.1), of d_i rows and, from 2.3 on, of two; T = q_1ᵀ(k_2 − k_1) (2.3).
GIVEN = {
    "π(a | s, θ) := e^h(s, a, θ)/(Σ_{b=0}^{1} e^h(s, b, θ))":
        {"sigmoid", "closed_form", "log_policy", "gradient", "eligibility"},
    "h(s, 1, θ) - h(s, 0, θ) = θᵀ x(s) for all s, θ":
        {"sigmoid", "closed_form", "log_policy", "gradient", "eligibility"},
    "q_it, k_it independent standard Gaussian":
        {"mean", "variance", "unit_variance", "variance_of_gap", "rescaled", "not_rescaled"},
    "T := q_1ᵀ (k_2 - k_1)": {
        "softmax_derivative", "vanishing", "variance_of_gap", "upper_bound", "lower_bound", "rescaled", "not_rescaled",
    },
    # The two that the sheet leaves unsaid, each where it is needed: 0 ~ 0 says nothing, and e^{−|T|}/4 is the bound.
    "k_11 ≠ k_21": {"asymptotic"},
    "T ≥ 0": {"lower_bound"},
}  # fmt: skip

DECLARED = {
    "a ∈ {0, 1}",
    "θ ∈ ℝ^d",
    "d ∈ ℤ_{≥1}",
    "d_k ∈ ℤ_{≥1}",
    "d_i, d_k ∈ ℤ_{≥1}",
    "i, j ∈ {1, …, d_i}",
    "C > 0",
}


def test_the_hypotheses_of_all_exercises_are_the_givens_of_the_sheet() -> None:
    found: dict[str, set[str]] = {}
    for name in NAMES:
        for given in derivation(name).given:
            found.setdefault(sentence(assumption(given)), set()).add(name)
    assert found == GIVEN


def test_no_symbol_is_declared_to_be_more_than_the_sheet_says() -> None:
    found = {fact.text for name in NAMES for fact in declared(derivation(name).lines)}
    assert found == DECLARED


@pytest.mark.parametrize("name", NAMES)
def test_what_is_cited_is_proved_here(name: str) -> None:
    results = [reason for step in derivation(name).steps for reason in step.reasons if reason in known()]
    assert all(known()[result].verdict is Verdict.PROVED for result in results)


# -- SymPy's second opinion -------------------------------------------------------------------
NOT_REPRODUCED = {
    ("lower_bound", 2): "SymPy has no word for this inequality",
}
"""Links that SymPy does not arrive at, and what it says; all others it reproduces."""

EXPLAINED: dict[tuple[str, int], str] = {}
"""Links on which SymPy disagrees, with the reason why it is wrong there."""


def test_sympy_reproduces_all_links_but_these() -> None:
    found = {
        (name, step.number): step.reproduction.note
        for name in NAMES
        for step in report(name).steps
        if step.reproduction is not None and step.reproduction.operation is None
    }
    assert found == NOT_REPRODUCED


def test_sympy_disputes_nothing_that_is_not_explained() -> None:
    disputed = {
        (name, step.number): step.reproduction.note
        for name in NAMES
        for step in report(name).steps
        if step.reproduction is None or step.reproduction.disputed
    }
    assert disputed.keys() == EXPLAINED.keys(), disputed


def test_the_numbers_of_the_summary() -> None:
    assert summary([report(name) for name in NAMES]) == {
        "derivations": {"proved": 17, "refuted": 0, "open": 0},
        "links": {"proved": 38, "refuted": 0, "open": 0, "reproduced": 37, "disputed": 0},
    }
