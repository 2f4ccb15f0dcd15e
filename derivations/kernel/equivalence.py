"""Solving: one statement follows from another, and the other way round.

A statement is a disjunction of systems. A system implies a statement if it
gives one of its systems, relation by relation; or, where all are equations, if
each product of one equation from each of its systems is in the ideal of the
system (or a power of it is, for f² = 0 says f = 0).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from flint import fmpq_mpoly

from derivations.algebra.elementary import logarithm
from derivations.algebra.ideals import combination
from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ratio, Ring
from derivations.context.facts import Fact, Facts
from derivations.kernel.attempt import Closing
from derivations.kernel.conditions import discharge
from derivations.kernel.rewriting import Equation
from derivations.kernel.together import ALGEBRA
from derivations.terms.relations import Relation
from derivations.terms.statements import Conjunction, Disjunction, is_statement
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import Term

System = tuple[Relation, ...]
_ASSUMED = "assumed"
_MOST = 16  # systems, and products of equations
_POWERS = 3


def follows(link: Relation, facts: Facts) -> Closing | None:
    """A ⟹ B, or A ⟺ B both ways."""
    ways = [(link.lhs, link.rhs), (link.rhs, link.lhs)][: 2 if link.sign == "<=>" else 1]
    grounds: set[str] = set()
    for stated, wanted in ways:
        by = implies(stated, wanted, facts)
        if by is None:
            return None
        grounds |= by
    return Closing(ALGEBRA, tuple(sorted(grounds)))


def implies(stated: Term, wanted: Term, facts: Facts) -> set[str] | None:
    """On what it rests that the one gives the other; None where that is not known."""
    given, goals = systems(stated), systems(wanted)
    if given is None or goals is None:
        return None
    grounds: set[str] = set()
    for system in given:
        known = facts.with_relations(tuple([Fact(one, _ASSUMED) for one in system]))
        by = _one_of(goals, known) or _by_ideal(system, goals, known)
        if by is None:
            return None
        grounds |= by
    return grounds - {_ASSUMED}


def systems(statement: Term) -> list[System] | None:
    """The statement as a disjunction of systems; None for what is none, or too long."""
    match statement:
        case Relation() if statement.sign not in ("~", "->", "<=>", "=>") and statement.lhs.shape == ():
            return [(statement,)]
        case Disjunction(parts):
            found = [systems(part) for part in parts]
            made = None if None in found else [one for several in found for one in several or ()]
        case Conjunction(parts):
            found = [systems(part) for part in parts]
            every = None if None in found else islice(product(*[f or () for f in found]), _MOST + 1)
            made = None if every is None else [tuple([r for one in chosen for r in one]) for chosen in every]
        case _:
            return None
    return None if made is None or len(made) > _MOST else made


def _one_of(goals: Sequence[System], known: Facts) -> set[str] | None:
    """All relations of one system are known."""
    for goal in goals:
        found = [discharge(one, known) for one in goal]
        if all(by is not None for by in found):
            return {name for by in found for name in by or ()} | {_ASSUMED}
    return None


def _by_ideal(system: System, goals: Sequence[System], known: Facts) -> set[str] | None:
    equations = [one for one in system if one.sign == "="]
    if not equations or any(one.sign != "=" for goal in goals for one in goal):
        return None

    def question(s: Ring) -> set[str] | None:
        given = [p for one in equations for p in _vanishing(s, s.lowest(s(one.lhs) - s(one.rhs)))]
        choices = list(islice(product(*goals), _MOST + 1))
        if len(choices) > _MOST:
            return None
        for chosen in choices:
            wanted = [s.lowest(s(one.lhs) - s(one.rhs)).num for one in chosen]
            targets = [wanted, [_logarithmic(s, poly) or poly for poly in wanted]]
            if not any(_in_radical(s, _multiplied(s, parts), given) for parts in targets):
                return None
        return set(s.used) | {_ASSUMED}

    return in_ring(known, question)


def _multiplied(s: Ring, parts: Sequence[fmpq_mpoly]) -> fmpq_mpoly:
    total = s.one
    for part in parts:
        total = total * part
    return total


def _in_radical(s: Ring, target: fmpq_mpoly, given: Sequence[fmpq_mpoly]) -> bool:
    """The target, or a power of it, is a combination of what is given."""
    if not target:
        return True
    return any(
        combination(s, target**n, given, lambda p: s.nonzero(Ratio(p, s.one))) is not None
        for n in range(1, _POWERS + 1)
        if len(target) < 12 or n == 1
    )


def _vanishing(s: Ring, low: Ratio) -> Iterator[fmpq_mpoly]:
    """What vanishes with the equation: itself; log a − log b for a = b > 0; each part of a sum of parts ≥ 0."""
    yield low.num
    logs = _logarithmic(s, low.num)
    if logs is not None:
        yield logs
    parts = [s.monomial(e).num * c for e, c in low.num.terms()]
    if 1 < len(parts) < 6:
        for sign in (1, -1):
            if all(s.nonnegative(Ratio(sign * part, s.one)) for part in parts):
                yield from parts


def _logarithmic(s: Ring, poly: fmpq_mpoly) -> fmpq_mpoly | None:
    """log a − log b, where the polynomial is a − b for single terms a, b > 0."""
    terms = list(poly.terms())
    if len(terms) != 2 or (terms[0][1] > 0) == (terms[1][1] > 0):
        return None
    first, second = (s.monomial(e) * s.constant(1) * Ratio(s.one * abs(c), s.one) for e, c in terms)
    if not (s.positive(first) and s.positive(second)):
        return None
    low = s.lowest(logarithm(s, first / second))
    return low.num if low.num != poly else None


# -- A, and A ⟺ B: B ---------------------------------------------------------------------------
def by_equivalence(link: Relation, equations: Sequence[Equation], facts: Facts) -> Closing | None:
    """The link is one side of a proved equivalence of which the other side is known."""
    for equation in equations:
        for here, there in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
            if not is_statement(here) or not _is(link, here):
                continue
            by = _known(there, [e for e in equations if e is not equation], facts)
            required = [discharge(r, facts) for r in equation.requires]
            if by is not None and all(r is not None for r in required):
                grounds = {*by, *(name for r in required for name in r or ())}
                return Closing(equation.name, tuple(sorted(grounds - {equation.name})))
    return None


def _is(link: Relation, statement: Term) -> bool:
    return isinstance(statement, Relation) and any(alpha_equal(link, one) for one in (statement, statement.turned))


def _known(statement: Term, equations: Sequence[Equation], facts: Facts) -> set[str] | None:
    found = systems(statement)
    for system in found or ():
        grounds: set[str] = set()
        for one in system:
            cited = next((e for e in equations if _is(Relation(e.lhs, "=", e.rhs), one)), None)
            by = (cited.name,) if cited is not None and not cited.requires else discharge(one, facts)
            if by is None:
                break
            grounds |= set(by)
        else:
            return grounds
    return None


__all__ = ["by_equivalence", "follows", "implies", "systems"]
