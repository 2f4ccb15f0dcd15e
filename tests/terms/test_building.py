"""What cannot be written is refused where it is written, with a message that names the culprit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from derivations import (
    E,
    Eq,
    Sum,
    TermError,
    Var,
    by_cases,
    definition,
    derive,
    det,
    diff,
    dot,
    exp,
    family,
    finite_variance,
    free_variable,
    full_column_rank,
    function,
    gaussians,
    grad,
    hadamard,
    hypothesis,
    identity,
    iid,
    independent,
    inverse,
    kron,
    law,
    limit,
    matrix,
    norm,
    oo,
    random_family,
    random_variable,
    softmax,
    standard_gaussians,
    symbols,
    symmetric,
    trace,
    vector,
)  # fmt: skip

x, y = symbols("x y")
k, t = symbols("k t", integer=True)
n, d, m = symbols("n d m", positive=True, integer=True)
s = symbols("s", space="S")
a = symbols("a", values=(0, 1))
f = function("f")
theta, phi, w = vector("theta", d), vector("phi", d), vector("w", m)
c, q = family("c", n), family("q", n, d)
X, V = random_variable("X"), random_family("V", n)
A = matrix("A", q)


def tower(height: int) -> Any:
    term: Any = x
    for _ in range(height):
        term = term + 1
    return term


def one_member(where: str, member: str) -> str:
    """What is said where a member is named and a family is meant."""
    return (
        f"{where}: `{member}` is one member of V, of which this cannot be said by itself: "
        f"name the family, {where}(V, …), and all of its members are meant; or declare a random_variable of its own"
    )


MESSAGES: list[tuple[Callable[[], Any], str]] = [
    # -- arithmetic --------------------------------------------------------------------------
    (lambda: x / 0, "division by zero in `x/0`"),
    (lambda: x / Fraction(0), "division by zero in `x/0`"),
    (lambda: x + float("nan"), "nan is not a number that can be calculated with; for limits write oo"),
    (lambda: x * float("inf"), "inf is not a number that can be calculated with; for limits write oo"),
    (lambda: oo + 1, "`∞` is no quantity, so it cannot stand in `∞ + 1`"),
    (lambda: x * oo, "`∞` is no quantity and cannot be multiplied"),
    (lambda: s + 1, "`s` is no quantity, so it cannot stand in `s + 1`"),
    (lambda: -s, "`s` is no quantity and has no negative"),
    (lambda: (x < y) + 1, "`x < y` is no quantity, so it cannot stand in `x < y + 1`"),
    (lambda: tower(500),
     "the expression is nested more than 150 levels deep: name its parts with definitions, "
     "or write a long sum with Sum(…)"),
    # -- shapes --------------------------------------------------------------------------------
    (lambda: x + theta, "mismatched shapes in `x + θ`: `x` is a number, `θ` is a vector of length d"),
    (lambda: theta + w, "mismatched shapes in `θ + w`: `θ` is a vector of length d, `w` is a vector of length m"),
    (lambda: theta * phi,
     "`θ` is a vector of length d and `φ` is a vector of length d: "
     "write A @ B for the product of matrices, A @ v with a vector, dot(u, v) for that of two vectors"),
    (lambda: x / theta, "cannot divide by `θ`, which is a vector of length d"),
    (lambda: theta**2, "a power needs a number, but `θ` is a vector of length d"),
    (lambda: exp(theta), "exp needs a number, but `θ` is a vector of length d"),
    (lambda: dot(theta, w),
     "mismatched shapes in dot(): `θ` is a vector of length d, `w` is a vector of length m"),
    (lambda: dot(x, theta), "dot() needs vectors, but `x` is a number"),
    (lambda: A @ A, "mismatched shapes in `A @ A`: a n × d matrix times a n × d matrix"),
    (lambda: A @ w, "mismatched shapes in `A @ w`: a n × d matrix times a vector of length m"),
    (lambda: A.T @ theta, "mismatched shapes in `Aᵀ @ θ`: a d × n matrix times a vector of length d"),
    (lambda: theta.T @ A, "mismatched shapes in `θᵀ @ A`: a row of length d times a n × d matrix"),
    (lambda: theta @ phi, "`θ` and `φ` are columns: write θ.T @ φ, or the outer θ @ φ.T"),
    (lambda: theta @ w.T + A, "mismatched shapes in `θ wᵀ + A`: `θ wᵀ` is a d × m matrix, `A` is a n × d matrix"),
    (lambda: A @ x, "`@` needs matrices and vectors, but `x` is a number"),
    (lambda: x.T, "`x` is a number and has no transpose"),
    (lambda: A**-1, "a power needs a square matrix, but `A` is a n × d matrix"),
    (lambda: inverse(A), "an inverse needs a square matrix, but `A` is a n × d matrix"),
    (lambda: det(theta), "a determinant needs a square matrix, but `θ` is a vector of length d"),
    (lambda: trace(theta.T), "a trace needs a square matrix, but `θᵀ` is a row of length d"),
    (lambda: norm(x), "a norm needs a vector or a matrix, but `x` is a number"),
    (lambda: symmetric(A), "only a square matrix is symmetric, but `A` is a n × d matrix"),
    (lambda: full_column_rank(theta), "a matrix has a rank, but `θ` is a vector of length d"),
    (lambda: hadamard(theta, w),
     "mismatched shapes in `θ ⊙ w`: `θ` is a vector of length d, `w` is a vector of length m"),
    (lambda: kron(A, theta), "⊗ needs matrices, but `θ` is a vector of length d"),
    (lambda: A * A.T, "`A` is a n × d matrix and `Aᵀ` is a d × n matrix: "
     "write A @ B for the product of matrices, A @ v with a vector, dot(u, v) for that of two vectors"),
    (lambda: softmax(x), "softmax() needs a matrix, but `x` is a number"),
    (lambda: matrix("A", c),
     'matrix("A", …) needs the number of rows and of columns, or a family with two indices'),
    (lambda: matrix("A", n), 'matrix("A", …) needs the number of rows and of columns, or a family with two indices'),
    (lambda: identity(theta), "the size of a matrix needs a number, but `θ` is a vector of length d"),
    (lambda: Eq(x, theta), "mismatched shapes in `x = θ`: `x` is a number, `θ` is a vector of length d"),
    (lambda: theta < phi, "`θ` is not a number, so `<` does not apply to it"),
    (lambda: s < 1, "`s` is not a number, so `<` does not apply to it"),
    # -- sums, families --------------------------------------------------------------------------
    (lambda: Sum(x, (x + 1, 1, n)), "a sum runs over a symbol, not over `x + 1`"),
    (lambda: Sum(x, (t, 1)), "Sum(body, (variable, low, high)): got (t, 1) for the range"),
    (lambda: Sum(t, (t, 1, t)), "the variable `t` of a sum occurs in its own bounds"),
    (lambda: Sum(s, (t, 1, n)), "`s` is no quantity, so a sum cannot have it as its terms"),
    (lambda: c[1, 2], "the family c has 1 indices, 2 were given"),
    (lambda: c[theta], "`θ` is no index of the family c"),
    (lambda: theta[1, 2], "`θ` is a vector of length d; it has no entry with 2 index(es)"),
    (lambda: x[1], "`x` is a number; it has no entry with 1 index(es)"),
    (lambda: family("c"), 'family("c", …) needs the size of each index'),
    (lambda: f(), "f is a function: give it arguments"),
    # -- derivatives and limits ---------------------------------------------------------------------
    (lambda: diff(x, k), "cannot differentiate by `k`: it takes only discrete values"),
    (lambda: diff(x, a), "cannot differentiate by `a`: it takes only discrete values"),
    (lambda: diff(x, x + 1), "cannot differentiate by `x + 1`: it is no variable"),
    (lambda: diff(x, theta), "`θ` is a vector: write grad(…, θ)"),
    (lambda: diff(theta, x), "diff needs a number, but `θ` is a vector of length d"),
    (lambda: grad(x, x), "grad() needs a vector variable, but `x` is a number"),
    (lambda: limit(x, x + 1, oo), "`x + 1` is no variable that can tend to ∞"),
    (lambda: limit(x, x, x), "`x` cannot tend to `x`"),
    (lambda: limit(x, k, 0), "`k` is no variable that can tend to 0"),
    # -- randomness -------------------------------------------------------------------------------------
    (lambda: E(s), "`s` is no quantity and has no expectation"),
    (lambda: Var(theta), "Var needs a number, but `θ` is a vector of length d"),
    (lambda: law(x, mean=0, variance=1), "law() needs a random variable or a member of a random family, not `x`"),
    (lambda: law(V[1], mean=0, variance=1),
     "law(): the index `1` of `V_1` must be a letter of its own, which stands for every index: "
     "a law speaks of all members; declare a random_variable where it is to hold of one"),
    (lambda: law(V[k + 1], mean=0, variance=1),
     "law(): the index `k + 1` of `V_{k + 1}` must be a letter of its own, which stands for every index: "
     "a law speaks of all members; declare a random_variable where it is to hold of one"),
    (lambda: iid(V[1], mean=0, variance=1), one_member("iid", "V_1")),
    (lambda: iid(V[k], mean=0, variance=1), one_member("iid", "V_k")),
    (lambda: independent(V[1], X), one_member("independent", "V_1")),
    (lambda: independent(X, V[k]), one_member("independent", "V_k")),
    (lambda: gaussians(V[2], mean=0, variance=1), one_member("gaussians", "V_2")),
    (lambda: standard_gaussians(V[d]), one_member("standard_gaussians", "V_d")),
    (lambda: finite_variance(V[1]), one_member("finite_variance", "V_1")),
    (lambda: iid(c, mean=0, variance=1),
     "iid: `c` was declared as numbers; declare it with random_family or random_variable"),
    (lambda: iid(V, V, mean=0, variance=1), "iid names a family twice"),
    (lambda: iid(mean=0, variance=1), "iid needs at least one random family"),
    (lambda: law(X, mean=X, variance=1), "a mean is a number, but `X` is random"),
    (lambda: law(X, mean=0, variance=-1), "a variance is not negative, but `-1` is"),
    (lambda: independent(3), "independent needs random families or random variables, not `3`"),
    # -- reasons ------------------------------------------------------------------------------------------
    (lambda: definition(x + 1, 2),
     "cannot define `x + 1`: define a symbol or a function of symbols, or state a hypothesis"),
    (lambda: definition(x, x + 1), "the definition of `x` mentions `x` itself"),
    (lambda: definition(f(x), f(x) + 1), "the definition of `f(x)` mentions f itself"),
    (lambda: definition(f(x, x), 1), "a definition of `f(x, x)` needs distinct parameters"),
    (lambda: definition(x, theta), "mismatched shapes in the definition of `x`"),
    (lambda: hypothesis(x, "~", y), "a hypothesis with `~` is not supported"),
    (lambda: hypothesis(x, "<>", y), "unknown relation '<>'; known are = ≠ < ≤ > ≥ ~ → ⟺ ⟹"),
    (lambda: hypothesis(x > 0, for_all=3), "for_all lists symbols, but `3` is none"),
    (lambda: by_cases(x), "by_cases needs a symbol declared with values=(…), or a relation; `x` is neither"),
    (lambda: free_variable(x + 1), "`x + 1` is no symbol"),
    (lambda: derive(x, given=[3]),
     "`3` cannot be given: give definitions, hypotheses, relations and laws"),
    (lambda: derive(x).eq(theta), "mismatched shapes in `x = θ`: `x` is a number, `θ` is a vector of length d"),
    # -- symbols --------------------------------------------------------------------------------------------
    (lambda: symbols(""), "symbols() needs at least one name"),
    (lambda: symbols("x", real=False), "complex symbols are not supported: every number here is real"),
    (lambda: symbols("x", positive=True, lower=1), "give either `lower` or `positive`/`nonnegative`, not both"),
    (lambda: symbols("x", values=()), "a finite domain needs at least one value"),
    (lambda: symbols("x", lower=2, upper=1), "contradictory declaration: no number lies between 2 and 1"),
    (lambda: symbols("x", positive=True, upper=-1), "contradictory declaration: no number lies between 0 and -1"),
]  # fmt: skip


@pytest.mark.parametrize(("write", "message"), MESSAGES, ids=[message for _, message in MESSAGES])
def test_what_cannot_be_written(write: Callable[[], Any], message: str) -> None:
    with pytest.raises(TermError) as error:
        write()
    assert str(error.value) == message


@pytest.mark.parametrize("write", [
    lambda: x + True, lambda: x + "y", lambda: x * None, lambda: x + 1j, lambda: x - [1],
])  # fmt: skip
def test_what_is_no_mathematics_is_a_type_error(write: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        write()


@pytest.mark.parametrize(("use", "message"), [
    (lambda: bool(x < y),
     "`x < y` is a statement, not a truth value; "
     "write a chained comparison as two relations, and compare terms with `==`"),
    (lambda: 0 < x < 1,
     "`x > 0` is a statement, not a truth value; "
     "write a chained comparison as two relations, and compare terms with `==`"),
    (lambda: list(x), "`x` is a written term and cannot be unpacked"),
    (lambda: float(x), "`x` is a written term, not a number: for functions of it take `exp`, `log`, … "
                       "from derivations, not from math; for its worth `.sympy`"),
    (lambda: x ^ 2, "`x ^ 2`: a power is written `**`"),
])  # fmt: skip
def test_a_term_is_no_python_value(use: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError) as error:
        use()
    assert str(error.value) == message


# -- nothing is evaluated, reordered or cancelled ----------------------------------------------------
@pytest.mark.parametrize(("term", "shown"), [
    (x / x, "x/x"), (x - x, "x - x"), (0 * x, "0 x"), (x**0, "x⁰"), (x + 0, "x + 0"), (1 * x, "1 x"),
    (2 + x + 1, "2 + x + 1"), (y + x, "y + x"), (x * 2 * 3, "x · 2 · 3"), (exp(x) * exp(-x), "exp(x) exp(-x)"),
    (diff(x, x), "∂/∂x x"), (Sum(t, (t, 1, 3)), "Σ_{t=1}^{3} t"), (E(3 * X), "E[3 X]"), (Eq(x, x), "x = x"),
])  # fmt: skip
def test_a_term_stays_as_it_was_written(term: Any, shown: str) -> None:
    assert term.text == shown


def test_terms_are_equal_when_they_are_written_alike() -> None:
    assert x + y == x + y and hash(x + y) == hash(x + y)
    assert x + y != y + x
    assert Sum(t, (t, 1, n)) != Sum(k, (k, 1, n))
    assert symbols("x") == x and symbols("x", positive=True) != x


def test_decimals_are_exact() -> None:
    assert (0.1 + x).text == "0.1 + x"
    assert derive(0.1 + x + 0.2).eq(x + 0.3).check(reproduce=False)
    assert (2.0 * x).text == "2 x"


def test_a_term_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        (x + y).left = y  # type: ignore[attr-defined]


# -- declarations ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("symbol", "facts"), [
    (x, []),
    (symbols("p", positive=True), ["p > 0"]),
    (symbols("b", nonnegative=True), ["b ≥ 0"]),
    (symbols("w", nonzero=True), ["w ≠ 0"]),
    (symbols("n", positive=True, integer=True), ["n ≥ 1"]),
    (symbols("N", nonnegative=True, integer=True), ["N ≥ 0"]),
    (symbols("i", integer=True, lower=1, upper=n), ["i ≥ 1", "i ≤ n"]),
    (symbols("u", lower=-1, upper=1), ["u ≥ -1", "u ≤ 1"]),
    (a, []),
])  # fmt: skip
def test_what_a_declaration_says(symbol: Any, facts: list[str]) -> None:
    assert [relation.text for relation in symbol.domain.facts(symbol)] == facts


def test_the_index_of_a_sum_is_an_integer_of_its_own() -> None:
    bounded = symbols("i", integer=True, lower=1, upper=5)
    total = Sum(c[bounded], (bounded, 1, n))
    assert total.free == {n}
    assert total.variable.domain.kind == "integer" and total.variable.domain.upper is None  # type: ignore[attr-defined]


def test_an_index_makes_room_for_another_symbol_of_its_name() -> None:
    real = symbols("t")
    total = Sum(real * t, (real, 1, n))
    assert total.free == {t, n}
    assert total.text == "Σ_{t'=1}^{n} t' t"
