"""Givens that cannot stand side by side: each is read literally, so that two of them may not speak past each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from derivations.kernel.reasons import Definition, Hypothesis
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.conditioning import DependenceGraph
from derivations.terms.distributions import Distributed
from derivations.terms.families import Entry, Family, Row
from derivations.terms.matrices import MatrixEntry
from derivations.terms.probability import Law
from derivations.terms.relations import IsInteger, Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component


def at_odds(given: Sequence[Any]) -> Iterator[str]:
    """A message for two graphs, two laws of one variable that differ, a law's index with a value, and for a member
    that does not exist."""
    for one, other in combinations(dict.fromkeys(given), 2):
        if isinstance(one, DependenceGraph) and isinstance(other, DependenceGraph):
            yield f"two graphs of dependence are given, `{one}` and `{other}`: write one, with all of their edges"
        elif isinstance(one, Law) and isinstance(other, Law):
            yield from _two_laws(one, other)
        elif isinstance(one, Distributed) or isinstance(other, Distributed):
            yield from _law_beside(one, other)
    for said in given:
        if isinstance(said, (Law, Distributed)):
            yield from _index_in_use(said, given)
        yield from _no_member(said)


def _two_laws(one: Law, other: Law) -> Iterator[str]:
    """The moments that both tell are to be the same, as written."""
    indices: dict[Term, Term] = dict(zip(other.indices, one.indices, strict=False))
    for family in one.families:
        if family not in other.families:
            continue
        for here, there in ((one.mean, other.mean), (one.variance, other.variance)):
            if here is None or there is None or here == there.substitute(indices):
                continue
            yield f"two laws of {family.name} are given that differ, `{one}` and `{other}`: leave one of them out"
            return


def _law_beside(one: Any, other: Any) -> Iterator[str]:
    """A law says all there is to say of one variable."""
    if not isinstance(one, (Law, Distributed)) or not isinstance(other, (Law, Distributed)):
        return
    shared = next((f for f in one.families if f in other.families), None)
    if shared is not None:
        yield f"two laws of {shared.name} are given, `{one}` and `{other}`: leave one of them out"


def _index_in_use(law: Law | Distributed, given: Sequence[Any]) -> Iterator[str]:
    """The i of `law(X[i], …)` stands for every index; what gives it a value was written with another one in mind."""
    for index in law.indices:
        culprit = next((g for g in given if g is not law and index in _fixed(g)), None)
        if culprit is not None:
            said = getattr(culprit, "relation", culprit)
            yield (
                f"`{index}` stands for every index in `{law}`, but for one value in `{said}`: "
                "give one of the two another name"
            )


def _no_member(given: Any) -> Iterator[str]:
    """What is given of F_3 where F has two members is no statement."""
    term = getattr(given, "relation", given)
    for part in term.walk() if isinstance(term, Term) else ():
        if isinstance(part, (Entry, Row, Component, MatrixEntry)):
            wrong = next((d for d in part.demands() if _is_false(d)), None)
            if wrong is not None:
                yield f"`{part}`, of which `{term}` speaks, does not exist: `{wrong}` is false"
                return


def _is_false(demand: Term) -> bool:
    """A statement about written-out numbers that does not hold."""
    if isinstance(demand, IsInteger):
        return is_literal(demand.term) and literal(demand.term).denominator != 1
    if not isinstance(demand, Relation) or not is_literal(demand.lhs) or not is_literal(demand.rhs):
        return False
    gap = literal(demand.lhs) - literal(demand.rhs)
    return gap < 0 if demand.sign == ">=" else gap > 0


def _fixed(given: Any) -> frozenset[Symbol]:
    """The symbols that a given speaks of at one value."""
    if isinstance(given, Hypothesis):
        return given.relation.free - frozenset(given.for_all)
    if isinstance(given, Definition):
        return (given.lhs.free | given.rhs.free) - frozenset(given.parameters)
    if isinstance(given, Law):
        own = {s for family in given.families for s in _sizes(family)}
        return frozenset(own).union(*(m.free for m in (given.mean, given.variance) if m is not None)) - frozenset(
            given.indices
        )
    if isinstance(given, Distributed):
        return given.free - frozenset(given.indices)
    return given.free if isinstance(given, Term) else frozenset()


def _sizes(family: Family) -> frozenset[Symbol]:
    return frozenset().union(*(size.free for size in family.sizes))


__all__ = ["at_odds"]
