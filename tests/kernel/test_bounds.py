"""What a symbol was declared to lie between stands outside: no binder and no instance may put another in its place.

Each of these statements is false or undefined, and was once proved.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from judging import chain, finding, result

from derivations import (
    Derivation,
    E,
    Sum,
    TermError,
    Var,
    definition,
    derive,
    diff,
    differentiation,
    dot,
    dot_product,
    exp,
    family,
    free_variable,
    function,
    gaussians,
    hypothesis,
    iid,
    law,
    limit,
    oo,
    random_family,
    random_variable,
    symbols,
    variance_of_independent_sum,
    vector,
)  # fmt: skip
from derivations.kernel.report import Verdict

x, y, s, T = symbols("x y s T")
t, n, d = symbols("t n d", integer=True)
m, size = symbols("m N", positive=True, integer=True)
below_y, of_n = symbols("i", upper=y), symbols("i", integer=True, lower=1, upper=n)
part = symbols("r", lower=0, upper=y)
f, g = function("f"), function("g", smooth=True)
c, q, k = family("c", oo), family("q", 2, d), family("k", 2, d)
X = random_variable("X")
gap = result(abs(y - below_y), "=", y - below_y)
none = hypothesis(c[of_n], "=", 0, for_all=of_n)
nowhere = hypothesis(f(part), "=", 0, for_all=part)
over = hypothesis(f(below_y, y), ">", 0, for_all=(below_y, y))


def along(body, image, rest, *given) -> Derivation:
    """lim_{T→−∞} of a body that was shown to be its image in T := qᵀk."""
    named = definition(T, dot(row, column))
    shown = derive(body, given=[named, *given]).eq(image, by=named).eq(rest).qed(body, "=", rest)
    return derive(limit(body, named, -oo), given=[named, *given]).eq(limit(rest, T, -oo), by=[shown, free_variable(T)])


row, column = family("q", 2, m)[1], family("k", 2, m)[1]
under_T = symbols("z", upper=T)
FALSE: dict[str, Callable[[], Derivation]] = {
    "another y": lambda: chain(abs(2 - below_y), "=", 2 - below_y, by=gap),
    "another i": lambda: chain(abs(2 - x), "=", 2 - x, [x <= y], gap),
    "both": lambda: chain(f(7, 2), ">", 0, [over, y >= 7]),
    "y at i": lambda: chain(diff(abs(y - below_y), y), "=", 1, by=[gap, differentiation]),
    "a bound n": lambda: chain(Sum(Sum(c[t], (t, 1, n)), (n, 1, m)), "=", 0, [none], none),
    "y → ∞": lambda: chain(
        limit(f(y / 2) + 1 / y, y, oo), "=", limit(1 / y, y, oo), [nowhere], nowhere),
    "beyond y": lambda: chain(diff(f(y), y), "=", 0, [nowhere, y > 0], [nowhere, differentiation]),
    "T that is random": lambda: chain(
        E(T - symbols("r", upper=T)), ">=", 0, [gaussians(X, mean=-1, variance=1), definition(T, X)]),
    "0^(x²)": lambda: chain(
        diff(abs(2 * 0 ** (x**2) - 1), x), "=", diff(2 * 0 ** (x**2) - 1, x), [0 ** (x**2) > 1],
        result(abs(2 * 0 ** (x**2) - 1), "=", 2 * 0 ** (x**2) - 1, [0 ** (x**2) > 1])),
    "variance of nobody": lambda: chain(
        abs(s), "=", s, [iid(random_family("X", symbols("M", integer=True, nonnegative=True)), mean=0, variance=s)]),
    "z ≤ T": lambda: along(
        exp(abs(dot(row, column) - under_T)), exp(abs(T - under_T)), exp(T - under_T)),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name: str) -> None:
    assert finding(FALSE[name]()).verdict is not Verdict.PROVED


SIZES: dict[str, Callable[[], Derivation]] = {
    "of a dot product": lambda: derive(Sum(dot(q[1], k[1]), (d, 1, m))).eq(
        Sum(Sum(q[1, t] * k[1, t], (t, 1, d)), (d, 1, m)), by=dot_product),
    "of a random family": lambda: derive(
        Sum(Var(Sum((z := random_family("Z", n))[t], (t, 1, n))), (n, 1, m)),
        [sample := iid(z, mean=0, variance=1)]).eq(Sum(n, (n, 1, m)), by=[variance_of_independent_sum, sample]),
    "of a family": lambda: derive(0 * Sum(family("c", n)[n], (n, 1, m))).eq(0),
    "of a vector": lambda: derive(0 * Sum(dot(vector("v", d), vector("v", d)), (d, 1, m))).eq(0),
}  # fmt: skip


@pytest.mark.parametrize("name", SIZES)
def test_a_size_that_a_binder_names_is_told(name: str) -> None:
    made = SIZES[name]()
    report = made.qed(made.start, "=", made.end).check(reproduce=False)
    assert report.verdict is not Verdict.PROVED


@pytest.mark.parametrize(("write", "message"), [
    (lambda: symbols("a", upper=X), "a symbol lies between numbers, but `X` is random"),
    (lambda: symbols("a", values=(x, 2 * x)), "the values of a symbol are numbers, but `x` depends on others"),
    (lambda: law(random_family("Z", oo)[symbols("j", integer=True, lower=3)], mean=0, variance=1),
     "`j` does not run over all members of Z"),
    (lambda: derive(x, given=[definition(g(x), abs(x))]), "`g.x.` is defined, but also declared smooth"),
])  # fmt: skip
def test_what_cannot_be_declared(write, message) -> None:
    with pytest.raises(TermError, match=message):
        write()


def test_existence_does_not_go_round_in_a_circle() -> None:
    one, other = symbols("t u", lower=1, upper=y)
    ring = derive(1, given=[one <= y, other <= y]).le(one).le(y).qed(1, "<=", y)
    assert ring.check(reproduce=False).verdict is not Verdict.PROVED


TRUE: dict[str, Callable[[], Derivation]] = {
    "another i, and another y": lambda: chain(f(x, 3), ">", 0, [over, x <= 3]),
    "the same": lambda: chain(f(below_y, y), ">", 0, [over]),
    "within the range": lambda: chain(Sum(c[t], (t, 1, n)), "=", 0, [none], none),
    "variance of somebody": lambda: chain(abs(s), "=", s, [iid(random_family("X", size), mean=0, variance=s)]),
    "nothing holds T": lambda: along(exp(dot(row, column) - x), exp(T - x), exp(T) / exp(x)),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_proved(name: str) -> None:
    assert finding(TRUE[name]()).verdict is Verdict.PROVED
