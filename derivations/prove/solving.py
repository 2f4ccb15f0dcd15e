"""Turning an equation into one that rewrites: solved for something that occurs linearly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.algebra.normal import Ratio, Ring, as_fmpq, as_fraction, in_ring
from derivations.kernel.rewriting import Equation
from derivations.terms.arithmetic import Add, Number, Sub, number
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.substitution import fresh
from derivations.terms.sums import INTEGER
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component

if TYPE_CHECKING:
    from derivations.context.facts import Facts

_ATOMIC = (Symbol, Apply, Entry, Component)


def oriented(equation: Equation, facts: Facts) -> Equation:
    """`a − b = c` becomes `a = c + b`: a quantity that occurs once, linearly, is solved for.

    An equation whose left side is already such a quantity, or in which there
    is none, is left as it is.
    """
    if isinstance(equation.lhs, _ATOMIC) and equation.lhs not in equation.rhs.walk_set:
        return equation
    if equation.lhs.shape != ():
        return equation
    solved = in_ring(facts, lambda s: _solve(s, equation))
    if solved is None:
        return equation
    atom, value = solved
    return Equation(equation.name, atom, value, equation.parameters, equation.requires, equation.for_all)


def shifted(equation: Equation) -> Equation:
    """`c_{t+1} = b c_t` for all t, said of c_t: it is used at c_{t+2} and at c_3, too."""
    lhs = equation.lhs
    if not isinstance(lhs, (Entry, Apply)):
        return equation
    arguments = list(lhs.indices if isinstance(lhs, Entry) else lhs.args)
    taken = lhs.free | equation.rhs.free
    changes: dict[Term, Term] = {}
    for place, argument in enumerate(arguments):
        match argument:
            case Add(Symbol() as moved, Number(step)) | Sub(Symbol() as moved, Number(step)):
                alone = sum(moved in other.free for other in arguments) == 1
                if moved in equation.parameters and alone and moved.domain.kind in ("integer", "real"):
                    plain = Symbol(moved.name, INTEGER if moved.domain.kind == "integer" else REAL, moved.tag)
                    arguments[place] = free = fresh(plain, taken)
                    taken = taken | {free}
                    back = number(step)
                    changes[moved] = Sub(free, back) if isinstance(argument, Add) else Add(free, back)
    if not changes:
        return equation
    made = Entry(lhs.family, tuple(arguments)) if isinstance(lhs, Entry) else Apply(lhs.function, tuple(arguments))
    names = {old: next(iter(new.free)) for old, new in changes.items()}
    domains = [fact for old in names if isinstance(old, Symbol) for fact in old.domain.facts(old)]
    return Equation(
        equation.name,
        made,
        equation.rhs.substitute(changes),
        tuple([names.get(p, p) for p in equation.parameters]),
        tuple([required.substitute(changes) for required in (*equation.requires, *domains)]),
        None if equation.for_all is None else tuple([names.get(p, p) for p in equation.for_all]),
        tidy=True,
    )


def _solve(s: Ring, equation: Equation) -> tuple[Term, Term] | None:
    low = s.lowest(s(equation.lhs) - s(equation.rhs))
    if not low.num:
        return None
    degrees = low.num.degrees()
    order = {t: n for n, t in enumerate(equation.lhs.walk())}
    known = [g for g, n in enumerate(degrees) if n == 1 and isinstance(s.atoms[g], _ATOMIC)]
    for g in sorted(known, key=lambda g: order.get(s.atoms[g], len(order))):
        atom = s.atoms[g]
        if any(n and h != g and atom in s.atoms[h].walk_set for h, n in enumerate(degrees)):
            continue
        factor = _constant_factor(low, g)
        if factor is None:
            continue
        rest = Ratio(low.num - s.gen(g).num * as_fmpq(factor), s.one)
        return atom, s.term(-rest / s.constant(factor))
    return None


def _constant_factor(low: Ratio, g: int) -> Fraction | None:
    """The coefficient of generator g, if it is a number."""
    found = [(e, c) for e, c in low.num.terms() if e[g]]
    if len(found) == 1 and sum(found[0][0]) == 1:
        return as_fraction(found[0][1])
    return None


__all__ = ["oriented"]
