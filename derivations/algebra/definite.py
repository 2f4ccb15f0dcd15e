"""Which words are positive (semi)definite: WᵀW, and WᵀSW with such an S in the middle."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq_mpoly

from derivations.algebra.masks import ANY, NEGATIVE, POSITIVE, ZERO
from derivations.algebra.ring import Ratio, Ring, as_fraction
from derivations.algebra.words import Letter, Word, flipped, has, is_vector, word_of
from derivations.terms.linear_algebra import Identity, Zeros
from derivations.terms.matrix_properties import (
    FullColumnRank,
    Invertible,
    PositiveDefinite,
    PositiveSemidefinite,
)
from derivations.terms.relations import Ne
from derivations.terms.term import Term
from derivations.terms.vectors import Dot


def semidefinite(s: Ring, word: Word, kind: type = PositiveSemidefinite) -> bool:
    """Whether the word is its own transpose, with nothing but such a matrix (if any) in the middle."""
    if word != flipped(s, word):
        return False
    return len(word) % 2 == 0 or _middle(s, word[len(word) // 2], kind)


def definite(s: Ring, word: Word) -> bool:
    """… with a definite matrix in the middle, and a W of full column rank beside it."""
    half = word[(len(word) + 1) // 2 :]
    return semidefinite(s, word, PositiveDefinite) and all(_full(s, one) for one in half)


def _middle(s: Ring, one: tuple[int, bool, bool], kind: type) -> bool:
    """The middle letter, inverted or not."""
    g, _, inverted = one
    if inverted:  # the inverse of a definite matrix is definite; where it is defined, a semidefinite one is definite
        return s.known(PositiveSemidefinite(s.atoms[g]))
    return s.known(kind(s.atoms[g]))


def _full(s: Ring, one: tuple[int, bool, bool]) -> bool:
    """Multiplying by the letter from the left loses nothing."""
    g, transposed, inverted = one
    if inverted:
        return True
    atom = s.atoms[g]
    if is_vector(s, one):
        return not transposed and s.known(Ne(atom, Zeros(atom.shape)))
    if has(s, g, Invertible):
        return True
    return not transposed and s.known(FullColumnRank(atom))


def is_semidefinite(s: Ring, ratio: Ratio) -> bool:
    """A sum of semidefinite words with coefficients ≥ 0."""
    parts = list(s.linear_parts(ratio))
    return all(s.nonnegative(c) and _word(s, g, strictly=False) for g, c in parts)


def is_definite(s: Ring, ratio: Ratio) -> bool:
    """… one of them definite, with a coefficient > 0."""
    parts = list(s.linear_parts(ratio))
    strict = any(s.positive(c) and _word(s, g, strictly=True) for g, c in parts)
    return strict and is_semidefinite(s, ratio)


def _word(s: Ring, g: int, strictly: bool) -> bool:
    if isinstance(s.atoms[g], Identity):
        return True
    word = word_of(s, g)
    return definite(s, word) if strictly else semidefinite(s, word)


def form_sign(s: Ring, atom: Term) -> tuple[bool, bool]:
    """Of the number uᵀ…v: whether it is ≥ 0, and whether it is > 0."""
    found = list(s.lowest(s(atom)).num.terms())
    if len(found) != 1:
        return False, False
    g = next((n for n, power in enumerate(found[0][0]) if power), None)
    word: Word = s.words.get(g, ()) if g is not None else ()
    if not word:
        return False, False
    return semidefinite(s, word), definite(s, word)


def quadratic_forms(s: Ring, poly: fmpq_mpoly) -> tuple[list[tuple[fmpq_mpoly, int]], fmpq_mpoly] | None:
    """The forms Σ c_ij uᵢᵀM uⱼ in a polynomial, each with the monomial before it, as its sign; and the rest."""
    groups: dict[tuple[Any, Word], dict[tuple[Letter, Letter], Fraction]] = {}
    rest = poly.context().from_dict({})
    for exponents, coefficient in poly.terms():
        powers = [int(n) for n in exponents]
        place = next((g for g, n in enumerate(powers) if n == 1 and not s.atoms[g].shape and _is_form(s, g)), None)
        if place is None:
            rest += poly.context().from_dict({tuple(powers): coefficient})
            continue
        powers[place] = 0
        first, *middle, last = s.words[place]
        ends = ((first[0], not first[1], first[2]), last)
        entries = groups.setdefault((tuple(powers), tuple(middle)), {})
        half = as_fraction(coefficient) / 2
        for pair in (ends, ends[::-1]):
            entries[pair] = entries.get(pair, Fraction(0)) + half
    if not any(len(entries) > 1 for entries in groups.values()):
        return None
    return [(poly.context().from_dict({m: 1}), _sign_of_table(t)) for (m, _), t in groups.items()], rest


def _is_form(s: Ring, g: int) -> bool:
    """uᵀM v with a semidefinite M between."""
    word: Word = s.words.get(g, ())
    return len(word) >= 2 and isinstance(s.atoms[g], Dot) and semidefinite(s, word[1:-1])


def _sign_of_table(entries: dict[tuple[Letter, Letter], Fraction]) -> int:
    """≥ 0, ≤ 0, or any, by elimination."""
    names = sorted({name for pair in entries for name in pair})
    table = [[entries.get((a, b), Fraction(0)) for b in names] for a in names]
    if _semidefinite_table(table):
        return POSITIVE | ZERO
    return NEGATIVE | ZERO if _semidefinite_table([[-x for x in row] for row in table]) else ANY


def _semidefinite_table(table: list[list[Fraction]]) -> bool:
    rows = [list(row) for row in table]
    for k in range(len(rows)):
        pivot = rows[k][k]
        if pivot < 0 or pivot == 0 and any(rows[k][k:]):
            return False
        for i in range(k + 1, len(rows)) if pivot else ():
            factor = rows[i][k] / pivot
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    return True


__all__ = ["definite", "form_sign", "is_definite", "is_semidefinite", "quadratic_forms", "semidefinite"]
