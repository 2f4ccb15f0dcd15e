"""Rewriting with a reason: where it applies, under which conditions, and without capturing a name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derivations import (
    E,
    Sum,
    definition,
    diff,
    exp,
    family,
    function,
    hypothesis,
    limit,
    log,
    logarithm_laws,
    oo,
    product_rule,
    random_variable,
    symbols,
    vector,
)  # fmt: skip
from derivations.algebra.normal import BudgetExhausted
from derivations.decide import provers
from derivations.kernel.facts import facts_of
from derivations.kernel.matching import match, metavariables
from derivations.kernel.reasons import Definition, Hypothesis
from derivations.kernel.rewriting import Equation, Rewriter, as_equation
from derivations.prove.solving import oriented
from derivations.terms.arithmetic import Number
from derivations.terms.relations import Relation
from derivations.terms.term import Term

x, y, z, T = symbols("x y z T")
p = symbols("p", positive=True)
k, t, u = symbols("k t u", integer=True)
n, d, m = symbols("n d m", positive=True, integer=True)
a = symbols("a", values=(0, 1))
f, g, h = function("f"), function("g"), function("h")
s, s2 = symbols("s s_2", space="S")
c = family("c", n)
X = random_variable("X")


def rewriter(*reasons: Any) -> Rewriter:
    made = [as_equation(r) if isinstance(r, (Definition, Hypothesis)) else r for r in reasons]
    return Rewriter(made, "lhs")


def rewritten(term: Term, *reasons: Any, given: tuple[Any, ...] = ()) -> Term:
    held = tuple(hypothesis(g) if isinstance(g, Relation) else g for g in given)
    stated = tuple(r for r in reasons if isinstance(r, (Definition, Hypothesis)))
    return rewriter(*reasons)(term, facts_of((*held, *stated), provers()))


# -- definitions -------------------------------------------------------------------------------
def test_a_definition_holds_for_all_its_parameters() -> None:
    square = definition(f(x), x**2)
    assert rewritten(f(x) + f(3), square) == x**2 + Number(Fraction(3)) ** 2
    assert rewritten(f(y + 1), square) == (y + 1) ** 2
    assert rewritten(Sum(f(t), (t, 1, n)), square) == Sum(t**2, (t, 1, n))
    assert rewritten(diff(f(x), x), square) == diff(x**2, x)


def test_an_argument_must_lie_in_the_domain_of_its_parameter() -> None:
    root = definition(f(p), log(p))
    assert rewritten(f(x), root) == f(x)
    assert rewritten(f(x), root, given=(x > 0,)) == log(x)
    bit = definition(g(a), 1 - a)
    assert rewritten(g(0), bit).text == "1 - 0"
    assert rewritten(g(2), bit) == g(2)
    whole = definition(h(k), k + 1)
    assert rewritten(h(x), whole) == h(x)
    assert rewritten(h(2 * n), whole) == 2 * n + 1


def test_a_state_stands_for_a_state_and_a_vector_for_a_vector_of_its_length() -> None:
    theta, phi, w = vector("theta", d), vector("phi", d), vector("w", m)
    of_state = definition(f(s), g(s))
    assert rewritten(f(s2), of_state) == g(s2)
    assert rewritten(f(x), of_state) == f(x)
    doubled = definition(f(theta), g(theta))
    assert rewritten(f(phi), doubled) == g(phi)
    assert rewritten(f(w), doubled) == f(w)
    assert rewritten(f(3), doubled) == f(3)


def test_bound_names_of_a_definition_make_room() -> None:
    table = definition(f(x), Sum(g(x, t), (t, 1, n)))
    unfolded = rewritten(f(t), table)
    assert isinstance(unfolded, type(Sum(x, (u, 1, 2)))) and unfolded.free == {t, n}
    twice = definition(f(x), Sum(g(x, t) * h(t), (t, 1, n)))
    recursive = definition(h(y), Sum(g(y, t), (t, 1, n)))
    assert rewritten(f(x), twice, recursive).free == {x, n}


def test_a_free_name_of_a_definition_is_not_captured() -> None:
    shifted = definition(f(x), x + t)
    assert rewritten(Sum(f(x), (t, 1, n)), shifted) == Sum(f(x), (t, 1, n))
    assert rewritten(Sum(f(x), (u, 1, n)), shifted) == Sum(x + t, (u, 1, n))


def test_what_is_defined_may_be_differentiated() -> None:
    assert rewritten(diff(T, x), definition(T, x**2)) == diff(x**2, x)


# -- hypotheses ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("term", "changed"), [
    (Sum(f(t), (t, 1, n)), False),
    (diff(f(x), x), False),
    (limit(f(x), x, oo), False),
    (f(x) + 1, True),
    (diff(f(x) * y, y), True),
    (Sum(f(x), (u, 1, n)), True),
])  # fmt: skip
def test_a_hypothesis_about_fixed_values_is_not_used_where_they_vary(term, changed) -> None:
    fixed = hypothesis(f(x), "=", 1)
    about_t = hypothesis(f(t), "=", 1)
    assert (rewritten(term, fixed, about_t) != term) is changed


def test_a_hypothesis_for_all_values_is_used_where_they_vary() -> None:
    everywhere = hypothesis(f(x), "=", x + y, for_all=x)
    assert rewritten(diff(f(x), x), everywhere) == diff(x + y, x)
    assert rewritten(Sum(f(t), (t, 1, n)), everywhere) == Sum(t + y, (t, 1, n))
    assert rewritten(diff(f(x), y), everywhere) == diff(f(x), y)


def test_a_hypothesis_about_an_outcome_is_not_used_below_an_expectation() -> None:
    at_hand = hypothesis(X, "=", x)
    assert rewritten(X + 1, at_hand) == x + 1
    assert rewritten(E(X), at_hand) == E(X)


def test_the_variable_of_a_derivative_is_not_rewritten() -> None:
    assert rewritten(diff(y * x, x), hypothesis(x, "=", 3)) == diff(y * x, x)


# -- rules ---------------------------------------------------------------------------------------
def test_each_application_is_recorded_with_its_place() -> None:
    work = rewriter(logarithm_laws)
    result = work(1 + log(p * n) * y, facts_of((), provers()))
    assert result == 1 + (log(p) + log(n)) * y
    (step,) = work.trace
    assert (step.reason, step.path, step.before, step.after) == ("logarithm-laws", (1, 0), log(p * n), log(p) + log(n))
    assert [c.statement.text for c in step.conditions] == ["p > 0", "n > 0"]
    assert not work.blocked


def test_what_is_in_the_way_is_kept() -> None:
    work = rewriter(logarithm_laws)
    term = log(p * x)
    assert work(term, facts_of((), provers())) is term
    (block,) = work.blocked
    assert (block.reason, block.term, block.condition.text) == ("logarithm-laws", term, "x > 0")


def test_outermost_first() -> None:
    work = rewriter(product_rule)
    work(diff(x * (x * y), x), facts_of((), provers()))
    assert work.trace[0].path == ()


def test_a_rule_that_runs_without_end_is_stopped() -> None:
    """Here by the depth to which a term may be nested; a rule that does not grow its term, by the budget."""
    grows = Equation("up", f(x), f(x + 1), (x,))
    work = rewriter(grows)
    work(f(y), facts_of((), provers()))
    assert 50 < len(work.trace) < 1000
    turns = (Equation("there", f(x), g(x), (x,)), Equation("back", g(x), f(x), (x,)))
    with pytest.raises(BudgetExhausted):
        rewriter(*turns)(f(y), facts_of((), provers()))


# -- matching ----------------------------------------------------------------------------------------
v, w_ = metavariables("v w")


@pytest.mark.parametrize(("pattern", "term", "found"), [
    (v + w_, x + y, {v: x, w_: y}),
    (v + v, x + x, {v: x}),
    (v + v, x + y, None),
    (v * w_, x + y, None),
    (exp(v), exp(x * y), {v: x * y}),
    (v + v, Sum(t, (t, 1, n)) + Sum(u, (u, 1, n)), {v: Sum(t, (t, 1, n))}),
    (f(v), g(x), None),
])  # fmt: skip
def test_matching(pattern, term, found) -> None:
    assert match(pattern, term) == found


@pytest.mark.parametrize(("pattern", "term", "fits"), [
    (Sum(f(x, t), (t, 1, n)), Sum(f(y, u), (u, 1, n)), True),
    (Sum(f(x, t), (t, 1, n)), Sum(f(y, u), (u, 1, m)), False),
    (Sum(f(x, t), (t, 1, n)), Sum(f(u, u), (u, 1, n)), False),
    (Sum(f(x), (t, 1, n)), Sum(f(t), (t, 1, n)), False),
    (diff(f(x) * y, y), diff(f(z) * y, y), True),
])  # fmt: skip
def test_matching_below_binders(pattern, term, fits) -> None:
    """A parameter never stands for something that is bound inside the term."""
    assert (match(pattern, term, (x,)) is not None) is fits


# -- solving -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("equation", "lhs", "rhs"), [
    (hypothesis(h(s, 1) - h(s, 0), "=", x), h(s, 1), x + h(s, 0)),
    (hypothesis(2 * x + y, "=", 1), x, (1 - y) / 2),
    (hypothesis(x, "=", y + 1), x, y + 1),
    (hypothesis(x * y, "=", 1), x * y, None),
    (hypothesis(x**2, "=", 1), x**2, None),
    (hypothesis(x + f(x), "=", 1), f(x), 1 - x),
])  # fmt: skip
def test_an_equation_is_solved_for_what_occurs_once(equation, lhs, rhs) -> None:
    from judging import is_proved

    made = oriented(as_equation(equation), facts_of((equation,), provers()))
    assert made.lhs == lhs
    if rhs is not None:
        assert made.rhs == rhs or is_proved(made.rhs, "=", rhs)
