"""Probabilities of events that compare a random variable with a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.terms.probability import random_members
from derivations.terms.relations import Relation
from derivations.terms.term import Scope, Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer

SIGNS = ("=", "!=", "<", "<=", ">", ">=")


class Probability(Term):
    """Pr(event)."""

    event: Term
    conditions: ClassVar[bool] = True
    """Its inside is averaged out: a probability is a number."""

    def scope(self) -> Scope:
        return Scope(random=True)

    def show(self, p: Printer) -> str:
        return p.probability((self.event,))

    def value(self, model: Any) -> Any:
        return model.probability(self.event)


class ConditionalProbability(Term):
    """Pr(event | given) = Pr(event and given)/Pr(given), where Pr(given) > 0."""

    event: Term
    given: Term
    conditions: ClassVar[bool] = True

    def scope(self) -> Scope:
        return Scope(random=True)

    @property
    def inside(self) -> tuple[int, ...]:
        return (0, 1)

    def show(self, p: Printer) -> str:
        return p.probability((self.event, self.given))

    def value(self, model: Any) -> Any:
        return model.conditional_probability(self)

    def demands(self) -> Iterator[Term]:
        from derivations.terms.relations import relation

        yield relation(Probability(self.given), ">", 0)


def Pr(event: Any, *, given: Any = None) -> Term:
    """The probability of an event, `Pr(X <= a)`; given another, `Pr(X > s + t, given=X > s)`.

    Raises TermError for what is no comparison of random variables.
    Source: Grimmett and Stirzaker, Probability and Random Processes, sections 1.3 and 1.4.
    """
    check_event(event)
    if given is None:
        return Probability(event)
    check_event(given)
    return ConditionalProbability(event, given)


def check_event(event: Any) -> None:
    """Raises TermError for what is no event."""
    if isinstance(event, bool):
        raise TermError(f"`{event}` is no event: `==` and `!=` compare terms; write Pr(Eq(X, a))")
    if not isinstance(as_term(event), Relation) or event.sign not in SIGNS or event.variable is not None:
        raise TermError(f"`{event}` is no event: write Pr(X <= a)")
    if event.lhs.shape != () or not random_members(event):
        raise TermError(f"`{event}` is no event: it compares no random variable with a number")
