"""Moments of polynomials in independent random variables, with indices of symbolic range.

A polynomial is a list of monomials: a coefficient, the ranges of its bound
indices, and the random members it multiplies. Products of sums get freshly
renamed indices; members whose indices may coincide give a δ.
"""

from __future__ import annotations

from itertools import product as pairs
from typing import TYPE_CHECKING

from derivations.decide.unfold import dot_as_sum, entry_of, softmax_entry
from derivations.records import record
from derivations.terms.arithmetic import Add, Div, Infinity, Mul, Neg, Pow, Sub, is_literal, literal, number
from derivations.terms.distributions import Distributed
from derivations.terms.families import Entry, Family
from derivations.terms.matrices import MatrixEntry, Softmax
from derivations.terms.probability import Independent, Law
from derivations.terms.substitution import fresh
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Range = tuple[Symbol, Term, Term]
ONE = number(1)
_MOST = 400  # monomials: beyond that a moment is left alone


@record(frozen=True)
class Monomial:
    """Σ over the ranges of coefficient · Π members."""

    coefficient: Term
    ranges: tuple[Range, ...] = ()
    members: tuple[Entry, ...] = ()


class NotPolynomial(Exception):
    """The term is no polynomial in random members (or too large a one)."""


def polynomial(term: Term, facts: Facts, *, unfold: bool = True) -> list[Monomial]:
    """The term as a polynomial in random members; NotPolynomial if it is none.

    `unfold=False` leaves definitions, dot products and entries of matrices
    folded: a rule that the author cites must not do what another rule is for.
    """
    if facts.deterministic(term):
        return [Monomial(term)]
    match term:
        case Entry():
            if not fixed_member(term, facts):
                raise NotPolynomial
            return [Monomial(ONE, (), (term,))]
        case Add(a, b):
            return polynomial(a, facts, unfold=unfold) + polynomial(b, facts, unfold=unfold)
        case Sub(a, b):
            return polynomial(a, facts, unfold=unfold) + _scaled(number(-1), polynomial(b, facts, unfold=unfold))
        case Neg(a):
            return _scaled(number(-1), polynomial(a, facts, unfold=unfold))
        case Mul(a, b):
            return product(polynomial(a, facts, unfold=unfold), polynomial(b, facts, unfold=unfold))
        case Div(a, b) if facts.deterministic(b):
            return _scaled(1 / b, polynomial(a, facts, unfold=unfold))
        case Pow(a, n) if is_literal(n) and literal(n).denominator == 1 and 0 < literal(n) <= 8:
            base = polynomial(a, facts, unfold=unfold)
            result = base
            for _ in range(int(literal(n)) - 1):
                result = product(result, base)
            return result
        case Sum():
            return _summed(term, facts, unfold)
    unfolded = _unfold(term, facts) if unfold else None
    if unfolded is None:
        raise NotPolynomial
    return polynomial(unfolded, facts)


def _unfold(term: Term, facts: Facts) -> Term | None:
    match term:
        case Dot():
            return dot_as_sum(term)
        case MatrixEntry(matrix, row, column):
            if isinstance(matrix, Softmax):
                return softmax_entry(matrix, row, column)
            unfolded = entry_of(matrix, row, column)
            return None if unfolded == term else unfolded
        case Component():
            from derivations.decide.unfold import component_of

            unfolded = component_of(term.vector, term.index)
            return None if unfolded == term else unfolded
        case Symbol():
            return next((d.rhs for d in facts.definitions if d.lhs == term and term not in facts.blocked), None)
    return None


def _summed(term: Sum, facts: Facts, unfold: bool) -> list[Monomial]:
    if isinstance(term.high, Infinity) or not facts.deterministic(term.low) or not facts.deterministic(term.high):
        raise NotPolynomial
    span = (term.variable, term.low, term.high)
    inner = polynomial(term.body, facts.enter(term.scope()), unfold=unfold)
    return [Monomial(m.coefficient, (span, *m.ranges), m.members) for m in inner]


def times(a: Term, b: Term) -> Term:
    """a b, without writing a factor 1."""
    return b if a == ONE else a if b == ONE else a * b


def _scaled(factor: Term, monomials: list[Monomial]) -> list[Monomial]:
    return [Monomial(times(factor, m.coefficient), m.ranges, m.members) for m in monomials]


def product(left: list[Monomial], right: list[Monomial]) -> list[Monomial]:
    if len(left) * len(right) > _MOST:
        raise NotPolynomial
    return [_product(a, b) for a, b in pairs(left, right)]


def _product(a: Monomial, b: Monomial) -> Monomial:
    """(Σ_t f)(Σ_t g) = Σ_t Σ_t' f g, with an index that is new to both."""
    used = _names(a)
    taken = used | _names(b)
    changes: dict[Term, Term] = {}
    ranges = []
    for symbol, low, high in b.ranges:
        new = fresh(symbol, taken) if symbol in used else symbol
        taken |= {new}
        ranges.append((new, low.substitute(changes), high.substitute(changes)) if changes else (new, low, high))
        if new is not symbol:
            changes[symbol] = new
    members, coefficient = b.members, b.coefficient
    if changes:
        members = tuple(m.substitute(changes) for m in members)  # type: ignore[misc]
        coefficient = coefficient.substitute(changes)
    return Monomial(times(a.coefficient, coefficient), (*a.ranges, *ranges), (*a.members, *members))  # type: ignore[arg-type]


def _names(m: Monomial) -> frozenset[Symbol]:
    names = m.coefficient.free | frozenset(s for s, _, _ in m.ranges)
    for part in (*m.members, *(b for _, low, high in m.ranges for b in (low, high))):
        names |= part.free
    return names


def fixed_member(member: Entry, facts: Facts) -> bool:
    """X_k with a random k is another variable in each outcome: the law of the members says little of it."""
    return all([facts.deterministic(index) for index in member.indices])


# -- laws ---------------------------------------------------------------------------------
def law_of(family: Family, facts: Facts) -> Law | None:
    """The law that was declared for a family, and of several (they all hold) the one that says most; None without."""
    found = [law for law in facts.laws if isinstance(law, Law) and family in law.families]
    if not found:
        return None
    found.sort(key=lambda law: (law.kind != "gaussian", law.mean is None or law.variance is None))
    moments = [m for m in (found[0].mean, found[0].variance) if m is not None and not is_literal(m)]
    return found[0] if all(facts.deterministic(m) for m in moments) else None


def mean_of(member: Entry, law: Law, facts: Facts) -> Term | None:
    return at(law.mean, member, law, facts) if fixed_member(member, facts) else None


def variance_of(member: Entry, law: Law, facts: Facts) -> Term | None:
    return at(law.variance, member, law, facts) if fixed_member(member, facts) else None


def at(moment: Term | None, member: Entry, law: Law, facts: Facts) -> Term | None:
    """The moment of a fixed member. The μ and σ of a law are those outside every binder: a bound name of theirs is
    another quantity."""
    if moment is None or is_literal(moment):
        return moment
    if facts.blocked and (facts.made_of(moment) - frozenset(law.indices)) & facts.blocked:
        return None
    if not law.indices:
        return moment
    return moment.substitute(dict(zip(law.indices, member.indices, strict=True)))


def mutually_independent(families: set[Family], facts: Facts) -> Law | Independent | None:
    """The hypothesis by which all members of the families are mutually independent, or None."""
    for law in facts.laws:
        if isinstance(law, Distributed):
            continue
        whole = isinstance(law, Independent) or law.independent
        if whole and families <= set(law.families):
            return law
    return None
