"""Averages of the second evaluator over given laws: quadrature of mpmath, masses added up."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivations.models.second_opinion.arithmetic import Unknown, add, holds, over, real, times, whole
from derivations.models.second_opinion.quadrature import end_of, quadrature, to_nine_digits
from derivations.terms.arithmetic import Infinity
from derivations.terms.families import Entry
from derivations.terms.symbols import REAL, Symbol

if TYPE_CHECKING:
    from derivations.models.model import Key
    from derivations.models.second_opinion.evaluator import Second

_AT = Symbol("x", REAL, -4001)
_MOST = 300


class _Needs(Unknown):
    def __init__(self, key: Key) -> None:
        self.key = key


class Laws:
    """Expectations over laws, one variable after another."""

    pinned: dict[Key, Any] | None = None

    def lawful(self: Second, key: Key) -> Any:  # type: ignore[misc]
        if self.pinned is None:
            return self.name(key)
        if key not in self.pinned:
            raise _Needs(key)
        return self.pinned[key]

    def over_laws(self: Second, evaluate: Callable[[], Any], pinned: dict[Key, Any] | None = None) -> Any:  # type: ignore[misc]
        before, own = self.pinned, pinned or {}
        if len(own) > 2:
            raise Unknown("an average over many variables")
        self.pinned = own
        try:
            return evaluate()
        except _Needs as asked:
            key = asked.key
        finally:
            self.pinned = before
        driver = self.model.lawful.get(key)
        together = [k for k, d in self.model.lawful.items() if d is driver] if driver is not None else [key]
        law = self.model.law_at(key)
        density = law.density(_AT)

        def weighed(x: Any) -> Any:
            with self.having(bound={**self.bound, _AT: x}):
                weight = self(density)
            return times(weight, self.over_laws(evaluate, {**own, **dict.fromkeys(together, x)}))

        low, high = law.support
        if law.discrete:
            return self._masses(weighed, whole(self(low)), None if isinstance(high, Infinity) else whole(self(high)))
        value = quadrature(lambda x: real(weighed(x)), end_of(self, low), end_of(self, high))
        to_nine_digits(self)
        return value

    def probability(self: Second, event: Any) -> Any:  # type: ignore[misc]
        """The mass, or the area, of where the event holds."""
        said = next((e for e in (event, event.turned) if isinstance(e.lhs, Entry)), None)
        if said is None or said.lhs.family not in self.problem.distributions:
            return self.average(event, lambda: Fraction(int(self.truth(event))))
        bound, law = self(said.rhs), self.model.law_at(self.key(said.lhs))
        low, high = law.support

        def density(x: Any) -> Any:
            with self.having(bound={**self.bound, _AT: x}):
                return self(law.density(_AT))

        if law.discrete:
            last = None if isinstance(high, Infinity) else whole(self(high))
            return self._masses(
                lambda k: density(k) if holds(k, said.sign, bound) else Fraction(0), whole(self(low)), last
            )
        if said.sign in ("=", "!="):
            return Fraction(0 if said.sign == "=" else 1)
        first, end, cut = end_of(self, low), end_of(self, high), real(bound)
        first, end = (first, min(end, cut)) if said.sign in ("<", "<=") else (max(first, cut), end)
        value = quadrature(lambda x: real(density(x)), first, end) if first < end else Fraction(0)
        to_nine_digits(self)
        return value

    def conditional_probability(self: Second, node: Any) -> Any:  # type: ignore[misc]
        one, other = ((e if isinstance(e.lhs, Entry) else e.turned) for e in (node.event, node.given))
        if one.lhs != other.lhs or one.sign[0] != other.sign[0] or one.sign[0] not in "<>":
            raise Unknown("a condition on another variable")
        a, b = self(one.rhs), self(other.rhs)
        narrow = one if holds(a, one.sign[0], b) or a == b and len(one.sign) == 1 else other
        return over(self.probability(narrow), self.probability(node.given))

    def _masses(self: Second, weighed: Callable[[Any], Any], low: int, high: int | None) -> Any:  # type: ignore[misc]
        total: Any = Fraction(0)
        small = 0
        for n in range(low, (low + _MOST if high is None else high) + 1):
            part = weighed(Fraction(n))
            total = add(total, part)
            small = small + 1 if abs(real(part)) < mp.mpf(10) ** -40 else 0
            if high is None and small > 20:
                return real(total)
        if high is None:
            raise Unknown("a series that does not settle")
        return total


__all__ = ["Laws"]
