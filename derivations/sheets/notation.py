"""What the names of a sheet are, as rows of notation: so the sheet states all that it assumes, and reads back.

A row is `name: what it is`, in the words of `reading.sorts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from derivations.reading.sorts import Sort
from derivations.terms.families import Family
from derivations.terms.functions import Function
from derivations.terms.matrices import Matrix, MatrixSymbol
from derivations.terms.printing import LATEX
from derivations.terms.sequences import Sequence
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import VectorSymbol

_LETTERS = "itjmnkl"


def rows(terms: Iterable[Term]) -> list[str]:
    """A row for each name that is free in these terms, sizes and bounds first."""
    found: dict[str, str] = {}
    for term in terms:
        for name, means in _named(term, frozenset()):
            found.setdefault(name, means)
    return [f"{name}: {means}" for name, means in found.items()]


def _named(term: Term, bound: frozenset[Symbol]) -> Iterator[tuple[str, str]]:
    scope = term.scope()
    inside = bound | frozenset(scope.bound) if scope is not None else bound
    sequence = getattr(term, "sequence", None)
    if isinstance(sequence, Sequence):
        yield "process", _process(sequence)
    elif isinstance(term, Symbol) and term not in bound:
        for end in (term.domain.lower, term.domain.upper, *(term.shape or ())):
            if isinstance(end, Term):
                yield from _named(end, bound)
        yield LATEX.name(term.name, getattr(term, "bold", False)), sort_of_symbol(term).said
    for thing in (term, getattr(term, "function", None), getattr(term, "family", None)):
        if isinstance(thing, (Function, Family, Matrix)) and not getattr(thing, "unspecified", False):
            sizes = thing.size if isinstance(thing, Function) else getattr(thing, "sizes", ())
            for size in sizes:
                yield from _named(size, bound)
            yield _row(thing)
    for position, child in enumerate(term.children):
        if scope is not None and child in scope.bound:
            continue
        yield from _named(child, inside if position in term.inside else bound)


def _process(sequence: Sequence) -> str:
    """What declares the process to which a sequence belongs: its letters are those of every decision process."""
    parts = ["time t", r"discount \gamma"]
    if sequence.parameters:
        parts.append(f"parameters {' '.join(LATEX(parameter) for parameter in sequence.parameters)}")
    return ", ".join(parts)


def _row(thing: Any) -> tuple[str, str]:
    if isinstance(thing, Function):
        sizes = tuple(LATEX(size) for size in thing.size)
        sort = Sort("function", smooth=thing.smooth, sizes=sizes, bar=thing.bar or 0)
        return LATEX.name(thing.name, bool(thing.size)), sort.said
    if isinstance(thing, Matrix):
        kind = "random matrix" if thing.family.random else "matrix"
        return LATEX.name(thing.name), Sort(kind, sizes=tuple(LATEX(size) for size in thing.family.sizes)).said
    kind = "random variable" if thing.random else "number"
    if not thing.sizes:
        return LATEX.name(thing.name), Sort(kind).said
    letters = [letter for letter in _LETTERS if all(letter != LATEX(size) for size in thing.sizes)]
    indices = tuple((letter, "1", LATEX(size)) for letter, size in zip(letters, thing.sizes, strict=False))
    name = f"{LATEX.name(thing.name)}_{{{','.join(letter for letter, _, _ in indices)}}}"
    return name, Sort(kind, indices=indices).said


def sort_of_symbol(symbol: Symbol) -> Sort:
    """What a symbol was declared to be."""
    domain = symbol.domain
    if isinstance(symbol, VectorSymbol):
        return Sort("vector", sizes=(LATEX(symbol.length),))
    if isinstance(symbol, MatrixSymbol):
        return Sort("matrix", sizes=(LATEX(symbol.rows), LATEX(symbol.columns)))
    if domain.kind == "finite":
        return Sort("values", values=tuple(LATEX(value) for value in domain.values))
    if domain.kind == "space":
        return Sort("space", space=domain.name)
    bounds = []
    if domain.lower is not None:
        bounds.append((">" if domain.open[0] else ">=", LATEX(domain.lower)))
    if domain.upper is not None:
        bounds.append(("<" if domain.open[1] else "<=", LATEX(domain.upper)))
    if domain.nonzero:
        bounds.append(("!=", "0"))
    return Sort(integer=domain.kind == "integer", bounds=tuple(bounds))
