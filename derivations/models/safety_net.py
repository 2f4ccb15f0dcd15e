"""The net under the kernel: what is about to be called proved is held against a few models first.

A counterexample here is a fault of the engine. So that it costs next to
nothing, the lines of a chain are evaluated once in each model, and the links
and the statement are read off; the count of models, and of what is evaluated in
them, is fixed. The first models are generic; others are degenerate: sizes as
small as they may be, all numbers equal, all as near to 0 as they may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.kernel.chain import given_at, given_of, matches
from derivations.kernel.reasons import Hypothesis, Reason
from derivations.kernel.report import Witness
from derivations.models.comparison import compare
from derivations.models.functions import NeedsSmooth
from derivations.models.hypotheses import Problem, problem
from derivations.models.limits import judge_arrow, may_tend
from derivations.models.model import Choice, Model
from derivations.models.numbers import NoValue, precision
from derivations.models.search import PRECISIONS, pools, surely
from derivations.models.witness import witness
from derivations.records import record
from derivations.terms.calculus import Derivative
from derivations.terms.conditioning import Conditional, Density, ProcessVariable, Realisation
from derivations.terms.integrals import Integral
from derivations.terms.probability import Covariance, Expectation, Variance
from derivations.terms.relations import Relation
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.derivation import Derivation

MODELS = 6
WORK = 40
"""So many models, and no further one when so many nodes were evaluated."""
_WORK_ONE_WAY = 20
_LEAST = 6  # what the quickest model is counted for
_LONGEST = 6  # dimension

_ZERO = Fraction(0)
_SHAPES = ((1, 2, False), (-1, 0, True), (1, 7, False), (0, 6, False), (1, 25, False), (2, 1, False), (1, 4, True),
           (0, 26, False), (2, 3, False), (1, 28, False), (0, 31, False), (-1, 1, False))  # fmt: skip
"""Which models: the place in each symbol's list of values, the filling, whether all numbers are near 0."""

Claim = tuple[Relation, tuple[Reason, ...]]


def counterexamples(chain: Derivation) -> dict[int, Witness]:
    """Models in which a link, by its number, is false, or (0) the statement of the chain."""
    claims = [(step.link, given_at(step, chain)) for step in chain.steps]
    if chain.statement is not None and matches(chain, chain.statement) is None:
        claims.append((chain.statement, given_of(chain.statement, chain)))
    return {(n + 1) % (len(chain.steps) + 1): seen for n, seen in contradicted(claims).items()}


def contradicted(claims: Sequence[Claim]) -> dict[int, Witness]:
    """For each claim, a relation under its hypotheses, a model in which these hold and it is certainly false, if found.

    The keys are positions in `claims`. What has no value in these models is passed over.
    """
    places: dict[Claim, list[int]] = {}
    for position, claim in enumerate(claims):
        places.setdefault(claim, []).append(position)
    groups: dict[Any, list[Relation]] = {}
    for relation, given in places:
        alone = relation if relation.variable is not None else None
        groups.setdefault((given, _kinds(relation), alone), []).append(relation)
    found: dict[int, Witness] = {}
    for (given, _, _), relations in groups.items():
        seen = _group(relations, given) | _one_way([r for r in relations if r.sign == "<=>"], given)
        found |= {position: seen[relation] for relation in seen for position in places[relation, given]}
    return found


def _kinds(relation: Relation) -> tuple[bool, bool]:
    """Whether it speaks of averages, or of what is conditional: models are made differently for these."""
    return not relation.kinds.isdisjoint(_MOMENTS), any(issubclass(kind, _CONDITIONAL) for kind in relation.kinds)


_MOMENTS = (Expectation, Variance, Covariance)
_CONDITIONAL = (Conditional, Density, Integral, ProcessVariable, Realisation)


def _one_way(relations: Sequence[Relation], given: Sequence[Reason]) -> dict[Relation, Witness]:
    """Of a ⟺ … ⟺ b: what is false in a model of a, or in one of b, where nearly everywhere both are false."""
    if not relations:
        return {}
    found: dict[Relation, Witness] = {}
    for stated in (relations[0].lhs, relations[-1].rhs):
        if isinstance(stated, Relation) and stated.sign == "=":
            found |= _group(relations, (*given, Hypothesis(stated)), _WORK_ONE_WAY)
    return found


def _group(relations: Sequence[Relation], given: Sequence[Reason], allowed: int = WORK) -> dict[Relation, Witness]:
    """What is false of relations that stand under the same givens."""
    found: dict[Relation, Witness] = {}
    try:
        posed = problem(relations[0], given, relations[1:])
    except (NoValue, TermError, RecursionError):
        return found
    if posed.unusable is not None or relations[0].variable is not None and not may_tend(posed):
        return found
    made = work = 0
    smooth = any(Derivative in relation.kinds for relation in relations)
    for choice in _choices(posed):
        tried = _tried(posed, replace(choice, smooth=smooth), relations)
        if tried is None and not smooth:
            smooth = True
            tried = _tried(posed, replace(choice, smooth=True), relations)
        if tried is not None:
            made, work = made + tried.holds, work + max(tried.work, _LEAST)
            for relation in tried.false:
                seen = _confirmed(posed, tried.choice, relation) if relation not in found else None
                if seen is not None:
                    found[relation] = seen
        if made >= MODELS or work >= allowed:
            break
    return found


def _choices(posed: Problem) -> Iterator[Choice]:
    grid = pools(posed)
    if any(not pool for _, pool in grid):
        return
    for place, filling, least in _SHAPES:
        yield Choice(tuple((s, _at(place, pool)) for s, pool in grid), filling, False, least, _LONGEST)


def _at(place: int, pool: Sequence[Any]) -> Any:
    """The value at a place of the list, or as near to the end as there is; at −1: 0, if it is there."""
    return (_ZERO if _ZERO in pool else pool[0]) if place < 0 else pool[min(place, len(pool) - 1)]


@record(frozen=True)
class _Tried:
    """A model that was tried: whether the hypotheses hold, what is false there, the nodes that were evaluated."""

    choice: Choice
    holds: bool
    false: tuple[Relation, ...]
    work: int


class _Sharing(Model):
    """A model in which what stands in several lines, below no binder, is evaluated once.

    Where outcomes are counted out, a term has another value in each: then whole lines alone are kept.
    """

    def __init__(self, problem: Problem, choice: Choice) -> None:
        self.shared: dict[Term, Any] = {}
        self.inside = False
        super().__init__(problem, choice)

    def __call__(self, term: Term) -> Any:
        if self.inside or self.bound or self.moved or self.shifted or not term.children:
            return super().__call__(term)
        if term not in self.shared:
            self.inside = self.problem.declared.active
            try:
                self.shared[term] = super().__call__(term)
            finally:
                self.inside = False
        return self.shared[term]


def _tried(posed: Problem, choice: Choice, relations: Sequence[Relation]) -> _Tried | None:
    """One model; None if it must be smooth and is not."""
    holds, model = False, None
    false: tuple[Relation, ...] = ()
    with precision(PRECISIONS[0]):
        try:
            model = _Sharing(posed, choice)
            holds = model.holds()
            false = tuple(_false(model, relations)) if holds else ()
        except NeedsSmooth:
            if not choice.smooth:
                return None
        except (NoValue, TermError, RecursionError):
            pass
    return _Tried(choice, holds, false, model.work if model is not None else 0)


def _false(model: Model, relations: Sequence[Relation]) -> Iterator[Relation]:
    for relation in relations:
        try:
            if _verdict(model, relation)[0] is False:
                yield relation
        except NeedsSmooth:
            raise
        except (NoValue, TermError, RecursionError):
            continue


def _verdict(model: Model, relation: Relation) -> tuple[bool | None, Any, Any]:
    if relation.sign in ("~", "->"):
        return judge_arrow(model, relation)
    left: Any
    right: Any
    if relation.sign == "<=>":
        left, right = model.truth(relation.lhs), model.truth(relation.rhs)
        return None if left is None or right is None else left == right, left, right
    if relation.sign == "=>":
        return model.truth(relation), model.truth(relation.lhs), model.truth(relation.rhs)
    left, right = model(relation.lhs), model(relation.rhs)
    verdict = compare(left, relation.sign, right)
    return None if verdict is False and not surely(model, left, relation.sign, right) else verdict, left, right


def _confirmed(posed: Problem, choice: Choice, relation: Relation) -> Witness | None:
    """The model once more, for this relation alone: the second evaluator must find the givens true and it false."""
    from derivations.models.second_opinion.confirming import confirms

    with precision(PRECISIONS[0]):
        model = Model(posed, choice)
        if not model.holds():
            return None
        model.used.clear()
        verdict, left, right = _verdict(model, relation)
    return witness(model, left, right) if verdict is False and confirms(model, relation) else None


__all__ = ["MODELS", "WORK", "Claim", "contradicted", "counterexamples"]
