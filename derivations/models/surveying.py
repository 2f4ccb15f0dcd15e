"""What a model of a link has to choose: its symbols, which of them run through small numbers, and from where on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivations.records import once
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.conditioning import Realisation
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.linear_algebra import Constantly, Identity, UnitVector
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixSymbol
from derivations.terms.sums import Delta
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, VectorSymbol

if TYPE_CHECKING:
    from derivations.models.hypotheses import Problem


def mentioned(term: Term) -> list[Symbol]:
    """The free symbols, with those of sizes, in the order of their names."""
    here, outside = _names(term)
    return sorted(here | outside, key=_order)


@once
def _names(term: Term) -> tuple[frozenset[Symbol], frozenset[Symbol]]:
    """The free symbols as written, and those of sizes, which are meant outside of every binder."""
    if isinstance(term, Symbol):
        further = (term.time,) if isinstance(term, Realisation) else term.shape or ()
        found = [_names(part) for part in further]
        return frozenset((term,)).union(*[more for more, _ in found]), _NONE.union(*[sizes for _, sizes in found])
    here = _NONE
    outside = _NONE.union(*[found for size in _sizes(term) for found in _names(size)])
    scope = term.scope()
    bound = frozenset(scope.bound) if scope is not None else _NONE
    for position, child in enumerate(term.children):
        names, sizes = _names(child)
        outside |= sizes
        here |= names - bound if bound and (position in term.inside or child in bound) else names
    return here, outside


_NONE: frozenset[Symbol] = frozenset()


def _order(symbol: Symbol) -> tuple[str, int, str, str]:
    return symbol.name, symbol.tag, symbol.domain.kind, repr(symbol.domain)


def _sizes(term: Term) -> tuple[Term, ...]:
    if isinstance(term, (Entry, Row, Matrix)):
        return term.family.sizes
    return term.function.size if isinstance(term, Apply) else ()


def survey(made: Problem, terms: Sequence[Term], free: Sequence[tuple[Term, tuple[Symbol, ...]]]) -> None:
    """`free` are the terms with the symbols that are their own (parameters, indices)."""
    computed = {s.atom for s in made.solved if isinstance(s.atom, Symbol)} | set(made.definitions)
    indexlike: set[Symbol] = set()
    least: dict[Symbol, int] = {}
    parts = frozenset().union(*(term.walk_set for term in terms))
    for part in parts:
        _read_indices(made, part, indexlike, least)
    wanted = _NONE.union(*(found.difference(own) for term, own in free for found in _names(term)))
    made.wanted = sorted(wanted, key=_order)
    made.random = any(getattr(getattr(part, "family", None), "random", False) for part in parts)
    for symbol in made.wanted:
        discrete = symbol.domain.kind in ("integer", "finite", "space")
        if (
            not symbol.shape
            and not isinstance(symbol, Realisation)
            and (discrete or symbol in indexlike)
            and symbol not in computed
        ):
            made.grid.append((symbol, least.get(symbol, 1)))
    made.grid.sort(key=lambda g: g[0] not in made.sizes)  # dimensions first, then by name


def _read_indices(made: Problem, part: Term, indexlike: set[Symbol], least: dict[Symbol, int]) -> None:
    """Symbols that stand for indices and dimensions, and how large a dimension must be."""
    indices: tuple[Term, ...] = ()
    sizes: tuple[Term, ...] = _sizes(part)
    match part:
        case Entry() | Row():
            indices = part.indices
        case Component():
            indices, sizes = (part.index,), part.vector.shape
        case MatrixEntry():
            indices, sizes = (part.row, part.column), part.matrix.shape
        case Delta():
            indices = (part.left, part.right)
        case VectorSymbol() | MatrixSymbol() | Identity() | Constantly():
            sizes = part.shape
        case UnitVector():
            indices, sizes = (part.index,), (part.length,)
    indices += tuple(end for _, *ends in part.ranges for end in ends)
    indexlike.update(s for i in indices for s in i.free)
    for size in sizes:
        made.sizes.update(size.free)
        indexlike.update(size.free)
    for index, size in zip(indices, sizes, strict=False):
        if is_literal(index) and isinstance(size, Symbol) and literal(index).denominator == 1:
            least[size] = max(least.get(size, 1), int(literal(index)))
