"""Integrals over named spaces; sums where the space is finite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.conditioning import Realisation, Space, asked
from derivations.terms.definite_integrals import DefiniteIntegral, over_an_interval
from derivations.terms.relations import Proposition
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


class Integral(Term):
    """∫_space body d(variable); Σ_{variable ∈ space} body where the space is finite.

    A density is read as 0 outside of what is possible, whatever it multiplies.
    """

    body: Term
    variable: Symbol
    space: Space
    level: ClassVar[int] = 30
    reaches_right: ClassVar[bool] = True

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.body.shape

    def scope(self) -> Scope:
        return Scope(bound=(self.variable,))

    def show(self, p: Printer) -> str:
        return p.integral(self.space.name, self.space.finite, self.variable, self.body)

    def value(self, model: Any) -> Any:
        return asked(model, "integral", self)

    def demands(self) -> Iterator[Term]:
        yield IntegrableOver(self.body, (self.variable,), (self.space,))


class IntegrableOver(Proposition):
    """∫ |body| d(variables) < ∞, jointly over all of them."""

    body: Term
    variables: tuple[Symbol, ...]
    spaces: tuple[Space, ...]

    def scope(self) -> Scope:
        return Scope(bound=self.variables)

    def show(self, p: Printer) -> str:
        inner = self.body
        for variable, space in zip(self.variables, self.spaces, strict=True):
            inner = Integral(inner, variable, space)
        return p(inner) + p.words(" converges absolutely")


def integral(body: Any, *variables: Any) -> Term:
    """∫ body, the innermost first: `Integral(f, (x, 0, 1), (y, 0, oo))` is ∫_0^∞ ∫_0^1 f dx dy.

    A variable is a range `(x, a, b)` of real numbers, with ends that may be ±oo, or
    a realisation of a process: `Integral(f, r[t], s[t+1])` is ∫_𝒮∫_ℛ f dr_t ds_{t+1}.

    >>> from derivations import Integral, exp, oo, symbols
    >>> x = symbols("x")
    >>> Integral(exp(-x), (x, 0, oo))
    ∫_{0}^{∞} exp(-x) dx

    Raises TermError for anything else to integrate over.
    """
    inside = as_term(body)
    if inside.shape is None:
        raise TermError(f"`{inside}` is no quantity and cannot be integrated")
    if not variables:
        raise TermError("Integral(body, (x, a, b)) needs a range, or the realisation to integrate over")
    for variable in variables:
        if isinstance(variable, (tuple, list)):
            inside = over_an_interval(inside, variable, "Integral", DefiniteIntegral)
            continue
        if not isinstance(variable, Realisation):
            raise TermError(
                f"an integral runs over a range (x, a, b), or a realisation such as a[t], not over `{variable}`"
            )
        inside = Integral(inside, variable, variable.sequence.space)
    return inside


integral.__name__ = integral.__qualname__ = "Integral"  # its public name
