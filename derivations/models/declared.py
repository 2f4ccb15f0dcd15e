"""What a link and its hypotheses say of decision processes and of dependence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Any

from derivations.kernel.reasons import Definition
from derivations.models.numbers import Element
from derivations.models.trajectories import ACTIONS, STATES, Point
from derivations.records import record
from derivations.terms.conditioning import (
    Conditional,
    Density,
    DependenceGraph,
    ProcessVariable,
    Realisation,
    Sequence,
)
from derivations.terms.integrals import Integral
from derivations.terms.processes import (
    BoundedRewards,
    DecisionProcess,
    Homogeneous,
    Markov,
    ProcessHypothesis,
    SameAtEveryTime,
    SmoothPolicy,
)
from derivations.terms.relations import Proposition, Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

_UNDERSTOOD = (Markov, Homogeneous, BoundedRewards, SmoothPolicy)


@record
class Declared:
    """The process that is spoken of, and what is assumed of it.

    sequences:   its sequences of variables, by their letters
    definitions: of the variables that are defined by others (G_t)
    assumed:     the kinds of the hypotheses
    graphs:      the dependence graphs of random variables
    sure:        relations between variables of the process, true with probability 1
    times:       the symbols that stand for times
    active:      something is conditional, so that models need a joint distribution
    unusable:    what no model is certain to satisfy, or None
    """

    sequences: dict[str, Sequence] = field(default_factory=dict)
    definitions: dict[Sequence, Definition] = field(default_factory=dict)
    assumed: set[type[Proposition]] = field(default_factory=set)
    graphs: list[DependenceGraph] = field(default_factory=list)
    sure: list[Relation] = field(default_factory=list)
    times: set[Symbol] = field(default_factory=set)
    active: bool = False
    unusable: Any = None

    def reads(self, reason: Any) -> bool:
        """Take in a hypothesis; False if it is about something else."""
        if isinstance(reason, Definition) and isinstance(reason.lhs, (ProcessVariable, Realisation)):
            self._define(reason)
        elif isinstance(reason, ProcessHypothesis):
            self._of_process(reason.process)
            self.assumed.add(type(reason))
            if not isinstance(reason, _UNDERSTOOD):
                self.unusable = reason
        elif isinstance(reason, DependenceGraph):
            self.graphs.append(reason)
            self.active = True
            if len(self.graphs) > 1:
                self.unusable = reason
        else:
            return False
        return True

    def _define(self, reason: Definition) -> None:
        left = reason.lhs
        known = isinstance(left, ProcessVariable) and left.sequence not in self.definitions
        if not known or left.sequence.letter in ("S", "A", "R") or reason.parameters != (left.time,):  # type: ignore[attr-defined]
            self.unusable = reason  # defined twice, or what is no defined variable
        else:
            self.definitions[left.sequence] = reason  # type: ignore[attr-defined]

    def survey(self, terms: Iterable[Term], reasons: Iterable[Any]) -> None:
        """Find the process, and the symbols for times, in all that is written."""
        for reason in reasons:
            for needed in getattr(reason, "requires", ()):
                if isinstance(needed, SameAtEveryTime):
                    self._of_process(needed.process)
        for term in terms:
            for part in term.walk_set:
                if isinstance(part, (ProcessVariable, Realisation)):
                    self._mention(part.sequence)
                    self.times |= {s for s in part.time.free if s.domain.kind == "integer"}
                self.active = self.active or isinstance(part, (Conditional, Density, Integral))
        self.active = self.active or bool(self.sequences)

    def _of_process(self, process: DecisionProcess) -> None:
        for sequence in (process.S, process.A, process.R):
            self._mention(sequence)

    def _mention(self, sequence: Sequence) -> None:
        other = self.sequences.setdefault(sequence.letter, sequence)
        owners = {known.owner for known in self.sequences.values()}
        if other != sequence or len(owners) > 1:
            self.unusable = sequence  # two processes

    def parameters(self) -> tuple[Term, ...]:
        """What the policy depends on."""
        return next((s.parameters for s in self.sequences.values()), ())

    def points(self, space: str) -> list[Element]:
        """Points of a space, as the models name them; none for a space that is not the process's."""
        for letter, labels in (("S", STATES), ("A", ACTIONS)):
            if letter in self.sequences and self.sequences[letter].space.name == space:
                return [
                    Point(space, n + (letter == "A"), labels[n]) for n in ((1, 2, 3, 0) if letter == "S" else (0, 1))
                ]
        return []
