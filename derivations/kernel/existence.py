"""Symbols between bounds that are no numbers: that there is such a number is an assumption, unless it is known.

From `1 ≤ t` and `t ≤ y`, as t was declared, `1 ≤ y` follows for those y alone
for which there is a t; a statement that does not speak of t must not rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from derivations.budget import BudgetExhausted
from derivations.context.facts import Prover, facts_of
from derivations.kernel.chain import statement_of
from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Definition, Hypothesis
from derivations.terms.arithmetic import is_literal
from derivations.terms.probability import Law
from derivations.terms.relations import IsInteger, Relation, relation
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.derivation import Derivation

_STEPS = 2000  # for each symbol


def unfounded(derivation: Derivation, provers: Mapping[type, Prover]) -> Iterator[str]:
    """A message for each symbol that the chain uses, its statement does not mention, and that may not exist."""
    stated = statement_of(derivation) if derivation.statement is None else derivation.statement
    mentioned: frozenset[Symbol] = stated.free if stated is not None else frozenset()
    doubtful = _between(derivation)
    given = tuple(g for g in derivation.given if _free(g).isdisjoint(doubtful))
    for symbol in doubtful:
        low, high = symbol.domain.lower, symbol.domain.upper
        if _known([relation(low, ">", high)], given, provers):
            yield f"no number lies between {low} and {high}, where `{symbol}` is declared to lie"
        elif symbol not in mentioned and not _exists(symbol, given, provers):
            yield (
                f"`{symbol}` is declared to lie between {low} and {high}, but the statement does not mention it: "
                f"give what says that there is such {'an integer' if symbol.domain.kind == 'integer' else 'a number'}, "
                f"`{_nonempty(symbol)}`"
            )


def _between(derivation: Derivation) -> list[Symbol]:
    """The symbols of lines, givens and cited statements that have two bounds, not both written in digits."""
    found = {s for line in derivation.lines for s in line.free}
    for reason in derivation.reasons:
        found |= _free(reason)
    pending = list(found)
    while pending:  # and those that the bounds speak of
        domain = pending.pop().domain
        for bound in (domain.lower, domain.upper):
            more = (frozenset() if bound is None else bound.free) - found
            found |= more
            pending += more
    return sorted((s for s in found if _is_between(s.domain)), key=str)


def _is_between(domain: Domain) -> bool:
    ends = [end for end in (domain.lower, domain.upper) if end is not None]
    return len(ends) == 2 and not all(map(is_literal, ends))


def _free(reason: Any) -> frozenset[Symbol]:
    """The symbols that a given, or the statement of a result, speaks of at one value."""
    if isinstance(reason, Hypothesis):
        return reason.relation.free - frozenset(reason.for_all)
    if isinstance(reason, Definition):
        return (reason.lhs.free | reason.rhs.free) - frozenset(reason.parameters)
    if isinstance(reason, Law):
        return reason.free - frozenset(reason.indices)
    said = getattr(reason, "statement", reason)
    return said.free if isinstance(said, Term) else frozenset()


def _nonempty(symbol: Symbol) -> Relation:
    domain = symbol.domain
    strict = domain.open[0] or domain.open[1] or domain.nonzero
    return relation(domain.lower, "<" if strict else "<=", domain.upper)


def _exists(symbol: Symbol, given: Sequence[Any], provers: Mapping[type, Prover]) -> bool:
    if not _known([_nonempty(symbol)], given, provers):
        return False
    ends = [bound for bound in (symbol.domain.lower, symbol.domain.upper) if bound is not None]
    return symbol.domain.kind != "integer" or any(_known([IsInteger(end)], given, provers) for end in ends)


def _known(statements: Sequence[Term], given: Sequence[Any], provers: Mapping[type, Prover]) -> bool:
    with suppress(BudgetExhausted, RecursionError, TermError):
        facts = facts_of(tuple(given), provers).for_link(_STEPS)
        return all(discharge(statement, facts) is not None for statement in statements)
    return False


__all__ = ["unfounded"]
