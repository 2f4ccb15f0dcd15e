"""What comes with a derivation, and is true of its names: definitions and hypotheses."""

from __future__ import annotations

from derivations.records import record
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term


@record(frozen=True, eq=False)
class Definition:
    """`lhs := rhs`. Symbols that are arguments of lhs are parameters: it holds for all of them.

    requires: what must be known of the values of the parameters for it to hold for them too
    """

    lhs: Term
    rhs: Term
    parameters: tuple[Symbol, ...] = ()
    name: str = ""
    requires: tuple[Term, ...] = ()

    @property
    def relation(self) -> Relation:
        return Relation(self.lhs, "=", self.rhs)

    @property
    def latex(self) -> str:
        return self.relation.latex

    def __repr__(self) -> str:
        return f"{self.lhs} := {self.rhs}"


@record(frozen=True, eq=False)
class Hypothesis:
    """A relation that the derivation assumes; true for all values of `for_all`."""

    relation: Relation
    for_all: tuple[Symbol, ...] = ()
    name: str = ""

    @property
    def latex(self) -> str:
        return self.relation.latex

    def __repr__(self) -> str:
        return f"{self.relation}"


__all__ = ["Definition", "Hypothesis"]
