"""SymPy's operations on expressions: derivatives, sums, limits, logarithms.

Each is a call of SymPy's own, behind a guard against a trap of that call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sympy
from sympy.concrete.delta import deltasummation
from sympy.core.function import AppliedUndef
from sympy.series.limits import limit

from derivations.reproduce.knowledge import NoWord
from derivations.terms.sympy_image import Moment, Whole

LONGEST = 40
"""Sums of more terms than this are not written out."""

Known = Iterable[Any]
"""Relationals that hold."""


def climb(expression: Any, change: Callable[[Any], Any]) -> Any:
    """Rebuild from the leaves up, applying `change` to every node."""
    if not expression.args or isinstance(expression, (sympy.IndexedBase, Whole)):
        return change(expression)
    args = [climb(a, change) for a in expression.args]
    if any(new is not old for new, old in zip(args, expression.args, strict=True)):
        expression = expression.func(*args)
    return change(expression)


def canonical(expression: Any) -> Any:
    """Bound indices of sums and limits renamed by their height, so that alike sums are equal."""
    if not expression.has(sympy.Sum, sympy.Limit):
        return expression
    # unique names first, or a renamed inner index could capture an outer one
    apart = climb(expression, lambda node: _rebind(node, lambda index, _: sympy.Dummy(**index._assumptions_orig)))
    return climb(apart, lambda node: _rebind(node, _by_height))


def _rebind(node: Any, rename: Callable[[Any, Any], Any]) -> Any:
    if not isinstance(node, (sympy.Sum, sympy.Limit)) or isinstance(node, sympy.Sum) and len(node.limits) != 1:
        return node
    index = node.limits[0][0] if isinstance(node, sympy.Sum) else node.args[1]
    new = rename(index, node.args[0])
    return node.func(*(a.xreplace({index: new}) for a in node.args))


def _by_height(index: Any, body: Any) -> Any:
    return sympy.Symbol(f"_{1 + _height(body)}", **index._assumptions_orig)


def _height(expression: Any) -> int:
    """How deep binders are nested in it."""
    if not expression.args or not expression.has(sympy.Sum, sympy.Limit):
        return 0
    return isinstance(expression, (sympy.Sum, sympy.Limit)) + max(_height(a) for a in expression.args)


# -- derivatives ---------------------------------------------------------------
def differentiate(expression: Any, known: Known = ()) -> Any:
    """Perform every derivative in it, then what sums with Kronecker deltas become."""
    return evaluate_sums(climb(evaluate_sums(expression, known), _derivative), known)


def _derivative(node: Any) -> Any:
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
    for series in body.atoms(sympy.Sum):
        if sympy.oo in series.limits[0] and series.function.diff(variable) != 0:
            raise NoWord("SymPy differentiates a series term by term without asking whether it may")


# -- sums ------------------------------------------------------------------------
def evaluate_sums(expression: Any, known: Known = (), *, all_of_them: bool = False) -> Any:
    """Write out short sums, contract Kronecker deltas, count constant terms.

    `all_of_them` asks SymPy for a closed form of the others, too.
    """
    if not expression.has(sympy.Sum):
        return refine(expression, known)
    table = truths(known)
    return refine(climb(expression, lambda node: _evaluate_sum(node, table, all_of_them)), known)


def _evaluate_sum(node: Any, table: dict[Any, Any], all_of_them: bool) -> Any:
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
    if all_of_them and not body.has(sympy.Indexed, AppliedUndef, Moment):
        return node.doit()
    return node


def split_sums(expression: Any) -> Any:
    """Finite sums term by term, with what does not depend on the index in front."""
    if not expression.has(sympy.Sum):
        return expression
    return climb(expression, _split)


def _split(node: Any) -> Any:
    if not isinstance(node, sympy.Sum) or len(node.limits) != 1 or node.limits[0][2] is sympy.oo:
        return node
    index, total = node.limits[0][0], sympy.S.Zero
    for part in sympy.Add.make_args(sympy.expand(node.function)):
        outside, inside = part.as_independent(index, as_Add=False)
        one = sympy.Sum(inside, node.limits[0])
        total += outside * (_evaluate_sum(one, {}, False) if inside == 1 else canonical(one))
    return total


def truths(known: Known) -> dict[Any, Any]:
    """Each relational that holds, in both spellings, mapped to true."""
    return {form: sympy.true for r in known for form in (r, r.reversed)}


def refine(expression: Any, known: Known) -> Any:
    """Drop the cases of a Piecewise that what is known decides."""
    return expression.xreplace(truths(known)) if expression.has(sympy.Piecewise) else expression


# -- limits ------------------------------------------------------------------------
def take_limits(expression: Any, known: Known = ()) -> Any:
    """Perform every limit in it."""
    return climb(expression, lambda node: _limit_node(node, known))


def _limit_node(node: Any, known: Known) -> Any:
    if not isinstance(node, sympy.Limit):
        return node
    body, variable, point, side = node.args
    return limit_of(evaluate_sums(body, known), variable, point, str(side))


def limit_of(body: Any, variable: Any, point: Any, side: str = "+-") -> Any:
    """lim body; NoWord if SymPy finds none, or one that is no number.

    What does not depend on the variable is a constant in front, or a symbol
    without structure: SymPy's series know nothing of families and functions.
    """
    opaque = (AppliedUndef, sympy.Indexed, sympy.Sum, Moment, sympy.Derivative)
    stand_ins = {a: sympy.Dummy(real=True) for a in body.atoms(*opaque)}
    if any(a.has(variable) for a in stand_ins):
        raise NoWord(f"SymPy knows no limit of an unknown function of {variable}")
    constant, moving = body.xreplace(stand_ins).as_independent(variable, as_Add=False)
    if point.is_infinite:
        side = "-" if point is sympy.oo else "+"
    found = limit(moving, variable, point, side) * constant
    if found.has(sympy.nan, sympy.zoo, sympy.AccumBounds, sympy.Limit, sympy.I):
        raise NoWord(f"SymPy finds no limit, but {found}")
    return found.xreplace({dummy: atom for atom, dummy in stand_ins.items()})


# -- logarithms ----------------------------------------------------------------------
def expand_logarithms(expression: Any) -> Any:
    """log(ab), log(a/b) and log(a^b) taken apart, where SymPy knows that a and b are positive."""
    if not expression.has(sympy.log):
        return expression
    return climb(expression, lambda node: sympy.expand_log(sympy.factor_terms(node)) if isinstance(node, sympy.log) else node)
