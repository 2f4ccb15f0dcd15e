"""Finite sums: order of summation, the index, single terms, and the sums that every textbook has."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import in_ring
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Candidate, Rule
from derivations.rules._differences import antidifference
from derivations.rules._products import factors, product, sum_of_products
from derivations.terms.arithmetic import Add, Infinity, Number, Pow, Sub, is_literal, literal, number
from derivations.terms.calculus import FreeOf
from derivations.terms.relations import Ne, relation
from derivations.terms.substitution import fresh
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

u, v = metavariables("u v")
_MOST = 64  # terms that are split off one by one


def _is_finite(term: Term) -> bool:
    return isinstance(term, Sum) and not isinstance(term.high, Infinity)


# -- the order of summation ------------------------------------------------------------
def _exchange(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_i a_i Σ_j f = Σ_j Σ_i a_i f, towards the order in which the sum reads first."""
    if not isinstance(term, Sum) or not _is_finite(term):
        return
    written = isinstance(term.body, Sum) and _is_finite(term.body)
    for inner in [term.body] if written else sum_of_products(term.body):
        assert isinstance(inner, Sum)
        if term.variable in inner.low.free | inner.high.free:
            continue
        i, j, body = term.variable, inner.variable, inner.body
        if j in term.low.free | term.high.free | {i}:
            j = fresh(j, term.free | body.free | {i})
            body = body.substitute({inner.variable: j})
        swapped = Sum(Sum(body, i, term.low, term.high), j, inner.low, inner.high)
        double = Sum(inner, i, term.low, term.high)
        if _reading(swapped, facts) < _reading(double, facts):
            yield Candidate(swapped)
        elif not written:
            yield Candidate(double)


def _reading(term: Sum, facts: Facts) -> str:
    """How a double sum reads once its indices have standard names, whatever the order of its factors."""
    inner = term.body
    assert isinstance(inner, Sum)
    first, second = Symbol("\u2081", term.variable.domain), Symbol("\u2082", inner.variable.domain)
    body = inner.body.substitute({term.variable: first, inner.variable: second})
    return f"{term.low} {term.high} {inner.low} {inner.high} {in_ring(facts, lambda s: _unordered(s, body))}"


def _unordered(s: Any, body: Term) -> list[Any]:
    low = s.lowest(s(body))
    return [
        sorted(
            (sorted(f"{s.atoms[g]}^{n}" for g, n in enumerate(exponents) if n), str(coefficient))
            for exponents, coefficient in part.terms()
        )
        for part in (low.num, low.den)
    ]


exchange_of_sums = Rule(
    "exchange-of-sums",
    r"\sum_{i} \sum_{j} f_{i,j} = \sum_{j} \sum_{i} f_{i,j}",
    "Graham, Knuth, Patashnik, Concrete Mathematics, eq. (2.28)",
    r"\text{finite sums; the range of } j \text{ does not depend on } i",
    rewrite=_exchange,
    roots=(Sum,),
    operation="doit",
)


# -- telescoping -----------------------------------------------------------------------
def _telescope(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=a}^{b} (g(k+1) − g(k)) = g(b+1) − g(a), for a ≤ b + 1; −g(a) for b = ∞ and g → 0."""
    if not isinstance(term, Sum) or term.shape != ():
        return
    index, inside = term.variable, facts.enter(term.scope())
    found = _as_written(term.body, index, inside) or in_ring(inside, lambda s: antidifference(s, term.body, index))
    if found is None:
        return
    g, vanishes = found
    first = g.substitute({index: term.low})
    if _is_finite(term):
        yield Candidate(g.substitute({index: term.high + 1}) - first, (relation(term.low, "<=", term.high + 1),))
    elif vanishes:
        yield Candidate(-first)


def _as_written(body: Term, index: Symbol, inside: Facts) -> tuple[Term, bool] | None:
    """c (g(k+1) − g(k)), as its author wrote it: g may be a polynomial, whose parts are no shifts of one another."""
    parts = factors(body)
    moving = [part for part in parts if index in part.free]
    if len(moving) != 1 or not isinstance(moving[0], Sub):
        return None
    still = [part for part in parts if index not in part.free]
    one, other = moving[0].left, moving[0].right
    for later, earlier, sign in ((one, other, 1), (other, one, -1)):
        moved = earlier.substitute({index: index + 1})
        if in_ring(inside, lambda s, a=later, b=moved: s.is_zero(s(a) - s(b))):  # type: ignore[misc]
            return product([*still, earlier if sign == 1 else -earlier]), False
    return None


telescoping_sum = Rule(
    "telescoping-sum",
    r"\sum_{k=a}^{b} \bigl(f(k+1) - f(k)\bigr) = f(b+1) - f(a)",
    "Graham, Knuth, Patashnik, Concrete Mathematics, section 2.6",
    r"a \leq b + 1; \text{ for a series, } f \to 0",
    rewrite=_telescope,
    roots=(Sum,),
    operation="doit",
)


# -- the range of the index --------------------------------------------------------------
def _shift(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{i=a}^{b} f(i) = Σ_{i=1}^{b−a+1} f(i + a − 1)."""
    if not isinstance(term, Sum) or not _is_finite(term) or term.low == number(1):
        return
    index = term.variable
    if index in term.low.free:
        return
    move = in_ring(facts, lambda s: s.term(s(term.low) - s.unit))
    count = in_ring(facts, lambda s: s.term(s(term.high) - s(term.low) + s.unit))
    yield Candidate(Sum(term.body.substitute({index: Add(index, move)}), index, number(1), count))


index_shift = Rule(
    "index-shift",
    r"\sum_{i=a}^{b} f(i) = \sum_{i=1}^{b-a+1} f(i + a - 1)",
    "Graham, Knuth, Patashnik, Concrete Mathematics, section 2.4",
    rewrite=_shift,
    roots=(Sum,),
    operation="doit",
)


def _split(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Towards ranges that start at 1 and whose upper end has no number added to it."""
    if not isinstance(term, Sum) or not _is_finite(term) or term.variable.tag < 0:
        return
    yield from _split_last(term, facts)
    yield from _split_first(term)


def _split_first(term: Sum) -> Iterator[Candidate]:
    """Σ_{i=a}^{b} f(i) = Σ_{i=1}^{b} f(i) − f(1) − … − f(a−1), for 1 ≤ a ≤ b + 1 (and the like for a < 1)."""
    if not is_literal(term.low) or literal(term.low) == 1 or literal(term.low).denominator != 1:
        return
    low = int(literal(term.low))
    if abs(low - 1) > _MOST:
        return
    result: Term = Sum(term.body, term.variable, number(1), term.high)
    for n in range(min(low, 1), max(low, 1)):
        single = term.body.substitute({term.variable: number(n)})
        result = result - single if low > 1 else result + single
    yield Candidate(result, (relation(term.high, ">=", number(max(low, 1) - 1)),))


def _split_last(term: Sum, facts: Facts) -> Iterator[Candidate]:
    """Σ_{i=a}^{b+n} f(i) = Σ_{i=a}^{b} f(i) + f(b+1) + … + f(b+n), for b ≥ a − 1 (and the like for n < 0)."""
    base, offset = in_ring(facts, lambda s: _offset(s, term.high))
    if not offset or offset.denominator != 1 or abs(offset) > _MOST or is_literal(term.high):
        return
    result: Term = Sum(term.body, term.variable, term.low, base)
    for n in range(1, abs(int(offset)) + 1):
        at = base + n if offset > 0 else base - (n - 1)
        single = term.body.substitute({term.variable: at})
        result = result + single if offset > 0 else result - single
    shorter = base if offset > 0 else term.high
    yield Candidate(result, (relation(shorter, ">=", Sub(term.low, number(1))),))


def _offset(s: object, high: Term) -> tuple[Term, Fraction]:
    """high = base + number."""
    from derivations.algebra.ring import Ring, as_fraction

    assert isinstance(s, Ring)
    low = s.lowest(s(high))
    offset = Fraction(0)
    for exponents, coefficient in low.num.terms():
        if not any(exponents) and low.den.is_one():
            offset = as_fraction(coefficient)
    return s.term(low - s.constant(offset)), offset


splitting_a_sum = Rule(
    "splitting-a-sum",
    r"\sum_{i=1}^{n} f(i) = f(1) + \sum_{i=2}^{n} f(i) = \sum_{i=1}^{n-1} f(i) + f(n)",
    "Graham, Knuth, Patashnik, Concrete Mathematics, eq. (2.24)",
    r"\text{the sum is not empty}",
    rewrite=_split,
    roots=(Sum,),
    operation="doit",
)


# -- sums that have a closed form ------------------------------------------------------------
def _powers(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ k = n(n+1)/2, Σ k² = n(n+1)(2n+1)/6, Σ k³ = (n(n+1)/2)², from k = 1."""
    if not isinstance(term, Sum) or not _is_finite(term) or term.low != number(1):
        return
    n, k = term.high, term.variable
    closed: dict[Term, Term] = {
        k: n * (n + 1) / 2,
        Pow(k, number(2)): n * (n + 1) * (2 * n + 1) / 6,
        Pow(k, number(3)): (n * (n + 1) / 2) ** 2,
    }
    if term.body in closed:
        yield Candidate(closed[term.body], (relation(n, ">=", 0),))


sums_of_powers = Rule(
    "sums-of-powers",
    r"\sum_{k=1}^{n} k = \frac{n(n+1)}{2}, \quad \sum_{k=1}^{n} k^2 = \frac{n(n+1)(2n+1)}{6}",
    "Graham, Knuth, Patashnik, Concrete Mathematics, eqs. (2.3) and (2.37)",
    r"n \geq 0",
    rewrite=_powers,
    roots=(Sum,),
    operation="doit",
)


def _geometric(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=a}^{n} xᵏ = (x^a − x^{n+1}) / (1 − x)."""
    if not isinstance(term, Sum) or not _is_finite(term) or not isinstance(term.body, Pow):
        return
    base, exponent = term.body.base, term.body.exponent
    if exponent != term.variable or not isinstance(term.low, Number):
        return
    top = base**term.low - base ** (term.high + 1)
    yield Candidate(
        top / (1 - base),
        (
            FreeOf(base, term.variable),
            Ne(base, 1),
            relation(term.high, ">=", term.low - 1),
            relation(term.low, ">=", 0),
        ),
    )


geometric_sum = Rule(
    "geometric-sum",
    r"\sum_{k=a}^{n} x^k = \frac{x^a - x^{n+1}}{1 - x}",
    "Graham, Knuth, Patashnik, Concrete Mathematics, eq. (2.25)",
    r"x \neq 1,\ 0 \leq a \leq n + 1",
    rewrite=_geometric,
    roots=(Sum,),
    operation="doit",
)
