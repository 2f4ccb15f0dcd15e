"""Finite sums and series, and the Kronecker delta."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.arithmetic import Infinity, Number, Sub, number
from derivations.terms.relations import IsInteger, Proposition, relation
from derivations.terms.substitution import fresh
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Scope, Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

INTEGER = Domain("integer")


class Sum(Term):
    """Σ_{variable=low}^{high} body; an empty range gives 0; a series if high is ∞."""

    body: Term
    variable: Symbol
    low: Term
    high: Term

    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.body.shape

    def scope(self) -> Scope:
        gains = [relation(self.variable, ">=", self.low)]
        if not isinstance(self.high, Infinity):
            gains.append(relation(self.variable, "<=", self.high))
        return Scope(bound=(self.variable,), gains=tuple(gains))

    @property
    def ranges(self) -> Any:  # type: ignore[override]
        return ((self.variable, self.low, self.high),)

    def show(self, p: Printer) -> str:
        return p.big("sum", self.variable, self.low, self.high, self.body)

    def image(self, sp: Any) -> Any:
        index, body = sp.binder(self.variable, self.body)
        return sp.sympy.Sum(body, (index, sp(self.low), sp(self.high)))

    def integer(self) -> tuple[Term, ...] | None:
        return None if isinstance(self.high, Infinity) else (IsInteger(self.body),)

    def continuous(self, moves: Any) -> tuple[Term, ...] | None:
        return None if isinstance(self.high, Infinity) or moves(self.low) or moves(self.high) else ()

    def value(self, model: Any) -> Any:
        return model.sum(self)

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield from slips_in_bounds(self)

    def check(self) -> None:
        check_index(self)

    def demands(self) -> Iterator[Term]:
        if isinstance(self.high, Infinity):
            yield Summable(self.body, self.variable, self.low)
        for bound in (self.low, self.high):
            if bound.shape == ():
                yield IsInteger(bound)


class Summable(Proposition):
    """Σ_{variable=low}^∞ body converges absolutely."""

    body: Term
    variable: Symbol
    low: Term

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,), gains=(relation(self.variable, ">=", self.low),))

    def show(self, p: Printer) -> str:
        return p(Sum(self.body, self.variable, self.low, Infinity())) + p.words(" converges")


class ForEach(Proposition):
    """statement, for each integer in the range of a sum."""

    statement: Term
    variable: Symbol
    low: Term
    high: Term

    def scope(self) -> Scope:
        return Sum(self.statement, self.variable, self.low, self.high).scope()

    def show(self, p: Printer) -> str:
        over = f" {p.sign('<=')} ".join(map(p, (self.low, self.variable, self.high)))
        return f"{p(self.statement)}{p.words(' for each ')}{over}"


class Delta(Term):
    """δ_{i,j}: 1 if i = j, else 0."""

    left: Term
    right: Term

    def show(self, p: Printer) -> str:
        return p.subscript(p.name("delta"), (self.left, self.right))

    def image(self, sp: Any) -> Any:
        return sp.sympy.KroneckerDelta(sp(self.left), sp(self.right))

    def value(self, model: Any) -> Any:
        return model.delta(model(self.left), model(self.right))


def slips_in_bounds(term: Any) -> Iterator[tuple[str, Term]]:
    """One too few at an end of a range; for a node whose fields are body, variable, low, high."""
    body, variable, low, high = term.fields
    if isinstance(low, Number):
        yield "bound", type(term)(body, variable, Number(low.number + 1), high)
    if not isinstance(high, Infinity):
        less = Number(high.number - 1) if isinstance(high, Number) else Sub(high, number(1))
        yield "bound", type(term)(body, variable, low, less)


def check_index(term: Any) -> None:
    """What binds an integer that runs over a range; TermError if it could not have been written."""
    for variable, low, high in term.ranges:
        if variable.domain != INTEGER or variable in low.free | high.free:
            raise TermError(f"`{variable}` is no index")


def delta(i: Any, j: Any) -> Delta:
    """The Kronecker delta δ_{i,j}."""
    return Delta(as_term(i), as_term(j))


def sum_over(body: Any, bounds: tuple[Any, Any, Any], *more: Any) -> Term:
    """Σ body over (variable, low, high), as in SymPy: `Sum(q[t] * k[t], (t, 1, d))`.

    The variable is an integer that belongs to the sum; the same name outside
    is another quantity. `Sum(f(b), (b, 0, 1))` has two terms.

    Raises TermError for a variable that is no symbol or occurs in its own bounds.
    """
    return Sum(*over_range("Sum", "a sum", body, bounds, more))


def over_range(word: str, noun: str, body: Any, bounds: Any, more: tuple[Any, ...]) -> tuple[Term, Symbol, Term, Term]:
    """Body, index and bounds of what is written `word(body, (variable, low, high))`; see `sum_over`."""
    if more:
        raise TermError(
            f"{word}(body, (variable, low, high)): the range stands in brackets; "
            f"for several, write {noun} of {noun[2:]}s"
        )
    try:
        variable, low, high = bounds
    except (TypeError, ValueError):
        raise TermError(f"{word}(body, (variable, low, high)): got {bounds!r} for the range") from None
    if not isinstance(variable, Symbol):
        raise TermError(f"{noun} runs over a symbol, not over `{variable}`")
    lo, hi, inside = as_term(low), as_term(high), as_term(body)
    if inside.shape is None:
        raise TermError(f"`{inside}` is no quantity, so {noun} cannot have it as its terms")
    if variable in lo.free | hi.free:
        raise TermError(f"the variable `{variable}` of {noun} occurs in its own bounds")
    if variable.domain.kind in ("space", "finite") or variable.domain != INTEGER:
        index = Symbol(variable.name, INTEGER, variable.tag)
        taken = inside.free | lo.free | hi.free
        if index in taken:
            index = fresh(index, taken)
        inside = inside.substitute({variable: index})
        variable = index
    return inside, variable, lo, hi


sum_over.__name__ = sum_over.__qualname__ = "Sum"  # its public name

__all__ = [
    "INTEGER", "Delta", "ForEach", "IsInteger", "Sum", "Summable", "check_index", "delta", "over_range",
    "slips_in_bounds", "sum_over",
]  # fmt: skip
