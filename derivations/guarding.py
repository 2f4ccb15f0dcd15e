"""Judging links in a process of their own, which is ended when it takes too much time or memory.

The process sends each link as soon as it is judged, and once more when SymPy
has had its turn: a link that is ended in between keeps its verdict.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import Any

from derivations.kernel.budget import Limits
from derivations.kernel.report import Finding, Reproduction, StepReport, Verdict

Judge = Callable[[int], StepReport]
Reproduce = Callable[[StepReport], StepReport]
_TRIES = ("split the step into smaller ones", "allow more of it (--seconds, --memory)")


def guarded(count: int, judge: Judge, reproduce: Reproduce, empty: Judge, limits: Limits) -> Iterator[StepReport]:
    """The reports of links 1 … count, each within its limits; `empty` makes a report for what was ended."""
    if "fork" not in multiprocessing.get_all_start_methods():
        raise OSError("limits of time and memory need an operating system that can fork")
    number = 1
    while number <= count:
        for report in _one_process(number, count, judge, reproduce, limits):
            if isinstance(report, str):
                yield _ended(empty(number), report)
            else:
                yield report
            number += 1


def _one_process(
    first: int, count: int, judge: Judge, reproduce: Reproduce, limits: Limits
) -> Iterator[StepReport | str]:
    """Reports from a process, up to the one that ended it; of that one, what it took too much of."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(there, first, count, judge, reproduce, limits), daemon=True)
    child.start()
    there.close()
    try:
        with closing(here):
            for _ in range(first, count + 1):
                report = _received(here, limits)
                if isinstance(report, str):
                    yield report
                    return
                later = _received(here, limits)
                yield report if isinstance(later, str) else later
                if isinstance(later, str):
                    return
    finally:
        child.kill()
        child.join()


def _received(here: Connection, limits: Limits) -> StepReport | str:
    """The next report, or what there was too little of."""
    try:
        if not here.poll(limits.seconds):
            return f"the budget of {limits.seconds:g} seconds was spent before the link was decided"
        found: Any = here.recv()
    except (EOFError, OSError):
        return _memory(limits)
    return _memory(limits) if found is None else found


def _memory(limits: Limits) -> str:
    allowed = f" of {limits.megabytes} MB" if limits.megabytes is not None else ""
    return f"the budget{allowed} of memory was spent before the link was decided"


def _work(there: Connection, first: int, count: int, judge: Judge, reproduce: Reproduce, limits: Limits) -> None:
    """What the process does: judge, send, reproduce, send."""
    if limits.megabytes is not None:
        most = _size() + limits.megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(KeyboardInterrupt, BrokenPipeError):
        for number in range(first, count + 1):
            try:
                report = judge(number)
                there.send(_bare(report))
                there.send(_bare(reproduce(report)))
            except MemoryError:
                there.send(None)
                return


def _size() -> int:
    """The bytes of address space in use."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _bare(report: StepReport) -> StepReport:
    """Without the reasons, which are known to both sides (and hold functions, which cannot be sent)."""
    from dataclasses import replace

    return replace(report, reasons=())


def _ended(report: StepReport, reason: str) -> StepReport:
    from dataclasses import replace

    finding = Finding(Verdict.OPEN, problem=reason, tries=_TRIES)
    return replace(report, finding=finding, verdict=Verdict.OPEN, reproduction=Reproduction(note=reason))


__all__ = ["guarded"]
