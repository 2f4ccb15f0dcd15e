"""Inverses, powers, traces, determinants, norms and entries of quantities that are words (see `words`)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.algebra.elementary import power, square_root
from derivations.algebra.ring import Ratio, Ring, as_fmpq, as_fraction
from derivations.algebra.words import (
    Letter,
    Word,
    _cancel,
    all_square,
    as_product,
    entrywise,
    flipped,
    generator,
    has,
    is_vector,
    letter,
    product,
    product_of,
    reduced,
    sum_in,
    summed,
    transposed,
    unit,
    word_of,
)
from derivations.terms.arithmetic import Pow, is_literal, literal
from derivations.terms.linear_algebra import (
    Constantly,
    Determinant,
    Diagonal,
    DiagonalOf,
    Hadamard,
    Identity,
    Kronecker,
    Norm,
    Ones,
    Trace,
    UnitVector,
)
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixSymbol
from derivations.terms.matrix_properties import Idempotent, Orthogonal
from derivations.terms.sums import Delta
from derivations.terms.term import ROW, Term
from derivations.terms.vectors import Component

if TYPE_CHECKING:
    from derivations.algebra.ring import Meanings

_HIGHEST = 12  # a power of a matrix beyond stays as it is


def split(s: Ring, ratio: Ratio) -> tuple[Ratio, Ratio]:
    """ratio = c · P: the common factor of the coefficients, and what is left, the first coefficient of which is 1."""
    low = s.lowest(ratio)
    common, first = None, None
    for _, factor in s.linear_parts(low):
        common = factor.num if common is None else common.gcd(factor.num)
        first = factor.num if first is None else first
    if common is None or first is None:
        return s.unit, s.zero
    lead = as_fraction(divmod(first, common)[0].leading_coefficient())
    content = Ratio(common * as_fmpq(lead), low.den)
    return content, s.lowest(ratio / content)


def only_word(s: Ring, ratio: Ratio) -> tuple[int, Ratio] | None:
    """The generator and the coefficient of what is a single word."""
    parts = list(s.linear_parts(ratio))
    return parts[0] if len(parts) == 1 else None


def whole(s: Ring, ratio: Ratio) -> tuple[int, bool]:
    """The letter that stands for a sum of words as a whole: the same for its transpose, but for the flag."""
    other = transposed(s, ratio)
    first, second = s.key(ratio), s.key(other)
    if first <= second:
        return s.generator(("matrix", first), s.term(ratio)), False
    return s.generator(("matrix", second), s.term(other)), True


def inverse(s: Ring, term: Any) -> Ratio:
    """(cP)⁻¹ = c⁻¹P⁻¹, (AB)⁻¹ = B⁻¹A⁻¹ of square matrices; that of a sum is a letter."""
    content, rest = split(s, s(term.matrix))
    if not rest.num:
        raise ZeroDivisionError
    single = only_word(s, rest)
    if single is None or not all_square(s, word_of(s, single[0])):
        g, turned = whole(s, rest)
        s.sums[g] = s.lowest(s(s.atoms[g]))
        return joined(s, [letter(s, g, turned, True)]) / content
    g, _ = single
    if isinstance(s.atoms[g], Identity):
        return rest / content
    return joined(s, [letter(s, g, t, not i) for g, t, i in reversed(word_of(s, g))], term.shape[0]) / content


def joined(s: Ring, letters: Iterable[Letter], size: Term | None = None) -> Ratio:
    """The product of letters, where a sum of words that stands as a whole is written out if it is not inverted."""
    run: list[Letter] = []
    total: Ratio | None = None
    for one in (*letters, None):
        if one is not None and (one[0] not in s.sums or one[2]):
            run.append(one)
            continue
        if run:
            piece = reduced(s, run, size)
            total = piece if total is None else product(s, total, piece)
            run = []
        if one is not None:
            piece = transposed(s, s.sums[one[0]]) if one[1] else s.sums[one[0]]
            total = piece if total is None else product(s, total, piece)
    assert total is not None
    return total


def matrix_power(s: Ring, term: Any) -> Ratio:
    """A^n multiplied out for a number n; A^0 = I."""
    if not is_literal(term.exponent) or abs(literal(term.exponent)) > _HIGHEST:
        return s.meanings[Term](s, term)
    n, base = int(literal(term.exponent)), s(term.matrix)
    if n < 0:
        base = inverse(s, term)
    total = unit(s, term.shape[0])
    for _ in range(abs(n)):
        total = product(s, total, base)
    return total


def trace(s: Ring, term: Any) -> Ratio:
    """Linear; tr(AB) = tr(BA), tr(Aᵀ) = tr A, tr(u vᵀ) = vᵀu, tr I = n."""
    return trace_of(s, s(term.matrix))


def trace_of(s: Ring, matrix: Ratio) -> Ratio:
    total = s.zero
    for g, factor in s.linear_parts(matrix):
        total = total + factor * _trace_of_word(s, g)
    return total


def _trace_of_word(s: Ring, g: int) -> Ratio:
    atom = s.atoms[g]
    match atom:
        case Identity(order):
            return s(order)
        case Hadamard(a, b):  # tr(A ⊙ B) = Σ A_ii B_ii
            both = s(Hadamard(DiagonalOf(a), DiagonalOf(b)))
            return product(s, transposed(s, s(Ones((a.shape[0],)))), both)
        case Diagonal(v):
            return product(s, transposed(s, s(Ones((v.shape[0],)))), s(v))
        case Kronecker(a, b) if a.shape[0] == a.shape[1] and b.shape[0] == b.shape[1]:
            return s(Trace(a)) * s(Trace(b))
    word = word_of(s, g)
    place = sum_in(s, word)
    if place is not None:
        return summed(s, word, place, lambda inside: Trace(product_of(inside)))
    row = next((n for n, one in enumerate(word) if n and is_vector(s, one) and one[1]), None)
    if row is not None:
        return reduced(s, (*word[row:], *word[:row]))
    size: Term = s.atoms[g].shape[0]
    while len(word) > 1:
        first, last = word[0], word[-1]
        if _cancel(s, last, first):
            size, word = s.atoms[first[0]].shape[0], word[1:-1]
        elif first == last and not first[2] and has(s, first[0], Idempotent):
            word = word[1:]
        else:
            break
    if not word:
        return s(size)
    turns = [w[n:] + w[:n] for w in (word, flipped(s, word)) for n in range(len(word))]
    word = min(turns)
    key = ("trace", word)
    found = s.index.get(key)
    if found is None:
        found = s.generator(key, Trace(as_product(s, word)))
        s.words[found] = word
    return s.gen(found)


def determinant(s: Ring, term: Any) -> Ratio:
    """det(cP) = cⁿ det P, det(AB) = det A det B of square matrices, det(Aᵀ) = det A, det(A⁻¹) = 1/det A, det I = 1."""
    content, rest = split(s, s(term.matrix))
    size = term.matrix.shape[0]
    if not rest.num:
        return power(s, s.zero, s(size), Pow(s.term(s.zero), size))
    factor = s.unit
    if s.number_of(content) != 1:
        factor = power(s, content, s(size), Pow(s.term(content), size))
    single = only_word(s, rest)
    if single is None or not all_square(s, word_of(s, single[0])):
        return factor * _determinant_of_whole(s, rest)
    for g, _, inverted in word_of(s, single[0]):
        one = _determinant_of_letter(s, g)
        factor = factor / one if inverted else factor * one
    return factor


def _determinant_of_letter(s: Ring, g: int) -> Ratio:
    atom = s.atoms[g]
    if isinstance(atom, Identity):
        return s.unit
    if g in s.sums:
        return s(Determinant(atom))
    found = s.generator(("det", g), Determinant(atom))
    if has(s, g, Orthogonal):
        s.squares.setdefault(found, s.unit)
    return s.gen(found)


def _determinant_of_whole(s: Ring, ratio: Ratio) -> Ratio:
    g, _ = whole(s, ratio)
    return s.atom(("det", g), Determinant(s.atoms[g]))


def norm(s: Ring, term: Any) -> Ratio:
    """‖v‖ = √(vᵀv), ‖A‖_F = √tr(AᵀA)."""
    inner = s(term.matrix)
    square = product(s, transposed(s, inner), inner)
    if len(term.matrix.shape) == 1:
        return square_root(s, square)
    return square_root(s, trace_of(s, square))


# -- diagonals, entrywise and Kronecker products --------------------------------------
def diagonal(s: Ring, term: Any) -> Ratio:
    """Linear; diag(1) = I."""
    total = s.zero
    for g, factor in s.linear_parts(s(term.matrix)):
        atom = s.atoms[g]
        made = unit(s, atom.shape[0]) if isinstance(atom, Ones) else s.atom(("diagonal", g), Diagonal(atom))
        total = total + factor * made
    return total


def diagonal_of(s: Ring, term: Any) -> Ratio:
    """Linear, and the same of the transpose; that of I is 1, that of diag(v) is v."""
    total = s.zero
    for g, factor in s.linear_parts(s(term.matrix)):
        match s.atoms[g]:
            case Identity(size):
                made = s(Ones((size,)))
            case Diagonal(v):
                made = s(v)
            case _:
                word = min(word_of(s, g), flipped(s, word_of(s, g)))
                made = s.atom(("diagonal of", word), DiagonalOf(as_product(s, word)))
        total = total + factor * made
    return total


def hadamard(s: Ring, term: Any) -> Ratio:
    """u ⊙ v, bilinear."""
    total = s.zero
    for u, a in s.linear_parts(s(term.left)):
        for v, b in s.linear_parts(s(term.right)):
            total = total + a * b * entrywise(s, u, v)
    return total


def kronecker(s: Ring, term: Any) -> Ratio:
    """A ⊗ B, bilinear."""
    total = s.zero
    for u, a in s.linear_parts(s(term.left)):
        for v, b in s.linear_parts(s(term.right)):
            total = total + a * b * s.atom(("kronecker", u, v), Kronecker(s.atoms[u], s.atoms[v]))
    return total


# -- entries ----------------------------------------------------------------------------
def component(s: Ring, term: Any) -> Ratio:
    """(Σ aᵢuᵢ)_n = Σ aᵢ (uᵢ)_n; 1_n = 1, (e_i)_n = δ_in."""
    return _component_of(s, s(term.vector), term.index)


def _component_of(s: Ring, vector: Ratio, index: Term) -> Ratio:
    key, total = s.key(s(index)), s.zero
    for g, factor in s.linear_parts(vector):
        atom = s.atoms[g]
        if isinstance(atom, Ones):
            total = total + factor
        elif isinstance(atom, UnitVector):
            total = total + factor * s(Delta(atom.index, index))
        elif len(word := word_of(s, g)) > 1 and isinstance(last := s.atoms[word[-1][0]], UnitVector):
            total = total + factor * _entry_of(s, generator(s, word[:-1]), index, last.index)  # (A e_j)_i = A_ij
        else:
            total = total + factor * s.atom(("component", g, *key), Component(atom, index))
    return total


def entry(s: Ring, term: Any) -> Ratio:
    """Linear; (Aᵀ)_{ij} = A_{ji}, (u vᵀ)_{ij} = u_i v_j, I_{ij} = δ_{ij}, diag(v)_{ij} = δ_{ij} v_i."""
    if term.matrix.shape[0] == ROW:
        return s.meanings[Term](s, term)
    total = s.zero
    for g, factor in s.linear_parts(s(term.matrix)):
        total = total + factor * _entry_of(s, g, term.row, term.column)
    return total


def _entry_of(s: Ring, g: int, row: Term, column: Term) -> Ratio:
    match s.atoms[g]:
        case Identity():
            return s(Delta(row, column))
        case Diagonal(v):
            return s(Delta(row, column)) * s(Component(v, row))
        case Matrix() as atom:
            return s.meanings[Term](s, MatrixEntry(atom, row, column))
    word = word_of(s, g)
    cut = next((n for n, one in enumerate(word) if n and is_vector(s, one) and one[1]), None)
    if cut is not None:
        left, right = s.gen(generator(s, word[:cut])), s.gen(generator(s, flipped(s, word[cut:])))
        return _component_of(s, left, row) * _component_of(s, right, column)
    first, second = s.key(s(row)), s.key(s(column))
    place = min((word, first, second, row, column), (flipped(s, word), second, first, column, row), key=lambda p: p[:3])
    word, *keys, i, j = place
    return s.atom(("entry", word, *keys), MatrixEntry(as_product(s, word), i, j))


def _constantly(s: Ring, term: Any) -> Ratio:
    """1_{m,n} = 1_m 1_nᵀ."""
    if term.digit == 0:
        return s.zero
    if len(term.sizes) == 2:
        rows, columns = (s(Ones((size,))) for size in term.sizes)
        return product(s, rows, transposed(s, columns))
    return s.atom(("ones", s.key(s(term.sizes[0]))), term)


MEANINGS: dict[type, Any] = {
    Trace: trace,
    Determinant: determinant,
    Norm: norm,
    Diagonal: diagonal,
    DiagonalOf: diagonal_of,
    Hadamard: hadamard,
    Kronecker: kronecker,
    Component: component,
    MatrixEntry: entry,
    Identity: lambda s, t: unit(s, t.order),
    UnitVector: lambda s, t: s.atom(("unit", s.key(s(t.index)), s.key(s(t.length))), t),
    MatrixSymbol: lambda s, t: s.atom(("symbol", t), t),
}
for _kind in Constantly.__subclasses__():
    MEANINGS[_kind] = _constantly

__all__ = ["MEANINGS", "Fraction", "Meanings", "Word", "inverse", "joined", "matrix_power", "split", "whole"]
