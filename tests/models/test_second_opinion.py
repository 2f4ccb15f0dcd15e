"""The second evaluator: it is independent of the first, and a witness needs both."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from flint import arb
from hypothesis import given, settings
from mpmath import mp, mpf

import derivations.models.second_opinion as package
from derivations import E, Sum, Var, diff, exp, limit, oo, sqrt, symbols
from derivations.models import numbers
from derivations.models.chances import Driver
from derivations.models.hypotheses import problem
from derivations.models.model import Choice, Model
from derivations.models.numbers import NoValue
from derivations.models.search import refute, seconded
from derivations.models.second_opinion.arithmetic import Unknown
from derivations.models.second_opinion.confirming import confirms, opinion
from derivations.models.second_opinion.evaluator import Second
from derivations.models.worlds import Missing
from derivations.terms.relations import relation
from derivations.terms.term import Term, TermError
from tests.models.links import FALSE, TRUE, X, link, x
from tests.strategies import terms

pytestmark = pytest.mark.once

F = Fraction


def test_it_shares_no_arithmetic_with_the_first() -> None:
    """Of the first evaluator it takes exceptions and points of spaces, at most."""
    for path in Path(package.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("derivations.models"):
                own = (node.module or "").startswith("derivations.models.second_opinion")
                names = {alias.name for alias in node.names}
                assert own or names <= {"Element", "Key", "Model"} or node.module == "derivations.models", path
            assert not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flint"))


def broken_difference(a, b):
    return numbers.add(a, b)


def broken_moment(self, order):
    return F(order + 1)


def broken_product(a, b):
    return a * b + 1 if isinstance(a, Fraction) and isinstance(b, Fraction) else right_product(a, b)


def broken_power(a, b):
    return F(7)


right_product = numbers.multiply


BROKEN = {
    "a difference is a sum": (numbers, "subtract", broken_difference),
    "the moments of a Gaussian": (Driver, "moment", broken_moment),
    "a product": (numbers, "multiply", broken_product),
    "a power": (numbers, "power", broken_power),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_first_evaluator_refutes_nothing_that_is_true(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*BROKEN[fault])
    assert [name for name in TRUE if refute(*TRUE[name], budget=12) is not None] == []


@pytest.mark.parametrize("fault", ["a difference is a sum", "the moments of a Gaussian"])
def test_without_the_second_it_would(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*BROKEN[fault])
    monkeypatch.setattr("derivations.models.second_opinion.confirming.confirms", lambda *_: True)
    assert any(refute(*TRUE[name], budget=12) is not None for name in TRUE)


def test_a_second_that_never_agrees_leaves_all_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.models.second_opinion.confirming.confirms", lambda *_: False)
    assert all(refute(*FALSE[name], budget=12) is None for name in FALSE)


def number(value) -> mpf | None:
    if isinstance(value, Fraction):
        return mpf(value.numerator) / value.denominator
    return mpf(value.mid().str(45, radius=False)) if isinstance(value, arb) else None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(terms())
def test_both_find_the_same(term: Term) -> None:
    try:
        posed = problem(relation(term, "=", 0), [])
    except TermError:
        return
    for filling in (0, 2, 5):
        pools = tuple((symbol, F(least)) for symbol, least in posed.grid)
        with mp.workdps(60), numbers.precision(256):
            try:
                model = Model(posed, Choice(pools, filling, smooth=True))
                first = number(model(term))
                second = Second(model)(term)
            except (NoValue, Unknown, Missing, TermError, OverflowError):
                continue
            if first is not None and not isinstance(second, tuple):
                second = number(second) if isinstance(second, Fraction) else second
                # where digits cancel, 60 of them leave fewer
                assert abs(first - second) <= mpf(10) ** -20 * max(1, abs(first)), (term.text, filling)


T, C = symbols("T C")
tail = exp(T) * (1 + exp(-T)) - exp(T)


def model_of(judged) -> Model:
    posed = problem(*judged)
    model = Model(posed, Choice(tuple((s, F(least)) for s, least in posed.grid), 0))
    for side in (judged[0].lhs, judged[0].rhs):
        model(side)
    return model


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (link(limit(tail, T, oo), "=", limit(exp(T) - exp(T), T, oo)), False),  # all digits cancel far away
        (link(limit(sqrt(T**2 + T) - T, T, oo), "=", F(1, 2)), True),
        (link(limit((1 + exp(-T)) / (2 + exp(-T)), T, oo), "=", F(1, 2)), True),
        (link(Sum(F(1, 2) ** symbols("k", integer=True), (symbols("k", integer=True), 0, oo)), "=", 2), True),
        (link(Sum(F(1, 2) ** symbols("k", integer=True), (symbols("k", integer=True), 0, oo)), "=", 1), False),
    ],
    ids=lambda thing: str(thing[0]) if isinstance(thing, tuple) else str(thing),
)
def test_limits_and_series(judged, said) -> None:
    try:
        model = model_of(judged)
    except NoValue:
        model = Model(problem(*judged), Choice((), 0))
    assert opinion(model, judged[0]) is said
    assert confirms(model, judged[0]) is not said


def test_averages_in_many_dimensions() -> None:
    """Var(Σ q_t k_t) = d for independent standard Gaussians, with 16 of each."""
    from tests.models.links import d_k, k, normal, q, t

    judged = link(Var(Sum(q[1, t] * k[1, t], (t, 1, d_k))), "=", d_k, normal)
    posed = problem(*judged)
    model = Model(posed, Choice(tuple((s, F(16) if s == d_k else F(1)) for s, _ in posed.grid), 0))
    assert model(judged[0].lhs) == 16
    assert Second(model)(judged[0].lhs) == 16
    assert opinion(model, judged[0]) is True
    assert opinion(model, judged[0], patience=10) is None


def test_a_gaussian_is_averaged_in_powers_and_exponentials() -> None:
    from derivations import gaussians

    for power, moment in ((2, 1), (4, 3), (6, 15), (8, 105), (9, 0)):
        judged = link(E(X**power), "=", moment, gaussians(X, mean=0, variance=1))
        assert opinion(model_of(judged), judged[0]) is True
    for body, mean in ((X**10, 945), (exp(X), sqrt(exp(1))), (X * exp(2 * X), 2 * exp(2))):
        judged = link(E(body), "=", mean, gaussians(X, mean=0, variance=1))
        assert opinion(model_of(judged), judged[0]) is True
    assert x != X


def test_a_difference_quotient_is_no_exact_number() -> None:
    """∂/∂x (x³)³ = 9x⁸: of exact values it is exact up to h⁴ only."""
    z = symbols("z")
    for body, slope in (((z**3) ** 3, 9 * z**8), (1 / (1 + z**2), -2 * z / (1 + z**2) ** 2)):
        assert seconded(relation(diff(body, z), "=", slope), (), 20) == 20
        assert refute(relation(diff(body, z), "=", -slope), ()) is not None
