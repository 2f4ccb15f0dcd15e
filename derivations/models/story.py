"""A finite process, or a joint distribution, in plain words: what a witness prints of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.models.trajectories import FiniteProcess, Slot
from derivations.terms.arithmetic import Number
from derivations.terms.families import Entry

if TYPE_CHECKING:
    from derivations.models.model import Model
    from derivations.models.worlds import Outcome

Line = tuple[str, str]


def story(model: Model) -> Iterator[Line]:
    """The tables of the process, and the distribution of the other random variables, as (name, value)."""
    if model.made is not None:
        yield from _process(model.made)
        yield from _slopes(model) if model.sloping else ()
        if any(letter == "undefined" for letter, *_ in model.slots.values()):
            yield "G_t", "R_t + R_{t+1} + …"
    if model.entries:
        yield from _distribution(model.entries, model.world.outcomes)
    if "outcome" in model.picked:
        yield from _outcome(model, model.picked["outcome"])


def _process(process: FiniteProcess) -> Iterator[Line]:
    """P(S_0 = x), π(a | s) and p(s', r | s, a), as far as they are not 0; the end is without reward for ever."""
    starts = [(process.states[state], share) for state, share in process.start.items()]
    for state, share in starts:
        yield f"P(S_0 = {state})", str(share)
    if process.shape.spare:
        yield "R", "{" + ", ".join(str(reward) for reward in process.rewards) + "}"
    for key, row in process.policies.items():
        if key != "end":
            for action, share in zip(process.actions, row.shares, strict=True):
                if share:
                    yield f"π({action}|{_behind(key, ())})", str(share)
    for key, table in process.kernels.items():
        for share, reward, following in table:
            yield f"p({following}, {reward}|{_behind(key[:3], key[3:])})", str(share)


def _slopes(model: Model) -> Iterator[Line]:
    """∂π(a | s, θ)/∂θ_i at the point at hand."""
    for key, row in model.process.policies.items():
        for parameter, slopes in zip(model.parameter_keys(), row.slopes if key != "end" else (), strict=False):
            name = f"{parameter[1]}" if len(parameter) == 2 else f"{parameter[1]}[{parameter[2] + 1}]"
            for action, slope in zip(model.process.actions, slopes, strict=True):
                yield f"∂π({action}|{_behind(key, ())})/∂{name}", str(slope)


def _outcome(model: Model, outcome: Outcome) -> Iterator[Line]:
    """What the random variables are where the two sides were compared."""
    for slot, value in outcome.values.items():
        if slot[0] == "entry":
            yield _name(slot), str(value)
        elif slot[0] in ("S", "A", "R") and (slot[1] == 0 or outcome.values["S", slot[1] - 1] != model.process.end):
            if slot[0] == "S" or outcome.values["S", slot[1]] != model.process.end:
                yield f"{slot[0]}_{slot[1]}", str(value)


def _name(slot: Slot) -> str:
    return str(Entry(slot[1], tuple(Number(Fraction(i)) for i in slot[2])))


def _behind(key: Sequence[Any], action: Sequence[Any]) -> str:
    """`x, left`, with the time or the past where the table depends on them."""
    time, past, state = key
    words = ", ".join(str(part) for part in (state, *action))
    if past:
        words += " after " + ", ".join(str(part) for part in past)
    return words if time is None else f"{words}; t = {time}"


def _distribution(entries: Sequence[Slot], outcomes: Sequence[Outcome]) -> Iterator[Line]:
    """P(X = 1, Y = 0), …"""
    names = [_name(slot) for slot in entries]
    found: dict[tuple[Any, ...], Any] = {}
    for outcome in outcomes:
        values = tuple(outcome.values.get(slot) for slot in entries)
        found[values] = found.get(values, Fraction(0)) + outcome.weight
    for values, share in found.items():
        yield "P(" + ", ".join(f"{n} = {v}" for n, v in zip(names, values, strict=True)) + ")", str(share)
