"""The letter of a bound index says nothing; what is given for all values is known of each of them."""

from __future__ import annotations

import pytest

from derivations import (
    E,
    Integral,
    Sum,
    Var,
    declared_moments,
    definition,
    delta,
    derive,
    diff,
    differentiation,
    family,
    function,
    hypothesis,
    iid,
    random_family,
    symbols,
    variance_of_independent_sum,
    variance_scaling,
)
from derivations.checking import check
from derivations.context.facts import facts_of
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.report import Verdict

n = symbols("n", integer=True, positive=True)
k, m = symbols("k m", integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
x, y, c = symbols("x y c")
p, q = symbols("p q", positive=True)
ys, zs = family("y", n), family("z", n)
f, F = function("f"), function("F")
X = random_family("X", n)
law = iid(X, mean=c, variance=p)
BY = [variance_of_independent_sum, variance_scaling, declared_moments]


def proved(lhs, rhs, given=(), by=None) -> bool:
    return check(derive(lhs, given=list(given)).eq(rhs, by=by), reproduce=False).verdict is Verdict.PROVED


def context(*given):
    return facts_of(given, provers(), ())


@pytest.mark.parametrize("letter", [i, j, k])
def test_a_given_sum_does_not_tie_its_index_to_what_is_summed(letter) -> None:
    whole = hypothesis(Sum(zs[letter], (letter, 1, n)), "=", 1)
    mean = definition(c, Sum(ys[letter] / n, (letter, 1, n)))
    for given in (whole, mean):
        assert proved(Sum(ys[i] * delta(i, j), (i, 1, n)), ys[j], [given, definition(f(i), zs[i])])


@pytest.mark.parametrize("letter", [k, m])
def test_a_definition_that_sums_over_the_same_letter_leaves_variances_as_they_are(letter) -> None:
    total = Sum(X[k], (k, 1, n))
    assert proved(Var(total), n * p, [law, definition(y, Sum(X[letter], (letter, 1, n)))], BY[::2])
    weight = definition(x, Sum(1 / letter**2, (letter, 1, 9)))
    assert proved(Var(Sum(x * X[k], (k, 1, n))), n * p * x**2, [law, weight], BY)


def test_what_a_definition_says_of_a_free_letter_is_one_thing_for_all_terms() -> None:
    one, total = definition(y, X[k]), definition(y, Sum(X[k], (k, 1, n)))
    for given in (one, total):
        assert not proved(Var(Sum(y, (k, 1, n))), n * Var(y), [law, given], BY)
        assert not proved(Var(Sum(X[k] + y, (k, 1, n))), n * Var(X[1] + y), [law, given], BY)
    pairs = Sum(f(k) + f(k + 1), (k, 1, n - 1))
    assert not proved(Var(pairs), (n - 1) * 2 * p, [law, definition(f(k), X[k])], BY)
    assert not proved(Var(Sum(Sum(X[k], (k, 1, n)), (k, 1, n))), n * n * p, [law], BY)


def test_what_is_free_in_a_given_stays_tied() -> None:
    assert not proved(diff(y, x), 0, [hypothesis(y, "=", x**2)], differentiation)
    assert not proved(diff(y, x), 0, [hypothesis(y, "=", x * Integral(x, (x, 0, 1)))], differentiation)
    assert proved(diff(y, x), 0, [hypothesis(y, "=", Integral(x, (x, 0, 1)))], differentiation)
    assert not proved(diff(y, x), 0, [definition(c, x**2), definition(y, Integral(c, (x, 0, 1)))], differentiation)
    assert not proved(diff(y, x), 0, [hypothesis(y, "=", x + Sum(k, (k, 1, n)))], differentiation)


above_k = symbols("n", integer=True, lower=k)
ones = hypothesis(F(k, above_k), "=", 1, for_all=(k, above_k))


@pytest.mark.parametrize(("a", "b"), [(2, 3), (2, 2), (-1, 0), (m, m + 1), (n, n)])
def test_a_link_that_is_an_instance_of_what_is_given_needs_no_reason(a, b) -> None:
    assert proved(F(a, b), 1, [ones])
    assert proved(F(a, b), 1, [ones], ones)


@pytest.mark.parametrize(("a", "b"), [(3, 2), (2, x), (x, x), (m + 1, m), (m, n), (k, m)])
def test_a_bound_between_the_values_is_asked_for(a, b) -> None:
    assert not proved(F(a, b), 1, [ones])
    assert not proved(F(a, b), 1, [ones], ones)


def test_a_given_equation_is_known_of_its_own_values_alone() -> None:
    assert proved(F(2, 3), x, [hypothesis(F(2, 3), "=", x)])
    assert not proved(F(3, 2), x, [hypothesis(F(2, 3), "=", x)])
    assert not proved(Sum(F(m, 1), (m, 1, 2)), 2 * x, [hypothesis(F(m, 1), "=", x)])
    assert not proved(F(m, 1), 1, [hypothesis(F(k, 1), "=", 1)])


def test_an_instance_is_one_of_a_number_where_a_number_was_meant() -> None:
    mean = hypothesis(E(x * X[1]), "=", x, for_all=(x,))
    above = hypothesis(E(x * X[1]) > x, for_all=(x,))
    assert proved(E(y * X[1]), y, [mean, law])
    assert not proved(E(X[1] ** 2), X[1], [mean, law])
    assert not proved(E(y * X[1]), y, [mean, law, hypothesis(y, "=", X[1])])
    assert discharge(E(y * X[1]) > y, context(above, law)) is not None
    assert discharge(E(y * X[1]) > y, context(above, law, hypothesis(y, "=", X[1]))) is None
