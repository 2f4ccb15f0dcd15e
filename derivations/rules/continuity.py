"""Continuity: the limit at a finite point is the value there."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.context.facts import Facts
from derivations.decide.growth import Unknown
from derivations.kernel.reasons import Candidate, Rule
from derivations.rules.limits import only_the_variable_moves
from derivations.terms.arithmetic import Add, Div, Mul, Neg, Number, Pow, Sub
from derivations.terms.calculus import Limit, Reaches
from derivations.terms.relations import relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

_CONTINUOUS = (Symbol, Add, Sub, Neg, Mul)
"""Nodes that are continuous wherever their parts are; others say it themselves."""


def _by_continuity(term: Term, facts: Facts) -> Iterator[Candidate]:
    """lim_{x→c} f(x) = f(c)."""
    if not isinstance(term, Limit) or term.point.shape != ():
        return
    at: dict[Term, Term] = {term.variable: term.point}
    try:
        only_the_variable_moves(term.body, term.variable, facts)
        wanted = list(_continuous(term.body, term.variable))
        result = term.body.substitute(at)
        conditions = (Reaches(term.variable, term.point), *[c.substitute(at) for c in wanted])
    except (Unknown, TermError):
        return
    if not facts.depends(term.point, term.variable):
        yield Candidate(result, conditions)


def _continuous(term: Term, x: Symbol) -> Iterator[Term]:
    """Open conditions at the point under which the term is continuous there; Unknown if none is known."""
    if x not in term.free:
        return
    match term:
        case Div(_, below):
            yield relation(below, "!=", 0)
        case Pow(base, n):
            yield from _continuous_power(base, n)
        case _ if not isinstance(term, _CONTINUOUS):
            said = term.continuous(lambda part: x in part.free)
            if said is None or term.scope() is not None:
                raise Unknown
            yield from said
    for child in term.children:
        yield from _continuous(child, x)


def _continuous_power(base: Term, n: Term) -> Iterator[Term]:
    if not isinstance(n, Number) or n.number.denominator != 1:
        yield relation(base, ">", 0)
    elif n.number < 0:
        yield relation(base, "!=", 0)


continuity = Rule(
    "continuity",
    r"\lim_{x \to c} f(x) = f(c)",
    "Rudin, Principles of Mathematical Analysis, theorems 4.6 and 4.9",
    r"f \text{ is composed of functions that are continuous at } c",
    rewrite=_by_continuity,
    roots=(Limit,),
    operation="limit",
)

__all__ = ["continuity"]
