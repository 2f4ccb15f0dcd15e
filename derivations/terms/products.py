"""Finite products Π."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.arithmetic import Add, Exp, Number, Pow, number
from derivations.terms.defined import IsDefined
from derivations.terms.relations import IsInteger, relation
from derivations.terms.shapes import Shape
from derivations.terms.signs import ANY, NEGATIVE, POSITIVE, ZERO
from derivations.terms.substitution import fresh
from derivations.terms.sums import Sum, check_index, over_range, slips_in_bounds
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term, TermError, scalar

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

_WRITTEN_OUT = 64


class Prod(Term):
    """Π_{variable=low}^{high} body; an empty range gives 1."""

    body: Term
    variable: Symbol
    low: Term
    high: Term

    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    def scope(self) -> Scope:
        return Scope(
            (self.variable,), (relation(self.variable, ">=", self.low), relation(self.variable, "<=", self.high))
        )

    @property
    def ranges(self) -> Any:  # type: ignore[override]
        return ((self.variable, self.low, self.high),)

    def demands(self) -> Iterator[Term]:
        yield IsInteger(self.low)
        yield IsInteger(self.high)

    def check(self) -> None:
        check_index(self)
        scalar(self.body, "a product")
        scalar(self.high, "an end of a product")

    # -- how it is written ---------------------------------------------------------------
    def show(self, p: Printer) -> str:
        return p.big("product", self.variable, self.low, self.high, self.body)

    def source(self, file: Any) -> str:
        bounds = ", ".join(file.term(part) for part in (self.variable, self.low, self.high))
        return f"{file.use('Prod')}({file.term(self.body)}, ({bounds}))"

    SYMPY = "Product"

    def image(self, sp: Any) -> Any:
        index, body = sp.binder(self.variable, self.body)
        return sp.sympy.Product(body, (index, sp(self.low), sp(self.high)))

    @classmethod
    def from_sympy(cls, expression: Any, read: Any) -> Term:
        body = expression.function
        for index, low, high in expression.limits:
            body = product(read(body) if not isinstance(body, Term) else body, (read(index), read(low), read(high)))
        return body  # type: ignore[no-any-return]

    def slips(self) -> Iterator[tuple[str, Term]]:
        yield from slips_in_bounds(self)
        yield "function", Sum(*self.fields)

    # -- what it means ---------------------------------------------------------------------
    def normal(self, ring: Any) -> Any:
        """Π f g = Π f · Π g, Π c = c^count, Π e^f = e^{Σ f}; a short product is written out."""
        gap = ring.number_of(ring(self.high) - ring(self.low))
        if gap is not None and gap.denominator == 1 and gap < _WRITTEN_OUT:
            result = ring.unit
            for n in range(int(gap) + 1):
                result = result * ring(self.body.substitute({self.variable: self._at(n)}))
            return result
        canonical = ring.canonical(self)
        with ring.inside(canonical.scope()):
            content, parts = ring.factors(ring(canonical.body))
        still, result = ring.constant(content), ring.unit
        for factor, power in parts:
            if ring.involves(factor, canonical.variable):
                result = result * canonical._moving(ring, factor).power(power)
            else:
                still = still * factor.power(power)
        return canonical._still(ring, still) * result

    def _at(self, n: int) -> Term:
        if isinstance(self.low, Number):
            return number(self.low.number + n)
        return Add(self.low, number(n)) if n else self.low

    def _moving(self, ring: Any, factor: Any) -> Any:
        """Π of a factor that speaks of the index."""
        with ring.inside(self.scope()):
            exponent = ring.exponent_of(factor)
            body = ring.term(factor if exponent is None else exponent)
        if exponent is not None:
            return ring(Exp(Sum(body, self.variable, self.low, self.high)))
        return ring.congruent(Prod(body, self.variable, self.low, self.high))

    def _still(self, ring: Any, factor: Any) -> Any:
        """Π c = c^count."""
        if ring.number_of(factor) == 1:
            return ring.unit
        count = ring.term(ring(self.high) - ring(self.low) + ring.unit)
        if ring.known(relation(count, ">=", 0)):
            return ring(Pow(ring.term(factor), count))
        return ring.congruent(Prod(ring.term(factor), self.variable, self.low, self.high))

    def signs(self, ring: Any) -> int:
        with ring.inside(self.scope()):
            of_each = ring.sign(ring(self.body))
        if not of_each & NEGATIVE:
            return POSITIVE | of_each & ZERO  # also where there is no factor
        return ANY if of_each & ZERO else NEGATIVE | POSITIVE

    def integer(self) -> tuple[Term, ...] | None:
        return (IsInteger(self.body),)

    def slope(self, d: Any) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        """∂ Π f = Π f · Σ ∂f / f, where no f is 0."""
        index, inside = self.variable, self.body
        if index in d.by.free:
            index = fresh(index, d.by.free | inside.free)
            inside = inside.substitute({self.variable: index})
        shares = Sum(d(inside) / inside, index, self.low, self.high)
        yield self * shares, (d.fixed(self.low), d.fixed(self.high), IsDefined(Sum(1 / inside, *shares.fields[1:])))

    def smooth(self, moves: Any) -> tuple[Term, ...] | None:
        return None if moves(self.low) or moves(self.high) else ()

    continuous = smooth

    # -- what it is worth ------------------------------------------------------------------
    def value(self, model: Any) -> Any:
        result = model.one
        for factor in model.each(self):
            result = model.multiply(result, factor)
        return result

    def second(self, other: Any) -> Any:
        factors = list(other.each(self))  # from the last to the first
        result = other.one
        for factor in reversed(factors):
            result = other.times(factor, result)
        return result


def product(body: Any, bounds: tuple[Any, Any, Any], *more: Any) -> Term:
    """Π body over (variable, low, high), as in SymPy: `Prod(x[i], (i, 1, n))`. An empty range gives 1.

    The variable is an integer that belongs to the product; the same name outside is another quantity.

    Raises TermError for a variable that is no symbol or occurs in its own bounds, for an infinite range, and for
    a body that is no number.
    """
    inside, variable, low, high = over_range("Prod", "a product", body, bounds, more)
    if high.shape != ():
        raise TermError(f"a product runs over finitely many factors, not to `{high}`")
    return Prod(scalar(inside, "Prod"), variable, low, high)


product.__name__ = product.__qualname__ = "Prod"  # its public name

PUBLIC = {"Prod": product}
SHAPES = (Shape("big", (r"\prod",), product),)

__all__ = ["Prod", "product"]
