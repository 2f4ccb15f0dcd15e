"""What is known at a place: below a binder some facts are gained, and others are lost."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import (
    E,
    Sum,
    Var,
    definition,
    diff,
    dot,
    family,
    function,
    hypothesis,
    law,
    limit,
    matrix,
    oo,
    random_family,
    random_variable,
    symbols,
    vector,
)  # fmt: skip
from derivations.decide import provers
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.facts import Facts, facts_of
from derivations.terms.calculus import FreeOf
from derivations.terms.probability import Deterministic
from derivations.terms.relations import Relation, relation
from derivations.terms.term import Term

x, y, z, T, U = symbols("x y z T U")
p = symbols("p", positive=True)
k, t = symbols("k t", integer=True)
n = symbols("n", positive=True, integer=True)
i = symbols("i", integer=True, lower=1, upper=n)
d = symbols("d", positive=True, integer=True)
closed = symbols("c", nonnegative=True)
f, g = function("f"), function("g")
c, q = family("c", n), family("q", n, n)
theta = vector("theta", d)
X, Y = random_variable("X"), random_variable("Y")
Z = random_family("Z", n)


def facts(*given: Any) -> Facts:
    return facts_of(tuple(hypothesis(h) if isinstance(h, Relation) else h for h in given), provers())


def names(found: Facts) -> set[str]:
    return {fact.name for fact in found.relations}


def below(term: Term, found: Facts) -> Facts:
    scope = term.scope()
    assert scope is not None
    return found.enter(scope)


# -- binders -------------------------------------------------------------------------------
def test_a_sum_gains_its_range_and_loses_what_was_known_of_its_index() -> None:
    outside = facts(t >= 5, n >= 7, k < 0)
    assert names(below(Sum(c[t], (t, 1, n)), outside)) == {"n ≥ 7", "k < 0", "t ≥ 1 (in range)", "t ≤ n (in range)"}


def test_a_series_has_no_upper_end() -> None:
    assert names(below(Sum(f(t), (t, 0, oo)), facts())) == {"t ≥ 0 (in range)"}


def test_a_limit_loses_what_was_known_of_its_variable() -> None:
    assert names(below(limit(f(T), T, oo), facts(T < 3, x > 0))) == {"x > 0", "T > 0 (in range)"}
    assert names(below(limit(f(T), T, x), facts())) == {"T ≠ x (in range)"}


def test_a_derivative_keeps_only_what_stays_true_nearby() -> None:
    outside = facts(x > 0, x >= 1, y >= 1, x + y >= 2, Relation(x, "!=", y))
    assert names(below(diff(f(x), x), outside)) == {"x > 0", "y ≥ 1", "x ≠ y"}


def test_a_derivative_loses_closed_declarations_of_its_variable() -> None:
    inside = below(diff(f(closed), closed), facts())
    assert [fact.relation.text for fact in facts().declared(closed)] == ["c ≥ 0"]
    assert list(inside.declared(closed)) == []
    assert [fact.relation.text for fact in below(diff(f(p), p), facts()).declared(p)] == ["p > 0"]


def test_a_declared_bound_is_not_a_bound_name() -> None:
    """i ≤ n says nothing below Σ_n, where n is another quantity."""
    index = symbols("m", integer=True)
    below_m = symbols("j", integer=True, lower=1, upper=index)
    inside = below(Sum(f(index), (index, 1, 5)), facts())
    assert [fact.relation.text for fact in inside.declared(below_m)] == ["j ≥ 1"]


def test_an_expectation_forgets_the_outcome_at_hand() -> None:
    outside = facts(X >= 0, x > 0, definition(T, X), T >= 0, hypothesis(y, "=", Y), y <= 1)
    assert names(below(E(X), outside)) == {"x > 0"}


# -- dependence ------------------------------------------------------------------------------
@pytest.mark.parametrize(("term", "variable", "given"), [
    (x + 1, x, ()),
    (f(x), x, ()),
    (f(x), x, (definition(f(y), 2),)),
    (T, x, (definition(T, x**2),)),
    (T, x, (definition(T, U), definition(U, x**2))),
    (x, T, (definition(T, x**2),)),
    (y, x, (hypothesis(y, "=", x),)),
    (z, x, (hypothesis(z, "=", y), hypothesis(y, "=", x))),
    (f(y), x, (hypothesis(f(y), "=", x),)),
    (g(1), x, (definition(g(y), x * y),)),
    (c[k], c[t], ()),
    (c[1], c[k], ()),
    (dot(q[1], q[2]), q[1, 1], ()),
    (dot(q[k], q[2]), q[1, 1], ()),
    (matrix("Q", q)[1, 2], q[k, t], ()),
    (theta[1], theta, ()),
    (dot(theta, theta), theta[k], ()),
    (q[1, 1], T, (definition(T, dot(q[1], q[2])),)),
    (E(X), x, (law(X, mean=x, variance=1),)),
    (Sum(x * t, (t, 1, n)), x, ()),
])  # fmt: skip
def test_depends(term, variable, given) -> None:
    assert facts(*given).depends(term, variable)
    assert discharge(FreeOf(term, variable), facts(*given)) is None


@pytest.mark.parametrize(("term", "variable", "given"), [
    (y, x, ()),
    (f(y), x, ()),
    (T, x, (definition(T, y**2),)),
    (y, x, (hypothesis(y, "=", z),)),
    (y, x, (hypothesis(f(x), "=", y * x, for_all=x),)),
    (c[1], c[2], ()),
    (dot(q[1], q[2]), q[3, 1], ()),
    (theta[1], y, ()),
    (E(X), x, (law(X, mean=y, variance=1),)),
])  # fmt: skip
def test_does_not_depend(term, variable, given) -> None:
    assert not facts(*given).depends(term, variable)
    assert discharge(FreeOf(term, variable), facts(*given)) == ()


# -- randomness --------------------------------------------------------------------------------
@pytest.mark.parametrize(("term", "given"), [
    (X, ()), (x * X, ()), (f(X), ()), (Sum(Z[t], (t, 1, n)), ()), (T, (definition(T, X),)),
    (f(x), (definition(f(y), y * X),)), (y, (hypothesis(y, "=", X),)),
    (z, (hypothesis(y, "=", X), hypothesis(z, "=", y))),
    (f(x), (hypothesis(f(y), "=", X),)),
])  # fmt: skip
def test_random(term, given) -> None:
    assert not facts(*given).deterministic(term)
    assert discharge(Deterministic(term), facts(*given)) is None


@pytest.mark.parametrize(("term", "given"), [
    (x, ()), (E(X), ()), (Var(X * Y) + x, ()), (E(X) * c[1], ()), (T, (definition(T, y + 1),)),
    (y, (hypothesis(z, "=", X),)),
])  # fmt: skip
def test_deterministic(term, given) -> None:
    assert facts(*given).deterministic(term)


# -- conditions ----------------------------------------------------------------------------------
def asked(term: Term, *given: Any) -> dict[str, bool]:
    """Where a term is defined: each condition, and whether it is known."""
    return {condition.text: discharge(condition, here) is not None for condition, here in demands(term, facts(*given))}


def test_every_division_root_logarithm_index_and_bound_has_its_condition() -> None:
    from derivations import log, sqrt

    assert asked(log(x) / y + sqrt(z)) == {"y ≠ 0": False, "x > 0": False, "z ≥ 0": False}
    assert asked(c[k]) == {"k is an integer": True, "k ≥ 1": False, "k ≤ n": False}
    assert asked(Sum(c[t], (t, 1, n))) == {
        "1 is an integer": True, "n is an integer": True, "t is an integer": True, "t ≥ 1": True, "t ≤ n": True,
    }  # fmt: skip
    assert asked(x**y) == {"x^y is defined": False}
    assert asked(x**-2) == {"x ≠ 0": False}
    assert asked(x**2) == {}


def test_a_condition_is_judged_where_it_arises() -> None:
    assert asked(Sum(1 / t, (t, 1, n)))["t ≠ 0"]
    assert not asked(Sum(1 / t, (t, 0, n)))["t ≠ 0"]
    assert not asked(Sum(1 / t, (t, 0, n)), t > 0)["t ≠ 0"]


def test_the_conditions_of_a_definition_are_those_of_its_instance() -> None:
    inverse = definition(f(x), 1 / x)
    assert asked(f(y), inverse) == {"y ≠ 0": False}
    assert asked(f(p), inverse) == {"p ≠ 0": True}


@pytest.mark.parametrize(("term", "known"), [
    (k, True), (2 * k - n, True), (n**2, True), (k**n, True), (abs(k), True), (Sum(t, (t, 1, n)), True),
    (k / 2, False), (x, False), (k**k, False), (symbols("a", values=(0, 1)), True), (f(k), False),
])  # fmt: skip
def test_integers(term, known) -> None:
    from derivations.terms.sums import IsInteger

    assert (discharge(IsInteger(term), facts()) is not None) is known


def test_a_hypothesis_discharges_itself_and_its_instances() -> None:
    everywhere = hypothesis(f(p), "=", 1, for_all=p, name="f is 1")
    assert discharge(relation(f(2), "=", 1), facts(everywhere)) == ("f is 1",)
    assert discharge(relation(f(y), "=", 1), facts(everywhere)) is None
    assert discharge(relation(f(y), "=", 1), facts(everywhere, y > 0)) == ("f is 1", "y > 0")
    assert discharge(relation(f(x), "=", 1), facts(hypothesis(f(y), "=", 1))) is None


def test_a_hypothesis_that_is_no_number_is_no_inequality() -> None:
    assert names(facts(hypothesis(theta, "=", vector("phi", d)))) == set()
