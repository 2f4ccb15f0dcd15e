"""How the second evaluator counts out a finite decision process: over its trajectories, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from derivations.models.second_opinion import arithmetic
from derivations.models.second_opinion.arithmetic import Unknown, add, minus, over, times, whole
from derivations.records import record
from derivations.terms.arithmetic import Add, Div, Infinity, Mul, Neg, Sub
from derivations.terms.conditioning import Conditional, ConditionalVariance, Density, ProcessVariable, Realisation
from derivations.terms.processes import Homogeneous, SameAtEveryTime
from derivations.terms.sums import Sum
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.kernel.reasons import Definition
    from derivations.models.model import Key
    from derivations.models.second_opinion.evaluator import Second
    from derivations.terms.integrals import Integral

ZERO, ONE = Fraction(0), Fraction(1)
_AFTER_THE_END = 4
_LONGEST_SERIES = 1500
_FAR_OUT = 60


class Impossible(Unknown):
    """A condition of probability 0."""


@record(eq=False)
class Path:
    """One outcome: the worth of every variable, and its probability."""

    values: dict[Any, Any]
    weight: Any


class Outcomes:
    """Conditional expectations and densities, counted out."""

    path: Path | None = None

    def paths(self: Second) -> list[Path]:  # type: ignore[misc]
        """All outcomes, with the probabilities that they have for the parameters as they are moved."""
        moved = frozenset(self.moved.items())
        if moved not in self.counted:
            self.counted[moved] = self._paths()
        return self.counted[moved]

    def _paths(self: Second) -> list[Path]:  # type: ignore[misc]
        model = self.model
        if model.entries:
            if self.moved:
                raise Unknown("a joint distribution that moves")
            return [Path(o.values, _exact(o.weight)) for o in model.world.outcomes]
        if not self.problem.declared.sequences:
            return [Path({}, ONE)]
        found = []
        slopes = [self.moved.get(key, ZERO) for key in model.parameter_keys()]
        for trajectory in model.process.trajectories:
            weight: Any = trajectory.chance
            for row, place in trajectory.choices:
                share: Any = row.shares[place]
                for slope, step in zip(row.slopes, slopes, strict=False):
                    share = add(share, times(slope[place], step))
                weight = times(weight, share)
            found.append(Path(trajectory.values, weight))
        return found

    # -- variables ---------------------------------------------------------------------------
    def variable(self: Second, term: ProcessVariable) -> Any:  # type: ignore[misc]
        time = whole(self(term.time))
        if time < 0:
            raise Unknown("a time before 0")
        return self._worth(term.sequence, time, self.path or self._some_path())

    def _some_path(self: Second) -> Path:  # type: ignore[misc]
        """The outcome at which a statement about random variables was looked at."""
        picked = self.model.picked.get("outcome")
        if picked is None:
            raise Unknown("no outcome at hand")
        return Path(picked.values, ONE)

    def _worth(self: Second, sequence: Any, time: int, path: Path) -> Any:  # type: ignore[misc]
        definition = self.problem.declared.definitions.get(sequence)
        if definition is not None:
            before, self.path = self.path, path
            try:
                with self.having(bound={definition.parameters[0]: Fraction(time)}):
                    return self(definition.rhs)
            finally:
                self.path = before
        if sequence.letter not in ("S", "A", "R"):  # nothing is known of it: the sum of the rewards to come
            return sum((v for (name, when), v in path.values.items() if name == "R" and when >= time), ZERO)
        process = self.model.process
        after = {"S": process.end, "A": process.actions[0], "R": ZERO}
        return path.values.get((sequence.letter, time), after[sequence.letter])

    def realisation(self: Second, symbol: Realisation) -> Any:  # type: ignore[misc]
        if symbol in self.bound:
            return self.bound[symbol]
        key = ("symbol", symbol)
        if key not in self.model.known:
            raise Unknown("the model does not say")
        value = self.model.known[key]
        return add(value, self.moved[key]) if key in self.moved else value

    def random_outside(self: Second, key: Key) -> Any:  # type: ignore[misc]
        values = (self.path or self._some_path()).values
        if key not in values:
            raise Unknown("the model does not say")
        return values[key]

    def realisations_are_possible(self: Second) -> bool:  # type: ignore[misc]
        """s_t, a_t, … happen together with positive probability."""
        stated = [(key[1], value) for key, value in self.model.known.items()
                  if key[0] == "symbol" and isinstance(key[1], Realisation)]  # fmt: skip
        if not stated:
            return True
        slots = [(symbol.sequence, whole(self(symbol.time)), value) for symbol, value in stated]
        return any(path.weight > 0 and all(self._worth(q, t, path) == v for q, t, v in slots) for path in self.paths())

    # -- averages -----------------------------------------------------------------------------
    def over_paths(self: Second, paths: Sequence[Path], evaluate: Callable[[], Any]) -> Any:  # type: ignore[misc]
        total = mass = None
        before = self.path
        for path in paths:
            self.path = path
            try:
                part = times(path.weight, evaluate())
            finally:
                self.path = before
            total = part if total is None else add(total, part)
            mass = path.weight if mass is None else add(mass, path.weight)
        if total is None or mass == 0:
            raise Impossible("a condition of probability 0")
        return over(total, mass)

    def conditional(self: Second, term: Conditional) -> Any:  # type: ignore[misc]
        wanted = [self(value) for value in term.values]
        paths = self._where(term.variables, wanted)
        mean = self.over_paths(paths, lambda: self(term.body))
        if not isinstance(term, ConditionalVariance):
            return mean

        def square() -> Any:
            gap = minus(self(term.body), mean)
            return times(gap, gap)

        return self.over_paths(paths, square)

    def _where(self: Second, variables: Sequence[Term], wanted: Sequence[Any]) -> list[Path]:  # type: ignore[misc]
        found = []
        before = self.path
        for path in self.paths():
            self.path = path
            try:
                if all(not arithmetic.apart(self(v), w) for v, w in zip(variables, wanted, strict=True)):
                    found.append(path)
            finally:
                self.path = before
        return found

    def density(self: Second, term: Density) -> Any:  # type: ignore[misc]
        if term.parameters not in ((), self.problem.declared.parameters()):
            raise Unknown("a policy at another parameter")
        given = [self(value) for value in term.given_values]
        wanted = [self(value) for value in term.values]
        possible = self._where(term.given, given)
        mass = _mass(possible)
        if mass == 0:
            raise Impossible("a density given what is impossible")
        return over(_mass(self._where((*term.given, *term.variables), (*given, *wanted))), mass)

    # -- integrals and series ---------------------------------------------------------------------
    def integral(self: Second, term: Integral) -> Any:  # type: ignore[misc]
        process = self.model.process
        elements = {"S": process.states, "A": process.actions, "R": process.rewards}
        variable = term.variable
        letters = [n for n, q in self.problem.declared.sequences.items() if q.space.name == term.space.name]
        letter = variable.sequence.letter if isinstance(variable, Realisation) else (letters or [""])[0]
        if letter not in elements:
            raise Unknown("an integral over another space")
        total: Any = ZERO if term.shape == () else tuple(ZERO for _ in range(whole(self(term.shape[0]))))
        for element in elements[letter]:
            with self.having(bound={**self.bound, variable: element}):
                if not self._no_density(term.body):
                    total = add(total, self(term.body))
        return total

    def _no_density(self: Second, term: Term) -> bool:  # type: ignore[misc]
        """A factor that is a density and 0 here: nothing of what it multiplies counts."""
        match term:
            case Density():
                try:
                    return bool(self(term) == 0)
                except Impossible:
                    return False
            case Mul(a, b):
                return self._no_density(a) or self._no_density(b)
            case Add(a, b) | Sub(a, b):
                return self._no_density(a) and self._no_density(b)
            case Neg(a) | Div(a, _):
                return self._no_density(a)
        return False

    def endless(self: Second, term: Term) -> bool:  # type: ignore[misc]
        """A series whose terms, far out, are of one sign and do not get smaller."""
        if not isinstance(term, Sum) or not isinstance(term.high, Infinity) or term.shape != ():
            return False
        low, parts = whole(self(term.low)), []
        for n in range(low + _FAR_OUT, low + 2 * _FAR_OUT):
            with self.having(bound={**self.bound, term.variable: Fraction(n)}):
                parts.append(arithmetic.real(self(term.body)))
        sizes = [abs(part) for part in parts]
        return min(parts) * max(parts) > 0 and all(a <= b for a, b in pairwise(sizes))

    def series(self: Second, term: Sum) -> Any:  # type: ignore[misc]
        """A series whose terms are 0 after the end of the process, or fall at least as a geometric series does."""
        if not isinstance(term.high, Infinity):
            raise Unknown("a series")

        def part(n: int) -> Any:
            with self.having(bound={**self.bound, term.variable: Fraction(n)}):
                return self(term.body)

        low = whole(self(term.low))
        longest = self.model.process.longest if self.problem.declared.sequences else 0
        parts = [part(n) for n in range(low, low + longest + _AFTER_THE_END + 1)]
        total = parts[0]
        for one in parts[1:]:
            total = add(total, one)
        sizes = [arithmetic.size(one) for one in parts[-_AFTER_THE_END:]]
        for n in range(low + len(parts), low + _LONGEST_SERIES):
            if not any(sizes):
                return total
            one = part(n)
            total = add(total, one)
            sizes = [*sizes[1:], arithmetic.size(one)]
            if arithmetic.negligible(sizes, total):
                self.rough = True
                return arithmetic.rounded(total)
        raise Unknown("a series that does not end")

    def defined(self: Second, found: Definition) -> Any:  # type: ignore[misc]
        """v(s) = E[G_t | S_t = s]: for the t at hand, or for any t at which s is possible, where that is the same."""
        try:
            return self(found.rhs)
        except Impossible:
            needed = next((n for n in found.requires if isinstance(n, SameAtEveryTime)), None)
            if needed is None or Homogeneous not in self.problem.declared.assumed:
                raise
        for time in range(self.model.process.longest + 1):
            try:
                with self.having(bound={**self.bound, needed.process.time: Fraction(time)}):
                    return self(found.rhs)
            except Impossible:
                continue
        raise Impossible("at no time")


def _mass(paths: Sequence[Path]) -> Any:
    total: Any = ZERO
    for path in paths:
        total = add(total, path.weight)
    return total


def _exact(value: Any) -> Any:
    if not isinstance(value, Fraction):
        raise Unknown("no exact probability")
    return value


__all__ = ["Outcomes", "Impossible"]
