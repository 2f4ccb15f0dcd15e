"""Functions of anything: preferences h(s, a, θ), policies π(a | s, θ), features x(s)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.records import record
from derivations.terms.symbols import checked_name
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


@record(frozen=True)
class Function:
    """An unknown function. Calling it writes an application.

    bar:    how many arguments stand before the conditional bar, or None
    smooth: it has continuous derivatives in every argument
    unspecified: what it depends on besides its arguments is said by its definition alone
    size:   the result's shape: () for a number, (d,) for a vector of ℝ^d
    """

    name: str
    bar: int | None = None
    size: tuple[Term, ...] = ()
    smooth: bool = False
    unspecified: bool = False

    def __repr__(self) -> str:
        return f"{self.name}(…)"

    def __call__(self, *args: Any) -> Term:
        if not args:
            raise TermError(f"{self.name} is a function: give it arguments")
        return Apply(self, tuple(as_term(a) for a in args))


class Apply(Term):
    """function(args)."""

    function: Function
    args: tuple[Term, ...]

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.function.size

    def show(self, p: Printer) -> str:
        return p.call(self.function.name, self.args, self.function.bar, bold=bool(self.function.size))

    def image(self, sp: Any) -> Any:
        return sp.apply(self)

    def value(self, model: Any) -> Any:
        return model.apply(self.function, tuple(model(a) for a in self.args))


def function(name: str, *, bar: int | None = None, smooth: bool = False) -> Function:
    """A real-valued function; `bar=1` prints `π(a | s, θ)` for `policy(a, s, theta)`.

    `smooth=True` declares that it has continuous derivatives of any order in its
    numeric arguments.

    >>> from derivations import function, symbols
    >>> s = symbols("s", space="S")
    >>> policy = function("pi", bar=1)
    >>> policy(1, s)
    π(1 | s)
    """
    return Function(checked_name(name, "a function"), bar, (), smooth)


def vector_function(name: str, size: Any, *, smooth: bool = False) -> Function:
    """A function with values in ℝ^size, printed bold: `x = vector_function("x", d)`, `x(s)`."""
    return Function(checked_name(name, "a function"), None, (as_term(size),), smooth)
