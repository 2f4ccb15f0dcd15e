"""Limits and asymptotic equality: what is proved, and what must never be.

Each table reads as a specification; below a refused line stands why it is false,
or what is not known.
"""

from __future__ import annotations

import pytest

from derivations import (
    Eq,
    Ne,
    Sum,
    by_cases,
    cos,
    definition,
    exp,
    function,
    hypothesis,
    limit,
    log,
    oo,
    sin,
    sqrt,
    symbols,
    tanh,
)
from derivations.kernel.attempt import Cited
from derivations.kernel.facts import Facts, facts_of
from derivations.kernel.link import judge
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Finding, Verdict
from derivations.rules.continuity import continuity
from derivations.rules.limits import PROVERS, dominant_term, limit_of_equivalents
from derivations.terms.relations import Relation, relation
from derivations.terms.term import as_term

a, b, c, x, y, k1, k2 = symbols("a b c x y k1 k2")
T, C, p = symbols("T C p", positive=True)
n = symbols("n", integer=True, positive=True)
f = function("f")


def facts(*given) -> Facts:
    return facts_of(tuple(hypothesis(g) if isinstance(g, Relation) else g for g in given), PROVERS)


def judged(link: Relation, rule: Rule, *given, cases=()) -> Finding:
    names = (*(c.name for c in cases), rule.name)
    rewriters = (rule,) if rule.rewrite else ()
    closers = (rule,) if rule.closes else ()
    return judge(link, Cited(rewriters, closers, cases=tuple(cases), names=names), facts(*given))


def limit_is(body, variable, point, value, *given, by=dominant_term) -> bool:
    return judged(relation(limit(body, variable, point), "=", value), by, *given).verdict is Verdict.PROVED


def tends(body, variable, point, value, *given) -> bool:
    link = Relation(as_term(body), "->", as_term(value), variable, as_term(point))
    return judged(link, dominant_term, *given).verdict is Verdict.PROVED


def equivalent(left, right, variable, point, *given) -> bool:
    link = Relation(as_term(left), "~", as_term(right), variable, as_term(point))
    return judged(link, dominant_term, *given).verdict is Verdict.PROVED


# -- limits at infinity ---------------------------------------------------------------------
PROVED = [
    (1 / T, T, oo, 0),
    ((2 * T + 1) / (3 * T - T), T, oo, 1),
    ((a * T + 1) / (b * T + 1), T, oo, a / b, b > 0),
    (1 / ((a - b) * T + 1), T, oo, 0, a > b),
    (T**2 / (a * T**2 + 1), T, oo, 1 / a, a > 0),
    (exp(-T), T, oo, 0),
    (exp(-p * T), T, oo, 0),
    ((1 + exp(T)) / exp(T), T, oo, 1),
    (T**5 * exp(-T / C), T, oo, 0),
    (log(T) / T, T, oo, 0),
    (log(T) ** 5 / sqrt(T), T, oo, 0),
    (log(1 + exp(-T)), T, oo, 0),
    (log(exp(T) + 1) - T, T, oo, 0),
    (sqrt(T**2 + T) - T, T, oo, 0.5),
    (sqrt(T + 1) - sqrt(T), T, oo, 0),
    (T * log(1 + 1 / T), T, oo, 1),
    (T**a * exp(-T), T, oo, 0),
    (T**a, T, oo, 0, a < 0),
    (b**T, T, oo, 0, b > 0, b < 1),
    (b ** (-T), T, oo, 0, b > 1),
    (b**n, n, oo, 0, b >= 0, b < 1),
    ((-1) ** n / n, n, oo, 0),
    ((1 + 1 / n) ** n, n, oo, exp(1)),
    (sin(T) / T, T, oo, 0),
    (sin(T) ** 2 + cos(T) ** 2, T, oo, 1),
    ((T + sin(T)) / T, T, oo, 1),
    (tanh(T), T, oo, 1),
    (exp(exp(-T)), T, oo, 1),
    (log(log(T + 5)) / log(T), T, oo, 0),
    (abs(a) * abs(T) / T, T, oo, abs(a)),
    ((k1 - k2) / C * exp(T / C) / (1 + exp(T / C)) ** 2, T, oo, 0),
    (a, T, oo, a),
    (T ** (-p) + 2 * exp(1 / T), T, oo, 2),  # whether T^{-p} or 1/T is larger does not matter
    (T ** (-p) + T ** (-C), T, oo, 0),
]


@pytest.mark.parametrize("case", PROVED, ids=str)
def test_limits_at_infinity(case) -> None:
    body, variable, point, value, *given = case
    assert limit_is(body, variable, point, value, *given)
    if variable in as_term(body).free:
        assert tends(body, variable, point, value, *given)


WRONG_OR_UNKNOWN = [
    (1 / T, T, oo, 1),
    ((a * T + 1) / (b * T + 1), T, oo, a / b),  # b = 0
    ((a * T + 1) / (b * T + 1), T, oo, b / a, b > 0),
    (1 / ((a - b) * T + 1), T, oo, 0),  # a = b: 1
    (T**2 / (a * T**2 + 1), T, oo, 1 / a),  # a = 0
    (exp(T), T, oo, 0),
    (exp(a * T), T, oo, 0),  # the sign of a
    (exp(a * T), T, oo, 0, a <= 0),  # a = 0: 1
    (exp(-T / c), T, oo, 0),  # the sign of c
    (b**T, T, oo, 0, b > 0),
    (b**n, n, oo, 0, b <= 1, b >= 0),  # b = 1: 1
    (b**n, n, oo, 0, b < 1),  # b = −2
    ((-1) ** n, n, oo, 1),
    (T**a, T, oo, 0),
    (sin(T), T, oo, 0),
    (cos(T), T, oo, 1),
    (T * sin(T), T, oo, 0),
    (1 / sin(T), T, oo, 0),
    (exp(sin(T)), T, oo, 1),
    (sin(T) ** 2 + cos(T), T, oo, 1),
    (sqrt(T**2 + T) - T, T, oo, 0),
    (sqrt(T**2 + T) - T, T, oo, 1),
    (T * (sqrt(T**2 + 1) - T), T, oo, 0),
    (exp(T + 1 / T) - exp(T), T, oo, 0),  # ~ e^T/T
    (log(exp(2 * T) + 1) - T, T, oo, 0),
    (T**2 * log(1 + 1 / T) - T, T, oo, 0),  # −1/2
    ((1 + 1 / n) ** n, n, oo, 1),
    (log(a * T + 1) / T, T, oo, 0),  # a < 0: not defined
    (log(-T), T, oo, 0),
    (sqrt(1 - T) / T, T, oo, 0),
    (f(T) / T, T, oo, 0),
    (1 / a, T, oo, 1 / a),  # a = 0
    ((a - b) / (a - b) / T, T, oo, 0),  # a = b
    (Sum(T, (n, 1, symbols("m", integer=True, positive=True))) / T**2, T, oo, 1),
]


@pytest.mark.parametrize("case", WRONG_OR_UNKNOWN, ids=str)
def test_limits_at_infinity_that_are_wrong_or_not_known(case) -> None:
    body, variable, point, value, *given = case
    assert not limit_is(body, variable, point, value, *given)
    assert not tends(body, variable, point, value, *given)


def test_minus_infinity() -> None:
    assert limit_is(exp(x), x, -oo, 0)
    assert limit_is(tanh(x), x, -oo, -1)
    assert limit_is(x / sqrt(x**2 + 1), x, -oo, -1)
    assert not limit_is(exp(-x), x, -oo, 0)
    assert not limit_is(x / sqrt(x**2 + 1), x, -oo, 1)
    assert not limit_is(exp(T), T, -oo, 0)  # T > 0 never comes near −∞


def test_what_is_known_of_the_variable_elsewhere_says_nothing_below_its_limit() -> None:
    assert not limit_is(abs(x - 5) + x, x, oo, 5, x < 5)
    assert limit_is(abs(x - 5) - x, x, oo, -5, x < 5)


def test_a_free_variable_that_cannot_reach_its_point() -> None:
    assert not tends(exp(-x), x, oo, 0, x < 5)
    assert tends(exp(-x), x, oo, 0, x > 5)
    assert not tends(1 + x, x, as_term(0), 1, x > 5)
    bounded = symbols("r", upper=5)
    assert not limit_is(exp(-bounded), bounded, oo, 0)


# -- parts that move with the variable ---------------------------------------------------------
def test_what_is_tied_to_the_variable_is_no_constant() -> None:
    assert limit_is(a / T, T, oo, 0)
    assert not limit_is(a / T, T, oo, 0, definition(a, T**2))
    assert not limit_is(a / T, T, oo, 0, Eq(a, T**2))
    assert not tends(a / T, T, oo, 0, definition(a, T**2))


def test_a_defined_quantity_is_no_free_variable() -> None:
    assert not limit_is(a * exp(-T), T, oo, 0, definition(T, a + b))
    assert not tends(exp(-T), T, oo, 0, definition(T, a + b))


# -- finite points -----------------------------------------------------------------------------
AT_A_POINT = [
    ((x**2 - 1) / (x - 1), x, 1, 2),
    ((x**2 - c**2) / (x - c), x, c, 2 * c),
    (x / x, x, 0, 1),
    (sin(x) / x, x, 0, 1),
    ((1 - cos(x)) / x**2, x, 0, 0.5),
    ((exp(x) - 1) / x, x, 0, 1),
    (x * log(abs(x)), x, 0, 0),
    (exp(-1 / x**2), x, 0, 0),
    (x * sin(1 / x), x, 0, 0),
    (1 / x, x, a, 1 / a, Ne(a, 0)),
]


@pytest.mark.parametrize("case", AT_A_POINT, ids=str)
def test_limits_at_a_point(case) -> None:
    body, variable, point, value, *given = case
    assert limit_is(body, variable, point, value, *given)


@pytest.mark.parametrize("case", [
    (1 / x, x, 0, 0),
    (abs(x) / x, x, 0, 1),  # from the left −1
    (exp(1 / x), x, 0, 0),  # from the right ∞
    (exp(-1 / x), x, 0, 0),
    (tanh(1 / x), x, 0, 1),
    (sqrt(x), x, 0, 0),  # not defined on the left
    (x * log(x), x, 0, 0),
    (sin(1 / x), x, 0, 0),
    (1 / x, x, a, 1 / a),  # a = 0
    (sin(x) / x, x, 0, 0),
    ((1 - cos(x)) / x**2, x, 0, 0),
    (f(x), x, 0, f(as_term(0))),  # f may jump
], ids=str)  # fmt: skip
def test_limits_at_a_point_that_are_wrong_or_not_known(case) -> None:
    body, variable, point, value, *given = case
    assert not limit_is(body, variable, point, value, *given)


def test_continuity() -> None:
    assert limit_is(exp(x) * cos(x) + a * x, x, 0, 1, by=continuity)
    assert limit_is(1 / (1 + x**2), x, a, 1 / (1 + a**2), by=continuity)
    assert limit_is(log(C + abs(x)), x, 0, log(C), by=continuity)
    assert not limit_is(sqrt(abs(x)) / x, x, 0, 0, by=continuity)
    assert not limit_is(sqrt(x), x, 0, 0, by=continuity)
    assert not limit_is(f(x), x, 0, f(as_term(0)), by=continuity)
    assert not limit_is(a + x, x, 0, a, definition(a, 1 / x), by=continuity)


def test_continuity_names_the_condition_that_is_not_known() -> None:
    finding = judged(relation(limit(1 / x, x, a), "=", 1 / a), continuity)
    assert finding.problem == "continuity applies to `lim_{x→a} 1/x`, but the condition `a ≠ 0` is not known"
    assert finding.tries == ("add `a ≠ 0` to given, or declare it",)


# -- equivalents -----------------------------------------------------------------------------------
TAIL = (k1 - k2) / C * exp(-T / C)
SLOPE = (k1 - k2) / C * exp(T / C) / (1 + exp(T / C)) ** 2


@pytest.mark.parametrize("case", [
    (log(1 + exp(x)), x, x, oo),
    (SLOPE, TAIL, T, oo, Ne(k1, k2)),
    (exp(T + 1 / T), exp(T), T, oo),
    (sqrt(T**2 + T) - T, as_term(0.5), T, oo),
    (T - T + 1 / T, 1 / T, T, oo),
    (log(log(T + 2)), log(log(T**2 + 2)), T, oo),
    (T**T, exp(T * log(T)), T, oo),
    (a * T**2 + b * T + c, a * T**2, T, oo, Ne(a, 0)),
    (sin(x), x, x, as_term(0)),
    (log(1 + x), x, x, as_term(0)),
], ids=str)  # fmt: skip
def test_equivalents(case) -> None:
    left, right, variable, point, *given = case
    assert equivalent(left, right, variable, point, *given)


@pytest.mark.parametrize("case", [
    (exp(-x), as_term(0), x, oo),
    (as_term(0) * T, as_term(0), T, oo),
    (SLOPE, TAIL, T, oo),  # k1 = k2: 0 ~ 0
    (SLOPE, 2 * TAIL, T, oo, Ne(k1, k2)),
    (SLOPE, -TAIL, T, oo, Ne(k1, k2)),
    (SLOPE, (k1 - k2) / C * exp(T / C), T, oo, Ne(k1, k2)),
    (exp(T + log(T)), exp(T), T, oo),
    (exp(2 * T), exp(T), T, oo),
    (exp(sqrt(T**2 + T)), exp(T), T, oo),  # e^{1/2}
    (log(1 + exp(x)), x, x, -oo),
    (a * T**2 + T, a * T**2, T, oo),
    (T + sin(T) * T, T, T, oo),
    (T + c, T + b, T, as_term(0)),
    (2 * T, T, T, oo),
], ids=str)  # fmt: skip
def test_equivalents_that_are_wrong_or_not_known(case) -> None:
    left, right, variable, point, *given = case
    assert not equivalent(left, right, variable, point, *given)


def test_equivalents_have_the_same_limit() -> None:
    link = relation(limit(SLOPE, T, oo), "=", limit(TAIL, T, oo))
    assert judged(link, limit_of_equivalents, Ne(k1, k2)).verdict is Verdict.PROVED
    assert judged(link, limit_of_equivalents, cases=[by_cases(Eq(k1, k2))]).verdict is Verdict.PROVED
    assert judged(link, limit_of_equivalents).verdict is Verdict.OPEN


def test_equivalents_without_a_limit_have_none_in_common() -> None:
    link = relation(limit(T + 1, T, oo), "=", limit(T, T, oo))
    assert judged(link, limit_of_equivalents).verdict is Verdict.OPEN


def test_functions_that_are_no_equivalents_may_not_be_exchanged() -> None:
    link = relation(limit((T + 1) / T, T, oo), "=", limit(2 * T / (T + 1), T, oo))
    assert judged(link, limit_of_equivalents).verdict is Verdict.OPEN


# -- what a proof rests on -------------------------------------------------------------------------------
def test_a_limit_names_the_facts_it_rests_on() -> None:
    finding = judged(relation(limit((a * T + 1) / (b * T + 1), T, oo), "=", a / b), dominant_term, b > 0, c > 0)
    assert finding.certificate is not None
    assert finding.certificate.rewrites[0].conditions[0].discharged_by == ("b > 0",)


@pytest.mark.parametrize(("link", "problem"), [
    (
        relation(limit((a * T + 1) / (b * T + 1), T, oo), "=", a / b),
        "dominant-term applies to `lim_{T→∞} (a T + 1)/(b T + 1)`, but the condition `b ≠ 0` is not known",
    ),
    (
        relation(limit(log(a * T + 1) / T, T, oo), "=", 0),
        "dominant-term applies to `lim_{T→∞} log(a T + 1)/T`, but the condition `a > 0` is not known",
    ),
    (
        Relation(SLOPE, "~", TAIL, T, oo),
        "dominant-term closes the link, but the condition `k1 - k2 ≠ 0` is not known",
    ),
])  # fmt: skip
def test_an_unknown_parameter_is_named(link, problem) -> None:
    finding = judged(link, dominant_term)
    assert (finding.verdict, finding.problem) == (Verdict.OPEN, problem)


def test_equivalents_name_the_coefficient_that_may_vanish() -> None:
    finding = judged(relation(limit(SLOPE, T, oo), "=", limit(TAIL, T, oo)), limit_of_equivalents)
    assert finding.problem == "limit-of-equivalents closes the link, but the condition `k1 - k2 ≠ 0` is not known"
