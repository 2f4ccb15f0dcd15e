"""Equivalent statements: the same equation up to a factor, or the same solutions."""

from __future__ import annotations

from typing import Any

import sympy

from derivations.reproduce.compare import hidden_atoms, opaque, same

Statement = tuple[str, Any, Any]
"""A sign and two sides."""

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def equivalent(one: Statement, other: Statement) -> tuple[str | None, str, bool]:
    """What SymPy did to see that the statements are equivalent, or (None, why not, whether it is certain)."""
    gaps = opaque(sympy.Tuple(one[1] - one[2], other[1] - other[2]))
    if one[0] == other[0] and same(*gaps):
        return "cancel", "", False
    if _same_up_to_factor(one[0], other[0], sympy.cancel(gaps[0] / gaps[1])):
        return "cancel", "", False
    if one[0] == other[0] == "=":
        hidden = {s for a in hidden_atoms(sympy.Tuple(*one[1:], *other[1:])) for s in a.free_symbols}
        return _same_solutions(*gaps, hidden)
    return None, "SymPy has no word for this equivalence", False


def _same_up_to_factor(sign: str, other: str, factor: Any) -> bool:
    if sign in ("=", "!="):
        return sign == other and factor.is_nonzero is True and factor.is_finite is not False
    return bool(factor.is_positive and sign == other or factor.is_negative and _FLIPPED.get(sign) == other)


def _same_solutions(one: Any, other: Any, hidden: set[Any]) -> tuple[str | None, str, bool]:
    """Solve both for a symbol that stands in the open in both, not within a family's member or a function."""
    shared = {s for s in (one.free_symbols & other.free_symbols) - hidden if not isinstance(s, sympy.Dummy)}
    # what may vary continuously is rather an unknown than a size
    for unknown in sorted(shared, key=lambda s: (bool(s.is_integer), s.name)):
        first, second = (_solutions(gap, unknown) for gap in (one, other))
        if first is None or second is None:
            continue
        if _alike(first, second):
            return "solve", "", False
        certain = all(s.is_number for s in first + second)
        return None, f"SymPy finds the solutions {unknown} ∈ {first} and {second}", certain
    return None, "SymPy cannot solve both statements", False


def _solutions(gap: Any, unknown: Any) -> list[Any] | None:
    """All solutions in the declared domain of the unknown, None if SymPy cannot find them."""
    try:
        return list(sympy.solve(gap, unknown))
    except NotImplementedError:
        return None


def _alike(first: list[Any], second: list[Any]) -> bool:
    return len(first) == len(second) and all(any(same(a, b) for b in second) for a in first)
