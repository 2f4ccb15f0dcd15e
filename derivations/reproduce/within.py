"""SymPy may take as long as it likes over a link: it is given a few seconds, and then interrupted.

The interruption is an alarm of the operating system, which is raised again until
SymPy lets go of it. What no alarm can reach, a single operation on numbers of
many digits, is not asked for in the first place (see `size`). Where there are
no alarms (on Windows, in a thread) SymPy is waited for.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Answer = TypeVar("Answer")

SECONDS = 5.0
TOO_LATE = "SymPy did not answer in time"
_AGAIN = 0.1  # seconds until the next alarm, where SymPy took the first for an error of its own


class _Late(BaseException):
    """The time is up; no `except Exception` of SymPy's takes it for its own."""


def within(seconds: float, ask: Callable[[], Answer]) -> Answer | None:
    """What `ask` answers, or None if it does not within so many seconds."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return ask()
    waiting = True

    def late(number: int, frame: FrameType | None) -> None:
        if waiting:
            raise _Late

    before = signal.signal(signal.SIGALRM, late)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        answer = ask()
        waiting = False
    except _Late:
        waiting = False
        return None
    finally:
        waiting = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return answer


__all__ = ["SECONDS", "TOO_LATE", "within"]
