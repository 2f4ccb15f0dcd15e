"""When random terms are independent, integrable, or have a known mean: from the declared laws alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from derivations.decide.bounded import integrable_by_parts
from derivations.decide.isserlis import expectation
from derivations.decide.laws import integrable_over_the_law, law_given
from derivations.decide.moments import NotPolynomial, law_of, mutually_independent, polynomial
from derivations.decide.observing import sure_once_observed
from derivations.kernel.conditions import discharge
from derivations.terms.arithmetic import Add, Exp, Number, Pow, Sub, e, number
from derivations.terms.conditioning import ConditionallyIndependent
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply
from derivations.terms.probability import (
    AreIndependent,
    Deterministic,
    IndependentTerms,
    Integrable,
    MeanIs,
    random_members,
)
from derivations.terms.substitution import fresh
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Grounds = tuple[str, ...]


def _graph(proposition: AreIndependent, facts: Facts) -> Grounds | None:
    """d-separated, with nothing given, in a declared graph."""
    both = proposition.left, proposition.right
    if not all(sure_once_observed(side, facts) for side in both):
        return None
    left, right = (tuple(sorted(random_members(side), key=str)) for side in both)
    return discharge(ConditionallyIndependent(left, right, ()), facts)


def deterministic(proposition: Deterministic, facts: Facts) -> Grounds | None:
    return () if facts.deterministic(proposition.term) else None


def are_independent(proposition: AreIndependent, facts: Facts) -> Grounds | None:
    """No random member of one side can be a member of the other, and all are mutually independent."""
    both = proposition.left, proposition.right
    left, right = (facts.random_parts(side) for side in both)
    if facts.deterministic(proposition.left) or facts.deterministic(proposition.right):
        return ()
    if not left or not right:
        return None  # random only through a hypothesis: not known
    families = _families(left | right)
    by = None if families is None else mutually_independent(families, facts)
    if by is None:
        return _graph(proposition, facts)
    if _tied(proposition.left, facts) or _tied(proposition.right, facts):
        return None
    outside = (proposition.left.free | proposition.right.free) - _bound_in(both, facts)
    return (by.text,) if all(_distinct(a, b, outside, facts) for a in left for b in right) else None


def independent_terms(proposition: IndependentTerms, facts: Facts) -> Grounds | None:
    """f(t) and f(s) share no member for t ≠ s, and all members are mutually independent."""
    body, index = _apart_from_all(proposition, facts)
    parts = facts.random_parts(body)
    if not parts:
        return () if facts.deterministic(body) else None
    families = _families(parts)
    if families is None:
        return None
    by = mutually_independent(families, facts)
    if by is None:
        return None
    if _tied(body, facts):
        return None
    outside = body.free - _bound_in((body,), facts)
    return (by.text,) if all(_apart(a, b, index, outside) for a in parts for b in parts) else None


def _apart_from_all(proposition: IndependentTerms, facts: Facts) -> tuple[Term, Symbol]:
    """The terms with an index that nothing else is named like: under Σ_t, or by definition, t means another t."""
    written = (proposition.body, *(d.rhs for d in (*facts.definitions, *facts.hidden)))
    taken = {part for term in written for part in term.walk_set if isinstance(part, Symbol)}
    index = fresh(proposition.index, frozenset((*taken, proposition.index)))
    return proposition.body.substitute({proposition.index: index}), index


def _bound_in(terms: Iterable[Term], facts: Facts) -> frozenset[Term]:
    """The names that a binder inside may have given to a member, those in definitions included."""
    inside = (*terms, *(d.rhs for d in facts.definitions))
    scopes = [scope for term in inside for part in term.walk_set if (scope := part.scope()) is not None]
    return frozenset(name for scope in scopes for name in scope.bound)


def _tied(term: Term, facts: Facts) -> bool:
    """Something in it is random only through a hypothesis: of that nothing is known."""
    leaves = [t for t in term.walk_set if isinstance(t, (Symbol, Apply)) and t.shape is not None]
    return any(not facts.random_parts(t) and not facts.deterministic(t) for t in leaves)


def _families(parts: frozenset[Term]) -> set[Family] | None:
    """The families of members and rows; None if something random is neither."""
    if not all(isinstance(p, (Entry, Row)) for p in parts):
        return None
    return {p.family for p in parts if isinstance(p, (Entry, Row))}


def _distinct(a: Term, b: Term, outside: frozenset[Symbol], facts: Facts) -> bool:
    """Surely different members (or rows without a common member); an index bound inside may be anything."""
    assert isinstance(a, (Entry, Row)) and isinstance(b, (Entry, Row))
    if a.family != b.family:
        return True
    from derivations.kernel.conditions import discharge
    from derivations.terms.relations import Ne

    for i, j in zip(a.indices, b.indices, strict=False):
        if not i.free | j.free <= outside:
            continue
        if isinstance(i, Number) and isinstance(j, Number):
            if i.number != j.number:
                return True
        elif i != j and discharge(Ne(i, j), facts) is not None:
            return True
    return False


def _apart(a: Term, b: Term, index: Symbol, outside: frozenset[Symbol]) -> bool:
    """For t ≠ s, a(t) and b(s) are different members: some index is t + c in both, or two numbers differ."""
    assert isinstance(a, (Entry, Row)) and isinstance(b, (Entry, Row))
    if a.family != b.family:
        return True
    for i, j in zip(a.indices, b.indices, strict=False):
        if not i.free | j.free <= outside | {index}:
            continue
        if isinstance(i, Number) and isinstance(j, Number) and i.number != j.number:
            return True
        if i == j and _shifts(i, index):
            return True
    return False


def _shifts(i: Term, index: Symbol) -> bool:
    """i is index + c, which takes different values at different indices."""
    match i:
        case Symbol():
            return i == index
        case Add(a, b):
            return _shifts(a, index) and index not in b.free or _shifts(b, index) and index not in a.free
        case Sub(a, b):
            return _shifts(a, index) and index not in b.free or _shifts(b, index) and index not in a.free
    return False


def integrable(proposition: Integrable, facts: Facts) -> Grounds | None:
    """Polynomials in members whose laws have the moments that are needed."""
    if proposition.order == 1 and facts.deterministic(proposition.body):
        return ()
    by_its_law = integrable_over_the_law(proposition, facts)
    if by_its_law is not None:
        return by_its_law
    try:
        monomials = polynomial(proposition.body, facts)
    except NotPolynomial:
        by = _exponential_of_gaussians(proposition.body, facts)
        return integrable_by_parts(proposition, facts) if by is None else by
    grounds: list[str] = []
    for monomial in monomials:
        counts = Counter(m.family for m in monomial.members)
        degree = proposition.order * sum(counts.values())
        for family, n in counts.items():
            law = law_of(family, facts)
            if law is None:
                member = next(m for m in monomial.members if m.family == family)
                alone = mutually_independent(set(counts), facts) is not None or len(counts) == 1
                if counts[family] != sum(m == member for m in monomial.members) or law_given(member, facts) is None:
                    return None
                # E|X Y| = E|X| E|Y| for independent ones; for others Hölder asks for as much of each
                by = discharge(Integrable(Pow(member, number(proposition.order * n if alone else degree)), 1), facts)
                if by is None:
                    return None
                grounds += [name for name in by if name not in grounds]
                continue
            # finite variance gives moments up to 2; a product of independent families needs 2 of each,
            # a product of others (Cauchy–Schwarz) 2 in all
            together = mutually_independent(set(counts), facts) is not None
            needed = proposition.order * n if together else degree
            if law.kind != "gaussian" and needed > 2 or law.kind == "gaussian" and not together and degree > 2:
                return None
            if law.text not in grounds:
                grounds.append(law.text)
    return tuple(grounds)


def _exponential_of_gaussians(body: Term, facts: Facts) -> Grounds | None:
    """E e^u < ∞ for u linear in Gaussians, independent or not (Hölder)."""
    u = body.operand if isinstance(body, Exp) else body.exponent if isinstance(body, Pow) and body.base == e else None
    if u is None:
        return None
    try:
        monomials = polynomial(u, facts)
    except NotPolynomial:
        return None
    laws = [law_of(member.family, facts) for monomial in monomials for member in monomial.members]
    if any(len(m.members) > 1 for m in monomials) or any(law is None or law.kind != "gaussian" for law in laws):
        return None
    return tuple(dict.fromkeys(law.text for law in laws if law is not None))


def mean_is(proposition: MeanIs, facts: Facts) -> Grounds | None:
    """E[body], computed from the laws, is the stated mean."""
    from derivations.algebra.normal import decide

    try:
        value = expectation(polynomial(proposition.body, facts), facts)
    except NotPolynomial:
        return None
    if value is None:
        return None
    stated = proposition.mean
    families = _families(facts.random_parts(proposition.body)) or set()
    names = [law.text for law in facts.laws if set(law.families) & families]
    return tuple(names) if decide(facts, lambda s: s.is_zero(s(value) - s(stated))) else None


PROVERS = {
    Deterministic: deterministic,
    AreIndependent: are_independent,
    IndependentTerms: independent_terms,
    Integrable: integrable,
    MeanIs: mean_is,
}
