"""What SymPy is not asked: to multiply out what has too many terms, or a number that is too long.

It would not come back, and cannot be counted as the kernel is; this is told
from the terms as written, so that it does not depend on the machine.
"""

from __future__ import annotations

from derivations.terms.arithmetic import Add, Div, Mul, Neg, Number, Pow, Sub
from derivations.terms.term import Term

MOST = 10_000
"""Terms after multiplying out; also the largest exponent."""


def too_large(*terms: Term) -> bool:
    """Whether some part of the terms is too large when it is multiplied out."""
    known: dict[Term, int] = {}
    return any(_terms(part, known) > MOST for term in terms for part in term.walk_set)


def _terms(term: Term, known: dict[Term, int]) -> int:
    """How many terms a sum has at most when it is multiplied out; counted up to a little more than MOST."""
    found = known.get(term)
    if found is None:
        found = known[term] = min(_counted(term, known), MOST + 1)
    return found


def _counted(term: Term, known: dict[Term, int]) -> int:
    match term:
        case Add(a, b) | Sub(a, b):
            return _terms(a, known) + _terms(b, known)
        case Mul(a, b) | Div(a, b):
            return _terms(a, known) * _terms(b, known)
        case Neg(a):
            return _terms(a, known)
        case Pow(a, n) if not n.free:
            return _power(_terms(a, known), n)
    return 1


def _power(terms: int, exponent: Term) -> int:
    """(a + b)^n has n + 1 terms, (a + b + c)^n has (n + 1)(n + 2)/2, …; a number to a power is so long."""
    while isinstance(exponent, Neg):
        exponent = exponent.operand
    if isinstance(exponent, Div):
        exponent = exponent.left
    if not isinstance(exponent, Number) or abs(exponent.number) > MOST:
        return MOST + 1
    n = int(abs(exponent.number))
    return int(min(terms ** min(n, 40), (n + 1) ** min(terms - 1, 40)))


__all__ = ["MOST", "too_large"]
