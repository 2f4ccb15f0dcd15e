"""Signs as sets: the signs that a quantity may have, as a bit mask. Unknown is `ANY`."""

from __future__ import annotations

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
ANY = 7
OF = {"<": NEGATIVE, "<=": NEGATIVE | ZERO, ">": POSITIVE, ">=": POSITIVE | ZERO, "=": ZERO, "!=": NEGATIVE | POSITIVE}


def multiply(a: int, b: int) -> int:
    result = 0
    if (a | b) & ZERO:
        result |= ZERO
    if a & POSITIVE and b & POSITIVE or a & NEGATIVE and b & NEGATIVE:
        result |= POSITIVE
    if a & POSITIVE and b & NEGATIVE or a & NEGATIVE and b & POSITIVE:
        result |= NEGATIVE
    return result


def add(a: int, b: int) -> int:
    if a == ZERO:
        return b
    if b == ZERO:
        return a
    both = a | b
    if not both & NEGATIVE:  # neither is negative; one positive makes the sum positive
        return POSITIVE if POSITIVE in (a, b) else POSITIVE | ZERO
    if not both & POSITIVE:
        return NEGATIVE if NEGATIVE in (a, b) else NEGATIVE | ZERO
    return ANY


def power(sign: int, n: int) -> int:
    if n % 2 == 1:
        return sign
    return (POSITIVE if sign & (POSITIVE | NEGATIVE) else 0) | (sign & ZERO)


def flip(sign: int) -> int:
    return multiply(sign, NEGATIVE)


__all__ = ["ANY", "NEGATIVE", "OF", "POSITIVE", "ZERO", "add", "flip", "multiply", "power"]
