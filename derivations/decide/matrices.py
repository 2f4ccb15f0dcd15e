"""What is known of a matrix: given, or because of how it is made.

Sources: Horn and Johnson, Matrix Analysis, 2nd ed., sections 0.5, 2.1, 7.1; Boyd and
Vandenberghe, Convex Optimization, appendix A.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.algebra.completion import vanishes
from derivations.algebra.definite import is_definite, is_semidefinite
from derivations.algebra.matrices import split
from derivations.algebra.normal import decide
from derivations.algebra.ring import Ratio, Ring
from derivations.algebra.words import as_factor, product, transposed, unit, word_of
from derivations.kernel.conditions import discharge
from derivations.terms.arithmetic import Add, Div, Mul, Neg, Sub
from derivations.terms.linear_algebra import (
    Determinant,
    Diagonal,
    Hadamard,
    Identity,
    Inverse,
    Kronecker,
    MatrixPower,
    Ones,
    Zeros,
)
from derivations.terms.matrices import MatrixProduct, MatrixSymbol, Transpose, is_square
from derivations.terms.matrix_properties import (
    FullColumnRank,
    Idempotent,
    Invertible,
    MatrixProperty,
    Orthogonal,
    PermutationMatrix,
    PositiveDefinite,
    PositiveDeterminant,
    PositiveSemidefinite,
    Symmetric,
)
from derivations.terms.relations import Ne
from derivations.terms.sums import Sum
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Grounds = tuple[str, ...]

_MADE = (Add, Sub, Neg, Mul, Div, Transpose, MatrixProduct, Inverse, MatrixPower)
"""Kinds of which the normal form says more than the term: everything else is one letter."""


def _given(proposition: MatrixProperty, facts: Facts) -> Grounds | None:
    """It, or what implies it, is given of this very matrix, and the matrix is the same here."""
    for given in facts.given:
        if not isinstance(given, MatrixProperty) or given.matrix != proposition.matrix:
            continue
        if type(given) is type(proposition) or type(proposition) in given.implies:
            if facts.usable(given, ()) or isinstance(proposition, _OPEN) and _near(proposition.matrix, facts):
                return (given.text,)
    return None


_OPEN = (Invertible, FullColumnRank, PositiveDeterminant)
"""What stays true of a matrix that moves a little."""

_CONTINUOUS = (Add, Sub, Neg, Mul, MatrixProduct, Transpose, Identity, Diagonal, Hadamard)


def _near(term: Term, facts: Facts) -> bool:
    """All that moves below a derivative moves the matrix continuously."""
    if facts.random or not all(v in facts.near for v in facts.blocked if facts.depends(term, v)):
        return False

    def continuous(part: Term) -> bool:
        if part in facts.near or not any(facts.depends(part, v) for v in facts.near):
            return True
        return isinstance(part, _CONTINUOUS) and all(map(continuous, part.children))

    return continuous(term)


def _given_alike(proposition: MatrixProperty, facts: Facts) -> Grounds | None:
    """It is given of what is the same matrix, written in another way, or of a multiple of it."""
    kind = type(proposition)
    alike = [g for g in facts.given if isinstance(g, MatrixProperty) and (type(g) is kind or kind in g.implies)]
    alike = [g for g in alike if g.matrix.shape == proposition.matrix.shape and facts.usable(g, ())]

    def question(given: MatrixProperty) -> Callable[[Ring], Grounds | None]:
        def same(s: Ring) -> Grounds | None:
            content, rest = split(s, s(proposition.matrix))
            other, left = split(s, s(given.matrix))
            turned = transposed(s, rest) if kind is Invertible else rest
            if not s.is_zero(left - rest) and not s.is_zero(left - turned):
                return None
            if not s.is_zero(content - other) and not _FACTORS[kind](s, content / other):
                return None
            return tuple(dict.fromkeys((given.text, *sorted(s.used))))

        return same

    return next((by for by in (decide(facts, question(given)) for given in alike) if by is not None), None)


_FACTORS: dict[type, Callable[[Ring, Ratio], bool]] = {
    Symmetric: lambda s, c: True,
    Invertible: Ring.nonzero,
    FullColumnRank: Ring.nonzero,
    PositiveDeterminant: Ring.positive,
    PositiveDefinite: Ring.positive,
    PositiveSemidefinite: Ring.nonnegative,
    Orthogonal: lambda s, c: s.number_of(c * c) == 1,
    Idempotent: lambda s, c: False,
    PermutationMatrix: lambda s, c: False,
}
"""By what c a matrix that has the property may be multiplied."""


def _asked(work: Callable[[Ring, Term], bool]) -> Callable[[MatrixProperty, Facts], Grounds | None]:
    """A prover: what is given first, then what the normal form says."""

    def prove(proposition: MatrixProperty, facts: Facts) -> Grounds | None:
        found = _given(proposition, facts)
        if found is not None or isinstance(proposition.matrix, MatrixSymbol):
            return found
        found = _given_alike(proposition, facts)
        if found is not None:
            return found

        def question(s: Ring) -> Grounds | None:
            return tuple(sorted(s.used)) if work(s, proposition.matrix) else None

        return decide(facts, question)

    return prove


def _symmetric(s: Ring, term: Term) -> bool:
    match term:
        case Identity() | Diagonal():
            return True
        case Ones() | Zeros():
            return is_square(term)
        case Hadamard(a, b):
            return s.known(Symmetric(a)) and s.known(Symmetric(b))
        case Kronecker(a, b):
            return is_square(a) and is_square(b) and s.known(Symmetric(a)) and s.known(Symmetric(b))
        case Sum(body):
            with s.inside(term.scope()):
                return s.known(Symmetric(body))
    if not isinstance(term, _MADE):
        return False
    return vanishes(s, transposed(s, s(term)) - s(term))


def _invertible(s: Ring, term: Term) -> bool:
    """A definite matrix; a multiple c ≠ 0 of a product of invertible ones."""
    if isinstance(term, Identity):
        return True
    if isinstance(term, Kronecker):
        return is_square(term.left) and s.known(Invertible(term.left)) and s.known(Invertible(term.right))
    if not isinstance(term, _MADE):
        return _definite(s, term)
    content, rest = split(s, s(term))
    parts = list(s.linear_parts(rest))
    if len(parts) == 1 and s.nonzero(content):
        g, _ = parts[0]
        if isinstance(s.atoms[g], Identity):
            return True
        letters = word_of(s, g)
        if all(i or is_square(s.atoms[a]) and s.known(Invertible(s.atoms[a])) for a, _, i in letters):
            return True
    return is_definite(s, s(term)) or is_definite(s, -s(term))


def _definite(s: Ring, term: Term) -> bool:
    return isinstance(term, (Identity, *_MADE)) and is_definite(s, s(term))


def _semidefinite(s: Ring, term: Term) -> bool:
    if isinstance(term, Sum):
        with s.inside(term.scope()):
            return s.known(PositiveSemidefinite(term.body))
    if isinstance(term, (Hadamard, Kronecker)):  # Schur's product theorem
        square = is_square(term.left) and is_square(term.right)
        return square and s.known(PositiveSemidefinite(term.left)) and s.known(PositiveSemidefinite(term.right))
    return isinstance(term, (Identity, Ones, Zeros, *_MADE)) and is_semidefinite(s, s(term))


def _orthogonal(s: Ring, term: Term) -> bool:
    """MᵀM = I, of a square matrix."""
    if not isinstance(term, (Identity, *_MADE)):
        return False
    form: Ratio = s(term)
    return vanishes(s, product(s, transposed(s, form), form) - unit(s, term.shape[0]))


def _permutation(s: Ring, term: Term) -> bool:
    """The identity; a transpose, or a product, of permutation matrices."""
    match term:
        case Identity():
            return True
        case Transpose(a):
            return s.known(PermutationMatrix(a))
        case MatrixProduct(a, b):
            return is_square(a) and is_square(b) and all(s.known(PermutationMatrix(one)) for one in (a, b))
    return False


def _idempotent(s: Ring, term: Term) -> bool:
    if not isinstance(term, (Identity, *_MADE)):
        return False
    form: Ratio = s(term)
    return vanishes(s, product(s, form, form) - form)


def _full_column_rank(s: Ring, term: Term) -> bool:
    """A product of matrices that have it."""
    if is_square(term) and s.known(Invertible(term)):
        return True
    if not isinstance(term, _MADE):
        return False
    content, rest = split(s, s(term))
    parts = list(s.linear_parts(rest))
    if len(parts) != 1 or not s.nonzero(content):
        return False
    letters = word_of(s, parts[0][0])
    if len(letters) == 1:
        return as_factor(s, letters[0]) != term and s.known(FullColumnRank(as_factor(s, letters[0])))
    return all(
        s.known(FullColumnRank(as_factor(s, one))) for one in letters if len(s.atoms[one[0]].shape) == 2
    ) and all(len(s.atoms[one[0]].shape) == 2 for one in letters)


def _prove_invertible(proposition: Invertible, facts: Facts) -> Grounds | None:
    """… or of determinant ≠ 0."""
    found = _by_normal_form(proposition, facts)
    if found is None:
        found = _given(FullColumnRank(proposition.matrix), facts)
    if found is None and any(isinstance(f.relation.lhs, Determinant) for f in facts.relations):
        found = discharge(Ne(Determinant(proposition.matrix), 0), facts)
    return found


_by_normal_form = _asked(_invertible)

PROVERS: dict[type, Any] = {
    Symmetric: _asked(_symmetric),
    Invertible: _prove_invertible,
    Orthogonal: _asked(_orthogonal),
    PositiveDefinite: _asked(_definite),
    PositiveSemidefinite: _asked(_semidefinite),
    Idempotent: _asked(_idempotent),
    PermutationMatrix: _asked(_permutation),
    FullColumnRank: _asked(_full_column_rank),
    PositiveDeterminant: _asked(_definite),
}
