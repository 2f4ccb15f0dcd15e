"""What you read is what was proved: two different things of one derivation must not be written alike.

Names are one namespace: of quantities, members, components, entries and rows,
of functions and densities, in the lines, in what is given and in the statement,
as text and as LaTeX. Letters of other alphabets that look the same are the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from derivations.kernel.reasons import Definition, Hypothesis
from derivations.terms.arithmetic import Constant
from derivations.terms.conditioning import Density, ProcessVariable
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixSymbol
from derivations.terms.printing import TEXT
from derivations.terms.probability import Independent, Law
from derivations.terms.sums import Delta
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, VectorSymbol

if TYPE_CHECKING:
    from derivations.derivation import Derivation

Named = tuple[str, str, Any, str]
"""The kind of print, what is printed, what it stands for, and that in words ("" for a symbol)."""


def collisions(derivation: Derivation) -> Iterator[str]:
    """A message for each name that stands for two different things in a derivation."""
    seen: dict[tuple[str, str], tuple[str, Any, str]] = {}
    told: set[Any] = set()
    for kind, shown, thing, words in _named_in(derivation):
        key = kind, plain(shown)
        before, other, before_words = seen.setdefault(key, (shown, thing, words))
        if other == thing or key in told or kind != "text" and not told.isdisjoint(((other, thing), (thing, other))):
            continue
        told |= {key, (other, thing)}
        yield _message(before, before_words, shown, words)


def _message(before: str, before_words: str, shown: str, words: str) -> str:
    alike = f"`{shown}`" if before == shown else f"alike, `{before}` and `{shown}`"
    both = f", {before_words or 'a symbol'} and {words or 'a symbol'}" if before_words != words else ""
    return f"two different things are written {alike}{both}: give one of them another name"


_LOOKALIKES = str.maketrans("АВСЕНІЈКМОРЅТХУаеіјорсѕухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ", "ABCEHIJKMOPSTXYaeijopcsyxABEZHIKMNOPTYXoc")
"""Cyrillic and Greek letters that are printed as Latin ones are."""


def plain(shown: str) -> str:
    """How it looks: letters of other alphabets as those that they are taken for."""
    return unicodedata.normalize("NFKC", shown).translate(_LOOKALIKES)


# -- what is named -------------------------------------------------------------------------
def _named_in(derivation: Derivation) -> Iterator[Named]:
    for line in derivation.lines:
        yield from _named(line, ())
    if derivation.statement is not None:
        yield from _named(derivation.statement, ())
    for given in derivation.given:
        match given:
            case Hypothesis(relation, for_all):
                yield from _named(relation, for_all)
            case Definition(lhs, rhs, parameters):
                yield from _named(lhs, parameters)
                yield from _named(rhs, parameters)
            case Law(families, _, mean, variance, indices):
                yield from (named for family in families for named in _family(family))
                for moment in (mean, variance):
                    yield from _named(moment, indices) if moment is not None else ()
            case Independent(families):
                yield from (named for family in families for named in _family(family))
            case Term():
                yield from _named(given, ())


def _named(term: Term, own: Collection[Symbol]) -> Iterator[Named]:
    """What is free in a term, or has a name below it; `own` symbols are bound by what is given."""
    for symbol in sorted(term.free.difference(own), key=str):
        yield from _symbol(symbol)
    for part in dict.fromkeys(term.walk()):
        scope = part.scope()
        for bound in scope.bound if scope is not None else ():
            alike = any(plain(TEXT(other)) == plain(TEXT(bound)) for other in _below(part) if other != bound)
            if alike or bound in _sizes_below(part):
                yield "text", TEXT(bound), (bound, part), ""  # nothing else equals this: a collision
                yield "text", TEXT(bound), bound, ""
        yield from _part(part)


def _symbol(symbol: Symbol) -> Iterator[Named]:
    yield "text", TEXT(symbol), symbol, ""
    yield "LaTeX", symbol.latex, symbol, ""  # x1 and x_1
    yield "head", TEXT(symbol), symbol, ""
    for bound in (symbol.domain.lower, symbol.domain.upper, *(symbol.shape or ())):
        for other in sorted(bound.free, key=str) if bound is not None else ():
            yield from _symbol(other) if other != symbol else ()


def _part(part: Term) -> Iterator[Named]:
    match part:
        case Constant():
            yield from _written(part, part, "a constant")
            yield "head", TEXT(part), part, "a constant"
        case Entry(family, _):
            yield from _family(family)
            yield from _written(part, ("member", family), f"a member of {family.name}")
        case Row(family, _):
            yield from _family(family)
            yield from _written(part, ("row", family), f"a row of {family.name}")
        case Component(vector, _) if isinstance(vector, (Symbol, Apply)):
            yield from _written(part, ("component", vector), f"a component of {TEXT(vector)}")
        case MatrixEntry(matrix, _, _):
            yield from _written(part, ("entry", matrix), f"an entry of {TEXT(matrix)}")
        case Matrix(_, family):
            yield from _family(family)
            yield from _written(part, part, "a matrix")
        case ProcessVariable():
            yield from _written(part, (type(part), part.sequence), "a variable of the process")
        case Delta():
            yield from _written(part, Delta, "Kronecker's δ")
        case Apply(function, _):
            yield "head", TEXT.name(function.name), function, "a function"
        case Density(letter):
            yield "head", TEXT.name(letter), ("density", letter), "a density"
        case _ if getattr(part, "word", ""):
            yield "head", part.word, type(part), "a function"  # type: ignore[attr-defined]


def _written(part: Term, thing: Any, words: str) -> Iterator[Named]:
    yield "text", TEXT(part), thing, words
    yield "LaTeX", part.latex, thing, words


def _family(family: Family) -> Iterator[Named]:
    yield "family", TEXT.name(family.name), family, "a family"
    for size in family.sizes:
        for symbol in sorted(size.free, key=str):
            yield from _symbol(symbol)


def _sizes_below(binder: Term) -> frozenset[Symbol]:
    """The symbols in sizes and declared bounds of what stands below: those outside, also where the name is bound."""
    found: frozenset[Symbol] = frozenset()
    for part in binder.walk_set:
        family = getattr(part, "family", None)
        ends = [part.domain.lower, part.domain.upper] if isinstance(part, Symbol) else []
        lengths = part.shape if isinstance(part, (VectorSymbol, MatrixSymbol, Apply)) and part.shape else ()
        sizes = (*getattr(family, "sizes", ()), *lengths, *(end for end in ends if end is not None))
        found = found.union(*(size.free for size in sizes))
    return found


def _below(binder: Term) -> frozenset[Symbol]:
    """The symbols that are free inside a binder."""
    children = binder.children
    return frozenset().union(*(children[i].free for i in binder.inside if i < len(children)))
