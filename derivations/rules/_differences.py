"""Antidifferences: g with g(k + 1) − g(k) = f(k), where f is a combination of shifts of one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivations.algebra.ring import Ratio, Ring, as_fraction
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

_MOST = 24  # parts, and shifts from one to the next

Part = tuple[Ratio, Ratio]
"""c · m(k), where c does not depend on k."""


def antidifference(s: Ring, body: Term, k: Symbol) -> tuple[Term, bool] | None:
    """g, and whether it is known to vanish at ∞; None if none is found.

    Along m(k), m(k + 1), …, m(k + r) with coefficients c_0, …, c_r that add
    up to 0, g has the coefficients −c_0, −c_0 − c_1, ….
    """
    low = s.lowest(s(body))
    parts = _parts(s, low, k)
    if parts is None or not 2 <= len(parts) <= _MOST:
        return None
    total = s.zero
    for chain in _chains(s, parts, k):
        so_far = s.zero
        for coefficient, monomial in chain:
            so_far = so_far - coefficient
            total = total + so_far * monomial
        if not s.is_zero(so_far):
            return None
    g = s.term(total)
    change = s(g.substitute({k: k + 1})) - s(g)
    return (g, not low.den.is_one() and s.involves(low.den, k)) if s.is_zero(change - low) else None


def _parts(s: Ring, low: Ratio, k: Symbol) -> list[Part] | None:
    """The body as a sum, over a denominator in k by partial fractions."""
    if s.involves(low.den, k):
        return _partial_fractions(s, low, k)
    below = Ratio(s.one, low.den)
    found = []
    for exponents, coefficient in low.num.terms():
        inside = [int(n) if n and k in s.atoms[g].free else 0 for g, n in enumerate(exponents)]
        outside = [int(n) - m for n, m in zip(exponents, inside, strict=True)]
        found.append((s.constant(as_fraction(coefficient)) * s.monomial(outside) * below, s.monomial(inside)))
    return found


def _partial_fractions(s: Ring, low: Ratio, k: Symbol) -> list[Part] | None:
    """f/Π (k + aᵢ) = Σ rᵢ/(k + aᵢ), for different aᵢ and a numerator of lower degree."""
    g = s.index.get(("symbol", k))
    if g is None or any(k in atom.free for h, atom in enumerate(s.atoms) if h != g and _occurs(low, h)):
        return None
    factors = [f for f, n in low.den.factor()[1] if f.degrees()[g] for _ in range(int(n))]
    if any(f.degrees()[g] != 1 for f in factors) or len({str(f) for f in factors}) != len(factors):
        return None
    if low.num.degrees()[g] >= len(factors):
        return None
    found = []
    for factor in factors:
        slope, rest = factor.derivative(g), factor - factor.derivative(g) * s.gen(g).num
        root = -Ratio(rest, s.one) / Ratio(slope, s.one)
        others = divmod(low.den, factor)[0]
        top, bottom = (_at(s, p, g, root) for p in (low.num, others))
        if s.is_zero(bottom):
            return None
        found.append((top / bottom / Ratio(slope, s.one), s.unit / (s.gen(g) - root)))
    return found


def _occurs(low: Ratio, h: int) -> bool:
    return bool(low.num.degrees()[h] or low.den.degrees()[h])


def _at(s: Ring, poly: Any, g: int, value: Ratio) -> Ratio:
    total = s.zero
    for exponents, coefficient in poly.terms():
        left = list(exponents)
        n, left[g] = int(left[g]), 0
        total = total + s.constant(as_fraction(coefficient)) * s.monomial(left) * value.power(n)
    return total


def _chains(s: Ring, parts: list[Part], k: Symbol) -> Iterator[list[Part]]:
    """The parts, each followed by its shifts; 0 times those between."""
    left = {s.key(monomial): (c, monomial) for c, monomial in parts}
    if len(left) != len(parts):
        return
    while left:
        start = next((key for key in left if not _reached(s, key, left, k)), None)
        if start is None:
            return
        chain = [left.pop(start)]
        for _ in range(_MOST):
            shift = s(s.term(chain[-1][1]).substitute({k: k + 1}))
            chain.append(left.pop(s.key(shift), (s.zero, shift)))
            if not left:
                break
        while s.is_zero(chain[-1][0]) and len(chain) > 1:
            chain.pop()
        yield chain


def _reached(s: Ring, key: Any, left: dict[Any, Part], k: Symbol) -> bool:
    """It is a shift of another one."""
    monomial = left[key][1]
    for _ in range(_MOST):
        monomial = s(s.term(monomial).substitute({k: k - 1}))
        before = s.key(monomial)
        if before == key:
            return False
        if before in left:
            return True
    return False


__all__ = ["antidifference"]
