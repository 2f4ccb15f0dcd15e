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
        "return_recursion": "2023, Exercise 3.1",
        "value_of_state": "2023, Exercise 3.1",
        "value_of_action": "2023, Exercise 3.1",
        "bellman_of_state": "2023, Exercise 3.2",
        "bellman_of_action": "2023, Exercise 3.2",
        "sigmoid": "2024, Exercise 3.1",
        "closed_form": "2024, Exercise 3.2",
        "log_policy": "2024, Exercise 3.2",
        "gradient": "2024, Exercise 3.2",
        "eligibility": "2024, Exercise 3.2",
        "expected_step": "2024, Exercise 3.3",
        "softmax_update": "2024, Exercise 3.3",
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
VALUES = {"value_of_state", "value_of_action", "bellman_of_state", "bellman_of_action"}
RETURNS = {"return_recursion", "expected_step"} | VALUES
POLICIES = {"sigmoid", "closed_form", "log_policy", "gradient", "eligibility", "softmax_update"}
MOMENTS = {"mean", "variance", "unit_variance", "variance_of_gap", "rescaled", "not_rescaled"}
GAPS = {"softmax_derivative", "vanishing", "variance_of_gap", "upper_bound", "lower_bound", "rescaled", "not_rescaled"}

GIVEN = {
    # 2023, 3.1: the discounted return, the value functions (1), and a Markov decision process
    "G_t := Σ_{k=0}^{∞} γ^k R_{t+k}": RETURNS,
    "v(s_t) := E[G_t | s_t]": VALUES,
    "q(s_t, a_t) := E[G_t | s_t, a_t]": VALUES | {"expected_step"},
    "the decision process has the Markov property": VALUES - {"value_of_state"},
    # v and q are written without the time; the sum to infinity is a number
    "the decision process is time-homogeneous": VALUES - {"value_of_state"},
    "γ < 1": RETURNS,
    "the rewards of the decision process are bounded": RETURNS,
    # 2024, 3.1: the softmax policy and the difference of the preferences
    "π(a | s, θ) := e^h(s, a, θ)/(Σ_{b=0}^{1} e^h(s, b, θ))": POLICIES,
    "h(s, 1, θ) - h(s, 0, θ) = θᵀ x(s) for all s, θ": POLICIES,
    # 2024, 3.3: log π(a_t | s_t, θ) has a gradient
    "the policy of the decision process is positive and differentiable": {"expected_step"},
    # 2023, 2.1: the elements of Q and K;  2.3: T
    "q_it, k_it independent standard Gaussian": MOMENTS,
    "T := q_1ᵀ (k_2 - k_1)": GAPS,
    # 2.4 and 2.5, where the sheet leaves it unsaid: 0 ~ 0 says nothing, and e^{−T}/4 is a bound for T ≥ 0
    "k_11 ≠ k_21": {"asymptotic"},
    "T ≥ 0": {"lower_bound"},
}

DECLARED = {
    "t ∈ ℤ",
    "t ≥ 0",
    "γ ≥ 0",
    "α > 0",
    "a ∈ {0, 1}",
    "a_t ∈ {0, 1}",
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
WITHOUT_A_WORD = RETURNS | {"softmax_update"}
"""Chains about conditional expectations, integrals and processes: SymPy has no word for these."""

NOT_REPRODUCED: dict[tuple[str, int], str] = {}
"""Links of the others that SymPy does not arrive at, and what it says."""

EXPLAINED: dict[tuple[str, int], str] = {}
"""Links on which SymPy disagrees, with the reason why it is wrong there."""


def test_sympy_reproduces_all_links_but_these() -> None:
    found = {
        (name, step.number): step.reproduction.note
        for name in NAMES
        for step in report(name).steps
        if step.reproduction is not None and step.reproduction.operation is None
    }
    assert {name for name, _ in found} == WITHOUT_A_WORD | {name for name, _ in NOT_REPRODUCED}
    assert {link: note for link, note in found.items() if link[0] not in WITHOUT_A_WORD} == NOT_REPRODUCED
    assert all("has no word" in note for note in found.values())


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
        "derivations": {"proved": 24, "refuted": 0, "open": 0},
        "links": {"proved": 56, "refuted": 0, "open": 0, "reproduced": 38, "disputed": 0},
    }
