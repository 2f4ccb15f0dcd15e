"""Decision processes and conditioning in a model: everything is counted out over finitely many outcomes.

Nothing here knows Bellman's equation: E[X | conditions] is the average of X over
the outcomes that satisfy the conditions, a density is their probability, and
v and q are what their definitions say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.numbers import ONE, ZERO, Element, NoValue, Undefined, Value
from derivations.models.series import is_zero_density, values_of_series
from derivations.models.trajectories import FiniteProcess, Nature, PolicyRow, Slot, finite_process
from derivations.models.worlds import Impossible, Outcome, World, extended, total, with_vertices
from derivations.terms.conditioning import ProcessVariable, Realisation
from derivations.terms.families import Entry
from derivations.terms.processes import Homogeneous, Markov, SameAtEveryTime, SmoothPolicy
from derivations.terms.vectors import VectorSymbol

if TYPE_CHECKING:
    from derivations.kernel.reasons import Definition
    from derivations.models.model import Key, Model
    from derivations.terms.conditioning import Conditional, Density
    from derivations.terms.integrals import Integral
    from derivations.terms.relations import Relation
    from derivations.terms.symbols import Symbol
    from derivations.terms.term import Term

_LATEST = 40
"""No time beyond this one is looked at."""


class _Missing(Exception):
    """An outcome was asked for a random variable that it has no value for yet."""


class Processes:
    """The part of a model that conditions."""

    def start_processes(self) -> None:
        self.worlds: dict[Any, World] = {}
        self.entries: list[Slot] = []
        self.here: Outcome | None = None
        self.picked: dict[str, Outcome] = {}
        self.averages = 0
        self.made: FiniteProcess | None = None

    # -- the process, and its outcomes ------------------------------------------------------
    @property
    def process(self: Model) -> FiniteProcess:  # type: ignore[misc]
        """The finite process of this model."""
        if self.made is None:
            self.made = finite_process(self._nature(), self.choice.filling)
        return self.made

    def _nature(self: Model) -> Nature:  # type: ignore[misc]
        declared = self.problem.declared
        states, actions = (declared.sequences.get(letter) for letter in "SA")
        if states is not None and (states.space.values or states.space.numbers) or not declared.sequences:
            raise NoValue("no process")
        with self.at_rest():
            listed = tuple(self(v) for v in actions.space.values) if actions is not None else ()
        if len(set(listed)) != len(listed) or len(listed) > 4 or actions is not None and actions.space.numbers:
            raise NoValue("actions that are not a few different ones")
        return Nature(
            states.space.name if states is not None else "S",
            actions.space.name if actions is not None else "A",
            listed,
            markov=Markov in declared.assumed,
            homogeneous=Homogeneous in declared.assumed,
            positive=SmoothPolicy in declared.assumed,
            slopes=len(self.parameter_keys()),
        )

    def parameter_keys(self: Model) -> list[Key]:  # type: ignore[misc]
        """The numbers that the policy depends on."""
        keys: list[Key] = []
        for parameter in self.problem.declared.parameters():
            if parameter in self.bound or not (isinstance(parameter, VectorSymbol) or parameter.shape == ()):
                raise NoValue("a policy at another parameter")
            if isinstance(parameter, VectorSymbol):
                keys += [("vector", parameter, i) for i in range(self.size(parameter.length))]
            else:
                keys.append(("symbol", parameter))
        return keys

    @property
    def world(self: Model) -> World:  # type: ignore[misc]
        """The outcomes, their probabilities moved along with the parameters of the policy."""
        moved = frozenset(self.moved.items())
        if moved not in self.worlds:
            self.worlds[moved] = World(self._outcomes())
        world = self.worlds[moved]
        while world.entries < len(self.entries):
            world.outcomes = extended(self, world.outcomes, self.entries[world.entries], world.entries)
            world.entries += 1
            world.groups.clear()
        return world

    def _outcomes(self: Model) -> list[Outcome]:  # type: ignore[misc]
        if not self.problem.declared.sequences:
            return [Outcome(ONE, {})]
        keys = [(i, key) for i, key in enumerate(self.parameter_keys()) if key in self.moved]
        found = []
        for path in self.process.trajectories:
            weight: Value = path.chance
            for row, place in path.choices:
                weight = numbers.multiply(weight, self._chance_of(row, place, keys))
            found.append(Outcome(weight, dict(path.values)))
        return found

    def _chance_of(self: Model, row: PolicyRow, place: int, keys: list[tuple[int, Key]]) -> Value:  # type: ignore[misc]
        """π(a | s, θ), linear in θ near the point at hand."""
        value: Value = row.shares[place]
        for i, key in keys if row.slopes else ():
            value = numbers.add(value, numbers.multiply(row.slopes[i][place], self.moving(key, ZERO)))
        return value

    # -- random variables ----------------------------------------------------------------------
    def slot(self: Model, variable: Term) -> Slot:  # type: ignore[misc]
        """Under which name an outcome holds a variable."""
        if isinstance(variable, Entry) and variable.family.random:
            return self.key(variable)
        if not isinstance(variable, ProcessVariable):
            raise NoValue("no random variable")
        time = numbers.integer(self(variable.time))
        if time < 0:
            raise Undefined("a time before 0")
        if time > _LATEST:
            raise NoValue("too late a time")
        sequence = variable.sequence
        if sequence in self.problem.declared.definitions:
            return ("defined", sequence, time)
        if sequence.letter not in ("S", "A", "R"):
            raise NoValue("a variable of the process that was not defined")
        return (sequence.letter, time)

    def process_variable(self: Model, term: ProcessVariable) -> Value:  # type: ignore[misc]
        return self.worth(self.slot(term))

    def worth(self: Model, slot: Slot) -> Value:  # type: ignore[misc]
        """The worth of a variable in the outcome at hand."""
        if slot[0] == "entry":
            return self.random_entry(slot)
        if slot[0] == "defined":
            return self._defined(slot)
        values = self._at_hand().values
        if slot in values:
            found: Value = values[slot]
            return found
        letter, _ = slot
        if letter == "A" and self.process.nature.positive:
            raise NoValue("an action long after the end")
        return {"S": self.process.end, "A": self.process.actions[0], "R": ZERO}[letter]  # type: ignore[return-value]

    def _defined(self: Model, slot: Slot) -> Value:  # type: ignore[misc]
        values = self._at_hand().values
        if slot in values and not self.moved:
            found: Value = values[slot]
            return found
        definition = self.problem.declared.definitions[slot[1]]
        with self.unfolding(slot), self.binding({definition.parameters[0]: Fraction(slot[2])}, only=True):
            value = self(definition.rhs)
        if not self.moved:
            values[slot] = value
        return value

    def entry_at_hand(self: Model, key: Key) -> Value:  # type: ignore[misc]
        """A random variable outside of the process, in the outcome at hand."""
        if key in self.moved:
            raise NoValue("differentiation by a random variable")
        if key not in self.entries:
            self.entries = with_vertices(self, self.entries, key)
            if self.averages:
                raise _Missing
        value: Value = self._at_hand().values.get(key)
        if value is None:
            raise _Missing
        return value

    def _at_hand(self: Model) -> Outcome:  # type: ignore[misc]
        """The outcome that is being looked at; outside of any average some outcome: each has a positive probability."""
        if self.here is None:
            self.drawn.add(-1)
            return self._pick("outcome")
        return self.here

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

    def realisation(self: Model, symbol: Realisation) -> Value:  # type: ignore[misc]
        """s_t, a_t, r_t: what one trajectory of positive probability has there."""
        slot = self.slot(symbol.variable)
        key = ("symbol", symbol)
        with self.at_rest(), self._in(self._pick("realisation")):
            value = self.worth(slot)
        if not symbol.time.free & self.bound.keys():
            self.used.setdefault(key)
            self.known[key] = value
        return self.moving(key, value)

    # -- averages ---------------------------------------------------------------------------------
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
            except _Missing:
                if self.averages:
                    raise

    def _average(self: Model, body: Callable[[], Value], outcomes: Sequence[Outcome]) -> Value:  # type: ignore[misc]
        found: Value | None = None
        mass: Value = ZERO
        for outcome in outcomes:
            with self._in(outcome):
                value = body()
            part = numbers.multiply(outcome.weight, value)
            found = part if found is None else numbers.add(found, part)
            mass = numbers.add(mass, outcome.weight)
        assert found is not None
        return found if mass == ONE else numbers.divide(found, mass)

    def _where(self: Model, slots: tuple[Slot, ...], wanted: Sequence[Value]) -> list[Outcome]:  # type: ignore[misc]
        """The outcomes in which these variables are what is wanted."""
        world = self.world
        if not slots:
            return world.outcomes
        _only_exact(wanted)
        if slots not in world.groups:
            groups: dict[tuple[Any, ...], list[Outcome]] = {}
            for outcome in world.outcomes:
                with self._in(outcome):
                    values = tuple(numbers.at_rest(self.worth(slot)) for slot in slots)
                _only_exact(values)
                groups.setdefault(values, []).append(outcome)
            world.groups[slots] = groups
        return world.groups[slots].get(tuple(wanted), [])

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
        key = (term, wanted, frozenset(bound))
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
                possible = self._where(behind, given)
                if not possible:
                    raise Impossible("a density given what is impossible")
                found = self._where((*here, *behind), (*wanted, *given))
                return numbers.divide(total(found), total(possible))
            except _Missing:
                if self.averages:
                    raise

    def surely(self: Model, relation: Relation) -> bool:  # type: ignore[misc]
        """Whether a relation between random variables holds in every outcome."""
        return self.mean(lambda: ONE if self.truth(relation) is True else ZERO) == ONE

    # -- spaces, series, and what is defined for every time ---------------------------------------
    def integral(self: Model, term: Integral) -> Value:  # type: ignore[misc]
        result: Value = ZERO if not term.shape else self.zeros(term.shape)
        for element in self._elements(term.variable, term.space.name):
            with self.binding({term.variable: element}):
                if not is_zero_density(self, term.body):
                    result = numbers.add(result, self(term.body))
        return result

    def _elements(self: Model, variable: Symbol, space: str) -> Sequence[Value]:  # type: ignore[misc]
        sequences = self.problem.declared.sequences
        if isinstance(variable, Realisation):
            letter = variable.sequence.letter
            if variable.sequence in self.problem.declared.definitions:
                raise NoValue("an integral over the values of what is defined")
        else:
            letter = next((n for n, sequence in sequences.items() if sequence.space.name == space), "")
        process = self.process
        found: dict[str, Sequence[Any]] = {"S": process.states, "A": process.actions, "R": process.rewards}
        if letter not in found:
            raise NoValue("an integral over a space that is none of the process")
        return found[letter]

    def series(self: Model, node: Any) -> Value:  # type: ignore[misc]
        """Σ_k of what is 0 once the process is at its end."""
        result: Value = ZERO if not node.shape else self.zeros(node.shape)
        for index in values_of_series(self, node):
            with self.binding({node.variable: Fraction(index)}):
                result = numbers.add(result, self(node.body))
        return result

    def worth_of_definition(self: Model, found: Definition) -> Value:  # type: ignore[misc]
        """What is defined, at the time at hand; where that is impossible, at any time if the process is homogeneous."""
        try:
            return self(found.rhs)
        except Impossible:
            needed = found.requires[0] if found.requires else None
            if not isinstance(needed, SameAtEveryTime) or Homogeneous not in self.problem.declared.assumed:
                raise
            time = needed.process.time
        for other in range(self.process.longest + 1):
            try:
                with self.binding({time: Fraction(other)}):
                    return self(found.rhs)
            except Impossible:
                continue
        raise Impossible("a state that is never reached")


def _only_exact(values: Sequence[Any]) -> None:
    if not all(isinstance(value, (Fraction, Element)) for value in values):
        raise NoValue("a condition that is not exact")


__all__ = ["Impossible", "Processes"]
