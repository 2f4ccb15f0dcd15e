"""Several equations at once: numbers that were chosen are moved until what is given holds.

An equation that is solved for no single name (Σ p_k = 1, x = (x − 1)/3 + y/2 beside
y = x/5 − 1) is a function of the numbers that were dealt out. Where it is affine in some
of them they are what the linear system says, exactly; whether that is so is asked
afterwards: every equation must certainly hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from derivations.models import numbers
from derivations.models.numbers import NoValue
from derivations.models.picking import admits
from derivations.terms.relations import Relation

if TYPE_CHECKING:
    from derivations.models.model import Key, Model

_MOST_EQUATIONS, _MOST_NUMBERS = 4, 10
_MOVABLE = ("symbol", "entry", "vector", "apply", "coefficient")


def settle(model: Model, equations: Sequence[Relation]) -> None:
    """Move chosen numbers so that the equations hold, if that can be done; else leave all as it is."""
    if not equations or len(equations) > _MOST_EQUATIONS:
        return
    used_before = dict(model.used)
    try:
        model.used.clear()
        here = _gaps(model, equations)
        keys = list(islice(_movable(model), _MOST_NUMBERS))
        if any(here) and keys:
            _move(model, equations, here, keys)
    except NoValue:
        pass
    finally:
        used = {**used_before, **model.used}
        model.used.clear()
        model.used.update(used)


def _gaps(model: Model, equations: Sequence[Relation]) -> list[Fraction]:
    """lhs − rhs of each; NoValue where one is no exact number."""
    for key in [key for key in model.known if key in model.solved]:
        del model.known[key]  # it is computed from what moves
    found = [numbers.subtract(model(e.lhs), model(e.rhs)) for e in equations]
    if not all(isinstance(gap, Fraction) for gap in found):
        raise NoValue("an equation that is not exact")
    return found  # type: ignore[return-value]


def _movable(model: Model) -> Any:
    """What was dealt out for these equations, from another place on in each filling."""
    grid = {("symbol", symbol) for symbol, _ in model.choice.grid}
    found = [
        key
        for key in model.used
        if key[0] in _MOVABLE and key in model.known and key not in model.solved and key not in grid
        and isinstance(model.known[key], Fraction)
    ]  # fmt: skip
    turn = model.choice.filling % len(found) if found else 0
    return [*found[turn:], *found[:turn]]


def _move(model: Model, equations: Sequence[Relation], here: list[Fraction], keys: Sequence[Key]) -> None:
    before = {key: model.known[key] for key in keys}
    try:
        columns = [_slopes(model, equations, here, key) for key in keys]
        steps = _solved(columns, here)
        for key, step in zip(keys, steps, strict=True):
            model.known[key] = before[key] + step
        if not any(_gaps(model, equations)) and all(_admitted(model, key) for key in keys):
            return
    except NoValue:
        pass
    model.known.update(before)
    for key in [key for key in model.known if key in model.solved]:
        del model.known[key]


def _slopes(model: Model, equations: Sequence[Relation], here: list[Fraction], key: Key) -> list[Fraction]:
    """How the gaps move when this number grows by 1."""
    value = model.known[key]
    model.known[key] = value + 1
    try:
        return [after - gap for after, gap in zip(_gaps(model, equations), here, strict=True)]
    finally:
        model.known[key] = value


def _solved(columns: Sequence[Sequence[Fraction]], gaps: Sequence[Fraction]) -> list[Fraction]:
    """Steps x with Σ x_j column_j = −gaps, as few of them as there are equations; NoValue if there are none."""
    rows = [[column[i] for column in columns] + [-gaps[i]] for i in range(len(gaps))]
    pivots: list[int] = []
    for n in range(len(rows)):
        place = next(((j, i) for j in range(len(columns)) if j not in pivots
                      for i in range(n, len(rows)) if rows[i][j]), None)  # fmt: skip
        if place is None:
            break
        j, i = place
        rows[n], rows[i] = rows[i], rows[n]
        rows[n] = [x / rows[n][j] for x in rows[n]]
        for m, row in enumerate(rows):
            if m != n and row[j]:
                rows[m] = [x - row[j] * y for x, y in zip(row, rows[n], strict=True)]
        pivots.append(j)
    if any(row[-1] for row in rows[len(pivots) :]):
        raise NoValue("the equations contradict each other here")
    steps = [Fraction(0)] * len(columns)
    for row, j in zip(rows, pivots, strict=False):
        steps[j] = row[-1]
    return steps


def _admitted(model: Model, key: Key) -> bool:
    """Within the bounds in which it was to be chosen."""
    value = model.known[key]
    if key[0] == "symbol":
        return admits(value, model.tests(key[1]))
    if key[0] in ("entry", "apply"):
        return admits(value, model.pattern_tests(key[1], key[2]))
    return True


__all__ = ["settle"]
