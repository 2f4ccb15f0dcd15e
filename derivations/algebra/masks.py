"""Signs that are read off a term; see `terms.signs` for what a sign is.

What is read off needs no normal form: `1 + exp(z)` is positive because both
parts are. Most conditions are of this kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.terms.arithmetic import (
    Abs,
    Add,
    Constant,
    Div,
    Exp,
    Infinity,
    Mul,
    Neg,
    Number,
    Pow,
    Sqrt,
    is_literal,
    literal,
)
from derivations.terms.signs import ANY, NEGATIVE, OF, POSITIVE, ZERO, add, flip, multiply, power
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts


def plain_sign(term: Term, facts: Facts) -> int:
    """The possible signs of a term, from its form and its declarations alone (where it is defined)."""
    match term:
        case Number(value):
            return ZERO if value == 0 else POSITIVE if value > 0 else NEGATIVE
        case Exp() | Constant():
            return POSITIVE
        case Symbol():
            return _declared_sign(term, facts)
        case Add(a, b):
            return add(plain_sign(a, facts), plain_sign(b, facts))
        case Mul(a, b) if a == b:
            return power(plain_sign(a, facts), 2)
        case Mul(a, b):
            return multiply(plain_sign(a, facts), plain_sign(b, facts))
        case Div(a, b):
            return multiply(plain_sign(a, facts), plain_sign(b, facts) & ~ZERO or ANY & ~ZERO)
        case Neg(a):
            return flip(plain_sign(a, facts))
        case Sqrt(a):
            return POSITIVE if plain_sign(a, facts) == POSITIVE else POSITIVE | ZERO
        case Abs(a):
            return POSITIVE | (plain_sign(a, facts) & ZERO)
        case Sum(body, _, low, high):
            inner = plain_sign(body, facts.enter(term.scope()))
            return inner if isinstance(high, Infinity) or low == high else inner | ZERO
        case Pow(base, exponent):
            return _power_sign(plain_sign(base, facts), exponent)
    return ANY


def _power_sign(base: int, exponent: Term) -> int:
    if base == POSITIVE:
        return POSITIVE
    if is_literal(exponent) and literal(exponent).denominator == 1 and literal(exponent) > 0:
        return power(base, int(literal(exponent)))
    return ANY


def _declared_sign(symbol: Symbol, facts: Facts) -> int:
    sign = ANY
    for fact in facts.declared(symbol):
        relation = fact.relation
        if relation.lhs == symbol and isinstance(relation.rhs, Number):
            edge = relation.rhs.number
            told = OF[relation.sign]
            if told in (POSITIVE, POSITIVE | ZERO) and edge >= 0:
                sign &= POSITIVE if edge > 0 or told == POSITIVE else POSITIVE | ZERO
            elif told in (NEGATIVE, NEGATIVE | ZERO) and edge <= 0:
                sign &= NEGATIVE if edge < 0 or told == NEGATIVE else NEGATIVE | ZERO
            elif told == NEGATIVE | POSITIVE and edge == 0:
                sign &= told
    return sign or ANY


__all__ = ["ANY", "NEGATIVE", "OF", "POSITIVE", "ZERO", "add", "flip", "multiply", "plain_sign", "power"]
