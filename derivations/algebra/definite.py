"""Which words are positive (semi)definite: WᵀW, and WᵀSW with such an S in the middle."""

from __future__ import annotations

from derivations.algebra.ring import Ratio, Ring
from derivations.algebra.words import Word, flipped, has, is_vector, word_of
from derivations.terms.linear_algebra import Identity, Zeros
from derivations.terms.matrix_properties import (
    FullColumnRank,
    Invertible,
    PositiveDefinite,
    PositiveSemidefinite,
)
from derivations.terms.relations import Ne
from derivations.terms.term import Term


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


__all__ = ["definite", "form_sign", "is_definite", "is_semidefinite", "semidefinite"]
