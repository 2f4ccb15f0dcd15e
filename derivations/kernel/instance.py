"""A statement for all values of its parameters, at some values.

A result that was proved elsewhere is a closed statement, ∀ Γ_R. L rel R: to cite
it is to give every name of Γ_R a value of its sort, and to discharge what Γ_R
says for these values. The same goes for a definition with parameters, and for a
hypothesis that is given for all values of some symbols. There is no other way
to use any of them:

- a name that is given a value lies in its sort there: kind, bounds, size;
- a name that keeps its own value stays in its sort, if that speaks of one that
  does not, or of something that is bound or moved where it is used;
- what stands below E, ∂ or lim in the statement, and does not vary there, stands
  for something that does not vary there either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from derivations.context.names import names, own, sort_of
from derivations.kernel.matching import match
from derivations.kernel.reasons import Candidate
from derivations.records import lazy, record
from derivations.terms.calculus import FreeOf, Limit, LimitAlong
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.relations import Among, IsInteger, Relation, relation
from derivations.terms.sequences import Sequence, tidied
from derivations.terms.substitution import alpha_equal
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Values = Mapping[Term, Term]
"""What the parameters stand for; any other name stands for itself."""


@record(frozen=True, eq=False)
class Equation:
    """A reason in the form the rewriter uses: `lhs = rhs` for all values of the parameters.

    requires: propositions that must hold once the parameters have values
    for_all:  symbols that may be bound or moved where it is applied
    tidy:     numbers in the indices of what comes of it are added up: c_{(t + 1) − 1} is c_t
    there:    of a result, the context in which it was proved; None for what is given here
    """

    name: str
    lhs: Term
    rhs: Term
    parameters: tuple[Symbol, ...] = ()
    requires: tuple[Term, ...] = ()
    for_all: tuple[Symbol, ...] | None = None
    tidy: bool = False
    there: Facts | None = None

    @lazy
    def parts(self) -> tuple[Term, ...]:
        """All that it says."""
        return (self.lhs, self.rhs, *self.requires)

    @lazy
    def spoken(self) -> frozenset[Any]:
        """The names in it, and of a result those that its own context ties to them."""
        there = self.there
        return (
            spoken(self.parts) if there is None else frozenset([b for t in self.parts for b, _ in there.speaks_of(t)])
        )

    @lazy
    def varying(self) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        """What stands below E, Var, ∂/∂x or lim in it: names, and components of such."""
        return tuple([(node, tuple(_below(node, self))) for part in self.parts for node in _binders(part)])


def instances(equation: Equation, term: Term, facts: Facts) -> Iterator[Candidate]:
    """The equation read from left to right at a term, with all that must be known there."""
    found = match(equation.lhs, term, equation.parameters)
    if found is None or not _may_be_used(equation, facts):
        return
    try:
        if not alpha_equal(equation.lhs.substitute(found), term) or strays(equation, found, facts) is not None:
            return  # a parameter would be captured, or would vary where it did not
        result = equation.rhs.substitute(found)
        result = _tidied(result) if equation.tidy else result
        requires = tuple(r.substitute(found) for r in equation.requires)
    except TermError:  # an instance that cannot be written is no instance
        return
    conditions = inside(equation.spoken, found, facts, of_result=equation.there is not None)
    yield Candidate(result, (*conditions, *requires))


def _tidied(term: Term) -> Term:
    made = term.rebuild(_tidied)
    match made:
        case Entry(family, indices):
            return Entry(family, tuple([tidied(index) for index in indices]))
        case Apply(function, args):
            return Apply(function, tuple([tidied(arg) if arg.shape == () else arg for arg in args]))
    return made


def _may_be_used(equation: Equation, facts: Facts) -> bool:
    """A hypothesis about fixed values says nothing of a variable that is bound or moved here;
    a definition or a result holds identically, but its names must not be captured."""
    if not facts.blocked and not facts.random:
        return True
    parameters = set(equation.parameters)
    outside = facts.blocked - facts.near
    if any((required.free - parameters) & outside for required in equation.requires):
        return False  # what it asks of n is not asked of a bound n
    if equation.for_all is not None:
        return facts.usable(Relation(equation.lhs, "=", equation.rhs), equation.for_all)
    if (equation.lhs.free - parameters) & facts.blocked:
        return False
    return not (equation.rhs.free - parameters) & outside


# -- values lie in their sorts -----------------------------------------------------------
def spoken(terms: Iterable[Term]) -> frozenset[Any]:
    """What is declared, of all that the terms and the sorts in them mention."""
    return frozenset([base for term in terms for base, _ in names(term)])


def inside(spoken: frozenset[Any], found: Values, facts: Facts, *, of_result: bool = False) -> Iterator[Term]:
    """What must hold for the values to be of the sorts that were declared, bounds of bounds and sizes included.

    of_result: what was declared of the other names was used, too, and must still hold
    """
    if not found and not of_result:
        return
    changed = {key for key, value in found.items() if key != value}
    for base in sorted([b for b in spoken.union(found) if b in found or sort_of(b)], key=str):
        if isinstance(base, Symbol):
            moves = of_result or base in found
            yield from _in_domain(found.get(base, base), base, found, facts, moves=moves)
        yield from _of_size(base, found, changed)


def _in_domain(value: Term, name: Symbol, found: Values, facts: Facts, *, moves: bool) -> Iterator[Term]:
    """Below ∂/∂w a w ≥ 0 moves to both sides, and need not stay in its own domain;
    and a bound that moves is not the one with which it was declared."""
    domain = name.domain
    values = {**found, name: value}
    ends = [end for end in (domain.lower, domain.upper) if end is not None]
    around = sorted(facts.blocked, key=str) if moves else ()
    moving = [(end, v) for end in ends for v in around if facts.depends(end, v)]
    replaced = any(values.get(s, s) != s for end in ends for s in end.free)
    if value == name and (name not in facts.near or not moves) and not moving and not replaced:
        return
    yield from (FreeOf(end, v) for end, v in moving if v not in found)
    if domain.kind == "finite":
        yield Among(value, domain.values)
        return
    if domain.kind == "integer":
        yield IsInteger(value)
    if domain.kind in ("integer", "real"):
        for fact in domain.facts(name):
            yield fact.substitute(values)


def _of_size(base: Any, found: Values, changed: set[Term]) -> Iterator[Term]:
    """A family of n numbers is one of n + 1 only if these are equal; a process keeps its parameters."""
    if not changed or isinstance(base, Symbol) and not base.shape:
        return
    ends = (base.domain.lower, base.domain.upper) if isinstance(base, Symbol) else ()
    for part in sort_of(base):
        moved = sorted((key for key in changed if key in {n for n, _ in names(part)}), key=str)
        if part in ends or not moved:
            continue
        if isinstance(base, Sequence):
            yield from (FreeOf(part, key) for key in moved)
        else:
            yield relation(part.substitute(found), "=", part)


# -- nothing varies that did not ----------------------------------------------------------
def strays(equation: Equation, found: Values, facts: Facts) -> Term | None:
    """A part of the statement that varies here below E, Var, ∂/∂x or lim, and did not where it was stated.

    `∂/∂x (x c) = c` holds for every number c; not for c = x², nor for a c that
    was defined to be x².
    """
    there = equation.there
    if there is None and not found:
        return None
    for node, parts in equation.varying:
        for part in parts:
            value = found.get(part, part)
            if (there is not None or part in found) and _varies(node, part, value, found, facts, there):
                return part
    return None


def _binders(term: Term) -> Iterator[Term]:
    for node in term.walk_set:
        scope = node.scope()
        if scope is not None and (scope.random or scope.near or isinstance(node, (Limit, LimitAlong))):
            yield node


def _below(node: Term, equation: Equation) -> Iterator[Term]:
    """The parts that are names, or components of such."""
    written = frozenset[Term]().union(*[node.children[position].walk_set for position in node.inside])
    for part in sorted(written, key=str):
        if part in equation.parameters or any(True for _ in own(part)):
            yield part


def _varies(
    node: Term, part: Term, value: Term, found: Values, facts: Facts, there: Facts | None
) -> bool:  # fmt: skip
    scope = node.scope()
    assert scope is not None
    if getattr(node, "opaque", False) and value != part:
        return True
    if scope.random and not facts.deterministic(value) and (there is None or there.deterministic(part)):
        return True
    for v in (*scope.near, *scope.bound):
        moved = v if v in scope.bound else v.substitute(found)
        if part == v or value == moved:
            continue
        if facts.depends(value, moved) and (there is None or not there.depends(part, v)):
            return True
    return False


__all__ = ["Equation", "Values", "inside", "instances", "spoken", "strays"]
