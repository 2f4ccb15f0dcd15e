"""Which reasons are found for a link: nothing but algebra, what is named, one reason, several."""

import pytest

from derivations import (
    E,
    Sum,
    Var,
    definition,
    derive,
    diff,
    exp,
    family,
    hypothesis,
    independent,
    law,
    log,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.checking import check
from derivations.context.facts import facts_of
from derivations.decide import provers
from derivations.derivation import reason_name
from derivations.kernel.report import Verdict
from derivations.prove.search import TRIES, search
from derivations.rules import rule
from derivations.terms.relations import relation

x, y = symbols("x y")
a, b = symbols("a b", positive=True)
n = symbols("n", integer=True, positive=True)
i = symbols("i", integer=True)
c = family("c", n)
X, Y = random_variable("X"), random_variable("Y")
LAWS = (law(X, mean=a, variance=1), law(Y, mean=b, variance=4), independent(X, Y))


def found(lhs, rhs, given=(), named=(), results=(), sign="="):
    known = {}
    for result in results:
        check(result, reproduce=False, known=known)
    link = relation(lhs, sign, rhs)
    made = tuple(derive(lhs, given=given).given)
    return search(link, made, facts_of(made, provers()), known, named, results)


def names(result):
    return [reason_name(reason) for reason in result.reasons]


def test_algebra_needs_no_reason():
    result = found((x + y) ** 2, x**2 + 2 * x * y + y**2)
    assert (result.proved, names(result), result.tried) == (True, [], 1)


@pytest.mark.parametrize(
    ("lhs", "rhs", "given", "reasons"),
    [
        (log(a * b**2), log(a) + 2 * log(b), (), []),
        (Var(2 * X - 3 * Y), 4 * Var(X) + 9 * Var(Y), LAWS, ["variance-of-independent-sum"]),
        (diff(x * exp(x), x), exp(x) + x * exp(x), (), ["differentiation"]),
    ],
)
def test_one_rule_is_found(lhs, rhs, given, reasons):
    assert names(found(lhs, rhs, given)) == reasons


def test_what_is_given_is_found():
    centred = hypothesis(Sum(c[i], (i, 1, n)), "=", 0)
    square = found(Sum((c[i] - x) ** 2, (i, 1, n)), Sum(c[i] ** 2, (i, 1, n)) + n * x**2, (centred,))
    assert names(square) == [reason_name(centred)]


def test_a_definition_is_found_and_what_is_algebra_after_it():
    f = symbols("f")
    made = definition(f, log(a * b))
    result = found(f, log(a) + log(b), (made,))
    assert result.proved and names(result) == ["definition of f"]


def test_what_is_named_comes_first_and_is_not_needed_in_vain():
    result = found(E(X + Y), a + b, LAWS, named=(rule("linearity-of-expectation"),))
    assert result.proved and "linearity-of-expectation" in names(result)
    idle = found(log(a * b), log(a) + log(b), named=(rule("linearity-of-expectation"),))
    assert names(idle) == []


def test_an_earlier_result_is_found():
    mean = derive(E(X + Y), given=LAWS).eq(a + b, by=["linearity-of-expectation", *LAWS[:2]]).qed(E(X + Y), "=", a + b)
    assert check(mean, reproduce=False).verdict is Verdict.PROVED
    result = found(E(X + Y) ** 2 - a**2, 2 * a * b + b**2, LAWS, results=(mean,))
    assert result.proved


@pytest.mark.parametrize(
    ("lhs", "rhs", "given"),
    [
        ((x + y) ** 2, x**2 + y**2, ()),
        (log(a * b), log(a) * log(b), ()),
        (Var(X - Y), Var(X) - Var(Y), LAWS),
        (E(X * Y), E(X) + E(Y), LAWS),
        (diff(x * exp(x), x), exp(x), ()),
        (Var(X + Y), Var(X) + Var(Y), LAWS[:2]),
        (E(X**2), a**2, LAWS),
    ],
)
def test_what_is_false_is_not_proved_by_anything(lhs, rhs, given):
    result = found(lhs, rhs, given)
    assert not result.proved and result.tried <= TRIES + 5


def test_a_missing_condition_ends_the_search():
    result = found(x * y / x, y)
    assert not result.proved and result.tried == 1
    assert result.finding.problem == "the condition `x ≠ 0` is not known"


def test_the_search_is_the_same_every_time():
    first, again = (found(Var(2 * X - 3 * Y), 22, LAWS) for _ in range(2))
    assert names(first) == names(again) and first.tried == again.tried
