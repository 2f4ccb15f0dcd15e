"""Are two expressions equal? Do they certainly differ? What SymPy says of it, the cheapest question first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sympy
from sympy.core.evalf import PrecisionExhausted
from sympy.core.function import AppliedUndef
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from derivations.reproduce.algebra import rationally_zero
from derivations.reproduce.calculate import expand_logarithms, plain_sums, split_sums
from derivations.reproduce.equations import Pattern
from derivations.reproduce.skeleton import Held, StandIn, hide, stand_ins
from derivations.terms.sympy_image import Label, Moment

SMALL = 60
"""Slow identities are tried only on expressions with at most so many operations."""

POINTS = 3
"""How many points are tried before SymPy has nothing to say against a link."""

Choices = dict[Any, Sequence[Any]]
"""The values of symbols with a finite domain."""


def same(left: Any, right: Any) -> bool:
    """SymPy finds that the difference of two skeletons vanishes."""
    if left == right or rationally_zero(left - right):
        return True
    merged = _merge(left, right)
    if merged != right and rationally_zero(left - merged):
        return True
    difference = split_sums(left - merged)
    return difference == 0 or rationally_zero(difference) or _stubbornly_zero(difference)


def _merge(left: Any, right: Any) -> Any:
    """The right side, with the left side's own derivatives, logarithms, powers … where they are alike inside."""
    there = _pieces(left)
    changes = {p: next((o for o in there if _alike(p, o)), p) for p in _pieces(right) if p not in there}
    return right.xreplace(changes)


def _pieces(skeleton: Any) -> list[Any]:
    held = [s for s in stand_ins(skeleton) if isinstance(s.content, (Held, sympy.Integral, sympy.Limit, Moment))]
    powers = [p for p in skeleton.atoms(sympy.Pow) if not p.exp.is_Rational and not p.base.is_Atom]
    functions = [f for f in skeleton.atoms(sympy.Function) if not isinstance(f, sympy.exp)]
    return held + sorted(powers + functions, key=sympy.default_sort_key)


def _alike(one: Any, other: Any) -> bool:
    """The same operation on things that are equal."""
    if isinstance(one, StandIn) and isinstance(other, StandIn):
        one, other = one.content, other.content
    if type(one) is not type(other):
        return False
    if isinstance(one, Moment | sympy.Function):
        return all(same(hide(a), hide(b)) for a, b in zip(one.args, other.args, strict=True))
    if isinstance(one, sympy.Pow) and one.exp == -other.exp:
        # b^{−x} = (1/b)^x for an integer x, or b > 0
        return bool(one.exp.is_integer or one.base.is_positive) and same(1 / one.base, other.base)
    # a derivative, a limit, a power: the first argument, in the same variable or with the same exponent
    return one.args[1:] == other.args[1:] and same(hide(one.args[0]), hide(other.args[0]))


def _stubbornly_zero(plain: Any) -> bool:
    """Identities of logarithms, roots and circular functions. Not by `simplify`: it costs a third of a second."""
    if sympy.count_ops(plain) > SMALL:
        return False
    if plain.has(HyperbolicFunction) and rationally_zero(plain.rewrite(HyperbolicFunction, sympy.exp)):
        return True
    if plain.has(sympy.log) and rationally_zero(expand_logarithms(plain)):
        return True
    if plain.has(sympy.sin, sympy.cos):
        return bool(sympy.expand_trig(plain).expand() == 0 or sympy.trigsimp(plain) == 0)
    if plain.has(sympy.Abs) or any(p.exp.is_Rational and not p.exp.is_Integer for p in plain.atoms(sympy.Pow)):
        return bool(sympy.radsimp(plain.expand()).expand() == 0)
    return False


# -- signs -------------------------------------------------------------------------
QUESTIONS = {
    ">": "is_positive", "<": "is_positive", ">=": "is_nonnegative", "<=": "is_nonnegative", "!=": "is_nonzero",
}  # fmt: skip
"""What SymPy is asked about the difference, greater − smaller."""


def holds(sign: str, left: Any, right: Any) -> bool | None:
    """Whether `left sign right` for one of `≠ < ≤ > ≥`; None if SymPy cannot tell."""
    if sign in ("<", "<="):
        left, right = right, left
    question = QUESTIONS[sign]
    for candidate in _rewritings(split_sums(left - right)):
        answer = getattr(candidate, question)
        if answer is not None:
            return bool(answer)
    return None


def _rewritings(difference: Any) -> Iterator[Any]:
    """The difference in forms whose sign SymPy may see: terms, a quotient, factors."""
    plain = difference.xreplace({a: sympy.Dummy(nonnegative=True) for a in _in_order(difference.atoms(sympy.Abs))})
    yield plain
    for form in dict.fromkeys((_from_one(plain), plain)):
        top, bottom = sympy.fraction(sympy.together(form))
        if bottom.is_positive:
            yield sympy.expand(top)
            yield sympy.factor(top)


def _in_order(atoms: set[Any]) -> list[Any]:
    """Not in that of a set, which differs from run to run."""
    return sorted(atoms, key=sympy.default_sort_key)


def _from_one(plain: Any) -> Any:
    """e^p = 1 + u with u ≥ 0 where p ≥ 0: SymPy does not ask whether e^p − 1 ≥ 0."""
    above: dict[Any, Any] = {}
    changes = {}
    for power in _in_order(plain.atoms(sympy.exp)):
        if power.args[0].is_nonnegative:
            changes[power] = 1 + above.setdefault(power.args[0], sympy.Dummy(nonnegative=True))
        elif power.args[0].is_nonpositive:
            changes[power] = 1 / (1 + above.setdefault(-power.args[0], sympy.Dummy(nonnegative=True)))
    return plain.xreplace(changes)


# -- points ------------------------------------------------------------------------
def differs_somewhere(
    left: Any, right: Any, conditions: Sequence[Any], choices: Choices, wrong: Callable[[Any], bool],
    equations: Sequence[Pattern] = (),
) -> str:  # fmt: skip
    """A point that satisfies the conditions and at which `wrong(left − right)`, as text; "" if none was found.

    A point that gives a value to something of which an equation says what it
    is does not count: it may contradict the equation.
    """
    for start in range(POINTS):
        point = Point(start, choices)
        try:
            checks = [point.at(c) for c in conditions]
            if any(c is not sympy.true for c in checks):
                continue
            gap = point.at(left) - point.at(right)
        except NoValue:
            continue
        if wrong(gap) and not any(e.speaks_of(atom, point.values) for e in equations for atom in point.values):
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
        fixed = plain_sums(expression.xreplace(self.values))
        if fixed.has(sympy.Derivative, sympy.Limit, sympy.Sum, sympy.Integral, Moment, sympy.Piecewise):
            raise NoValue
        return self._worth(self._functions(fixed))

    def _functions(self, expression: Any) -> Any:
        """Unknown functions and members get a value each, the innermost first."""
        kinds = (AppliedUndef, sympy.Indexed)
        while atoms := expression.atoms(*kinds):
            innermost = [a for a in atoms if not any(i.atoms(*kinds) for i in _indices(a))]
            for atom in sorted(innermost, key=sympy.default_sort_key):
                _check_range(atom)
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


def _check_range(atom: Any) -> None:
    """A member of a family exists only within its range."""
    if isinstance(atom, sympy.Indexed) and atom.base.shape:
        for index, size in zip(atom.indices, atom.base.shape, strict=True):
            if not (index >= 1) == sympy.true or (index <= size) == sympy.false:
                raise NoValue


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
