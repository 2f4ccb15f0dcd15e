"""A chain of links: connected, its relations composed by one table, held against its statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any

from derivations.kernel.reasons import Definition, FreeVariable, Step
from derivations.terms.calculus import Limit
from derivations.terms.relations import SIGNS, Relation
from derivations.terms.statements import is_statement
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.derivation import Derivation

_TABLE = {
    ("=", "="): "=",
    ("<", "<"): "<", ("<", "<="): "<", ("<=", "<"): "<", ("<=", "<="): "<=",
    (">", ">"): ">", (">", ">="): ">", (">=", ">"): ">", (">=", ">="): ">=",
    ("~", "~"): "~", ("~", "->"): "->",
    ("<=>", "<=>"): "<=>", ("<=>", "=>"): "=>", ("=>", "<=>"): "=>", ("=>", "=>"): "=>",
}  # fmt: skip


_LOGICAL = ("<=>", "=>")


def compose(first: str, second: str) -> str | None:
    """What `a first b second c` says of a and c: `=` is neutral, `→ L` may only be followed by `=`."""
    if first == "=":
        return second if second not in _LOGICAL else None
    if second == "=":
        return first if first not in _LOGICAL else None
    return _TABLE.get((first, second))


def composed(start: Term, links: Sequence[Relation]) -> Iterator[str]:
    """What is wrong with a chain as a whole: relations that do not compose."""
    sign, approach = "=" if not is_statement(start) else "<=>", None
    for number, link in enumerate(links, 1):
        new = compose(sign, link.sign)
        if new is None:
            yield f"step {number}: `{SIGNS[sign][1]}` and then `{SIGNS[link.sign][1]}` do not compose"
            return
        if link.variable is not None:
            if approach is not None and approach != (link.variable, link.point):
                before = f"{approach[0]} → {approach[1]}"
                yield f"step {number}: the approach {link.variable} → {link.point} differs from {before}"
                return
            approach = (link.variable, link.point)
        sign = new


def statement_of(derivation: Derivation) -> Relation | None:
    """What the chain as a whole says: its start, the composed relation, its end."""
    sign: str | None = "=" if not is_statement(derivation.start) else "<=>"
    variable = point = None
    for step in derivation.steps:
        assert sign is not None
        sign = compose(sign, step.link.sign)
        if sign is None:
            return None
        if step.link.variable is not None:
            variable, point = step.link.variable, step.link.point
    assert sign is not None
    return Relation(derivation.start, sign, derivation.end, variable, point)


def given_at(step: Step, derivation: Derivation) -> tuple[Any, ...]:
    """The givens at a step: a symbol that was freed before has lost its definition."""
    freed = {
        reason.symbol
        for earlier in derivation.steps[: derivation.steps.index(step)]
        for reason in earlier.reasons
        if isinstance(reason, FreeVariable)
    }
    return given_of(step.link, derivation, freed)


def given_of(link: Relation, derivation: Derivation, freed: Set[Term] = frozenset()) -> tuple[Any, ...]:
    """The givens of a relation: what is freed, or bound by a limit alone, has no definition there."""
    free = freed | {part.variable for part in link.walk_set if isinstance(part, Limit)} - link.free
    return tuple(g for g in derivation.given if not (isinstance(g, Definition) and g.lhs in free))


_WEAKER = {("<", "<="), (">", ">="), ("=", "<="), ("=", ">="), ("<=>", "=>")}


def matches(derivation: Derivation, stated: Relation) -> str | None:
    """Why the chain does not prove its statement, or None if it does."""
    proved = statement_of(derivation)
    if proved is None:
        return "the relations of the chain do not compose"
    if not alpha_equal(proved.lhs, stated.lhs):
        return f"the chain starts at `{proved.lhs}`, but the statement at `{stated.lhs}`"
    if not alpha_equal(proved.rhs, stated.rhs):
        return f"the chain ends at `{proved.rhs}`, but the statement at `{stated.rhs}`"
    if proved.sign != stated.sign and (proved.sign, stated.sign) not in _WEAKER:
        return f"the chain proves a `{SIGNS[proved.sign][1]}` but the statement is a `{SIGNS[stated.sign][1]}`"
    if (proved.variable, proved.point) != (stated.variable, stated.point):
        return "the chain and the statement approach different points"
    return None
