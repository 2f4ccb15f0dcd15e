"""Names of bound indices."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations.terms.sympy_image import Whole

BINDERS = (ExprWithLimits, sympy.Limit)


class _Captured(Exception):
    """A renamed index would capture another quantity of that name."""


def climb(expression: Any, change: Callable[[Any], Any]) -> Any:
    """Rebuild from the leaves up, applying `change` to every node."""
    if not expression.args or isinstance(expression, (sympy.IndexedBase, Whole)):
        return change(expression)
    args = [climb(a, change) for a in expression.args]
    if any(new is not old for new, old in zip(args, expression.args, strict=True)):
        expression = expression.func(*args)
    return change(expression)


@lru_cache(maxsize=10_000)
def canonical(expression: Any) -> Any:
    """Bound indices of sums and limits renamed by their height, so that alike sums are equal."""
    if not expression.has(*BINDERS):
        return expression
    for named in (lambda: expression, lambda: apart(expression)):
        try:
            return climb(named(), lambda node: _rebind(node, _by_height))
        except _Captured:  # try again with unique names
            continue
    return expression


def apart(expression: Any) -> Any:
    """Every bound index renamed to one that occurs nowhere else: safe to put below other binders."""
    if not expression.has(*BINDERS):
        return expression
    return climb(expression, lambda node: _rebind(node, lambda index, _: sympy.Dummy(**index._assumptions_orig)))


def _rebind(node: Any, rename: Callable[[Any, Any], Any]) -> Any:
    if not isinstance(node, BINDERS) or not isinstance(node, sympy.Limit) and len(node.limits) != 1:
        return node
    index = node.args[1] if isinstance(node, sympy.Limit) else node.limits[0][0]
    new = rename(index, node.args[0])
    if new == index:
        return node
    if any(new in a.atoms(sympy.Symbol) for a in node.args if a != index):
        raise _Captured
    return node.func(*(a.xreplace({index: new}) for a in node.args))


def _by_height(index: Any, body: Any) -> Any:
    return sympy.Symbol(f"_{1 + _height(body)}", **index._assumptions_orig)


def _height(expression: Any) -> int:
    """How deep binders are nested in it."""
    if not expression.args or not expression.has(*BINDERS):
        return 0
    return isinstance(expression, BINDERS) + max(_height(a) for a in expression.args)
