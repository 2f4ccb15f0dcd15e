"""Binomial coefficients: Pascal's rule, by factorials, and the binomial theorem."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ring
from derivations.kernel.facts import Facts
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.arithmetic import Add, Mul, Pow, Sub, number
from derivations.terms.combinatorics import Binomial, Factorial
from derivations.terms.relations import relation
from derivations.terms.sums import IsInteger, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

_SOURCE = "Graham, Knuth, Patashnik, Concrete Mathematics, section 5.1"
ONE = number(1)


def _less_one(term: Term) -> Term:
    return term.left if isinstance(term, Add) and term.right == ONE else Sub(term, ONE)


def _pascal(term: Term, facts: Facts) -> Iterator[Candidate]:
    """C(n, k) = C(n − 1, k) + C(n − 1, k − 1), for n, k ≥ 1."""
    match term:
        case Binomial(upper, lower):
            smaller = _less_one(upper)
            result = Binomial(smaller, lower) + Binomial(smaller, _less_one(lower))
            yield Candidate(result, (relation(upper, ">=", 1), relation(lower, ">=", 1)))


pascals_rule = Rule(
    "pascals-rule",
    r"\binom{n}{k} = \binom{n-1}{k} + \binom{n-1}{k-1}",
    _SOURCE,
    r"n, k \geq 1",
    rewrite=_pascal,
    roots=(Binomial,),
    operation="doit",
    once=True,
)


def _by_factorials(term: Term, facts: Facts) -> Iterator[Candidate]:
    """C(n, k) = n! / (k! (n − k)!), for k ≤ n."""
    match term:
        case Binomial(upper, lower):
            result = Factorial(upper) / (Factorial(lower) * Factorial(upper - lower))
            yield Candidate(result, (relation(lower, "<=", upper),))


binomial_coefficients_by_factorials = Rule(
    "binomial-coefficients-by-factorials",
    r"\binom{n}{k} = \frac{n!}{k! \, (n-k)!}",
    _SOURCE,
    r"k \leq n",
    rewrite=_by_factorials,
    roots=(Binomial,),
    operation="doit",
)


def _theorem(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Σ_{k=0}^{n} C(n, k) u^k v^{n−k} = (u + v)^n, also times what does not depend on k."""
    match term:
        case Sum(body, index, low, high) if low == number(0) and term.shape == ():
            found = _taken_apart(_factors(body), index, high, facts)
            if found is not None:
                scale, u, v = found
                result = Pow(u + v, high)
                whole = (IsInteger(high), relation(high, ">=", 0))
                yield Candidate(result if scale is None else scale * result, whole)


def _factors(term: Term) -> list[Term]:
    return [*_factors(term.left), *_factors(term.right)] if isinstance(term, Mul) else [term]


def _taken_apart(factors: list[Term], index: Symbol, high: Term, facts: Facts) -> tuple[Term | None, Term, Term] | None:
    """What does not depend on the index, u and v; None if there is more in the product, or no C(n, k)."""
    coefficients = 0
    scale: Term | None = None
    bases: dict[bool, Term] = {}  # of u^k, and of v^{n−k}
    for factor in factors:
        rest = high - index
        if factor == Binomial(high, index):
            coefficients += 1
        elif index not in factor.free:
            scale = factor if scale is None else scale * factor
        elif isinstance(factor, Pow) and index not in factor.base.free:
            kind = factor.exponent == index
            if not kind and not _same(factor.exponent, rest, facts):
                return None
            bases[kind] = factor.base if kind not in bases else bases[kind] * factor.base
        else:
            return None
    if coefficients != 1:
        return None
    return scale, bases.get(True, ONE), bases.get(False, ONE)


def _same(left: Term, right: Term, facts: Facts) -> bool:
    def work(s: Ring) -> bool:
        return s.is_zero(s(left) - s(right))

    return in_ring(facts, work)


binomial_theorem = Rule(
    "binomial-theorem",
    r"\sum_{k=0}^{n} \binom{n}{k} u^k v^{n-k} = (u + v)^n",
    _SOURCE,
    r"n \geq 0",
    rewrite=_theorem,
    roots=(Sum,),
    operation="doit",
)

__all__ = ["binomial_coefficients_by_factorials", "binomial_theorem", "pascals_rule"]
