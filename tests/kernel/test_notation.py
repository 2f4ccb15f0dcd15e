"""What you read is what was proved: names are one namespace, and nothing prints so that it reads as another."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derivations import (
    E,
    Eq,
    Sum,
    TermError,
    decision_process,
    definition,
    delta,
    derive,
    dot,
    e,
    family,
    finite_variance,
    function,
    hypothesis,
    law,
    matrix,
    random_family,
    random_variable,
    symbols,
    vector,
    vector_function,
)  # fmt: skip
from derivations.kernel.report import Verdict
from derivations.terms.arithmetic import Mul, Number, Pi
from derivations.terms.term import Term, as_term

d, n = symbols("d n", positive=True, integer=True)
k = symbols("k", integer=True)
x, y = symbols("x y")
c, q, theta = family("c", n), family("q", n, d), vector("theta", d)
A, Z, X = matrix("A", q), random_family("Z", n), random_variable("X")
t = symbols("t", integer=True, nonnegative=True)
process = decision_process(symbols("gamma", lower=0, upper=1), t)


def named(name: str, **declared: Any) -> Term:
    made: Term = symbols(name, **declared)
    return made


ALIKE: dict[str, tuple[Any, Any, tuple[Any, ...], str]] = {
    "a symbol and another one": (x, named("x", positive=True), (), "`x`"),
    "a symbol and a member": (c[1], named("c_1"), (), "`c_1`, a symbol and a member of c"),
    "a symbol and a member with a letter": (c[k], named("c_k"), (), "`c_k`, a symbol and a member of c"),
    "a symbol and a component": (theta[1], named("theta_1"), (), "`θ_1`, a symbol and a component of θ"),
    "a symbol and an entry": (A[1, 2], named("A_12"), (), "`A_12`, a symbol and an entry of A"),
    "a symbol and a row": (dot(q[1], q[1]), named("q_1"), (), "`q_1`, a symbol and a row of q"),
    "a row and a vector": (dot(q[1], q[1]), dot(vector("q_1", d), vector("q_1", d)), (), "`q_1`"),
    "a symbol and a function": (function("f")(x), named("f"), (), "`f`, a symbol and a function"),
    "a vector and a function": (function("theta")(x), theta[1], (), "`θ`"),
    "two functions": (function("f")(x), function("f", smooth=True)(x), (), "`f`"),
    "a function and one of vectors": (function("f")(x), vector_function("f", d)(x)[1], (), "`f`"),
    "a function and a density": (process.policy(process.a[t], given=process.s[t]), function("pi")(x), (), "`π`"),
    "a symbol and a variable of a process": (E(process.R[t]), named("R_t"), (), "`R_t`"),
    "a Greek letter by name and by sign": (named("alpha"), named("α"), (), "`α`"),
    "the micro sign": (named("mu"), named("µ"), (), "alike, `µ` and `μ`"),
    "a Cyrillic letter": (x, named("х"), (), "alike, "),
    "a Greek capital": (named("A"), named("Α"), (), "alike, "),
    "a full-width letter": (x, named("ｘ"), (), "alike, "),
    "x1 and x_1": (named("x1"), named("x_1"), (), "`x_1`"),
    "the number e": (e, named("e"), (), "`e`, a symbol and a constant"),
    "the number pi": (Pi, named("pi"), (), "`π`, a symbol and a constant"),
    "pi as a function": (Pi, function("pi")(x), (), "`π`, a constant and a function"),
    "Kronecker's delta": (delta(1, 2), family("delta", n, n)[1, 2], (), "`δ_12`"),
    "two families": (c[1], family("c", d)[1], (), "`c`"),
    "a family and random ones": (c[1], E(random_family("c", n)[1]), (), "`c`"),
    "a number and a random variable": (named("X"), E(X), (), "`X`"),
    "a name in a hypothesis": (x, y, (hypothesis(named("x", positive=True), ">", 1),), "`x`"),
    "a name in a definition": (x, y, (definition(y, named("x", positive=True)),), "`x`"),
    "a name in a law": (c[1], y, (law(X, mean=named("c_1"), variance=1),), "`c_1`"),
    "a family in a law": (c[1], y, (finite_variance(random_family("c", n)),), "`c`"),
    "the size of a family in a law": (n * x, y, (finite_variance(random_family("V", named("n"))),), "`n`"),
    "a bound of a symbol": (x, named("u", lower=named("x", positive=True)), (), "`x`"),
    "a name below a sum": (x, Sum(named("x", positive=True) * k, (k, 1, n)), (), "`x`"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_two_things_that_are_written_alike_are_told(name: str) -> None:
    one, other, given, told = ALIKE[name]
    start = as_term(one) + other
    report = derive(start, given).eq(as_term(other) + one).qed(start, "=", as_term(other) + one).check(reproduce=False)
    assert report.verdict is not Verdict.PROVED
    assert any("two different things are written" in problem and told in problem for problem in report.problems)


APART = {
    "a symbol and a family": (x, family("x", n)[1]),
    "a symbol and its bold row": (dot(q[1], q[2]), q[1, 2]),
    "a bound name and a free one": (Sum(c[k], (k, 1, n)), named("l", integer=True)),
    "two letters that differ": (named("nu"), named("v")),
    "a policy": (process.policy(process.a[t], given=process.s[t]), E(process.R[t])),
    "a member and a sum of members": (c[1], Sum(c[k], (k, 1, n))),
    "two sums with one index": (Sum(k, (k, 1, n)), Sum(k**2, (k, 1, d))),
}


@pytest.mark.parametrize("name", APART)
def test_what_is_written_differently_stands_side_by_side(name: str) -> None:
    one, other = (as_term(part) for part in APART[name])
    report = derive(one + other).eq(other + one).qed(one + other, "=", other + one).check(reproduce=False)
    assert not any("two different things" in problem for problem in report.problems)


@pytest.mark.parametrize(
    "name",
    [*"exp log ln sin cos tan tanh max min lim sqrt softmax sum det E Var Cov oo inf infinity".split(),
     "x_{1}", "x{", "a.b", "a,b", "x__1", "x_", "x∞", "a b", "f(x)", "α·β", "", "1", "x:y", "[x]"],
)  # fmt: skip
@pytest.mark.parametrize("declare", [symbols, function, lambda name: vector(name, 2), lambda name: family(name, 2),
                                     random_variable, lambda name: matrix(name, 2, 2)])  # fmt: skip
def test_a_name_that_reads_as_something_else_is_refused(name: str, declare: Any) -> None:
    if declare is symbols and name in ("a b", "a,b", ""):
        return  # several names, or none
    with pytest.raises(TermError, match=r"is no name of"):
        declare(name)


two, half = Number(Fraction(2)), Number(Fraction(1, 2))


@pytest.mark.parametrize(("term", "latex"), [
    (Mul(two, half), r"2 \cdot \frac{1}{2}"),
    (two * (as_term(1) / 2), r"2 \cdot \frac{1}{2}"),
    (x * two * half, r"x \cdot 2 \cdot \frac{1}{2}"),
    (x * half, r"x \frac{1}{2}"),
    (two * (x / 2), r"2 \frac{x}{2}"),
    (x**2 * half, r"x^2 \frac{1}{2}"),
])  # fmt: skip
def test_no_product_prints_as_a_mixed_number(term: Term, latex: str) -> None:
    assert term.latex == latex


def test_a_statement_that_only_its_givens_name_is_told() -> None:
    report = derive(x + 0, [Eq(named("x", positive=True), 1)]).eq(x).qed(x + 0, "=", x).check(reproduce=False)
    assert report.problems == ("two different things are written `x`: give one of them another name",)
