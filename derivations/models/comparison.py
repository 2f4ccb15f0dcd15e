"""Comparing values: yes, no, or not certain."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivations.models import numbers
from derivations.models.numbers import Element, NoValue, Value


def compare(a: Value, sign: str, b: Value) -> bool | None:
    """Whether a sign b; None if the balls overlap too much to tell. Raises NoValue for what has no order."""
    if sign not in ("=", "!=", "<", "<=", ">", ">="):
        raise NoValue(f"`{sign}` compares no two values")
    if isinstance(a, tuple) or isinstance(b, tuple):
        if not (isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b)):
            raise NoValue("shapes differ")
        equal = all_of(compare(x, "=", y) for x, y in zip(a, b, strict=True))
        return equal if sign == "=" else None if equal is None else not equal
    if isinstance(a, Element) or isinstance(b, Element):
        return (a == b) == (sign == "=")
    difference = numbers.subtract(a, b)
    low, high = numbers.range_of(difference)
    if sign in ("=", "!="):
        equal = False if low > 0 or high < 0 else True if low == high == 0 else None
        return equal if sign == "=" or equal is None else not equal
    if sign in ("<", ">="):
        less = True if high < 0 else False if low >= 0 else None
        return less if sign == "<" or less is None else not less
    less = True if high <= 0 else False if low > 0 else None
    return less if sign == "<=" or less is None else not less


def same(a: Value, b: Value) -> bool:
    """Equality of exact values and of points of a space; NoValue where it is not certain."""
    if isinstance(a, (Fraction, Element)) and isinstance(b, (Fraction, Element)):
        return a == b
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        return all([same(x, y) for x, y in zip(a, b, strict=True)])
    if isinstance(a, Element) or isinstance(b, Element):
        return False
    known = compare(a, "=", b)
    if known is None:
        raise NoValue("not certainly equal or different")
    return known


def all_of(verdicts: Iterable[bool | None]) -> bool | None:
    """Whether all are true; None if that is open."""
    found = list(verdicts)
    return False if False in found else None if None in found else True


def any_of(signs: Iterable[int | None]) -> bool | None:
    """Whether one of the signs is 0; None if that is open."""
    found = list(signs)
    return True if 0 in found else None if None in found else False
