"""Running all mutants on all cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from derivations import catalogue
from derivations.checking import Known, check
from derivations.kernel.report import Verdict
from derivations.mutants.judging import mutants

Unit = tuple[int, int]
"""A derivation and one of its links."""


class _Work:
    """What each process holds: the derivations, and the reports of what they cite."""

    found: ClassVar[Sequence[Any]] = ()
    known: ClassVar[Known] = {}


def run(found: Sequence[catalogue.Loaded], *, every: int = 1, advance: Callable[[int], None] | None = None,
        processes: int | None = None) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The mutants of all links, as JSON, in the order of the derivations.

    `every` takes only each so-many-th mutant of a link; `advance` is told, with their number, of the links that are
    done. Work is shared out among `processes`, as many as there are cores.
    """
    units = [(d, n) for d, one in enumerate(found) for n in range(1, len(one.derivation.steps) + 1)]
    done: dict[Unit, list[dict[str, Any]]] = {}
    count = processes or os.cpu_count() or 1
    for unit, made in _all(found, units, every, min(count, len(units))):
        done[unit] = made
        if advance is not None:
            advance(len(made))
    for unit in units:
        yield from done[unit]


def _all(
    found: Sequence[catalogue.Loaded], units: list[Unit], every: int, count: int
) -> Iterator[tuple[Unit, list[dict[str, Any]]]]:
    tasks = [(unit, every) for unit in units]
    if count <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        _start(found)
        yield from map(_unit, tasks)
        return
    _start(found)  # before the fork, so that every process has it
    with multiprocessing.get_context("fork").Pool(count, _ignore_interrupts) as pool:
        yield from pool.imap_unordered(_unit, tasks)


def _start(found: Sequence[catalogue.Loaded]) -> None:
    _Work.found = found
    _Work.known = {}
    for one in found:
        check(one.derivation, reproduce=False, known=_Work.known)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the pool


def _unit(task: tuple[Unit, int]) -> tuple[Unit, list[dict[str, Any]]]:
    (d, number), every = task
    derivation = _Work.found[d].derivation
    return (d, number), [m.as_json() for m in mutants(derivation, number, _Work.known, every)]


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


__all__ = ["run", "summary"]
