"""Expectations of polynomials in independent members: Isserlis' theorem, with free indices left free.

E[X_{i₁} ⋯ X_{iₙ}] is a sum of products of means and variances, each with the
pairs of indices that must coincide. A pair of bound indices over one range
becomes one index; any other pair becomes a δ.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import comb, prod
from typing import TYPE_CHECKING

from derivations.decide.moments import ONE, Monomial, Range, at, fixed_member, law_of, mutually_independent, times
from derivations.records import record
from derivations.terms.arithmetic import Number, is_literal, literal, number
from derivations.terms.families import Entry, Family
from derivations.terms.probability import Law
from derivations.terms.sums import Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Pair = tuple[Term, Term]
_MOST = 10  # different members of one family in a product
_MOST_PARTS = 2000


@record(frozen=True)
class Part:
    """factor · Π δ over the pairs of indices."""

    factor: Term
    equal: tuple[Pair, ...] = ()

    def __mul__(self, other: Part) -> Part:
        return Part(times(self.factor, other.factor), self.equal + other.equal)


def expectation(monomials: list[Monomial], facts: Facts) -> Term | None:
    """E of a polynomial, or None where the declared laws do not give it."""
    total: Term | None = None
    for monomial in monomials:
        bound = Scope(bound=tuple(symbol for symbol, _, _ in monomial.ranges))
        parts = _monomial(monomial, facts.enter(bound))
        if parts is None:
            return None
        for part in parts:
            if any(_are_apart(i, j) for i, j in part.equal):
                continue  # δ of two different numbers
            term = _summed(part, monomial)
            total = term if total is None else total + term
    return total if total is not None else number(0)


def _are_apart(i: Term, j: Term) -> bool:
    return isinstance(i, Number) and isinstance(j, Number) and i.number != j.number


def _summed(part: Part, monomial: Monomial) -> Term:
    """Σ over the ranges, after the pairs of bound indices have become one."""
    term, ranges, deltas = times(monomial.coefficient, part.factor), list(monomial.ranges), ONE
    pairs = list(part.equal)
    while pairs:
        i, j = pairs.pop(0)
        if i == j:
            continue
        merged = _merged(i, j, ranges)
        if merged is None:
            deltas = times(deltas, Delta(i, j))
            continue
        changes: dict[Term, Term] = {merged: i if merged == j else j}
        ranges = [r for r in ranges if r[0] != merged]
        pairs = [(a.substitute(changes), b.substitute(changes)) for a, b in pairs]
        term, deltas = term.substitute(changes), deltas.substitute(changes)
    term = times(deltas, term)
    for symbol, low, high in reversed(ranges):
        term = Sum(term, symbol, low, high)
    return term


def _merged(i: Term, j: Term, ranges: list[Range]) -> Symbol | None:
    """Σ_i Σ_j δ_{ij} f(i, j) = Σ_i f(i, i) over one range: the index that goes."""
    spans = {symbol: (low, high) for symbol, low, high in ranges}
    if not isinstance(i, Symbol) or not isinstance(j, Symbol) or i not in spans or spans.get(j) != spans[i]:
        return None
    if any(x in low.free | high.free for x in (i, j) for low, high in spans.values()):
        return None
    return j


def _monomial(monomial: Monomial, facts: Facts) -> list[Part] | None:
    families: dict[Family, list[Entry]] = {}
    for member in monomial.members:
        families.setdefault(member.family, []).append(member)
    alike = len(set(monomial.members)) == 1  # powers of one member need no independence
    if len(monomial.members) > 1 and not alike and mutually_independent(set(families), facts) is None:
        return None
    parts: list[Part] | None = None
    for family, members in families.items():
        law = law_of(family, facts)
        moments = None if law is None else _joint_moment(members, law, facts)
        if moments is None:
            return None
        if parts is not None:
            if len(parts) * len(moments) > _MOST_PARTS:
                return None
            moments = [a * b for a, b in product(parts, moments)]
        parts = moments
    return [Part(ONE)] if parts is None else parts


def _joint_moment(members: list[Entry], law: Law, facts: Facts) -> list[Part] | None:
    """E[X_{i₁} … X_{iₙ}] for independent members: mean part and centred part, Σ over both."""
    if not all([fixed_member(member, facts) for member in members]):
        return None
    means = [at(law.mean, member, law, facts) for member in members]
    if any(mean is None for mean in means) or law.kind != "gaussian" and len(members) > 2:
        return None
    centred = all(m is not None and is_literal(m) and not literal(m) for m in means)
    if len(set(members)) == 1 and len(members) > 2:
        return _power_moment(members[0], len(members), law, facts)
    if len(members) > (_MOST if centred else _MOST - 2):
        return None  # there are (n − 1)!! pairings
    total: list[Part] = []
    for chosen in [tuple(range(len(members)))] if centred else _subsets(len(members)):
        parts = _centred_moment([members[i] for i in chosen], law, facts)
        if parts is None:
            return None
        for i, mean in enumerate(means):
            if i not in chosen:
                assert mean is not None
                parts = [part * Part(mean) for part in parts]
        total += parts
    return total


def _power_moment(member: Entry, n: int, law: Law, facts: Facts) -> list[Part] | None:
    """E[X^n] = Σ_k C(n, 2k) (2k − 1)!! σ^{2k} μ^{n − 2k}."""
    mean, variance = at(law.mean, member, law, facts), at(law.variance, member, law, facts)
    if mean is None or variance is None:
        return None
    parts = []
    for k in range(n // 2 + 1):
        term: Term = number(comb(n, 2 * k) * prod(range(1, 2 * k, 2)))
        for base, exponent in ((variance, k), (mean, n - 2 * k)):
            term = term if exponent == 0 else times(term, base if exponent == 1 else base ** number(exponent))
        parts.append(Part(term))
    return parts


def _subsets(n: int) -> Iterator[tuple[int, ...]]:
    for mask in range(2**n):
        yield tuple(i for i in range(n) if mask >> i & 1)


def _centred_moment(members: list[Entry], law: Law, facts: Facts) -> list[Part] | None:
    """Isserlis: the sum over all pairings of Π Cov; Cov(X_i, X_j) = δ_{ij} Var X_i."""
    if len(members) % 2:
        return []
    parts = []
    variances = [at(law.variance, member, law, facts) for member in members]
    for pairing in _pairings(list(range(len(members)))):
        factor: Term = ONE
        equal: tuple[Pair, ...] = ()
        for i, j in pairing:
            variance = variances[i]
            if variance is None:
                return None
            factor = times(factor, variance)
            equal += tuple(zip(members[i].indices, members[j].indices, strict=True))
        parts.append(Part(factor, equal))
    return parts


def _pairings(items: list[int]) -> Iterator[list[tuple[int, int]]]:
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for n, other in enumerate(rest):
        for others in _pairings(rest[:n] + rest[n + 1 :]):
            yield [(first, other), *others]


__all__ = ["expectation"]
