"""The normal form of what is conditional: the order of the conditions, and how they are written, say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derivations.algebra.ring import Key, Ratio, Ring
from derivations.terms.conditioning import Conditional, Density, Pair
from derivations.terms.term import Term


def normal_conditional(s: Ring, term: Conditional, structure: Callable[[Ring, Term], Key]) -> Ratio:
    """E[X | Y = y, Z = z] = E[X | Z = z, Y = y]."""
    with s.inside(term.scope()):
        body = s.key(s(term.body))
    return s.atom((type(term).__name__, body, _pairs(s, term.pairs, structure)), term)


def normal_density(s: Ring, term: Density, structure: Callable[[Ring, Term], Key]) -> Ratio:
    """p(x, y | z) = p(y, x | z), whichever letter it is written with."""
    of, given = _pairs(s, term.pairs, structure), _pairs(s, term.given_pairs, structure)
    return s.atom(("density", of, given, tuple(_key(s, p, structure) for p in term.parameters)), term)


def _pairs(s: Ring, pairs: tuple[Pair, ...], structure: Callable[[Ring, Term], Key]) -> tuple[Any, ...]:
    return tuple(sorted(((_key(s, x, structure), _key(s, y, structure)) for x, y in pairs), key=repr))


def _key(s: Ring, term: Term, structure: Callable[[Ring, Term], Key]) -> Key:
    return s.key(s(term)) if term.shape is not None else structure(s, term)
