"""Judging links in a process of their own, which is ended when it takes too much time or memory.

A link is judged in stages (the kernel, the models, SymPy), and what is known
is sent after each: a link that is ended in between keeps what it has.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from derivations.budget import CannotGuard, Limits
from derivations.kernel.report import Finding, Reproduction, StepReport, Verdict
from derivations.records import record

Stage = Callable[[StepReport], StepReport]
NO_FORK = "limits of time and memory (--seconds, --memory) need an operating system that can fork, which this is not"
_CHECKS = 0.5  # seconds between two looks whether the parent is still there


def guarded(blank: Sequence[StepReport], stages: Sequence[Stage], limits: Limits) -> Iterator[StepReport]:
    """The reports of links, each taken through the stages within the limits; `blank` holds them unjudged.

    Raises CannotGuard where processes cannot be forked.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        raise CannotGuard(NO_FORK)
    done = 0
    while done < len(blank):
        for report in _one_process(blank[done:], stages, limits):
            yield report
            done += 1


def _one_process(blank: Sequence[StepReport], stages: Sequence[Stage], limits: Limits) -> Iterator[StepReport]:
    """The reports that a process makes, up to the link that ends it."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(there, blank, stages, limits, os.getpid()), daemon=True)
    child.start()
    there.close()
    try:
        with closing(here):
            for report in blank:
                begun, spent = time.monotonic(), ""
                for number in range(len(stages)):
                    found = _received(here, limits, begun)
                    if isinstance(found, str):
                        report, spent = _ended(report, number, found), found
                        break
                    report = replace(found, reasons=report.reasons)
                yield replace(report, seconds=time.monotonic() - begun)
                if spent:
                    return
    finally:
        child.kill()
        child.join()


@record(frozen=True)
class _Fault:
    """What went wrong in the process."""

    trace: str


def _received(here: Connection, limits: Limits, begun: float) -> Any:
    """The next report, or what there was too little of."""
    left = None if limits.seconds is None else max(0.0, begun + limits.seconds - time.monotonic())
    try:
        if not here.poll(left):
            return f"the budget of {limits.seconds:g} second{'' if limits.seconds == 1 else 's'} was spent"
        found: Any = here.recv()
    except (EOFError, OSError):
        found = None
    if isinstance(found, _Fault):
        raise RuntimeError(f"judging a link failed:\n{found.trace}")
    allowed = f" of {limits.megabytes} MB" if limits.megabytes is not None else ""
    return f"the budget{allowed} of memory was spent" if found is None else found


def _ended(report: StepReport, stage: int, spent: str) -> StepReport:
    """What is said of a link that was ended in a stage: what was found before it stays."""
    if stage == 0:
        tries = ("split the step into smaller ones, or allow more (--seconds, --memory)",)
        finding = Finding(Verdict.OPEN, problem=f"{spent} before the link was decided", tries=tries)
        return replace(report, finding=finding, verdict=Verdict.OPEN)
    if stage == 1 and report.verdict is Verdict.PROVED:
        tries = ("allow more (--seconds, --memory)",)
        finding = Finding(Verdict.OPEN, problem=f"{spent} before models were asked about the proof", tries=tries)
        return replace(report, finding=finding, verdict=Verdict.OPEN)
    if stage == 2 and report.verdict is Verdict.OPEN:
        problem = f"{report.finding.problem}\n{spent} before a counterexample was found"
        return replace(report, finding=replace(report.finding, problem=problem))
    return replace(report, reproduction=Reproduction(note=f"{spent} before SymPy was done"))


# -- in the process ------------------------------------------------------------------
def _work(there: Connection, blank: Sequence[StepReport], stages: Sequence[Stage], limits: Limits, parent: int) -> None:
    """Take each link through the stages, and send what is known after each."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for the reports ends this process
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    sys.stdout = sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115  (the parent's may be locked by a thread)
    if limits.megabytes is not None:
        _confine(limits.megabytes)
    with suppress(BrokenPipeError):
        for report in blank:
            for stage in stages:
                try:
                    report = stage(report)
                except MemoryError:
                    there.send(None)
                    return
                except Exception:  # a fault of ours: told by the one who waits
                    there.send(_Fault(traceback.format_exc()))
                    return
                there.send(replace(report, reasons=()))  # they hold functions, and are known to both sides


def _end_with(parent: int) -> None:
    """No orphan goes on computing."""
    while os.getppid() == parent:
        time.sleep(_CHECKS)
    os._exit(1)


def _confine(megabytes: int) -> None:
    """Allow so much memory more than there is in use."""
    import resource

    most = _size() + megabytes * 2**20
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _size() -> int:
    """The bytes of address space in use."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


__all__ = ["NO_FORK", "guarded"]
