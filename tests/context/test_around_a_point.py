"""Below a derivative: what holds at the point and is open holds around it; nothing else of the point does."""

from __future__ import annotations

import pytest

from derivations import Sum, diff, exp, family, function, hypothesis, log, symbols
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of

x, y = symbols("x y")
n = symbols("n", integer=True, positive=True)
m = symbols("m", integer=True)
j = symbols("j", integer=True, lower=1, upper=n)
xs = family("x", n)
f, g = function("f"), function("g", smooth=True)
S = Sum(xs[m] ** 2, (m, 1, n))


def known_around(statement, variable, *given) -> bool:
    facts = facts_of(tuple(hypothesis(g) for g in given), provers())
    return discharge(statement, facts.enter(diff(log(x + y), variable).scope())) is not None


@pytest.mark.parametrize(("statement", "variable", "given"), [
    (x + y > 0, y, [x > 0, y >= 0]),
    (x > 0, x, [x > 0]),
    (S > 0, xs[j], [S > 0]),
    (g(x) > 0, x, [g(x) > 0]),
    (exp(x) - 1 > 0, x, [x > 0]),
    (x * y > 0, x, [x * y > 0]),
])  # fmt: skip
def test_holds_around(statement, variable, given) -> None:
    assert known_around(statement, variable, *given)


@pytest.mark.parametrize(("statement", "variable", "given"), [
    (x + y >= 0, y, [x >= 0, y >= 0]),
    (x >= 0, x, [x >= 0]),
    (x + y > 0, y, [x >= 0, y >= 0]),
    (f(x) > 0, x, [f(x) > 0]),  # f may jump
    (x <= 1, x, [x <= 1]),
    (S >= 1, xs[j], [S >= 1]),
])  # fmt: skip
def test_does_not_hold_around(statement, variable, given) -> None:
    assert not known_around(statement, variable, *given)
