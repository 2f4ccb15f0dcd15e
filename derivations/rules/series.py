"""Series: the first term, the index, and expectation term by term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ring
from derivations.decide.bounded import grows
from derivations.decide.moments import times
from derivations.kernel.reasons import Candidate, Rule
from derivations.rules.conditional_expectations import given_of
from derivations.terms.arithmetic import Exp, Infinity, Mul, Neg, Pow, is_literal, literal, number
from derivations.terms.calculus import FreeOf
from derivations.terms.combinatorics import Factorial
from derivations.terms.conditioning import ConditionalExpectation
from derivations.terms.probability import Deterministic, Expectation
from derivations.terms.processes import SummableInMean
from derivations.terms.relations import relation
from derivations.terms.sums import Sum, Summable
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts


def _first_term(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=a}^∞ f(k) = f(a) + Σ_{k=a+1}^∞ f(k)."""
    if not isinstance(term, Sum) or not isinstance(term.high, Infinity):
        return
    first = term.body.substitute({term.variable: term.low})
    next_low = number(literal(term.low) + 1) if is_literal(term.low) else term.low + 1
    rest = Sum(term.body, term.variable, next_low, term.high)
    yield Candidate(first + rest, (Summable(term.body, term.variable, term.low),))


split_off_first_term = Rule(
    "split-off-first-term",
    r"\sum_{k=a}^{\infty} f(k) = f(a) + \sum_{k=a+1}^{\infty} f(k)",
    "Rudin, Principles of Mathematical Analysis, section 3.21",
    r"\text{the series converges}",
    rewrite=_first_term,
    roots=(Sum,),
    operation=None,
    once=True,
)


def _geometric(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=a}^∞ c xᵏ = c x^a / (1 − x)."""
    if not isinstance(term, Sum) or not isinstance(term.high, Infinity):
        return
    parts = list(_factors(term.body))
    powers = [part for part in parts if isinstance(part, Pow) and term.variable in part.exponent.free]
    if len(powers) != 1 or not grows(powers[0].exponent, term.variable, frozenset()):
        return
    (power,) = powers
    others = [part for part in parts if part is not power]
    start = power.exponent.substitute({term.variable: term.low})
    start = number(literal(start)) if is_literal(start) else start
    first: Term = number(1) if start == number(0) else power.base**start
    for part in others:
        first = times(part, first)
    yield Candidate(
        first / (1 - power.base),
        (
            *(FreeOf(part, term.variable) for part in (power.base, *others)),
            relation(power.base, ">", -1),
            relation(power.base, "<", 1),
            relation(start, ">=", 0),
        ),
    )


def _factors(term: Term) -> Iterator[Term]:
    if isinstance(term, Mul):
        yield from _factors(term.left)
        yield from _factors(term.right)
    elif isinstance(term, Neg):
        yield from (number(-1), *_factors(term.operand))
    else:
        yield term


geometric_series = Rule(
    "geometric-series",
    r"\sum_{k=a}^{\infty} c x^k = \frac{c x^a}{1 - x}",
    "Rudin, Principles of Mathematical Analysis, theorem 3.26",
    r"-1 < x < 1,\ a \geq 0",
    rewrite=_geometric,
    roots=(Sum,),
    operation="doit",
)


def _exponential(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=0}^∞ c x^k / k! = c e^x, for the c in which k does not occur."""
    if not isinstance(term, Sum) or not isinstance(term.high, Infinity) or term.low != number(0):
        return
    k = term.variable
    powers = [p for p in term.body.walk_set if isinstance(p, Pow) and k in p.exponent.free and k not in p.base.free]
    bases = sorted({p.base for p in powers}, key=str) or [number(1)]
    for x in bases:
        unit = x**k / Factorial(k)

        def factor(s: Ring, unit: Term = unit) -> Term | None:
            found = s.lowest(s(term.body) / s(unit))
            return None if s.involves(found, k) else s.term(found)

        try:
            c = in_ring(facts.enter(term.scope()), factor)
        except ZeroDivisionError:
            continue
        if c is not None:
            yield Candidate(c * Exp(x), (FreeOf(x, k), FreeOf(c, k)))


exponential_series = Rule(
    "exponential-series",
    r"\sum_{k=0}^{\infty} \frac{x^k}{k!} = e^x",
    "Rudin, Principles of Mathematical Analysis, equation (25) of chapter 8",
    rewrite=_exponential,
    roots=(Sum,),
    operation="doit",
)


def _shift(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=a}^∞ f(k) = Σ_{k=0}^∞ f(k + a)."""
    if not isinstance(term, Sum) or not isinstance(term.high, Infinity):
        return
    if is_literal(term.low) and literal(term.low) == 0 or term.variable in term.low.free:
        return
    body = term.body.substitute({term.variable: term.variable + term.low})
    yield Candidate(Sum(body, term.variable, number(0), term.high))


shift_of_a_series = Rule(
    "shift-of-a-series",
    r"\sum_{k=a}^{\infty} f(k) = \sum_{k=0}^{\infty} f(k + a)",
    "Knuth, The Art of Computer Programming, section 1.2.3",
    rewrite=_shift,
    roots=(Sum,),
    operation=None,
)


def _term_by_term(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E Σ_k f_k = Σ_k E f_k."""
    given = given_of(term)
    series = term.children[0] if given is not None else None
    if given is None or not isinstance(series, Sum) or not isinstance(series.high, Infinity):
        return
    index = series.variable
    if any(index in value.free for pair in given for value in pair):
        return
    inner: Term = Expectation(series.body)
    if isinstance(term, ConditionalExpectation):
        inner = ConditionalExpectation(series.body, term.variables, term.values, term.short)
    yield Candidate(
        Sum(inner, index, series.low, series.high),
        (SummableInMean(series.body, index, series.low), Deterministic(series.low)),
    )


exchange_of_expectation_and_series = Rule(
    "exchange-of-expectation-and-series",
    r"\mathbb{E} \sum_{k=0}^{\infty} X_k = \sum_{k=0}^{\infty} \mathbb{E}[X_k]",
    "Grimmett and Stirzaker, Probability and Random Processes, section 5.6 (dominated convergence)",
    r"\sum_k \mathbb{E}|X_k| < \infty",
    rewrite=_term_by_term,
    operation=None,
)
