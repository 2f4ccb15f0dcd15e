"""Products of matrices and vectors as words of letters: what cancels, what is a number, what is its own transpose.

A quantity that is a matrix, a vector or a row is linear in the ring: Σ coefficient · word.
A word is a generator of the ring, the same for each way of writing the product. Its letters
are atoms, transposed or not, inverted or not:

- (AB)ᵀ = BᵀAᵀ, (AB)⁻¹ = B⁻¹A⁻¹ of square matrices, A A⁻¹ = I, and I is left out;
- Aᵀ = A of a symmetric A, Q⁻¹ = Qᵀ of an orthogonal Q, P² = P of an idempotent P;
- uᵀ…v inside a word is a number, the same as vᵀ…u, and stands before it.

All of it holds for every size, 0 and 1 among them, wherever the words are defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from derivations.algebra.ring import Ratio, Ring
from derivations.terms.arithmetic import Infinity
from derivations.terms.linear_algebra import Diagonal, Hadamard, Identity, Inverse, Ones, UnitVector
from derivations.terms.matrices import MatrixProduct, Transpose, is_square
from derivations.terms.matrix_properties import Idempotent, Orthogonal, Symmetric
from derivations.terms.substitution import fresh
from derivations.terms.sums import Sum
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot

if TYPE_CHECKING:
    from derivations.terms.matrix_properties import MatrixProperty

Letter = tuple[int, bool, bool]
"""The generator of an atom; whether it is transposed; whether it is inverted."""

Word = tuple[Letter, ...]


def word_of(s: Ring, g: int) -> Word:
    """The letters of a generator that has a shape."""
    found: Word = s.words.get(g) or ((g, False, False),)
    return found


def is_vector(s: Ring, letter: Letter) -> bool:
    return len(s.atoms[letter[0]].shape) == 1


def has(s: Ring, g: int, kind: type[MatrixProperty]) -> bool:
    """Whether the atom, a square matrix, is known to have the property."""
    return is_square(s.atoms[g]) and s.known(kind(s.atoms[g]))


def letter(s: Ring, g: int, transposed: bool, inverted: bool) -> Letter:
    """A letter as it is always written."""
    if inverted and has(s, g, Orthogonal):
        transposed, inverted = not transposed, False
    if transposed and has(s, g, Symmetric):
        transposed = False
    return g, transposed, inverted


def flipped(s: Ring, word: Iterable[Letter]) -> Word:
    """The transpose of a word."""
    return tuple([letter(s, g, not t, i) for g, t, i in reversed(tuple(word))])


def generator(s: Ring, word: Word) -> int:
    """The generator of a reduced word that is not empty."""
    if len(word) == 1 and not word[0][1] and not word[0][2]:
        return word[0][0]
    key = ("word", word)
    g = s.index.get(key)
    if g is None:
        g = s.generator(key, as_product(s, word))
        s.words[g] = word
    return g


def as_product(s: Ring, word: Word) -> Term:
    """A word as a term."""
    result: Term | None = None
    for one in word:
        term = as_factor(s, one)
        result = term if result is None else MatrixProduct(result, term)
    assert result is not None
    return result


def as_factor(s: Ring, one: Letter) -> Term:
    g, transposed, inverted = one
    term = Inverse(s.atoms[g]) if inverted else s.atoms[g]
    return Transpose(term) if transposed else term


def unit(s: Ring, size: Term) -> Ratio:
    """The identity matrix of that size."""
    return s.atom(("identity", *s.key(s(size))), Identity(size))


def reduced(s: Ring, letters: Iterable[Letter], size: Term | None = None) -> Ratio:
    """The product of the letters: a number times a word; of none, the identity matrix of that size."""
    factor: Ratio = s.unit
    out: list[Letter] = []
    for one in letters:
        atom = s.atoms[one[0]]
        if isinstance(atom, Identity):
            size = atom.order
            continue
        if out and (merged := _merged(s, out[-1], one)) is not None:
            out.pop()
            one = merged
            atom = s.atoms[one[0]]
        if isinstance(atom, Identity):
            size = atom.order
            continue
        if out and _cancel(s, out[-1], one):
            size = atom.shape[0]
            out.pop()
            continue
        if out and out[-1] == one and not one[2] and has(s, one[0], Idempotent):
            continue
        out.append(one)
        if is_vector(s, one) and not one[1]:
            start = next((n for n in range(len(out) - 2, -1, -1) if is_vector(s, out[n])), None)
            if start is not None and out[start][1]:
                factor = factor * number_of(s, tuple(out[start:]))
                del out[start:]
                size = None
    if not out:
        return factor if size is None else factor * unit(s, size)
    return factor * s.gen(generator(s, tuple(out)))


def _merged(s: Ring, a: Letter, b: Letter) -> Letter | None:
    """diag(u) diag(v) = diag(u ⊙ v), diag(u) v = u ⊙ v, vᵀ diag(u) = (u ⊙ v)ᵀ."""
    u, v = s.atoms[a[0]], s.atoms[b[0]]
    if a[2] or b[2] or not isinstance(u, Diagonal) and not isinstance(v, Diagonal):
        return None
    if isinstance(u, Diagonal) and isinstance(v, Diagonal):
        g = _generator_of(s, Diagonal(Hadamard(u.matrix, v.matrix)))
        return None if g is None else (g, False, False)
    if isinstance(u, Diagonal):
        inside, other, turned = u.matrix, v, b[1]
    else:
        assert isinstance(v, Diagonal)
        inside, other, turned = v.matrix, u, a[1]
    if len(other.shape) != 1 or turned is isinstance(u, Diagonal):
        return None
    g = _generator_of(s, Hadamard(inside, other))
    return None if g is None else (g, turned, False)


def _generator_of(s: Ring, term: Term) -> int | None:
    """The generator that the term is, if it is nothing else."""
    parts = list(s.linear_parts(s(term)))
    plain = len(parts) == 1 and s.number_of(parts[0][1]) == 1 and parts[0][0] not in s.words
    return parts[0][0] if plain else None


def entrywise(s: Ring, u: int, v: int) -> Ratio:
    """u ⊙ v of two generators: commutative and associative; 1 changes nothing."""
    factors = sorted(f for g in (u, v) for f in s.entrywise.get(g, (g,)) if not isinstance(s.atoms[f], Ones))
    if not factors:
        return s.gen(u)
    if len(factors) == 1:
        return s.gen(factors[0])
    term = s.atoms[factors[0]]
    for f in factors[1:]:
        term = Hadamard(term, s.atoms[f])
    g = s.generator(("entrywise", *factors), term)
    s.entrywise[g] = tuple(factors)
    return s.gen(g)


def _cancel(s: Ring, a: Letter, b: Letter) -> bool:
    """A A⁻¹ = A⁻¹ A = I; Q Qᵀ = QᵀQ = I of an orthogonal Q."""
    if a[0] != b[0]:
        return False
    if a[1] == b[1] and a[2] != b[2]:
        return True
    return a[1] != b[1] and not a[2] and not b[2] and has(s, a[0], Orthogonal)


def number_of(s: Ring, word: Word) -> Ratio:
    """uᵀ…v: an atom, the same as vᵀ…u; 1ᵀ1 is the length, e_iᵀe_j is δ_ij, e_iᵀv is v_i."""
    special = _plain_number(s, word)
    if special is not None:
        return special
    word = min(word, flipped(s, word))
    place = sum_in(s, word)
    if place is not None:
        return summed(s, word, place, lambda inside: Dot(Transpose(inside[0]), product_of(inside[1:])))
    key = ("dot", word)
    g = s.index.get(key)
    if g is None:
        first, rest = s.atoms[word[0][0]], as_product(s, word[1:])
        g = s.generator(key, Dot(first, rest))
        s.words[g] = word
    return s.gen(g)


def sum_in(s: Ring, word: Word) -> int | None:
    """Where a finite sum stands in a word."""
    for n, (g, _, inverted) in enumerate(word):
        atom = s.atoms[g]
        if not inverted and isinstance(atom, Sum) and not isinstance(atom.high, Infinity):
            return n
    return None


def summed(s: Ring, word: Word, place: int, make: Callable[[list[Any]], Term]) -> Ratio:
    """A number that is linear in the sum at that place: Σ of what `make` makes of the factors."""
    total: Any = s.atoms[word[place][0]]
    factors: list[Any] = [as_factor(s, one) for one in word]
    taken = frozenset[Any]().union(*(f.free for n, f in enumerate(factors) if n != place))
    index, body = total.variable, total.body
    if index in taken:
        index = fresh(index, taken | body.free)
        body = body.substitute({total.variable: index})
    factors[place] = Transpose(body) if word[place][1] else body
    return s(Sum(make(factors), index, total.low, total.high))


def product_of(factors: Sequence[Term]) -> Term:
    """The product of the factors, from left to right."""
    result = factors[0]
    for factor in factors[1:]:
        result = MatrixProduct(result, factor)
    return result


def _plain_number(s: Ring, word: Word) -> Ratio | None:
    u, v = s.atoms[word[0][0]], s.atoms[word[-1][0]]
    if isinstance(u, Ones) and isinstance(v, Ones) and len(word) == 2:
        return s(u.sizes[0])
    if isinstance(v, UnitVector) and not isinstance(u, UnitVector):
        u, v, word = v, u, flipped(s, word)
    if not isinstance(u, UnitVector):
        return None
    return s(Component(as_product(s, word[1:]), u.index))


# -- operations on quantities that have a shape -------------------------------------
def product(s: Ring, left: Ratio, right: Ratio) -> Ratio:
    """Bilinear: the words are joined."""
    total = s.zero
    for u, a in s.linear_parts(left):
        for v, b in s.linear_parts(right):
            s.spend(1)
            total = total + a * b * reduced(s, (*word_of(s, u), *word_of(s, v)))
    return total


def transposed(s: Ring, ratio: Ratio) -> Ratio:
    """Linear; (AB)ᵀ = BᵀAᵀ."""
    total = s.zero
    for g, factor in s.linear_parts(ratio):
        word = word_of(s, g)
        if isinstance(s.atoms[g], Identity):
            total = total + factor * s.gen(g)
        else:
            total = total + factor * s.gen(generator(s, flipped(s, word)))
    return total


def dot(s: Ring, left: Ratio, right: Ratio) -> Ratio:
    """Bilinear and symmetric: (Σ aᵢuᵢ)ᵀ(Σ bⱼvⱼ) = Σ aᵢbⱼ uᵢᵀvⱼ."""
    return product(s, transposed(s, left), right)


def all_square(s: Ring, word: Sequence[Letter]) -> bool:
    return all(is_square(s.atoms[g]) for g, _, _ in word)


__all__ = [
    "Letter", "Word", "all_square", "as_factor", "as_product", "dot", "entrywise", "flipped", "generator", "has",
    "is_vector", "letter", "number_of", "product", "product_of", "reduced", "sum_in", "summed", "transposed",
    "unit", "word_of",
]  # fmt: skip
