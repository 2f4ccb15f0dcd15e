"""Decision processes and conditioning in a model: everything is counted out over finitely many outcomes.

Nothing here knows Bellman's equation: E[X | conditions] is the average of X over
the outcomes that satisfy the conditions, a density is their probability, and
v and q are what their definitions say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.averages import Averages
from derivations.models.numbers import ZERO, NoValue, Undefined, Value
from derivations.models.series import is_zero_density, values_of_series
from derivations.models.tails import Tail, total
from derivations.models.trajectories import FiniteProcess, Nature, Slot, finite_process
from derivations.models.worlds import Impossible, Missing, Outcome, with_vertices
from derivations.terms.conditioning import ProcessVariable, Realisation
from derivations.terms.families import Entry
from derivations.terms.processes import Homogeneous, Markov, SameAtEveryTime, SmoothPolicy

if TYPE_CHECKING:
    from derivations.kernel.reasons import Definition
    from derivations.models.model import Key, Model
    from derivations.terms.integrals import Integral
    from derivations.terms.symbols import Symbol
    from derivations.terms.term import Term

_SETTLED = 5
"""A series is looked at as a whole so many terms after the end of the process."""
_LATEST = 40
"""No time beyond this one is looked at."""


class Processes(Averages):
    """The part of a model that knows of decision processes, and of what is random in a conditional sense."""

    def start_processes(self) -> None:
        self.start_averages()
        self.slots: dict[Term, Slot] = {}
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

    # -- random variables ----------------------------------------------------------------------
    def slot(self: Model, variable: Term) -> Slot:  # type: ignore[misc]
        """Under which name an outcome holds a variable."""
        if variable.free & self.bound.keys():
            return self._slot(variable)
        if variable not in self.slots:
            self.slots[variable] = self._slot(variable)
        self.used.update(dict.fromkeys(("symbol", symbol) for symbol in variable.free))
        return self.slots[variable]

    def _slot(self: Model, variable: Term) -> Slot:  # type: ignore[misc]
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
        return (sequence.letter if sequence.letter in ("S", "A", "R") else "undefined", time)

    def process_variable(self: Model, term: ProcessVariable) -> Value:  # type: ignore[misc]
        time = self(term.time) if term.time.free & self.bound.keys() else ZERO
        return self._at_last(term, time) if isinstance(time, Tail) else self.worth(self.slot(term))

    def _at_last(self: Model, term: ProcessVariable, time: Tail) -> Value:  # type: ignore[misc]
        """What a variable is for ever after the end of the process."""
        line = time.line()
        letter, known = term.sequence.letter, term.sequence not in self.problem.declared.definitions
        if line is None or line[0] < 1 or line[0] * time.start + line[1] <= self.process.longest or not known:
            raise NoValue("a time that is not certainly after the end")
        if letter == "A" and self.process.nature.positive or letter not in ("S", "A", "R"):
            raise NoValue("what is not known after the end")
        return {"S": self.process.end, "A": self.process.actions[0], "R": ZERO}[letter]  # type: ignore[return-value]

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
        letter, time = slot
        if letter == "undefined":  # nothing is known of it: let it be the sum of the rewards to come
            return sum((value for (name, when), value in values.items() if name == "R" and when >= time), ZERO)
        if letter == "A" and self.process.nature.positive:
            raise NoValue("an action long after the end")
        return {"S": self.process.end, "A": self.process.actions[0], "R": ZERO}[letter]  # type: ignore[return-value]

    def _defined(self: Model, slot: Slot) -> Value:  # type: ignore[misc]
        values = self._at_hand().values
        definition = self.problem.declared.definitions[slot[1]]
        moves = any(key[1] in definition.rhs.walk_set for key in self.moved)
        if slot in values and not moves:
            found: Value = values[slot]
            return found
        with self.unfolding(slot), self.binding({definition.parameters[0]: Fraction(slot[2])}, only=True):
            value = self(definition.rhs)
        if not moves:
            values[slot] = value
        return value

    def entry_at_hand(self: Model, key: Key) -> Value:  # type: ignore[misc]
        """A random variable outside of the process, in the outcome at hand."""
        if key in self.moved:
            raise NoValue("differentiation by a random variable")
        if key not in self.entries:
            self.entries = with_vertices(self, self.entries, key)
            if self.averages:
                raise Missing
        value: Value = self._at_hand().values.get(key)
        if value is None:
            raise Missing
        return value

    def _at_hand(self: Model) -> Outcome:  # type: ignore[misc]
        """The outcome that is being looked at; outside of any average some outcome: each has a positive probability."""
        if self.here is None:
            self.drawn.add(-1)
            return self._pick("outcome")
        return self.here

    def realisation(self: Model, symbol: Realisation) -> Value:  # type: ignore[misc]
        """s_t, a_t, r_t: what one trajectory of positive probability has there."""
        key = ("symbol", symbol)
        if key in self.known and not symbol.time.free & self.bound.keys():
            self.used.setdefault(key)
            return self.moving(key, self.known[key])
        slot = self.slot(symbol.variable)
        with self.at_rest(), self._in(self._pick("realisation")):
            value = self.worth(slot)
        if not symbol.time.free & self.bound.keys():
            self.used.setdefault(key)
            self.known[key] = value
        return self.moving(key, value)

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
        """Σ_k of what is 0 once the process is at its end, or of terms c · kᵖ βᵏ from there on."""
        if self.problem.declared.sequences:
            try:
                return self._summed(node, values_of_series(self, node))
            except Undefined:
                raise
            except NoValue:
                pass
        low = numbers.integer(self(node.low))
        start = max(low, 0) + _SETTLED + (self.process.longest if self.problem.declared.sequences else 0)
        with self.binding({node.variable: Tail.of_index(node.variable, start)}):
            rest = total(self(node.body), start)
        return numbers.add(self._summed(node, range(low, start)), rest)

    def _summed(self: Model, node: Any, indices: Iterable[int]) -> Value:  # type: ignore[misc]
        result: Value = ZERO if not node.shape else self.zeros(node.shape)
        for index in indices:
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


__all__ = ["Impossible", "Processes"]
