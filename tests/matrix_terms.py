"""Random expressions of matrices, vectors and numbers made of them, with what may be given of their letters."""

from __future__ import annotations

from random import Random
from typing import Any

from derivations import (
    det,
    diag,
    dot,
    full_column_rank,
    hadamard,
    idempotent,
    identity,
    invertible,
    kron,
    matrix,
    norm,
    ones,
    orthogonal,
    positive_definite,
    positive_semidefinite,
    symbols,
    symmetric,
    trace,
    unit_vector,
    vector,
    zeros,
)
from derivations.terms.linear_algebra import Diagonal, DiagonalOf, Inverse
from derivations.terms.matrix_properties import Invertible
from derivations.terms.term import Term

m, n = symbols("m n", integer=True, positive=True)
A, B, S, D, Q, P = (matrix(name, n, n) for name in "ABSDQP")
X, Y = matrix("X", m, n), matrix("Y", n, m)
u, v, y = vector("u", n), vector("v", n), vector("y", m)
c, lam = symbols("c"), symbols("lambda", positive=True)

GIVEN = (
    invertible(A), symmetric(S), positive_definite(D), orthogonal(Q), idempotent(P), full_column_rank(X),
)  # fmt: skip
SQUARE = (A, B, S, D, Q, P)
N, M = (n,), (m,)


def term(r: Random, shape: Any, size: int) -> Term:
    """An expression of that shape, with about so many nodes."""
    if shape == ():
        return _number(r, size)
    return _vector(r, shape, size) if len(shape) == 1 else _matrix(r, shape, size)


def _number(r: Random, size: int) -> Term:
    square, row = (n, n), r.choice((N, M))
    if size <= 1:
        return r.choice((c, lam, symbols("c") * 2, n))
    made = r.randrange(9)
    half = size // 2
    if made == 0:
        return trace(term(r, r.choice((square, (m, m))), size - 1))
    if made == 1:
        return det(term(r, square, size - 1))
    if made in (2, 3):
        return dot(term(r, row, half), term(r, row, half))
    if made == 4:
        return term(r, row, half).T @ term(r, (row[0], row[0]), half) @ term(r, row, half)
    if made == 5:
        return norm(term(r, row, size - 1)) ** 2
    if made == 6:
        return term(r, (), half) * term(r, (), half)
    if made == 7:
        return norm(term(r, square, size - 1)) ** 2
    return term(r, (), half) + term(r, (), half)


def _vector(r: Random, shape: Any, size: int) -> Term:
    if size <= 1:
        return r.choice((u, v, ones(n), unit_vector(1, n), zeros(n)) if shape == N else (y, ones(m)))
    made, half = r.randrange(7), size // 2
    other = r.choice((N, M))
    if made in (0, 1, 2):
        return term(r, (shape[0], other[0]), half) @ term(r, other, half)
    if made == 3:
        return term(r, (), half) * term(r, shape, half)
    if made == 4:
        return hadamard(term(r, shape, half), term(r, shape, half))
    if made == 5 and shape == N:
        return DiagonalOf(term(r, (n, n), size - 1))
    return (
        term(r, shape, half) + term(r, shape, half) if r.random() < 0.5 else term(r, shape, half) - term(r, shape, half)
    )


def _matrix(r: Random, shape: Any, size: int) -> Term:
    if size <= 1:
        if shape == (n, n):
            return r.choice((*SQUARE, identity(n)))
        return r.choice({(m, n): (X, ones(m, n)), (n, m): (Y, X.T), (m, m): (identity(m), X @ Y)}[shape])
    made, half = r.randrange(10), size // 2
    middle = r.choice((n, m))
    if made < 4:
        return term(r, (shape[0], middle), half) @ term(r, (middle, shape[1]), half)
    if made == 4:
        return term(r, (), half) * term(r, shape, half)
    if made == 5:
        return term(r, shape[::-1], size - 1).T
    if made == 6 and shape == (n, n):
        return Inverse(_invertible(r, size - 1))
    if made == 7:
        return term(r, (shape[0],), half) @ term(r, (shape[1],), half).T
    if made == 8:
        return hadamard(term(r, shape, half), term(r, shape, half))
    if made == 9 and shape == (n, n):
        return Diagonal(term(r, N, size - 1))
    return (
        term(r, shape, half) + term(r, shape, half) if r.random() < 0.5 else term(r, shape, half) - term(r, shape, half)
    )


def _invertible(r: Random, size: int) -> Term:
    """Often invertible; what is not is left out by the models."""
    return r.choice((
        A, D, Q, A @ D, A.T, lam * A, D + lam * identity(n), X.T @ X, X.T @ X + lam * D, A @ Q.T, A + B,
        identity(n) + A @ B, D + u @ u.T, A + u @ v.T, A + Y @ X, 2 * A, lam * A + lam * B, term(r, (n, n), size),
    ))  # fmt: skip


def given_for(made: Term) -> tuple[Any, ...]:
    """What is given of the letters, and that each inverse exists."""
    return (*GIVEN, *(Invertible(t.matrix) for t in sorted(made.walk_set, key=str) if isinstance(t, Inverse)))


__all__ = ["GIVEN", "diag", "given_for", "kron", "positive_semidefinite", "term"]
