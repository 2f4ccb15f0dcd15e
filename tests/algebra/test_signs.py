"""Inequalities from what was declared: each that must be known, and each that must not."""

from __future__ import annotations

from typing import Any

import pytest
from judging import is_proved

from derivations import (
    E,
    Eq,
    Ne,
    Pi,
    Sum,
    Var,
    definition,
    delta,
    dot,
    exp,
    family,
    finite_variance,
    function,
    gaussians,
    hypothesis,
    log,
    random_variable,
    sqrt,
    symbols,
    vector,
)  # fmt: skip
from derivations.algebra.normal import in_ring
from derivations.algebra.signs import ANY, NEGATIVE, POSITIVE, ZERO, add, flip, known_relation, multiply, power, sign_of
from derivations.decide import provers
from derivations.kernel.facts import facts_of
from derivations.terms.relations import Relation
from derivations.terms.term import Term

x, y, z, T = symbols("x y z T")
p = symbols("p", positive=True)
b = symbols("b", nonnegative=True)
w = symbols("w", nonzero=True)
k, m, t = symbols("k m t", integer=True)
n = symbols("n", positive=True, integer=True)
n0 = symbols("N", nonnegative=True, integer=True)
i = symbols("i", integer=True, lower=1, upper=n)
a = symbols("a", values=(0, 1))
a3 = symbols("a_3", values=(1, 2, 3))
unit = symbols("u", lower=-1, upper=1)
d = symbols("d", positive=True, integer=True)
theta = vector("theta", d)
f = function("f")
c = family("c", n)
X = random_variable("X")
finite = finite_variance(X)


def given_of(given: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(hypothesis(g) if isinstance(g, Relation) else g for g in given)


def known(relation: Relation, *given: Any) -> bool:
    facts = facts_of(given_of(given), provers())
    return in_ring(facts, lambda s: known_relation(s, relation.sign, s(relation.lhs) - s(relation.rhs)))


KNOWN: list[tuple[Any, ...]] = [
    # by nature
    (exp(x) > 0,), (exp(x) + exp(-x) > 0,), (1 + exp(x) > 1,), (x**2 >= 0,), (x**2 + 1 > 0,), (abs(x) >= 0,),
    (sqrt(x) >= 0,), (Pi > 0,), (Var(X) >= 0, finite), (E(X**2) >= 0, finite), (delta(k, m) >= 0,),
    (dot(theta, theta) >= 0,), (log(2 + x**2) > 0,),
    # by declaration
    (p > 0,), (n >= 1,), (b >= 0,), (Ne(w, 0),), (i >= 1,), (a >= 0,), (a3 > 0,), (unit <= 1,), (p * n > 0,),
    (x > 0, definition(x, p + 1)), (T >= 0, definition(T, x**2)),
    # squares and factors
    (x**2 - 2 * x * y + y**2 >= 0,), (x**2 + x * y + y**2 >= 0,), (x**2 - x + 1 > 0,), (-(x**2) - 1 < 0,),
    (Ne(x**2 + x + 1, 0),), ((x - 1) ** 2 * p >= 0,), (x * y > 0, x > 0, y > 0), (x * y < 0, x > 0, y < 0),
    (1 / p > 0,), (x**3 > 0, x > 0), (Ne(x * y, 0), Ne(x, 0), Ne(y, 0)),
    # shifts and differences
    (x - 1 >= 0, x >= 1), (x**2 - 1 >= 0, x >= 1), (x * y >= 1, x >= 1, y >= 1), (n**2 - n >= 0,),
    (exp(x) - 1 >= 0, x >= 0), (x - z > 0, x > y, y >= z), (x > y - 1, x >= y), (x + y > 0, x > 0, y >= 0),
    (n - i >= 0,), (n - i + 1 > 0,), (x - y >= 0, 2 * x >= 2 * y),
    # roots
    (sqrt(p) > 0,), (sqrt(x + 1) > sqrt(x), x >= 0), (sqrt(x**2 + 1) > x,), (sqrt(x) >= 1, x >= 1),
    # sums
    (Sum(c[t] ** 2, (t, 1, n)) >= 0,), (Sum(exp(c[t]), (t, 1, n)) > 0,), (Sum(1 + t, (t, 0, n0)) > 0,),
    # hypotheses of every shape
    (f(x) > 0, f(x) > 0), (2 * f(x) > 0, f(x) > 0), (f(x) < 0, -f(x) > 0), (x > 0, x / p > 0),
    (abs(x) > 0, Ne(x, 0)), (x < 3, x < 2), (Ne(x, y), x < y),
    # what is given for all, where it speaks of
    (c[1] > 0, c_positive := hypothesis(c[t], ">", 0, for_all=t)),
    (f(2) * f(x) > 0, hypothesis(f(x), ">", 0, for_all=x)),
    (Sum(c[t], (t, 1, n)) > 0, c_positive), (abs(c[k]) <= p, hypothesis(abs(c[t]), "<=", p, for_all=t)),
    (c[i] > 0, in_range := hypothesis(c[i], ">", 0, for_all=i)), (Sum(c[t] / c[t], (t, 1, n)) > 0, in_range),
    # |u| is no less than u, and equations
    (x <= abs(x),), (x + abs(x) >= 0,), (x <= y, abs(x) <= y), (-x <= y, abs(x) <= y), (Ne(x + y, 0), Eq(x + y, 1)),
    (x > y, Eq(x - y, p)),
    # hypotheses that speak of an atom and of what is in it
    (x < exp(x), exp(x) >= 1 + x), (log(p) < p, log(p) <= p - 1), (abs(f(x)) <= 2, abs(f(x)) <= 1),
    (Sum(abs(c[t]), (t, 1, n)) < 2, Sum(abs(c[t]), (t, 1, n)) <= 1),
]  # fmt: skip


@pytest.mark.parametrize("case", KNOWN, ids=str)
def test_known(case: tuple[Any, ...]) -> None:
    assert known(*case)


UNKNOWN: list[tuple[Any, ...]] = [
    (x > 0,), (x >= 0,), (Ne(x, 0),), (x**2 > 0,), (x**3 >= 0,), (abs(x) > 0,), (sqrt(x) > 0,), (exp(x) > 1,),
    (exp(x) >= 1,), (log(x) > 0,), (log(p) >= 0,), (b > 0,), (w > 0,), (n > 1,), (n - i > 0,), (i > 1,), (a > 0,),
    (unit > 0,), (unit < 1,), (f(x) >= 0,), (E(X) >= 0, finite), (Var(X) > 0, finite), (delta(k, m) > 0,),
    (dot(theta, theta) > 0,), (Ne(k, m),), (x > 0, definition(x, y)),
    # almost squares
    (x**2 - 2 * x * y + y**2 > 0,), (x**2 + 3 * x * y + y**2 >= 0,), (x**2 - 3 * x + 1 >= 0,), (x**2 + x >= 0,),
    (x**2 - 10**-9 >= 0,), (x**4 - x**2 >= 0,),
    # one factor's sign is not known
    (x * y > 0, x > 0), (x * y >= 0, x >= 0), (x / y > 0, x > 0), (x > 0, x * y > 0),
    (x > 0, x / y > 0), (Ne(x, 0), x * y >= 0), (x * y**2 > 0, x > 0), (x**k >= 0, Ne(x, 0)),
    # too little room
    (x * y > 1, x >= 1, y >= 1), (x * y >= 2, x >= -1, y >= -2), (x - y >= 0, x >= 1, y <= 2), (x > y, x >= y),
    (x > y, x > y - 1), (x - z > 0, x >= y, y >= z), ((x - 1) * (x - 2) >= 0, x >= 1), (x**2 >= 4, x >= -2),
    (exp(x) > 1, x >= 0), (x**2 >= x, x >= 0), (x**2 <= x, x >= 0),
    # the square says nothing of the root
    (x > 0, x**2 > 0), (x >= y, x**2 >= y**2), (x >= 1, x**2 >= 1), (x > 0, abs(x) > 0), (x >= 0, Ne(x, 0)),
    # reciprocals
    (x > 1, 1 / x > 1), (x < 1 / x, x < 1), (1 / x < 1 / y, x > y),
    # roots
    (sqrt(x) >= x, x >= 0), (sqrt(x**2 - 1) >= x, x**2 >= 1), (y * sqrt(x**2 + 1) >= y * x,),
    (sqrt(x**2 + 1) > abs(x) + 1,),
    # sums that may be empty or have terms of both signs
    (Sum(c[t] ** 2, (t, 1, n)) > 0,), (Sum(exp(c[t]), (t, 1, n0)) > 0,), (Sum(c[t], (t, 1, n)) >= 0,),
    (Sum(t, (t, k, n)) >= 0,), (Sum(1, (t, 1, k)) >= k,),
    # what is known of one letter says nothing of another
    (f(y) > 0, f(x) > 0), (x > 0, y > 0), (c[k] > 0, c[m] > 0),
    (f(y) > 0, hypothesis(f(p), ">", 0, for_all=p)), (c[k] > 0, in_range), (Sum(c[t], (t, 0, n)) > 0, in_range),
    (Sum(c[t], (t, 1, n0)) > 0, c_positive), (c[1] > 1, c_positive), (f(2) > 0, hypothesis(f(x), ">", 0)),
    (x < abs(x),), (x >= abs(x),), (abs(x) <= y, x <= y), (Ne(x, 0), Eq(x + y, 1)), (x > y, Eq(x - y, z)),
    (exp(x) >= 1, exp(x) >= 1 + x), (p >= 1, log(p) <= p - 1), (abs(c[i]) < 1, Sum(abs(c[t]), (t, 1, n)) <= 1),
]  # fmt: skip


@pytest.mark.parametrize("case", UNKNOWN, ids=str)
def test_unknown_is_not_yes(case: tuple[Any, ...]) -> None:
    assert not known(*case)


def test_a_quotient_has_a_sign_where_it_is_defined() -> None:
    """That it is defined is asked separately, of the line as it is written."""
    assert known(1 / x > 0, x >= 0)
    assert not is_proved(1 / x, ">", 0, given=[x >= 0])
    assert is_proved(1 / x, ">", 0, given=[x > 0])


def test_contradictory_hypotheses_prove_nothing_of_a_sign() -> None:
    assert not known(x > 5, x > 0, x < 0)


def test_what_is_relied_on_is_recorded() -> None:
    facts = facts_of(given_of((x > 0, y > 0, z > 0)), provers())

    def used(term: Term) -> set[str]:
        def work(s: Any) -> set[str]:
            assert sign_of(s, s(term)) == POSITIVE
            return set(s.used)

        return in_ring(facts, work)

    assert used(x * y) == {"x > 0", "y > 0"}
    assert used(p**2 + x) == {"x > 0"}
    assert used(exp(x)) == set()


def test_a_sure_inequality_bounds_the_mean_and_one_about_an_outcome_does_not() -> None:
    law = gaussians(X, mean=-1, variance=1)
    assert known(E(abs(X)) >= 0, law)
    assert not known(E(X) >= 0, law, X >= 0)
    assert not known(E(T) >= 0, law, definition(T, X), T >= 0)


# -- the calculus of signs -------------------------------------------------------------------
MASKS = range(1, 8)


def signs(mask: int) -> list[int]:
    return [sign for bit, sign in ((NEGATIVE, -1), (ZERO, 0), (POSITIVE, 1)) if mask & bit]


def mask_of(value: int) -> int:
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO


@pytest.mark.parametrize("left", MASKS)
@pytest.mark.parametrize("right", MASKS)
def test_signs_of_sums_and_products(left: int, right: int) -> None:
    """Each mask is the set of what may come out; for a sum, both summands may have any size."""
    products = sum({mask_of(r * s) for r in signs(left) for s in signs(right)})
    sums = {mask_of(size * r + s) for r in signs(left) for s in signs(right) for size in (1, 2)}
    sums |= {mask_of(r + size * s) for r in signs(left) for s in signs(right) for size in (1, 2)}
    assert multiply(left, right) == products
    assert add(left, right) & sum(sums) == sum(sums)
    assert add(left, right) in (sum(sums), ANY, sum(sums) | ZERO)


@pytest.mark.parametrize("mask", MASKS)
def test_signs_of_powers(mask: int) -> None:
    for n_ in (1, 2, 3, 4):
        assert power(mask, n_) == sum({mask_of(s**n_) for s in signs(mask)})
    assert flip(mask) == sum({mask_of(-s) for s in signs(mask)})
