"""Inequalities as rules: their instances at what a line speaks of are facts for that link.

By `e^u ≥ 1 + u`, a line that speaks of e^{−x} may use `e^{−x} ≥ 1 − x`; the
kernel closes the link by the sign of the difference, as with a hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from derivations.context.facts import Fact, Facts
from derivations.kernel.attempt import Closing
from derivations.kernel.conditions import discharge
from derivations.kernel.link import closing
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Condition
from derivations.records import record
from derivations.terms.probability import Expectation
from derivations.terms.relations import Relation
from derivations.terms.sums import Sum
from derivations.terms.term import Scope, Term, open_terms

MOST = 40
"""Instances that are tried at one link."""


@record(frozen=True)
class Instance:
    """What the theorem says here, if the conditions hold.

    below: those that must hold below a binder, with its scope
    """

    relation: Relation
    conditions: tuple[Term, ...] = ()
    below: tuple[tuple[Term, Scope], ...] = ()


Instances = Callable[[tuple[Term, ...]], Iterator[Instance]]
"""What a theorem says of the terms that a line speaks of."""


def inequality(
    name: str, statement: str, source: str, conditions: str, instances: Instances, *, termwise: bool = False
) -> Rule:
    """A rule that closes `≤`, `<`, `≥` and `>` by its instances; `termwise`: also because each term is `≤` another."""
    closes = partial(_close, name, instances, termwise)
    return Rule(name, statement, source, conditions, closes=closes, operation="bound")


def _close(name: str, instances: Instances, termwise: bool, link: Relation, facts: Facts) -> Closing | None:
    if link.sign not in ("<", "<=", ">", ">=") or link.variable is not None:
        return None
    best: Closing | None = None
    for there, here in _places(link, facts):
        plain = closing(there, here) if termwise and there is not link else None
        if plain is not None:
            return replace(plain, rule=name)
        found = _at(name, instances, there, here)
        if found is not None and all(c.discharged_by is not None for c in found.conditions):
            return found
        best = best or found
    return best


def _places(link: Relation, facts: Facts) -> Iterator[tuple[Relation, Facts]]:
    """The link itself, and f ≤ g for Σ f ≤ Σ g and E f ≤ E g."""
    yield link, facts
    left, right = link.lhs, link.rhs
    if link.sign not in ("<=", ">="):
        return
    if isinstance(left, Expectation) and isinstance(right, Expectation):
        yield from _places(Relation(left.body, link.sign, right.body), facts.enter(left.scope()))
    if isinstance(left, Sum) and isinstance(right, Sum) and (left.low, left.high) == (right.low, right.high):
        index, other = left.variable, right.variable
        if index.domain == other.domain and (index == other or index not in right.body.free):
            body = right.body.substitute({other: index})
            yield from _places(Relation(left.body, link.sign, body), facts.enter(left.scope()))


def _at(name: str, instances: Instances, link: Relation, facts: Facts) -> Closing | None:
    """One instance closes the link, or all those whose conditions are known do so together."""
    spoken_of = tuple(dict.fromkeys(t for side in (link.lhs, link.rhs) for t in open_terms(side)))
    known: list[tuple[Instance, tuple[Condition, ...]]] = []
    unknown: list[tuple[Instance, tuple[Condition, ...]]] = []
    for number, instance in enumerate(dict.fromkeys(instances(spoken_of))):
        if number == MOST:
            break
        needed = [(c, facts) for c in instance.conditions]
        needed += [(c, facts.enter(scope)) for c, scope in instance.below]
        conditions = tuple([Condition(c, name, discharge(c, here)) for c, here in needed])
        (unknown if any(c.discharged_by is None for c in conditions) else known).append((instance, conditions))
    tries = [[one] for one in known] + ([known] if len(known) > 1 else []) + [[one] for one in unknown]
    for chosen in tries:
        told = tuple([Fact(instance.relation, name) for instance, _ in chosen])
        found = closing(link, facts.with_relations(told))
        if found is not None and name in found.grounds:
            grounds = tuple([g for g in found.grounds if g != name])
            conditions = tuple(dict.fromkeys(c for _, those in chosen for c in those))
            return replace(found, rule=name, grounds=grounds, conditions=conditions)
    return None


def pairs(terms: Iterable[Term]) -> Iterator[tuple[Term, Term]]:
    """Every two different ones, in both orders."""
    found = list(terms)
    yield from ((one, other) for one in found for other in found if one != other)
