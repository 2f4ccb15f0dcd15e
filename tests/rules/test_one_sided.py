"""Limits from one side: a positive symbol tends to 0 from the right, and a direction can be asked for."""

from __future__ import annotations

import pytest

from derivations import TermError, continuity, dominant_term, exp, limit, log, oo, sqrt, symbols
from derivations.kernel.report import Verdict

x, y = symbols("x y")
p = symbols("p", positive=True)
u = symbols("u", lower=1, upper=2)


def check(left, right, by):
    from derivations import derive

    return derive(left).eq(right, by=by).qed(left, "=", right).check()


@pytest.mark.parametrize(("left", "right", "by"), [
    (limit(1 / (1 + p), p, 0), 1, continuity),
    (limit(sqrt(p), p, 0), 0, dominant_term),
    (limit(p * log(p), p, 0), 0, dominant_term),
    (limit(p**p, p, 0), 1, dominant_term),
    (limit(u**2, u, 2), 4, continuity),
    (limit(sqrt(2 - u), u, 2), 0, dominant_term),
    (limit(abs(x) / x, x, 0, "+"), 1, dominant_term),
    (limit(abs(x) / x, x, 0, "-"), -1, dominant_term),
    (limit(exp(-1 / x), x, 0, "+"), 0, dominant_term),
])  # fmt: skip
def test_from_its_own_side(left, right, by) -> None:
    report = check(left, right, by)
    assert report.verdict is Verdict.PROVED and not report.steps[0].disputed, report


@pytest.mark.parametrize(("left", "right", "by"), [
    (limit(abs(x) / x, x, 0), 1, dominant_term),
    (limit(abs(x) / x, x, 0, "-"), 1, dominant_term),
    (limit(exp(-1 / x), x, 0, "-"), 0, dominant_term),
    (limit(exp(-1 / x), x, 0), 0, dominant_term),
    (limit(sqrt(x), x, 0), 0, dominant_term),
    (limit(1 / p, p, 0), 0, dominant_term),
    (limit(1 / p, p, 0), 1, continuity),
    (limit(1 / (1 + p), p, 0), 2, continuity),
    (limit(1 / (1 + p), p, -1), 0, dominant_term),
    (limit(log(p), p, 0), 0, continuity),
])  # fmt: skip
def test_from_the_other_or_to_another_value(left, right, by) -> None:
    assert check(left, right, by).verdict is not Verdict.PROVED


def test_how_it_is_written() -> None:
    assert limit(1 / p, p, 0).text == "lim_{p→0⁺} 1/p"
    assert limit(1 / x, x, 0).text == "lim_{x→0} 1/x"
    assert r"\to 0^{-}" in limit(1 / x, x, 0, "-").latex
    for direction, point in (("up", 0), ("+", oo)):
        with pytest.raises(TermError, match="direction"):
            limit(1 / x, x, point, direction)
