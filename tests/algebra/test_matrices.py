"""Matrices of symbolic size: what is plain algebra of them, and what is not.

Sources: Horn and Johnson, Matrix Analysis; Petersen and Pedersen, The Matrix Cookbook.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from judging import chain, is_proved
from matrix_terms import A, B, D, P, Q, S, X, Y, c, given_for, lam, m, n, term, u, v, y

from derivations import (
    Eq,
    Ne,
    Sum,
    det,
    diag,
    dot,
    full_column_rank,
    hadamard,
    hypothesis,
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
from derivations.algebra.normal import in_ring
from derivations.budget import BudgetExhausted
from derivations.decide import provers
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of
from derivations.kernel.report import Verdict
from derivations.models.search import evaluate_in_models, seconded
from derivations.terms.matrix_properties import (
    FullColumnRank,
    Idempotent,
    Invertible,
    MatrixProperty,
    Orthogonal,
    PositiveDefinite,
    PositiveSemidefinite,
    Symmetric,
)
from derivations.terms.relations import Relation
from derivations.terms.term import Term

p = symbols("p", integer=True, positive=True)
C, U, V, K = matrix("C", n, n), matrix("U", n, p), matrix("V", p, n), matrix("K", p, p)
i, j, k = symbols("i j k", integer=True, lower=1, upper=n)
beta = vector("beta", n)
I = identity  # noqa: E741
gram = X.T @ X
hat = X @ gram**-1 @ X.T
full = full_column_rank(X)
normal_equations = hypothesis(gram @ beta, "=", X.T @ y)
both = (invertible(A), invertible(B))
woodbury = (invertible(A), invertible(K), invertible(A + U @ K @ V), invertible(K**-1 + V @ A**-1 @ U))

TRUE: tuple[tuple[Any, ...], ...] = (
    # -- products, transposes, inverses
    ((A + B) @ (A - B), "=", A @ A - A @ B + B @ A - B @ B),
    ((A @ B).T, "=", B.T @ A.T),
    (A.T.T, "=", A),
    ((A @ B) ** -1, "=", B**-1 @ A**-1, both),
    ((A.T) ** -1, "=", (A**-1).T, both),
    ((c * A) ** -1, "=", A**-1 / c, (*both, Ne(c, 0))),
    (A**3 @ A**-2, "=", A, both),
    (A**-1 - B**-1, "=", A**-1 @ (B - A) @ B**-1, both),
    ((lam * A + lam * B) ** -1, "=", (A + B) ** -1 / lam, (invertible(A + B),)),
    (A @ zeros(n), "=", zeros(n)),
    (v @ (u.T @ A), "=", (A.T @ u @ v.T).T),
    # -- inverses of sums
    ((A + B) @ (A + B) ** -1 @ A, "=", A, (invertible(A + B),)),
    ((A + B) ** -1, "=", A**-1 @ (A**-1 + B**-1) ** -1 @ B**-1,
     (*both, invertible(A + B), invertible(A**-1 + B**-1))),
    ((A + U @ K @ V) ** -1, "=", A**-1 - A**-1 @ U @ (K**-1 + V @ A**-1 @ U) ** -1 @ V @ A**-1, woodbury),
    ((A + U @ K @ V) ** -1 @ U @ K, "=", A**-1 @ U @ (K**-1 + V @ A**-1 @ U) ** -1, woodbury),
    ((A + u @ v.T) ** -1, "=", A**-1 - A**-1 @ u @ v.T @ A**-1 / (1 + v.T @ A**-1 @ u),
     (invertible(A), invertible(A + u @ v.T), Ne(1 + v.T @ A**-1 @ u, 0))),
    ((I(n) + A @ B) ** -1 @ A, "=", A @ (I(n) + B @ A) ** -1,
     (invertible(I(n) + A @ B), invertible(I(n) + B @ A))),
    ((gram + lam * I(n)) ** -1 @ X.T, "=", X.T @ (X @ X.T + lam * I(m)) ** -1),
    # -- least squares
    (gram**-1 @ X.T @ X, "=", I(n), (full,)),
    (hat @ hat, "=", hat, (full,)),
    (hat.T, "=", hat, (full,)),
    (trace(I(m) - hat), "=", m - n, (full,)),
    (beta, "=", gram**-1 @ X.T @ y, (normal_equations, full), normal_equations),
    (X.T @ (y - X @ beta), "=", zeros(n), (normal_equations,), normal_equations),
    # -- numbers
    (u.T @ A @ v, "=", v.T @ A.T @ u),
    (dot(u, A @ v), "=", dot(A.T @ u, v)),
    (u.T @ A @ v, "=", v.T @ A @ u, (symmetric(A),)),
    (trace(A @ B @ C), "=", trace(C @ A @ B)),
    (trace(A @ B @ C), "=", trace(C.T @ B.T @ A.T)),
    (trace(u @ v.T), "=", dot(u, v)),
    (trace(I(n)), "=", n),
    (trace(A @ B - B @ A), "=", 0),
    (det(A @ B), "=", det(B) * det(A)),
    (det(c * A), "=", c**n * det(A)),
    (det(A**-1), "=", 1 / det(A), both),
    (det(Q) ** 2, "=", 1, (orthogonal(Q),)),
    (norm(u + v) ** 2, "=", norm(u) ** 2 + 2 * dot(u, v) + norm(v) ** 2),
    (norm(A) ** 2, "=", trace(A.T @ A)),
    (norm(Q @ u), "=", norm(u), (orthogonal(Q),)),
    (norm(u @ v.T), "=", norm(u) * norm(v)),
    ((I(n) - P) @ (I(n) - P), "=", I(n) - P, (idempotent(P),)),
    (ones(n).T @ ones(n), "=", n),
    # -- entries, diagonals, entrywise products
    (A[i, j], "=", A[j, i], (symmetric(A),)),
    ((u @ v.T)[i, j], "=", u[i] * v[j]),
    ((A @ B)[i, j], "=", Sum(A[i, k] * B[k, j], (k, 1, n)), (), "matrix-product"),
    ((A @ v)[i], "=", Sum(A[i, k] * v[k], (k, 1, n)), (), "matrix-product"),
    (trace(A), "=", Sum(A[k, k], (k, 1, n)), (), "definition-of-the-trace"),
    (unit_vector(i, n).T @ A @ unit_vector(j, n), "=", A[i, j]),
    (diag(u) @ v, "=", hadamard(v, u)),
    (diag(u) @ diag(v), "=", diag(v) @ diag(u)),
    (hadamard(A, B), "=", hadamard(B, A)),
    # -- signs
    (u.T @ X.T @ X @ u, ">=", 0),
    (u.T @ (D + c**2 * A @ A.T) @ u, ">", 0, (positive_definite(D), Ne(u, zeros(n)))),
    (trace(D), ">=", 0, (positive_semidefinite(D),)),
    (det(D), ">", 0, (positive_definite(D),)),
)  # fmt: skip

FALSE: tuple[tuple[Any, ...], ...] = (
    ((A + B) ** -1, "=", A**-1 + B**-1, (*both, invertible(A + B))),
    ((D + S) ** -1, "=", D**-1 + S**-1, (positive_definite(D), positive_definite(S))),
    ((A - lam * I(n)) ** -1, "=", A**-1 - I(n) / lam, (invertible(A), invertible(A - lam * I(n)))),
    (A @ B, "=", B @ A),
    (A @ S @ A.T, "=", A.T @ S @ A, (symmetric(S),)),
    ((A + B) @ (A - B), "=", A @ A - B @ B),
    ((S @ D).T, "=", S @ D, (symmetric(S), symmetric(D))),
    (diag(u) @ A, "=", A @ diag(u)),
    (kron(A, B), "=", kron(B, A)),
    (det(A + B), "=", det(A) + det(B)),
    (det(D + I(n)), "=", det(D) + 1, (positive_definite(D),)),
    (det(2 * A), "=", 2 * det(A)),
    (trace(A @ B @ C), "=", trace(A @ C @ B)),
    (trace(S @ A @ D @ A), "=", trace(S @ A @ A @ D), (symmetric(S), symmetric(D))),
    (trace(A @ B), "=", trace(A) * trace(B)),
    (hat, "=", I(m), (full,)),
    ((A @ B) ** -1, "=", A**-1 @ B**-1, both),
    (norm(A @ u), "=", norm(u), (invertible(A),)),
    (norm(u + v), "=", norm(u) + norm(v)),
    (P @ P.T, "=", P, (idempotent(P),)),
    (A**-1, "=", A.T, (symmetric(A), invertible(A))),
    (u.T @ A @ v, "=", v.T @ A @ u),
    (u.T @ A @ u, ">=", 0),
    (u.T @ A @ u, ">=", 0, (hypothesis(trace(A) >= 0),)),
    (u.T @ (D - S) @ u, ">", 0, (positive_definite(D), positive_semidefinite(S), Ne(u, zeros(n)))),
    (u.T @ D @ u, ">", 0, (positive_semidefinite(D), Ne(u, zeros(n)))),
    (u.T @ D @ u, ">", 0, (positive_definite(D),)),
    (u.T @ gram @ u, ">", 0, (Ne(u, zeros(n)),)),
    (det(Q), "=", 1, (orthogonal(Q),)),
    (trace(A), ">=", 0, (symmetric(A), invertible(A))),
    (beta, "=", gram @ X.T @ y, (normal_equations, full), normal_equations),
    ((gram + lam * I(n)) ** -1 @ X.T, "=", X.T @ (X @ X.T - lam * I(m)) ** -1,
     (invertible(X @ X.T - lam * I(m)),)),
    ((A + U @ K @ V) ** -1, "=", A**-1 - A**-1 @ U @ (K + V @ A**-1 @ U) ** -1 @ V @ A**-1,
     (*woodbury, invertible(K + V @ A**-1 @ U))),
)  # fmt: skip

LACKING: tuple[tuple[Any, ...], ...] = (
    ((A @ B) ** -1, "=", B**-1 @ A**-1, (invertible(A),)),
    ((A + U @ K @ V) ** -1, "=", A**-1 - A**-1 @ U @ (K**-1 + V @ A**-1 @ U) ** -1 @ V @ A**-1, woodbury[1:]),
    ((c * A) ** -1, "=", A**-1 / c, (invertible(A),)),
    (gram**-1 @ gram, "=", I(n)),
    ((X @ X.T) ** -1 @ X @ X.T, "=", I(m), (full,)),
    ((gram - lam * I(n)) ** -1 @ (gram - lam * I(n)), "=", I(n), (full,)),
    (P**-1 @ P, "=", I(n), (idempotent(P),)),
    (S**-1 @ S, "=", I(n), (positive_semidefinite(S),)),
    ((A + B) ** -1 @ (A + B), "=", I(n), both),
    ((u @ u.T) ** -1 @ (u @ u.T), "=", I(n), (Ne(u, zeros(n)),)),
)
"""Nothing is wrong but that an inverse need not exist."""


def name(row: tuple[Any, ...]) -> str:
    return f"{row[0]} {row[1]} {row[2]}"


@pytest.mark.parametrize("row", TRUE, ids=name)
def test_is_proved_and_holds_in_models(row: tuple[Any, ...]) -> None:
    link, given, by = row[:3], row[3] if len(row) > 3 else (), row[4] if len(row) > 4 else None
    assert is_proved(*link, given=given, by=by)
    posed = chain(*link, given=given)
    agreement = evaluate_in_models(posed.steps[0].link, posed.given, 8)
    assert agreement.agreed >= 4
    assert agreement.disagreement is None


@pytest.mark.parametrize("row", FALSE, ids=name)
def test_is_refuted_by_small_matrices_that_satisfy_the_givens(row: tuple[Any, ...]) -> None:
    link, given, by = row[:3], row[3] if len(row) > 3 else (), row[4] if len(row) > 4 else None
    assert not is_proved(*link, given=given, by=by)
    assert chain(*link, given=given, by=by).check(reproduce=False).verdict is Verdict.REFUTED


@pytest.mark.parametrize("row", LACKING, ids=name)
def test_an_inverse_must_be_known_to_exist(row: tuple[Any, ...]) -> None:
    report = chain(*row[:3], given=row[3] if len(row) > 3 else ()).check(reproduce=False)
    assert report.verdict is Verdict.OPEN
    assert "is invertible" in report.steps[0].finding.problem


KNOWN: tuple[tuple[MatrixProperty, tuple[Any, ...]], ...] = (
    (Symmetric(A + A.T), ()),
    (Symmetric(A @ S @ A.T), (symmetric(S),)),
    (Symmetric(gram**-1), (full,)),
    (Invertible(A @ B.T), both),
    (Invertible(gram), (full,)),
    (Invertible(gram + lam * I(n)), ()),
    (Invertible(-2 * D), (positive_definite(D),)),
    (Invertible(A), (Ne(det(A), 0),)),
    (Invertible(I(n) + u @ u.T), ()),
    (Orthogonal(Q @ S.T), (orthogonal(Q), orthogonal(S))),
    (Orthogonal(I(n) - 2 * P), (idempotent(P), symmetric(P))),
    (PositiveDefinite(D**-1), (positive_definite(D),)),
    (PositiveDefinite(gram), (full,)),
    (PositiveDefinite(D + u @ u.T), (positive_definite(D),)),
    (PositiveDefinite(A @ D @ A.T), (positive_definite(D), invertible(A))),
    (PositiveSemidefinite(Y @ Y.T + S), (positive_semidefinite(S),)),
    (PositiveSemidefinite(ones(n, n)), ()),
    (PositiveSemidefinite(hadamard(S, D)), (positive_semidefinite(S), positive_definite(D))),
    (Idempotent(I(n) - P), (idempotent(P),)),
    (Idempotent(hat), (full,)),
    (FullColumnRank(X @ A), (full, invertible(A))),
)

UNKNOWN: tuple[tuple[MatrixProperty, tuple[Any, ...]], ...] = (
    (Symmetric(S @ D), (symmetric(S), symmetric(D))),
    (Symmetric(A), (invertible(A),)),
    (Invertible(A + B), both),
    (Invertible(gram), ()),
    (Invertible(X @ X.T), (full,)),
    (Invertible(gram - lam * I(n)), (full,)),
    (Invertible(P), (idempotent(P),)),
    (Invertible(S), (positive_semidefinite(S),)),
    (Invertible(c * A), (invertible(A),)),
    (Invertible(u @ v.T), (Ne(u, zeros(n)), Ne(v, zeros(n)))),
    (Orthogonal(Q + S), (orthogonal(Q), orthogonal(S))),
    (Orthogonal(I(n) - 2 * P), (idempotent(P),)),
    (PositiveDefinite(gram), ()),
    (PositiveDefinite(D - S), (positive_definite(D), positive_definite(S))),
    (PositiveDefinite(D @ S), (positive_definite(D), positive_definite(S))),
    (PositiveDefinite(A @ D @ A.T), (positive_definite(D),)),
    (PositiveDefinite(u @ u.T), (Ne(u, zeros(n)),)),
    (PositiveSemidefinite(A), (hypothesis(trace(A) >= 0),)),
    (PositiveSemidefinite(A), (symmetric(A), hypothesis(det(A) > 0))),
    (PositiveSemidefinite(A @ A), ()),
    (PositiveSemidefinite(A @ S @ A), (positive_semidefinite(S),)),
    (PositiveDefinite(diag(u) - u @ u.T), (hypothesis(u[i] > 0, for_all=i), Eq(Sum(u[k], (k, 1, n)), 1))),
    (Idempotent(P + Q), (idempotent(P), idempotent(Q))),
    (FullColumnRank(X @ A), (full,)),
    (FullColumnRank(Y.T), (full_column_rank(Y),)),
)


def known(statement: MatrixProperty, given: tuple[Any, ...]) -> bool:
    facts = facts_of(chain(u, "=", v, given=given).given, provers()).for_link(20_000)
    return discharge(statement, facts) is not None


@pytest.mark.parametrize(("statement", "given"), KNOWN, ids=lambda part: str(part))
def test_what_is_known_of_a_matrix(statement: MatrixProperty, given: tuple[Any, ...]) -> None:
    assert known(statement, given)


@pytest.mark.parametrize(("statement", "given"), UNKNOWN, ids=lambda part: str(part))
def test_what_is_not_known_of_a_matrix(statement: MatrixProperty, given: tuple[Any, ...]) -> None:
    assert not known(statement, given)


@pytest.mark.parametrize("n_rows", [2, 3])
def test_what_is_given_of_a_matrix_is_nothing_of_the_one_that_moves(n_rows: int) -> None:
    """Symmetric matrices are not all matrices: below a sum over its size A is another one."""
    t = symbols("t", integer=True)
    M = matrix("M", t, t)
    w = vector("w", t)
    link = (Sum(w.T @ M @ w, (t, 1, n_rows)), "=", Sum(w.T @ M.T @ w + 0, (t, 1, n_rows)))
    assert is_proved(*link)  # a number is its own transpose, symmetric or not
    odd = (Sum(trace(M @ M), (t, 1, n_rows)), "=", Sum(trace(M.T @ M), (t, 1, n_rows)))
    assert not is_proved(*odd, given=(symmetric(M),))


INSTANCES = int(os.environ.get("INSTANCES", "60"))
SEED = int(os.environ.get("SEED", "0"))


@pytest.mark.once
@pytest.mark.parametrize("part", range(4))
def test_the_normal_form_is_worth_the_same_in_both_evaluators(part: int) -> None:
    """`INSTANCES=1000 SEED=7 pytest tests/algebra/test_matrices.py -k normal_form` is a campaign."""
    for seed in range(part, INSTANCES, 4):
        r = Random(1_000_003 * SEED + seed)
        shape = r.choice(((), (n,), (m,), (n, n), (m, n), (m, m)))
        made = term(r, shape, r.choice((3, 5, 8, 12)))
        given = (*given_for(made), hypothesis(n >= r.choice((1, 2))))
        try:
            normal: Term = in_ring(facts_of(given, provers()).for_link(20_000), lambda s: s.term(s(made)))  # noqa: B023
        except BudgetExhausted:
            continue
        link = Relation(made, "=", normal if normal.shape == shape else 0 * made)
        found = evaluate_in_models(link, given, 3, budget=40)
        assert found.disagreement is None, f"{seed}: {link}\n{found.disagreement}"
        if seed % 4 == 0:
            assert seconded(link, given, 1, budget=10) >= 0, f"{seed}: {link}"
