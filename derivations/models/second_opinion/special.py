"""Γ and B of the second evaluator."""

from __future__ import annotations

from typing import Any

from mpmath import mp

from derivations.models.second_opinion.arithmetic import Unknown, real


def gamma(x: Any) -> Any:
    if not x > 0:
        raise Unknown("Γ of what is not positive")
    return mp.gamma(real(x))


def beta(a: Any, b: Any) -> Any:
    if not (a > 0 and b > 0):
        raise Unknown("B of what is not positive")
    return mp.beta(real(a), real(b))
