"""The document between reports and formats: what is assumed, and how it is cited."""

import pytest

from derivations import Eq, by_cases, chain_rule, definition, derive, free_variable, symbols, vector
from derivations.sheets import compose, document
from derivations.sheets.document import declared
from derivations.sheets.text import sentence

from .examples import SQUARE, C, loaded, small_chain, x, y

n, m = symbols("n m", integer=True, positive=True)


def facts(*terms) -> list[tuple[str, str]]:
    return [(fact.text, fact.latex) for fact in declared(terms)]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (x, []),
        (C, [("C > 0", "C > 0")]),
        (symbols("z", nonzero=True), [("z ≠ 0", r"z \neq 0")]),
        (symbols("a", values=(0, 1)), [("a ∈ {0, 1}", r"a \in \{0, 1\}")]),
        (n, [("n ∈ ℤ_{≥1}", r"n \in \mathbb{Z}_{\geq 1}")]),
        (n + m, [("n, m ∈ ℤ_{≥1}", r"n, m \in \mathbb{Z}_{\geq 1}")]),
        (symbols("i", integer=True, lower=1, upper=3), [("i ∈ {1, …, 3}", r"i \in \{1, \dots, 3\}")]),
        (symbols("k", integer=True, lower=0), [("k ∈ ℤ", r"k \in \mathbb{Z}"), ("k ≥ 0", r"k \geq 0")]),
        (vector("v", 3), [("v ∈ ℝ^3", r"v \in \mathbb{R}^{3}")]),
    ],
)
def test_a_declaration_that_says_more_than_real_is_an_assumption(term, said):
    assert facts(term) == said


def test_the_length_of_a_vector_is_declared_with_it():
    assert [text for text, _ in facts(vector("v", n))] == ["v ∈ ℝ^n", "n ∈ ℤ_{≥1}"]


def test_a_summation_variable_belongs_to_the_sum():
    from derivations import Sum

    assert [text for text, _ in facts(Sum(x, (m, 1, n)))] == ["n ∈ ℤ_{≥1}"]


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (SQUARE, "f(x) = x²"),
        (definition(x, y + 1), "definition of x"),
        (definition(x, y + 1, name="the shift"), "the shift"),
        (by_cases(Eq(x, y)), "cases on x = y"),
        (free_variable(x), "x as a free variable"),
        (C > 0, "C > 0"),
    ],
)
def test_how_a_reason_is_cited(cited, said):
    assert sentence(document.reason(cited)) == said


def test_what_all_chains_of_a_problem_assume_is_said_once():
    other = derive(C, given=[SQUARE]).eq(C + 0)
    (section,) = compose.sheet("t", [(loaded(small_chain()), None), (loaded(other), None)]).sections
    (problem,) = section.problems
    assert [sentence(given) for given in problem.given] == ["f(x) = x² for all x"]
    assert [[sentence(given) for given in chain.given] for chain in problem.chains] == [["C > 0"], []]


IDLE = derive((x + y) ** 2).eq(x**2 + 2 * x * y + y**2, by=chain_rule)


def reasons_on_a_sheet(chain) -> list[str]:
    shown = document.chain(loaded(chain), chain.check(reproduce=False))
    return [sentence(one) for line in shown.lines for one in line.reasons]


def test_what_was_not_needed_is_left_out_of_a_final_sheet_and_told_in_a_draft():
    assert reasons_on_a_sheet(IDLE.qed((x + y) ** 2, "=", x**2 + 2 * x * y + y**2)) == []
    assert reasons_on_a_sheet(IDLE.eq(x)) == ["chain rule (not needed)"]
