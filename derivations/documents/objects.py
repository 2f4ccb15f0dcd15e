r"""From what is said of names to what they are: `x_i`, "numbers, i = 1, …, n" is a family x of size n.

Names are read as LaTeX writes them. A size that nobody declares is a positive
integer, for that is what a size is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from derivations.reading.sorts import Sort
from derivations.records import record
from derivations.terms.arithmetic import number, oo
from derivations.terms.families import family, random_family, random_variable
from derivations.terms.functions import function, vector_function
from derivations.terms.matrices import matrix
from derivations.terms.relations import relation
from derivations.terms.symbols import symbols
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import vector

_BOLD = re.compile(r"\\(?:bm|mathbf|boldsymbol|vec)\s*\{?\s*(\\?[A-Za-z]+)\s*\}?")
_STYLED = re.compile(r"\\(?:mathrm|mathsf|mathit|text|operatorname|mathcal|mathbb|textrm)\s*\{([^{}]*)\}")
_ACCENT = re.compile(
    r"\\(hat|bar|tilde|vec|widehat|overline|widetilde|dot|ddot)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\?[A-Za-z]+))"
)


@record(frozen=True)
class Name:
    """A name taken apart: `\\hat\\beta_{1,i}` has the base `betahat`, and the marks 1 and i."""

    base: str
    marks: tuple[str, ...] = ()
    bold: bool = False


def name_of(latex: str) -> Name | None:
    """The name that a piece of LaTeX is; None if it is none."""
    text = latex.strip().replace("{}", "")
    bold = _BOLD.search(text) is not None
    text = _BOLD.sub(r"\1", text)
    text = _STYLED.sub(lambda m: m.group(1).replace(" ", ""), text)
    text = _ACCENT.sub(lambda m: f"{(m.group(2) or m.group(3))}{_accent(m.group(1))}", text)
    found = re.fullmatch(r"(\\?[A-Za-z]+'*)\s*(?:_\s*(?:\{([^{}]*)\}|(\\?[A-Za-z]+|\d)))?'*", text)
    if found is None or found.group(2) is not None and re.search(r"[^\w,\\ ]", found.group(2)):
        return None
    marks = found.group(2) or found.group(3) or ""
    parts = tuple(part.strip().lstrip("\\") for part in re.split(r",", marks) if part.strip())
    return Name(found.group(1).lstrip("\\"), parts, bold)


def _accent(word: str) -> str:
    return {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}.get(word, word)


@record(frozen=True, eq=False)
class Object:
    """A name and what it is: `thing` is a term, a family, or a function; `also` are hypotheses that it brings.

    A matrix Q has its `entries`, the family q, whose name is its own in lower case.
    """

    name: str
    thing: Any
    also: tuple[Any, ...] = ()
    entries: Any = None


Read = Callable[[str], Term]
"""Reads a size or a bound in LaTeX."""


def made(name: Name, sort: Sort, read: Read, ranges: dict[str, tuple[str, str]]) -> Object:
    """What a name of this sort is. Raises TermError where that cannot be."""
    indices = _indices(name, sort, ranges)
    base, called = name.base, "_".join((name.base, *name.marks)) if not indices else name.base
    match sort.kind:
        case "number" if indices:
            return Object(base, family(base, *[_size(read, high) for _, high in indices]), ())
        case "number":
            return _number(called, sort, read)
        case "random variable" if indices:
            return Object(base, random_family(base, *[_size(read, high) for _, high in indices]))
        case "random variable":
            return Object(called, random_variable(called))
        case "vector":
            return Object(called, vector(called, _size(read, sort.sizes[0] if sort.sizes else "d"), bold=name.bold))
        case "matrix" | "random matrix" if len(sort.sizes) == 2:
            make = random_family if sort.kind == "random matrix" else family
            entries = make(called.lower(), *[_size(read, size) for size in sort.sizes])
            return Object(called, matrix(called, entries), entries=entries)
        case "function" if sort.sizes:
            return Object(called, vector_function(called, _size(read, sort.sizes[0]), smooth=sort.smooth))
        case "function":
            return Object(called, function(called, bar=sort.bar or None, smooth=sort.smooth))
        case "values":
            return Object(called, symbols(called, values=tuple(read(v) for v in sort.values)))
        case "space":
            return Object(called, symbols(called, space=sort.space))
    raise TermError(f"`{called}` cannot be declared as {sort.said}: say its sizes")


def _indices(name: Name, sort: Sort, ranges: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """The ranges of the indices of a family x_{i,j}, where each of its marks is an index."""
    own = {index: (low, high) for index, low, high in sort.indices}
    found = [own.get(mark) or ranges.get(mark) for mark in name.marks]
    if name.marks and all(found) and (own or not sort.integer):
        return [one for one in found if one]
    if not name.marks and own and sort.kind in ("number", "random variable") and not sort.integer:
        return list(own.values())
    return []


def _size(read: Read, latex: str) -> Term:
    return oo if latex.strip() in (r"\infty", "∞", "oo") else read(latex)


def _number(name: str, sort: Sort, read: Read) -> Object:
    """A number with its bounds: those that a declaration can take, and the others as hypotheses."""
    options: dict[str, Any] = {"integer": True} if sort.integer else {}
    rest: list[tuple[str, Term]] = []
    bounds = [*sort.bounds]
    if sort.indices:
        _, low, high = sort.indices[0]
        bounds += [(">=", low), ("<=", high)]
    for sign, latex in bounds:
        bound = _size(read, latex)
        if bound == oo:
            continue
        if sign == ">" and bound == number(0) and "lower" not in options:
            options["positive"] = True
        elif sign == ">=" and "lower" not in options and not options.get("positive"):
            options["lower"] = bound
        elif sign == "<=" and "upper" not in options:
            options["upper"] = bound
        elif sign == "!=" and bound == number(0):
            options["nonzero"] = True
        else:
            rest.append((sign, bound))
    if options.get("positive") and "lower" in options:
        options.pop("lower")
    made = symbols(name, **options)
    return Object(name, made, tuple(relation(made, sign, bound) for sign, bound in rest))


def free_sizes(sort: Sort) -> Iterator[str]:
    """The names of sizes that a sort mentions: positive integers, if nobody says what they are."""
    for size in (*sort.sizes, *(high for _, _, high in sort.indices)):
        yield from (m for m in re.findall(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?", size) if m not in (r"\infty", "oo"))
