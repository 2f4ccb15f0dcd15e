"""Joint distributions with finitely many outcomes, in which everything conditional is counted out.

An outcome gives a value to each random variable that was asked for so far:
those of a finite decision process along one of its trajectories, and other
random variables, which depend on each other as much as their declarations allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.numbers import ONE, ZERO, NoValue, Undefined, Value
from derivations.models.trajectories import Deal, Slot, Trajectory
from derivations.records import record

if TYPE_CHECKING:
    from derivations.models.model import Model

_MOST_OUTCOMES = 700
_VALUES = tuple(map(Fraction, (0, 1, 2, -1, 3)))


class Impossible(Undefined):
    """A condition of probability 0."""


class Missing(Exception):
    """An outcome was asked for a random variable that it has no value for yet."""


@record(eq=False)
class Outcome:
    """Its probability, and the worth of the variables.

    parent: the outcome that it refines, with conditional probability `share`
    path:   the trajectory of the process that it goes along
    moved:  its probability where parameters of the policy move, by how they do
    """

    weight: Value
    values: dict[Slot, Any]
    parent: Outcome | None = None
    share: Fraction = ONE
    path: Trajectory | None = None
    moved: dict[Any, Value] = field(default_factory=dict)

    def refines(self, other: Outcome) -> bool:
        """Whether it is the other one, with values for more variables."""
        return self is other or (self.parent is not None and self.parent.refines(other))


@record
class World:
    """The outcomes, and what was counted among them already.

    entries: how many of the random variables outside of the process they have values for
    groups:  the outcomes by the values of some variables
    masses:  the probabilities of groups, by what moves
    answers: conditional expectations
    """

    outcomes: list[Outcome]
    entries: int = 0
    groups: dict[tuple[Slot, ...], dict[tuple[Any, ...], list[Outcome]]] = field(default_factory=dict)
    masses: dict[Any, Value] = field(default_factory=dict)
    answers: dict[Any, Value] = field(default_factory=dict)


# -- random variables outside of a process ---------------------------------------------------
def with_vertices(model: Model, entries: list[Slot], slot: Slot) -> list[Slot]:
    """The variables with a new one; those of the dependence graph come first, parents before children."""
    vertices = [v for v in graph_of(model) if v not in entries]
    if vertices and entries:
        raise NoValue("a dependence graph that was not there")
    return [*vertices, *entries, *([] if slot in vertices else [slot])]


def graph_of(model: Model) -> dict[Slot, tuple[Slot, ...]]:
    """The vertices of the declared graph with their parents, parents before children."""
    declared = model.problem.declared
    if not declared.graphs:
        return {}
    edges = []
    with model.at_rest():
        for tail, head in zip(declared.graphs[0].tails, declared.graphs[0].heads, strict=True):
            edges.append((model.slot(tail), model.slot(head)))
    vertices = dict.fromkeys(v for edge in edges for v in edge)
    written = {v for graph in declared.graphs for v in (*graph.tails, *graph.heads)}
    if len(vertices) != len(written) or any(v[0] != "entry" or v in model.solved for v in vertices):
        raise NoValue("vertices that are not free random variables")
    found: dict[Slot, tuple[Slot, ...]] = {}
    while len(found) < len(vertices):
        for vertex in vertices:
            parents = tuple(a for a, b in edges if b == vertex)
            if vertex not in found and all(p in found for p in parents):
                found[vertex] = parents
    return found


def extended(model: Model, outcomes: Sequence[Outcome], slot: Slot, rank: int) -> list[Outcome]:
    """The outcomes with a value for one more variable."""
    parents = _parents(model, slot)
    deal = Deal(model.choice.filling * 64 + rank)
    rows: dict[Any, list[tuple[Fraction, Fraction]]] = {}
    found = []
    for place, outcome in enumerate(outcomes):
        key = place if parents is None else tuple(outcome.values[p] for p in parents)
        if key not in rows:
            rows[key] = _row(deal)
        for share, value in rows[key]:
            weight = numbers.multiply(outcome.weight, share)
            found.append(Outcome(weight, {**outcome.values, slot: value}, outcome, share, outcome.path))
    if len(found) > _MOST_OUTCOMES:
        raise NoValue("too many outcomes")
    _adjust(model, found, slot)
    return found


def _parents(model: Model, slot: Slot) -> tuple[Slot, ...] | None:
    """What it depends on; None for everything that came before."""
    graph = graph_of(model)
    apart = any(slot[1] in group for group in model.problem.independent)
    if apart and graph.get(slot):
        raise NoValue("declared independent, and dependent")
    return () if apart else graph.get(slot)


def _row(deal: Deal) -> list[tuple[Fraction, Fraction]]:
    values = dict.fromkeys(deal.one_of(_VALUES) for _ in range(deal.one_of((2, 2, 1))))
    return list(zip(deal.shares(len(values)), values, strict=True))


def _adjust(model: Model, outcomes: list[Outcome], slot: Slot) -> None:
    """Shift and stretch the variable to the mean and variance that were declared."""
    laws = model.problem.laws.get(slot[1], ())
    if any(law.kind == "gaussian" for law in laws):
        raise NoValue("a Gaussian has infinitely many outcomes")
    if all(law.mean is None and law.variance is None for law in laws):
        return
    mean, spread = moments(outcomes, slot)
    with model.at_rest():
        wanted_mean, variance, _ = model._law(slot[1], slot[2])
    fixed_mean = any(law.mean is not None for law in laws)
    stretch: Value = ONE
    if any(law.variance is not None for law in laws):
        stretch = numbers.function("sqrt", numbers.divide(variance, spread))
    if not isinstance(stretch, Fraction) or not isinstance(wanted_mean, Fraction):
        raise NoValue("moments that are no simple numbers")
    for outcome in outcomes:
        value = (outcome.values[slot] - mean) * stretch
        outcome.values[slot] = value + (wanted_mean if fixed_mean else mean)


def moments(outcomes: Sequence[Outcome], slot: Slot) -> tuple[Fraction, Fraction]:
    """Mean and variance of a variable; NoValue where the probabilities are no exact numbers."""
    shares = [(outcome.weight, outcome.values[slot]) for outcome in outcomes]
    mean = square = ZERO
    for weight, value in shares:
        if not isinstance(weight, Fraction):
            raise NoValue("no exact probabilities")
        mean += weight * value
        square += weight * value * value
    return mean, square - mean * mean
