"""What is read from SymPy means what SymPy means by it, or is refused."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from derivations import TermError, derive, family, symbols
from derivations.kernel.report import Verdict
from derivations.models.hypotheses import problem
from derivations.models.model import Choice, Model
from derivations.models.numbers import NoValue, precision
from derivations.models.witness import plain
from derivations.terms.relations import Relation, relation
from derivations.terms.sympy_image import from_sympy
from derivations.terms.term import Term, as_term

x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p", positive=True)
m = sp.Symbol("m", integer=True, nonnegative=True)
k = sp.Symbol("k", integer=True)
f = sp.Function("f")
FEW = sp.Rational(-3, 2), sp.Integer(-1), sp.Integer(0), sp.Rational(1, 2), sp.Integer(1), sp.Integer(2), sp.Integer(3)


# -- the meaning, at points ----------------------------------------------------------------
def kept(make: Any) -> Any:
    """As SymPy makes it (where it does not fail), and as it stands before anything is evaluated."""

    def both(*parts: Any) -> Any:
        written = make(*parts, evaluate=False)
        try:
            return st.sampled_from([make(*parts), written])
        except Exception:
            return st.just(written)

    return both


def larger(inner: Any) -> Any:
    two = st.tuples(inner, inner)
    return st.one_of(
        two.flatmap(lambda ab: kept(sp.Add)(*ab)),
        two.flatmap(lambda ab: kept(sp.Mul)(*ab)),
        st.tuples(inner, inner, inner).flatmap(lambda abc: kept(sp.Mul)(*abc)),
        inner.flatmap(lambda a: kept(sp.Mul)(-1, a)),
        inner.flatmap(lambda a: kept(sp.Mul)(sp.Rational(-2, 3), a)),
        st.tuples(inner, st.sampled_from([-2, -1, 0, 1, 2, 3, sp.Rational(1, 2), sp.Rational(-1, 2), x, m])).flatmap(
            lambda ab: kept(sp.Pow)(*ab)
        ),
        inner.flatmap(lambda a: kept(sp.Pow)(sp.E, a)),
        inner.flatmap(kept(sp.exp)),
        inner.flatmap(kept(sp.log)),
        st.tuples(inner, st.sampled_from([2, 10, sp.E, p, sp.Rational(1, 2)])).flatmap(lambda ab: kept(sp.log)(*ab)),
        inner.flatmap(kept(sp.Abs)), inner.flatmap(kept(sp.sin)), inner.flatmap(kept(sp.cos)),
        inner.flatmap(kept(sp.tanh)), inner.map(sp.sqrt), two.map(lambda ab: sp.KroneckerDelta(*ab)),
        st.tuples(inner, st.sampled_from([0, 1, 2]), st.sampled_from([m, 3, m + 1])).map(
            lambda bounds: sp.Sum(bounds[0] * k + bounds[0] ** 2, (k, bounds[1], bounds[2]))
        ),
        inner.map(lambda a: sp.Sum(a * k, (k, 1, 2), (sp.Symbol("l", integer=True), 0, m))),
        inner.map(lambda a: sp.Derivative(a, x)),
    )  # fmt: skip


leaves = st.sampled_from([x, y, p, m, *FEW, sp.E, sp.pi, sp.Float(0.1), sp.Float(-2.5), sp.Rational(7, 3)])
expressions = st.recursive(leaves, larger, max_leaves=5)


def value_of(term: Term) -> str | None:
    """What a term without free symbols is worth in a model; None where it has no value."""
    try:
        with precision(256):
            return plain(Model(problem(relation(term, "=", 0), ()), Choice((), 0, True))(term))
    except (NoValue, TermError, RecursionError):
        return None


def sympy_value(expression: Any) -> Any:
    """SymPy's value, a real number; None where it has none."""
    try:
        value = sp.N(expression.doit(), 30)
    except Exception:  # SymPy fails in many ways
        return None
    return value if value.is_Number and value.is_finite and value.is_real else None


@given(expressions, st.sampled_from(FEW), st.sampled_from(FEW), st.sampled_from(FEW[3:]), st.sampled_from([0, 1, 2]))
def test_a_reading_is_worth_what_sympy_says(expression: Any, at_x: Any, at_y: Any, at_p: Any, at_m: int) -> None:
    if expression.has(sp.zoo, sp.nan, sp.oo, sp.I) or len(list(expression.find(_grows))) > 2:
        return
    try:
        term = from_sympy(expression)
    except TermError:
        return
    at = {x: at_x, y: at_y, p: at_p, m: sp.Integer(at_m)}
    if not expression.has(sp.Derivative):
        try:
            term = term.substitute({from_sympy(symbol): as_term(value) for symbol, value in at.items()})
        except TermError:
            return
    elif not expression.free_symbols <= {x}:
        return
    if expression.has(sp.Derivative):
        return _compare_derivatives(expression, term)
    ours, theirs = value_of(term), sympy_value(expression.subs(at))
    if ours is None or theirs is None:
        return
    assert close(ours, theirs), f"{expression} at {at}: {ours} here, {theirs} there"


def _grows(part: Any) -> bool:
    """A tower of these is a number that SymPy works on for minutes."""
    return isinstance(part, (sp.Pow, sp.exp)) and not (part.args[-1].is_Number and abs(part.args[-1]) <= 1)


def _compare_derivatives(expression: Any, term: Term) -> None:
    """A derivative is taken at the value that the model gives to x."""
    try:
        with precision(256):
            model = Model(problem(relation(term, "=", 0), ()), Choice((), 4, True))
            ours, here = plain(model(term)), plain(model(from_sympy(x)))
    except (NoValue, TermError, RecursionError):
        return
    theirs = sympy_value(expression.doit().subs(x, sp.Rational(here)))
    assert theirs is None or close(ours, theirs), f"{expression} at {here}: {ours} here, {theirs} there"


def close(ours: str, theirs: Any) -> bool:
    if abs(theirs) > 10**20:
        return True
    middle = sp.Float(sp.Rational(ours.split(" ± ")[0].replace("e+", "e")), 30)
    return bool(abs(middle - theirs) <= 10**-8 * (1 + abs(theirs)))


# -- what is refused -----------------------------------------------------------------------
def twin(**told: bool) -> Any:
    return sp.Symbol("x", **told)


REFUSED = {
    "two dummies": (sp.Dummy("x") - sp.Dummy("x"), "SymPy has two symbols called `x` in `_x - _x`"),
    "one dummy": (sp.Dummy("x") + 1, "SymPy's Dummy `_x` is no name: two of them may be called alike"),
    "a wild card": (sp.Wild("w"), "SymPy's Wild `w_` is no name"),
    "a plain symbol beside a real one": (twin() - twin(real=True), "two symbols called `x`"),
    "a symbol beside its positive twin": (twin() * twin(positive=True), "two symbols called `x`"),
    "twins that a sum binds": (sp.Sum(sp.Symbol("k") + k, (k, 1, 3)), "two symbols called `k`"),
    "two functions": (f(x) - sp.Function("f", real=True)(x), "SymPy has two functions called `f`"),
    "an even number": (sp.Symbol("n", even=True), "SymPy's `n` is declared with even=True"),
    "a prime": (sp.Symbol("n", prime=True) + 1, "SymPy's `n` is declared with prime=True"),
    "an irrational number": (sp.Symbol("u", irrational=True), "SymPy's `u` is declared with irrational=True"),
    "a zero": (sp.Symbol("u", zero=True), "SymPy's `u` is declared with"),
    "a positive function": (sp.Function("g", positive=True)(x), "SymPy's function `g` is declared with"),
    "members that are positive": (sp.IndexedBase("c", positive=True)[k], "SymPy's `c` is declared with"),
    "an array with an offset": (sp.IndexedBase("c", offset=2)[k], "counts from 0"),
    "an array with a shape": (sp.IndexedBase("c", shape=(m,))[k], "counts from 0"),
    "a name with a blank": (sp.Symbol("a b"), "`a b` is no name of a symbol"),
    "many digits": (sp.Float("0.1", 30), "SymPy's Float `0.100000000000000000000000000000` is no double"),
    "more than a double tells": (sp.Float("0.1") + sp.Float("1e-22", 40), "is no double"),
    "few digits": (sp.Float("0.1", 4), "is no double"),
    "next to nothing": (sp.Float("1e-400"), "is no double"),
    "a huge float": (sp.Float("1e400"), "is no double"),
    "a sum that runs backwards": (sp.Sum(k, (k, 5, 2)), "where 2 < 5 − 1 SymPy does not take it for 0"),
    "a sum that may run backwards": (sp.Sum(k, (k, 1, sp.Symbol("n", integer=True))), "SymPy does not take it for 0"),
    "a sum from below": (sp.Sum(sp.exp(k), (k, -sp.oo, 0)), "SymPy does not take it for 0"),
    "an index in its own bounds": (sp.Sum(k, (k, 1, k)), "`k` stands in its own bounds"),
    "an index that is bound twice": (sp.Sum(k, (k, 1, 2), (k, 1, 3)), "two different `k` would become one"),
    "a delta with a range": (sp.KroneckerDelta(k, m, (1, 3)), "is 0 outside of a range"),
    "a function without arguments": (f, "there is no word for UndefinedFunction here"),
    "a function of SymPy's": (sp.sin, "there is no word for FunctionClass here"),
    "a function of one's own class": (type("Own", (sp.Function,), {})(x), "there is no word for Own here"),
    "not": (sp.Not(sp.And(x > 0, x < 1)), "there is no word for Not here"),
    "exclusive or": (sp.Xor(x > 0, x < 1), "there is no word for Xor here"),
    "a truth value": (sp.true, "`True` is a truth value, not a term"),
    "cases": (sp.Piecewise((x, x > 0), (1, True)), "there is no word for Piecewise here"),
    "a function as it stands": (sp.Lambda(x, x + 1), "there is no word for Lambda here"),
    "a set": (sp.Interval(0, 1), "there is no word for Interval here"),
    "an index type": (sp.Idx("i", 3), "there is no word for Idx here"),
    "an entry of a matrix": (sp.MatrixSymbol("M", 2, 2)[0, 0], "there is no word for MatrixElement here"),
    "something put in later": (sp.Subs(f(x), x, 0), "there is no word for Subs here"),
    "an order": (sp.Order(x), "there is no word for Order here"),
    "a derivative of unknown order": (sp.Derivative(f(x), (x, m)), "symbolic order"),
    "a derivative by a function": (sp.Derivative(f(x), f(x)), "it is no variable"),
    "a number with a name": (sp.GoldenRatio, "there is no word for GoldenRatio here"),
    "a complex number": (x + sp.I, "is complex"),
    "a limit from the right": (sp.Limit(f(x), x, 0), "one-sided"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_mean_something_else_is_refused(name: str) -> None:
    expression, message = REFUSED[name]
    with pytest.raises(TermError) as error:
        as_term(expression)
    assert message in str(error.value)


READ = {
    "log(x, 10)": (sp.log(p, 10, evaluate=False), "(log p)/log(10)"),
    "log(x, x)": (sp.log(p, p, evaluate=False), "(log p)/(log p)"),
    "a power of e": (sp.Pow(sp.E, x, evaluate=False), "exp(x)"),
    "a power of e that is a sum": (sp.Pow(sp.E, x + 1, evaluate=False), "exp(x + 1)"),
    "x/x below a minus": (sp.Add(1, sp.Mul(-1, x, 1 / x, evaluate=False), evaluate=False), "1 - x/x"),
    "a bare function": (f(x), "f(x)"),
    "a function of two": (f(x, f(y)), "f(x, f(y))"),
    "a sum that may be empty": (sp.Sum(k, (k, 1, m)), "Σ_{k=1}^{m} k"),
    "a double sum": (sp.Sum(k, (k, 1, 2), (sp.Symbol("l", integer=True), 0, m)), "Σ_{l=0}^{m} Σ_{k=1}^{2} k"),
    "a derivative of order 0": (sp.Derivative(f(x), (x, 0)), "f(x)"),
    "not equal": (sp.Not(sp.Eq(x, 1)), "x ≠ 1"),
    "an even root": (sp.sqrt(x**2 + 1), "√(x² + 1)"),
    "nonzero": (1 / sp.Symbol("u", nonzero=True), "1/u"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str) -> None:
    expression, text = READ[name]
    assert str(as_term(expression)) == text


def test_a_false_line_from_sympy_is_not_proved() -> None:
    positive = sp.Symbol("x", positive=True)
    ten = sp.log(positive, 10, evaluate=False)
    chain = derive(sp.Add(ten, ten, evaluate=False)).eq(2 * sp.log(positive))
    assert chain.qed(chain.start, "=", chain.end).check(reproduce=False).verdict is Verdict.REFUTED
    true = derive(sp.Add(ten, ten, evaluate=False)).eq(2 * ten)
    assert true.qed(true.start, "=", true.end).check(reproduce=False).verdict is Verdict.PROVED


def test_a_family_is_read_as_the_one_that_it_is_the_image_of() -> None:
    c = family("c", symbols("n", integer=True, positive=True))
    assert from_sympy(c[2].sympy) == c[2]
    assert isinstance(as_term(sp.Eq(x, 1)), Relation)
