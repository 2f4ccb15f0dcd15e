"""Integrals over intervals of real numbers, and a function between two ends, [F]_a^b."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.arithmetic import POW, Infinity, MinusInfinity, is_literal, literal
from derivations.terms.functions import Apply
from derivations.terms.relations import Proposition, Relation, relation
from derivations.terms.substitution import fresh
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Scope, Term, TermError, as_term, shape_name

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


def between(variable: Symbol, low: Term, high: Term) -> tuple[Relation, ...]:
    """low < variable < high, where the ends are finite."""
    found = []
    if not isinstance(low, MinusInfinity):
        found.append(relation(variable, ">", low))
    if not isinstance(high, Infinity):
        found.append(relation(variable, "<", high))
    return tuple(found)


class DefiniteIntegral(Term):
    """∫_low^high body d(variable), absolutely convergent, with low ≤ high; the ends are numbers or ±∞."""

    body: Term
    variable: Symbol
    low: Term
    high: Term
    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=between(self.variable, self.low, self.high))

    def show(self, p: Printer) -> str:
        return p.definite_integral(self.variable, self.low, self.high, self.body)

    def image(self, sp: Any) -> Any:
        variable, body = sp.binder(self.variable, self.body)
        return sp.sympy.Integral(body, (variable, sp(self.low), sp(self.high)))

    def value(self, model: Any) -> Any:
        from derivations.models.quadrature import integral

        return integral(model, self)

    def demands(self) -> Iterator[Term]:
        yield IntegrableOn(self.body, self.variable, self.low, self.high)


class IntegrableOn(Proposition):
    """low ≤ high, and ∫_low^high |body| d(variable) < ∞."""

    body: Term
    variable: Symbol
    low: Term
    high: Term
    remedy: ClassVar[str] = (
        "give what makes it converge: signs of the parameters, the order of the ends; "
        "integrable(f(x), (x, a, b)) for an unknown f"
    )

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=between(self.variable, self.low, self.high))

    def show(self, p: Printer) -> str:
        return p(DefiniteIntegral(*self.fields)) + p.words(" converges absolutely")


class Evaluated(Term):
    """[body]_low^high = body(high) − body(low); at ±∞, and where body has no value at an end, its limit there."""

    body: Term
    variable: Symbol
    low: Term
    high: Term
    level: ClassVar[int] = POW
    """What stands above it is its upper end: a power of it is bracketed."""

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=between(self.variable, self.low, self.high))

    def show(self, p: Printer) -> str:
        return p.evaluated(self.variable, self.low, self.high, self.body)

    def image(self, sp: Any) -> Any:
        variable, body = sp.binder(self.variable, self.body)
        ends = [(sp(self.high), "-"), (sp(self.low), "+")]
        there, here = (
            sp.sympy.Limit(body, variable, end, side) if end.is_infinite else body.subs(variable, end)
            for end, side in ends
        )
        return there - here

    def value(self, model: Any) -> Any:
        from derivations.models.quadrature import evaluated

        return evaluated(model, self)

    def demands(self) -> Iterator[Term]:
        yield HasEnds(self.body, self.variable, self.low, self.high)


class HasEnds(Proposition):
    """low ≤ high, and body has a finite limit as the variable tends to each end from between them."""

    body: Term
    variable: Symbol
    low: Term
    high: Term
    remedy: ClassVar[str] = (
        "give what is needed for a limit at each end (signs of the parameters, the order of the ends)"
    )

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=between(self.variable, self.low, self.high))

    def show(self, p: Printer) -> str:
        return p(Evaluated(*self.fields)) + p.words(" exists")


class IsPrimitive(Proposition):
    """Between low and high the derivative of `primitive` by the variable is `body`, and both are continuous there."""

    primitive: Term
    body: Term
    variable: Symbol
    low: Term
    high: Term
    remedy: ClassVar[str] = "take the integral over ranges inside of which it has no pole and no jump"

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=between(self.variable, self.low, self.high))

    @property
    def inside(self) -> tuple[int, ...]:
        return (0, 1)

    def show(self, p: Printer) -> str:
        return p(self.primitive) + p.words(" is a primitive of ") + p(self.body)


class Dominated(Proposition):
    """∂/∂parameter body is continuous, and near the parameter at most some g with ∫ g < ∞ in absolute value."""

    body: Term
    variable: Symbol
    low: Term
    high: Term
    parameter: Symbol
    remedy: ClassVar[str] = "give what makes the derivative under the integral converge for all parameters nearby"

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=between(self.variable, self.low, self.high))

    def show(self, p: Printer) -> str:
        inside = p.derivative(self.body, self.parameter)
        return inside + p.words(" is dominated by an integrable function near ") + p(self.parameter)


class IsOdd(Proposition):
    """body changes its sign with the variable."""

    body: Term
    variable: Symbol

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,))

    def show(self, p: Printer) -> str:
        return p(self.body) + p.words(" is odd in ") + p(self.variable)


class IsEven(Proposition):
    """body is the same for the variable and its negative."""

    body: Term
    variable: Symbol

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,))

    def show(self, p: Printer) -> str:
        return p(self.body) + p.words(" is even in ") + p(self.variable)


def over_an_interval(body: Term, bounds: Any, what: str, kind: type[Term]) -> Term:
    """A node that binds a real variable between two ends. Raises TermError for what is no such range."""
    try:
        variable, low, high = bounds
    except (TypeError, ValueError):
        raise TermError(f"{what}(f, (x, a, b)): got {bounds!r} for the range") from None
    variable, lo, hi = as_term(variable), as_term(low), as_term(high)
    check_range(body, variable, lo, hi, what)
    assert isinstance(variable, Symbol)
    if is_literal(lo) and is_literal(hi) and literal(lo) > literal(hi):
        raise TermError(f"{what}: {lo} is larger than {hi}; write minus the one from {hi} to {lo}")
    if variable.domain != REAL:  # what was declared of the name outside says nothing of the one that is bound
        real = Symbol(variable.name, REAL, variable.tag)
        taken = body.free | lo.free | hi.free
        real = fresh(real, taken) if real in taken else real
        body, variable = body.substitute({variable: real}), real
    return kind(body, variable, lo, hi)


def check_range(body: Term, variable: Term, low: Term, high: Term, what: str) -> None:
    """Raises TermError for a body that is no number, a variable that is no real symbol, ends that are no ends."""
    if body.shape != ():
        raise TermError(f"{what}: `{body}` is {shape_name(body.shape)}, not a number")
    if not isinstance(variable, Symbol) or variable.shape != () or variable.domain.kind == "space":
        raise TermError(f"{what}: `{variable}` is no symbol for a real number")
    if type(variable) is not Symbol:
        raise TermError(f"{what}: `{variable}` is no plain symbol: over realisations write {what}(f, a[t])")
    if variable.domain.discrete:
        raise TermError(f"{what}: `{variable}` takes only discrete values; for a sum write Sum(…)")
    for end, none in ((low, Infinity), (high, MinusInfinity)):
        if end.shape != () and (isinstance(end, none) or not isinstance(end, (Infinity, MinusInfinity))):
            raise TermError(f"{what}: `{end}` is no {'lower' if none is Infinity else 'upper'} end of a range")
        if variable in end.free:
            raise TermError(f"{what}: the variable `{variable}` occurs in its own range")


def evaluated(body: Any, bounds: Any) -> Term:
    """[F]_a^b, the difference of F between two ends: `evaluated(x**2, (x, 0, 1))`; limits at ±oo.

    >>> from derivations import evaluated, symbols
    >>> x = symbols("x")
    >>> evaluated(x**2, (x, 0, 1))
    [x²]_{x=0}^{1}

    Raises TermError for what is no range. Source: Spivak, Calculus, ch. 19.
    """
    return over_an_interval(as_term(body), bounds, "evaluated", Evaluated)


def integrable(body: Any, bounds: Any) -> IntegrableOn:
    """Hypothesis: ∫_a^b |body| dx is finite, and a ≤ b, where the body holds a function of which no more is known.

    Whether the integral of a function that is written out converges is found out, not assumed.
    `integrable(f(x), (x, 0, oo))`. Raises TermError for what is no range, or holds no unknown function.
    """
    made = over_an_interval(as_term(body), bounds, "integrable", IntegrableOn)
    check_unknown(made)
    assert isinstance(made, IntegrableOn)
    return made


def check_unknown(given: Term) -> None:
    """Raises TermError for an integrand that is written out."""
    if Apply not in given.kinds:
        raise TermError(f"`{given}`: this is found out; give what it depends on, such as the signs of the parameters")
