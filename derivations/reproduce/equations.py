"""Substituting equations into SymPy expressions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from derivations.reproduce.calculate import canonical
from derivations.reproduce.knowledge import Equation, NoWord
from derivations.terms.probability import Law
from derivations.terms.sympy_image import Imager, JointSpread, Label, Mean, Moment, RandomLabel, Spread, Whole

ROUNDS = 4
"""Definitions may mention definitions, but hardly deeper than this."""


def substitute(expression: Any, equations: Sequence[Equation], imager: Imager) -> Any:
    """Replace left sides by right sides until nothing changes.

    A left side that is no single quantity is solved for one: `a − b = c`
    replaces a by b + c.
    """
    patterns = [Pattern(e, imager) for e in equations]
    for _ in range(ROUNDS):
        before = expression
        for pattern in patterns:
            expression = pattern.apply(canonical(expression))
        if expression == before:
            break
    return expression


class Pattern:
    """An equation, ready to replace one quantity."""

    def __init__(self, equation: Equation, imager: Imager) -> None:
        self.equation, self.imager = equation, imager
        self.parameters = {self._parameter(p): p for p in equation.parameters}
        self.target, self.factor, self.solved = self._solve()

    def _parameter(self, symbol: Any) -> Any:
        return self.imager._argument(symbol)

    def _solve(self) -> tuple[Any, Any, bool]:
        """What is replaced; the right side is then (rhs − lhs + factor·target) / factor."""
        lhs, rhs = canonical(self.imager.top(self.equation.lhs)), self.imager.top(self.equation.rhs)
        if isinstance(lhs, _QUANTITIES) and not rhs.has(lhs):
            return lhs, sympy.S.One, False
        whole = sympy.expand(lhs - rhs)
        for atom in _candidates(lhs, rhs):
            factor = whole.coeff(atom, 1)
            if factor.is_nonzero and not (whole - factor * atom).has(atom):
                return atom, factor, True
        return lhs, sympy.S.One, False

    def value(self) -> Any:
        """The right side, with names of its own for its binders."""
        rhs = self.imager.again(self.equation.rhs) if not self.equation.rhs.shape else self.imager.top(self.equation.rhs)
        if not self.solved:
            return rhs
        rest = sympy.expand(self.imager.again(self.equation.lhs) - self.factor * self.target)
        return (rhs - rest) / self.factor

    def apply(self, expression: Any) -> Any:
        bound = self._match(expression)
        if bound is not None:
            return self.value().xreplace(bound)
        if isinstance(expression, sympy.Derivative) and not self._may_enter(expression):
            return expression
        if not expression.args or isinstance(expression, (sympy.IndexedBase, Whole)):
            return expression
        args = [self.apply(a) for a in expression.args]
        if all(new is old for new, old in zip(args, expression.args, strict=True)):
            return expression
        return expression.func(*args)

    def _may_enter(self, derivative: Any) -> bool:
        variables = [v for v, _ in derivative.variable_count]
        if any(self._match(v) is not None for v in variables):
            raise NoWord(f"the line differentiates by {variables[0]}, which is replaced")
        if self.equation.everywhere:
            return True
        bases = {Whole(v.base.label) if isinstance(v, sympy.Indexed) else v for v in variables}
        return bases <= set(self.parameters)

    def _match(self, expression: Any) -> dict[Any, Any] | None:
        """Values of the parameters for which the target is the expression."""
        target = self.target
        if expression == target:
            return {}
        if not self.parameters or not isinstance(target, AppliedUndef) or type(expression) is not type(target):
            return None
        if len(expression.args) != len(target.args):
            return None
        found: dict[Any, Any] = {}
        for wanted, actual in zip(target.args, expression.args, strict=True):
            if wanted in self.parameters and not isinstance(wanted, Whole):
                if found.setdefault(wanted, actual) != actual:
                    return None
            elif wanted != actual:
                return None
        return found


_QUANTITIES = (sympy.Symbol, sympy.Indexed, AppliedUndef, Moment, sympy.Derivative, sympy.Limit, sympy.Sum)


def _candidates(lhs: Any, rhs: Any) -> Iterator[Any]:
    """Quantities to solve for: of the left side first, functions before family members before symbols."""
    for side in (lhs, rhs):
        for kind in (AppliedUndef, sympy.Indexed, sympy.Symbol):
            atoms = [a for a in side.atoms(kind) if not isinstance(a, Label)]
            # the last one, so that h(s, 1) − h(s, 0) = … is solved for h(s, 1)
            yield from sorted(atoms, key=sympy.default_sort_key, reverse=True)


# -- laws ------------------------------------------------------------------------
def apply_laws(expression: Any, laws: Sequence[Law], imager: Imager) -> Any:
    """Put in the declared means and variances of single random variables."""
    from derivations.reproduce.calculate import climb

    return climb(expression, lambda node: _moment(node, laws, imager)) if expression.has(Moment) else expression


def _moment(node: Any, laws: Sequence[Law], imager: Imager) -> Any:
    if not isinstance(node, Moment) or len(set(node.args)) != 1:
        return node
    variable = node.args[0]
    for law in laws:
        if not _member(variable, law):
            continue
        wanted = law.mean if isinstance(node, Mean) else law.variance
        assert isinstance(node, (Mean, Spread, JointSpread))
        if wanted is not None:
            indices = variable.indices if isinstance(variable, sympy.Indexed) else ()
            names = [imager(symbol) for symbol in law.indices]
            return imager.again(wanted).xreplace(dict(zip(names, indices, strict=False)))
    return node


def _member(variable: Any, law: Law) -> bool:
    label = variable.base.label if isinstance(variable, sympy.Indexed) else variable
    return isinstance(label, RandomLabel) and label.name in {f.name for f in law.families}
