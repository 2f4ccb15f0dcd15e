"""Where the two sides of a link are defined: the conditions of each line, and how each was discharged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    found: dict[tuple[Term, Facts], Condition] = {}
    for side in ("lhs", "rhs"):
        written, rewritten = getattr(attempt.link, side), getattr(attempt, side)
        for term, origin in ((written, "as written"), (rewritten, "after rewriting")):
            for statement, here in demands(term, facts, keep=True):
                key = (statement, here)  # what holds in one sum need not hold in another
                if key in found and found[key].discharged_by is not None:
                    continue
                by = discharge(statement, here)
                if by is None and origin == "as written":
                    by = _by_rewriting(
                        statement, written, rewritten, [r for r in attempt.trace if r.side == side], here
                    )
                if by is None and attempt.link.variable is not None and not statement.free & here.blocked:
                    by = _near_the_point(statement, attempt.link, facts)
                found[key] = Condition(statement, origin, by)
            if rewritten is written:
                break
        for statement, by in _below_limits(attempt, side, facts):
            found[statement, facts] = Condition(statement, "as written", by)
    return tuple(dict.fromkeys(c for c in found.values() if c.discharged_by is None or not _trivial(c)))


def _below_limits(attempt: Attempt, side: str, facts: Facts) -> Iterator[tuple[Term, tuple[str, ...] | None]]:
    """That a limit exists says that its body is defined near the point; not the body before it was rewritten."""
    written, rewritten = getattr(attempt.link, side), getattr(attempt, side)
    trace = [r for r in attempt.trace if r.side == side]
    for path, limit, here in _limits(written, facts, ()):
        if not any(r.path[: len(path)] == path and len(r.path) > len(path) for r in trace):
            continue
        near = here.enter(limit.scope())
        for statement, inside in demands(limit.body, near):
            if limit.variable not in statement.free:
                by = discharge(statement, inside)
            else:
                there = HoldsNear(statement, limit.variable, limit.point)
                by = discharge(there, here) if inside is near else None
            yield statement, _by_rewriting(statement, written, rewritten, trace, inside) if by is None else by


def _limits(term: Term, facts: Facts, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Limit, Facts]]:
    if Limit not in term.kinds:
        return
    if isinstance(term, Limit):
        yield path, term, facts
    scope = term.scope()
    for position, child in enumerate(term.children):
        here = facts.enter(scope) if scope is not None and position in term.inside else facts
        yield from _limits(child, here, (*path, position))


_EXISTS = {Differentiable: Derivative, Converges: Limit, ConvergesAlong: LimitAlong}
"""What says that a derivative, or a limit, exists."""


def _by_rewriting(
    statement: Term, written: Term, rewritten: Term, trace: Sequence[Rewrite], facts: Facts
) -> tuple[str, ...] | None:
    """A rule that removes a derivative (a limit) shows that it exists; one that drops what contains it does not.

    What was rewritten below a derivative is the same function: it is
    differentiable if the new form is.
    """
    kind = _EXISTS.get(type(statement))
    if kind is None:
        return None
    paths = list(_occurrences(kind(*statement.fields), written, ()))
    if paths and all(_removed(path, trace) for path in paths) and not any(_drops(kind, r) for r in trace):
        return ("established by the rewriting",)
    for path in paths:
        here = _at(rewritten, path)
        above = any(r.path == path[: len(r.path)] for r in trace)
        if here is None or above or type(here) is not kind or here.children[1:] != kind(*statement.fields).children[1:]:
            return None
        by = discharge(type(statement)(*here.fields), facts)
        if by is None:
            return None
        return (*by, *dict.fromkeys(r.reason for r in trace))
    return None


def _at(term: Term, path: tuple[int, ...]) -> Term | None:
    for position in path:
        if position >= len(term.children):
            return None
        term = term.children[position]
    return term


def _drops(kind: type[Term], rewrite: Rewrite) -> bool:
    """Something of the kind that stood inside is gone: nothing shows that it existed."""
    inside = {t for child in rewrite.before.children for t in child.walk_set if isinstance(t, kind)}
    return bool(inside - rewrite.after.walk_set)


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
