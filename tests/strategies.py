"""Random expressions of the language, what may be said of their letters, and edits of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from derivations import (
    Sum,
    cos,
    delta,
    e,
    exp,
    family,
    function,
    hypothesis,
    log,
    sin,
    sqrt,
    symbols,
    tanh,
)  # fmt: skip
from derivations.terms.arithmetic import Abs, Add, Div, Exp, Log, Mul, Neg, Number, Pow, Sub, is_literal
from derivations.terms.relations import Relation
from derivations.terms.sums import INTEGER
from derivations.terms.sums import Sum as SumNode
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

x, y = symbols("x y")
p = symbols("p", positive=True)
k = symbols("k", integer=True)
n = symbols("n", positive=True, integer=True)
m = symbols("m", nonnegative=True, integer=True)
a = symbols("a", values=(0, 1))
t, u = symbols("t u", integer=True)
f = function("f")
c = family("c", n)

LETTERS: tuple[Term, ...] = (x, y, p, k, n, m, a)
INDICES: tuple[Term, ...] = (k, n, m, t, u)

GIVENS = tuple(
    hypothesis(relation)
    for relation in (x > 0, x >= 1, x < 0, y >= x, y > x, x * y > 0, x + y >= 1, x * y >= 0, y < 2, x / p >= 1)
)
"""Hypotheses about the letters, from which some are drawn."""

numbers = st.sampled_from([0, 1, 2, 3, -1, -2, Fraction(1, 2), Fraction(-3, 2)])
exponents = st.sampled_from(
    [0, 1, 2, 3, -1, -2, Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2), k, m, n, 2 * k, k + 1]
)


def attempt(build: Callable[..., Term], *parts: Any) -> Term:
    """The term, or its first part where there is no such term (a division by the literal 0)."""
    try:
        return build(*parts)
    except TermError:
        first: Term = parts[0]
        return first


def _power(base: Term, exponent: Any) -> Term:
    return base**exponent


def _sum_of(body: Term, index: Term, low: int, high: Any) -> Term:
    return Sum(body, (index, low, high))


def _unary(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    functions = st.sampled_from([exp, abs, sqrt, log, sin, cos, tanh, f, Neg, lambda v: e**v])
    return st.builds(lambda g, v: g(v), functions, inner)


def _binary(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    nodes = st.sampled_from([Add, Sub, Mul, Mul, Div])
    return st.builds(lambda node, v, w: node(v, w), nodes, inner, inner)


def _larger(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        _binary(inner),
        _binary(inner),
        _unary(inner),
        st.builds(lambda v, q: attempt(_power, v, q), inner, exponents),
        st.builds(
            _sum_of, inner, st.sampled_from((t, u)), st.sampled_from((0, 1)), st.sampled_from((0, 2, n, m, k, n + 1))
        ),
        st.builds(delta, st.sampled_from(INDICES), st.sampled_from(INDICES)),
    )


leaves: st.SearchStrategy[Term] = st.one_of(
    st.sampled_from(LETTERS),
    st.sampled_from((t, u)),
    numbers.map(lambda number: Number(Fraction(number)) if number == int(number) else Number(Fraction(1)) * number),
    st.sampled_from((c[1], c[n], c[t])),
)


def terms(size: int = 8) -> st.SearchStrategy[Term]:
    """Real expressions: not all of them are defined everywhere."""
    return st.recursive(leaves, _larger, max_leaves=size)


givens = st.lists(st.sampled_from(GIVENS), max_size=2, unique=True).map(tuple)


# -- edits ---------------------------------------------------------------------------------
def paths(term: Term) -> list[tuple[int, ...]]:
    """The places in a term at which a number stands, as paths of positions."""
    found: list[tuple[int, ...]] = []

    def visit(part: Term, path: tuple[int, ...]) -> None:
        if part.shape == ():
            found.append(path)
        bound = part.scope().bound if part.scope() else ()  # type: ignore[union-attr]
        for position, child in enumerate(part.children):
            if child not in bound:
                visit(child, (*path, position))

    visit(term, ())
    return found


def at(term: Term, path: tuple[int, ...]) -> Term:
    """The part of a term at a path."""
    for position in path:
        term = term.children[position]
    return term


def replaced(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with another part at the path."""
    if not path:
        return new
    positions = iter(range(len(term.children)))
    return term.rebuild(lambda child: replaced(child, path[1:], new) if next(positions) == path[0] else child)


_EDITS: tuple[Callable[[Term], Term], ...] = (
    lambda v: Neg(v),
    lambda v: v + 1,
    lambda v: 2 * v,
    lambda v: Abs(v),
    lambda v: sqrt(v**2),
    lambda v: Div(v**2, v),
    lambda v: x,
    lambda v: Number(Fraction(0)),
)


@st.composite
def edited(draw: Any, term: Term) -> Term:
    """The term with one part changed; most edits change the worth."""
    path = draw(st.sampled_from(paths(term)))
    return replaced(term, path, draw(st.sampled_from(_EDITS))(at(term, path)))


# -- rewriting that is always right -----------------------------------------------------------
def _same_worth(v: Term) -> list[Term]:
    """Other ways of writing a term, equal to it wherever both are defined."""
    ways: list[Term] = [v + 0, v * 1, Neg(Neg(v)), Sub(v + x, x), Add(Sub(v, y * p), y * p)]
    match v:
        case Add(b, d):
            ways += [d + b, Sub(b, Neg(d)), Neg(Sub(Neg(b), d))]
        case Sub(b, d):
            ways += [Neg(Sub(d, b)), Add(b, Neg(d))]
        case Mul(Add(b, d), w):
            ways += [Add(Mul(b, w), Mul(d, w)), Mul(w, Add(b, d))]
        case Mul(b, d):
            ways += [d * b, Neg(Mul(Neg(b), d))]
        case Div(b, d):
            ways += [Mul(b, Div(Number(Fraction(1)), d)), Neg(Div(b, Neg(d)))]
        case Pow(b, Number(q)) if q.denominator == 1 and 0 < q < 4:
            ways += [b * Pow(b, Number(q - 1))]
        case Abs(b):
            ways += [Abs(Neg(b)), sqrt(b**2)]
        case SumNode(b, i, low, high):
            ways += [Neg(SumNode(Neg(b), i, low, high)), SumNode(Add(b, i), i, low, high) - SumNode(i, i, low, high)]
    return ways


@st.composite
def rewritten(draw: Any, term: Term, times: int = 4) -> Term:
    """The term written in another way, of the same worth."""
    for _ in range(draw(st.integers(1, times))):
        path = draw(st.sampled_from(paths(term)))
        term = replaced(term, path, draw(st.sampled_from(_same_worth(at(term, path)))))
    return term


# -- grouping ------------------------------------------------------------------------------------
def _regroupings(v: Term) -> list[Term]:
    """Other trees with the same letters in the same order."""
    ways: list[Term] = []
    for outer in (Add, Sub, Mul, Div):
        for inner in (Add, Sub, Mul, Div):
            match v:
                case _ if type(v) is outer and type(v.left) is inner:  # type: ignore[attr-defined]
                    ways.append(inner(v.left.left, outer(v.left.right, v.right)))  # type: ignore[attr-defined]
                case _ if type(v) is outer and type(v.right) is inner:  # type: ignore[attr-defined]
                    ways.append(inner(outer(v.left, v.right.left), v.right.right))  # type: ignore[attr-defined]
    match v:
        case Neg(Add(b, d)):
            ways.append(Add(Neg(b), d))
        case Neg(Mul(b, d)):
            ways.append(Mul(Neg(b), d))
        case Neg(Pow(b, q)):
            ways.append(Pow(Neg(b), q))
        case Pow(Mul(b, d), q):
            ways.append(Mul(b, Pow(d, q)))
        case Mul(SumNode(b, i, low, high), d) | Add(SumNode(b, i, low, high), d):
            ways.append(SumNode(type(v)(b, d), i, low, high))
        case Mul(Log(b), d):
            ways.append(Log(Mul(b, d)))
        case Pow(Exp(b), q):
            ways.append(Exp(Pow(b, q)))
    return ways


@st.composite
def regrouped(draw: Any, term: Term) -> Term:
    """The term with brackets elsewhere, where there is something to regroup."""
    ways = [(path, way) for path in paths(term) for way in _regroupings(at(term, path))]
    if not ways:
        return term
    path, way = draw(st.sampled_from(ways))
    return replaced(term, path, way)


def renamed(term: Term, names: str = "rsvw") -> Term:
    """The term with every bound index given another name."""
    if isinstance(term, SumNode):
        fresh = next(
            s for s in (Symbol(name, INTEGER) for name in (*names, *(f"{names}{i}" for i in range(9))))
            if s not in term.body.walk_set
        )  # fmt: skip
        body = renamed(term.body.substitute({term.variable: fresh}), names)
        return SumNode(body, fresh, renamed(term.low, names), renamed(term.high, names))
    return term.rebuild(lambda child: renamed(child, names))


def equation(left: Term, right: Term) -> Relation:
    """left = right, as a link."""
    return Relation(left, "=", right)


__all__ = [
    "GIVENS", "LETTERS", "a", "at", "c", "edited", "equation", "f", "givens", "is_literal", "k", "m", "n", "p",
    "paths", "regrouped", "renamed", "replaced", "rewritten", "t", "terms", "u", "x", "y",
]  # fmt: skip
