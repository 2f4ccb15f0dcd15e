"""Functions of the second evaluator: by their definitions, by hypotheses, else by what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mpf

from derivations.models.numbers import Element
from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import add, minus, times, whole
from derivations.terms.families import Entry
from derivations.terms.functions import Apply, Function
from derivations.terms.symbols import Symbol

if TYPE_CHECKING:
    from derivations.models.second_opinion.evaluator import Second
    from derivations.terms.term import Term


class Functions:
    """Functions: by their definitions, by hypotheses for all arguments, else by what was chosen."""

    def apply(self: Second, f: Function, args: tuple[Any, ...]) -> Any:  # type: ignore[misc]
        for definition in self.problem.functions.get(f, ()):
            values = self.matched(definition.lhs.args, args, definition.parameters)  # type: ignore[attr-defined]
            if values is not None:
                with self.having(bound=values):
                    return self.defined(definition)
        stated = self.stated(f, args)
        if stated is not None:
            return stated
        if not f.size:
            return self._part(f, args, 0)
        return tuple(self._part(f, args, i) for i in range(whole(self(f.size[0]))))

    def matched(self: Second, written: Sequence[Term], args: Sequence[Any], free: Sequence[Symbol]) -> Any:  # type: ignore[misc]
        """The values of the parameters, or None where the arguments are others."""
        places = list(zip(written, args, strict=True))
        found: dict[Symbol, Any] = {t: value for t, value in places if isinstance(t, Symbol) and t in free}
        for term, value in places:
            if isinstance(term, Symbol) and term in free:
                with self.having(bound={**self.bound, **found}):
                    if not self._belongs(value, term):
                        return None
            else:
                with self.having(bound={}, moved={}):
                    if arithmetic.apart(self(term), value):
                        return None
        return found

    def _belongs(self: Second, value: Any, parameter: Symbol) -> bool:  # type: ignore[misc]
        """Whether a parameter may stand for the value."""
        if parameter.domain.kind == "finite":
            return any(not arithmetic.apart(value, self(v)) for v in parameter.domain.values)
        if parameter.shape is None:
            return isinstance(value, Element) and value.space == parameter.domain.name
        if parameter.shape:
            return isinstance(value, tuple) and len(value) == whole(self(parameter.shape[0]))
        if isinstance(value, (tuple, Element)):
            return False
        with self.having(bound={**self.bound, parameter: value}):
            return all(self.truth(fact) for fact in parameter.domain.facts(parameter))

    def stated(self: Second, owner: Any, args: tuple[Any, ...]) -> Any:  # type: ignore[misc]
        """What a hypothesis for all arguments makes of this one; it is held against the hypothesis itself."""
        for found in self.problem.solved:
            atom = found.atom
            written = atom.args if isinstance(atom, Apply) else atom.indices if isinstance(atom, Entry) else ()
            if not found.for_all or getattr(atom, "function", getattr(atom, "family", None)) != owner:
                continue
            values = self.matched(written, args, found.for_all)
            if values is not None:
                with self.having(bound=values):
                    return self(self.model.one_of(found.solutions))
        return None

    def _part(self: Second, f: Function, args: tuple[Any, ...], part: int) -> Any:  # type: ignore[misc]
        if not self.model.smooth:
            return self.name(("apply", f, args, part))
        points = tuple(a for a in args if isinstance(a, Element))
        value = self._polynomial(f, points, list(_numbers(args)), part)
        bounded = self.problem.everywhere(f) if any(_owner(atom) == f for atom, _, _ in self.problem.patterns) else None
        if bounded is not None:
            sign, edge = bounded
            return add(edge, times(Fraction(sign), add(Fraction(1), times(value, value))))
        return add(value, self._shift(f, args, part)) if self._is_solved(f) else value

    def _is_solved(self: Second, f: Function) -> bool:  # type: ignore[misc]
        return any(key[0] == "apply" and key[1] == f for key in self.model.solved)

    def _shift(self: Second, f: Function, args: tuple[Any, ...], part: int) -> Any:  # type: ignore[misc]
        """Near a point at which a hypothesis says what the function is there, the polynomial is shifted to fit."""
        for key, (_, solution) in self.model.solved.items():
            if key[0] != "apply" or key[1] != f or key[3] != part or not _near(args, key[2]):
                continue
            with self.having(bound={}, moved={}):
                points = tuple(a for a in key[2] if isinstance(a, Element))
                usual = self._polynomial(f, points, list(_numbers(key[2])), part)
                return minus(self(solution), usual)
        return Fraction(0)

    def _polynomial(self: Second, f: Function, points: Any, x: list[Any], part: int) -> Any:  # type: ignore[misc]
        def c(*powers: int) -> Any:
            return self.name(("coefficient", f, points, part, powers))

        total = c()
        for i, a in enumerate(x):
            total = add(total, times(c(i), a))
            for j in range(i + 1):
                total = add(total, times(c(j, i), times(x[j], a)))
        return total


def _owner(atom: Any) -> Any:
    return getattr(atom, "function", None)


def _near(args: Any, point: Any) -> bool:
    """The same point, or one that a finite difference has moved a little."""
    if isinstance(args, tuple):
        return isinstance(point, tuple) and len(args) == len(point) and all(map(_near, args, point))
    if isinstance(args, Element) or isinstance(point, Element):
        return bool(args == point)
    return bool(abs(arithmetic.real(minus(args, point))) < mpf(10) ** -9)


def _numbers(args: Sequence[Any]) -> Iterator[Any]:
    for arg in args:
        if isinstance(arg, tuple):
            yield from _numbers(arg)
        elif not isinstance(arg, Element):
            yield arg


__all__ = ["Functions"]
