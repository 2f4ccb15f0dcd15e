"""Claims built to fool those who try a few points: none is proved, and none refuted without a true witness."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from derivations import Pi, Sum, delta, derive, exp, sin, sqrt, symbols
from derivations.checking import check
from derivations.kernel.report import Verdict

F = Fraction
x = symbols("x")
d, n = symbols("d n", integer=True, positive=True)
i = symbols("i", integer=True)
tiny = F(1, 10**12)

CLAIMS: dict[str, tuple[Any, Any, Callable[[Fraction], float] | None]] = {
    "zero at all integers": (sin(Pi * x), 0, lambda v: math.sin(math.pi * v)),
    "zero at all halves": (sin(2 * Pi * x), 0, lambda v: math.sin(2 * math.pi * v)),
    "zero at all quarters": (sin(4 * Pi * x), 0, lambda v: math.sin(4 * math.pi * v)),
    "zero at all halves, times a polynomial": (x * sin(2 * Pi * x), 0, lambda v: v * math.sin(2 * math.pi * v)),
    "tiny everywhere": (x + tiny, x, lambda v: 1e-12),
    "tiny everywhere, and not rational": (x + tiny * exp(-(x**2)), x, lambda v: 1e-12 * math.exp(-(v**2))),
    "zero for x ≥ 0": (abs(x) - x, 0, lambda v: abs(v) - v),
    "zero for x ≤ 0": (abs(x) + x, 0, lambda v: abs(v) + v),
    "zero for x ≥ 0, by a root": (sqrt(x**2), x, lambda v: abs(v) - v),
    "zero at the first small numbers": (x * (x - 1) * (x - 2) * (x + 1) * (2 * x - 1), 0,
                                        lambda v: v * (v - 1) * (v - 2) * (v + 1) * (2 * v - 1)),
    "one at n = 5 only": (delta(n, 5), 0, lambda v: float(v == 5)),
    "from d = 5 on": ((d - 1) * (d - 2) * (d - 3) * (d - 4), 0, lambda v: (v - 1) * (v - 2) * (v - 3) * (v - 4)),
    "a sum from d = 5 on": (Sum(delta(i, 5), (i, 1, d)), 0, lambda v: float(v >= 5)),
    "undefined at 3/7 only": ((x - F(3, 7)) / (x - F(3, 7)), 1, None),
    "undefined at 1 only": ((x**2 - 1) / (x - 1), x + 1, None),
    "undefined at 22/7 only": ((7 * x - 22) * x / (7 * x - 22), x, None),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_that_fools_samplers(name: str) -> None:
    left, right, difference = CLAIMS[name]
    step = check(derive(left).eq(right), reproduce=False).steps[0]
    assert step.verdict is not Verdict.PROVED
    if difference is None:  # both sides agree wherever they are defined
        assert step.verdict is Verdict.OPEN
        return
    assert step.verdict is Verdict.REFUTED
    assert step.witness is not None
    (value,) = (value for symbol, value in step.witness.values if symbol in ("x", "n", "d"))
    assert abs(difference(F(value))) > 1e-16
