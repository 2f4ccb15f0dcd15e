"""Random expressions: what the kernel says of them is held against their worth in models."""

from __future__ import annotations

import os
from typing import Any

import pytest
import strategies
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from derivations.algebra.normal import BudgetExhausted, in_ring
from derivations.algebra.signs import NEGATIVE, POSITIVE, ZERO, sign_of
from derivations.decide import provers
from derivations.kernel.facts import Facts, facts_of
from derivations.kernel.link import Cited, judge
from derivations.kernel.report import Verdict
from derivations.models.search import evaluate_in_models
from derivations.terms.arithmetic import number
from derivations.terms.relations import Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import Term, TermError

pytestmark = pytest.mark.once

EXAMPLES = int(os.environ.get("EXAMPLES", "80"))
"""How many of each; with EXAMPLES=5000 in the environment this file is a campaign, other examples each time."""

quick = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 1000, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip


def facts(given_: tuple[Any, ...] = ()) -> Facts:
    return facts_of(given_, provers())


def in_session(work: Any, given_: tuple[Any, ...] = ()) -> Any:
    try:
        return in_ring(facts(given_).for_link(2000), work)
    except BudgetExhausted:
        return assume(False)


def disagreement(left: Term, sign: str, right: Term, given_: tuple[Any, ...] = (), count: int = 15) -> Any:
    """A model in which both sides are defined and the relation is certainly false."""
    return evaluate_in_models(Relation(left, sign, right), given_, count, budget=60).disagreement


@quick
@given(strategies.terms(9), strategies.givens)
def test_a_normal_form_has_the_worth_of_its_term(term: Term, known: tuple[Any, ...]) -> None:
    back = in_session(lambda s: s.term(s(term)), known)
    assert disagreement(term, "=", back, known) is None


@quick
@given(strategies.terms(7), strategies.givens)
def test_a_sign_is_the_sign_of_the_worth(term: Term, known: tuple[Any, ...]) -> None:
    mask = in_session(lambda s: sign_of(s, s(term)), known)
    for bit, otherwise in ((NEGATIVE, ">="), (ZERO, "!="), (POSITIVE, "<=")):
        if not mask & bit:
            assert disagreement(term, otherwise, number(0), known) is None


@quick
@given(strategies.terms(7), strategies.givens, st.data())
def test_what_is_proved_agrees_in_models(term: Term, known: tuple[Any, ...], data: Any) -> None:
    other = data.draw(strategies.rewritten(term))
    if data.draw(st.booleans()):
        other = data.draw(strategies.edited(other))
    found = judge(Relation(term, "=", other), Cited(), facts(known))
    if found.verdict is Verdict.PROVED:
        assert disagreement(term, "=", other, known) is None


@quick
@given(strategies.terms(5), strategies.terms(3), strategies.givens, st.sampled_from(["<=", "<", "!=", ">=", ">"]))
def test_an_inequality_that_is_proved_agrees_in_models(
    left: Term, right: Term, known: tuple[Any, ...], sign: str
) -> None:
    found = judge(Relation(left, sign, right), Cited(), facts(known))
    if found.verdict is Verdict.PROVED:
        assert disagreement(left, sign, right, known) is None


@quick
@given(strategies.terms(7), st.data())
def test_an_edit_that_changes_the_worth_is_not_proved(term: Term, data: Any) -> None:
    other = data.draw(strategies.edited(term))
    assume(disagreement(term, "=", other, count=40) is not None)
    assert judge(Relation(term, "=", other), Cited(), facts()).verdict is Verdict.OPEN


@quick
@given(strategies.terms(8))
def test_the_names_of_bound_indices_do_not_matter(term: Term) -> None:
    other = strategies.renamed(term)
    assert alpha_equal(term, other)

    def alike(s: Any) -> bool:
        same = s.key(s(term)) == s.key(s(other))
        return same or any(key[0] == "undefined" for key in s.index)  # 1/0 is nothing in particular

    assert in_session(alike)


@quick
@given(strategies.terms(7), st.sampled_from(["x", "y", "k"]), strategies.terms(3))
def test_substitution_commutes_with_evaluation(term: Term, name: str, value: Term) -> None:
    """term with v for x is worth what term is worth where x is v: bound names make room."""
    symbol = getattr(strategies, name)
    assume(name != "k" or value.free <= {strategies.k, strategies.n, strategies.m, strategies.t, strategies.u})
    assume(symbol not in value.free)
    try:
        replaced = term.substitute({symbol: value})
    except TermError:
        return
    from derivations import hypothesis

    assert disagreement(replaced, "=", term, (hypothesis(symbol, "=", value),)) is None


@quick
@given(strategies.terms(8))
def test_substitution_leaves_free_what_was_free(term: Term) -> None:
    """Σ_t f(x, t) with t for x: the t that arrives is not the t that is bound."""
    x, t = strategies.x, strategies.t
    replaced = term.substitute({x: t})
    if x in term.free:
        assert t in replaced.free
    assert replaced.free == (term.free - {x}) | ({t} if x in term.free else set())


@quick
@given(strategies.terms(6), strategies.terms(6))
def test_what_prints_alike_is_worth_the_same(left: Term, right: Term) -> None:
    for shown in ("latex", "text"):
        if getattr(left, shown) == getattr(right, shown) and left != right:
            assert disagreement(left, "=", right) is None


@quick
@given(strategies.terms(6), st.data())
def test_grouping_shows_in_print(term: Term, data: Any) -> None:
    """Of a term and an edit of it, those that print alike are worth the same."""
    other = data.draw(strategies.regrouped(term))
    for shown in ("latex", "text"):
        if getattr(term, shown) == getattr(other, shown):
            assert disagreement(term, "=", other) is None


@pytest.mark.parametrize("name", ["x/x", "0·log x", "√x − √x", "1/x − 1/x"])
def test_what_is_not_defined_everywhere_is_not_proved(name: str) -> None:
    from derivations import log, sqrt

    x = strategies.x
    left, right = {
        "x/x": (x / x, 1),
        "0·log x": (0 * log(x), 0),
        "√x − √x": (sqrt(x) - sqrt(x), 0),
        "1/x − 1/x": (1 / x - 1 / x, 0),
    }[name]
    assert judge(Relation(left, "=", number(right)), Cited(), facts()).verdict is Verdict.OPEN
