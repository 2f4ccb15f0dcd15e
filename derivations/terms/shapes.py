r"""One table that prints and reads: this LaTeX shape is this word.

A row is a `Shape`. The words of arithmetic stand here; a vocabulary adds its own
by a list `SHAPES` in its file, which whoever reads finds there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from derivations.records import record
from derivations.terms import arithmetic


@record(frozen=True)
class Shape:
    r"""A LaTeX shape, and the term that it is.

    kind:  "function"  `\log u`, `\log(u)`: a function of one factor, or of what stands in brackets
           "call"      `\operatorname{softmax}(u)`, `B(a, b)`: arguments in brackets
           "groups"    `\binom{n}{k}`: arguments in braces
           "between"   `{n \choose k}`: the whole group is divided
           "postfix"   `n!`
           "big"       `\prod_{i=1}^n u`: made of u and (i, 1, n)
           "infix"     `A \odot B`: binds like a product
           "indexed"   `I_n`: what stands below are its terms; at most `places`
           "constant"  `\pi`
    latex: its spellings, the first of which is printed: commands, or names as a notation writes them
    make:  the term, of as many terms as the shape has places. Raises TermError where there is none
    """

    kind: str
    latex: tuple[str, ...]
    make: Callable[..., Any]
    places: int = 1


SHAPES = (
    Shape("function", (r"\exp",), arithmetic.exp),
    Shape("function", (r"\log", r"\ln"), arithmetic.log),
    Shape("function", (r"\sin",), arithmetic.sin),
    Shape("function", (r"\cos",), arithmetic.cos),
    Shape("function", (r"\tanh",), arithmetic.tanh),
    Shape("groups", (r"\sqrt",), arithmetic.sqrt),
    Shape("constant", ("e",), lambda: arithmetic.e),
    Shape("constant", ("pi",), lambda: arithmetic.Pi),
)


@cache
def shapes() -> dict[tuple[str, str], Shape]:
    """All shapes, by kind and spelling; of each vocabulary beside this file."""
    return {(shape.kind, spelling): shape for shape in _all() for spelling in shape.latex}


def _all() -> Iterator[Shape]:
    from derivations.terms import vocabularies

    for module in vocabularies():
        yield from getattr(module, "SHAPES", ())


__all__ = ["SHAPES", "Shape", "shapes"]
