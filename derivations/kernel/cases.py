"""Proof by cases: what the cases are, what holds in each, and when a distinction leaves something out."""

from __future__ import annotations

from dataclasses import replace

from derivations.context.facts import Facts
from derivations.kernel.attempt import Cited
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.explaining import remedy, unmet
from derivations.kernel.reasons import Cases
from derivations.kernel.rewriting import Equation
from derivations.records import record
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term


@record(frozen=True)
class Branch:
    """One case: its name, what is replaced in the link, or what is assumed."""

    label: str
    changes: tuple[tuple[Term, Term], ...] = ()
    fact: Relation | None = None

    def link(self, link: Relation) -> Relation:
        """The link in this case; TermError if it cannot be written."""
        changes = dict(self.changes)
        return Relation(
            link.lhs.substitute(changes), link.sign, link.rhs.substitute(changes), link.variable, link.point
        )

    def known(self, cited: Cited, facts: Facts) -> tuple[Cited, Facts]:
        """What may be used in this case; an equation where it stands for fixed values, see `Facts.usable`."""
        if self.fact is None:
            return cited, facts
        known = facts.assuming(self.fact, self.label)
        if self.fact.sign != "=":
            return cited, known
        turn = Equation(self.label, self.fact.lhs, self.fact.rhs, (), (), ())
        return replace(cited, rewriters=(turn, *cited.rewriters)), known


def branches(case: Cases) -> tuple[Branch, ...]:
    """Every value of a symbol with a finite domain; or a relation, and its negation. () where there are no cases."""
    on = case.on
    if isinstance(on, Symbol) and on.domain.kind == "finite":
        return tuple([Branch(f"{on} = {value}", ((on, value),)) for value in on.domain.values])
    if isinstance(on, Relation):
        return tuple([Branch(str(side), (), side) for side in (on, on.negation)])
    return ()


def flaw(case: Cases, facts: Facts) -> tuple[str, str | None] | None:
    """Why the cases do not cover everything: the problem, and a remedy; None if they do."""
    on = case.on
    if not branches(case):
        return f"there are no cases of `{on}`", None
    if isinstance(on, Symbol) and any(d.lhs == on for d in facts.definitions):
        return f"`{on}` is defined, so it cannot be given values", None
    if isinstance(on, Symbol) and not facts.deterministic(on):
        return f"`{on}` is tied to something random, so it cannot be given values", None
    for statement, around in demands(on, facts):  # where it is not defined, neither case holds
        if discharge(statement, around) is None:
            return f"the cases on `{on}` leave something out: {unmet(statement)}", remedy(statement)
    return None


__all__ = ["Branch", "branches", "flaw"]
