"""The exercises about matrices: proved for all sizes, disputed by nothing, and false when a line is edited."""

from __future__ import annotations

from typing import Any

import pytest

from derivations import Ne, derive, dot, identity, invertible, norm, positive_semidefinite, trace, zeros
from derivations.checking import check
from derivations.exercises.linear_models import kalman, normal_equations, quadratics, ridge
from derivations.exercises.linear_models.design import X, b, beta, gram, independent_columns, lam, m, p, y
from derivations.exercises.linear_models.hat_matrix import hat
from derivations.exercises.networks import backpropagation, permuted_attention
from derivations.kernel.report import Verdict
from derivations.rules.matrix_calculus import matrix_calculus

from .checked import others


@pytest.mark.parametrize("name", list(others()))
def test_every_link_is_proved_and_the_chain_matches_its_statement(name: str) -> None:
    made = check(others()[name].derivation)
    assert [step.verdict for step in made.steps] == [Verdict.PROVED] * len(made.steps)
    assert made.verdict is Verdict.PROVED
    assert made.matches_stated is True
    assert made.problems == ()
    assert not any(step.reproduction is not None and step.reproduction.disputed for step in made.steps)


q = quadratics
FALSE: tuple[tuple[Any, ...], ...] = (
    (normal_equations.gradient_of_squares.start, "=", 2 * (gram @ b + X.T @ y), (), matrix_calculus),
    (normal_equations.gradient_of_squares.start, "=", gram @ b - X.T @ y, (), matrix_calculus),
    (beta, "=", gram @ X.T @ y, normal_equations.least_squares.given, normal_equations.normal_equations),
    (normal_equations.loss, ">=", norm(y - X @ beta) ** 2 + 1, normal_equations.minimum.given),
    (normal_equations.loss, "=", norm(y - X @ beta) ** 2 - norm(X @ (beta - b)) ** 2, normal_equations.minimum.given),
    (ridge.dual.start, "=", X.T @ (X @ X.T - lam * identity(m)) ** -1 @ y,
     (invertible(X @ X.T - lam * identity(m)),)),
    (ridge.ridge_gradient.start, "=", 2 * (gram @ b - X.T @ y) + lam * b, (), matrix_calculus),
    (trace(hat), "=", m, (independent_columns,)),
    (trace(identity(m) - hat), "=", p - m, (independent_columns,)),
    (norm(y), "=", norm(hat @ y) + norm((identity(m) - hat) @ y), (independent_columns,)),
    (kalman.gain, "=", kalman.information**-1 @ kalman.H.T @ kalman.R, kalman.covariances),
    (kalman.P - kalman.gain @ kalman.H @ kalman.P, "=", kalman.information, kalman.covariances),
    (q.gradient_of_quadratic.start, "=", q.A @ q.x - q.c, (), matrix_calculus),
    (q.x - q.eta * (q.A @ q.x - q.c) - q.z, "=", (identity(q.n) + q.eta * q.A) @ (q.x - q.z), q.descent.given),
    (q.quadratic_gap.start, ">", 0, q.quadratic_gap.given),
    (backpropagation.outer_weights.start, "=", -backpropagation.error @ backpropagation.hidden.T, (), matrix_calculus),
    (permuted_attention.permuted, "=", permuted_attention.attention, permuted_attention.equivariance.given),
    (backpropagation.inner_bias.start, "=", 2 * backpropagation.W.T @ backpropagation.error, (), matrix_calculus),
)  # fmt: skip


@pytest.mark.parametrize("row", FALSE, ids=lambda row: f"{row[0]} {row[1]} {row[2]}")
def test_an_edited_line_is_refuted(row: tuple[Any, ...]) -> None:
    lhs, sign, rhs, given, *by = row
    report = derive(lhs, given=given).link(sign, rhs, by=by[0] if by else None).check(reproduce=False)
    assert report.verdict is Verdict.REFUTED


@pytest.mark.parametrize("lacking", ["columns", "definite"])
def test_what_is_taken_away_is_missed(lacking: str) -> None:
    if lacking == "columns":
        report = derive(hat @ hat).eq(hat).check(reproduce=False)
    else:
        weak = (positive_semidefinite(q.A), Ne(q.x, zeros(q.n)))
        report = derive(dot(q.x, q.A @ q.x), given=weak).gt(0).check(reproduce=False)
    assert report.verdict is not Verdict.PROVED
