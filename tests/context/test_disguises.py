"""What depends on what: each kind of false statement in several disguises, and true ones beside it that are proved.

The kernel is asked alone, without the models that hold what it proves against examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from derivations import (
    Cov,
    E,
    Eq,
    Integral,
    Sum,
    Var,
    by_cases,
    covariance_of_independent,
    decision_process,
    declared_moments,
    definition,
    derive,
    diff,
    differentiation,
    dominant_term,
    dot,
    dot_product,
    expectation_of_independent_product,
    family,
    finite_variance,
    function,
    gaussians,
    grad,
    hypothesis,
    independence_of_the_condition,
    isserlis,
    law,
    limit,
    linearity_of_expectation,
    matrix,
    oo,
    random_family,
    random_variable,
    softmax,
    standard_gaussians,
    symbols,
    taking_out_what_is_known,
    tower_property,
    variance_of_independent_sum,
    vector,
    vector_function,
)  # fmt: skip
from derivations.checking import check
from derivations.kernel.report import Verdict

d, n, m = symbols("d n m", integer=True, positive=True)
k, j = symbols("k j", integer=True)
x, y, z, w = symbols("x y z w")
p = symbols("p", positive=True)
theta, phi = vector("theta", d), vector("phi", d)
f = function("f")
q = family("q", n, d)
c_ = family("c", oo)
X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
T, T2 = symbols("T U")
enough = (hypothesis(d >= 5), hypothesis(n >= 2))

Chains = Iterator[Any]


def link(lhs: Any, rhs: Any, given: Any = (), by: Any = None) -> Any:
    return derive(lhs, list(given)).eq(rhs, by=by).qed(lhs, "=", rhs)


def tends(
    f: Any, value: Any, variable: Any = p, point: Any = oo, given: Any = (), first: Any = None, by: Any = None
) -> Any:
    chain = derive(f, list(given))
    chain = chain if first is None else chain.eq(first, by=by)
    return chain.tends_to(value, variable, point, by=dominant_term).qed(f, "->", value, variable, point)


# -- a result, for other values ------------------------------------------------------------
b = symbols("b", lower=x)
c = symbols("c", lower=b)
e = symbols("e", lower=c)
up = symbols("v", upper=symbols("u", upper=x))
distance, far, under = link(abs(c - x), c - x), link(abs(e - x), e - x), link(abs(x - up), x - up)


def bounds_of_bounds() -> Chains:
    for shift in (1, 2, x * x, abs(x), p):
        yield link(abs(c - (c + shift)), c - (c + shift), by=distance)
        yield link(abs(e - (e + shift)), e - (e + shift), by=far)
        yield link(abs((up - shift) - up), (up - shift) - up, by=under)
    for other in (y, e + y, w):
        yield link(abs(c - other), c - other, [definition(w, x + 5)], distance)
        yield link(abs(other - x), other - x, [definition(w, x - 5)], distance)


def squares(of: Any, count: Any) -> Any:
    return Sum(of[k] * of[k], (k, 1, count))


row, features, state = q[1], vector_function("x", d), symbols("s", space="S")
members = Sum(q[1, k] * q[1, k], (k, 1, d))
gaussian = random_family("g", n, d)
given_g = standard_gaussians(gaussian)


def sizes() -> Chains:
    norm = link(members, dot(row, row), by=dot_product)
    for other in (4, 5, d + 1, 2 * d, n):
        yield link(Sum(q[1, k] * q[1, k], (k, 1, other)), dot(row, row), enough, norm)
    for vector_ in (theta, features(state)):
        norm = link(squares(vector_, d), dot(vector_, vector_), by=dot_product)
        for other in (1, 3, n):
            yield link(squares(vector_, other), dot(vector_, vector_), enough, norm)
    moment = link(E(Sum(gaussian[1, k] ** 2, (k, 1, d))), d, [given_g], isserlis)
    yield link(E(Sum(gaussian[1, k] ** 2, (k, 1, 3))), d, [given_g, *enough], moment)
    attention = softmax(matrix("A", family("a", d, d)))
    whole = link(Sum(attention[1, k], (k, 1, d)) + 0 * x, Sum(attention[1, k], (k, 1, d)))
    yield link(Sum(attention[1, k], (k, 1, 3)) + 0 * x, Sum(attention[1, k], (k, 1, d)), enough, whole)


second, first = symbols("s5", integer=True, lower=5), symbols("s1", integer=True, lower=1)
from_m = symbols("sm", integer=True, lower=m)
to_m = symbols("um", integer=True, lower=1, upper=m)
doubling = hypothesis(c_[second + 1], "=", 2 * c_[second], for_all=(second,))
doubling_m = hypothesis(c_[from_m + 1], "=", 2 * c_[from_m], for_all=(from_m,))
positive_m = hypothesis(c_[to_m] > 0, for_all=(to_m,))
low = symbols("t1", integer=True, lower=first)
rising = hypothesis(c_[first] <= c_[low], for_all=(first, low))
after = symbols("a", lower=y)
ones = hypothesis(f(y, after), "=", 1, for_all=(y, after))
gap = definition(f(after), abs(after - y))


def for_all() -> Chains:
    yield link(c_[3], 2 * c_[2], [doubling], doubling)
    yield link(c_[k + 1], 2 * c_[k], [doubling, hypothesis(k >= 1)], doubling)
    yield link(c_[2], 2 * c_[1], [doubling_m], doubling_m)
    there = link(c_[m + 1], 2 * c_[m], [doubling_m], doubling_m)
    yield link(c_[2], 2 * c_[1], [doubling_m], there)
    yield link(c_[n + 1], 2 * c_[n], [doubling_m], there)
    sure = link(abs(c_[m]), c_[m], [positive_m])
    yield link(abs(c_[m + 1]), c_[m + 1], [positive_m], sure)
    yield link(abs(c_[n]), c_[n], [positive_m], sure)
    total = link(Sum(abs(c_[k]), (k, 1, m)), Sum(c_[k], (k, 1, m)), [positive_m])
    yield link(Sum(abs(c_[k]), (k, 1, n)), Sum(c_[k], (k, 1, n)), [positive_m], total)
    yield derive(c_[5], [rising]).le(c_[3], by=rising).qed(c_[5], "<=", c_[3])
    yield link(f(3, 2), 1, [ones], ones)
    yield link(f(z, w), 1, [ones], ones)
    yield link(f(y - 1), -1, [gap], link(f(after), after - y, [gap], gap))
    yield link(f(z), z - y, [gap], gap)
    yield link(abs(after - 2), after - 2, [], link(abs(after - 2), after - 2, [hypothesis(y >= 2)]))


def exclude_each_other() -> Chains:
    same, more = hypothesis(f(w), "=", w, for_all=(w,)), hypothesis(f(w), "=", w + 1, for_all=(w,))
    yield derive(1, [same, more]).eq(f(0) - 0 + 1, by=same).eq(0 + 1 - 0 + 1, by=more).qed(1, "=", 2)
    at_one = hypothesis(f(1), "=", 2)
    yield link(f(1), 2, [same, at_one], at_one)


# -- what moves ------------------------------------------------------------------------------
above = symbols("c", lower=p)
above_it, between = symbols("c2", lower=above), symbols("c3", lower=0, upper=p)
is_x, positive_y, equals_x = definition(y, x), hypothesis(y > 0), hypothesis(y, "=", x)
up_to_d = symbols("i", integer=True, lower=1, upper=d)


def moves_with_a_limit() -> Chains:
    for constant in (above, above_it, between):
        yield tends(constant / p, 0)
        yield tends(abs(constant - p) / p, -1, first=(constant - p) / p)
        yield tends(abs(constant - p) / (constant - p), 1)
        yield link(limit(constant / p, p, oo), 0, by=dominant_term)
    for given in ([definition(y, p**2)], [definition(z, p**2), definition(y, z)], [hypothesis(y, "=", p)],
                  [hypothesis(y, "=", z), hypothesis(z, "=", p)]):  # fmt: skip
        yield tends(y / p, 0, given=given)
    for by in (is_x, equals_x):
        yield tends(abs(x) / x, 1, x, -oo, [by, positive_y], abs(y) / y, by)
    yield tends(abs(x) / x, 1, x, -oo, [hypothesis(symbols("a", upper=x) > 0)], 1)
    yield tends(abs(x) / x, 1, x, 0, [hypothesis(x > 0)], 1)
    yield tends(abs(x) / x, 1, x, 0, [hypothesis(x > -1)], 1)
    held = hypothesis(c_[up_to_d] > 0, for_all=(up_to_d,))
    yield tends(abs(c_[d]) / c_[d], 1, d, oo, [held], 1)


def sizes_that_move() -> Chains:
    for sized in (E(dot(gaussian[1], gaussian[1])), Var(dot(gaussian[1], gaussian[2])), dot(theta, theta), theta[d],
                  dot(q[1], q[1]), dot(features(state), features(state)), q[1, 1], matrix("Q", q)[1, 1]):  # fmt: skip
        yield tends(sized / d, 0, d, oo, [given_g, *enough])


def laws_that_move() -> Chains:
    yield tends(E(X**2) / p, 0, given=[law(X, mean=0, variance=p)])
    yield tends(E(X) / p, 0, given=[law(X, mean=p, variance=1)])
    yield tends(E(X) / p, 0, given=[law(X, mean=y, variance=1), definition(y, p)])
    yield link(diff(E(X), x), 0, [law(X, mean=x, variance=1)], differentiation)


# -- derivatives ---------------------------------------------------------------------------------
eta = symbols("eta")
gamma, t = symbols("gamma", lower=0, upper=1), symbols("t", integer=True, nonnegative=True)


def process(*parameters: Any) -> Any:
    return decision_process(gamma, t, parameters=parameters, finite="A")


def parameters_of_a_process() -> Chains:
    for parameter, variable, given in (
        (theta, theta[1], []), (theta[1], theta[1], []), (eta, eta, []), (eta, y, [definition(eta, y**2)]),
        (eta, y, [definition(eta, z), definition(z, y)]), (eta, y, [hypothesis(eta, "=", y)]),
        (eta, theta[1], [hypothesis(eta, "=", theta[1])]), (eta, theta[1], [definition(eta, dot(theta, theta))]),
        (symbols("eta", lower=y), y, []),
    ):  # fmt: skip
        own = process(parameter)
        for mean in (E(own.R[t], given=own.s[t]), E(own.R[t + 1], given=[own.s[t], own.a[t]]), E(own.R[t])):
            yield link(diff(mean, variable), 0, [own.bounded_rewards, *given], differentiation)
            yield link(diff(variable * mean, variable), mean, [own.bounded_rewards, *given], differentiation)


Q = matrix("Q", q)
TIES = (
    hypothesis(Q[1, 1], "=", Q[1, 2]), hypothesis(q[1, 1], "=", Q[1, 2]), hypothesis(q[1, 1], "=", q[1, 2]),
    hypothesis(dot(q[1], q[1]), "=", 1), hypothesis(q[1, k], "=", q[2, k], for_all=(k,)),
    hypothesis(Sum(q[1, k] ** 2, (k, 1, d)), "=", 1), hypothesis(Q[1, k], "=", Q[1, 1], for_all=(k,)),
)  # fmt: skip
COMPONENTS = (
    hypothesis(theta[1], "=", theta[2]), hypothesis(dot(theta, theta), "=", 1), hypothesis(theta[1], "=", y),
    hypothesis(theta[k], "=", theta[1], for_all=(k,)), hypothesis(Sum(theta[k], (k, 1, d)), "=", 1),
)  # fmt: skip


def tied() -> Chains:
    for tie in TIES:
        given = (tie, *enough)
        yield link(diff(q[1, 1], q[1, 2]), 0, given, differentiation)
        yield link(diff(Q[1, 1], q[1, 2]), 0, given, differentiation)
        yield link(diff(Sum(q[1, k] ** 2, (k, 1, d)), q[1, 2]), 2 * q[1, 2], given, differentiation)
    for tie in COMPONENTS:
        yield link(diff(theta[1], theta[2]), 0, (tie, *enough), differentiation)
        yield link(grad(dot(theta, theta), theta), 2 * theta, [tie], differentiation)
    yield link(diff(y, theta[1]), 0, (COMPONENTS[2], *enough), differentiation)
    yield link(diff(b, x), 0, by=differentiation)
    yield link(diff(c, x), 0, by=differentiation)
    yield link(diff(y, x), 0, [definition(y, z), definition(z, x)], differentiation)
    yield link(diff(f(1), x), 0, [definition(f(w), w * x)], differentiation)
    yield link(diff(f(1), x), 0, [hypothesis(f(w), "=", w * x, for_all=(w,))], differentiation)
    yield link(diff(y, x), 0, [hypothesis(f(1), "=", x), hypothesis(f(2), "=", y)], differentiation)


def result_below_a_derivative() -> Chains:
    slope = link(diff(x * y, x), y, by=differentiation)
    for value, given in ((y, [definition(y, x)]), (y, [hypothesis(y, "=", x)]), (b, []), (c, []), (f(x), []),
                         (w, [definition(w, x)]), (f(1), [definition(f(w), w * x)])):  # fmt: skip
        yield link(diff(x * value, x), value, given, slope)


# -- randomness --------------------------------------------------------------------------------------
RANDOM = (
    (T, [definition(T, X)]), (T, [definition(T, T2), definition(T2, X)]), (T, [hypothesis(T, "=", X)]),
    (T, [hypothesis(T - X, "=", 0)]), (x, [definition(x, X)]), (f(1), [definition(f(w), w * X)]),
    (f(1), [hypothesis(f(w), "=", X, for_all=(w,))]), (symbols("a", lower=T), [definition(T, X)]),
    (theta[1], [hypothesis(theta[1], "=", X)]), (theta[1], [hypothesis(dot(theta, theta), "=", X)]),
    (q[1, 1], [hypothesis(Q[1, 1], "=", X), *enough]),
)  # fmt: skip


def random_by_what_is_given() -> Chains:
    scaled = link(E(x * X), x * E(X), [finite_variance(X)], linearity_of_expectation)
    for value, given in RANDOM:
        for by in (scaled, linearity_of_expectation):
            yield link(E(value * X), value * E(X), [finite_variance(X), *given], by)
    yield link(E(X), T, [law(X, mean=T, variance=1), definition(T, Z), finite_variance(Z)], declared_moments)


def at_t(u: Any) -> Any:
    return E(u, given=Eq(Y, T))


def conditions_that_are_random() -> Chains:
    both = standard_gaussians(Y, Z)
    for own in ([definition(T, Z)], [hypothesis(T, "=", Z)], [definition(T, T2), definition(T2, Z)]):
        given = [both, *own]
        yield link(at_t((Y + Z) ** 2), at_t((T + Z) ** 2), given, taking_out_what_is_known)
        yield link(at_t(T * Z), T * at_t(Z), given, taking_out_what_is_known)
        yield link(at_t(T * Z), T * at_t(Z), given, linearity_of_expectation)
        yield link(at_t(T + Y), T + at_t(Y), given, linearity_of_expectation)
        yield link(E(at_t(Y * Z)), E(T * Z), given, taking_out_what_is_known)
        yield link(at_t(at_t(Z)), at_t(Z), given, tower_property)
        yield link(E(T * Z), E(T) * E(Z), given, expectation_of_independent_product)
        yield link(Var(T + Z), Var(T) + Var(Z), given, variance_of_independent_sum)
        yield link(Cov(T, Z), 0, given, covariance_of_independent)
        yield link(E(T**2 * Z**2), T**2, given, isserlis)


def cases_of_a_bound() -> Chains:
    a = symbols("a", values=(0, 1))
    yield link(abs(symbols("c", lower=a) - 1), symbols("c", lower=a) - 1, by=by_cases(a))


def bound_names_that_others_depend_on() -> Chains:
    for value, given in ((y, [definition(y, k)]), (y, [hypothesis(y, "=", k)]), (f(1), [definition(f(w), w * k)]),
                         (f(1), [hypothesis(f(w), "=", w * k, for_all=(w,))])):  # fmt: skip
        yield link(Sum(value, (k, 1, n)), n * value, given)
    for value, given in ((y, [definition(y, x)]), (y, [hypothesis(y, "=", x)]), (f(1), [definition(f(w), w * x)])):
        yield link(Integral(value, (x, 0, 1)), value, given)


def given_below_a_binder() -> Chains:
    slope = hypothesis(diff(w * f(x), x), "=", w, for_all=(w,))
    end = hypothesis(limit(w * f(p), p, oo), "=", w, for_all=(w,))
    mean = hypothesis(E(w * X), "=", w, for_all=(w,))
    for by, of, varying, own in ((slope, lambda u: diff(u * f(x), x), x, (f(x), b)),
                                 (end, lambda u: limit(u * f(p), p, oo), p, (above,)),
                                 (mean, lambda u: E(u * X), X, (X,))):  # fmt: skip
        for value in own:
            yield link(of(value), value, [by, finite_variance(X)], by)
        for tie in (definition(T, varying), hypothesis(T, "=", varying)):
            yield link(of(T), T, [by, tie, finite_variance(X)], by)


KINDS: tuple[Callable[[], Chains], ...] = (
    bounds_of_bounds, sizes, for_all, exclude_each_other, moves_with_a_limit, sizes_that_move, laws_that_move,
    parameters_of_a_process, tied, result_below_a_derivative, random_by_what_is_given, conditions_that_are_random,
    cases_of_a_bound, bound_names_that_others_depend_on, given_below_a_binder,
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_kernel_alone_proves_none_of_a_kind(kind: Callable[[], Chains], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.models.safety_net.counterexamples", lambda chain: {})
    monkeypatch.setattr("derivations.models.search.refute", lambda *_: None)
    proved = [chain for chain in kind() if check(chain, reproduce=False).verdict is Verdict.PROVED]
    assert [str(chain.statement) for chain in proved] == []


# -- true neighbours -----------------------------------------------------------------------------------
def truths() -> Iterator[tuple[str, Any]]:
    yield "a result at its own values", link(abs(c - x) + y, c - x + y, by=distance)
    yield "what lies beyond a bound of a bound", link(abs((c + 1) - x) * y, (c + 1 - x) * y, by=distance)
    yield "a value of the sort", link(abs(e - x) * y, (e - x) * y, by=distance)
    norm = link(members, dot(row, row), by=dot_product)
    yield "the same size", link(members + 1, dot(row, row) + 1, by=norm)
    other = Sum(q[1, k] * q[1, k], (k, 1, m)) + 1
    yield "a size that is equal", link(other, dot(row, row) + 1, [hypothesis(m, "=", d)], norm)
    yield "below a bound that was met", link(c_[7], 2 * c_[6], [doubling], doubling)
    yield "bounded by each other", link(f(2, 3), 1, [ones], ones)
    total = link(Sum(abs(c_[k]), (k, 1, m)), Sum(c_[k], (k, 1, m)), [positive_m])
    yield "a range", link(Sum(abs(c_[k]), (k, 1, m)) + 1, Sum(c_[k], (k, 1, m)) + 1, [positive_m], total)
    yield "a bound that stays", tends((3 * p + b) / p, 3)
    yield (
        "a hypothesis that holds near the point",
        tends(abs(p - 5) / p, 1, given=[hypothesis(p > 5)], first=(p - 5) / p),
    )
    yield "defined by what stays", tends((y + p) / p, 1, given=[definition(y, x**2)])
    squared = E(dot(gaussian[1], gaussian[1])) / d
    yield "for every size", tends(squared, 1, d, oo, [given_g], d / d, [dot_product, isserlis])
    own = process(eta)
    mean = E(own.R[t], given=own.s[t])
    yield "no parameter", link(diff(mean, x), 0, [own.bounded_rewards, definition(eta, y**2)], differentiation)
    yield "members", link(diff(q[1, 1], q[1, 2]), 0, enough, differentiation)
    elsewhere = matrix("B", family("r", n, d))
    tie = hypothesis(elsewhere[1, 1], "=", elsewhere[1, 2])
    yield "ties of others", link(diff(q[1, 1], q[1, 2]), 0, [tie, *enough], differentiation)
    yield "a gradient", link(grad(dot(theta, theta), theta), 2 * theta, [hypothesis(phi[1], "=", 1)], differentiation)
    slope = link(diff(x * y, x), y, by=differentiation)
    yield "another letter", link(diff(w * z, w) * 2, z * 2, [definition(z, T**2)], slope)
    yield "a value of a function", link(diff(x * f(w), x) * 2, f(w) * 2, by=slope)
    scaled = link(E(x * X), x * E(X), [finite_variance(X)], linearity_of_expectation)
    for own_ in (definition(T, y + 1), definition(T, E(Y)), hypothesis(T, "=", E(Y))):
        given = [finite_variance(X), finite_variance(Y), own_]
        yield f"a number: {own_}", link(E(T * X) + 1, T * E(X) + 1, given, scaled)
    both = standard_gaussians(Y, Z)
    put_in = at_t((Y + Z) ** 2), at_t((T + Z) ** 2)
    yield "a value that is a number", link(*put_in, [both, definition(T, x**2)], taking_out_what_is_known)
    yield "without the condition", link(at_t(Z), E(Z), [both, definition(T, Z)], independence_of_the_condition)
    small = link(limit(x / p, p, oo), 0, by=dominant_term)
    yield "a limit at a value", link(limit(z / p, p, oo) + 1, 1, [definition(z, w + 1)], small)
    fair = link(E(X), y, [gaussians(X, mean=y, variance=1)], declared_moments)
    yield "a law", link(E(X) + 1, y + 1, [gaussians(X, mean=y, variance=1)], fair)


@pytest.mark.parametrize(("name", "chain"), list(truths()), ids=lambda one: one if isinstance(one, str) else "")
def test_true_neighbours_are_proved(name: str, chain: Any) -> None:
    assert check(chain, reproduce=False).verdict is Verdict.PROVED
