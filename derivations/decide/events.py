"""Probabilities of X ≤ a, X = k, … by the law of X, as integrals and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.decide.laws import law_given
from derivations.kernel.reasons import Candidate
from derivations.records import record
from derivations.terms.arithmetic import Infinity, MinusInfinity, number
from derivations.terms.definite_integrals import DefiniteIntegral
from derivations.terms.distributions import Distributed, Distribution
from derivations.terms.events import Probability
from derivations.terms.families import Entry
from derivations.terms.relations import IsInteger, Relation, relation
from derivations.terms.substitution import fresh
from derivations.terms.sums import INTEGER, Sum
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts


@record(frozen=True)
class Comparison:
    """X sign bound, with a bound that is not random."""

    variable: Entry
    sign: str
    bound: Term


def comparison(event: Term, facts: Facts) -> Comparison | None:
    """The event as a comparison of one random variable with a number; None for anything else."""
    if not isinstance(event, Relation):
        return None
    for said in (event, event.turned):
        random = isinstance(said.lhs, Entry) and not facts.deterministic(said.lhs)
        if random and facts.deterministic(said.rhs) and isinstance(said.lhs, Entry):
            return Comparison(said.lhs, said.sign, said.rhs)
    return None


def by_law(term: Probability, facts: Facts) -> Candidate | None:
    """Pr(X ≤ a) = ∫_{−∞}^a f, Pr(X = k) = p(k), and so on; None where X has no law."""
    said = comparison(term.event, facts)
    law = None if said is None else law_given(said.variable, facts)
    if said is None or law is None:
        return None
    found = _masses(said, law) if law.discrete else _area(said, law)
    return Candidate(found.result, (Distributed(said.variable, law), *found.conditions))


def _inside(bound: Term, law: Distribution) -> tuple[Term, ...]:
    low, high = law.support
    above = () if isinstance(low, MinusInfinity) else (relation(bound, ">=", low),)
    below = () if isinstance(high, Infinity) else (relation(bound, "<=", high),)
    return (*above, *below)


def _area(said: Comparison, law: Distribution) -> Candidate:
    if said.sign in ("=", "!="):  # a point has no length
        return Candidate(number(0 if said.sign == "=" else 1))
    low, high = law.support
    taken = said.bound.free | law.free
    x = Symbol(said.variable.family.name.lower(), REAL)
    x = fresh(x, taken) if x in taken else x
    ends = (low, said.bound) if said.sign in ("<", "<=") else (said.bound, high)
    return Candidate(DefiniteIntegral(law.density(x), x, *ends), _inside(said.bound, law))


def _masses(said: Comparison, law: Distribution) -> Candidate:
    low, high = law.support
    bound, conditions = said.bound, (IsInteger(said.bound), *_inside(said.bound, law))
    if said.sign in ("=", "!="):
        mass = law.density(bound)
        return Candidate(mass if said.sign == "=" else 1 - mass, conditions)
    k = Symbol("k", INTEGER)
    k = fresh(k, bound.free | law.free) if k in bound.free | law.free else k
    ends = {"<=": (low, bound), "<": (low, bound - 1), ">": (bound + 1, high), ">=": (bound, high)}[said.sign]
    return Candidate(Sum(law.density(k), k, *ends), conditions)


__all__ = ["Comparison", "by_law", "comparison"]
