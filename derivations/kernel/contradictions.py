"""Givens that exclude each other: from them everything would follow, so nothing is proved by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from derivations.kernel.budget import BudgetExhausted
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import Prover, facts_of
from derivations.kernel.reasons import Hypothesis
from derivations.terms.term import TermError

_STEPS = 2000  # for each hypothesis


def contradictions(given: Sequence[Any], provers: Mapping[type, Prover]) -> Iterator[str]:
    """A message for a hypothesis that the others, or the declarations, exclude.

    Silence says nothing: not every contradiction is found.
    """
    for hypothesis in given:
        if not isinstance(hypothesis, Hypothesis) or hypothesis.for_all or hypothesis.relation.lhs.shape != ():
            continue
        others = tuple(g for g in given if g is not hypothesis)
        by = None
        with suppress(BudgetExhausted, RecursionError, TermError):
            by = discharge(hypothesis.relation.negation, facts_of(others, provers).for_link(_STEPS))
        if by is not None:
            which = ", ".join(f"`{name}`" for name in by) or "what is declared"
            yield f"the givens contradict each other: `{hypothesis.relation}` is excluded by {which}"
            return


__all__ = ["contradictions"]
