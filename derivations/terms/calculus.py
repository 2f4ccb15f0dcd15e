"""Derivatives, gradients and limits, unevaluated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.arithmetic import Infinity, MinusInfinity
from derivations.terms.families import Entry
from derivations.terms.matrices import MatrixSymbol
from derivations.terms.relations import Proposition, relation
from derivations.terms.substitution import fresh
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Scope, Term, TermError, as_term, scalar, shape_name
from derivations.terms.vectors import Component, VectorSymbol

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Derivative(Term):
    """∂/∂variable body; ∇_variable body when the variable is a vector.

    The variable is a symbol, a member of a family, or a vector; the result is
    taken at the point the variable names, so the variable stays free.
    """

    body: Term
    variable: Term
    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.variable.shape

    def scope(self) -> Scope:
        return Scope(near=(self.variable,))

    def show(self, p: Printer) -> str:
        show = p.gradient if self.variable.shape else p.derivative
        return show(self.body, self.variable)

    def image(self, sp: Any) -> Any:
        return sp.derivative(self)

    def value(self, model: Any) -> Any:
        return model.derivative(self)

    def demands(self) -> Iterator[Term]:
        yield Differentiable(self.body, self.variable)


class Differentiable(Proposition):
    """body is differentiable in the variable, at the point the variable names."""

    body: Term
    variable: Term

    def scope(self) -> Scope:
        return Scope(near=(self.variable,))

    def show(self, p: Printer) -> str:
        return p(self.body) + p.words(" is differentiable in ") + p(self.variable)


class FreeOf(Proposition):
    """body does not depend on the variable."""

    body: Term
    variable: Term

    def show(self, p: Printer) -> str:
        return p(self.body) + p.words(" does not depend on ") + p(self.variable)


class VaryAlone(Proposition):
    """No given ties the components of a vector, or the members of a family, to anything: each moves by itself."""

    term: Term

    def show(self, p: Printer) -> str:
        return p(self.term) + p.words(" and its like are tied to nothing")


class Reaches(Proposition):
    """The variable takes all values near the point (but perhaps the point itself)."""

    variable: Symbol
    point: Term

    def show(self, p: Printer) -> str:
        return p(self.variable) + p.words(" takes all values near ") + p(self.point)


def approached_from(variable: Term, point: Term) -> str:
    """From where the variable comes to the point: "+" from above, "-" from below, "+-" from both sides.

    A positive symbol tends to 0 from the right: there is nothing on the other side.
    """
    domain = getattr(variable, "domain", None)
    if domain is None or domain.kind != "real" or point.shape != ():
        return "+-"
    return "+" if domain.lower == point else "-" if domain.upper == point else "+-"


class Limit(Term):
    """lim_{variable→point} body; two-sided at a finite point, but where the domain of the variable ends there."""

    body: Term
    variable: Symbol
    point: Term
    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    def scope(self) -> Scope:
        if isinstance(self.point, Infinity):
            return Scope(bound=(self.variable,), gains=(relation(self.variable, ">", 0),))
        if isinstance(self.point, MinusInfinity):
            return Scope(bound=(self.variable,), gains=(relation(self.variable, "<", 0),))
        sign = {"+": ">", "-": "<", "+-": "!="}[approached_from(self.variable, self.point)]
        return Scope(bound=(self.variable,), gains=(relation(self.variable, sign, self.point),))

    def show(self, p: Printer) -> str:
        return p.limit(
            self.variable, self.point, self.body, approached_from(self.variable, self.point).replace("+-", "")
        )

    def image(self, sp: Any) -> Any:
        variable, body = sp.binder(self.variable, self.body)
        return sp.sympy.Limit(
            body,
            variable,
            sp(self.point),
            approached_from(self.variable, self.point) if self.point.shape == () else "+",
        )

    def value(self, model: Any) -> Any:
        return model.limit(self)

    def demands(self) -> Iterator[Term]:
        yield Converges(self.body, self.variable, self.point)


class LimitAlong(Term):
    """lim of body as the quantity tends to the point, printed with the symbol that names the quantity.

    The body need not mention the symbol; what it is as a function of the
    quantity is for a result to show. Nothing may be rewritten inside.
    """

    body: Term
    symbol: Symbol
    quantity: Term
    point: Term
    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True
    opaque: ClassVar[bool] = True

    def scope(self) -> Scope:
        return Scope(bound=(self.symbol,))

    def show(self, p: Printer) -> str:
        return p.limit(self.symbol, self.point, self.body)

    def value(self, model: Any) -> Any:
        return model.limit_along(self)

    def demands(self) -> Iterator[Term]:
        yield ConvergesAlong(self.body, self.symbol, self.quantity, self.point)


class ConvergesAlong(Proposition):
    """body has a finite limit as the quantity tends to the point."""

    body: Term
    symbol: Symbol
    quantity: Term
    point: Term
    opaque: ClassVar[bool] = True

    def scope(self) -> Scope:
        return Scope(bound=(self.symbol,))

    def show(self, p: Printer) -> str:
        return p.limit(self.symbol, self.point, self.body) + p.words(" exists")


class Converges(Proposition):
    """body has a finite limit as variable → point."""

    body: Term
    variable: Symbol
    point: Term

    def scope(self) -> Scope:
        return Limit(self.body, self.variable, self.point).scope()

    def show(self, p: Printer) -> str:
        return p(Limit(self.body, self.variable, self.point)) + p.words(" exists")


class HoldsNear(Proposition):
    """statement is true for all values of the variable near the point (but for the point itself)."""

    statement: Term
    variable: Symbol
    point: Term

    def scope(self) -> Scope:
        return Limit(self.statement, self.variable, self.point).scope()

    def show(self, p: Printer) -> str:
        return p(self.statement) + p.as_tends(self.variable, self.point)


class NamesAlone(Proposition):
    """The variable of a limit names nothing else: never known of a defined symbol."""

    variable: Symbol

    def show(self, p: Printer) -> str:
        return p(self.variable) + p.words(" is no defined quantity (write the limit along its definition)")


def diff(body: Any, variable: Any, *more: Any) -> Derivative:
    """∂ body / ∂ variable, unevaluated; of several variables, by one after the other, as in SymPy.

    A variable is a symbol, a member of a family, or a component of a vector.

    >>> from derivations import diff, exp, symbols
    >>> z = symbols("z")
    >>> diff(exp(-z), z)
    ∂/∂z exp(-z)
    """
    if more:
        return diff(diff(body, variable), *more)
    inside, by = scalar(body, "diff"), as_term(variable)
    if isinstance(by, (VectorSymbol, MatrixSymbol)):
        kind = "vector" if isinstance(by, VectorSymbol) else "matrix"
        raise TermError(f"`{by}` is a {kind}: write grad(…, {by})")
    if not isinstance(by, (Symbol, Entry, Component)) or by.shape != ():
        raise TermError(f"cannot differentiate by `{by}`: it is no variable")
    if isinstance(by, Symbol) and by.domain.discrete:
        raise TermError(f"cannot differentiate by `{by}`: it takes only discrete values")
    return Derivative(inside, by)


def grad(body: Any, variable: Any) -> Derivative:
    """∇_variable body, unevaluated; the variable is a vector or a matrix symbol, the body a number.

    It has the shape of the variable: its entries are the derivatives by the entries of the variable.
    """
    inside, by = scalar(body, "grad"), as_term(variable)
    if not isinstance(by, (VectorSymbol, MatrixSymbol)):
        raise TermError(f"grad() needs a vector variable, but `{by}` is {shape_name(by.shape)}")
    return Derivative(inside, by)


def limit(body: Any, variable: Any, point: Any, direction: str = "+-") -> Term:
    """lim_{variable→point} body, unevaluated; the point is a number, oo or -oo.

    The direction is "+" from above, "-" from below, as in SymPy, or both; a
    symbol whose domain ends at the point comes from its own side.

    The variable is a symbol, which belongs to the limit alone; or a definition
    `T := …`, and then the limit is taken as that quantity tends to the point.
    """
    if hasattr(variable, "parameters") and isinstance(variable.lhs, Symbol):
        return LimitAlong(scalar(body, "limit"), variable.lhs, variable.rhs, as_term(point))
    inside, by, at = scalar(body, "limit"), as_term(variable), as_term(point)
    if not isinstance(by, Symbol) or by.shape != () or by.domain.discrete and at.shape == ():
        raise TermError(f"`{by}` is no variable that can tend to {at}")
    if at.shape is None and not isinstance(at, (Infinity, MinusInfinity)) or by in at.free:
        raise TermError(f"`{by}` cannot tend to `{at}`")
    if direction == "+-":
        return Limit(inside, by, at)
    if direction not in ("+", "-") or at.shape != ():
        raise TermError(f'the direction of a limit is "+" or "-", at a number; not {direction!r} at `{at}`')
    ends = {"lower": at, "open": (True, False)} if direction == "+" else {"upper": at, "open": (False, True)}
    own = fresh(Symbol(by.name, Domain("real", **ends)), inside.free - {by} | at.free)  # type: ignore[arg-type]
    return Limit(inside.substitute({by: own}), own, at)
