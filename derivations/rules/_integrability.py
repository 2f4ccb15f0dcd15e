"""Which integrals converge: densities that are integrated out one after another, times what is bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.kernel.conditions import discharge
from derivations.rules._bounded import factors
from derivations.terms.arithmetic import Add, Neg, Sub, number
from derivations.terms.conditioning import Density, Space
from derivations.terms.integrals import IntegrableOver, Integral
from derivations.terms.probability import Integrable
from derivations.terms.processes import Bounded
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts

Grounds = tuple[str, ...]


def integrable_over(proposition: IntegrableOver, facts: Facts) -> Grounds | None:
    """∫ |p(c | b) f(c)| dc = E[|f(C)| | b] < ∞ for bounded f; a finite sum always converges."""
    spaces = dict(zip(proposition.variables, proposition.spaces, strict=True))
    return _over(proposition.body, spaces, facts)


def _over(body: Term, spaces: dict[Symbol, Space], facts: Facts) -> Grounds | None:
    if all(space.finite for space in spaces.values()):
        return ()
    match body:
        case Add(a, b) | Sub(a, b):
            left, right = _over(a, spaces, facts), _over(b, spaces, facts)
            return None if left is None or right is None else tuple(dict.fromkeys((*left, *right)))
        case Neg(a):
            return _over(a, spaces, facts)
    parts = factors(body)
    for n, part in enumerate(parts):
        if isinstance(part, Integral):  # |∫ f| ≤ ∫ |f|
            if part.variable in spaces or any(part.variable in p.free for m, p in enumerate(parts) if m != n):
                return None
            merged = _product([*parts[:n], part.body, *parts[n + 1 :]])
            return _over(merged, {**spaces, part.variable: part.space}, facts)
    return _densities(parts, spaces, facts)


def _densities(parts: list[Term], spaces: dict[Symbol, Space], facts: Facts) -> Grounds | None:
    """Integrate out one density after another; what it integrates must not occur in those that are left."""
    left = set(spaces)
    pending = [p for p in parts if isinstance(p, Density)]
    alone = len(pending) == 1
    behind: dict[Term, Term] = {}
    while True:
        ready = next((p for p in pending if _stands_last(p, left, pending, alone)), None)
        if ready is None:
            break
        pending.remove(ready)
        found = {y: x for x, y in ready.pairs if y in left}
        behind |= found  # type: ignore[arg-type]
        left -= set(found)  # type: ignore[arg-type]
    if not all(spaces[x].finite for x in left):
        return None
    rest = _product([p for p in parts if not isinstance(p, Density)] + list(pending))
    try:
        rest = rest.substitute(behind)
    except TermError:
        return None
    by = discharge(Bounded(rest, tuple(sorted(left, key=str))), facts)
    if by is None and alone and not left and rest.shape == ():
        by = discharge(Integrable(rest, 1), facts)
    return by


def _stands_last(density: Density, left: set[Symbol], pending: list[Density], alone: bool) -> bool:
    own = [y for _, y in density.pairs]
    integrated = [y for y in own if y in left]
    if not integrated or len(set(own)) != len(own) or len(integrated) < len(own) and not alone:
        return False
    behind = (*density.given_values, *density.parameters, *(y for y in own if y not in integrated))
    others = [*behind, *(p for p in pending if p is not density)]
    return not any(y in other.free for y in integrated for other in others)


def _product(parts: list[Term]) -> Term:
    total: Term | None = None
    for part in parts:
        total = part if total is None else total * part
    return number(1) if total is None else total


PROVERS = {IntegrableOver: integrable_over}
