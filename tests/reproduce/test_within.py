"""SymPy is given a few seconds for a link; what it does not finish is told as such, and changes no verdict."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from derivations import derive, symbols
from derivations import reproduce as package
from derivations.kernel.report import Reproduction, Verdict
from derivations.reproduce import within as module
from derivations.reproduce.within import TOO_LATE, within

x = symbols("x")


def for_ever() -> int:
    while True:
        time.sleep(0.001)


def stubborn() -> int:
    """Takes what interrupts it for an error of its own, once."""
    try:
        return for_ever()
    except BaseException:
        return for_ever()


@pytest.mark.parametrize("ask", [for_ever, stubborn])
def test_what_does_not_answer_is_interrupted(ask) -> None:  # type: ignore[no-untyped-def]
    start = time.monotonic()
    assert within(0.05, ask) is None
    assert time.monotonic() - start < 2


def test_what_answers_is_left_alone_and_so_is_the_alarm_of_others() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert within(5, lambda: 7) == 7
    with pytest.raises(ValueError, match="own"):
        within(5, lambda: int("its own"))
    assert signal.getsignal(signal.SIGALRM) is before and signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_in_a_thread_it_is_waited_for() -> None:
    found: list[int | None] = []
    thread = threading.Thread(target=lambda: found.append(within(0.01, lambda: time.sleep(0.05) or 7)))
    thread.start()
    thread.join()
    assert found == [7]


def test_a_link_that_sympy_does_not_finish_is_proved_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*asked: object) -> Reproduction:
        for_ever()
        return Reproduction()

    monkeypatch.setattr(package, "reproduce", slow)
    monkeypatch.setattr(module, "SECONDS", 0.05)
    report = derive(x + x).eq(2 * x).qed(x + x, "=", 2 * x).check()
    (step,) = report.steps
    assert step.verdict is Verdict.PROVED and not step.disputed and report
    assert step.reproduction == Reproduction(note=TOO_LATE)
