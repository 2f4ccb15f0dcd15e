"""Reading a defined quantity as a free variable, for a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from derivations.kernel.reasons import Candidate, FreeVariable, Rule
from derivations.terms.calculus import Limit, LimitAlong
from derivations.terms.families import Entry, Row
from derivations.terms.relations import Relation
from derivations.terms.term import Term
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts
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
            moving = symbol in result.rhs.free and moves_freely(term.quantity, result.rhs)
            if moving and result.lhs == term.body:
                said = Relation(result.lhs, "=", result.rhs)
                yield Candidate(Limit(result.rhs, symbol, term.point), result.requires, ((said, result.name),))

    source = "the meaning of a limit along a quantity"
    return Rule(reason.name, _STATEMENT, source, rewrite=rewrite, roots=(LimitAlong,), operation="subs")


def moves_freely(quantity: Term, image: Term) -> bool:
    """T = uᵀv is linear in a row u of which nothing occurs in g: it takes every value while g's other letters stay."""
    if not isinstance(quantity, Dot):
        return False
    taken = {t.family for t in image.walk_set if isinstance(t, (Entry, Row))}
    return any(isinstance(side, Row) and side.family not in taken for side in (quantity.left, quantity.right))
