"""Numbers, sums, products, powers and the elementary functions, as written."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.records import lazy
from derivations.terms.relations import Eq, IsInteger, Ne, relation
from derivations.terms.term import Term, TermError, as_term, same_shape, scalar, shape_name

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

ADD, MUL, POW, ATOM = 10, 30, 50, 100


def digits(n: int) -> str:
    """The decimal digits of an integer, also where Python refuses to write that many at once."""
    if n < 0:
        return "-" + digits(-n)
    high, low = divmod(n, 10**4000)
    return digits(high) + str(low).rjust(4000, "0") if high else str(low)


class Number(Term):
    """An exact rational; `written` keeps a decimal as its author wrote it."""

    number: Fraction
    written: str = ""

    @property
    def level(self) -> int:  # type: ignore[override]
        return ADD if self.number < 0 else ATOM

    def show(self, p: Printer) -> str:
        if self.written or self.number.denominator == 1:
            return p.number(self.written or digits(self.number.numerator))
        sign = "-" if self.number < 0 else ""
        return sign + p.fraction_of(digits(abs(self.number.numerator)), digits(self.number.denominator))

    def image(self, sp: Any) -> Any:
        return sp.sympy.Rational(self.number.numerator, self.number.denominator)

    def value(self, model: Any) -> Any:
        return self.number


class Constant(Term):
    """A named real constant: e (so that e**x prints as e^x) or π (`Pi`)."""

    name: str

    def show(self, p: Printer) -> str:
        return p.name(self.name)

    def image(self, sp: Any) -> Any:
        return {"e": sp.sympy.E, "pi": sp.sympy.pi}[self.name]

    def value(self, model: Any) -> Any:
        return model.constant(self.name)


e = Constant("e")
Pi = Constant("pi")


class Binary(Term):
    """Base of the operations with two operands."""

    left: Term
    right: Term


class Add(Binary):
    """left + right."""

    level: ClassVar[int] = ADD

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.left.shape

    def show(self, p: Printer) -> str:
        return f"{p.first_of(self.left, self.right)} + {p(self.right, ADD + 1)}"

    def image(self, sp: Any) -> Any:
        return sp(self.left) + sp(self.right)

    def value(self, model: Any) -> Any:
        return model.add(model(self.left), model(self.right))


class Sub(Binary):
    """left − right."""

    level: ClassVar[int] = ADD

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.left.shape

    def show(self, p: Printer) -> str:
        return f"{p.first_of(self.left, self.right)} - {p(self.right, ADD + 1)}"

    def image(self, sp: Any) -> Any:
        return sp(self.left) - sp(self.right)

    def value(self, model: Any) -> Any:
        return model.add(model(self.left), model.multiply(Fraction(-1), model(self.right)))


class Neg(Term):
    """−operand."""

    operand: Term
    level: ClassVar[int] = ADD

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.operand.shape

    def show(self, p: Printer) -> str:
        return p.negative(self.operand)

    def image(self, sp: Any) -> Any:
        return -sp(self.operand)

    def value(self, model: Any) -> Any:
        return model.multiply(Fraction(-1), model(self.operand))


class Mul(Binary):
    """left · right; at most one of them is a vector or a matrix."""

    level: ClassVar[int] = MUL

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.left.shape or self.right.shape

    def show(self, p: Printer) -> str:
        return p.product(self.left, self.right)

    def image(self, sp: Any) -> Any:
        return sp(self.left) * sp(self.right)

    def value(self, model: Any) -> Any:
        return model.multiply(model(self.left), model(self.right))


class Div(Binary):
    """left / right, defined where right ≠ 0."""

    level: ClassVar[int] = MUL

    @lazy
    def shape(self) -> Any:  # type: ignore[override]
        return self.left.shape

    def show(self, p: Printer) -> str:
        return p.fraction(self.left, self.right)

    def image(self, sp: Any) -> Any:
        return sp(self.left) / sp(self.right)

    def value(self, model: Any) -> Any:
        return model.divide(model(self.left), model(self.right))

    def demands(self) -> Iterator[Term]:
        yield Ne(self.right, 0)


class Pow(Term):
    """base^exponent. 0^0 is 1; a negative base wants an integer exponent."""

    base: Term
    exponent: Term
    level: ClassVar[int] = POW

    def show(self, p: Printer) -> str:
        return p.power(self.base, self.exponent)

    def image(self, sp: Any) -> Any:
        return sp(self.base) ** sp(self.exponent)

    def value(self, model: Any) -> Any:
        if self.base == e:  # exact where the exponent is 0, differentiable anywhere
            return model.function("exp", model(self.exponent))
        return model.power(model(self.base), model(self.exponent))

    def demands(self) -> Iterator[Term]:
        if self.base == e:
            return
        if isinstance(self.exponent, Number) or is_literal(self.exponent):
            exponent = literal(self.exponent)
            if exponent.denominator == 1:
                if exponent < 0:
                    yield Ne(self.base, 0)
            else:
                yield relation(self.base, ">=" if exponent > 0 else ">", 0)
        else:
            yield PowerDefined(self.base, self.exponent)


class PowerDefined(Term):
    """base^exponent is defined: base > 0, or an integer exponent that is ≥ 0 if base = 0."""

    base: Term
    exponent: Term
    shape = None

    def show(self, p: Printer) -> str:
        return f"{p.power(self.base, self.exponent)}{p.words(' is defined')}"


class Unary(Term):
    """Base of the functions of one number."""

    operand: Term
    word: ClassVar[str] = ""
    takes_brackets: ClassVar[bool] = True
    """It is written before its bracket: `log(x)`, not `√x`."""

    def show(self, p: Printer) -> str:
        return p.call(self.word, (self.operand,))

    def image(self, sp: Any) -> Any:
        return getattr(sp.sympy, self.word)(sp(self.operand))

    def source(self, file: Any) -> str:
        return f"{file.use(self.word)}({file.term(self.operand)})"

    def value(self, model: Any) -> Any:
        return model.function(self.word, model(self.operand))

    def second(self, other: Any) -> Any:
        return other.function(self.word, other(self.operand))

    def check(self) -> None:
        scalar(self.operand, self.word)


class Smooth(Unary):
    """Base of those that are defined and differentiable everywhere."""

    def smooth(self, moves: Any) -> tuple[Term, ...] | None:
        return ()

    def continuous(self, moves: Any) -> tuple[Term, ...] | None:
        return ()


class Exp(Smooth):
    """exp(operand), printed as a function; write e**x for e^x."""

    word = "exp"


class Log(Unary):
    """The natural logarithm, defined for operand > 0."""

    word = "log"

    @property
    def reaches_right(self) -> bool:
        """`log x` without brackets would swallow what follows."""
        return self.operand.level >= ATOM and not isinstance(self.operand, Number)

    @property
    def level(self) -> int:  # type: ignore[override]
        return MUL if self.reaches_right else ATOM

    def show(self, p: Printer) -> str:
        return p.prefix_call("log", self.operand)

    def demands(self) -> Iterator[Term]:
        yield relation(self.operand, ">", 0)

    def smooth(self, moves: Any) -> tuple[Term, ...] | None:
        return self.demanded

    def continuous(self, moves: Any) -> tuple[Term, ...] | None:
        return self.demanded


class Sqrt(Unary):
    """The square root that is ≥ 0, defined for operand ≥ 0."""

    word = "sqrt"
    takes_brackets = False

    def show(self, p: Printer) -> str:
        return p.root(self.operand)

    def demands(self) -> Iterator[Term]:
        yield relation(self.operand, ">=", 0)

    def smooth(self, moves: Any) -> tuple[Term, ...] | None:
        return (relation(self.operand, ">", 0),)

    def continuous(self, moves: Any) -> tuple[Term, ...] | None:
        return (relation(self.operand, ">", 0),)


class Abs(Unary):
    """The absolute value."""

    word = "abs"
    takes_brackets = False

    def show(self, p: Printer) -> str:
        return p.fence("|", self.operand, "|")

    def image(self, sp: Any) -> Any:
        return sp.sympy.Abs(sp(self.operand))

    def source(self, file: Any) -> str:
        return f"abs({file.term(self.operand)})"

    def integer(self) -> tuple[Term, ...] | None:
        return (IsInteger(self.operand),)

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂|u| = |u|/u ∂u."""
        yield self / self.operand * d(self.operand), (Ne(self.operand, 0),)

    def smooth(self, moves: Any) -> tuple[Term, ...] | None:
        return (Ne(self.operand, 0),)

    def continuous(self, moves: Any) -> tuple[Term, ...] | None:
        return ()

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "sign", self.operand


class Sin(Smooth):
    """sin(operand)."""

    word = "sin"

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂ sin u = cos u ∂u."""
        yield Cos(self.operand) * d(self.operand), ()

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "function", Cos(self.operand)


class Cos(Smooth):
    """cos(operand)."""

    word = "cos"

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂ cos u = −sin u ∂u."""
        yield -(Sin(self.operand) * d(self.operand)), ()

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield "function", Sin(self.operand)


class Tanh(Smooth):
    """tanh(operand)."""

    word = "tanh"

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂ tanh u = (1 − tanh² u) ∂u."""
        yield (1 - self**2) * d(self.operand), ()


# -- building ------------------------------------------------------------------
def number(thing: int | Fraction | float | Decimal) -> Term:
    """An exact number; floats as the decimal they print as; TermError for nan and infinities."""
    if isinstance(thing, (float, Decimal)):
        if not math.isfinite(thing):
            raise TermError(f"{thing} is not a number that can be calculated with; for limits write oo")
        exact = thing if isinstance(thing, Decimal) else Decimal(repr(float(thing)))
        if exact == int(exact) and abs(exact) < 10**15:
            return Number(Fraction(int(exact)))
        text = format(exact, "f")
        return Number(Fraction(text), text)
    if isinstance(thing, Fraction) and thing.denominator != 1:
        quotient = Div(number(abs(thing.numerator)), number(thing.denominator))
        return Neg(quotient) if thing < 0 else quotient
    return _SMALL.get(int(thing)) or Number(Fraction(thing))


_SMALL = {n: Number(Fraction(n)) for n in range(-4, 17)}
"""The numbers that are written most: what is the same object is compared at once."""


def is_literal(term: Term) -> bool:
    """Written with digits alone."""
    if isinstance(term, Number):
        return True
    match term:
        case Neg(operand):
            return is_literal(operand)
        case Add(a, b) | Sub(a, b) | Mul(a, b):
            return is_literal(a) and is_literal(b)
        case Div(a, b):
            return is_literal(a) and is_literal(b) and literal(b) != 0
    return False


def literal(term: Term) -> Fraction:
    """The worth of a literal; see `is_literal`."""
    if isinstance(term, Number):
        return term.number
    match term:
        case Neg(operand):
            return -literal(operand)
        case Add(a, b):
            return literal(a) + literal(b)
        case Sub(a, b):
            return literal(a) - literal(b)
        case Mul(a, b):
            return literal(a) * literal(b)
        case Div(a, b):
            return literal(a) / literal(b)
    raise TermError(f"`{term}` is no literal number")


def add(left: Term, right: Term) -> Term:
    same_shape(left, right, "+")
    return Add(left, right)


def subtract(left: Term, right: Term) -> Term:
    same_shape(left, right, "-")
    return Sub(left, right)


def negate(operand: Term) -> Term:
    if operand.shape is None:
        raise TermError(f"`{operand}` is no quantity and has no negative")
    if isinstance(operand, Number) and operand.number > 0:
        return Number(-operand.number, f"-{operand.written}" if operand.written else "")
    return Neg(operand)


def _is_negative(term: Term) -> bool:
    """Written with a leading minus."""
    return isinstance(term, Neg) or isinstance(term, Number) and term.number < 0


def _without_minus(term: Term) -> Term:
    if isinstance(term, Number):
        return Number(-term.number, term.written.removeprefix("-"))
    assert isinstance(term, Neg)
    return term.operand


def multiply(left: Term, right: Term) -> Term:
    for side in (left, right):
        if side.shape is None:
            raise TermError(f"`{side}` is no quantity and cannot be multiplied")
    if left.shape != () and right.shape != ():
        raise TermError(
            f"`{left}` is {shape_name(left.shape)} and `{right}` is {shape_name(right.shape)}: "
            "write A @ B for the product of matrices, A @ v with a vector, dot(u, v) for that of two vectors"
        )
    if _is_negative(left):  # a minus binds looser than a product: (−a)·b is written −ab
        return Neg(multiply(_without_minus(left), right))
    return Mul(left, right)


def divide(left: Term, right: Term) -> Term:
    if left.shape is None or right.shape is None:
        raise TermError(f"`{left}` and `{right}` cannot be divided: both must be quantities")
    if right.shape != ():
        raise TermError(f"cannot divide by `{right}`, which is {shape_name(right.shape)}")
    if is_literal(right) and literal(right) == 0:
        raise TermError(f"division by zero in `{left}/{right}`")
    if _is_negative(left):
        return Neg(divide(_without_minus(left), right))
    return Div(left, right)


def power(base: Term, exponent: Term) -> Term:
    if base.shape is not None and len(base.shape) == 2:
        from derivations.terms.linear_algebra import matrix_power

        return matrix_power(base, exponent)
    base, exponent = scalar(base, "a power"), scalar(exponent, "an exponent")
    return Pow(base, exponent)


def exp(x: Any) -> Term:
    """exp(x), printed as the function; e**x prints as a power and means the same."""
    return Exp(scalar(x, "exp"))


def log(x: Any, base: Any = None) -> Term:
    """The natural logarithm of x; asks for x > 0."""
    if base is not None:
        raise TermError(f"log is the natural logarithm: write log({x})/log({base})")
    return Log(scalar(x, "log"))


def sqrt(x: Any) -> Term:
    """The non-negative square root of x; asks for x ≥ 0."""
    return Sqrt(scalar(x, "sqrt"))


def sin(x: Any) -> Term:
    """The sine of x (radians)."""
    return Sin(scalar(x, "sin"))


def cos(x: Any) -> Term:
    """The cosine of x (radians)."""
    return Cos(scalar(x, "cos"))


def tanh(x: Any) -> Term:
    """The hyperbolic tangent of x."""
    return Tanh(scalar(x, "tanh"))


class Infinity(Term):
    """The point of a limit; no number: it cannot be calculated with."""

    shape = None

    def show(self, p: Printer) -> str:
        return p.name("oo")

    def image(self, sp: Any) -> Any:
        return sp.sympy.oo

    def __neg__(self) -> Term:
        return MinusInfinity()


class MinusInfinity(Term):
    """The point −∞ of a limit."""

    shape = None

    def show(self, p: Printer) -> str:
        return "-" + p.name("oo")

    def image(self, sp: Any) -> Any:
        return -sp.sympy.oo


oo = Infinity()

__all__ = [
    "Abs", "Add", "Binary", "Constant", "Cos", "Div", "Eq", "Exp", "Infinity", "Log", "MinusInfinity", "Mul",
    "Neg", "Number", "Pi", "Pow", "PowerDefined", "Sin", "Sqrt", "Sub", "Tanh", "Unary", "as_term", "cos", "e",
    "exp", "is_literal", "literal", "log", "number", "oo", "sin", "sqrt", "tanh",
]  # fmt: skip
