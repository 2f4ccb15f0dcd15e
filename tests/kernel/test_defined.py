"""`defined`: what is written is defined; of what nobody wrote it says nothing, and nothing false follows from it."""

from __future__ import annotations

import pytest

from derivations import (
    E,
    Eq,
    Integral,
    Ne,
    Or,
    Sum,
    Var,
    assert_proves,
    continuity,
    defined,
    derive,
    diff,
    differentiation,
    exp,
    family,
    function,
    geometric_series,
    limit,
    linearity_of_expectation,
    log,
    logarithm_laws,
    oo,
    random_variable,
    sin,
    sqrt,
    symbols,
    symmetry_of_the_integrand,
    variance_definition,
)  # fmt: skip
from derivations.kernel.report import Verdict
from derivations.replay.certify import certify
from derivations.replay.verify import verify
from tests.judging import chain, finding, judged, result

x, y, z = symbols("x y z")
n = symbols("n", integer=True, positive=True)
k = symbols("k", integer=True)
c, f = family("c", n), function("f")
X, Y = random_variable("X"), random_variable("Y")

WRITTEN = [
    ((x**2 - 1) / (x - 1), x + 1, None),
    (x / y * y, x, None),
    (x * y / (x * z), y / z, None),
    (sqrt(x) ** 2, x, None),
    (exp(log(x)), x, None),
    (sqrt(x * y), sqrt(x) * sqrt(y), None),
    (log(x * y), log(x) + log(y), logarithm_laws),
    (log(x / y), log(x) - log(y), logarithm_laws),
    (diff(log(x), x), 1 / x, differentiation),
    (diff(f(x) + x, x), diff(f(x), x) + 1, differentiation),
    (E(X + Y), E(X) + E(Y), linearity_of_expectation),
    (Var(X), E(X**2) - E(X) ** 2, variance_definition),
    (Sum(c[k] / c[k], (k, 1, n)), n, None),
    (Sum(x**k + y**k, (k, 0, oo)), Sum(x**k, (k, 0, oo)) + Sum(y**k, (k, 0, oo)), None),
]


@pytest.mark.parametrize(("left", "right", "by"), WRITTEN)
def test_what_is_written_is_defined_where_that_is_given(left, right, by) -> None:
    assert judged(left, "=", right, by=by).verdict is Verdict.OPEN
    found = judged(left, "=", right, by=by, given=[defined])
    assert found.verdict is Verdict.PROVED, found.problem
    assert any(defined.text in condition.discharged_by for condition in found.conditions)


NOT_WRITTEN = [
    (log(x**2), 2 * log(abs(x)) + log(y) - log(y * 1), logarithm_laws),  # nobody wrote log x
    (sqrt(x**2), x, None),
    (sqrt(x * y), sqrt(-x) * sqrt(-y) + y - y, None),
    (E(X), E(X + Y) - E(Y), None),
    (E(X * Y), E(X) * E(Y), linearity_of_expectation),
    (E(1 / X), 1 / E(X), linearity_of_expectation),
    (Sum(x**k, (k, 0, oo)), 1 / (1 - x) + 1 - 1, None),
    (diff(f(x) * x, x), x * diff(f(x), x), differentiation),
    (x / x, 0, None),
    (x / x, 2, None),
    (log(x) / log(x), x / x + 1, None),
]


@pytest.mark.parametrize(("left", "right", "by"), NOT_WRITTEN)
def test_it_gives_nothing_else(left, right, by) -> None:
    assert judged(left, "=", right, by=by, given=[defined]).verdict is Verdict.OPEN


@pytest.mark.parametrize(("left", "sign", "right"), [
    (1 / (x - x), "=", 7),
    (1 / (x - x), "=", 1 / (x - x) + 1),
    (log(x) + log(-x), "=", 5),
    (sqrt(-1 - x**2) - sqrt(-1 - x**2), "=", 1),
    (Sum(k / k, (k, 0, n)), "=", n + 1),
    (c[0], "=", c[0] + 0 * x),
    (log(-exp(x)) * 0, "=", 0),
    (x + 0 * log(-exp(x)), ">", x - 1),
])  # fmt: skip
def test_a_line_that_is_nowhere_defined_says_nothing(left, sign, right) -> None:
    assert judged(left, sign, right, given=[defined]).verdict is Verdict.OPEN


@pytest.mark.parametrize(("left", "right", "by"), [
    (Integral(1 / x, (x, -1, 1)), 0, symmetry_of_the_integrand),
    (Integral(x**3, (x, -oo, oo)), 0, symmetry_of_the_integrand),
    (Sum(1 / k, (k, 1, oo)) - Sum(1 / k, (k, 1, oo)), 0, None),
    (limit(1 / x, x, 0) - limit(1 / x, x, 0), 0, None),
    (0 * limit(sin(x), x, oo), 0, None),
])  # fmt: skip
def test_that_a_number_exists_is_no_hypothesis(left, right, by) -> None:
    """Where no name, unknown function or random variable occurs, it converges or it does not."""
    assert judged(left, "=", right, by=by, given=[defined]).verdict is Verdict.OPEN


@pytest.mark.parametrize(("left", "right", "by"), [
    (Integral(x * exp(-(x**2)), (x, -oo, oo)), 0, symmetry_of_the_integrand),
    (Integral(x * f(x) / f(x), (x, -1, 1)) - Integral(x * f(x) / f(x), (x, -1, 1)), 0, None),
    (Sum(c[k] / y**k, (k, 1, oo)) - Sum(c[k] / y**k, (k, 1, oo)), 0, None),
    (Sum(1 / k**2, (k, 1, oo)) - Sum(1 / k**2, (k, 1, oo)), 0, None),
    (0 * limit(f(x), x, oo), 0, None),
    (x / x + limit(sin(x), x, 0), 1, continuity),
])  # fmt: skip
def test_what_may_exist_is_assumed_and_what_exists_is_proved(left, right, by) -> None:
    found = judged(left, "=", right, by=by, given=[defined])
    assert found.verdict is Verdict.PROVED, found.problem


def test_it_is_a_hypothesis_like_any_other() -> None:
    made = derive(x / x, given=[defined]).eq(1).eq(y / y).qed(x / x, "=", y / y)
    assert made.check().verdict is Verdict.PROVED
    assert made.rests_on() == ("everything written is defined",)
    assert str(made.stands_for()) == "x ≠ 0   (step 1)\ny ≠ 0   (step 2)"
    assert "everything written is defined" in certify(made)["derivations"][0]["links"][0]["certificate"].__str__()
    assert verify(certify(made)) == []
    idle = derive(x + x, given=[defined]).eq(2 * x).qed(x + x, "=", 2 * x)
    assert idle.rests_on() == () and str(idle.stands_for()) == "nothing rests on it"


def test_a_result_that_rests_on_it_needs_that_its_lines_are_defined() -> None:
    cancelled = result((x**2 - 1) / (x - 1), "=", x + 1, given=[defined])
    squared = (y**4 - 1) / (y**2 - 1)
    there = chain((y**2) ** 2 / 1 + ((y**2) ** 2 - 1) / (y**2 - 1) - y**4, "=", y**2 + 1, by=cancelled)
    assert finding(there).verdict is Verdict.OPEN
    assert (
        judged(((y**2) ** 2 - 1) / (y**2 - 1) * f(x), "=", (y**2 + 1) * f(x), by=cancelled, given=[y > 1]).verdict
        is Verdict.PROVED
    )
    assert judged(squared, "=", y**2 + 1, by=cancelled, given=[defined]).verdict is Verdict.PROVED


def test_false_lines_are_refuted_all_the_same() -> None:
    with pytest.raises(AssertionError, match="refuted"):
        assert_proves(x / x, "=", 2, given=[defined])
    with pytest.raises(AssertionError, match="refuted"):
        assert_proves(sqrt(x**2), "=", x, given=[defined])
    assert not derive(Sum(x**k, (k, 0, oo)), given=[defined]).eq(1 / (1 + x), by=geometric_series).check()


@pytest.mark.parametrize(
    ("first", "sign", "second"),
    [
        (Eq(x / (x - 1), 1 / (x - 1)), "<=>", Eq(x, 1)),
        (Eq(x**2 / x, 0), "<=>", Eq(x, 0)),
        (Eq(x, 0), "=>", Eq(1 / x, 0)),
        (Eq(x**2 / x, x), "<=>", Or(Eq(x, 0), Ne(x, 0))),
    ],
    ids=str,
)
def test_between_statements_it_does_not_exclude_the_solution_in_question(first, sign, second):
    chain = derive(first, given=[defined]).link(sign, second).qed(first, sign, second)
    assert not chain.check(reproduce=False)


def test_between_statements_what_is_given_itself_still_holds():
    chain = derive(Eq(x / y, 1), given=[defined, Ne(y, 0)]).iff(Eq(x, y)).qed(Eq(x / y, 1), "<=>", Eq(x, y))
    assert chain.check(reproduce=False)
