"""What a link may use: equations to substitute, laws of random variables, relations that hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sympy

from derivations.kernel.reasons import Definition, Hypothesis
from derivations.records import record
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.families import Entry, Row
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.sympy_image import Facts
from derivations.terms.term import Term


class NoWord(Exception):
    """SymPy cannot say this step; the message says why."""


@record(frozen=True)
class Equation:
    """lhs = rhs for all values of the parameters.

    rigid:  names of what it speaks of at one value only: nothing may be
            differentiated by them where it is used
    proved: it is the statement of a result, not an assumption
    """

    lhs: Term
    rhs: Term
    parameters: tuple[Symbol, ...] = ()
    rigid: frozenset[str] = frozenset()
    proved: bool = False

    @property
    def free(self) -> frozenset[Symbol]:
        return (self.lhs.free | self.rhs.free) - frozenset(self.parameters)


def equations(reasons: Iterable[Any]) -> list[Equation]:
    """The equations among reasons: definitions, hypotheses, and the statements of results."""
    return [made for reason in reasons for made in _equation(reason)]


def _equation(reason: Any) -> Iterator[Equation]:
    if isinstance(reason, Definition):
        yield Equation(reason.lhs, reason.rhs, reason.parameters)
    elif isinstance(reason, Hypothesis) and reason.relation.sign == "=":
        yield Equation(reason.relation.lhs, reason.relation.rhs, reason.for_all, _rigid(reason))
    else:
        stated = getattr(reason, "statement", None)
        if isinstance(stated, Relation) and stated.sign == "=":
            rigid = _rigid(reason)
            fixed = rigid | _defined(reason)
            # what no hypothesis speaks of is arbitrary in a result
            over = sorted((s for s in stated.free if s.name not in fixed), key=str)
            yield Equation(stated.lhs, stated.rhs, tuple(over), rigid, proved=True)


def _rigid(reason: Any) -> frozenset[str]:
    """Names of symbols and families of which a hypothesis speaks, but not for all their values."""
    if isinstance(reason, Hypothesis):
        inside = reason.relation.walk()
        named = {t.family.name for t in inside if isinstance(t, (Entry, Row))} | {s.name for s in reason.relation.free}
        return frozenset(named - {s.name for s in reason.for_all})
    return frozenset().union(*(_rigid(g) for g in getattr(reason, "given", ())))


def _defined(reason: Any) -> frozenset[str]:
    """Names of the symbols that a result's definitions define."""
    if isinstance(reason, Definition):
        return frozenset({reason.lhs.name} if isinstance(reason.lhs, Symbol) else ())
    return frozenset().union(*(_defined(g) for g in getattr(reason, "given", ())))


def relations(reasons: Iterable[Any]) -> list[Relation]:
    """The relations among hypotheses."""
    return [r.relation for r in reasons if isinstance(r, Hypothesis)]


def facts(given: Sequence[Any]) -> Facts:
    """What relations such as `C > 0` say of the sign of a symbol, as SymPy assumptions."""
    known: Facts = {}
    for relation in relations(given):
        for said in (relation, relation.turned):
            if isinstance(said.lhs, Symbol) and is_literal(said.rhs):
                known.setdefault(said.lhs, {}).update(_sign_fact(said.sign, literal(said.rhs)))
    return known


def by_their_bounds(relations: Iterable[Relation], image: Any, moving: Iterable[Symbol]) -> dict[Any, Any]:
    """For each symbol between numbers an expression in a positive symbol that runs through the same values.

    SymPy's symbols know of no bound but 0: p with 0 < p < 1 is 1/(1 + t). Only real symbols that stay where they are.
    """
    bounds: dict[Symbol, list[tuple[str, Any]]] = {}
    for said in relations:
        for turned in (said, said.turned):
            if isinstance(turned.lhs, Symbol) and is_literal(turned.rhs) and turned.sign in ("<", "<=", ">", ">="):
                bounds.setdefault(turned.lhs, []).append((turned.sign, literal(turned.rhs)))
    found: dict[Any, Any] = {}
    for symbol, told in bounds.items():
        if symbol.domain.kind == "real" and symbol.shape == () and symbol not in moving:
            made = _between(told)
            found |= {image(symbol): made} if made is not None else {}
    return found


def _between(told: Sequence[tuple[str, Any]]) -> Any:
    """What runs through the numbers between two bounds, or beside one that is not 0; None if nothing simple does."""
    lows = [(edge, sign) for sign, edge in told if sign[0] == ">"]
    highs = [(edge, sign) for sign, edge in told if sign[0] == "<"]
    low, high = max(lows, default=None), min(highs, default=None)
    far = high or low
    if far is None or low and high and (low[0] >= high[0] or low[1] == ">="):
        return None
    step = sympy.Dummy("t", **{"nonnegative" if "=" in far[1] else "positive": True})
    edge = sympy.Rational(far[0].numerator, far[0].denominator)
    if low and high:
        start = sympy.Rational(low[0].numerator, low[0].denominator)
        return start + (edge - start) / (1 + step)
    return None if edge == 0 else edge + (step if low else -step)


def _sign_fact(sign: str, bound: Any) -> dict[str, bool]:
    if sign in (">", ">=") and bound >= 0:
        return {"positive" if bound > 0 or sign == ">" else "nonnegative": True}
    if sign in ("<", "<=") and bound <= 0:
        return {"negative" if bound < 0 or sign == "<" else "nonpositive": True}
    return {"zero": False} if sign == "!=" and bound == 0 else {}
