"""One try at a link: what was cited for it, what was rewritten, what closed it."""

from __future__ import annotations

from dataclasses import field

from derivations.context.facts import Fact
from derivations.kernel.reasons import Cases, Rule
from derivations.kernel.report import Condition, Multiple, Rewrite
from derivations.kernel.rewriting import Blocked, Equation
from derivations.records import record
from derivations.terms.relations import Relation
from derivations.terms.term import Term


@record(frozen=True)
class Cited:
    """The reasons of a link, in the forms in which the kernel uses them.

    rewriters: rules and equations that change terms
    closers:   rules that show a relation as a whole
    facts:     inequalities and the like that were cited
    cases:     case distinctions
    names:     the names under which the reasons were cited; each must be used
    flaws:     why a reason cannot be used at all: the problem, and the remedy
    """

    rewriters: tuple[Rule | Equation, ...] = ()
    closers: tuple[Rule, ...] = ()
    facts: tuple[Fact, ...] = ()
    cases: tuple[Cases, ...] = ()
    names: tuple[str, ...] = ()
    flaws: tuple[tuple[str, str], ...] = ()


@record(frozen=True)
class Closing:
    """How the gap between the rewritten sides was closed: the rule, and what it rested on.

    multiples, scale: see `Certificate`
    """

    rule: str
    grounds: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    multiples: tuple[Multiple, ...] = ()
    scale: Term | None = None


@record
class Attempt:
    """One try at a link: what was rewritten, what closed it, what is in the way."""

    link: Relation
    trace: list[Rewrite] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    closing: Closing | None = None
    residual: Term | None = None
    lhs: Term | None = None
    rhs: Term | None = None

    @property
    def closed(self) -> bool:
        """Closed, with every condition of the closing met."""
        return self.closing is not None and all(c.discharged_by is not None for c in self.closing.conditions)
