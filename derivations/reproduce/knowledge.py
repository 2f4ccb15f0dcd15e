"""What a link may use: equations to substitute, laws of random variables, relations that hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from derivations.kernel.reasons import Definition, Hypothesis
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.sympy_image import Facts
from derivations.terms.term import Term


class NoWord(Exception):
    """SymPy cannot say this step; the message says why."""


@dataclass(frozen=True)
class Equation:
    """lhs = rhs for all values of the parameters.

    everywhere: it is a definition, so it also holds near the point at which
    one differentiates; a hypothesis does so only in its parameters
    """

    lhs: Term
    rhs: Term
    parameters: tuple[Symbol, ...] = ()
    everywhere: bool = False

    @property
    def free(self) -> frozenset[Symbol]:
        return (self.lhs.free | self.rhs.free) - frozenset(self.parameters)


def equations(reasons: Iterable[Any]) -> list[Equation]:
    """The equations among reasons: definitions, hypotheses, and the statements of results."""
    return [made for reason in reasons for made in _equation(reason)]


def _equation(reason: Any) -> Iterator[Equation]:
    if isinstance(reason, Definition):
        yield Equation(reason.lhs, reason.rhs, reason.parameters, everywhere=True)
    elif isinstance(reason, Hypothesis) and reason.relation.sign == "=":
        yield Equation(reason.relation.lhs, reason.relation.rhs, reason.for_all)
    else:
        stated = getattr(reason, "statement", None)
        if isinstance(stated, Relation) and stated.sign == "=":
            # a result rests on definitions and hypotheses; where it differentiates itself it holds as it stands
            yield Equation(stated.lhs, stated.rhs)


def relations(reasons: Iterable[Any]) -> list[Relation]:
    """The relations among hypotheses."""
    return [r.relation for r in reasons if isinstance(r, Hypothesis)]


def facts(given: Sequence[Any]) -> Facts:
    """What relations such as `C > 0` say of the sign of a symbol, as SymPy assumptions."""
    known: Facts = {}
    for relation in relations(given):
        lhs, sign, rhs = relation.lhs, relation.sign, relation.rhs
        if isinstance(rhs, Symbol) and is_literal(lhs):
            lhs, rhs, sign = rhs, lhs, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
        if isinstance(lhs, Symbol) and is_literal(rhs):
            known.setdefault(lhs, {}).update(_sign_fact(sign, literal(rhs)))
    return known


def _sign_fact(sign: str, bound: Any) -> dict[str, bool]:
    if sign in (">", ">=") and bound >= 0:
        return {"positive" if bound > 0 or sign == ">" else "nonnegative": True}
    if sign in ("<", "<=") and bound <= 0:
        return {"negative" if bound < 0 or sign == "<" else "nonpositive": True}
    return {"zero": False} if sign == "!=" and bound == 0 else {}
