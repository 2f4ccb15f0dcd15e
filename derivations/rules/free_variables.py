"""Reading a defined quantity as a free variable, for a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Candidate, FreeVariable, Hypothesis, Rule
from derivations.terms.calculus import Limit, LimitAlong
from derivations.terms.distributions import Distributed
from derivations.terms.families import Family, Row
from derivations.terms.probability import Independent, Law
from derivations.terms.relations import Relation, relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.context.facts import Facts
    from derivations.kernel.rewriting import Equation

_STATEMENT = (
    r"\lim_{T \to L} F = \lim_{T \to L} g(T) \text{ where } F = g(T) \text{ for } T = T(q), "
    r"\text{ and } g \text{ does not contain } q"
)


def as_free_variable(reason: FreeVariable, results: Sequence[Equation], facts: Facts) -> Rule:
    """lim_{T→L} F, where F was shown to equal g(T) with T defined by T = T(q), is the limit of g.

    From here on T is a free variable; what else stands in g stays fixed. The
    step is allowed only where F mentions T through its definition alone, a
    cited result shows F = g(T), and g contains nothing of some row on which T
    depends: then T moves freely while the rest of g stays. A limit *along* T
    and a limit over a variable T are different terms, so that the two readings
    of one letter cannot be mixed.
    """
    symbol = reason.symbol
    named = {d.rhs for d in facts.definitions if d.lhs == symbol}

    def rewrite(term: Term, here: Facts) -> Iterator[Candidate]:
        if not isinstance(term, LimitAlong) or term.symbol != symbol or term.quantity not in named:
            return
        for result in results:
            moving = symbol in result.rhs.free and moves_freely(
                symbol, term.quantity, result.rhs, here, result.requires
            )
            if moving and result.lhs == term.body:
                said = Relation(result.lhs, "=", result.rhs)
                yield Candidate(Limit(result.rhs, symbol, term.point), result.requires, ((said, result.name),))

    source = "the meaning of a limit along a quantity"
    return Rule(reason.name, _STATEMENT, source, rewrite=rewrite, roots=(LimitAlong,), operation="subs")


def moves_freely(symbol: Symbol, quantity: Term, image: Term, facts: Facts, requires: Sequence[Term] = ()) -> bool:
    """T = uᵀv is linear in a row u of which nothing occurs elsewhere: it takes every value while all else stays.

    Elsewhere is in v, in g (`image`), and in whatever is given or required of u, of v and of T.
    """
    if not isinstance(quantity, Dot):
        return False
    for side, other in ((quantity.left, quantity.right), (quantity.right, quantity.left)):
        if not isinstance(side, Row) or discharge(relation(side.shape[0], ">=", 1), facts) is None:
            continue
        own, others = side.family, _families(facts.made_of(other))
        if own in others or own in facts.made_of(image, beside=symbol):
            continue
        given: list[Term] = [g.relation for g in facts.given if isinstance(g, Hypothesis)]
        given += [said for s, said in facts.declarations_of(image) if s != symbol]
        if any(facts.made_of(t) & {symbol, own, *others} for t in (*given, *requires)):
            continue
        if any(_may_hold_still(law, facts) for law in facts.laws if {own, *others} & set(law.families)):
            continue
        if others:
            return True
    return False


def _families(names: frozenset[Any]) -> set[Family]:
    return {base for base in names if isinstance(base, Family)}


def _may_hold_still(law: Law | Independent | Distributed, facts: Facts) -> bool:
    """With variance 0 a random row is what it is."""
    if not isinstance(law, Law):
        return False
    return law.variance is None or discharge(relation(law.variance, ">", 0), facts) is None
