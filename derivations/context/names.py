"""What a term speaks of at first sight: the names that are written in it, and those in their sorts.

A name is what a declaration declares: a symbol (number, vector or matrix), a family,
a function, a sequence of random variables; with indices where only some of its
components are meant. A sort speaks of names too: c ≥ b of b, θ ∈ ℝ^d of d, a member
q_{i,t} of the sizes of q, a reward of the parameters of its process. These count as
written wherever the name is, and the bounds of bounds with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from derivations.records import once
from derivations.terms.arithmetic import Number
from derivations.terms.calculus import Limit, LimitAlong
from derivations.terms.conditioning import ProcessVariable
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply, Function
from derivations.terms.matrices import MatrixSymbol
from derivations.terms.probability import Covariance, Expectation, Variance, averaged_out
from derivations.terms.sequences import Sequence as RandomSequence
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, VectorSymbol

Name = tuple[Any, tuple[Term, ...]]
"""What is declared (a symbol, a family, a function, a sequence), and the indices of the components that are meant."""

Names = frozenset[Name]


def own(term: Term) -> Iterator[Name]:
    """The names that the root of a term is, or has as a part that is no term."""
    match term:
        case Symbol():
            yield term, ()
        case Component(Symbol() as vector, index):
            yield vector, (index,)
        case Entry(family, indices) | Row(family, indices):
            yield family, indices
        case Apply(function):
            yield function, ()
        case ProcessVariable(sequence, time):
            yield sequence, (time,)
        case _:
            if isinstance(getattr(term, "family", None), Family):
                yield term.family, ()  # type: ignore[attr-defined]
            for family in getattr(term, "families", ()):
                yield family, ()


def sort_of(thing: Any) -> tuple[Term, ...]:
    """The terms in the sort of what is declared: bounds, lengths, sizes, parameters."""
    match thing:
        case Symbol():
            parts: list[Any] = [thing.domain.lower, thing.domain.upper]
            if isinstance(thing, VectorSymbol):
                parts.append(thing.length)
            elif isinstance(thing, MatrixSymbol):
                parts += (thing.rows, thing.columns)
            return tuple([part for part in parts if isinstance(part, Term)])
        case Family():
            return thing.sizes
        case Function():
            return thing.size
        case RandomSequence():
            return thing.parameters
    return ()


def _free(term: Term, speak: Callable[[Term], Names], children: Sequence[Term]) -> Iterator[Names]:
    """What each child speaks of, without the names that belong to the binder at the root alone.

    A limit's stays: it moves, and what else moves with it is asked of what is given.
    """
    scope = term.scope()
    if scope is None or not scope.bound or isinstance(term, (Limit, LimitAlong)):
        yield from (speak(child) for child in children)
        return
    bound = frozenset([(name, ()) for name in scope.bound])
    below = {term.children[position] for position in term.inside} | set(scope.bound)
    outside = {child for position, child in enumerate(term.children) if position not in term.inside} - set(scope.bound)
    for child in children:
        yield speak(child) - bound if child in below and child not in outside else speak(child)


@once
def mentioned(term: Term) -> Names:
    """The names that are free in a term, without their sorts."""
    return frozenset(own(term)).union(*_free(term, mentioned, term.children))


@once
def names(term: Term) -> Names:
    """The names written in a term and in the sorts of these, all the way down."""
    written = frozenset(own(term))
    sorts = [names(part) for base, _ in written for part in sort_of(base)]
    return written.union(*sorts, *_free(term, names, term.children))


@once
def unbound(term: Term) -> Names:
    """The names written in a term, without their sorts, and but for the letters that it binds: these say nothing."""
    found = frozenset(own(term))
    scope = term.scope()
    letters = frozenset([v for v in scope.bound if isinstance(v, Symbol)]) if scope is not None else frozenset()
    for position, child in enumerate(term.children):
        if child not in letters:
            inside = unbound(child)
            found |= inside.difference((v, ()) for v in letters) if position in term.inside else inside
    return found


@once
def spoken(term: Term) -> Names:
    """`names`, but for the letters that the term binds; what their sorts speak of is left."""
    return unbound(term).union(*[names(part) for base, _ in mentioned(term) for part in sort_of(base)])


def outside_of_averages(term: Term) -> tuple[Term, ...]:
    """The children, but for what an expectation or a density averages over: E[X] is a number."""
    return () if isinstance(term, (Expectation, Variance, Covariance)) else averaged_out(term)


@once
def mentioned_outside(term: Term) -> Names:
    """The names written in a term, but for what is averaged out."""
    return frozenset(own(term)).union(*_free(term, mentioned_outside, outside_of_averages(term)))


@once
def names_outside(term: Term) -> Names:
    """`names`, but for what is averaged out."""
    written = frozenset(own(term))
    sorts = [
        names_outside(part) for base, _ in written for part in sort_of(base) if not isinstance(base, RandomSequence)
    ]
    return written.union(*sorts, *_free(term, names_outside, outside_of_averages(term)))


def meet(a: Name, b: Name) -> bool:
    """What is said of one may be said of the other: they have a component in common, as far as is known."""
    return a[0] == b[0] and not _surely_distinct(a[1], b[1])


def _surely_distinct(a: tuple[Term, ...], b: tuple[Term, ...]) -> bool:
    pairs = zip(a, b, strict=False)
    return any([isinstance(x, Number) and isinstance(y, Number) and x.number != y.number for x, y in pairs])


def is_random(name: Name) -> bool:
    """A random family, or the variables of a process."""
    base = name[0]
    return isinstance(base, RandomSequence) or isinstance(base, Family) and base.random


__all__ = [
    "Name", "Names", "is_random", "meet", "mentioned", "mentioned_outside", "names", "names_outside",
    "outside_of_averages", "own", "sort_of", "spoken", "unbound",
]  # fmt: skip
