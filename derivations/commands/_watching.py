"""A word to whoever waits: which link is being judged, when one takes long."""

from __future__ import annotations

import sys
import threading
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivations.derivation import Derivation

SECONDS = 10.0


class Watch:
    """Says on stderr, once for each link, that it has taken `seconds`.

    `with Watch() as watch:` runs it; `watch.begun` is told of each link.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._now: tuple[Derivation, int, float] | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begun(self, derivation: Derivation, number: int) -> None:
        """This link is judged from now on."""
        self._now = derivation, number, monotonic()

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()

    def _run(self) -> None:
        """Looks ten times in that time: to be woken by each link would cost more."""
        told = None
        while not self._ended.wait(self.seconds / 10):
            link = self._now
            if link is not None and link is not told and monotonic() - link[2] >= self.seconds:
                told = link
                print(_word(*link[:2], self.seconds), file=sys.stderr, flush=True)


def _word(derivation: Derivation, number: int, seconds: float) -> str:
    from derivations.catalogue import shown

    place = derivation.steps[number - 1].place
    which = f"{derivation.name or 'derivation'}, step {number} of {len(derivation.steps)}"
    return (
        f"{shown(place.file)}:{place.line}: {which}: judged for {seconds:g} seconds so far "
        "(Ctrl-C ends it, --seconds leaves such links open)"
    )


__all__ = ["SECONDS", "Watch"]
