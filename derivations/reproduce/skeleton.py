"""The skeleton of an expression: its sums, functions and family members as plain symbols.

SymPy does algebra and calculus on symbols fast, and asks many slow questions
about sums. So what is opaque to algebra is set aside behind a `StandIn`; an
operation that is about the inside works on the contents.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import sympy
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from derivations.reproduce.binders import canonical
from derivations.terms.calculus import Derivative
from derivations.terms.sympy_image import Imager, Moment, Whole

OPAQUE = (ExprWithLimits, AppliedUndef, Moment, sympy.Derivative, sympy.Limit, sympy.Indexed)

Change = Callable[[Any], Any]


class StandIn(sympy.Dummy):  # type: ignore[misc]
    """A symbol for what is opaque to algebra."""

    content: Any


class Held(sympy.Basic):  # type: ignore[misc]
    """A derivative to be performed: of a skeleton, by a variable."""


@cache  # a content that was forgotten would come back as another symbol
def stand_in(content: Any) -> StandIn:
    """The symbol for this content, always the same one."""
    known = {"positive": True} if _is_positive(content) else {"real": True}
    made = StandIn("@", **known)
    made.content = content
    return made


def _is_positive(content: Any) -> bool:
    if isinstance(content, sympy.Sum):
        _, low, high = content.limits[0]
        return _sum_of_positive(content.function) and bool((high - low).is_nonnegative)
    return bool(isinstance(content, (sympy.Symbol, sympy.Indexed)) and content.is_positive)


def _sum_of_positive(term: Any) -> bool:
    """Whether it is seen at once that it is positive; SymPy would ask itself for long."""
    if isinstance(term, sympy.exp):
        return bool(term.args[0].is_real)
    if isinstance(term, (sympy.Add, sympy.Mul)):
        return all(_sum_of_positive(part) for part in term.args)
    if isinstance(term, sympy.Pow):
        return bool(term.exp.is_real) and _sum_of_positive(term.base)
    return bool(term.is_Atom and term.is_positive or isinstance(term, sympy.Indexed) and term.is_positive)


@lru_cache(maxsize=10_000)
def stand_ins(expression: Any) -> tuple[StandIn, ...]:
    found = [s for s in expression.free_symbols if isinstance(s, StandIn)]
    return tuple(sorted(found, key=lambda s: s.dummy_index))  # in the order in which they were made, not of a set


def hide(expression: Any) -> Any:
    """The skeleton of an expression."""
    if isinstance(expression, OPAQUE):
        return stand_in(canonical(expression))
    if not expression.args or isinstance(expression, Whole):
        return expression
    args = [hide(a) for a in expression.args]
    if all(new is old for new, old in zip(args, expression.args, strict=True)):
        return expression
    return expression.func(*args)


def show(expression: Any) -> Any:
    """The expression of a skeleton."""
    while inside := stand_ins(expression):
        expression = expression.xreplace({s: _content(s) for s in inside})
    return expression


def _content(symbol: StandIn) -> Any:
    if isinstance(symbol.content, Held):
        body, variable = symbol.content.args
        return sympy.Derivative(show(body), variable, evaluate=False)
    return symbol.content


def change_contents(skeleton: Any, change: Change) -> Any:
    """Apply `change` to what stands behind each stand-in; it gets a content and gives an expression."""
    new = {}
    for symbol in stand_ins(skeleton):
        changed = change(symbol.content)
        if changed != symbol.content:
            new[symbol] = hide(changed)
    return skeleton.xreplace(new) if new else skeleton


def replace(skeleton: Any, changes: dict[Any, Any]) -> Any:
    """Replace symbols, in the skeleton and behind its stand-ins."""
    if not changes:
        return skeleton

    def inside(content: Any) -> Any:
        if isinstance(content, Held):
            body, variable = content.args
            return stand_in(Held(replace(body, changes), variable))
        return content.xreplace(changes)

    return change_contents(skeleton, inside).xreplace(changes)


class SkeletonImager(Imager):
    """Gives skeletons as images."""

    def finish(self, expression: Any) -> Any:
        if self.depth == 0 and isinstance(expression, OPAQUE):
            return stand_in(canonical(expression))
        return expression

    def __call__(self, term: Any) -> Any:
        made = super().__call__(term)
        return hide(made) if term.shape and self.depth == 0 else made

    def plain(self, term: Any) -> Any:
        """The image with nothing set aside."""
        with self._deeper():
            return self.top(term)

    def derivative(self, node: Derivative) -> Any:
        if self.depth:
            return super().derivative(node)
        with self._deeper():
            variable = self(node.variable)
        with self._pointing():
            return stand_in(Held(self(node.body), variable))
