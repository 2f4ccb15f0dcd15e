"""Conditioning: E[X | Y = y], conditional variances and densities, and declared dependence.

Values stand where they were observed: `E[X | Y = y]` is the function y ↦ E[X | Y = y]
at y, and `E[X | Y]` is that function at Y itself, a random variable.

Convention. Values given in a condition range over the points where the
conditioning variables have positive probability or density, and equations
between conditional expectations hold for almost every such value (Grimmett
and Stirzaker, sections 3.7, 4.6 and 7.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.terms.relations import Proposition, Relation
from derivations.terms.sequences import (
    REALS,
    ProcessVariable,
    Realisation,
    Realisations,
    Sequence,
    Space,
    asked,
    is_random_variable,
    tidied,
)
from derivations.terms.term import Scope, Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

Pair = tuple[Term, Term]
"""A random variable, and the value it takes."""


# -- conditional expectation ---------------------------------------------------------------
class Conditional(Term):
    """Base of what is averaged given that variables take values.

    body:      what is averaged; random
    variables: what is given; names of random variables
    values:    the values they take; the variable itself where none is fixed
    short:     which of them are written as the value alone: `E[X | s_t]`
    """

    body: Term
    variables: tuple[Term, ...]
    values: tuple[Term, ...]
    short: tuple[bool, ...]

    conditions = True

    def scope(self) -> Scope:
        return Scope(random=True)

    @property
    def inside(self) -> tuple[int, ...]:
        return tuple(range(1 + len(self.variables)))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(zip(self.variables, self.values, strict=True))

    def show_given(self, p: Printer) -> list[str]:
        return [_shown(p, *pair, short) for pair, short in zip(self.pairs, self.short, strict=True)]


class ConditionalExpectation(Conditional):
    """E[body | variables = values]; a random variable where a value is one."""

    @property
    def shape(self) -> Any:  # type: ignore[override]
        return self.body.shape

    def show(self, p: Printer) -> str:
        return p.conditional("E", self.body, self.show_given(p))

    def value(self, model: Any) -> Any:
        return asked(model, "conditional_expectation", self)

    def demands(self) -> Iterator[Term]:
        yield IntegrableGiven(self.body, self.variables, self.values, 1)


class ConditionalVariance(Conditional):
    """Var(body | variables = values) = E[body² | …] − E[body | …]²."""

    def show(self, p: Printer) -> str:
        return p.conditional("Var", self.body, self.show_given(p))

    def value(self, model: Any) -> Any:
        return asked(model, "conditional_variance", self)

    def demands(self) -> Iterator[Term]:
        yield IntegrableGiven(self.body, self.variables, self.values, 2)


class Density(Term):
    """p(values | given): the conditional density (or probability) of the variables at the values.

    The letter is how it is written; which density it is is said by the
    variables. `parameters` are printed too: π(a_t | s_t, θ).
    """

    letter: str
    variables: tuple[Term, ...]
    values: tuple[Term, ...]
    given: tuple[Term, ...]
    given_values: tuple[Term, ...]
    parameters: tuple[Term, ...] = ()

    conditions = True

    def scope(self) -> Scope:
        return Scope(random=True)

    @property
    def inside(self) -> tuple[int, ...]:
        n, m = len(self.variables), len(self.given)
        return (*range(n), *range(2 * n, 2 * n + m))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(zip(self.variables, self.values, strict=True))

    @property
    def given_pairs(self) -> tuple[Pair, ...]:
        return tuple(zip(self.given, self.given_values, strict=True))

    def show(self, p: Printer) -> str:
        of = [_shown(p, *pair, True) for pair in self.pairs]
        behind = [_shown(p, *pair, True) for pair in self.given_pairs] + [p(t) for t in self.parameters]
        return p.density(self.letter, of, behind)

    def value(self, model: Any) -> Any:
        return asked(model, "density", self)


def _shown(p: Printer, variable: Term, value: Term, short: bool) -> str:
    if value == variable:
        return p(variable)
    if short and isinstance(value, Realisation) and value.variable == variable:
        return p(value)
    return f"{p(variable)} {p.sign('=')} {p(value)}"


class IntegrableGiven(Proposition):
    """E[|body|^order | variables = values] < ∞."""

    body: Term
    variables: tuple[Term, ...]
    values: tuple[Term, ...]
    order: int

    def scope(self) -> Scope:
        return Scope(random=True)

    @property
    def inside(self) -> tuple[int, ...]:
        return tuple(range(1 + len(self.variables)))

    def show(self, p: Printer) -> str:
        inner = ConditionalExpectation(self.body, self.variables, self.values, (True,) * len(self.values))
        words = " is defined" if self.order == 1 else " exists, and the conditional variance"
        return p(inner) + p.words(words)


class ConditionallyIndependent(Proposition):
    """left and right are independent given the others: any functions of them."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    given: tuple[Term, ...]

    def show(self, p: Printer) -> str:
        def some(terms: tuple[Term, ...]) -> str:
            return ", ".join(p(t) for t in terms)

        tail = p.words(" given ") + some(self.given) if self.given else ""
        verb = " is independent of " if len(self.left) == 1 else " are independent of "
        return some(self.left) + p.words(verb) + some(self.right) + tail


class DependenceGraph(Proposition):
    """Hypothesis: the variables depend on each other along these edges only (a directed acyclic graph).

    Each variable, given its parents, is independent of what it is no ancestor
    of (Koller and Friedman, Probabilistic Graphical Models, definition 3.1).
    """

    tails: tuple[Term, ...]
    heads: tuple[Term, ...]

    def show(self, p: Printer) -> str:
        edges = ", ".join(f"{p(a)} {p.sign('->')} {p(b)}" for a, b in zip(self.tails, self.heads, strict=True))
        return p.words("dependence along ") + edges


def dependence(*edges: tuple[Any, Any]) -> DependenceGraph:
    """Declare the dependence graph of random variables: `dependence((X, Z), (Z, Y))`.

    Raises TermError for what is no random variable, and for a cycle.
    """
    pairs = [(as_term(a), as_term(b)) for a, b in edges]
    for vertex in (v for pair in pairs for v in pair):
        if not is_random_variable(vertex) or vertex.children:
            raise TermError(f"`{vertex}` is no single random variable")
    remaining = list(pairs)
    while remaining:
        heads = {b for _, b in remaining}
        open_ = [edge for edge in remaining if edge[0] in heads]
        if len(open_) == len(remaining):
            raise TermError("the dependence graph has a cycle")
        remaining = open_
    return DependenceGraph(tuple(a for a, _ in pairs), tuple(b for _, b in pairs))


# -- writing -----------------------------------------------------------------------------
def conditions(given: Any) -> tuple[tuple[Term, Term, bool], ...]:
    """What `given=…` lists: realisations `s[t]`, equations `Eq(S[t], x)`, variables `S[t]`.

    Raises TermError for anything else, and for a variable that is given twice.
    """
    things = given if isinstance(given, (tuple, list)) else (given,)
    found = [_condition(as_term(thing)) for thing in things]
    names = [variable for variable, _, _ in found]
    twice = next((v for v in names if names.count(v) > 1), None)
    if twice is not None:
        raise TermError(f"`{twice}` is given twice")
    return tuple(found)


def _condition(term: Term) -> tuple[Term, Term, bool]:
    if isinstance(term, Realisation):
        return term.variable, term, True
    if is_random_variable(term):
        return term, term, False
    if isinstance(term, Relation) and term.sign == "=" and is_random_variable(term.lhs):
        if is_random_variable(term.rhs) and term.rhs != term.lhs and not isinstance(term.rhs, ProcessVariable):
            raise TermError(f"`{term}` would read as the event that both are equal: give `{term.rhs}` itself")
        return term.lhs, term.rhs, False
    raise TermError(f"`{term}` cannot be given: give a realisation s[t], a random variable, or Eq(variable, value)")


def conditional(kind: type[Conditional], body: Term, given: Any) -> Conditional:
    """E[body | given] or Var(body | given), as written."""
    parts = conditions(given)
    return kind(body, tuple(v for v, _, _ in parts), tuple(x for _, x, _ in parts), tuple(w for *_, w in parts))


def expectation_given(body: Term, pairs: Any) -> Term:
    """E[body | pairs], in the short notation; E[body] if nothing is given."""
    from derivations.terms.probability import Expectation

    given = tuple(pairs)
    if not given:
        return Expectation(body)
    return ConditionalExpectation(
        body, tuple(v for v, _ in given), tuple(x for _, x in given), tuple(True for _ in given)
    )


def density(letter: str, of: Any, given: Any = (), parameters: tuple[Term, ...] = ()) -> Density:
    """The conditional density of the variables behind `of` given those behind `given`."""
    here, behind = conditions(of), conditions(given)
    return Density(
        letter, tuple(v for v, _, _ in here), tuple(x for _, x, _ in here),
        tuple(v for v, _, _ in behind), tuple(x for _, x, _ in behind), parameters,
    )  # fmt: skip


__all__ = [
    "REALS", "Conditional", "ConditionalExpectation", "ConditionalVariance", "ConditionallyIndependent", "Density",
    "DependenceGraph", "IntegrableGiven", "Pair", "ProcessVariable", "Realisation", "Realisations", "Sequence", "Space",
    "asked", "conditional", "conditions", "density", "dependence", "expectation_given", "is_random_variable", "tidied",
]  # fmt: skip
