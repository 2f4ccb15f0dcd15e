"""Where the two sides of a link are defined: the conditions of each line, and how each was discharged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from derivations.kernel.attempt import Attempt
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.facts import Facts
from derivations.kernel.report import Condition, Rewrite
from derivations.terms.calculus import (
    Converges,
    ConvergesAlong,
    Derivative,
    Differentiable,
    HoldsNear,
    Limit,
    LimitAlong,
)  # fmt: skip
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term


def conditions_of(attempt: Attempt, facts: Facts) -> tuple[Condition, ...]:
    """Where both lines are defined: as written, and after rewriting."""
    found: dict[tuple[Term, frozenset[Any]], Condition] = {}
    for side in ("lhs", "rhs"):
        written, rewritten = getattr(attempt.link, side), getattr(attempt, side)
        for term, origin in ((written, "as written"), (rewritten, "after rewriting")):
            for statement, here in demands(term, facts):
                key = (statement, frozenset(here.blocked))
                if key in found and found[key].discharged_by is not None:
                    continue
                by = discharge(statement, here)
                if by is None and _settled(statement, written, [r for r in attempt.trace if r.side == side]):
                    by = ("established by the rewriting",)
                if by is None and attempt.link.variable is not None:
                    by = _near_the_point(statement, attempt.link, here)
                found[key] = Condition(statement, origin, by)
            if rewritten is written:
                break
    return tuple(c for c in found.values() if c.discharged_by is None or not _trivial(c))


def _settled(statement: Term, written: Term, trace: Sequence[Rewrite]) -> bool:
    """A rule that removes a derivative (a limit) shows that it exists; one that drops what contains it does not."""
    kind = {Differentiable: Derivative, Converges: Limit, ConvergesAlong: LimitAlong}.get(type(statement))
    if kind is None:
        return False
    paths = list(_occurrences(kind(*statement.fields), written, ()))
    return bool(paths) and all(_removed(path, trace) for path in paths)


def _occurrences(node: Term, term: Term, path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if term == node:
        yield path
    for position, child in enumerate(term.children):
        yield from _occurrences(node, child, (*path, position))


def _removed(path: tuple[int, ...], trace: Sequence[Rewrite]) -> bool:
    """The first rewriting that is not below the path is at the path."""
    return next((r.path == path for r in trace if r.path == path[: len(r.path)]), False)


def _near_the_point(statement: Term, link: Relation, facts: Facts) -> tuple[str, ...] | None:
    """f → L and f ~ g ask that both sides are defined near the point; elsewhere they need not be."""
    if not isinstance(link.variable, Symbol) or link.point is None:
        return None
    return discharge(HoldsNear(statement, link.variable, link.point), facts)


def _trivial(condition: Condition) -> bool:
    return condition.discharged_by == () and not condition.statement.free
