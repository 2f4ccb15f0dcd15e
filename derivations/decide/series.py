"""Which series converge absolutely, by the ratio of one term to the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ratio, Ring
from derivations.decide.growth import Growth, Unknown
from derivations.kernel.conditions import demands, discharge
from derivations.rules.limits import only_the_variable_moves
from derivations.terms.arithmetic import Add, Pow, number
from derivations.terms.combinatorics import Factorial
from derivations.terms.relations import relation
from derivations.terms.sums import Summable
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Scope, Term, TermError

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts

Grounds = tuple[str, ...]


def by_the_ratio(proposition: Summable, facts: Facts) -> Grounds | None:
    """f(k + 1) = r(k) f(k) with r(k) → L, |L| < 1. Source: Rudin, Principles of Mathematical Analysis, theorem 3.34."""
    body, k = proposition.body, proposition.variable
    if body.shape != ():
        return None
    below = facts.enter(proposition.scope())
    grounds: list[str] = []
    for condition, here in demands(body, below):
        by = discharge(condition, here)
        if by is None:
            return None
        grounds += by
    try:
        only_the_variable_moves(body, k, facts)
        later = _stepped(body, k)
    except (Unknown, TermError):
        return None

    def ratio(s: Ring) -> tuple[Term, tuple[str, ...]] | None:
        try:
            r = s.lowest(s(later) / s(body))
        except ZeroDivisionError:
            return None
        return s.term(r), tuple(sorted(s.used))

    found = in_ring(below, ratio)
    if found is None:
        return None
    x = Symbol("u", REAL, -3000)
    try:
        quotient = found[0].substitute({k: x})
    except TermError:
        return None
    inner = facts.enter(Scope(bound=(k,))).enter(Scope(bound=(x,), gains=(relation(x, ">", 0),)))

    def limit(s: Ring) -> tuple[str, ...] | None:
        try:
            end: Ratio = Growth(s, x).limit(s(quotient))
        except Unknown:
            return None
        small = s.positive(s.unit - end) and s.positive(s.unit + end)
        return tuple(sorted(s.used)) if small else None

    last = in_ring(inner, limit)
    return None if last is None else tuple(dict.fromkeys((*grounds, *found[1], *last)))


def _stepped(term: Term, k: Symbol) -> Term:
    """f(k + 1), with b^{k + 1 + c} as b b^{k + c} and (k + 1 + c)! as (k + 1 + c)(k + c)!."""
    if k not in term.free:
        return term
    match term:
        case Pow(base, exponent) if k not in base.free and _is_shift(exponent, k):
            return term * base
        case Factorial(inside) if _is_shift(inside, k):
            return Add(inside, number(1)) * term
    if term == k:
        return Add(k, number(1))
    if term.scope() is not None:
        raise TermError("no ratio")
    return term.rebuild(lambda child: _stepped(child, k))


def _is_shift(term: Term, k: Symbol) -> bool:
    """k + c, for a c without k."""
    parts: list[Any] = [term]
    count = 0
    while parts:
        part = parts.pop()
        if part == k:
            count += 1
        elif k in part.free:
            if type(part).__name__ not in ("Add", "Sub") or type(part).__name__ == "Sub" and k in part.right.free:
                return False
            parts += [part.left, part.right]
    return count == 1


__all__ = ["by_the_ratio"]
