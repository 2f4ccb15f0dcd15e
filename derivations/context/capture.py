"""A bound name that something below its binder depends on, by what is given: it would read as if it varied.

With y := x, Σ_x y is n y, for the y at hand; whoever reads Σ_x y reads Σ_x x.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivations.context.facts import Facts
from derivations.context.names import own
from derivations.terms.calculus import Limit, LimitAlong
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term


def captured(lines: Sequence[Term], facts: Facts) -> Iterator[str]:
    """A message for each such name."""
    for node in dict.fromkeys(part for line in lines for part in line.walk()):
        scope = node.scope()
        if scope is None or isinstance(node, (Limit, LimitAlong)):  # there it moves, and rules ask what moves with it
            continue
        for bound in scope.bound:
            inside = [part for position in node.inside for part in _beside(node.children[position], bound)]
            part = next((p for p in inside if facts.depends(p, bound)), None)
            if part is not None:
                yield f"`{part}` depends on `{bound}`, which is bound in `{node}`: give the bound name another letter"


def _beside(term: Term, bound: Symbol) -> Iterator[Term]:
    """The names below, and their components, in which the bound one does not occur."""
    if bound not in term.free:
        yield from (part for part in term.walk() if any(True for _ in own(part)))
        return
    for child in term.children:
        yield from _beside(child, bound) if child != bound else ()


__all__ = ["captured"]
