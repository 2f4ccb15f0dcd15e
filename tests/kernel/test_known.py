"""What is given is known: signs of factors, absolute values, squares, what holds at a point holds around it."""

from __future__ import annotations

import pytest

from derivations import (
    E,
    Ne,
    Sum,
    Var,
    definition,
    diff,
    differentiation,
    exp,
    family,
    function,
    gaussians,
    geometric_series,
    hypothesis,
    law,
    log,
    oo,
    random_variable,
    sqrt,
    symbols,
)
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of
from derivations.kernel.report import Verdict
from derivations.terms.relations import Relation
from tests.judging import judged, result

x, y, z, u, c = symbols("x y z u c")
p, q, eps = symbols("p q epsilon", positive=True)
n = symbols("n", integer=True, positive=True)
j = symbols("j", integer=True, lower=1, upper=n)
k, m = symbols("k m", integer=True)
xs = family("x", n)
f = function("f")
X = random_variable("X")
S = Sum(xs[m] ** 2, (m, 1, n))


def known(statement, *given) -> bool:
    made = tuple(hypothesis(g) if isinstance(g, Relation) else g for g in given)
    return discharge(statement, facts_of(made, provers())) is not None


KNOWN = [
    (u < 1, [abs(u) < 1]),
    (u > -1, [abs(u) < 1]),
    (1 - u > 0, [abs(u) < 1]),
    (u <= c, [abs(u) <= c]),
    (2 * u < 3, [2 * abs(u) < 3]),
    (u < 2, [u**2 < 4]),
    (u > -p, [u**2 < p**2]),
    (1 - u > 0, [u**2 < 1]),
    (Ne(x, 0), [Ne(x * y, 0)]),
    (Ne(1 - y, 0), [Ne(x - x * y, 0)]),
    (y > 0, [x * y > 0, x > 0]),
    (y < 0, [x * y < 0, x > 0]),
    (1 - y > 0, [1 - y**2 > 0, 1 + y > 0]),
    (Ne(1 - y, 0), [1 - y**2 > 0]),
    (exp(x) - 1 > 0, [x > 0]),
    (1 - exp(-x) > 0, [x > 0]),
    (exp(p * q) > 1, []),
    ((x - y) ** 2 + (y - z) ** 2 >= 0, []),
    ((x - y) ** 2 + (y - z) ** 2 + eps > 0, []),
    (Sum((xs[m] - c) ** 2, (m, 1, n)) + eps > 0, []),
    ((x - y) * (x - y) >= 0, []),
    (Ne(Var(X), 0), [law(X, mean=x, variance=p**2)]),
    (Var(X) > 0, [gaussians(X, mean=x, variance=p)]),
    (E(X) > 0, [gaussians(X, mean=p, variance=1)]),
    (y + 1 > 0, [hypothesis(y, "=", x / (1 - x)), x < 1]),
    (f(x) > 0, [definition(f(x), 1 + x**2)]),
]
NOT_KNOWN = [
    (u < 1, [abs(u) < 2]),
    (u < 1, [abs(u) > 1]),
    (u > 1, [abs(u) < 1]),
    (u < 1, [abs(u) < c]),
    (u < 2, [u**2 > 4]),
    (u > -y, [u**2 < y**2]),
    (Ne(x, 0), [Ne(x + y, 0)]),
    (Ne(x, 0), [x * y >= 0]),
    (y > 0, [x * y > 0]),
    (y > 0, [x * y > 0, x >= -1]),
    (1 - y > 0, [1 - y**2 < 0]),
    (exp(x) - 1 > 0, [x >= 0]),
    (exp(x) - 2 > 0, [x > 0]),
    ((x - y) ** 2 > 0, []),
    ((x - y) * (y - x) >= 0, []),
    (Sum(xs[m] - c, (m, 1, n)) + eps > 0, []),
    (Ne(Var(X), 0), [law(X, mean=x, variance=c**2)]),
    (E(X) > 0, [gaussians(X, mean=c, variance=1)]),
    (y + 1 > 0, [hypothesis(y, "=", x / (1 - x))]),
    (f(x) > 1, [definition(f(x), 1 + x**2)]),
]


@pytest.mark.parametrize(("statement", "given"), KNOWN)
def test_known(statement, given) -> None:
    assert known(statement, *given)


@pytest.mark.parametrize(("statement", "given"), NOT_KNOWN)
def test_not_known(statement, given) -> None:
    assert not known(statement, *given)


PROVED = [
    (diff(log(S), xs[j]), 2 * xs[j] / S, [S > 0], differentiation),
    (diff(log(x + y), y), 1 / (x + y), [x > 0, y >= 0], differentiation),
    (diff(sqrt(x * y), x), y / (2 * sqrt(x * y)), [x * y > 0], differentiation),
    (Sum(u**k, (k, 0, oo)), 1 / (1 - u), [abs(u) < 1], geometric_series),
    (u / (1 - y**2) ** 3, u / (1 - y**2) / (1 - y**2) ** 2, [1 - y**2 > 0], None),
    (y * y**k, y ** (k + 1), [k >= 0], None),
    (E(f(X)), E(X**2), [gaussians(X, mean=c, variance=p), definition(f(x), x**2)], "definition"),
    (E(log(exp(X))), E(X), [gaussians(X, mean=c, variance=p)], None),
]


@pytest.mark.parametrize(("left", "right", "given", "by"), PROVED)
def test_what_is_given_is_used(left, right, given, by) -> None:
    by = given[-1] if by == "definition" else by
    found = judged(left, "=", right, given=given, by=by)
    assert found.verdict is Verdict.PROVED, found.problem


OPEN = [
    (diff(log(S), xs[j]), 2 * xs[j] / S, [S >= 0], differentiation),
    (diff(log(x + y), y), 1 / (x + y), [x >= 0, y >= 0], differentiation),
    (diff(abs(x), x), 1, [x >= 0], differentiation),
    (diff(abs(f(x)), x), diff(f(x), x), [f(x) > 0], differentiation),
    (diff(sqrt(x), x), 1 / (2 * sqrt(x)), [x >= 0], differentiation),
    (Sum(u**k, (k, 0, oo)), 1 / (1 - u), [abs(u) <= 1], geometric_series),
    (y * y**k, y ** (k + 1), [k >= -1], None),
    (E(f(X)), E(X**2), [definition(f(x), x**2)], "definition"),
]


@pytest.mark.parametrize(("left", "right", "given", "by"), OPEN)
def test_what_is_not_given_is_not(left, right, given, by) -> None:
    by = given[-1] if by == "definition" else by
    assert judged(left, "=", right, given=given, by=by).verdict is Verdict.OPEN


def test_a_proved_relation_that_is_cited_discharges_conditions() -> None:
    positive = result(x**2 - x + 1, ">", 0)
    line = (x**2 - x + 1) / (x**2 - x + 1)
    assert judged(line, "=", 1, by=positive).verdict is Verdict.PROVED
    assert judged(abs(x**2 - x + 1), "=", x**2 - x + 1, by=positive).verdict is Verdict.PROVED
    conditional = result(x + 1, ">", 1, given=[x > 0])
    assert judged((x + 1) / (x + 1), "=", 1, by=conditional).verdict is Verdict.OPEN
