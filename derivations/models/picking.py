"""Small values, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

_SMALL = "1 2 1/2 -1 3 0 1/3 -2 4 -1/2 3/2 5 1/4 -3 2/3 3/4 6 5/2 -1/3 7 1/5 -4 8 10 -3/2 1/10 -5 9 7/2 12 -10 100"
POOL = tuple(map(Fraction, _SMALL.split(" ")))

_OPERATIONS = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "!=": lambda a, b: a != b, "=": lambda a, b: a == b,
}  # fmt: skip


def admits(value: Fraction, tests: Sequence[tuple[str, Fraction]]) -> bool:
    """Whether the value satisfies all bounds."""
    return all(_OPERATIONS[sign](value, bound) for sign, bound in tests)


@lru_cache(maxsize=1000)
def candidates(tests: tuple[tuple[str, Fraction], ...]) -> Sequence[Fraction]:
    """The pool within the bounds, or a few numbers next to a bound or between two."""
    if not tests:
        return POOL
    found = [v for v in POOL if admits(v, tests)]
    if len(found) < 4:
        ends = sorted({bound for _, bound in tests})
        near = [e + s for e in ends for s in (1, 2, 3, -1, -2, -3, Fraction(1, 2), 0)]
        near += [a + (b - a) * Fraction(k, 4) for a, b in pairwise(ends) for k in (2, 1, 3)]
        found += [v for v in near if admits(v, tests) and v not in found]
    return tuple(found)


class Picker:
    """Deals values out: distinct ones, all the same, or mixed, as the number of the filling says; or all `least`."""

    def __init__(self, filling: int, least: bool = False) -> None:
        self.filling = filling
        self.least = least
        self.count = 0

    def number(self, tests: Sequence[tuple[str, Fraction]]) -> Fraction:
        """The next value within the bounds; Undefined never, ValueError if there is none."""
        values = candidates(tuple(tests))
        if not values:
            from derivations.models.numbers import NoValue

            raise NoValue("no small value within the bounds")
        if self.least:
            return min(values, key=abs)
        place = self._place(self.count)
        self.count += 1
        return values[place % len(values)]

    def _place(self, k: int) -> int:
        f = self.filling
        if f < 24:
            start = f // 2
            return start + k if f % 2 == 0 else start
        mixed = (f * 2654435761 + (k + 1) * 40503 + f * k * 977) >> 3
        return mixed ^ (mixed >> 9)


def graded(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All tuples with 0 ≤ position < count, smallest sums first."""
    if not counts:
        yield ()
        return
    for total in range(sum(c - 1 for c in counts) + 1):
        yield from _of_sum(tuple(counts), total)


def _of_sum(counts: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
    if len(counts) == 1:
        if total < counts[0]:
            yield (total,)
        return
    for first in range(min(total, counts[0] - 1), -1, -1):
        for rest in _of_sum(counts[1:], total - first):
            yield (first, *rest)
