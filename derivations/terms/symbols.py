"""Symbols and the domains they are declared over.

A declaration is a hypothesis like any other: what a symbol is known to be is
known only because it was declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from derivations.records import record
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer
    from derivations.terms.relations import Relation


@record(frozen=True)
class Domain:
    """Where a symbol takes its values.

    kind:     "real", "integer", "finite" (the listed values), or "space"
              (states, actions: things that are no numbers)
    lower, upper: bounds, or None; `open` says which of them are strict
    nonzero:  0 is excluded
    values:   the elements of a finite domain
    name:     the name of an abstract space
    """

    kind: str = "real"
    lower: Term | None = None
    upper: Term | None = None
    open: tuple[bool, bool] = (False, False)
    nonzero: bool = False
    values: tuple[Term, ...] = ()
    name: str = ""

    def facts(self, symbol: Symbol) -> Iterator[Relation]:
        """What membership says of `symbol`, as relations between numbers."""
        from derivations.terms.relations import relation

        if self.lower is not None:
            yield relation(symbol, ">" if self.open[0] else ">=", self.lower)
        if self.upper is not None:
            yield relation(symbol, "<" if self.open[1] else "<=", self.upper)
        if self.nonzero:
            yield relation(symbol, "!=", 0)

    @property
    def discrete(self) -> bool:
        return self.kind in ("integer", "finite")


REAL = Domain()


class Symbol(Term):
    """A named quantity with a declared domain.

    Two symbols of one name and different domains are different symbols.
    `tag` tells renamed bound variables from free ones of the same name.
    """

    name: str
    domain: Domain = REAL
    tag: int = 0

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return None if self.domain.kind == "space" else ()

    @property
    def free(self) -> frozenset[Symbol]:  # type: ignore[override]
        return frozenset((self,))

    def with_tag(self, tag: int) -> Symbol:
        """The symbol of the same name and domain with another tag."""
        return Symbol(self.name, self.domain, tag)

    def show(self, p: Printer) -> str:
        return p.name(self.name + "'" * self.tag)

    def image(self, sp: Any) -> Any:
        return sp.symbol(self)

    def value(self, model: Any) -> Any:
        return model.symbol(self)


def symbols(
    names: str,
    *,
    real: bool = True,
    positive: bool = False,
    nonnegative: bool = False,
    nonzero: bool = False,
    integer: bool = False,
    lower: Any = None,
    upper: Any = None,
    values: tuple[Any, ...] | None = None,
    space: str | None = None,
) -> Any:
    """Declare symbols, as in SymPy; one name gives a symbol, several give a tuple.

    Real unless said otherwise. `positive`, `nonnegative`, `nonzero`, `integer`
    and the bounds `lower`, `upper` (included) narrow the domain; `values=(0, 1)`
    declares a finite domain; `space="S"` an abstract space whose elements are
    no numbers. Complex symbols are not supported.

    >>> from derivations import symbols
    >>> x, C = symbols("x C", positive=True)
    >>> x / x
    x/x
    >>> a = symbols("a", values=(0, 1))

    Raises TermError for contradictory declarations.
    """
    if not real:
        raise TermError("complex symbols are not supported: every number here is real")
    if not isinstance(names, str):
        raise TermError(f'symbols({names!r}): write the names as text, such as symbols("x y")')
    parts = names.replace(",", " ").split()
    if not parts:
        raise TermError("symbols() needs at least one name")
    for name in parts:
        checked_name(name, "a symbol")
    domain = _domain(positive, nonnegative, nonzero, integer, lower, upper, values, space)
    made = tuple(Symbol(name, domain) for name in parts)
    return made[0] if len(made) == 1 else made


def checked_name(name: Any, what: str) -> str:
    """The name; TermError if it is none, or would read as something else."""
    if not isinstance(name, str):
        raise TermError(f"`{name}` is no name of {what}: write it as text")
    wrong = any(sign.isspace() or sign in '+-*/=<>()|!^\\&%$#~{}[],;:."`@?∞·√∂∇∫Σ∏' for sign in name)
    if not name[:1].isalpha() or wrong or "" in name.split("_") or name in TAKEN:
        raise TermError(f"`{name}` is no name of {what}: it would read as something else")
    return name


TAKEN = frozenset({
    "exp", "log", "ln", "sin", "cos", "tan", "tanh", "max", "min", "lim", "sqrt", "softmax", "sum", "prod", "det", "tr",
    "E", "Var", "Cov", "Pr", "oo", "inf", "infinity", "infty",
})  # fmt: skip
"""What is printed with a meaning of its own."""


def _check_not_random(bound: Term) -> None:
    from derivations.terms.probability import random_members

    if random_members(bound):
        raise TermError(f"a symbol lies between numbers, but `{bound}` is random: give the relation as a hypothesis")


def check_not_empty(low: Term | None, high: Term | None, strict: bool, integer: bool, nonzero: bool) -> None:
    from derivations.terms.arithmetic import is_literal, literal

    if low is None or high is None or not is_literal(low) or not is_literal(high):
        return
    first, last = literal(low), literal(high)
    kind = "integer" if integer else "number"
    if integer:
        first, last = Fraction(ceil(first)), Fraction(floor(last))
    if first > last or strict and first == last:
        raise TermError(f"contradictory declaration: no {kind} lies between {low} and {high}")
    if nonzero and first == last == 0:
        raise TermError(f"contradictory declaration: no {kind} but 0 lies between {low} and {high}")


def _domain(
    positive: bool, nonnegative: bool, nonzero: bool, integer: bool,
    lower: Any, upper: Any, values: Any, space: str | None,
) -> Domain:  # fmt: skip
    narrowed = positive or nonnegative or nonzero or integer or lower is not None or upper is not None
    if (space is not None or values is not None) and (narrowed or space is not None and values is not None):
        raise TermError("`values=` and `space=` say all that a symbol is: leave out the rest of its declaration")
    if space is not None:
        return Domain("space", name=space)
    if values is not None:
        elements = tuple(as_term(v) for v in values)
        if not elements:
            raise TermError("a finite domain needs at least one value")
        for element in elements:
            _check_not_random(element)
            if element.free:
                raise TermError(f"the values of a symbol are numbers, but `{element}` depends on others")
        return Domain("finite", values=elements)
    low = None if lower is None else as_term(lower)
    high = None if upper is None else as_term(upper)
    strict = False
    if positive or nonnegative:
        if low is not None:
            raise TermError("give either `lower` or `positive`/`nonnegative`, not both")
        low, strict = as_term(1 if positive and integer else 0), positive and not integer
    for bound in (low, high):
        if bound is not None:
            _check_not_random(bound)
    check_not_empty(low, high, strict, integer, nonzero)
    return Domain("integer" if integer else "real", low, high, (strict, False), nonzero)
