"""One link of an exercise, changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from derivations.derivation import Derivation
from derivations.terms.relations import Relation
from derivations.terms.term import as_term

from .checked import derivation


@dataclass(frozen=True)
class Edit:
    """Link `step` of a chain with another right side (or other givens, or another sign).

    slip: what was done; for an edit that leaves the link true, why it does
    verdict: what must come out
    """

    chain: str
    step: int
    slip: str
    rhs: Any
    verdict: str
    given: tuple[Any, ...] | None = None
    sign: str = ""
    lhs: Any = None

    @property
    def name(self) -> str:
        return f"{self.chain}-{self.step}: {self.slip}"

    def link(self) -> Derivation:
        """The edited link, as a derivation of its own."""
        whole = derivation(self.chain)
        step = whole.steps[self.step - 1]
        was = step.link
        lhs = was.lhs if self.lhs is None else as_term(self.lhs)
        link = Relation(lhs, self.sign or was.sign, as_term(self.rhs), was.variable, was.point)
        given = whole.given if self.given is None else self.given
        return replace(whole, start=link.lhs, given=given, steps=(replace(step, link=link),), statement=None)
