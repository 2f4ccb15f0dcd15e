"""tan, arctan, n!, binomial coefficients and ⌊x⌋: what algebra knows of each, and what is not true of it."""

from __future__ import annotations

from typing import Any

import pytest
from judging import finding

from derivations import (
    Ne,
    Pi,
    arctan,
    binomial,
    cos,
    derive,
    diff,
    differentiation,
    factorial,
    floor,
    latex,
    sin,
    sqrt,
    symbols,
    tan,
)
from derivations.kernel.report import Verdict
from derivations.models.search import refute
from derivations.reading.notation import Notation
from derivations.replay.serial import Unreadable, decode, encode
from derivations.terms.sympy_image import from_sympy

n = symbols("n", integer=True, nonnegative=True)
m = symbols("m", integer=True, positive=True)
k = symbols("k", integer=True)
x, y = symbols("x y")


def judged(lhs: Any, rhs: Any, *given: Any) -> Verdict:
    chain = derive(lhs, list(given)).eq(rhs, by=differentiation)
    found: Verdict = finding(chain).verdict
    if found is Verdict.PROVED:
        return found
    return Verdict.REFUTED if refute(chain.steps[0].link, chain.given) else Verdict.OPEN


TRUE = [
    (diff(tan(x), x), 1 / cos(x) ** 2, Ne(cos(x), 0)),
    (tan(x) * cos(x), sin(x), Ne(cos(x), 0)),
    (diff(arctan(x**2), x), 2 * x / (1 + x**4)),
    (arctan(x - y), -arctan(y - x)),
    (sin(Pi), 0),
    (cos(Pi), -1),
    (2 * cos(Pi / 3), 1),
    (2 * sin(-Pi / 6), -1),
    (sin(Pi / 4), sqrt(2) / 2),
    (cos(3 * Pi / 4), -sqrt(2) / 2),
    (2 * sin(5 * Pi / 3), -sqrt(3)),
    (cos(7 * Pi / 2), 0),
    (factorial(n + 1), (n + 1) * factorial(n)),
    (factorial(m), m * factorial(m - 1)),
    (factorial(n + 2) / factorial(n), (n + 1) * (n + 2)),
    (factorial(5), 120),
    (binomial(n, 2), n * (n - 1) / 2),
    (binomial(m, m - 1), m),
    (binomial(6, 2), 15),
    (floor(x + 3), floor(x) + 3),
    (floor(n), n),
    (diff(x**2 * y**3, x, y), 6 * x * y**2),
]


@pytest.mark.parametrize("said", TRUE, ids=str)
def test_it_is_known(said: tuple[Any, ...]) -> None:
    assert judged(*said) is Verdict.PROVED


FALSE = [
    (tan(x), sin(x) * cos(x)),
    (tan(x + y), tan(x) + tan(y)),
    (diff(tan(x), x), 1 + tan(x)),
    (arctan(x), x),
    (arctan(tan(x)), x),
    (diff(arctan(x), x), 1 / (1 + x)),
    (2 * sin(Pi / 4), 1),
    (cos(Pi / 6), sin(Pi / 6)),
    (sin(2 * Pi / 3), -sqrt(3) / 2),
    (factorial(n + 1), n * factorial(n)),
    (factorial(2 * n), 2 * factorial(n)),
    (binomial(n, 2), n**2 / 2),
    (binomial(n, 3), n * (n - 1) * (n - 2) / 3),
    (binomial(n + 1, m), binomial(n, m) + binomial(n, m - 1) + 1),
    (floor(x), x),
    (floor(x + y), floor(x) + floor(y)),
    (floor(-x), -floor(x)),
]


@pytest.mark.parametrize("said", FALSE, ids=str)
def test_what_is_false_is_refuted(said: tuple[Any, ...]) -> None:
    assert judged(*said) is Verdict.REFUTED


NOT_KNOWN = [
    (factorial(k + 1), (k + 1) * factorial(k)),  # 0! is not 0 · (−1)!
    (factorial(x + 1), (x + 1) * factorial(x)),
    (binomial(n, n - 1), n),
    (tan(x) * cos(x), sin(x)),
    (diff(floor(x), x), 0),  # not at an integer
    (sin(Pi / 5), sin(4 * Pi / 5)),
]


@pytest.mark.parametrize("said", NOT_KNOWN, ids=str)
def test_what_is_not_always_defined_or_not_known_is_open(said: tuple[Any, ...]) -> None:
    assert judged(*said) is Verdict.OPEN


@pytest.mark.parametrize(
    "word", [tan(x), arctan(x), factorial(n), binomial(n, m), floor(x), floor(x + 1) ** 2], ids=str
)
def test_it_goes_to_sympy_to_json_and_back(word: Any) -> None:
    assert decode(encode(word)) == word
    assert from_sympy(word.sympy).sympy == word.sympy


@pytest.mark.parametrize(
    "word",
    [
        tan(x), tan(x) ** 2, arctan(x + 1) * y, factorial(n), factorial(n + 1) ** 2, 1 / factorial(n),
        factorial(n) * x, binomial(n, k) * factorial(n), factorial(m) ** n,
    ],
    ids=str,
)  # fmt: skip
def test_its_latex_reads_back(word: Any) -> None:
    assert latex(word.latex, Notation.of(word)) == word


def test_what_could_not_be_written_is_not_read() -> None:
    vector = {"is": "VectorSymbol", "name": "v", "length": encode(m)}
    with pytest.raises(Unreadable):
        decode({"is": "Floor", "operand": vector})


def test_they_are_printed() -> None:
    shown = factorial(n + 1) ** 2 / binomial(n, m) + floor(x / 2)
    assert shown.text == "((n + 1)!)²/C(n, m) + ⌊x/2⌋"
    assert shown.latex == (r"\frac{((n + 1)!)^2}{\binom{n}{m}} + \left\lfloor \frac{x}{2} \right\rfloor")
