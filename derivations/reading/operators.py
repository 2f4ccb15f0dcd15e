"""The commands that begin with an operator, and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from derivations.reading.binders import between_ends, big, integration, limit, named_end, summation
from derivations.reading.derivatives import fraction, nabla, partial, quotient
from derivations.reading.tokens import FRACTIONS, Token
from derivations.terms import arithmetic

if TYPE_CHECKING:
    from derivations.reading.functions import Functions


def infinity(reader: Functions, token: Token) -> Any:
    return arithmetic.oo


def probability(reader: Functions, token: Token) -> Any:
    return reader.probability(reader.scripts(), token)


OPERATORS: dict[str, Callable[[Functions, Token], Any]] = {
    **dict.fromkeys(FRACTIONS, fraction), r"\sum": summation, r"\int": integration, r"\lim": limit,
    r"\partial": partial, r"\nabla": nabla, r"\infty": infinity, r"\Pr": probability,
}  # fmt: skip
_KNOWN = (
    "prod max min sup inf arg argmax argmin det begin binom iint oint tan cot sec csc sinh cosh arcsin arccos "
    "arctan dim ker gcd land exists emptyset substack underbrace overbrace bigcup bigcap limsup liminf mod bmod pmod "
    "Re Im triangle lor lnot neg"
).split()
KNOWN = frozenset(rf"\{name}" for name in _KNOWN)
"""Commands that mean something, for which there is no word."""

__all__ = ["KNOWN", "OPERATORS", "between_ends", "big", "named_end", "quotient"]
