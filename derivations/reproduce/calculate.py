"""SymPy's operations on skeletons: derivatives, sums, limits, logarithms.

Each is a call of SymPy's own, behind a guard against a trap of that call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import gcd, lcm
from typing import Any

import sympy
from sympy.concrete.delta import deltasummation
from sympy.core.function import AppliedUndef
from sympy.series.limits import limit
from sympy.simplify.fu import TR6

from derivations.reproduce.binders import climb
from derivations.reproduce.knowledge import NoWord
from derivations.reproduce.skeleton import OPAQUE, Held, change_contents, hide, show, stand_in, stand_ins
from derivations.terms.sympy_image import Moment, Whole

LONGEST = 40
"""Sums of more terms than this are not written out."""

Known = Iterable[Any]
"""Relationals that hold."""


# -- derivatives ---------------------------------------------------------------
def differentiate(skeleton: Any, known: Known = ()) -> Any:
    """Perform every derivative in it, then what sums with Kronecker deltas become."""
    return change_contents(skeleton, lambda content: _perform(content, known))


def _perform(content: Any, known: Known) -> Any:
    if isinstance(content, Held):
        body, variable = content.args
        return total_derivative(differentiate(evaluate_sums(body, known), known), variable, known)
    if content.has(sympy.Derivative):
        return plain_sums(climb(content, _plain_derivative), known)
    return content


def total_derivative(body: Any, variable: Any, known: Known = ()) -> Any:
    """The chain rule through the stand-ins of a skeleton."""
    body = hide(body)  # what is not behind a stand-in would be overlooked
    own = stand_in(variable) if isinstance(variable, OPAQUE) else variable
    result = body.diff(own)
    for symbol in stand_ins(body):
        inner = sympy.S.Zero if symbol is own else _inner_derivative(symbol.content, variable, known)
        if inner != 0:
            result += body.diff(symbol) * inner
    return result


def _inner_derivative(content: Any, variable: Any, known: Known) -> Any:
    label = variable.base.label if isinstance(variable, sympy.Indexed) else variable
    if isinstance(content, Held) or label not in content.free_symbols:
        if isinstance(content, Held):
            raise NoWord("SymPy has no value for an inner derivative")
        return sympy.S.Zero
    _check_derivative(content, variable)
    return hide(plain_sums(content.diff(variable), known))


def _plain_derivative(node: Any) -> Any:
    """Derivatives below a binder, where nothing is set aside."""
    if not isinstance(node, sympy.Derivative):
        return node
    result = node.expr
    for variable, times in node.variable_count:
        _check_derivative(result, variable)
        result = result.diff(variable, times)
    return result


def _check_derivative(body: Any, variable: Any) -> None:
    if isinstance(variable, sympy.Indexed):
        whole = Whole(variable.base.label)
        if any(f.has(whole) for f in body.atoms(AppliedUndef)):
            raise NoWord(f"SymPy cannot differentiate an unknown function of the vector {variable.base}")
    if body.has(Moment, sympy.Limit, sympy.Integral):
        raise NoWord("SymPy cannot be asked to differentiate under an expectation, an integral or a limit")
    if any(sympy.oo in series.limits[0] for series in body.atoms(sympy.Sum)):
        raise NoWord("SymPy differentiates a series term by term without asking whether it may")


# -- sums ------------------------------------------------------------------------
def evaluate_sums(skeleton: Any, known: Known = (), *, all_of_them: bool = False) -> Any:
    """Write out short sums, contract Kronecker deltas, count constant terms.

    `all_of_them` asks SymPy for a closed form of the others, too.
    """

    def inside(content: Any) -> Any:
        if isinstance(content, Held):
            body, variable = content.args
            return stand_in(Held(evaluate_sums(body, known, all_of_them=all_of_them), variable))
        return plain_sums(content, known, all_of_them=all_of_them)

    return change_contents(skeleton, inside)


def plain_sums(expression: Any, known: Known = (), *, all_of_them: bool = False) -> Any:
    """The same where nothing is set aside."""
    if expression.has(sympy.Sum, sympy.Product):
        table = truths(known)
        expression = climb(expression, lambda node: evaluate_sum(node, table, all_of_them))
    return expression.xreplace(truths(known)) if expression.has(sympy.Piecewise) else expression


def evaluate_sum(node: Any, table: dict[Any, Any], all_of_them: bool = False) -> Any:
    if isinstance(node, sympy.Product):
        return _written_out(node)
    if not isinstance(node, sympy.Sum) or len(node.limits) != 1:
        return node
    body, (index, low, high) = node.function, node.limits[0]
    if low.is_Integer and high.is_Integer and high - low < LONGEST:
        return sympy.Add(*(body.xreplace({index: low + n}) for n in range(int(high - low) + 1)))
    length = high - low + 1
    if not body.has(index) and length.is_nonnegative and length.is_finite is not False:
        return body * length
    if body.has(sympy.KroneckerDelta):
        return deltasummation(body, node.limits[0]).xreplace(table)
    counts_up = length.is_nonnegative or high is sympy.oo
    if all_of_them and counts_up and not body.has(sympy.Indexed, AppliedUndef, Moment):
        return node.doit()
    return node


def _written_out(node: Any) -> Any:
    """A short product, factor by factor."""
    index, low, high = node.limits[0]
    if not (low.is_Integer and high.is_Integer and high - low < LONGEST):
        return node
    return sympy.Mul(*(node.function.xreplace({index: low + n}) for n in range(int(high - low) + 1)))


def split_sums(skeleton: Any) -> Any:
    """Finite sums term by term, with what does not depend on the index in front."""
    return change_contents(skeleton, lambda c: climb(c, _split) if not isinstance(c, Held) and c.has(sympy.Sum) else c)


def _split(node: Any) -> Any:
    if not isinstance(node, sympy.Sum) or len(node.limits) != 1 or node.limits[0][2] is sympy.oo:
        return node
    index, total = node.limits[0][0], sympy.S.Zero
    for part in sympy.Add.make_args(sympy.expand(node.function)):
        outside, inside = part.as_independent(index, as_Add=False)
        total += outside * evaluate_sum(sympy.Sum(inside, node.limits[0]), {})
    return total


def truths(known: Known) -> dict[Any, Any]:
    """Each relational that holds, in both spellings, mapped to true."""
    return {form: sympy.true for r in known for form in (r, r.reversed)}


# -- limits ------------------------------------------------------------------------
def take_limits(skeleton: Any, known: Known = ()) -> Any:
    """Perform every limit in it."""

    def inside(content: Any) -> Any:
        if not isinstance(content, sympy.Limit):
            return content
        body, variable, point, side = content.args
        return limit_of(hide(plain_sums(body, known)), variable, point, str(side))

    return change_contents(skeleton, inside)


def limit_of(skeleton: Any, variable: Any, point: Any, side: str = "+-") -> Any:
    """lim of a skeleton; NoWord if SymPy finds none, or one that is no number."""
    if any(variable in show(s).free_symbols for s in stand_ins(skeleton)):
        raise NoWord(f"SymPy knows no limit of an unknown function of {variable}")
    constant, moving = skeleton.as_independent(variable, as_Add=False)
    if point.is_infinite:
        side = "-" if point is sympy.oo else "+"
    exponential = _in_one_exponential(moving, variable) if point.is_infinite else None
    if exponential:
        moving, variable, point = exponential[0], _FACTOR, exponential[1](point)
        side = "+" if point == 0 else "-"
    found = limit(moving, variable, point, side) * constant
    if found.has(sympy.nan, sympy.zoo, sympy.AccumBounds, sympy.Limit, sympy.I):
        raise NoWord(f"SymPy finds no limit, but {show(found)}")
    return found


_FACTOR = sympy.Dummy(positive=True)


def _in_one_exponential(body: Any, variable: Any) -> tuple[Any, Callable[[Any], Any]] | None:
    """The body in terms of u = e^{c·variable} alone, and what u tends to; a rational function in u is fast."""
    exponents = [p.exp for p in sorted(body.atoms(sympy.exp), key=sympy.default_sort_key) if p.has(variable)]
    rates = [sympy.cancel(x / variable) for x in exponents]
    if not rates or any(r.has(variable) for r in rates):
        return None
    first = next((r for r in rates if r.could_extract_minus_sign()), rates[0])
    shares = [sympy.cancel(r / first) for r in rates]
    if not all(s.is_Rational for s in shares):
        return None
    unit = sympy.Rational(gcd(*(s.p for s in shares)), lcm(*(s.q for s in shares)))
    rate = first * unit
    if rate.is_positive is not True and rate.is_negative is not True:
        return None
    powers = {sympy.exp(x): _FACTOR ** (s / unit) for x, s in zip(exponents, shares, strict=True)}
    new = body.xreplace(powers)
    if new.has(variable):
        return None
    return new, lambda point: sympy.oo if rate.is_positive is (point is sympy.oo) else sympy.S.Zero


# -- integrals -------------------------------------------------------------------------
def integrate(skeleton: Any, known: Known = ()) -> Any:
    """Perform every integral in it; NoWord where SymPy finds none, or distinguishes cases."""

    def inside(node: Any) -> Any:
        if not isinstance(node, sympy.Integral) or node.has(AppliedUndef, Moment):
            return node
        found = node.doit()
        if found.has(sympy.Integral, sympy.Piecewise, sympy.nan, sympy.zoo, sympy.oo, sympy.I):
            raise NoWord(f"SymPy finds no single value of {node}")
        return found

    return take_limits(change_contents(skeleton, lambda content: climb(content, inside)), known)


# -- sine, cosine, tanh --------------------------------------------------------------
def expand_trigonometry(skeleton: Any) -> Any:
    """The addition theorems, cos² as 1 − sin², and tanh in exponentials."""
    return TR6(sympy.expand_trig(skeleton).rewrite(sympy.tanh, sympy.exp))


# -- logarithms ----------------------------------------------------------------------
def expand_logarithms(skeleton: Any) -> Any:
    """log(ab), log(a/b) and log(a^b) taken apart, where SymPy knows that a and b are positive."""
    if not skeleton.has(sympy.log):
        return skeleton

    def inside(node: Any) -> Any:
        return sympy.expand_log(sympy.factor_terms(node)) if isinstance(node, sympy.log) else node

    return climb(skeleton, inside)
