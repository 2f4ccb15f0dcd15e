"""A small random decision process in exact fractions, and all of its trajectories.

Its states form a directed acyclic graph that leads to an absorbing end without
reward, so that there are finitely many trajectories, and every return is a
finite sum. The tables of the process are dealt out as its trajectories ask for
them: one row for each state (and action), or also for each time or each past,
where neither homogeneity nor the Markov property is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from derivations.models.numbers import ONE, ZERO, Element
from derivations.records import record

Slot = tuple[Any, ...]
"""Which random variable: ("S", 2) is S_2, ("entry", family, (1,)) a member of a family."""

Thing = TypeVar("Thing")
STATES = ("end", "x", "y", "z", "w")
ACTIONS = ("left", "right", "up", "down")
REWARDS = tuple(map(Fraction, (1, 0, 2, -1, 3)))
MEMORABLE = 2
"""Times up to this one are part of every trajectory."""


@record(frozen=True, eq=False)
class Point(Element):
    """An element of a space, with a name to print."""

    label: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and (self.space, self.number) == (other.space, other.number)

    def __hash__(self) -> int:
        return hash((self.space, self.number))

    def __str__(self) -> str:
        return self.label


@record(frozen=True)
class Shape:
    """Where a process may start, and which states may follow which; 0 is the end.

    layered: no state but the end can be reached at two different times
    spare:   rewards that there are, and that never occur
    """

    starts: tuple[int, ...]
    following: Mapping[int, tuple[int, ...]]
    layered: bool = True
    spare: tuple[Fraction, ...] = ()

    @property
    def steps(self) -> int:
        """After so many steps every trajectory is at the end."""

        def longest(state: int) -> int:
            return 0 if state == 0 else 1 + max(longest(n) for n in self.following[state])

        return max(longest(state) for state in self.starts)


SHAPES = (
    Shape((1,), {1: (0,)}),
    Shape((1,), {1: (2,), 2: (0,)}),
    Shape((1, 2), {1: (2,), 2: (0,)}, layered=False),
    Shape((1,), {1: (2, 0), 2: (0,)}),
    Shape((1, 2), {1: (3,), 2: (3,), 3: (0,)}),
    Shape((1, 2), {1: (2, 0), 2: (0,)}, layered=False),
    Shape((1, 2), {1: (3, 4), 2: (3, 4), 3: (0,), 4: (0,)}),
    Shape((1, 2, 3), {1: (2, 3), 2: (3,), 3: (0,)}, layered=False),
    Shape((1,), {1: (2, 3), 2: (4,), 3: (4,), 4: (0,)}),
    Shape((0,), {}, spare=(ONE,)),  # all that there is can happen next, as one integral over it needs
    Shape((0, 1), {1: (0,)}),  # all states can be the first
)
"""Small ones first."""
_FIRST = (0, 1, 2, 1, 1, 1, 2, 2)
"""The shapes of the first processes."""


class Deal:
    """Choices in a fixed order: the same for the same number."""

    def __init__(self, number: int) -> None:
        self.state = number * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019

    def one_of(self, things: Sequence[Thing]) -> Thing:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return things[(self.state >> 33) % len(things)]

    def shares(self, count: int, weights: Sequence[int] = (1, 1, 2, 3)) -> tuple[Fraction, ...]:
        """Probabilities with small denominators; 0 only if it is among the weights."""
        found = [self.one_of(weights) for _ in range(count)]
        total = sum(found)
        return tuple(Fraction(w, total) for w in found) if total else (ONE, *[ZERO] * (count - 1))


@record(frozen=True)
class Nature:
    """What is assumed of a process, so that it must be so; without it, it is not so in many of the models.

    actions: the actions, where they are listed
    slopes:  how many parameters the policy has
    """

    states: str
    action_space: str
    actions: tuple[Any, ...] = ()
    markov: bool = False
    homogeneous: bool = False
    positive: bool = False
    slopes: int = 0


@record(frozen=True, eq=False)
class PolicyRow:
    """π(· | state): the probability of each action, and its slopes along the parameters of the policy."""

    shares: tuple[Fraction, ...]
    slopes: tuple[tuple[Fraction, ...], ...]


Past = tuple[Any, ...]
"""(S_0, A_0, R_0, S_1, …) before the state at hand."""


@record(frozen=True)
class Trajectory:
    """The worth of every variable up to the end; `chance` is its probability without the choices of the policy."""

    values: dict[Slot, Any]
    chance: Fraction
    choices: tuple[tuple[PolicyRow, int], ...]

    @property
    def probability(self) -> Fraction:
        result = self.chance
        for row, place in self.choices:
            result *= row.shares[place]
        return result


@record
class FiniteProcess:
    """The process of this number: its tables, as far as they were asked for."""

    nature: Nature
    number: int
    policies: dict[Any, PolicyRow] = field(default_factory=dict)
    kernels: dict[Any, tuple[tuple[Fraction, Fraction, Point], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nature, number = self.nature, self.number
        self.forgetful = nature.markov or number % 2 == 0
        self.timeless = nature.homogeneous or number % 4 < 2
        fits = [shape for shape in SHAPES if self.forgetful or shape.layered or not nature.homogeneous]
        self.shape = fits[(_FIRST[number] if number < len(_FIRST) else number) % len(fits)]
        self.deal = Deal(number)
        self.steps = self.shape.steps
        count = max((*self.shape.starts, *self.shape.following)) + 1
        self.states = tuple(Point(nature.states, n, STATES[n]) for n in range(count))
        self.actions = nature.actions or tuple(Point(nature.action_space, n + 1, ACTIONS[n]) for n in range(2))
        self.start = dict(zip(self.shape.starts, self.deal.shares(len(self.shape.starts)), strict=True))
        self.trajectories = tuple(self._walk(0, (), ONE, ()))
        rewards = {r for row in self.kernels.values() for _, r, _ in row} | {ZERO, *self.shape.spare}
        self.rewards = tuple(sorted(rewards))

    @property
    def end(self) -> Point:
        return self.states[0]

    @property
    def longest(self) -> int:
        """The last time whose action is part of every trajectory."""
        return max(self.steps, MEMORABLE)

    def _walk(
        self, time: int, past: Past, chance: Fraction, choices: tuple[tuple[PolicyRow, int], ...]
    ) -> Iterator[Trajectory]:
        """All trajectories that begin like this; past is (S_0, A_0, R_0, …), with S_time at its end if time > 0."""
        if time == 0 and not past:
            for number, share in self.start.items():
                yield from self._walk(0, (self.states[number],), share, ())
            return
        state = past[-1]
        row = self.policy(time, past[:-1], state)
        for place, action in enumerate(self.actions):
            if not row.shares[place]:
                continue
            chosen = (*choices, (row, place))
            for share, reward, following in self.kernel(time, past[:-1], state, action):
                whole = (*past, action, reward, following)
                if time == self.longest:
                    yield Trajectory(_named(whole), chance * share, chosen)
                else:
                    yield from self._walk(time + 1, whole, chance * share, chosen)

    def _key(self, time: int, past: Past) -> Any:
        return (None if self.timeless else time, None if self.forgetful else past)

    def policy(self, time: int, past: Past, state: Point) -> PolicyRow:
        if state.number == 0 and not self.nature.positive:
            shares = (ONE, *[ZERO] * (len(self.actions) - 1))
            return self.policies.setdefault("end", PolicyRow(shares, ()))
        key = "end" if state.number == 0 else (*self._key(time, past), state)
        if key not in self.policies:
            count = len(self.actions)
            shares = self.deal.shares(count, (1, 1, 2, 3) if self.nature.positive else (1, 1, 2, 3, 1, 0))
            self.policies[key] = PolicyRow(shares, self._slopes(count) if all(shares) else ())
        return self.policies[key]

    def _slopes(self, count: int) -> tuple[tuple[Fraction, ...], ...]:
        """For each parameter, the slopes of all probabilities; they sum to 0."""
        found = []
        for _ in range(self.nature.slopes):
            free = [Fraction(self.deal.one_of((1, -1, 2, 3))) for _ in range(count - 1)]
            found.append((*free, -sum(free, ZERO)))
        return tuple(found)

    def kernel(self, time: int, past: Past, state: Point, action: Any) -> tuple[tuple[Fraction, Fraction, Point], ...]:
        """(probability, reward, next state) after this action; at the end nothing happens any more."""
        if state.number == 0:
            return ((ONE, ZERO, self.end),)
        key = (*self._key(time, past), state, action)
        if key not in self.kernels:
            self.kernels[key] = self._row(state)
        return self.kernels[key]

    def _row(self, state: Point) -> tuple[tuple[Fraction, Fraction, Point], ...]:
        deal, following = self.deal, self.shape.following[state.number]
        found: dict[tuple[Fraction, Point], None] = {}
        simple = self.number < 2 * len(SHAPES)
        for _ in range(1 if simple else deal.one_of((1, 2, 2))):
            found[deal.one_of(REWARDS), self.states[deal.one_of(following)]] = None
        shares = deal.shares(len(found))
        return tuple((share, *one) for share, one in zip(shares, found, strict=True))


@lru_cache(maxsize=256)
def finite_process(nature: Nature, number: int) -> FiniteProcess:
    """The process of this number among those of this nature: always the same one."""
    return FiniteProcess(nature, number)


def _named(whole: Past) -> dict[Slot, Any]:
    """(S_0, A_0, R_0, S_1, …) by the names of the variables."""
    return {("SAR"[n % 3], n // 3): value for n, value in enumerate(whole)}
