"""Filling in the values of random variables, outside of what is averaged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from derivations.terms.conditioning import ProcessVariable
from derivations.terms.probability import Covariance, Expectation, Variance, random_members
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts


class _Captured(Exception):
    """A value would be bound or moved where it arrives."""


def observed(term: Term, values: Mapping[Term, Term], facts: Facts) -> Term | None:
    """The term where the variables take these values; None where a value would be captured.

    E[X | Y = y] inside the term is a function of y alone, so only y is filled in there.
    """
    try:
        return _observed(term, values, facts)
    except _Captured:
        return None


def _observed(term: Term, values: Mapping[Term, Term], facts: Facts) -> Term:
    if term in values:
        return values[term]
    if isinstance(term, (Expectation, Variance, Covariance)) or not any(x in term.walk_set for x in values):
        return term
    scope = term.scope()
    if scope is None:
        return term.rebuild(lambda child: _observed(child, values, facts))
    for value in values.values():
        if value.free & frozenset(scope.bound) or any(facts.depends(value, moved) for moved in scope.near):
            raise _Captured
    keep = term.inside if getattr(term, "conditions", False) else ()
    positions = iter(range(len(term.children)))
    return term.rebuild(lambda child: child if next(positions) in keep else _observed(child, values, facts))


def sure_once_observed(term: Term, facts: Facts) -> bool:
    """All that is random in the term are the members that are written in it."""
    names: dict[Term, Term] = {}
    for n, member in enumerate(sorted(random_members(term), key=str)):
        domain = member.sequence.space.domain if isinstance(member, ProcessVariable) else REAL
        names[member] = Symbol(f"observed{n}", domain, -99)
    filled = observed(term, names, facts)
    return filled is not None and filled.shape == term.shape and facts.deterministic(filled)
