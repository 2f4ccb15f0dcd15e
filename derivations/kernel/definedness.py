"""Where the two sides of a link are defined: the conditions of each line, and how each was discharged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivations.context.facts import Facts
from derivations.kernel.attempt import Attempt
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.reasons import Hypothesis
from derivations.kernel.report import Condition, Rewrite
from derivations.terms.arithmetic import Infinity, is_literal
from derivations.terms.calculus import (
    Converges,
    ConvergesAlong,
    Derivative,
    Differentiable,
    HoldsNear,
    Limit,
    LimitAlong,
)  # fmt: skip
from derivations.terms.defined import IsDefined, defined
from derivations.terms.definite_integrals import IntegrableOn
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.jacobians import Jacobian
from derivations.terms.relations import IsInteger, Relation
from derivations.terms.substitution import fresh
from derivations.terms.sums import Summable
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Term, open_terms


def granted(link: Relation, facts: Facts) -> Facts:
    """The facts at a link, with what `defined` says of its two sides if it is given: what they ask for is known.

    What they ask for below Σ is known of every index in its range; below
    other binders it is told where it arises, and nowhere else. Where one of it
    is excluded by the rest there is nothing of which the line speaks: then
    none of it is taken. Nor is it where one of two statements excludes it, for it would
    hide the very solution that is in question: x = 1 is none of x/(x − 1) = 1/(x − 1).
    """
    if defined not in facts.given:
        return facts
    stated = [p for side in (link.lhs, link.rhs) for p in open_terms(side) if isinstance(p, Relation)]
    cases = [facts.assuming(said, str(said)) for said in stated]
    made = facts
    for side in (link.lhs, link.rhs):
        for statement, over in _asked(side, facts, ()):
            if any(_excluded(statement, over, known) for known in (made, *cases)):
                return facts.without(defined)
            if isinstance(statement, Relation):
                made = made.granting((Hypothesis(statement, over, defined.text),), frozenset())
            elif not over:
                made = made.granting((), frozenset((statement,)))
        made = made.granting((), frozenset([IsDefined(part) for part in open_terms(side)]))
    return made


def _asked(term: Term, facts: Facts, over: tuple[Symbol, ...]) -> Iterator[tuple[Term, tuple[Symbol, ...]]]:
    """The conditions of a term, each with the indices, between their bounds, for all of which it is asked."""
    yield from ((statement, over) for statement, here in demands(term, facts) if here is facts)
    for part in (term, *_children(term)):
        for variable, low, high in part.ranges:
            end = None if isinstance(high, Infinity) else high
            taken = part.free.union({variable}, *(part.children[n].free for n in part.inside))
            index = fresh(Symbol(variable.name, Domain("integer", low, end)), taken)
            for n in part.inside:
                yield from _asked(part.children[n].substitute({variable: index}), facts, (*over, index))
        if isinstance(part, Derivative):  # defined around the point, and so at it
            yield from _asked(part.body, facts, over)


def _children(term: Term) -> Iterator[Term]:
    """Every subterm that stands below no binder."""
    if term.scope() is None and not getattr(term, "opaque", False):
        for child in term.children:
            yield child
            yield from _children(child)


def _excluded(statement: Term, over: tuple[Symbol, ...], facts: Facts) -> bool:
    """It is known to be false, for some index; or nothing in it is unknown, and it is not known to be true.

    ∫_{-1}^{1} dx/x converges or it does not: that is no hypothesis.
    """
    if isinstance(statement, IsInteger):
        return is_literal(statement.term) and discharge(statement, facts) is None
    if not isinstance(statement, Relation):
        return not over and _is_settled(statement) and discharge(statement, facts.without(defined)) is None
    first: dict[Term, Term] = {index: index.domain.lower for index in over if index.domain.lower is not None}
    there = statement.substitute(first) if first else statement
    return any(isinstance(s, Relation) and discharge(s.negation, facts) is not None for s in (statement, there))


def _is_settled(statement: Term) -> bool:
    """It speaks of numbers alone: of no name, unknown function or random variable."""
    exists = isinstance(statement, (IntegrableOn, Summable, Converges))
    return exists and not statement.free and not any(isinstance(t, (Apply, Entry)) for t in statement.walk_set)


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
                if by is None and origin == "as written" and defined in facts.given:
                    by = _as_defined(statement, here)
                found[key] = Condition(statement, origin, by)
            if rewritten is written:
                break
        for statement, by in _below_limits(attempt, side, facts):
            found[statement, facts] = Condition(statement, "as written", by)
    return tuple(dict.fromkeys(c for c in found.values() if c.discharged_by is None or not _trivial(c)))


def _as_defined(statement: Term, facts: Facts) -> tuple[str, ...] | None:
    """By `defined`, unless it is false."""
    return None if _excluded(statement, (), facts) else (defined.text,)


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
            by = _by_rewriting(statement, written, rewritten, trace, inside) if by is None else by
            yield statement, _as_defined(statement, inside) if by is None and defined in facts.given else by


def _limits(term: Term, facts: Facts, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Limit, Facts]]:
    if Limit not in term.kinds:
        return
    if isinstance(term, Limit):
        yield path, term, facts
    scope = term.scope()
    for position, child in enumerate(term.children):
        here = facts.enter(scope) if scope is not None and position in term.inside else facts
        yield from _limits(child, here, (*path, position))


_EXISTS: dict[type, tuple[type[Term], ...]] = {
    Differentiable: (Derivative, Jacobian),
    Converges: (Limit,),
    ConvergesAlong: (LimitAlong,),
}
"""What says that a derivative, or a limit, exists."""


def _by_rewriting(
    statement: Term, written: Term, rewritten: Term, trace: Sequence[Rewrite], facts: Facts
) -> tuple[str, ...] | None:
    """A rule that removes a derivative (a limit) shows that it exists; one that drops what contains it does not.

    What was rewritten below a derivative is the same function: it is
    differentiable if the new form is.
    """
    kinds = _EXISTS.get(type(statement), ())
    for kind in kinds:
        found = _by_rewriting_of(kind, statement, written, rewritten, trace, facts)
        if found is not None:
            return found
    return None


def _by_rewriting_of(
    kind: type[Term], statement: Term, written: Term, rewritten: Term, trace: Sequence[Rewrite], facts: Facts
) -> tuple[str, ...] | None:
    paths = list(_occurrences(kind(*statement.fields), written, ()))
    dropped = any(_drops(_EXISTS[type(statement)], r) for r in trace)
    if paths and all(_removed(path, trace) for path in paths) and not dropped:
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


def _drops(kind: tuple[type[Term], ...], rewrite: Rewrite) -> bool:
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
