"""What the second evaluator says of a link in a model, and whether it confirms that the link is false there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpmath import mp

from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import DIGITS, Unknown, minus
from derivations.models.second_opinion.evaluator import Second
from derivations.terms.relations import Relation

if TYPE_CHECKING:
    from derivations.models.model import Model


def opinion(model: Model, link: Relation, patience: int = 2500) -> bool | None:
    """Whether the link is true in the model, where the hypotheses hold; None if it cannot be told.

    What agrees to 25 digits is taken for true.
    """
    with mp.workdps(DIGITS):
        try:
            second = Second(model, patience)
            return second.truth(link) if second.hypotheses_hold() else None
        except _NO_VALUE:
            return None


def confirms(model: Model, link: Relation) -> bool:
    """Whether this evaluator finds the link false, too. A very small difference must stay as digits are added."""
    said = opinion(model, link)
    if said is not True or link.sign not in ("=", "<", "<=", ">", ">="):
        return said is False
    gaps = []
    for digits in _MORE_DIGITS:
        with mp.workdps(digits):
            try:
                second = Second(model)
                gaps.append(arithmetic.real(minus(second(link.lhs), second(link.rhs))))
            except _NO_VALUE:
                return False
        if second.slack or second.rough:
            return False
    first, last = gaps
    if last == 0 or abs(first - last) > abs(last) / 10**6:
        return False
    return link.sign == "=" or (last > 0) == (link.sign in ("<", "<="))


_NO_VALUE = (Unknown, RecursionError, OverflowError)
_MORE_DIGITS = (300, 500)

__all__ = ["confirms", "opinion"]
