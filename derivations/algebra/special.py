"""Normal forms of Γ at whole numbers; B is symmetric."""

from __future__ import annotations

from math import factorial
from typing import Any

from derivations.algebra.ring import Ratio, Ring

_LARGEST = 60


def normal_gamma(s: Ring, term: Any) -> Ratio:
    """Γ(n) = (n − 1)!."""
    inside = s(term.operand)
    n = s.number_of(inside)
    if n is not None and n.denominator == 1 and 1 <= n <= _LARGEST:
        return s.constant(factorial(int(n) - 1))
    return s.atom(("gamma", *s.key(inside)), term)


def normal_beta(s: Ring, term: Any) -> Ratio:
    first, second = sorted((s.key(s(term.left)), s.key(s(term.right))))
    return s.atom(("beta", first, second), term)
