"""Arithmetic of the second evaluator: fractions while it is exact, else 60 digits of mpmath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Any

from mpmath import mp, mpf

from derivations.models.numbers import Element

DIGITS = 60
_FEW = 10**5
"""A sum that is so many units of the last place is noise."""
CLOSE = mpf(10) ** -25
"""What agrees to so many digits (relative to 1 or to its size) is taken for equal."""


class Unknown(ArithmeticError):
    """There is no value here, or none that this evaluator can find."""


class Lost(Unknown):
    """All digits of a sum cancelled, so that what is left may be anything small."""


_MINDING: ContextVar[bool] = ContextVar("minding", default=False)


@contextmanager
def minding_digits(minding: bool) -> Iterator[None]:
    """Whether a sum of which no digit is left is an error inside the `with` block."""
    token = _MINDING.set(minding)
    try:
        yield
    finally:
        _MINDING.reset(token)


def real(x: Any) -> mpf:
    """A number with 60 digits."""
    if isinstance(x, Fraction):
        return mpf(x.numerator) / x.denominator
    if isinstance(x, mpf):
        return x
    raise Unknown(f"{x!r} is no number")


def both(x: Any, y: Any, exact: Callable[[Any, Any], Any]) -> Any:
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return exact(x, y)
    return exact(real(x), real(y))


def pairs(x: Any, y: Any) -> Iterator[tuple[Any, Any]]:
    """The components of two vectors of one length, side by side."""
    if not (isinstance(x, tuple | list) and isinstance(y, tuple | list) and len(x) == len(y)):
        raise Unknown("shapes differ")
    return zip(x, y, strict=True)


def add(x: Any, y: Any) -> Any:
    if type(x) is Fraction and type(y) is Fraction:
        return x + y
    if isinstance(x, tuple) or isinstance(y, tuple):
        return tuple(add(a, b) for a, b in pairs(x, y))
    total = both(x, y, lambda a, b: a + b)
    if _MINDING.get() and isinstance(total, mpf) and abs(total) < abs(real(x)) * mp.eps * _FEW:
        raise Lost("all digits cancel")
    return total


def times(x: Any, y: Any) -> Any:
    if type(x) is Fraction and type(y) is Fraction:
        return x * y
    if isinstance(x, tuple):
        return tuple(times(a, y) for a in x)
    if isinstance(y, tuple):
        return tuple(times(x, b) for b in y)
    return both(x, y, lambda a, b: a * b)


def minus(x: Any, y: Any) -> Any:
    return add(x, times(Fraction(-1), y))


def over(x: Any, y: Any) -> Any:
    if y == 0:
        raise Unknown("division by zero")
    return times(x, both(Fraction(1), y, lambda a, b: a / b))


def whole(x: Any) -> int:
    if isinstance(x, Fraction) and x.denominator == 1:
        return x.numerator
    raise Unknown(f"{x} is no integer")


def power(x: Any, n: Any) -> Any:
    if isinstance(n, Fraction) and n.denominator == 1 and abs(n) < 10_000:
        if x == 0 and n < 0:
            raise Unknown("a negative power of 0")
        return x ** int(n) if isinstance(x, Fraction) else mp.power(real(x), int(n))
    if not x > 0:
        raise Unknown("a power of what is not positive")
    if n == Fraction(1, 2):
        return function("sqrt", x)
    return mp.power(real(x), real(n))


def function(word: str, x: Any) -> Any:
    """exp, log, sqrt, abs, sin, cos, tanh; exact where the value is rational and known to be."""
    if word == "abs":
        return abs(x)
    if word == "sqrt":
        return _root(x)
    if word == "log" and not x > 0:
        raise Unknown("log of what is not positive")
    if isinstance(x, Fraction) and (word, x) in _RATIONAL:
        return _RATIONAL[word, x]
    return getattr(mp, word)(real(x))


_RATIONAL = {
    ("exp", Fraction(0)): Fraction(1), ("log", Fraction(1)): Fraction(0), ("sin", Fraction(0)): Fraction(0),
    ("cos", Fraction(0)): Fraction(1), ("tanh", Fraction(0)): Fraction(0),
}  # fmt: skip


def _root(x: Any) -> Any:
    if x < 0:
        raise Unknown("root of a negative number")
    if isinstance(x, Fraction):
        top, bottom = isqrt(x.numerator), isqrt(x.denominator)
        if top * top == x.numerator and bottom * bottom == x.denominator:
            return Fraction(top, bottom)
    return mp.sqrt(real(x))


def apart(x: Any, y: Any, slack: Any = 0) -> bool:
    """Whether two values are different, by more than what was rounded off."""
    if isinstance(x, tuple) or isinstance(y, tuple):
        return any(apart(a, b, slack) for a, b in pairs(x, y))
    if isinstance(x, Element) or isinstance(y, Element):
        return bool(x != y)
    if isinstance(x, Fraction) and isinstance(y, Fraction) and not slack:
        return x != y
    a, b = real(x), real(y)
    return bool(abs(a - b) > max(CLOSE, slack) * max(1, abs(a), abs(b)))


def holds(x: Any, sign: str, y: Any, slack: Any = 0) -> bool:
    """x sign y, where what is as good as equal is taken for equal."""
    equal = not apart(x, y, slack)
    if sign in ("=", "!="):
        return equal == (sign == "=")
    less = not equal and bool(real(x) < real(y))
    return {"<": less, "<=": less or equal, ">": not less and not equal, ">=": not less}[sign]


def size(x: Any) -> mpf:
    """The largest absolute value in it."""
    return max(map(size, x), default=mpf(0)) if isinstance(x, tuple) else abs(real(x))


def rounded(x: Any) -> Any:
    """What was cut off is no longer an exact number."""
    return tuple(map(rounded, x)) if isinstance(x, tuple) else real(x)


def negligible(sizes: Sequence[mpf], total: Any) -> bool:
    """Whether the last terms of a series fall so fast, and are so small, that the rest does not count."""
    falls = all(after <= before * _FALLS for before, after in pairwise(sizes))
    return falls and sizes[-1] < mp.eps * max(1, size(total))


_FALLS = mpf(99) / 100
