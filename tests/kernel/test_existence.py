"""A limit or derivative that does not exist may not vanish unseen together with what surrounds it."""

from __future__ import annotations

import pytest

from derivations import derive, diff, limit, log, oo, sin, symbols
from derivations.kernel.report import Verdict

T, x, y = symbols("T x y")


@pytest.mark.parametrize(("left", "right", "missing"), [
    (diff(limit(sin(T), T, oo), y), 0, "lim_{T→∞} sin(T) exists"),
    (diff(diff(abs(x), x), y), 0, "|x| is differentiable in x"),
    (diff(y + diff(abs(x), x), y), 1, "|x| is differentiable in x"),
    (limit(T, T, oo) - limit(T, T, oo), 0, "lim_{T→∞} T exists"),
    (0 * limit(sin(T), T, oo), 0, "lim_{T→∞} sin(T) exists"),
])  # fmt: skip
def test_what_is_dropped_must_exist(left, right, missing) -> None:
    by = "differentiation" if str(left).startswith("∂") else None
    step = derive(left).eq(right, by=by).check(reproduce=False).steps[0]
    assert (step.verdict, step.finding.problem) == (Verdict.OPEN, f"the condition `{missing}` is not known")


@pytest.mark.parametrize(("body", "missing"), [
    (1 / T + 0 * log(-T), "-T > 0"),
    (1 / T + diff(log(-T), y), "-T > 0"),
    (1 / T + diff(1 / (T - T), y), "T - T ≠ 0"),
])  # fmt: skip
def test_what_is_dropped_must_be_defined_near_the_point(body, missing) -> None:
    by = ["differentiation", "dominant-term"] if "∂" in str(body) else "dominant-term"
    step = derive(body).tends_to(0, T, oo, by=by).check(reproduce=False).steps[0]
    assert (step.verdict, step.finding.problem) == (Verdict.OPEN, f"the condition `{missing}` is not known")


def test_near_the_point_is_enough() -> None:
    for body in (1 / T, 1 / (T - 5), log(T - 5) / T):
        step = derive(body).tends_to(0, T, oo, by="dominant-term").check(reproduce=False).steps[0]
        assert step.verdict is Verdict.PROVED
