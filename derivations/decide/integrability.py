"""Which integrals converge: densities that are integrated out one after another, times what is bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.decide.densities import Spaces, averaged, unnested
from derivations.kernel.conditions import discharge
from derivations.terms.arithmetic import Add, Neg, Sub
from derivations.terms.integrals import IntegrableOver
from derivations.terms.probability import Integrable
from derivations.terms.processes import Bounded
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Grounds = tuple[str, ...]


def integrable_over(proposition: IntegrableOver, facts: Facts) -> Grounds | None:
    """∫ |p(c | b) f(c)| dc = E[|f(C)| | b] < ∞ for bounded or integrable f(C); a finite sum always converges."""
    spaces = dict(zip(proposition.variables, proposition.spaces, strict=True))
    return _over(proposition.body, spaces, facts)


def _over(body: Term, spaces: Spaces, facts: Facts) -> Grounds | None:
    if all(space.finite for space in spaces.values()):
        return ()
    match body:
        case Add(a, b) | Sub(a, b):
            left, right = _over(a, spaces, facts), _over(b, spaces, facts)
            return None if left is None or right is None else tuple(dict.fromkeys((*left, *right)))
        case Neg(a):
            return _over(a, spaces, facts)
    opened = unnested(body, spaces)
    mean = averaged(*opened) if opened is not None else None
    if opened is None or mean is None or not all(opened[1][x].finite for x in mean.left):
        return None
    by = discharge(Bounded(mean.rest, mean.left), facts)
    if by is None and mean.alone and not mean.left and body.shape == () and facts.deterministic(body):
        by = discharge(Integrable(mean.rest, 1), facts)
    return by


PROVERS = {IntegrableOver: integrable_over}
