"""`c_{t+1} = b c_t` for all t is used at c_{t+2} and at c_3; not where t has no such value."""

from __future__ import annotations

import pytest
from judging import is_proved

from derivations import Sum, family, function, hypothesis, oo, symbols

b, x, y = symbols("b x y")
t, n = symbols("t n", integer=True, positive=True)
k = symbols("k", integer=True)
m, f = family("m", oo), function("f")
forwards = hypothesis(m[t + 1], "=", b * m[t], for_all=t)
unit = hypothesis(f(x + 1), "=", f(x) + 1, for_all=x)
end = symbols("N", integer=True)
early = symbols("s", integer=True, lower=1, upper=end)
up_to_end = hypothesis(m[early + 1], "=", b * m[early], for_all=early)
once = hypothesis(m[t + 1], "=", b * m[t])


@pytest.mark.parametrize(
    ("lhs", "rhs", "by"),
    [
        (m[t + 1], b * m[t], forwards),
        (m[t + 2], b * m[t + 1], forwards),
        (m[3], b * m[2], forwards),
        (m[n + 5] - m[n], b * m[n + 4] - m[n], forwards),
        (Sum(m[k + 1], (k, 1, n)), Sum(b * m[k], (k, 1, n)), forwards),
        (f(y + 2), f(y + 1) + 1, unit),
        (f(3) * y, (f(2) + 1) * y, unit),
        (m[t + 1], b * m[t], once),
    ],
    ids=str,
)
def test_used(lhs, rhs, by):
    assert is_proved(lhs, "=", rhs, [by], by)


@pytest.mark.parametrize(
    ("lhs", "rhs", "by"),
    [
        (m[1], b * m[0], forwards),
        (m[t], b * m[t - 1], forwards),
        (m[k + 1], b * m[k], forwards),
        (m[3], b * m[1], forwards),
        (Sum(m[k + 1], (k, 0, n)), Sum(b * m[k], (k, 0, n)), forwards),
        (m[t + 2], b * m[t + 1], once),
        (m[3], b * m[2], once),
        (f(y + 2), f(y) + 1, unit),
        (Sum(Sum(m[k + 1], (k, 1, end)), (end, 1, n)), Sum(Sum(b * m[k], (k, 1, end)), (end, 1, n)), up_to_end),
    ],
    ids=str,
)
def test_not_used(lhs, rhs, by):
    assert not is_proved(lhs, "=", rhs, [by], by)
