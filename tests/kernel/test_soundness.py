"""False, undefined and ambiguous statements that were once proved, or nearly: none of them is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from judging import chain, finding, result

from derivations import (
    Cov,
    Derivation,
    E,
    Eq,
    Ne,
    Sum,
    TermError,
    Var,
    by_cases,
    covariance_of_independent,
    definition,
    delta,
    derive,
    diff,
    differentiation,
    dot,
    dot_product,
    family,
    finite_variance,
    function,
    gaussians,
    hypothesis,
    iid,
    independent,
    isserlis,
    law,
    limit,
    linearity_of_expectation,
    log,
    logarithm_laws,
    matrix,
    oo,
    positive_square_root,
    random_family,
    random_variable,
    sin,
    sqrt,
    standard_gaussians,
    symbols,
    taking_logarithms,
    variance_of_centred_product,
    variance_of_independent_sum,
    variance_scaling,
    vector,
)  # fmt: skip
from derivations.kernel.report import Verdict

x, y, z, T, U = symbols("x y z T U")
p = symbols("p", positive=True)
k, t, u, s = symbols("k t u s", integer=True)
m = symbols("m", positive=True, integer=True)
n = symbols("n", positive=True, integer=True)
n0 = symbols("N", nonnegative=True, integer=True)
d = symbols("d", positive=True, integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
a = symbols("a", values=(0, 1))
f, g = function("f"), function("g")
c = family("c", n)
q, kk = family("q", n, n), family("k", n, n)
X, Y = random_variable("X"), random_variable("Y")
Z, W = random_family("Z", oo), random_family("W", n, n)
centred, both = law(X, mean=0, variance=1), iid(X, Y, mean=0, variance=1)
shifted = gaussians(X, mean=1, variance=1)
many = iid(Z, mean=0, variance=1)
theta, w = vector("theta", d), vector("w", m)

one = hypothesis(f(x), "=", 1)
one_for_all = hypothesis(f(x), "=", 1, for_all=x)
one_for_positive = hypothesis(f(p), "=", 1, for_all=p)
tie, chained_tie = hypothesis(y, "=", X), hypothesis(z, "=", y)
fixed_mean = iid(random_family("X", n), mean=s, variance=1)
moving_mean = law(X, mean=x, variance=1)
product_in_T = result(diff(x * T, x), "=", T, by=differentiation)
product_in_g = result(diff(x * g(y), x), "=", g(y), by=differentiation)
constant = result(Var(y) + 0, "=", 0, by=variance_scaling)
small = limit(1 / T, T, oo)
narrow = symbols("i", integer=True, lower=1, upper=k)
dot_as_sum = result(dot(theta, theta), "=", Sum(theta[t] ** 2, (t, 1, d)), by=dot_product)
half = Fraction(1, 2)

through_X = [gaussians(X, mean=0, variance=1), definition(T, X), definition(U, T)]

FALSE: dict[str, Callable[[], Derivation]] = {
    # -- bound names -----------------------------------------------------------------------------
    "the variable of a limit is not the index of a sum beside it":
        lambda: chain(small + Sum(t, (t, 1, 2 * n)), "=", small + 2 * Sum(t, (t, 1, n))),
    "a factor of an index stays below its sum": lambda: chain(Sum(t * t, (t, 1, n)), "=", t * Sum(t, (t, 1, n))),
    "two sums do not share an index":
        lambda: chain(Sum(x * Sum(t, (t, 1, n)), (t, 1, n)), "=", x * Sum(t**2, (t, 1, n))),
    "the range of a triangle": lambda: chain(
        Sum(Sum(f(t, u), (t, 1, u)), (u, 1, n)), "=", Sum(Sum(f(t, u), (u, 1, n)), (t, 1, n))),
    "a definition's free name is not a bound one": lambda: chain(
        Sum(f(x), (t, 1, n)), "=", Sum(x + t, (t, 1, n)), [dx := definition(f(x), x + t)], dx),
    "a definition's own index is not its argument": lambda: chain(
        f(t), "=", Sum(t * t, (t, 1, n)), [ds := definition(f(x), Sum(x * t, (t, 1, n)))], ds),
    "a result's free name is not a bound one": lambda: chain(
        Sum(t, (t, 1, n)), "=", n * t, by=result(Sum(x, (t, 1, n)), "=", n * x)),
    "a bound in a declaration is not a bound name":
        lambda: chain(Sum((k - narrow + 1) / (k - narrow + 1), (k, 1, 5)), "=", 5),
    "the mean of a law is not a bound name": lambda: chain(
        Sum(E(fixed_mean.families[0][s]), (s, 1, n)), "=", Sum(s, (s, 1, n)), [fixed_mean], fixed_mean),
    "the mean of a law is not an index of Isserlis' theorem": lambda: chain(
        E(Sum(fixed_mean.families[0][s], (s, 1, n))), "=", Sum(s, (s, 1, n)), [fixed_mean], isserlis),
    # -- sums ------------------------------------------------------------------------------------
    "1/N below an empty sum": lambda: chain(Sum(1 / n0, (t, 1, n0)), "=", 1),
    "a sum to an unknown end": lambda: chain(Sum(1, (t, 1, k)), "=", k),
    "a sum with reversed ends": lambda: chain(Sum(x, (t, 3, 1)), "=", -x),
    "a sum from 1/2": lambda: chain(Sum(f(t), (t, half, Fraction(5, 2))), "=", f(half) + f(3 * half) + f(5 * half)),
    "a sum to x": lambda: chain(Sum(1, (t, 1, x)), "=", x),
    "δ at a point that may lie outside": lambda: chain(Sum(delta(t, k) * f(t), (t, 0, n)), "=", f(k)),
    "δ at a point that may be no integer":
        lambda: chain(Sum(delta(t, x) * f(t), (t, 0, n)), "=", f(x), [x >= 0, x <= n]),
    "a divergent series times zero": lambda: chain(0 * Sum(t, (t, 1, oo)), "=", 0),
    "a term that is not defined": lambda: chain(Sum(0 * log(t - 2), (t, 1, n)), "=", 0),
    # -- hypotheses ------------------------------------------------------------------------------
    "a hypothesis about one point holds at another": lambda: chain(f(u), "=", 0, [h0 := hypothesis(f(t), "=", 0)], h0),
    "a hypothesis about one index holds for all": lambda: chain(
        Sum(f(t), (t, 1, n)), "=", 0, [h1 := hypothesis(f(t), "=", 0)], h1),
    "a hypothesis at a point is differentiated": lambda: chain(diff(f(x), x), "=", 0, [one], [one, differentiation]),
    "a hypothesis for all, cited where it is given at a point": lambda: chain(
        f(2) + 1, "=", 2, [one], result(f(2) + 1, "=", 2, [one_for_all], one_for_all)),
    "the same for a derivative": lambda: chain(
        diff(f(x), x), "=", 0, [one], result(diff(f(x), x), "=", 0, [one_for_all], [one_for_all, differentiation])),
    "a hypothesis for positive numbers at −1": lambda: chain(f(-1), "=", 1, [one_for_positive], one_for_positive),
    "the same through a result": lambda: chain(
        f(-1) + 1, "=", 2, [one_for_positive],
        result(f(y) + 1, "=", 2, [fy := hypothesis(f(y), "=", 1)], fy)),
    "a hypothesis for an index out of range": lambda: chain(
        c[n + 1], "=", 1, [ci := hypothesis(c[i], "=", 1, for_all=i)], ci),
    "an inequality about x below a derivative": lambda: chain(
        diff(sqrt(x**2), x), "=", 1, [x >= 0], [result(sqrt(x**2), "=", x, [x >= 0]), differentiation]),
    "a result with x > 0 below a sum over all integers": lambda: chain(
        Sum(sqrt(t**2), (t, -n, n)), "=", Sum(t, (t, -n, n)), by=result(sqrt(x**2), "=", x, [x > 0])),
    # -- what moves with what -------------------------------------------------------------------------
    "T := x² is not constant": lambda: chain(diff(T, x), "=", 0, [definition(T, x**2)], differentiation),
    "x moves with T := x²": lambda: chain(diff(x, T), "=", 0, [definition(T, x**2)], differentiation),
    "… also through U": lambda: chain(
        diff(x, T), "=", 0, [definition(T, U), definition(U, x**2)], differentiation),
    "y = x is not constant": lambda: chain(diff(y, x), "=", 0, [hypothesis(y, "=", x)], differentiation),
    "z = y = x is not constant": lambda: chain(
        diff(z, x), "=", 0, [hypothesis(y, "=", x), chained_tie], differentiation),
    "a member moves with a product of rows": lambda: chain(
        diff(q[1, 1], T), "=", 0, [definition(T, dot(q[1], q[2]))], differentiation),
    "a matrix entry moves with its members": lambda: chain(
        diff(T, q[1, 1]), "=", 0, [definition(T, (matrix("Q", q) @ matrix("K", kk).T)[1, 1])], differentiation),
    "the mean moves with its parameter": lambda: chain(diff(E(X), x), "=", 0, [moving_mean], differentiation),
    "a result in which T was constant": lambda: chain(
        diff(x * T, x), "=", T, [definition(T, x**2)], product_in_T),
    "… where T is tied to x": lambda: chain(diff(x * T, x), "=", T, [hypothesis(T, "=", x**2)], product_in_T),
    "a result in which g was constant": lambda: chain(
        diff(x * g(y), x), "=", g(y), [definition(g(y), x * y)], product_in_g),
    "the limit with y := T²": lambda: chain(
        limit(y / T, T, oo), "=", 0, [definition(y, T**2)], result(limit(y / T, T, oo), "=", 0, by="dominant-term")),
    "free indices may coincide": lambda: chain(diff(q[i, t], q[j, t]), "=", 0, by=differentiation),
    "q_7 need not be there": lambda: chain(
        diff(Sum(c[t] ** 2, (t, 1, n)), c[7]), "=", 2 * c[7], by=differentiation),
    # -- randomness ------------------------------------------------------------------------------------
    "what is known of one outcome says nothing of the mean": lambda: chain(
        E(T), ">=", 0, [definition(T, X), gaussians(X, mean=-1, variance=1), T >= 0]),
    "T = 0 in one outcome": lambda: chain(
        E(T), "=", 0, [definition(T, X), shifted, T0 := hypothesis(T, "=", 0)], [T0, linearity_of_expectation]),
    "a case of an outcome": lambda: chain(
        E(X), "=", 0, [shifted], [by_cases(Eq(X, 0)), linearity_of_expectation]),
    "y = X is random": lambda: chain(Var(y), "=", 0, [centred, tie], variance_scaling),
    "z = y = X is random": lambda: chain(Var(z), "=", 0, [centred, tie, chained_tie], variance_scaling),
    "T := y = X is random": lambda: chain(Var(T), "=", 0, [centred, tie, definition(T, y)], variance_scaling),
    "f(y) = X is random, so f(x) may be": lambda: chain(
        Var(f(x)), "=", 0, [centred, hypothesis(f(y), "=", X)], variance_scaling),
    "a number in a result is no random variable": lambda: chain(Var(X) + 0, "=", 0, [centred], constant),
    "… nor something defined by one": lambda: chain(Var(T) + 0, "=", 0, [centred, definition(T, X)], constant),
    "an argument in a definition is no random variable": lambda: chain(
        f(X), "=", E(X * X), [centred, fE := definition(f(y), E(y * X))], fE),
    "E[X] is no X": lambda: chain(E(X), "=", X, [centred], linearity_of_expectation),
    "E[1/X]": lambda: chain(E(1 / X), "=", 1 / E(X), [centred], linearity_of_expectation),
    "E[X²] without variance": lambda: chain(E(X * X), "=", E(X) * E(X), [centred, independent(X, Y)],
                                             "expectation-of-independent-product"),
    "independence of a tied variable": lambda: chain(
        Cov(y + Y, X), "=", 0, [gaussians(X, Y, mean=0, variance=1), tie], covariance_of_independent),
    "independence of what is made of the same": lambda: chain(
        Cov(T, X), "=", 0, [both, definition(T, X + Y)], covariance_of_independent),
    "independence without a law": lambda: chain(
        Cov(X, Y), "=", 0, [finite_variance(X, Y)], covariance_of_independent),
    "sums that share a term": lambda: chain(
        Cov(Sum(Z[t], (t, 1, n)), Sum(Z[t], (t, n, 2 * n))), "=", 0, [many], covariance_of_independent),
    "shifted sums": lambda: chain(
        Cov(Sum(Z[u], (u, 1, n)), Sum(Z[u + 1], (u, 1, n))), "=", 0, [many], covariance_of_independent),
    "neighbours": lambda: chain(
        Var(Sum(Z[t] * Z[t + 1], (t, 1, n))), "=", Sum(Var(Z[t] * Z[t + 1]), (t, 1, n)), [many],
        variance_of_independent_sum),
    "reversed indices": lambda: chain(
        Var(Sum(Z[t] + Z[n - t + 1], (t, 1, n))), "=", Sum(Var(Z[t] + Z[n - t + 1]), (t, 1, n)), [many],
        variance_of_independent_sum),
    "windows that overlap": lambda: chain(
        Var(Sum(Sum(Z[t + u], (u, 1, n)), (t, 1, n))), "=", Sum(Var(Sum(Z[t + u], (u, 1, n))), (t, 1, n)), [many],
        variance_of_independent_sum),
    "partial sums": lambda: chain(
        Var(Sum(Sum(Z[t], (t, 1, u)), (u, 1, n))), "=", Sum(Var(Sum(Z[t], (t, 1, u))), (u, 1, n)), [many],
        variance_of_independent_sum),
    "n copies of one variable": lambda: chain(Var(Sum(X, (t, 1, n))), "=", n * Var(X), [centred],
                                               variance_of_independent_sum),
    "a square is no product of independent variables": lambda: chain(
        Var(X * X), "=", Var(X) ** 2, [standard_gaussians(X)], variance_of_centred_product),
    "means that are not 0": lambda: chain(
        Var(X * Y), "=", Var(X) * Var(Y), [iid(X, Y, mean=1, variance=1)], variance_of_centred_product),
    "free indices of Gaussians may coincide": lambda: chain(
        Cov(W[i, j], W[j, i]), "=", 0, [standard_gaussians(W)], isserlis),
    "the fourth moment of no Gaussian": lambda: chain(E(Z[1] ** 4), "=", 3, [many], isserlis),
    "the third moment of no Gaussian": lambda: chain(E(Z[1] ** 3), "=", 0, [many], isserlis),
    "a product of Gaussians is no Gaussian": lambda: chain(
        E((X * Y) ** 4), "=", 3, [standard_gaussians(X, Y)], isserlis),
    # -- what does not exist ---------------------------------------------------------------------------
    "the derivative of |y| below Var": lambda: chain(Var(diff(abs(y), y)), "=", 0, by=variance_scaling),
    "the derivative of |y| below ∂/∂x": lambda: chain(diff(diff(abs(y), y), x), "=", 0, by=differentiation),
    "a limit of sin below ∂/∂x": lambda: chain(diff(limit(sin(T), T, oo), x), "=", 0, by=differentiation),
    "a limit of sin as an argument": lambda: chain(
        f(limit(sin(T), T, oo)), "=", 5, [five := definition(f(x), 5)], five),
    "f(0) with f(x) := 1/x": lambda: chain(0 * f(0), "=", 0, [definition(f(x), 1 / x)]),
    "a member with a broken index": lambda: chain(E(Z[3 * half]), "=", 0, [many], many),
    "a member at a real index": lambda: chain(E(Z[x]), "=", 0, [many, x >= 1], many),
    "a mean that may not exist": lambda: chain(E(f(X)) - E(f(X)), "=", 0, [centred]),
    "|x| x at 0": lambda: chain(diff(abs(x) * x, x), "=", 2 * abs(x), by=differentiation),
    "x^{3/2} at 0": lambda: chain(diff(x**1.5, x), "=", 1.5 * sqrt(x), [x >= 0], differentiation),
    "x^k at 0": lambda: chain(diff(x**k, x), "=", k * x ** (k - 1), by=differentiation),
    "a series term by term": lambda: chain(
        diff(Sum(x**t, (t, 0, oo)), x), "=", Sum(t * x ** (t - 1), (t, 0, oo)), by=differentiation),
    "x/x where it may be 0": lambda: chain(x / x, "=", 1, by=by_cases(Ne(x, 0))),
    # -- shapes ----------------------------------------------------------------------------------------
    "a result about ℝ^d in ℝ^m": lambda: chain(
        dot(w, w), "=", Sum(w[t] ** 2, (t, 1, d)), [d <= m], dot_as_sum),
    "a definition for vectors at a number": lambda: chain(
        f(3), "=", 9, [square := definition(f(theta), dot(theta, theta))], square),
    # -- equivalences ------------------------------------------------------------------------------------
    "a lost solution y = 0": lambda: chain(Eq(x * y, x * z), "<=>", Eq(y, z)),
    "a lost sign": lambda: chain(Eq(x**2, y**2), "<=>", Eq(x, y)),
    "a negative factor": lambda: chain(x * y > 0, "<=>", y > 0, [Ne(x, 0)]),
    "a factor that may be 0": lambda: chain(x * y >= 0, "<=>", y >= 0, [x >= 0]),
    "reciprocals": lambda: chain(1 / x > 1, "<=>", x < 1, [Ne(x, 0)]),
    "a root of an unknown sign": lambda: chain(Eq(x**2, y), "<=>", Eq(x, sqrt(y)), [y >= 0], positive_square_root),
    "a logarithm of what may be negative": lambda: chain(Eq(log(x), y), "<=>", Eq(x, 2**y), by=taking_logarithms),
    "log x² at a negative x": lambda: chain(log(x**2), "=", 2 * log(x), [Ne(x, 0)], logarithm_laws),
    # where T is bound, it is not the T defined; what was defined by T still is
    "U := T := X below a bound T": lambda: chain(
        limit(Var(U) + 1 / T, T, oo), "=", limit(1 / T, T, oo), through_X, variance_scaling),
    "f(y) := T y below a bound T": lambda: chain(
        limit(Var(f(1)) + 1 / T, T, oo), "=", limit(1 / T, T, oo),
        [*through_X[:2], definition(f(y), T * y)], variance_scaling),
    "y = T below a bound T": lambda: chain(
        limit(Var(y) + 1 / T, T, oo), "=", limit(1 / T, T, oo),
        [*through_X[:2], hypothesis(Eq(y, T))], variance_scaling),
    "the slope of U := T below a bound T": lambda: chain(
        limit(diff(U, x) + 1 / T, T, oo), "=", limit(1 / T, T, oo),
        [definition(T, x**2), definition(U, T)], differentiation),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_not_proved(name: str) -> None:
    assert finding(FALSE[name]()).verdict is Verdict.OPEN


# -- two things that are written alike ------------------------------------------------------------
real_t = symbols("t")
AMBIGUOUS: dict[str, Callable[[], Derivation]] = {
    "two families X": lambda: chain(
        Cov(random_family("X", n)[1], random_family("X", m)[1]), "=", 0,
        [gaussians(random_family("X", n), random_family("X", m), mean=0, variance=1)], covariance_of_independent),
    "a symbol x_1 beside a member": lambda: chain(
        diff(symbols("x_1"), family("x", n)[1]), "=", 0, by=differentiation),
    "two symbols x": lambda: chain(symbols("x", positive=True) / p + x, ">", x),
    "a bound t beside a free one": lambda: chain(Sum(real_t * t, (t, 1, n)), "=", real_t * Sum(t, (t, 1, n))),
    "two functions f": lambda: chain(f(x) + function("f", bar=1)(x, y), "=", function("f", bar=1)(x, y) + f(x)),
}  # fmt: skip


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_reads_as_something_else_is_not_proved(name: str) -> None:
    link = AMBIGUOUS[name]()
    report = link.qed(link.start, link.steps[0].link.sign, link.end).check(reproduce=False)
    assert report.verdict is not Verdict.PROVED
    assert any("two different things are written" in problem for problem in report.problems)


# -- a symbol that may not exist -------------------------------------------------------------------------
between = symbols("t", lower=1, upper=y)
positive_a = symbols("a", positive=True)
nowhere = symbols("u", lower=positive_a, upper=-positive_a)
up_to_y = derive(1).le(between).le(y).qed(1, "<=", y)
MAY_NOT_EXIST: dict[str, Callable[[], Derivation]] = {
    "1 ≤ t ≤ y": lambda: up_to_y,
    "cited": lambda: derive(abs(y)).eq(y, by=up_to_y).qed(abs(y), "=", y),
    "a ≤ u ≤ −a": lambda: derive(positive_a).le(nowhere).le(-positive_a).qed(positive_a, "<=", -positive_a),
    "in a given": lambda: derive(x, [h := hypothesis(x, "=", between)]).eq(between, by=h).ge(1).qed(x, ">=", 1),
    "an integer between numbers": lambda: derive(x, [y >= x])
        .le(k := symbols("k", integer=True, lower=x, upper=y)).le(y).eq(k + y - k).qed(x, "<=", y),
}  # fmt: skip


@pytest.mark.parametrize("name", MAY_NOT_EXIST)
def test_nothing_rests_on_a_symbol_that_may_not_exist(name: str) -> None:
    report = MAY_NOT_EXIST[name]().check(reproduce=False)
    assert report.verdict is not Verdict.PROVED


def test_a_symbol_that_exists_may_be_used() -> None:
    assert derive(1, [y >= 1]).le(between).le(y).qed(1, "<=", y).check(reproduce=False).verdict is Verdict.PROVED
    first = symbols("i", integer=True, lower=1, upper=n)
    assert derive(1).le(first).le(n).qed(1, "<=", n).check(reproduce=False).verdict is Verdict.PROVED


def test_what_is_known_of_one_outcome_is_not_sure() -> None:
    """By cases on X ≥ 0, Jensen's inequality for x³ would hold of E[X]³ whatever the sign of X."""
    gap = E(X**3) - E(X) ** 3
    link = derive((X + abs(X)) * gap, [gaussians(X, mean=-1, variance=1)])
    assert link.ge(0, by=[by_cases(X >= 0), "jensen-inequality"]).check(reproduce=False).verdict is not Verdict.PROVED


# -- givens from which everything would follow ---------------------------------------------------------
@pytest.mark.parametrize(("given", "message"), [
    ([definition(T, 1), definition(T, 2)], "`T` is defined twice: leave one of the definitions out of the givens"),
    ([definition(f(x), x), definition(f(y), 2 * y)],
     "`f(x)` is defined twice: leave one of the definitions out of the givens"),
    ([definition(T, U + 1), definition(U, T)], "the definitions go round in a circle: `T`, `U`"),
    ([definition(p, x)],
     "`p` is defined, but also declared to be more than a real number: "
     "what it is follows from its definition; declare it plainly"),
])  # fmt: skip
def test_contradictory_givens_are_refused(given, message) -> None:
    with pytest.raises(TermError) as error:
        derive(T, given=given)
    assert str(error.value) == message


# -- what is true stays provable beside all this --------------------------------------------------------
TRUE: dict[str, Callable[[], Derivation]] = {
    "T := x²": lambda: chain(diff(T, x), "=", 2 * x, [dT := definition(T, x**2)], [dT, differentiation]),
    "a constant beside T": lambda: chain(diff(y * x, x), "=", y, [definition(T, x**2)], differentiation),
    "shifted terms are apart from each other": lambda: chain(
        Var(Sum(2 * Z[t + 1], (t, 1, n))), "=", 4 * Sum(Var(Z[t + 1]), (t, 1, n)), [many], variance_of_independent_sum),
    "sums of different families": lambda: chain(
        Cov(Sum(Z[t], (t, 1, n)), Sum(W[t, 1], (t, 1, n))), "=", 0,
        [iid(Z, W, mean=0, variance=1)], covariance_of_independent),
    "a hypothesis for positive numbers at 2": lambda: chain(f(2), "=", 1, [one_for_positive], one_for_positive),
    "a hypothesis for all, cited where it is given": lambda: chain(
        f(2) + 1, "=", 2, [one_for_all], result(f(2) + 1, "=", 2, [one_for_all], one_for_all)),
    "the mean of a law outside": lambda: chain(
        E(fixed_mean.families[0][1]), "=", s, [fixed_mean], fixed_mean),
    "the mean moves with its parameter": lambda: chain(
        diff(E(X) * y, y), "=", E(X), [moving_mean], differentiation),
    "a result whose letters are what they were": lambda: chain(
        diff(x * T, x) + 1, "=", T + 1, [definition(U, x**2)], product_in_T),
    "a full sum of δ": lambda: chain(Sum(delta(t, i) * c[t], (t, 1, n)), "=", c[i] * 1),
    "1/n below a sum that is not empty": lambda: chain(Sum(1 / n, (t, 1, n)), "=", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_proved(name: str) -> None:
    assert finding(TRUE[name]()).verdict is Verdict.PROVED
