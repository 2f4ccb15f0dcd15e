"""Chains of ⟺ and ⟹: factors into cases, squares and roots, systems; a solution that is lost or gained is shown."""

from __future__ import annotations

import pytest
import sympy

from derivations import (
    And,
    Eq,
    Ne,
    Or,
    TermError,
    assert_proves,
    defined,
    derive,
    exp,
    log,
    positive_square_root,
    sqrt,
    symbols,
)
from derivations.kernel.report import Verdict
from derivations.replay.certify import certify
from derivations.replay.verify import verify
from derivations.terms.term import as_term
from tests.judging import chain, finding, judged, result

x, y, a, b, c = symbols("x y a b c")
p, q = symbols("p q", positive=True)

TRUE = [
    (Eq(x**2, 0), "<=>", Eq(x, 0), []),
    (Eq(x**3, 0), "<=>", Eq(x, 0), []),
    (Eq(sqrt(p), sqrt(q)), "<=>", Eq(p, q), []),
    (Eq(x**2, 2 * x), "<=>", Or(Eq(x, 0), Eq(x, 2)), []),
    (Eq(x**2 - 5 * x + 6, 0), "<=>", Or(Eq(x, 3), Eq(x, 2)), []),
    (Eq(x**2, y**2), "<=>", Or(Eq(x, y), Eq(x, -y)), []),
    (Eq(x * y, 0), "<=>", Or(Eq(x, 0), Eq(y, 0)), []),
    (Eq(x**3, x), "<=>", Or(Eq(x, 0), Eq(x, 1), Eq(x, -1)), []),
    (Eq(x * (x**2 + 1), 0), "<=>", Eq(x, 0), []),
    (Eq(x**2 + y**2, 0), "<=>", And(Eq(x, 0), Eq(y, 0)), []),
    (And(Eq(x + y, 3), Eq(x - y, 1)), "<=>", And(Eq(x, 2), Eq(y, 1)), []),
    (And(Eq(x * y, 0), Eq(x, 1)), "<=>", And(Eq(y, 0), Eq(x, 1)), []),
    (Eq(a * x, a * y), "<=>", Eq(x, y), [Ne(a, 0)]),
    (Eq(a * x, a * y), "<=>", Or(Eq(a, 0), Eq(x, y)), []),
    (Eq(p, q), "<=>", Eq(p**2, q**2), []),
    (Eq(exp(a), exp(b)), "<=>", Eq(a, b), []),
    (Eq(log(p), log(q)), "<=>", Eq(p, q), []),
    (Eq(1 / x, 1 / y), "<=>", Eq(x, y), [Ne(x, 0), Ne(y, 0)]),
    (Eq(1 / x, 1 / y), "<=>", Eq(x, y), [defined]),
    (x**2 < 4, "<=>", And(x < 2, x > -2), []),
    (Eq(sqrt(x), y), "=>", Eq(x, y**2), [x >= 0]),
    (Eq(x, y), "=>", Eq(x**2, y**2), []),
    (Eq(x, 2), "=>", Or(Eq(x, 2), Eq(x, 3)), []),
    (Eq(x, 2), "=>", Eq(x**2, 4), []),
    (And(x > 0, y > 0), "=>", x * y > 0, []),
    (Eq(x, 3), "=>", x > 2, []),
]


@pytest.mark.parametrize(("left", "sign", "right", "given"), TRUE)
def test_true(left, sign, right, given) -> None:
    made = derive(left, given=given).link(sign, right).qed(left, sign, right)
    report = made.check()
    assert report.verdict is Verdict.PROVED, report
    assert not report.steps[0].disputed and verify(certify(made)) == []


FALSE = [
    (Eq(x**2, 2 * x), "<=>", Eq(x, 2), "x = 0"),
    (Eq(x**2, 9), "<=>", Eq(x, 3), "x = -3"),
    (Eq(x**2, 49), "=>", Eq(x, 7), "x = -7"),
    (Eq(x**2 - 5 * x + 6, 0), "<=>", Or(Eq(x, 2), Eq(x, 4)), "x = "),
    (Eq(x, 11), "<=>", Or(Eq(x, 11), Eq(x, 13)), "x = 13"),
    (Eq(x * y, 0), "<=>", Eq(x, 0), "y = 0"),
    (Eq(x**2, y**2), "<=>", Eq(x, y), "x = "),
    (Eq(a * x, a * y), "<=>", Eq(x, y), "a = 0"),
    (Eq(x**2, y**2), "=>", Eq(x, y), "x = "),
    (Eq(x, y), "<=>", Eq(x**2, y**2), "x = "),
    (Or(Eq(x, 5), Eq(x, 6)), "=>", Eq(x, 5), "x = 6"),
    (And(Eq(x + y, 3), Eq(x - y, 1)), "<=>", Eq(x, 2), "x = 2"),
    (x**2 < 4, "<=>", x < 2, "x = "),
]


@pytest.mark.parametrize(("left", "sign", "right", "shown"), FALSE)
def test_a_lost_or_gained_solution_is_shown(left, sign, right, shown) -> None:
    step = derive(left).link(sign, right).check().steps[0]
    assert step.verdict is Verdict.REFUTED
    assert step.witness is not None and shown in ", ".join(f"{n} = {v}" for n, v in step.witness.values)


@pytest.mark.parametrize(("left", "sign", "right"), [
    (Eq(x / x, 1), "<=>", Eq(x, x)),  # not defined at 0
    (Eq(1 / x, 1 / y), "<=>", Eq(x, y)),
    (Eq(sqrt(x), sqrt(y)), "<=>", Eq(x, y)),
    (Eq(log(a), log(b)), "<=>", Eq(a, b)),
])  # fmt: skip
def test_where_a_side_is_not_defined_is_not_passed_over(left, sign, right) -> None:
    assert judged(left, "<=>", right).verdict is Verdict.OPEN


def test_chains_compose() -> None:
    start = Eq(x**2 + 1, 2 * x)
    made = derive(start).iff(Eq((x - 1) ** 2, 0)).iff(Eq(x, 1)).implies(Eq(x**2, 1)).qed(start, "=>", Eq(x**2, 1))
    assert made.check().verdict is Verdict.PROVED
    assert derive(start).iff(Eq(x, 1)).qed(start, "=>", Eq(x, 1)).check().verdict is Verdict.PROVED
    back = derive(start).implies(Eq(x**2, 1)).qed(start, "<=>", Eq(x**2, 1)).check()
    assert back.verdict is Verdict.OPEN and "⟹" in str(back.problems)


def test_a_proved_statement_and_an_equivalence_give_the_other_side() -> None:
    first = result(p**2 - 2 * p + 1, ">=", 0)
    equation = result(x - x + p, "=", p)
    squares = result(Eq(p**2, q), "<=>", Eq(p, sqrt(q)), by=positive_square_root)
    assert judged(p, "=", sqrt(q), given=[Eq(p**2, q)], by=squares).verdict is Verdict.PROVED
    made = chain(p, "=", sqrt(q), given=[Eq(p**2, q)], by=squares).qed(p, "=", sqrt(q))
    assert finding(made).verdict is Verdict.PROVED and verify(certify(made)) == []
    assert judged(p, "=", sqrt(q), by=squares).verdict is Verdict.OPEN
    assert judged(p, "=", q, given=[Eq(p**2, q)], by=[squares, first, equation]).verdict is Verdict.OPEN


def test_statements_are_written_read_and_refused() -> None:
    both = Or(Eq(x, 0), And(Eq(x, 1), y > 0))
    assert both.text == "x = 0 or (x = 1 and y > 0)"
    s = sympy.Symbol("x", real=True)
    read = as_term(sympy.Or(sympy.Eq(s, 0), sympy.Eq(s, 2)))
    assert {part.text for part in read.parts} == {"x = 0", "x = 2"}
    with pytest.raises(TermError, match="neither"):
        Or(x, Eq(x, 1))
    with pytest.raises(TermError, match="two statements"):
        derive(x).iff(Eq(x, 0))
    assert_proves(Eq(x**2, 0), "=>", Eq(x, 0))
