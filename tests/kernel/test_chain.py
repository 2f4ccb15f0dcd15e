"""A chain of links: how relations compose, and what is said when it does not prove its statement."""

from __future__ import annotations

from itertools import product

import pytest

from derivations import Derivation, Eq, TermError, derive, exp, oo, symbols
from derivations.kernel.chain import compose
from derivations.kernel.report import Verdict

x, y, T = symbols("x y T")
SIGNS = ("=", "!=", "<", "<=", ">", ">=", "~", "->", "<=>")

COMPOSED = {
    ("<", "<"): "<", ("<", "<="): "<", ("<=", "<"): "<", ("<=", "<="): "<=",
    (">", ">"): ">", (">", ">="): ">", (">=", ">"): ">", (">=", ">="): ">=",
    ("~", "~"): "~", ("~", "->"): "->",
    ("<=>", "<=>"): "<=>",
}  # fmt: skip


@pytest.mark.parametrize(("first", "second"), list(product(SIGNS, SIGNS)))
def test_composition(first: str, second: str) -> None:
    """`=` is neutral between quantities; `≠` twice, `<` then `>`, `≤` then `→`, `→` then `~` say nothing."""
    if first == "=":
        expected = None if second == "<=>" else second
    elif second == "=":
        expected = None if first == "<=>" else first
    else:
        expected = COMPOSED.get((first, second))
    assert compose(first, second) == expected


def problems(derivation: Derivation) -> tuple[str, ...]:
    return derivation.check(reproduce=False).problems


two_bounds = derive(x).lt(x + 1).le(x + 2)


def test_a_chain_that_proves_its_statement() -> None:
    report = two_bounds.qed(x, "<", x + 2).check(reproduce=False)
    assert (report.verdict, report.matches_stated, report.problems) == (Verdict.PROVED, True, ())


def test_a_weaker_statement_follows() -> None:
    assert two_bounds.qed(x, "<=", x + 2).check(reproduce=False).verdict is Verdict.PROVED
    assert derive(x + x).eq(2 * x).qed(x + x, ">=", 2 * x).check(reproduce=False).verdict is Verdict.PROVED


@pytest.mark.parametrize(("derivation", "problem"), [
    (derive(x).le(x + 1).qed(x, "=", x + 1), "the chain proves a `≤` but the statement is a `=`"),
    (derive(x).le(x + 1).qed(x, "<", x + 1), "the chain proves a `≤` but the statement is a `<`"),
    (derive(x).ne(x + 1).qed(x, "<", x + 1), "the chain proves a `≠` but the statement is a `<`"),
    (two_bounds.qed(x, "<", x + 3), "the chain ends at `x + 2`, but the statement at `x + 3`"),
    (two_bounds.qed(x + 0, "<", x + 2), "the chain starts at `x`, but the statement at `x + 0`"),
    (derive(x).lt(x + 1).gt(x), "step 2: `<` and then `>` do not compose"),
    (derive(x).ne(x + 1).ne(x + 2), "step 2: `≠` and then `≠` do not compose"),
    (derive(x).le(x + 1).tends_to(0, T, oo), "step 2: `≤` and then `→` do not compose"),
    (derive(exp(-T)).tends_to(0, T, oo).le(1), "step 2: `→` and then `≤` do not compose"),
    (derive(exp(-T)).tends_to(0, T, oo).asymptotic_to(0, T, oo), "step 2: `→` and then `~` do not compose"),
    (derive(T + 1).asymptotic_to(T, T, oo).asymptotic_to(T, T, 0),
     "step 2: the approach T → 0 differs from T → ∞"),
    (derive(exp(-T)).tends_to(0, T, oo).qed(exp(-T), "->", 0, x, oo),
     "the chain and the statement approach different points"),
    (derive(x), "the derivation has no link"),
    (derive(x).le(x + 1), "the chain does not end in qed: state what it proves with .qed(lhs, relation, rhs)"),
])  # fmt: skip
def test_what_is_wrong_with_a_chain(derivation: Derivation, problem: str) -> None:
    assert problem in problems(derivation)


@pytest.mark.parametrize("derivation", [
    derive(x).le(x + 1).qed(x, "<", x + 1),
    two_bounds.qed(x, "<", x + 3),
    derive(x).lt(x + 1).gt(x),
    derive(x),
])  # fmt: skip
def test_a_chain_that_does_not_prove_its_statement_is_not_proved(derivation: Derivation) -> None:
    assert derivation.check(reproduce=False).verdict is not Verdict.PROVED


def test_a_chain_is_no_better_than_its_worst_link() -> None:
    report = derive(x + x).eq(2 * x).eq(3 * x).eq(x + 2 * x).check(reproduce=False)
    assert [step.verdict for step in report.steps] == [Verdict.PROVED, Verdict.REFUTED, Verdict.PROVED]
    assert report.verdict is Verdict.REFUTED


def test_the_statement_may_name_its_bound_variables_otherwise() -> None:
    from derivations import Sum

    t, u = symbols("t u", integer=True)
    total = derive(Sum(2 * t, (t, 1, 9))).eq(2 * Sum(t, (t, 1, 9)))
    assert total.qed(Sum(2 * u, (u, 1, 9)), "=", 2 * Sum(u, (u, 1, 9))).check(reproduce=False).verdict is Verdict.PROVED


@pytest.mark.parametrize(("write", "message"), [
    (lambda: derive(x).qed(x, "=", x), "qed ends a chain, but this one has no link yet"),
    (lambda: derive(x).eq(x + 0).qed(x, "=", x).eq(x),
     "this derivation has ended in qed; start a new chain with derive(…)"),
    (lambda: derive(x).iff(Eq(x, 0)), "⟺ stands between two statements, such as Eq(C**2, d)"),
    (lambda: derive(Eq(x, 0)).eq(x), "`=` stands between two quantities; between statements write ⟺ with .iff(…)"),
    (lambda: derive(x).qed(x, "=>", x), "qed ends a chain, but this one has no link yet"),
    (lambda: derive(x).eq(y).qed(x, "=>", y), "⟹ stands between two statements, such as Eq(C**2, d)"),
    (lambda: derive(T).tends_to(0, T + 1, oo), "`T + 1` is no variable that can tend to `∞`"),
    (lambda: derive(x).eq(1, by=3), "`3` is no reason: cite a rule, a definition, a hypothesis or a derivation"),
    (lambda: derive(x).eq(1, by="chain-rul"), "there is no rule 'chain-rul'; did you mean chain-rule?"),
])  # fmt: skip
def test_chains_that_cannot_be_written(write, message) -> None:
    with pytest.raises(TermError) as error:
        write()
    assert str(error.value).startswith(message)
