"""Are two expressions equal? Do they certainly differ? What SymPy says of it, the cheapest question first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sympy
from sympy.core.evalf import PrecisionExhausted
from sympy.core.function import AppliedUndef
from sympy.polys.fields import sfield
from sympy.polys.polyerrors import BasePolynomialError

from derivations.reproduce.calculate import canonical, evaluate_sums, expand_logarithms, split_sums
from derivations.terms.sympy_image import Label, Moment, Whole

SMALL = 60
"""`simplify` is asked only about expressions with fewer operations."""

POINTS = 4
"""How many points are tried before SymPy has nothing to say against a link."""

Choices = dict[Any, Sequence[Any]]
"""The values of symbols with a finite domain."""


def same(left: Any, right: Any) -> bool:
    """SymPy finds that the difference vanishes."""
    if left == right:
        return True
    difference = canonical(left) - canonical(right)
    if difference == 0 or difference.expand() == 0:
        return True
    difference = canonical(split_sums(difference))
    if difference == 0 or rationally_zero(difference):
        return True
    return _stubbornly_zero(difference)


def rationally_zero(difference: Any) -> bool:
    """Zero as a rational function of its atoms, powers and exponentials taken as generators."""
    try:
        return bool(sfield(opaque(difference).expand(power_base=False, log=False))[1] == 0)
    except (BasePolynomialError, NotImplementedError):
        return False


_HIDDEN = (sympy.Sum, AppliedUndef, Moment, sympy.Derivative, sympy.Limit, sympy.Indexed)


def hidden_atoms(expression: Any) -> set[Any]:
    """What `opaque` hides."""
    return set(expression.atoms(*_HIDDEN))


def opaque(expression: Any) -> Any:
    """Atoms of families, functions and sums as plain symbols: what is left is algebra."""
    table: dict[Any, Any] = {}

    def hide(node: Any) -> Any:
        if isinstance(node, _HIDDEN):
            known = {"positive": True} if node.is_positive else {"real": True} if node.is_real is not False else {}
            return table.setdefault(node, sympy.Dummy(**known))
        if not node.args or isinstance(node, Whole):
            return node
        return node.func(*(hide(a) for a in node.args))

    return hide(expression)


def _stubbornly_zero(difference: Any) -> bool:
    plain = opaque(difference)
    if plain.has(sympy.tanh, sympy.sin, sympy.cos):
        if rationally_zero(plain.rewrite(sympy.tanh, sympy.exp).rewrite(sympy.exp)):
            return True
        return bool(sympy.trigsimp(plain) == 0) if sympy.count_ops(plain) < SMALL else False
    if plain.has(sympy.log):
        return rationally_zero(expand_logarithms(plain))
    if plain.has(sympy.Abs) or any(p.exp.is_Rational and not p.exp.is_Integer for p in plain.atoms(sympy.Pow)):
        return sympy.count_ops(plain) < SMALL and bool(sympy.simplify(plain) == 0)
    return False


# -- signs -------------------------------------------------------------------------
def holds(sign: str, left: Any, right: Any) -> bool | None:
    """Whether `left sign right` for one of `≠ < ≤ > ≥`; None if SymPy cannot tell."""
    if sign in ("<", "<="):
        left, right, sign = right, left, {"<": ">", "<=": ">="}[sign]
    question = {">": "is_positive", ">=": "is_nonnegative", "!=": "is_nonzero"}[sign]
    for candidate in _rewritings(split_sums(canonical(left) - canonical(right))):
        answer = getattr(candidate, question)
        if answer is not None:
            return bool(answer)
    return None


def _rewritings(difference: Any) -> Iterator[Any]:
    """The difference in forms whose sign SymPy may see: terms, a quotient, factors."""
    plain = opaque_magnitudes(difference)
    yield plain
    top, bottom = sympy.fraction(sympy.together(plain))
    if bottom.is_positive:
        yield sympy.expand(top)
        yield sympy.factor(top)


def opaque_magnitudes(expression: Any) -> Any:
    """Sums, functions and magnitudes as plain symbols that keep their sign."""
    expression = opaque(expression)
    return expression.xreplace({a: sympy.Dummy(nonnegative=True) for a in expression.atoms(sympy.Abs)})


# -- points ------------------------------------------------------------------------
def differs_somewhere(
    left: Any, right: Any, conditions: Sequence[Any], choices: Choices, wrong: Callable[[Any], bool]
) -> str:
    """A point that satisfies the conditions and at which `wrong(left − right)`, as text; "" if none was found."""
    for start in range(POINTS):
        point = Point(start, choices)
        try:
            checks = [point.at(c) for c in conditions]
            if any(c is not sympy.true for c in checks):
                continue
            gap = point.at(left) - point.at(right)
        except NoValue:
            continue
        if wrong(gap):
            return str(point)
    return ""


class NoValue(Exception):
    """An expression has no real value at a point."""


class Point:
    """Small rational values for symbols, family members and functions, chosen as they are met."""

    def __init__(self, start: int, choices: Choices) -> None:
        self.start, self.choices = start, choices
        self.values: dict[Any, Any] = {}

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.values.items())

    def at(self, expression: Any) -> Any:
        """The value of an expression or the truth of a relation; NoValue where it is not real."""
        sizes = {s for base in expression.atoms(sympy.IndexedBase) for size in base.shape for s in size.free_symbols}
        symbols = [s for s in expression.free_symbols if isinstance(s, sympy.Symbol) and not isinstance(s, Label)]
        for symbol in sorted(symbols, key=lambda s: (s not in sizes, s.name)):
            if symbol not in self.values:
                self.values[symbol] = self._choose(symbol, size=symbol in sizes)
        fixed = evaluate_sums(expression.xreplace(self.values))
        if fixed.has(sympy.Derivative, sympy.Limit, sympy.Sum, Moment, sympy.Piecewise):
            raise NoValue
        return self._worth(self._functions(fixed))

    def _functions(self, expression: Any) -> Any:
        """Unknown functions and members get a value each, the innermost first."""
        while inner := sorted(
            (f for f in expression.atoms(AppliedUndef, sympy.Indexed) if not any(a.atoms(AppliedUndef, sympy.Indexed) for a in _indices(f))),
            key=sympy.default_sort_key,
        ):
            for atom in inner:
                if atom not in self.values:
                    self.values[atom] = self._choose(atom)
            expression = expression.xreplace(self.values)
        return expression

    def _choose(self, atom: Any, size: bool = False) -> Any:
        if atom in self.choices:
            return self.choices[atom][self.start % len(self.choices[atom])]
        if size:
            return sympy.Integer(2 + self.start % 2)
        shift = (self.start + 3 * len(self.values)) % 5
        for value in (*_VALUES[shift:], *_VALUES[:shift]):
            if all(getattr(value, "is_" + name, truth) == truth for name, truth in atom.assumptions0.items()):
                if not atom.is_integer or value in (1, 2):
                    return value
        raise NoValue

    def _worth(self, expression: Any) -> Any:
        if isinstance(expression, (sympy.logic.boolalg.BooleanAtom, sympy.core.relational.Relational)):
            return expression
        for log in expression.atoms(sympy.log):
            if not log.args[0].is_positive:
                raise NoValue
        if expression.has(sympy.nan, sympy.zoo, sympy.oo) or expression.is_real is not True:
            raise NoValue
        return expression


_VALUES = [sympy.Rational(*v) for v in ((1, 2), (2, 1), (-3, 2), (1, 1), (5, 3), (-1, 1), (2, 3), (-2, 1), (3, 1))]


def _indices(atom: Any) -> tuple[Any, ...]:
    return tuple(atom.indices) if isinstance(atom, sympy.Indexed) else tuple(atom.args)


def certainly(gap: Any, question: Callable[[Any], bool]) -> bool:
    """`question` of the gap's value, calculated to digits that SymPy vouches for."""
    try:
        value = sympy.N(gap, 20, maxn=200, strict=True)
    except PrecisionExhausted:
        return False
    return bool(value.is_real and abs(value) > sympy.Float("1e-12") and question(value))


__all__ = ["certainly", "differs_somewhere", "holds", "rationally_zero", "same"]
