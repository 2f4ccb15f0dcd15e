"""Expectations over the law of a variable, as integrals and sums; which of them exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.decide.moments import fixed_member
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.reasons import Candidate
from derivations.records import record
from derivations.terms.arithmetic import Infinity, Pow, number
from derivations.terms.conditioning import Conditional
from derivations.terms.definite_integrals import DefiniteIntegral, IntegrableOn
from derivations.terms.distributions import Bernoulli, Distributed, Distribution
from derivations.terms.families import Entry
from derivations.terms.probability import Covariance, Expectation, Integrable, Variance
from derivations.terms.substitution import fresh
from derivations.terms.sums import INTEGER, Sum, Summable
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts

Grounds = tuple[str, ...]


@record(frozen=True)
class OverALaw:
    """E[body], for a body in which this variable alone is random."""

    body: Term
    variable: Entry
    law: Distribution


def law_given(member: Entry, facts: Facts) -> Distribution | None:
    """The law that was given for a member, if its letters are those outside every binder."""
    for given in facts.laws:
        if not isinstance(given, Distributed) or given.families != (member.family,):
            continue
        law = given.law.substitute(dict(zip(given.indices, member.indices, strict=True)))
        known = discharge(Distributed(member, law), facts) is not None and fixed_member(member, facts)
        if known and isinstance(law, Distribution) and not any(facts.random_parts(p) for p in law.fields):
            return law
    return None


def over_a_law(body: Term, facts: Facts) -> OverALaw | None:
    """The body as a function of one random variable with a law; None for anything else."""
    random = facts.random_parts(body)
    if len(random) != 1 or body.shape != ():
        return None
    (variable,) = random
    if not isinstance(variable, Entry) or variable not in body.walk_set:
        return None
    averages = (Expectation, Variance, Covariance, Conditional)
    if any(isinstance(part, averages) and variable in part.walk_set for part in body.walk_set):
        return None  # E[X − E X]: the inner X is another one
    law = law_given(variable, facts)
    return None if law is None else OverALaw(body, variable, law)


def written_out(of: OverALaw) -> tuple[Term, tuple[Term, ...]] | None:
    """E[g(X)] as ∫ g(x) f(x) dx, or Σ g(k) p(k), with what must be known for it to exist."""
    law, taken = of.law, of.body.free | of.law.free
    name = of.variable.family.name.lower() if not law.discrete else "k"
    symbol = Symbol(name, INTEGER if law.discrete else REAL)
    symbol = fresh(symbol, taken) if symbol in taken else symbol
    low, high = law.support
    try:
        if isinstance(law, Bernoulli):
            total: Term | None = None
            for value, chance in law.chances():
                part = of.body.substitute({of.variable: value}) * chance
                total = part if total is None else total + part
            assert total is not None
            return total, ()
        inside = of.body.substitute({of.variable: symbol}) * law.density(symbol)
    except TermError:
        return None
    if law.discrete:
        exists = (Summable(inside, symbol, low),) if isinstance(high, Infinity) else ()
        return Sum(inside, symbol, low, high), exists
    made = DefiniteIntegral(inside, symbol, low, high)
    return made, (IntegrableOn(*made.fields),)


def averages(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[g(X)] = ∫ g(x) f(x) dx."""
    of = over_a_law(term.body, facts) if isinstance(term, Expectation) else None
    found = None if of is None else written_out(of)
    if of is not None and found is not None:
        yield Candidate(found[0], (Distributed(of.variable, of.law), *found[1]))


def integrable_over_the_law(proposition: Integrable, facts: Facts) -> Grounds | None:
    """∫ |g(x)|ⁿ f(x) dx < ∞."""
    inside = facts.enter(proposition.scope())
    of = over_a_law(proposition.body, inside)
    if of is None:
        return None
    body = of.body if proposition.order == 1 else Pow(of.body, number(proposition.order))
    found = written_out(OverALaw(body, of.variable, of.law))
    if found is None:
        return None
    grounds: list[str] = []
    given = Distributed(of.variable, of.law)
    for condition, here in ((given, inside), *((c, inside) for c in found[1]), *demands(found[0], inside)):
        by = discharge(condition, here)
        if by is None:
            return None
        grounds += by
    return tuple(dict.fromkeys(grounds))


__all__ = ["OverALaw", "averages", "integrable_over_the_law", "law_given", "over_a_law", "written_out"]
