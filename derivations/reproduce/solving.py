"""Equivalent statements: the same equation up to a factor, or the same solutions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy

from derivations.records import record
from derivations.reproduce.algebra import rationally_zero
from derivations.reproduce.compare import same
from derivations.reproduce.skeleton import StandIn, show, stand_ins
from derivations.terms.relations import TURNED

Statement = tuple[str, Any, Any]
"""A sign and two sides."""
Answer = tuple[str | None, str, bool]
"""What SymPy did, or None; why not; whether it is certain that they differ."""


@record(frozen=True)
class Domain:
    """What is known of the unknowns: relationals that hold, and the values of those that have finitely many."""

    facts: tuple[Any, ...]
    values: Mapping[Any, Sequence[Any]]

    def admits(self, unknown: Any, root: Any) -> bool | None:
        """Whether the unknown may have this value; None where that is not known."""
        names = ("real", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer")
        if any(getattr(unknown, "is_" + n) and getattr(root, "is_" + n) is False for n in names):
            return False
        answers = [fact.xreplace({unknown: root}) for fact in self.facts if fact.has(unknown)]
        if unknown in self.values:
            answers.append(sympy.Contains(root, sympy.FiniteSet(*self.values[unknown])))
        if any(answer == sympy.false for answer in answers):
            return False
        return True if all(answer == sympy.true for answer in answers) else None


def equivalent(one: Statement, other: Statement, domain: Domain) -> Answer:
    """What SymPy did to see that the statements are equivalent."""
    gaps = one[1] - one[2], other[1] - other[2]
    if one[0] == other[0] and rationally_zero(gaps[0] - gaps[1]):
        return "cancel", "", False
    if gaps[1] == 0:
        return _NO_WORD
    (top, below), (over, bottom) = (sympy.fraction(sympy.together(gap)) for gap in gaps)
    number, *parts = sympy.cancel((top * bottom, below * over))  # as a pair: SymPy takes long over 1/(a + b)
    simple = not any(part.has(sympy.Add) for part in parts)
    if simple and _same_up_to_factor(one[0], other[0], number * parts[0] / parts[1]):
        return "cancel", "", False
    answer = _same_solutions(*gaps, domain) if one[0] == other[0] == "=" else _NO_WORD
    if answer[0] is None and not simple and _same_up_to_factor(one[0], other[0], number * parts[0] / parts[1]):
        return "cancel", "", False  # asked last: the sign of a sum takes SymPy longer than the solutions
    return answer


_NO_WORD: Answer = (None, "SymPy has no word for this equivalence", False)


def _same_up_to_factor(sign: str, other: str, factor: Any) -> bool:
    if sign in ("=", "!="):
        return sign == other and factor.is_nonzero is True and factor.is_finite is not False
    return bool(factor.is_positive and sign == other or factor.is_negative and TURNED.get(sign) == other)


def _same_solutions(one: Any, other: Any, domain: Domain) -> Answer:
    """Solve both for a symbol that stands in the open in both, not within a family's member or a function."""
    hidden = {s for side in (one, other) for inside in stand_ins(side) for s in show(inside).free_symbols}
    shared = {s for s in (one.free_symbols & other.free_symbols) - hidden if not isinstance(s, StandIn)}
    # what may vary continuously is rather an unknown than a size
    for unknown in sorted(shared, key=lambda s: (bool(s.is_integer), s.name)):
        first, second = (_solutions(gap, unknown, domain) for gap in (one, other))
        if first is None or second is None:
            continue
        if _alike(first, second):
            return "solve", "", False
        certain = all(root.is_number and domain.admits(unknown, root) for root in first + second)
        return None, f"SymPy finds the solutions {unknown} ∈ {first} and {second}", certain
    return None, "SymPy cannot solve both statements", False


def _solutions(gap: Any, unknown: Any, domain: Domain) -> list[Any] | None:
    """All solutions that are not excluded by what is known of the unknown; None if SymPy cannot find them all."""
    top, bottom = sympy.fraction(sympy.together(gap))
    polynomial = top.as_poly(unknown)
    if polynomial is None or polynomial.is_ground:
        return None  # sympy.solve need not find all, and does not say so
    found = sympy.roots(polynomial)
    if sum(found.values()) != polynomial.degree():
        return None
    roots = [root for root in found if bottom.xreplace({unknown: root}).is_zero is not True]
    return [root for root in roots if domain.admits(unknown, root) is not False]


def _alike(first: list[Any], second: list[Any]) -> bool:
    return len(first) == len(second) and all(any(same(a, b) for b in second) for a in first)
