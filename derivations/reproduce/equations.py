"""Substituting equations into skeletons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from derivations.reproduce.binders import apart, canonical
from derivations.reproduce.knowledge import Equation, NoWord
from derivations.reproduce.skeleton import (
    OPAQUE,
    Held,
    SkeletonImager,
    StandIn,
    change_contents,
    hide,
    show,
    stand_in,
    stand_ins,
)  # fmt: skip
from derivations.terms.sympy_image import Moment, Whole

ROUNDS = 4
"""Definitions may mention definitions, but hardly deeper than this."""


def substitute(skeleton: Any, patterns: Sequence[Pattern]) -> Any:
    """Replace left sides by right sides until nothing changes."""
    for _ in range(ROUNDS):
        before = skeleton
        for pattern in patterns:
            skeleton = pattern.apply(skeleton)
        if skeleton == before:
            break
    return skeleton


class Pattern:
    """An equation, ready to replace one quantity.

    A left side that is no single quantity is solved for one: `a − b = c`
    replaces a by b + c.
    """

    def __init__(self, equation: Equation, imager: SkeletonImager) -> None:
        self.equation = equation
        # each parameter, and the values to which it is confined
        self.parameters = {imager.argument(p): [imager(v) for v in p.domain.values] for p in equation.parameters}
        quantity, self.value = _solve(imager.top(equation.lhs), imager.top(equation.rhs))
        self.target = quantity.content if isinstance(quantity, StandIn) else quantity
        self.plain_target = canonical(show(quantity))
        self._changed: dict[Any, Any] = {}  # the contents that it was applied to, and what they became

    def apply(self, skeleton: Any) -> Any:
        """Replace the target in a skeleton, and behind its stand-ins."""
        skeleton = change_contents(skeleton, self._content)
        if isinstance(self.target, (Held, *OPAQUE)):
            return skeleton
        return skeleton.xreplace({self.target: self.value})

    def _content(self, content: Any) -> Any:
        if content not in self._changed:
            self._changed[content] = self._new_content(content)
        return self._changed[content]

    def _new_content(self, content: Any) -> Any:
        bound = self._match(content)
        if bound is not None:
            if all(parameter == value for parameter, value in bound.items()):
                return self.value
            return self._value_at(bound)
        if isinstance(content, Held):
            body, variable = content.args
            return stand_in(Held(self.apply(body), variable)) if self._may_enter([variable]) else content
        return self._plain(content)

    def _value_at(self, bound: dict[Any, Any]) -> Any:
        """The skeleton of the value, its parameters replaced; algebra need not look behind the stand-ins."""
        inside = stand_ins(self.value)
        if any(isinstance(s.content, Held) for s in inside):
            return self._plain_value().xreplace(bound)
        new = {s: hide(apart(s.content).xreplace(bound)) for s in inside}
        return self.value.xreplace(new | bound)

    def _plain_value(self) -> Any:
        return apart(show(self.value))

    def _plain(self, expression: Any) -> Any:
        """Replace the target where nothing is set aside."""
        bound = self._match(expression)
        if bound is not None:
            return self._plain_value().xreplace(bound)
        if isinstance(expression, sympy.Derivative) and not self._may_enter([v for v, _ in expression.variable_count]):
            return expression
        if not expression.args or isinstance(expression, (sympy.IndexedBase, Whole)):
            return expression
        args = [self._plain(a) for a in expression.args]
        if all(new is old for new, old in zip(args, expression.args, strict=True)):
            return expression
        return expression.func(*args)

    def _may_enter(self, variables: list[Any]) -> bool:
        """A definition holds nearby; what rests on a hypothesis, only if that does not fix the variable."""
        if any(self._match(v) is not None for v in variables):
            raise NoWord(f"the line differentiates by {variables[0]}, which is replaced")
        names = {v.base.label.name if isinstance(v, sympy.Indexed) else v.name for v in variables}
        return not names & self.equation.rigid

    def speaks_of(self, atom: Any, values: dict[Any, Any]) -> bool:
        """Whether the equation, with these values put in, says what `atom` is."""
        target = self.plain_target
        if not isinstance(target, (AppliedUndef, sympy.Indexed)) or type(target) is not type(atom):
            return atom == target
        if isinstance(target, sympy.Indexed) and target.base != atom.base:
            return False
        parts = zip(target.args, atom.args, strict=False)
        return all(t in self.parameters or t.xreplace(values) == a for t, a in parts)

    def _match(self, expression: Any) -> dict[Any, Any] | None:
        """Values of the parameters for which the target is the expression."""
        target = self.plain_target
        if expression == self.target or expression == target:
            return {}
        if not self.parameters or type(expression) is not type(target):
            return None
        if isinstance(target, AppliedUndef):
            found = _unify(target.args, expression.args, self.parameters)
        elif isinstance(target, sympy.Indexed) and target.base == expression.base:
            found = _unify(target.indices, expression.indices, self.parameters)
        elif isinstance(target, Moment):
            found = _match_algebraically(target, expression, self.parameters)
        else:
            return None
        return found if found is not None and all(self._admits(p, v) for p, v in found.items()) else None

    def _admits(self, parameter: Any, value: Any) -> bool:
        """Whether the value may lie in the domain of the parameter."""
        values = self.parameters[parameter]
        if values and value != parameter and value not in values:
            return False
        return not any(getattr(parameter, "is_" + n) and getattr(value, "is_" + n) is False for n in _SIGNS)


_SIGNS = ("real", "integer", "positive", "negative", "nonnegative", "nonpositive", "nonzero")


def _unify(wanted: Sequence[Any], actual: Sequence[Any], parameters: Any) -> dict[Any, Any] | None:
    """Arguments that are parameters take any value, a whole vector only its own; the others must agree."""
    if len(wanted) != len(actual):
        return None
    found: dict[Any, Any] = {}
    for want, have in zip(wanted, actual, strict=True):
        if want in parameters and not isinstance(want, Whole):
            if found.setdefault(want, have) != have:
                return None
        elif want != have:
            return None
    return found


def _match_algebraically(target: Any, expression: Any, parameters: Any) -> dict[Any, Any] | None:
    """SymPy's matching: T/C matches T/√d with C = √d."""
    inside = [p for p in parameters if not isinstance(p, Whole) and target.has(p)]
    wild = {p: sympy.Wild(p.name) for p in inside}
    found: dict[Any, Any] = {}
    for want, have in zip(target.args, expression.args, strict=True):
        matched = have.match(want.xreplace(wild))
        if matched is None:
            return None
        found |= {p: matched[w] for p, w in wild.items() if w in matched}
    return found if target.xreplace(found) == expression else None


def _solve(lhs: Any, rhs: Any) -> tuple[Any, Any]:
    """A quantity of the equation, and what it is equal to."""
    if isinstance(lhs, sympy.Symbol) and not rhs.has(lhs):
        return lhs, rhs
    whole = sympy.expand(lhs - rhs)
    for atom in _candidates(lhs, rhs):
        factor = whole.coeff(atom, 1)
        rest = sympy.expand(whole - factor * atom)
        if factor.is_nonzero and not rest.has(atom):
            return atom, -rest / factor
    return lhs, rhs


def _candidates(lhs: Any, rhs: Any) -> Iterator[Any]:
    """Quantities to solve for: of the left side first, functions before family members before symbols."""
    for side in (lhs, rhs):
        inside = stand_ins(side)
        for kind in (AppliedUndef, sympy.Indexed):
            # the last one, so that h(s, 1) − h(s, 0) = … is solved for h(s, 1)
            chosen = [s for s in inside if isinstance(s.content, kind)]
            yield from sorted(chosen, key=lambda s: sympy.default_sort_key(s.content), reverse=True)
        plain = [s for s in side.free_symbols if not isinstance(s, StandIn)]
        yield from sorted(plain, key=sympy.default_sort_key, reverse=True)
