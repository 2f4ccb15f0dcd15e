"""Which random terms have a finite mean: known from the declared laws, or not known."""

import pytest

from derivations import E, cos, derive, e, exp, finite_variance, gaussians, iid, random_variable, symbols, tanh
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of
from derivations.terms.probability import Integrable
from derivations.terms.processes import Bounded

X, Y = random_variable("X"), random_variable("Y")
mu = symbols("mu")
v = symbols("v", positive=True)
BELLS, FINITE, ALIKE = gaussians(X, Y, mean=mu, variance=v), finite_variance(X, Y), iid(X, Y, mean=mu, variance=v)


def known(body, order, *given):
    return discharge(Integrable(body, order), facts_of(given, provers())) is not None


@pytest.mark.parametrize(
    ("body", "order", "law"),
    [
        (abs(X), 2, FINITE),
        (abs(X - Y) / 2, 1, FINITE),
        (cos(X * Y), 2, FINITE),
        (tanh(X) * Y, 1, FINITE),
        (exp(-(X**2)), 2, FINITE),
        (1 / (1 + exp(-X)), 2, FINITE),
        (X**5 * Y**4, 1, BELLS),
        (exp(3 * X - Y + mu), 2, BELLS),
        (e ** (X / v), 1, BELLS),
    ],
    ids=str,
)
def test_known(body, order, law):
    assert known(body, order, law)


@pytest.mark.parametrize(
    ("body", "order", "law"),
    [
        (abs(X) ** 3, 1, FINITE),
        (exp(X), 1, ALIKE),
        (exp(X**2), 1, BELLS),
        (exp(X * Y), 1, BELLS),
        (1 / X, 1, BELLS),
        (1 / (X**2 - 1), 1, BELLS),
        (exp(exp(X)), 1, BELLS),
        (exp(X - E(X)), 1, FINITE),
    ],
    ids=str,
)
def test_not_known(body, order, law):
    assert not known(body, order, law)


def test_what_is_given_of_a_free_value_says_nothing_where_it_varies():
    """`x ≤ 0` for one x does not bound e^x over all of them; a declaration does."""
    x, y = symbols("x"), symbols("y", upper=0)
    facts = facts_of(derive(x, given=[x <= 0]).given, provers())
    assert discharge(x <= 0, facts) is not None
    assert discharge(Bounded(exp(x), (x,)), facts) is None
    assert discharge(Bounded(exp(y), (y,)), facts) is not None
