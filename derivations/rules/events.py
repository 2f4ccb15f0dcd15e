"""Events: by the law, complements, conditional probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.decide.events import by_law, comparison
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.arithmetic import number
from derivations.terms.events import ConditionalProbability, Probability
from derivations.terms.relations import Relation, relation
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts


def _law(term: Term, facts: Facts) -> Iterator[Candidate]:
    found = by_law(term, facts) if isinstance(term, Probability) else None
    if found is not None:
        yield found


probability_by_the_law = Rule(
    "probability-by-the-law",
    r"\Pr(X \leq a) = \int_{-\infty}^a f_X(x) \, dx, \quad \Pr(X = k) = p_X(k)",
    "Grimmett and Stirzaker, Probability and Random Processes, sections 3.1 and 4.1",
    r"a \text{ lies where } X \text{ does}",
    rewrite=_law,
    roots=(Probability,),
    operation=None,
)


def _complement(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Pr(X > a) = 1 − Pr(X ≤ a), Pr(X ≥ a) = 1 − Pr(X < a), Pr(X ≠ a) = 1 − Pr(X = a)."""
    if isinstance(term, Probability) and isinstance(term.event, Relation) and term.event.sign in (">", ">=", "!="):
        yield Candidate(1 - Probability(term.event.negation))
    if isinstance(term, ConditionalProbability) and isinstance(term.event, Relation):
        if term.event.sign in (">", ">=", "!="):
            yield Candidate(
                1 - ConditionalProbability(term.event.negation, term.given),
                (relation(Probability(term.given), ">", 0),),
            )


probability_of_the_complement = Rule(
    "probability-of-the-complement",
    r"\Pr(X > a) = 1 - \Pr(X \leq a)",
    "Grimmett and Stirzaker, Probability and Random Processes, lemma 1.3.4",
    rewrite=_complement,
    roots=(Probability, ConditionalProbability),
    operation=None,
)


def _conditional(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Pr(A | B) = Pr(A)/Pr(B) for A ⊆ B, = 1 for B ⊆ A: for two comparisons of one variable, on one side."""
    if not isinstance(term, ConditionalProbability):
        return
    inner = facts.enter(term.scope())
    one, other = comparison(term.event, inner), comparison(term.given, inner)
    possible = relation(Probability(term.given), ">", 0)
    if one is None or other is None or one.variable != other.variable:
        return
    upward = one.sign in (">", ">=") and other.sign in (">", ">=")
    if not upward and not (one.sign in ("<", "<=") and other.sign in ("<", "<=")):
        return
    strict = {True: ">", False: "<"}[upward]
    # x > a ⟹ x ≥ b for a ≥ b, x ≥ a ⟹ x > b for a > b alone
    for narrow, wide, result in ((one, other, None), (other, one, number(1))):
        sign = strict if len(narrow.sign) == 2 and len(wide.sign) == 1 else strict + "="
        implied = relation(narrow.bound, sign, wide.bound)
        yield Candidate(Probability(term.event) / Probability(term.given) if result is None else result,
                        (implied, possible))  # fmt: skip


conditional_probability = Rule(
    "conditional-probability",
    r"\Pr(A \mid B) = \frac{\Pr(A)}{\Pr(B)} \text{ for } A \subseteq B",
    "Grimmett and Stirzaker, Probability and Random Processes, definition 1.4.1",
    r"\Pr(B) > 0",
    rewrite=_conditional,
    roots=(ConditionalProbability,),
    operation=None,
)


def _bayes(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Pr(A | B) = Pr(B | A) Pr(A)/Pr(B)."""
    if isinstance(term, ConditionalProbability):
        a, b = term.event, term.given
        yield Candidate(
            ConditionalProbability(b, a) * Probability(a) / Probability(b),
            (relation(Probability(a), ">", 0), relation(Probability(b), ">", 0)),
        )


bayes_theorem = Rule(
    "bayes-theorem",
    r"\Pr(A \mid B) = \frac{\Pr(B \mid A)\,\Pr(A)}{\Pr(B)}",
    "Grimmett and Stirzaker, Probability and Random Processes, section 1.4",
    r"\Pr(A), \Pr(B) > 0",
    rewrite=_bayes,
    roots=(ConditionalProbability,),
    operation=None,
    once=True,
)

__all__: list[Any] = []
