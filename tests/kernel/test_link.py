"""What is said of a link that does not pass: each message whole."""

from __future__ import annotations

from typing import Any

import pytest
from judging import chain, finding, judged, result

from derivations import (
    E,
    Eq,
    Sum,
    Var,
    by_cases,
    chain_rule,
    definition,
    derive,
    diff,
    differentiation,
    exp,
    family,
    finite_variance,
    function,
    hypothesis,
    iid,
    linearity_of_expectation,
    log,
    logarithm_laws,
    oo,
    positive_square_root,
    random_variable,
    sin,
    sqrt,
    symbols,
    variance_of_centred_product,
    variance_of_independent_sum,
)  # fmt: skip
from derivations.kernel.report import Verdict

x, y, T = symbols("x y T")
p = symbols("p", positive=True)
k, t = symbols("k t", integer=True)
n = symbols("n", positive=True, integer=True)
a = symbols("a", values=(0, 1))
f = function("f")
c = family("c", n)
X, Y = random_variable("X"), random_variable("Y")
finite = finite_variance(X, Y)
definition_of_T = definition(T, x**2)
step_up = hypothesis(y, "=", x + 1)

SAME_LINE = "the two lines are the same line"
NO_REASON = "the link is not plain algebra and cites no reason"
DEFINED = "or say that everything written is defined: given=[defined]"
NAME_IT = "name the rule, definition or result that this step uses with by=…"


def told(link: tuple[Any, str, Any], **options: Any) -> tuple[str, str, tuple[str, ...]]:
    """The problem, what is left over, and what to try."""
    found = judged(*link, **options)
    assert found.verdict is Verdict.OPEN and found.certificate is None
    return found.problem, "" if found.residual is None else found.residual.text, found.tries


@pytest.mark.parametrize(("link", "problem", "residual", "tries"), [
    # -- the same line ---------------------------------------------------------------------
    ((x, "=", x), SAME_LINE, "", ("remove the repeated line",)),
    ((x, "<=", x), SAME_LINE, "", ("remove the repeated line",)),
    ((Sum(c[t], (t, 1, n)), "=", Sum(c[k], (k, 1, n))), SAME_LINE, "", ("remove the repeated line",)),
    # -- no reason -----------------------------------------------------------------------------
    ((x, "=", x + 1), NO_REASON, "-1", (NAME_IT,)),
    ((exp(x) * exp(y), "=", exp(x * y)), NO_REASON, "exp(x) exp(y) - exp(x y)", (NAME_IT,)),
    ((x**2, ">", 0), NO_REASON, "x²", (NAME_IT,)),
    ((Eq(x * y, x), "<=>", Eq(y, 1)), NO_REASON, "", (NAME_IT,)),
    # -- where a line is not defined -------------------------------------------------------------
    ((x / x, "=", 1), "the condition `x ≠ 0` is not known", "", ("add `x ≠ 0` to given, or declare it", DEFINED)),
    (((x**2 - 1) / (x - 1), "=", x + 1),
     "the condition `x - 1 ≠ 0` is not known", "", ("add `x - 1 ≠ 0` to given, or declare it", DEFINED)),
    ((c[k], "=", c[k] + 0), "the condition `k ≥ 1` is not known", "",
     ("add `k ≥ 1` to given, or declare it", "add `k ≤ n` to given, or declare it", DEFINED)),
    ((c[0], "=", c[0] * 1), "the condition `0 ≥ 1` is false", "", ("correct the line: it is not defined as written",)),
    ((Sum(x, (t, 1, y)), "=", Sum(x, (t, 1, y)) + 0),
     "the condition `y is an integer` is not known", "", ("declare it with integer=True", DEFINED)),
])  # fmt: skip
def test_links_without_reasons(link, problem, residual, tries) -> None:
    assert told(link) == (problem, residual, tries)


INDEPENDENT = ("give independent(…), or a law of independent members",)


@pytest.mark.parametrize(("link", "given", "by", "problem", "residual", "tries"), [
    # -- a reason that does not apply, or does not reach -----------------------------------------------
    ((x**2, "=", 2 * x), [], chain_rule,
     "chain-rule does not apply to either side; it states ∂f(u) = f'(u) ∂u",
     "x² - 2 x", ("cite the rule that this step uses",)),
    ((diff(x**2, x), "=", 3 * x), [], differentiation, "after differentiation the two sides still differ", "-x", ()),
    ((1 / T + sin(T), "~", 1 / T), [], "dominant-term", "after dominant-term the two sides still differ", "", ()),
    # -- a rule that applies, but for a condition --------------------------------------------------------
    ((log(x * p), "=", log(x) + log(p)), [], logarithm_laws,
     "logarithm-laws applies to `log(x p)`, but the condition `x > 0` is not known", "log(x p) - log x - log p",
     ("add `x > 0` to given, or declare it",)),
    ((Var(X + Y), "=", Var(X) + Var(Y)), [finite], variance_of_independent_sum,
     "variance-of-independent-sum applies to `Var(X + Y)`, but the condition `X and Y are independent` is not known",
     "Var(X + Y) - Var(X) - Var(Y)", INDEPENDENT),
    ((Var(X * Y), "=", Var(X) * Var(Y)), [iid(X, Y, mean=1, variance=1)], variance_of_centred_product,
     "variance-of-centred-product applies to `Var(X Y)`, but the condition `E[X] = 0` is not known",
     "Var(X Y) - Var(X) Var(Y)", ("add `E[X] = 0` to given, or declare it",)),
    ((E(X + Y), "=", E(X) + E(Y)), [], linearity_of_expectation,
     "linearity-of-expectation applies to `E[X + Y]`, but the condition `X has a finite mean` is not known",
     "E[X + Y] - E[X] - E[Y]",
     ("give a law with the moments that are needed, such as finite_variance(…) or iid(…)",)),
    ((diff(abs(x), x), "=", abs(x) / x), [], chain_rule,
     "chain-rule applies to `∂/∂x |x|`, but the condition `x ≠ 0` is not known", "(x ∂/∂x |x| - |x|)/x",
     ("add `x ≠ 0` to given, or declare it",)),
    ((diff(f(x) * x, x), "=", 3 * x), [], differentiation,
     "the condition `f(x) is differentiable in x` is not known", "x ∂/∂x f(x) - 3 x + f(x)",
     ("unfold it by its definition, or declare its functions with smooth=True",)),
    ((Eq(x**2, y), "<=>", Eq(x, sqrt(y))), [], positive_square_root,
     "positive-square-root applies to `x² = y`, but the condition `x ≥ 0` is not known", "",
     ("add `x ≥ 0` to given, or declare it",)),
    # -- cases -------------------------------------------------------------------------------------------
    ((a**2, "=", 1), [], by_cases(a),
     "in the case a = 0: the link is not plain algebra and cites no reason", "-1", (NAME_IT,)),
    ((abs(x), "=", x), [], by_cases(x >= 0),
     "in the case x < 0: the link is not plain algebra and cites no reason", "-2 x",
     ("turn the sign of one side: the left side is minus the right side",)),
])  # fmt: skip
def test_links_with_reasons(link, given, by, problem, residual, tries) -> None:
    at = (T, oo) if link[1] == "~" else None
    assert told(link, given=given, by=by, at=at) == (problem, residual, tries)


# -- results ---------------------------------------------------------------------------------
def test_a_result_that_is_not_proved() -> None:
    wrong = result(x, "=", x + 1)
    problem, _, tries = told((x + 1, "=", x + 2), by=wrong)
    assert (problem, tries) == ("rests on an unproved result: x = x + 1", ("prove x = x + 1 first",))


def test_a_result_whose_chain_has_no_statement() -> None:
    unfinished = chain(diff(x**2, x), "=", 2 * x, by=differentiation)
    found = judged(diff(x**2, x) + 1, "=", 2 * x + 1, by=unfinished)
    assert found.verdict is Verdict.OPEN and found.problem.startswith("rests on an unproved result: ")


def test_a_result_whose_hypothesis_is_not_known_here() -> None:
    root = result(sqrt(x**2), "=", x, given=[x > 0])
    assert told((sqrt(y**2), "=", y), by=root) == (
        "√(x²) = x applies to `√(y²)`, but the condition `y > 0` is not known", "-y + |y|",
        ("add `y > 0` to given, or declare it",),
    )  # fmt: skip
    assert judged(sqrt(y**2) + 1, "=", 1 + abs(y) * y / y, by=root, given=[y > 0]).verdict is Verdict.PROVED


@pytest.mark.parametrize(("link", "problem", "tries"), [
    (chain(T, "=", x**2, by=definition_of_T),
     "`definition of T` is cited, but not among the givens", ("add definition of T to given",)),
    (chain(y, "=", x + 1, by=step_up), "`y = x + 1` is cited, but not among the givens", ("add y = x + 1 to given",)),
    (chain(Var(X), "=", Var(X) + 0, by=finite),
     "`X, Y with finite variance` is cited, but not among the givens", ("add X, Y with finite variance to given",)),
])  # fmt: skip
def test_a_reason_that_is_not_given(link, problem, tries) -> None:
    found = finding(link)
    assert (found.verdict, found.problem, found.tries) == (Verdict.OPEN, problem, tries)


def test_a_result_whose_definition_is_not_given_here() -> None:
    squares = result(T, ">=", 0, given=[definition_of_T], by=definition_of_T)
    assert judged(T + 1, ">=", 1, by=squares).verdict is Verdict.OPEN
    assert judged(T + 1, ">=", 1, given=[definition_of_T]).verdict is Verdict.PROVED


# -- a right reason never makes a proved link fail ------------------------------------------------
@pytest.mark.parametrize(("link", "by", "notes"), [
    ((x + x, "=", 2 * x), chain_rule, "holds by plain algebra; `chain-rule` was not needed"),
    ((x + x, "=", 2 * x), step_up, "holds by plain algebra; `y = x + 1` was not needed"),
    ((x + x, "=", 2 * x), by_cases(x >= 0), "holds by plain algebra; `cases` was not needed"),
    ((x + x, "=", 2 * x), [chain_rule, step_up], "holds by plain algebra; `chain-rule`, `y = x + 1` were not needed"),
    ((x, "<", x + 1), step_up, "holds by positivity; `y = x + 1` was not needed"),
    ((diff(x**2, x), "=", 2 * x), [differentiation, step_up], "`y = x + 1` was not needed"),
    ((T + y, "=", x**2 + y), [definition_of_T, step_up], "`y = x + 1` was not needed"),
    ((a**2, "=", a), [by_cases(a), step_up], "`y = x + 1` was not needed"),
])  # fmt: skip
def test_a_reason_that_is_not_needed_is_a_note(link, by, notes) -> None:
    found = judged(*link, given=[definition_of_T, step_up], by=by)
    assert found.verdict is Verdict.PROVED, found.problem
    assert found.notes == (notes,)


@pytest.mark.parametrize(("link", "by"), [
    ((diff(x**2, x), "=", 2 * x), differentiation),
    ((y, "=", x + 1), step_up),
    ((T + y, "=", x**2 + x + 1), [definition_of_T, step_up]),
])  # fmt: skip
def test_a_reason_that_is_needed_is_none(link, by) -> None:
    found = judged(*link, given=[definition_of_T, step_up], by=by)
    assert found.verdict is Verdict.PROVED and found.notes == ()


def test_a_reason_that_was_not_given_or_proved_is_no_right_reason() -> None:
    assert judged(x + x, "=", 2 * x, by=step_up).verdict is Verdict.OPEN
    assert judged(x + x, "=", 2 * x, by=result(x, "=", x + 1)).verdict is Verdict.OPEN


# -- all links are judged, and a certificate says by what ----------------------------------------------
def test_one_wrong_step_does_not_redden_the_later_ones() -> None:
    report = derive(diff(x**2, x)).eq(3 * x, by=differentiation).eq(x + x + x).check(reproduce=False)
    assert [step.verdict for step in report.steps] == [Verdict.REFUTED, Verdict.PROVED]


def test_the_certificate_names_the_rule_the_place_and_the_conditions() -> None:
    found = judged(1 + log(x * p), "=", log(x) + log(p) + 1, given=[x > 0], by=logarithm_laws)
    assert found.verdict is Verdict.PROVED and found.certificate is not None
    (rewrite,) = found.certificate.rewrites
    assert (rewrite.reason, rewrite.side, rewrite.path) == ("logarithm-laws", "lhs", (1,))
    assert (rewrite.before, rewrite.after) == (log(x * p), log(x) + log(p))
    assert [(c.statement.text, c.discharged_by) for c in rewrite.conditions] == [
        ("x > 0", ("x > 0",)), ("p > 0", ()),
    ]  # fmt: skip
    assert found.certificate.closing == "plain-algebra"


def test_the_cases_of_a_proof_have_their_certificates() -> None:
    found = judged(a**2, "=", a, by=by_cases(a))
    assert found.certificate is not None
    assert [label for label, _ in found.certificate.cases] == ["a = 0", "a = 1"]


def test_a_spent_budget_leaves_the_link_open() -> None:
    many = [symbols(f"v_{i}") for i in range(9)]
    found = judged(sum(many[1:], many[0]) ** 150, "=", x)
    assert (found.verdict, found.problem) == (
        Verdict.OPEN, "the power 150 of a sum has too many terms to be multiplied out",
    )  # fmt: skip
    assert found.tries == ("split the step into smaller ones",)
