"""Running all mutants on all cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from derivations.checking import Known, check
from derivations.kernel.report import Verdict
from derivations.mutants.judging import mutants

if TYPE_CHECKING:
    from derivations.catalogue import Loaded

PARTS = 4
"""The mutants of a link are shared out in so many parts, so that no core is left with one long link."""

Unit = tuple[int, int]
"""A derivation and one of its links."""
Task = tuple[Unit, int, int]
"""One part of the mutants of a link: which part, and every so-many-th mutant."""
Found = list[dict[str, Any]]


class _Work:
    """What each process holds: the derivations, and the reports of what they cite."""

    found: ClassVar[Sequence[Any]] = ()
    known: ClassVar[Known] = {}


def units_of(found: Sequence[Loaded]) -> list[Unit]:
    return [(d, n) for d, one in enumerate(found) for n in range(1, len(one.derivation.steps) + 1)]


def run(found: Sequence[Loaded], *, every: int = 1, advance: Callable[[], None] | None = None,
        processes: int | None = None) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The mutants of all links, as JSON, in the order of the derivations.

    `every` takes only each so-many-th mutant of a link; `advance` is called as often as a link is done. Work is shared
    out among `processes`, as many as there are cores.
    """
    units = units_of(found)
    done: dict[Unit, dict[int, Found]] = {unit: {} for unit in units}
    tasks = [(unit, part, every) for unit in units for part in range(PARTS)]
    for (unit, part, _), made in _all(found, tasks, min(processes or os.cpu_count() or 1, len(tasks))):
        done[unit][part] = made
        if advance is not None and len(done[unit]) == PARTS:
            advance()
    for unit in units:
        yield from _in_order([done[unit][part] for part in range(PARTS)])


def _in_order(parts: Sequence[Found]) -> Iterator[dict[str, Any]]:
    """The first of each part, then the second of each, …"""
    for place in range(max(map(len, parts), default=0)):
        yield from (part[place] for part in parts if place < len(part))


def _all(found: Sequence[Loaded], tasks: Sequence[Task], count: int) -> Iterator[tuple[Task, Found]]:
    _start(found)  # before the fork, so that every process has it
    if count <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_mutants, tasks)
        return
    with multiprocessing.get_context("fork").Pool(count, _ignore_interrupts) as pool:  # ended when the block is left
        yield from pool.imap_unordered(_mutants, tasks)


def _start(found: Sequence[Loaded]) -> None:
    _Work.found = found
    _Work.known = {}
    for one in found:
        check(one.derivation, reproduce=False, known=_Work.known)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the pool


def _mutants(task: Task) -> tuple[Task, Found]:
    (d, number), part, every = task
    derivation = _Work.found[d].derivation
    return task, [m.as_json() for m in mutants(derivation, number, _Work.known, every, part, PARTS)]


def summary(all_of_them: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How many there are of each kind and verdict; what was not refuted is what one has to look at."""
    statements = [m for m in all_of_them if m["class"] == "statement"]
    unequal = [m for m in statements if not m["equal"]]
    counts = {v.value.lower(): sum(m["verdict"] == v.value for m in unequal) for v in Verdict}
    return {
        "statement": {"equal": len(statements) - len(unequal), "unequal": len(unequal), **counts},
        "reason": {v.value.lower(): sum(m["verdict"] == v.value for m in all_of_them if m["class"] == "reason")
                   for v in Verdict},
        "unsound": sum(m["unsound"] for m in all_of_them),
    }  # fmt: skip


__all__ = ["run", "summary", "units_of"]
