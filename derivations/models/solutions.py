"""Where the sides of an equivalence are true: the roots that can be read off their factors."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ratio, Ring
from derivations.context.facts import Facts
from derivations.kernel.equivalence import System, systems
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

_MOST = 8


def solutions(statement: Term) -> Iterator[System]:
    """Values of single symbols at which the statement is true, or may be: the roots of linear factors."""
    for system in (systems(statement) or ())[:_MOST]:
        equations = [one for one in system if one.sign == "="]
        if len(equations) == 1:
            yield from in_ring(Facts(), lambda s, one=equations[0]: _roots(s, one))  # type: ignore[misc]
        elif equations:
            yield tuple(equations)


def _roots(s: Ring, equation: Relation) -> list[System]:
    found: list[System] = []
    for factor in s.lowest(s(equation.lhs) - s(equation.rhs)).num.factor()[1][:_MOST]:
        poly = factor[0]
        for g, n in enumerate(poly.degrees()):
            atom = s.atoms[g] if n == 1 else s.term(s.zero)
            slope = poly.derivative(g) if isinstance(atom, Symbol) else s.nil
            if slope and slope.is_constant():
                value = -Ratio(poly - slope * s.gen(g).num, s.one) / Ratio(slope, s.one)
                found.append((Relation(atom, "=", s.term(value)),))
                break
    return found


__all__ = ["solutions"]
