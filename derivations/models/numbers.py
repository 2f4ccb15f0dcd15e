"""Certified arithmetic on values.

A value is a `Fraction`, a python-flint ball (`arb`, which encloses the true
number), a `Polynomial` in random drivers, a `Dual` number that carries a
derivative, or a tuple of values: a vector, or the rows of a matrix. Results
are exact wherever that is possible; the others are enclosures at the
precision of `precision(bits)`. Where an operation is not *certainly* defined
it raises: nothing that is undefined or unknown can refute anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any, Union

import flint
from flint import arb, fmpq

from derivations.models.polynomials import Polynomial
from derivations.records import record

Value = Union[Fraction, arb, Polynomial, "Dual", "Growth", tuple[Any, ...]]

ZERO, ONE = Fraction(0), Fraction(1)
_LARGEST_EXPONENT = 2000
_LARGEST_BITS = 100_000


class NoValue(ArithmeticError):
    """The model cannot tell this value (a series, an enclosure that is too wide)."""


class Undefined(NoValue):
    """There is no value: division by zero, log of a number ≤ 0, an index out of range."""


class Divergent(Undefined):
    """A series of numbers whose partial sums grow without bound: to ∞ (sign 1), or to −∞ (sign −1)."""

    def __init__(self, sign: int) -> None:
        super().__init__("a series that diverges")
        self.sign = sign


@record(frozen=True)
class Element:
    """A point of an abstract space (a state, an action); no number."""

    space: str
    number: int

    def __str__(self) -> str:
        return f"{self.space}{self.number}"


@record(frozen=True)
class Dual:
    """value + rate·ε with ε² = 0: a value and its derivative in the direction `tag`.

    Where two directions meet, the larger tag is outside, so that derivatives nest.
    """

    tag: int
    value: Any
    rate: Any


class Growth:
    """Base of what describes a quantity as a variable tends to its point; see `germs`."""

    def plus(self, other: Any) -> Growth:
        raise NotImplementedError

    def times(self, other: Any) -> Growth:
        raise NotImplementedError

    def reciprocal(self) -> Growth:
        raise NotImplementedError

    def function(self, word: str) -> Growth:
        raise NotImplementedError

    def power(self, exponent: Any) -> Growth:
        raise NotImplementedError

    def as_exponent(self, base: Any) -> Any:
        """base to this power, where that is known without a logarithm; else None."""
        return None


def precision(bits: int) -> AbstractContextManager[Any]:
    """Balls are computed with this many bits inside the `with` block."""
    manager: AbstractContextManager[Any] = flint.ctx.workprec(bits)
    return manager


def ball(x: Fraction | arb) -> arb:
    """`x` as an enclosure."""
    return x if isinstance(x, arb) else arb(fmpq(x.numerator, x.denominator))


def around(x: Fraction) -> arb:
    """All numbers close to x."""
    return ball(x) + arb(0, 2.0**-30)


def sign(x: Value) -> int | None:
    """−1, 0 or 1 if certain, None for a ball that leaves it open; NoValue for what has no sign."""
    if type(x) is Fraction:
        return (x.numerator > 0) - (x.numerator < 0)
    if isinstance(x, arb):
        return 1 if x > 0 else -1 if x < 0 else 0 if x.is_zero() else None
    raise NoValue("only numbers have a sign")


def integer(x: Value) -> int:
    """`x` as an int; Undefined for other numbers, NoValue where it is not certain."""
    if isinstance(x, Fraction):
        if x.denominator != 1:
            raise Undefined(f"{x} is no integer")
        return x.numerator
    raise NoValue("not certainly an integer")


def range_of(x: Value) -> tuple[Any, Any]:
    """The ends of what encloses x; both the same for an exact number."""
    if isinstance(x, Fraction):
        return x, x
    if isinstance(x, arb):
        return x.lower(), x.upper()
    raise NoValue("only numbers can be compared")


# -- the four operations -------------------------------------------------------
def add(a: Value, b: Value) -> Value:
    """a + b, for vectors and matrices entry by entry."""
    if type(a) is Fraction and type(b) is Fraction:  # `isinstance` asks its abstract base, which takes time
        return a + b
    if isinstance(a, tuple) or isinstance(b, tuple):
        if not (isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b)):
            raise NoValue("shapes differ")
        return tuple(add(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, Dual) or isinstance(b, Dual):
        tag, (p, dp), (q, dq) = _parts(a, b)
        return dual(tag, add(p, q), add(dp, dq))
    if isinstance(a, Growth):
        return a.plus(b)
    if isinstance(b, Growth):
        return b.plus(a)
    if isinstance(a, Polynomial) or isinstance(b, Polynomial):
        return Polynomial.of(a).plus(Polynomial.of(b), add)
    return ball(a) + ball(b)


def multiply(a: Value, b: Value) -> Value:
    """a · b; at most one of them a vector or matrix."""
    if type(a) is Fraction and type(b) is Fraction:
        return a * b
    if isinstance(a, tuple) or isinstance(b, tuple):
        if isinstance(a, tuple) and isinstance(b, tuple):
            raise NoValue("a product of two vectors")
        if isinstance(a, tuple):
            return tuple(multiply(x, b) for x in a)
        assert isinstance(b, tuple)
        return tuple(multiply(a, y) for y in b)
    if isinstance(a, Dual) or isinstance(b, Dual):
        tag, (p, dp), (q, dq) = _parts(a, b)
        return dual(tag, multiply(p, q), add(multiply(dp, q), multiply(p, dq)))
    if isinstance(a, Growth):
        return a.times(b)
    if isinstance(b, Growth):
        return b.times(a)
    if isinstance(a, Polynomial) or isinstance(b, Polynomial):
        return Polynomial.of(a).times(Polynomial.of(b), add, multiply)
    if type(a) is Fraction and not a or type(b) is Fraction and not b:  # exact, whatever the other ball is
        return ZERO
    return ball(a) * ball(b)


def subtract(a: Value, b: Value) -> Value:
    """a − b."""
    return add(a, multiply(Fraction(-1), b))


def divide(a: Value, b: Value) -> Value:
    """a / b; raises Undefined for b = 0 and NoValue for a ball that contains 0."""
    return multiply(a, reciprocal(b))


def reciprocal(b: Value) -> Value:
    """1 / b; see `divide`."""
    if isinstance(b, Dual):
        inverse = reciprocal(b.value)
        return dual(b.tag, inverse, multiply(Fraction(-1), multiply(b.rate, multiply(inverse, inverse))))
    if isinstance(b, Growth):
        return b.reciprocal()
    if isinstance(b, Polynomial):
        return b.reciprocal(reciprocal) if any(b.terms) else reciprocal(b.constant())
    known = sign(b)
    if known is None:
        raise NoValue("the divisor may be zero")
    if known == 0:
        raise Undefined("division by zero")
    return 1 / b if isinstance(b, Fraction) else _finite(1 / ball(b))  # type: ignore[arg-type]


# -- powers and functions --------------------------------------------------------
def power(a: Value, b: Value) -> Value:
    """a^b with 0^0 = 1; a base that is not positive wants an exact integer exponent.

    Raises Undefined for 0 to a negative power and for a negative base under
    another exponent, NoValue where this is not certain.
    """
    if isinstance(b, Polynomial):
        b = b.constant()
    if isinstance(b, Growth):
        known_power = b.as_exponent(a)
        if known_power is not None:
            return known_power  # type: ignore[no-any-return]
    if isinstance(b, (Dual, Growth)):
        return function("exp", multiply(b, function("log", a)))
    if isinstance(a, Dual):
        rate = ZERO if b == ZERO else multiply(b, multiply(power(a.value, subtract(b, ONE)), a.rate))
        return dual(a.tag, power(a.value, b), rate)
    if isinstance(a, Growth):
        return a.power(b)
    if isinstance(b, Fraction) and b.denominator == 1:
        return _integer_power(a, b.numerator)
    if isinstance(a, Polynomial):
        a = a.constant()
    known = sign(a)
    if known == -1:
        raise Undefined("a negative base under an exponent that is no integer")
    if known != 1:
        raise NoValue("the base is not certainly positive")
    return _root(a, b) or _finite(ball(a) ** ball(b))  # type: ignore[arg-type]


def _integer_power(a: Value, n: int) -> Value:
    if abs(n) > _LARGEST_EXPONENT:
        raise NoValue("the exponent is too large to evaluate")
    if n == 0:
        return ONE
    if n < 0:
        return reciprocal(_integer_power(a, -n))
    if isinstance(a, Fraction):
        if n * max(a.numerator.bit_length(), a.denominator.bit_length()) > _LARGEST_BITS:
            raise NoValue("the power is too large to evaluate")
        return a**n
    if isinstance(a, arb) and not a.contains(0):  # in python-flint 0.9 a power of a ball around 0 is nan
        return _finite(a**n)
    half = _integer_power(a, n // 2)
    square = multiply(half, half)
    return multiply(square, a) if n % 2 else square


def _root(a: Value, b: Value) -> Fraction | None:
    """a^b for a > 0 if it is rational and small."""
    if not (isinstance(a, Fraction) and isinstance(b, Fraction) and b.denominator <= 6 and abs(b.numerator) <= 60):
        return None
    top, bottom = (_integer_root(n, b.denominator) for n in (a.numerator, a.denominator))
    return None if top is None or bottom is None else Fraction(top, bottom) ** b.numerator


def _integer_root(n: int, order: int) -> int | None:
    if order == 2:
        root = math.isqrt(n)
        return root if root * root == n else None
    if n.bit_length() > 200:
        return None
    guess = round(n ** (1 / order))
    return next((r for r in (guess - 1, guess, guess + 1) if r >= 0 and r**order == n), None)


def function(word: str, x: Value) -> Value:
    """exp, log, sqrt, abs, sin, cos or tanh of x.

    Raises Undefined outside the domain, and where a derivative is asked that
    does not exist (|x| and √x at 0).
    """
    if isinstance(x, Dual):
        if word not in _RATES:
            raise NoValue(f"a derivative of {word}")
        return dual(x.tag, function(word, x.value), multiply(_RATES[word](x.value), x.rate))
    if isinstance(x, Growth):
        return x.function(word)
    if isinstance(x, Polynomial):
        if word == "exp" and any(x.terms):
            return x.exponential(_exp)
        x = x.constant()
    if isinstance(x, tuple):
        raise NoValue(f"{word} of a vector")
    return _FUNCTIONS[word](x)


def _exp(x: Any) -> Value:
    if x == ZERO:
        return ONE
    return _finite(ball(x).exp())


def _log(x: Any) -> Value:
    known = sign(x)
    if known is None:
        raise NoValue("log of what may not be positive")
    if known <= 0:
        raise Undefined("log of a number that is not positive")
    return ZERO if x == ONE else ball(x).log()


def _sqrt(x: Any) -> Value:
    known = sign(x)
    if known is None:
        raise NoValue("root of what may be negative")
    if known < 0:
        raise Undefined("root of a negative number")
    if known == 0:
        return ZERO
    exact = _root(x, Fraction(1, 2))
    return ball(x).sqrt() if exact is None else exact


def _abs(x: Any) -> Value:
    return abs(x)


def _elementary(name: str, at_zero: Fraction) -> Callable[[Any], Value]:
    def evaluate(x: Any) -> Value:
        return at_zero if x == ZERO else _finite(getattr(ball(x), name)())

    return evaluate


def _gamma(x: Any) -> Value:
    known = sign(x)
    if known is None:
        raise NoValue("Γ of what may not be positive")
    if known <= 0:
        raise Undefined("Γ of a number that is not positive")
    whole = isinstance(x, Fraction) and x.denominator == 1 and x < 100
    return Fraction(math.factorial(int(x) - 1)) if whole else _finite(ball(x).gamma())


_FUNCTIONS: dict[str, Callable[[Any], Value]] = {
    "exp": _exp, "log": _log, "sqrt": _sqrt, "abs": _abs,
    "sin": _elementary("sin", ZERO), "cos": _elementary("cos", ONE), "tanh": _elementary("tanh", ZERO),
    "gamma": _gamma,
}  # fmt: skip


def elementary(x: Value, at: Callable[[Any], Value], rate: Callable[[Any], Value]) -> Value:
    """f(x), by `at` for numbers (fractions and balls) and the derivative of f by `rate` for any value.

    NoValue for what grows: a function whose behaviour there is not told has none.
    """
    if isinstance(x, Dual):
        return dual(x.tag, elementary(x.value, at, rate), multiply(rate(x.value), x.rate))
    if isinstance(x, Polynomial):
        x = x.constant()
    if isinstance(x, (tuple, Growth)):
        raise NoValue("a function of what is no number")
    found = at(x)
    return _finite(found) if isinstance(found, arb) else found


def _rate_of_abs(x: Value) -> Value:
    if isinstance(x, Dual):
        return _rate_of_abs(x.value)
    if isinstance(x, Growth):
        return multiply(x.function("abs"), x.reciprocal())
    known = sign(x.constant() if isinstance(x, Polynomial) else x)
    if not known:
        raise Undefined("|x| has no derivative at 0")
    return Fraction(known)


_RATES: dict[str, Callable[[Any], Value]] = {
    "exp": lambda x: function("exp", x),
    "log": reciprocal,
    "sqrt": lambda x: reciprocal(multiply(Fraction(2), function("sqrt", x))),
    "abs": _rate_of_abs,
    "sin": lambda x: function("cos", x),
    "cos": lambda x: multiply(Fraction(-1), function("sin", x)),
    "tanh": lambda x: subtract(ONE, power(function("tanh", x), Fraction(2))),
}


# -- helpers -----------------------------------------------------------------------
def dual(tag: int, value: Value, rate: Value) -> Value:
    """value + rate·ε; plain `value` if the rate is exactly 0."""
    return value if isinstance(rate, Fraction) and rate == 0 else Dual(tag, value, rate)


def _parts(a: Any, b: Any) -> tuple[int, tuple[Any, Any], tuple[Any, Any]]:
    tag = max(x.tag for x in (a, b) if isinstance(x, Dual))

    def split(x: Any) -> tuple[Any, Any]:
        return (x.value, x.rate) if isinstance(x, Dual) and x.tag == tag else (x, ZERO)

    return tag, split(a), split(b)


def _finite(x: arb) -> arb:
    if not x.is_finite():
        raise NoValue("too large to enclose")
    return x


def at_rest(value: Any) -> Any:
    """The value without its derivatives."""
    if isinstance(value, tuple):
        return tuple(at_rest(v) for v in value)
    return at_rest(value.value) if isinstance(value, Dual) else value


def constant(name: str) -> Value:
    """e or π as a ball."""
    return arb.const_e() if name == "e" else arb.pi()
