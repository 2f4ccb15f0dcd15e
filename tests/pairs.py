"""Pairs of equal expressions, made without any rule of the engine, and edits of them (see `campaign`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from random import Random
from typing import Any

from derivations import (
    Cov,
    E,
    Eq,
    Sum,
    Var,
    cos,
    diff,
    dot,
    exp,
    family,
    finite_variance,
    function,
    gaussians,
    grad,
    iid,
    independent,
    limit,
    log,
    matrix,
    oo,
    random_family,
    random_variable,
    sin,
    sqrt,
    standard_gaussians,
    symbols,
    tanh,
    vector,
)  # fmt: skip
from derivations.terms.arithmetic import Add, Div, Exp, Log, Mul, Neg, Number, Pow, Sub
from derivations.terms.families import Entry
from derivations.terms.matrices import MatrixEntry
from derivations.terms.probability import Covariance, Variance
from derivations.terms.sums import Sum as SumNode
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, as_term
from derivations.terms.vectors import Component, Dot

x, y, z, mu, nu = symbols("x y z mu nu")
p, q, r, T = symbols("p q r T", positive=True)
n, m, d = symbols("n m d", positive=True, integer=True)
k, t, u, s = symbols("k t u s", integer=True)
i, j = symbols("i j", integer=True, lower=1, upper=n)
f, g = function("f"), function("g")
a, b = family("a", n), family("b", n)
theta, phi, psi = vector("theta", d), vector("phi", d), vector("psi", d)
A, B, C = matrix("A", family("A", n, d)), matrix("B", family("B", d, n)), matrix("C", family("C", d, n))
X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
V, W = random_family("V", n), random_family("W", n)
half = Fraction(1, 2)

Reasons = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """lhs sign rhs under the givens; `reasons`: what may be cited for it, in the order in which it is tried."""

    lhs: Term
    rhs: Term
    given: tuple[Any, ...] = ()
    reasons: tuple[Reasons, ...] = ((),)
    sign: str = "="
    at: tuple[Any, Any] | None = None

    def __str__(self) -> str:
        return f"{self.lhs} {self.sign} {self.rhs}   given {self.given}"


class Dice(Random):
    """Random choices among the ways in which something may be written."""

    def number(self, depth: int, leaves: tuple[Any, ...]) -> Term:
        """An expression that is defined for positive letters, whatever they are."""
        if depth == 0 or self.random() < 0.25:
            return as_term(self.choice(leaves))
        v = self.number(depth - 1, leaves)
        if self.random() < 0.3:
            return as_term(self.choice((exp, sin, cos, tanh, lambda w: w**2, lambda w: -w, lambda w: w**3))(v))
        w = self.number(depth - 1, leaves)
        return as_term(self.choice((Add, Sub, Mul, Mul, lambda v, w: v / (1 + w**2)))(v, w))

    def coefficient(self) -> Any:
        return self.choice((2, 3, -1, half, x, y, p, -2, 5))

    # -- equal, wherever both are defined ---------------------------------------------------
    def rewritten(self, term: Term, times: int) -> Term:
        for _ in range(times):
            path, part = self.choice(list(places(term)))
            whole = _is_index(term, path)
            ways = list(same(part, self.choice((n, m)) if whole else self.choice((x, p, y * p))))
            if ways:
                term = put(term, path, self.choice(ways))
        return term

    def edited(self, term: Term) -> Term:
        """One part changed: another sign, factor, exponent, index, bound, letter."""
        path, part = self.choice(list(places(term)))
        ways: list[Any] = [Neg(part), 2 * part, part + 1, Sub(part, as_term(1)), Pow(part, Number(Fraction(2)))]
        match part:
            case Add(v, w):
                ways += [Sub(v, w), v, w] * 2
            case Sub(v, w):
                ways += [Add(v, w), Sub(w, v)] * 2
            case Mul(v, w):
                ways += [Add(v, w), v] * 2
            case Div(v, w):
                ways += [Div(w, v), v] * 2
            case Pow(v, w):
                ways += [Pow(v, w + 1), v] * 2
            case SumNode(v, index, low, high):
                ways += [SumNode(v, index, low + 1, high), SumNode(v, index, low, high + 1)] * 2
            case Entry(_, (old, *_)) if isinstance(old, Symbol):
                ways += [part.substitute({old: {i: j, j: i}.get(old, as_term(1))})] * 4
            case Symbol():
                others = {x: y, y: x, p: q, q: p, mu: nu, n: m, m: n, i: j, j: i}
                ways += [others.get(part, part + 1)] * 6
        return put(term, path, as_term(self.choice(ways)))


def places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """The numbers in a term that may be replaced."""
    if term.shape == ():
        yield path, term
    if isinstance(term, Symbol) or getattr(term, "rows", None) is not None:
        return
    scope = term.scope()
    kept: tuple[Term, ...] = (*scope.bound, *scope.near) if scope is not None else ()
    for position, child in enumerate(term.children):
        if child not in kept and (child.shape == () or child.shape is not None and not isinstance(child, Symbol)):
            yield from places(child, (*path, position))


def _is_index(term: Term, path: tuple[int, ...]) -> bool:
    """Below an index, a bound or an exponent, where numbers are whole."""
    for position in path:
        below = isinstance(term, (Entry, Pow)) or isinstance(term, SumNode) and position > 0
        if below or isinstance(term, (Component, MatrixEntry)):
            return True
        term = term.children[position]
    return False


def put(term: Term, path: tuple[int, ...], new: Term) -> Term:
    if not path:
        return new
    positions = iter(range(len(term.children)))
    return term.rebuild(lambda child: put(child, path[1:], new) if next(positions) == path[0] else child)


def same(v: Term, other: Term) -> Iterator[Term]:
    """Other ways of writing a number, right by the laws of arithmetic, of exp and log, of finite sums."""
    yield from (v + 0, 1 * v, Neg(Neg(v)), Sub(v + other, other), Add(other, Sub(v, other)))
    match v:
        case Add(b, c) | Mul(b, c):
            yield type(v)(c, b)
        case Sub(b, c):
            yield from (Neg(Sub(c, b)), Add(Neg(c), b))
        case Exp(b):
            yield from (1 / exp(-b), exp(b / 2) ** 2)
        case Dot(b, c):
            yield Dot(c, b)
        case Covariance(b, c):
            yield Covariance(c, b)
        case Variance(b):
            yield from (Covariance(b, b), Variance(Neg(b)))
        case SumNode(b, index, low, high):
            new = Symbol("w", index.domain)
            if new not in b.free | low.free | high.free:
                yield SumNode(b.substitute({index: new}), new, low, high)
    match v:
        case Mul(Add(b, c), w):
            yield Add(Mul(b, w), Mul(c, w))
        case Mul(w, Sub(b, c)):
            yield Sub(Mul(w, b), Mul(w, c))
        case Mul(Exp(b), Exp(c)):
            yield exp(b + c)
        case Exp(Add(b, c)):
            yield Mul(exp(b), exp(c))
        case Exp(Sub(b, c)):
            yield Div(exp(b), exp(c))
        case Div(Add(b, c), w):
            yield Add(Div(b, w), Div(c, w))
        case Div(b, c):
            yield from (Mul(b, 1 / c), Neg(Div(Neg(b), c)), Div(b * exp(other), c * exp(other)))
        case Pow(b, Number(e)) if e == 2:
            yield from (Mul(b, b), Add((b - other) * (b + other), other**2))
        case Pow(b, Number(e)) if e == 3:
            yield Mul(b, Pow(b, Number(Fraction(2))))
        case Log(Mul(b, c)):
            yield Add(log(b), log(c))
        case SumNode(Add(b, c), index, low, high):
            yield Add(SumNode(b, index, low, high), SumNode(c, index, low, high))
        case SumNode(Mul(b, c), index, low, high) if index not in b.free:
            yield Mul(b, SumNode(c, index, low, high))
        case SumNode(b, index, low, high):
            yield SumNode(b.substitute({index: Sub(low + high, index)}), index, low, high)


# -- kinds of pairs ---------------------------------------------------------------------------
def algebra(o: Dice) -> Pair:
    term = o.number(3, (x, y, p, q, 2, 3, half, a[i], f(x), x * y))
    return Pair(term, o.rewritten(term, o.randint(1, 5)))


def logarithms(o: Dice) -> Pair:
    v, w = (o.choice((p, q, r, p * q, p / q, exp(x), 1 + x**2, p**2, sqrt(q))) for _ in range(2))
    c = o.coefficient()
    left, right = o.choice((
        (log(v * w), log(v) + log(w)), (log(v / w), log(v) - log(w)), (log(v**3), 3 * log(v)),
        (c * log(sqrt(v)), c * log(v) / 2), (exp(c * log(v) + x), v**c * exp(x)), (sqrt(v**2) * w, w * v),
        (log(1 / v) + c, c - log(v)), (log(exp(c) * v), log(v) + c), (sqrt(v * w), sqrt(v) * sqrt(w)),
        (p**x * p**y, p ** (x + y)), ((p * q) ** x, p**x * q**x), (p ** (x * y), exp(x * y * log(p))),
    ))  # fmt: skip
    return Pair(as_term(left), o.rewritten(as_term(right), o.randint(0, 2)), (), ((), ("logarithm-laws",)))


def sums(o: Dice) -> Pair:
    body = o.number(2, (t, t, a[t], b[t], x, f(t), 2))
    free = o.number(2, (t, t, x, f(t), g(t), 2, p**t))
    c, h = o.coefficient(), o.randint(1, 3)
    shifted = free.substitute({t: t + h})
    nested = f(t, u) * o.choice((a[t], x, g(u)))
    left, right, by = o.choice((
        (Sum(body * c, (t, 1, n)), c * Sum(body, (t, 1, n)), ""),
        (Sum(body + a[t], (t, 1, n)), Sum(body, (t, 1, n)) + Sum(a[t], (t, 1, n)), ""),
        (Sum(free, (t, 1 + h, n + h)), Sum(shifted, (t, 1, n)), "index-shift"),
        (Sum(free, (t, 1, n + 1)), Sum(free, (t, 1, n)) + free.substitute({t: n + 1}), "splitting-a-sum"),
        (Sum(free, (t, 0, n)), free.substitute({t: as_term(0)}) + Sum(free, (t, 1, n)), "splitting-a-sum"),
        (Sum(Sum(nested, (u, 1, m)), (t, 1, n)), Sum(Sum(nested, (t, 1, n)), (u, 1, m)), "exchange-of-sums"),
        (Sum(c * t + x, (t, 1, n)), c * n * (n + 1) / 2 + n * x, "sums-of-powers"),
        (Sum(t**2, (t, 1, m + 1)), (m + 1) * (m + 2) * (2 * m + 3) / 6, "sums-of-powers"),
        (Sum((1 / (1 + p)) ** t, (t, 0, n)), (1 - (1 / (1 + p)) ** (n + 1)) / (p / (1 + p)), "geometric-sum"),
        (Sum(free, (t, 1, 2)), free.substitute({t: as_term(1)}) + free.substitute({t: as_term(2)}), ""),
        (Sum(a[t], (t, 1, n)) * Sum(b[t], (t, 1, n)), Sum(Sum(a[t] * b[u], (u, 1, n)), (t, 1, n)), ""),
    ))  # fmt: skip
    ways = ((), (by,), (by, "splitting-a-sum")) if by else ((),)
    return Pair(as_term(left), o.rewritten(as_term(right), o.randint(0, 2)), (), ways)


def derivatives(o: Dice) -> Pair:
    """SymPy differentiates."""
    import sympy

    body = o.number(3, (x, x, x, y, p, 2, 3, log(1 + x**2), sqrt(1 + x**2), exp(p * x), x**3))
    body = o.choice((body, body, body * x, log(p + x**2) * body))
    done = as_term(sympy.diff(body.sympy, x.sympy))
    return Pair(diff(body, x), done, (), (("differentiation",),))


def gradients(o: Dice) -> Pair:
    """∇ F(θᵀφ) = F'(θᵀφ) φ, with the F' that SymPy finds."""
    import sympy

    outer = o.number(2, (x, x, p, 2, y, log(1 + exp(x)), exp(x)))
    slope = as_term(sympy.diff(outer.sympy, x.sympy))
    inside = o.choice((dot(theta, phi), dot(phi, theta), dot(2 * theta, phi) + y, dot(theta, phi) * p))
    scale = {inside: phi}.get(inside)
    factor = as_term(1) if inside in (dot(theta, phi), dot(phi, theta)) else as_term(2) if y in inside.free else p
    right = slope.substitute({x: inside}) * factor
    left = outer.substitute({x: inside})
    component = o.random() < 0.3
    if component:
        return Pair(diff(left, theta[k]), right * phi[k], (k >= 1, k <= d), (("differentiation",),))
    return Pair(grad(left, theta), right * (scale or phi), (), (("differentiation",),))


def vectors(o: Dice) -> Pair:
    c, e = o.coefficient(), o.coefficient()
    left, right, by = o.choice((
        (dot(c * theta + phi, psi), c * dot(theta, psi) + dot(psi, phi), ""),
        (dot(theta - e * phi, theta + e * phi), dot(theta, theta) - e**2 * dot(phi, phi), ""),
        (dot(theta, phi) * c, Sum(c * theta[t] * phi[t], (t, 1, d)), "dot-product"),
        ((c * theta + e * phi)[1], e * phi[1] + c * theta[1], ""),
        ((A @ B)[i, j], Sum(B[t, j] * A[i, t], (t, 1, d)), "matrix-product"),
        ((A @ (B + C))[i, j], (A @ B)[i, j] + (A @ C)[i, j], "matrix-product"),
        ((c * A @ B)[i, j], c * Sum(A[i, t] * B[t, j], (t, 1, d)), "matrix-product"),
        ((B.T @ A.T)[j, i], (A @ B)[i, j], "matrix-product"),
        (dot(theta + phi, theta + phi) - dot(theta - phi, theta - phi), 4 * dot(theta, phi), ""),
    ))  # fmt: skip
    return Pair(as_term(left), o.rewritten(as_term(right), o.randint(0, 2)), (), ((), (by,)) if by else ((),))


def means(o: Dice) -> Pair:
    c, e, w = o.coefficient(), o.coefficient(), o.coefficient()
    finite, apart = finite_variance(X, Y, Z), independent(X, Y, Z)
    sample = iid(V, mean=mu, variance=p)
    linear = "linearity-of-expectation"
    left, right, given, by = o.choice((
        (E(c * X + e * Y + w), e * E(Y) + c * E(X) + w, (finite,), (linear,)),
        (E((X - c) * (X + c)), E(X**2) - c**2, (finite,), (linear,)),
        (E(c * Sum(a[t] * V[t], (t, 1, n))), c * Sum(a[t] * E(V[t]), (t, 1, n)), (sample,), (linear,)),
        (E(Sum(a[t] * V[t], (t, 1, n))), mu * Sum(a[t], (t, 1, n)), (sample,), (linear, "declared-moments")),
        (Var(c * X + e), c**2 * Var(X), (finite,), ("variance-scaling",)),
        (Var(c * X + e * Y), c**2 * Var(X) + e**2 * Var(Y) + 2 * c * e * Cov(X, Y), (finite,),
         ("variance-of-sum", "variance-scaling", "bilinearity-of-covariance")),
        (Var(c * X - e * Y), c**2 * Var(X) + e**2 * Var(Y), (finite, apart), ("variance-of-independent-sum",)),
        (Cov(c * X + e, w * Y + X), c * w * Cov(X, Y) + c * Var(X), (finite,), ("bilinearity-of-covariance",)),
        (Var(X) + E(X) ** 2 * c, E(X**2) + (c - 1) * E(X) ** 2, (finite,), ("variance-definition",)),
        (Var(c * Sum(V[t], (t, 1, n))), c**2 * n * p, (sample,), ("variance-of-independent-sum", "declared-moments")),
        (E(c * X * Y), c * E(X) * E(Y), (finite, apart), (linear, "expectation-of-independent-product")),
        (Cov(X + c * Y, X - c * Y), Var(X) - c**2 * Var(Y), (finite,), ("bilinearity-of-covariance",)),
        (E(Sum((V[t] - mu) ** 2, (t, 1, n))), n * p, (sample,), (linear, "declared-moments")),
    ))  # fmt: skip
    ways = ((by[0],), by, (*by, linear), (*by, "declared-moments"))
    return Pair(as_term(left), as_term(right), given, ways)


def moments(o: Dice) -> Pair:
    """Gaussian moments, computed here: E[X^k] = Σ C(k, 2l) (2l − 1)!! σ^{2l} μ^{k − 2l}."""
    mean, variance = o.choice(((0, 1), (0, p), (mu, p), (1, 2)))

    def moment(power: int) -> Term:
        return sum(
            (comb(power, 2 * h) * prod(range(1, 2 * h, 2)) * as_term(variance) ** h * as_term(mean) ** (power - 2 * h)
             if power > 2 * h else prod(range(1, 2 * h, 2)) * as_term(variance) ** h
             for h in range(power // 2 + 1)), as_term(0))  # fmt: skip

    first, second = o.randint(1, 4), o.randint(0, 3)
    c, e = o.coefficient(), o.coefficient()
    left = c * X**first * Y**second if second else c * X**first
    right = c * moment(first) * (moment(second) if second else 1)
    if o.random() < 0.4:
        left, right = left + e * X**2, right + e * moment(2)
    given: tuple[Any, ...] = (gaussians(X, Y, mean=mean, variance=variance),)
    if o.random() < 0.25:
        h = o.choice((1, 2))
        total = Sum(V[t] * W[t], (t, 1, n)) if o.random() < 0.5 else Sum(a[t] * V[t], (t, 1, n))
        square = n if W in {getattr(v, "family", None) for v in total.walk_set} else Sum(a[t] ** 2, (t, 1, n))
        power = as_term(square) if h == 1 else 3 * n**2 + 6 * n if square is n else 3 * square**2
        return Pair(E(total ** (2 * h)), as_term(power), (standard_gaussians(V, W),), (("isserlis",),))
    return Pair(E(left), as_term(right), given, (("isserlis",),))


def limits(o: Dice) -> Pair:
    c, e, w = (o.choice((2, 3, p, q, -1, half, 1 + x**2)) for _ in range(3))
    h = o.randint(1, 3)
    body, value, point = o.choice((
        ((c * T**h + w) / (e * T**h + T ** (h - 1)), as_term(c) / e, oo), (c * T**h * exp(-T), as_term(0), oo),
        (sqrt(T**2 + c * T) - T, as_term(c) / 2, oo), (c + log(T) ** h / T, as_term(c), oo),
        (c * T * log(1 + 1 / T), as_term(c), oo), (c / (1 + exp(-T)) + w, as_term(c) + w, oo),
        (c * tanh(T) - e * sin(T) / T, as_term(c), oo), ((1 + p / T) ** T, exp(p), oo),
        (T ** (-p) + c * exp(1 / T), as_term(c), oo),
    ))  # fmt: skip
    sign = o.choice(("=", "->"))
    if sign == "=":
        return Pair(limit(body, T, point), value, (), (("dominant-term",),))
    return Pair(as_term(body), value, (), (("dominant-term",), ()), "->", (T, point))


def inequalities(o: Dice) -> Pair:
    v, w = o.number(2, (x, y, p, 2)), o.number(1, (x, y, p))
    sign, more = o.choice(((">=", w**2), (">", w**2 + 1), (">", exp(w)), (">", p), (">=", abs(w)), ("!=", 1 + w**2)))
    left = o.rewritten(v + more, o.randint(0, 2))
    return Pair(left, v, (), ((),), sign)


def equivalences(o: Dice) -> Pair:
    v, w = o.number(1, (x, y, 2)), o.number(1, (x, p, z))
    c = o.choice((p, 1 + x**2, exp(y), as_term(2), as_term(3)))
    left, right = Eq(v, w), o.choice((
        Eq(c * v, c * w), Eq(v + c, w + c), Eq(v - w, 0), Eq(w * c, v * c), Eq(exp(v), exp(w)), Eq(v / c, w / c),
    ))  # fmt: skip
    if o.random() < 0.4:
        left, right = v < w, o.choice((c * v < c * w, v - w < 0, -w < -v, v + c < w + c))
    return Pair(left, right, (), ((), ("taking-logarithms",)), "<=>")


KINDS: tuple[Callable[[Dice], Pair], ...] = (
    algebra, logarithms, sums, derivatives, gradients, vectors, means, moments, limits, inequalities, equivalences,
)  # fmt: skip
