"""What you read is what was proved: two different things must not be written alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.terms.arithmetic import Constant
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.linear_algebra import Identity, OfMatrix, UnitVector
from derivations.terms.matrices import MatrixSymbol
from derivations.terms.printing import TEXT
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import VectorSymbol

if TYPE_CHECKING:
    from derivations.derivation import Derivation


def collisions(derivation: Derivation) -> Iterator[str]:
    """A message for each name that stands for two different things in the lines of a derivation."""
    seen: dict[tuple[str, str], Any] = {}
    told: set[tuple[str, str]] = set()
    for line in derivation.lines:
        for shown, thing in _named(line):
            other = seen.setdefault(shown, thing)
            if shown[0] == "in LaTeX" and TEXT(other) == TEXT(thing):
                continue  # told already
            if other != thing and shown not in told:
                told.add(shown)
                yield f"two different things are written `{shown[1]}`: give one of them another name"


def _named(line: Term) -> Iterator[tuple[tuple[str, str], Any]]:
    """The free symbols, constants, members, families and functions of a line, as they are shown."""
    for symbol in sorted(line.free, key=str):
        yield ("quantity", TEXT(symbol)), symbol
        yield ("in LaTeX", symbol.latex), symbol  # x1 and x_1
        yield ("as a member", symbol.latex), Symbol
    for part in dict.fromkeys(line.walk()):
        scope = part.scope()
        for bound in scope.bound if scope is not None else ():
            alike = any(TEXT(other) == TEXT(bound) for other in _below(part) if other != bound)
            if alike or bound in _sizes_below(part):
                yield ("quantity", TEXT(bound)), (bound, part)  # nothing else equals this: a collision
                yield ("quantity", TEXT(bound)), bound
        match part:
            case Constant():
                yield ("quantity", TEXT(part)), part
            case Entry(family, _):
                yield ("family", family.name), family
                if not any(i.free for i in part.indices):
                    yield ("quantity", TEXT(part)), part
                elif part.indices:
                    yield ("as a member", part.latex), Entry  # a symbol c_i beside the member c[i]
            case Row(family, _):
                yield ("family", family.name), family
            case Apply(function, _):
                yield ("function", function.name), function
            case Identity() | UnitVector():
                yield ("quantity", TEXT(part)), part
                yield ("in LaTeX", part.latex), part
            case OfMatrix() if part.word:
                yield ("function", part.word), type(part)


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
