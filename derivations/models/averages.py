"""Averages over the outcomes of a model: conditional expectations, variances and densities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.numbers import ONE, ZERO, Element, NoValue, Value
from derivations.models.trajectories import PolicyRow, Slot, Trajectory
from derivations.models.worlds import Impossible, Missing, Outcome, World, extended
from derivations.terms.symbols import Symbol
from derivations.terms.vectors import VectorSymbol

if TYPE_CHECKING:
    from derivations.models.model import Key, Model
    from derivations.terms.conditioning import Conditional, Density
    from derivations.terms.relations import Relation
    from derivations.terms.term import Term


class Averages:
    """The part of a model that conditions.

    here:    the outcome at hand, None outside of any average
    sloping: the probabilities were differentiated along the parameters of the policy
    """

    def start_averages(self) -> None:
        self.made_world: World | None = None
        self.entries: list[Slot] = []
        self.known_parameters: list[Key] | None = None
        self.here: Outcome | None = None
        self.picked: dict[str, Outcome] = {}
        self.averages = 0
        self.sloping = False

    def parameter_keys(self: Model) -> list[Key]:  # type: ignore[misc]
        """The numbers that the policy depends on."""
        parameters = self.problem.declared.parameters()
        if any(parameter in self.bound for parameter in parameters):
            raise NoValue("a policy at another parameter")
        if self.known_parameters is None:
            self.known_parameters = [key for parameter in parameters for key in self._numbers_of(parameter)]
        return self.known_parameters

    def _numbers_of(self: Model, parameter: Term) -> list[Key]:  # type: ignore[misc]
        if isinstance(parameter, VectorSymbol):
            return [("vector", parameter, i) for i in range(self.size(parameter.length))]
        if parameter.shape != () or not isinstance(parameter, Symbol):
            raise NoValue("a parameter that is neither a number nor a vector")
        return [("symbol", parameter)]

    @property
    def world(self: Model) -> World:  # type: ignore[misc]
        """The outcomes, with values for all variables that were asked for."""
        if self.made_world is None:
            paths = self.process.trajectories if self.problem.declared.sequences else ()
            outcomes = [Outcome(path.probability, dict(path.values), path=path) for path in paths]
            self.made_world = World(outcomes or [Outcome(ONE, {})])
        world = self.made_world
        while world.entries < len(self.entries):
            world.outcomes = extended(self, world.outcomes, self.entries[world.entries], world.entries)
            world.entries += 1
            world.groups.clear()
            world.masses.clear()
        return world

    def weight(self: Model, outcome: Outcome) -> Value:  # type: ignore[misc]
        """The probability of an outcome, moved along with the parameters of the policy."""
        moving = self._moving_parameters() if self.moved and outcome.path is not None else ()
        if not moving:
            return outcome.weight
        if moving not in outcome.moved:
            if outcome.parent is not None:
                weight = numbers.multiply(outcome.share, self.weight(outcome.parent))
            else:
                weight = self._weight_along(outcome.path, moving)  # type: ignore[arg-type]
            outcome.moved[moving] = weight
        return outcome.moved[moving]

    def _weight_along(self: Model, path: Trajectory, moving: Sequence[tuple[int, Key, Any]]) -> Value:  # type: ignore[misc]
        self.work += len(path.choices)
        self.sloping = True
        if len(moving) == 1 and len(moving[0][2]) == 1:  # (∏ pᵢ)' = ∏ pᵢ · Σ pᵢ'/pᵢ
            i, _, (tag,) = moving[0]
            rate = sum((row.slopes[i][n] / row.shares[n] for row, n in path.choices if row.slopes), ZERO)
            return numbers.dual(tag, path.probability, path.probability * rate)
        weight: Value = path.chance
        for row, place in path.choices:
            weight = numbers.multiply(weight, self._chance_of(row, place, moving))
        return weight

    def _moving_parameters(self: Model) -> tuple[tuple[int, Key, Any], ...]:  # type: ignore[misc]
        """Which of the parameters move, and how."""
        keys = enumerate(self.parameter_keys())
        return tuple((i, key, self.moved[key]) for i, key in keys if key in self.moved)

    def _chance_of(self: Model, row: PolicyRow, place: int, moving: Sequence[tuple[int, Key, Any]]) -> Value:  # type: ignore[misc]
        """π(a | s, θ), linear in θ near the point at hand."""
        value: Value = row.shares[place]
        for i, key, _ in moving if row.slopes else ():
            value = numbers.add(value, numbers.multiply(row.slopes[i][place], self.moving(key, ZERO)))
        return value

    def _pick(self: Model, purpose: str) -> Outcome:  # type: ignore[misc]
        """One outcome for this purpose, the same each time; refined when a variable was added."""
        with self.at_rest():
            outcomes = self.world.outcomes
        picked = self.picked.get(purpose)
        if picked is None:
            n = self.choice.filling
            picked = outcomes[(n * 7 + n // 3 if purpose == "outcome" else n * 5 + n // 2 + 1) % len(outcomes)]
        elif picked not in outcomes:
            picked = next(outcome for outcome in outcomes if outcome.refines(picked))
        self.picked[purpose] = picked
        return picked

    @contextmanager
    def _in(self: Model, outcome: Outcome) -> Iterator[None]:  # type: ignore[misc]
        before = self.here
        self.here, self.averages = outcome, self.averages + 1
        try:
            yield
        finally:
            self.here, self.averages = before, self.averages - 1

    def mean(  # type: ignore[misc]
        self: Model, body: Callable[[], Value], slots: tuple[Slot, ...] = (), wanted: Sequence[Value] = ()
    ) -> Value:
        """The average of what `body` evaluates, over the outcomes where these variables are what is wanted."""
        while True:
            try:
                outcomes = self._where(slots, wanted)
                if not outcomes:
                    raise Impossible("a condition of probability 0")
                return self._average(body, outcomes)
            except Missing:
                if self.averages:
                    raise

    def _average(self: Model, body: Callable[[], Value], outcomes: Sequence[Outcome]) -> Value:  # type: ignore[misc]
        found: Value | None = None
        mass: Value = ZERO
        for outcome in outcomes:
            with self._in(outcome):
                value = body()
            weight = self.weight(outcome)
            part = numbers.multiply(weight, value)
            found = part if found is None else numbers.add(found, part)
            mass = numbers.add(mass, weight)
        assert found is not None
        return found if mass == ONE else numbers.divide(found, mass)

    def _where(self: Model, slots: tuple[Slot, ...], wanted: Sequence[Value]) -> list[Outcome]:  # type: ignore[misc]
        """The outcomes in which these variables are what is wanted."""
        world = self.world
        if not slots:
            return world.outcomes
        _only_exact(wanted)
        if slots not in world.groups:
            self.work += len(world.outcomes)
            groups: dict[tuple[Any, ...], list[Outcome]] = {}
            for outcome in world.outcomes:
                values = tuple(outcome.values[s] if s in outcome.values else self._worth_in(outcome, s) for s in slots)
                _only_exact(values)
                groups.setdefault(values, []).append(outcome)
            world.groups[slots] = groups
        return world.groups[slots].get(tuple(wanted), [])

    def _worth_in(self: Model, outcome: Outcome, slot: Slot) -> Value:  # type: ignore[misc]
        with self._in(outcome), self.at_rest():
            return self.worth(slot)

    def _mass(self: Model, slots: tuple[Slot, ...], wanted: tuple[Value, ...]) -> Value | None:  # type: ignore[misc]
        """The probability that these variables are what is wanted; None if that is impossible."""
        outcomes = self._where(slots, wanted)
        if not outcomes:
            return None
        masses = self.world.masses
        key = (slots, wanted, self._moving_parameters() if self.moved else ())
        if key not in masses:
            mass: Value = ZERO
            for outcome in outcomes:
                mass = numbers.add(mass, self.weight(outcome))
            self.work += len(outcomes)
            masses[key] = mass
        return masses[key]

    def conditional_expectation(self: Model, term: Conditional) -> Value:  # type: ignore[misc]
        slots = tuple(self.slot(variable) for variable in term.variables)
        wanted = tuple(self(value) for value in term.values)
        return self.remembered(term, wanted, lambda: self.mean(lambda: self(term.body), slots, wanted))

    def conditional_variance(self: Model, term: Conditional) -> Value:  # type: ignore[misc]
        slots = tuple(self.slot(variable) for variable in term.variables)
        wanted = tuple(self(value) for value in term.values)
        mean = self.mean(lambda: self(term.body), slots, wanted)

        def square() -> Value:
            return numbers.power(numbers.subtract(self(term.body), mean), Fraction(2))

        return self.mean(square, slots, wanted)

    def remembered(self: Model, term: Term, wanted: tuple[Value, ...], compute: Callable[[], Value]) -> Value:  # type: ignore[misc]
        """What was computed before for this term, with the same values of all that is bound in it."""
        bound = tuple((symbol, value) for symbol, value in self.bound.items() if symbol in term.free)
        try:
            _only_exact((*wanted, *(value for _, value in bound)))
        except NoValue:
            return compute()
        answers = self.world.answers
        key = (term, wanted, frozenset(bound), frozenset(self.moved.items()))
        if key not in answers:
            answers[key] = compute()
        return answers[key]

    def density(self: Model, term: Density) -> Value:  # type: ignore[misc]
        parameters = self.problem.declared.parameters()
        if term.parameters not in ((), parameters) or any(p in self.bound for p in parameters):
            raise NoValue("a policy at another parameter")
        behind = tuple(self.slot(variable) for variable, _ in term.given_pairs)
        here = tuple(self.slot(variable) for variable, _ in term.pairs)
        given = tuple(self(value) for value in term.given_values)
        wanted = tuple(self(value) for value in term.values)
        while True:
            try:
                possible = self._mass(behind, given)
                if possible is None:
                    raise Impossible("a density given what is impossible")
                found = self._mass((*here, *behind), (*wanted, *given))
                return ZERO if found is None else numbers.divide(found, possible)
            except Missing:
                if self.averages:
                    raise

    def surely(self: Model, relation: Relation) -> bool:  # type: ignore[misc]
        """Whether a relation between random variables holds in every outcome."""
        return self.mean(lambda: ONE if self.truth(relation) is True else ZERO) == ONE


def _only_exact(values: Sequence[Any]) -> None:
    if not all(isinstance(value, (Fraction, Element)) for value in values):
        raise NoValue("a condition that is not exact")
