"""Integrals over intervals of the second evaluator: tanh-sinh quadrature of mpmath."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivations.models.second_opinion.arithmetic import Unknown, minus, real
from derivations.terms.arithmetic import Infinity, MinusInfinity

if TYPE_CHECKING:
    from derivations.models.second_opinion.evaluator import Second
    from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
    from derivations.terms.term import Term

_DIGITS = 18
_CLOSE = 1e-11
_CUTS = (0, 1, 4, 16, 64)


def integral(e: Second, term: DefiniteIntegral) -> Any:
    """∫ body, to eleven digits; Unknown where the quadrature does not settle."""
    low, high = end_of(e, term.low), end_of(e, term.high)
    if low > high:
        raise Unknown("ends that are not in order")
    if low == high:
        return real(0 * mp.one)

    def at(x: Any) -> Any:
        with e.having(bound={**e.bound, term.variable: x}):
            return real(e(term.body))

    value = quadrature(at, low, high)
    to_nine_digits(e)
    return value


def to_nine_digits(e: Second) -> None:
    """What follows is no more exact than a quadrature."""
    e.rough, e.slack = True, max(e.slack, mp.mpf(10) ** -9)


def quadrature(at: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """∫ at(x) dx between two ends."""
    cuts = sorted({c for n in _CUTS for c in (mp.mpf(n), mp.mpf(-n)) if low < c < high})
    cuts = cuts if mp.inf in (-low, high) else []
    with mp.workdps(_DIGITS):
        try:
            value, error = mp.quad(at, [low, *cuts, high], error=True, maxdegree=7)
        except (ZeroDivisionError, ValueError, OverflowError):
            raise Unknown("an integrand without a value") from None
    if not error <= _CLOSE * (1 + abs(value)):
        raise Unknown("a quadrature that does not settle")
    return value


def evaluated(e: Second, term: Evaluated) -> Any:
    """[F]_a^b at finite ends."""
    if term.low.shape is None or term.high.shape is None:
        raise Unknown("a value at infinity")
    values = []
    for end in (term.high, term.low):
        with e.having(bound={**e.bound, term.variable: e(end)}):
            values.append(e(term.body))
    return minus(*values)


def end_of(e: Second, end: Term) -> Any:
    if isinstance(end, (Infinity, MinusInfinity)):
        return mp.inf if isinstance(end, Infinity) else -mp.inf
    return real(e(end))
