"""Givens that exclude each other: from them everything would follow, so nothing is proved by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from derivations.budget import BudgetExhausted
from derivations.context.facts import Prover, facts_of
from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Hypothesis
from derivations.terms.probability import Law
from derivations.terms.relations import Relation, relation
from derivations.terms.term import TermError

_STEPS = 2000  # for each hypothesis


def contradictions(given: Sequence[Any], provers: Mapping[type, Prover]) -> Iterator[str]:
    """A message for a hypothesis that the others, or the declarations, exclude.

    Silence says nothing: not every contradiction is found.
    """
    for one in given:
        said = _said(one)
        if said is None:
            continue
        others = tuple(g for g in given if g is not one)
        by = None
        with suppress(BudgetExhausted, RecursionError, TermError):
            by = discharge(said.negation, facts_of(others, provers).for_link(_STEPS))
        if by is not None:
            which = ", ".join(f"`{name}`" for name in by) or "what is declared"
            yield f"the givens contradict each other: `{said}` is excluded by {which}"
            return


def _said(given: Any) -> Relation | None:
    """What it says of numbers: a law says that its variance is none below 0."""
    if isinstance(given, Law) and given.variance is not None:
        return relation(given.variance, ">=", 0)
    if not isinstance(given, Hypothesis) or given.relation.lhs.shape != () or given.relation.sign in ("~", "->", "<=>"):
        return None
    return given.relation  # what is given for all values is excluded if it is false at any


__all__ = ["contradictions"]
