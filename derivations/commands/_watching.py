"""A word to whoever waits: which link is being judged, when one takes long."""

from __future__ import annotations

import sys
import threading
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
        self._now: tuple[Derivation, int] | None = None
        self._changed = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begun(self, derivation: Derivation, number: int) -> None:
        """This link is judged from now on."""
        self._now = (derivation, number)
        self._changed.set()
        if not self._thread.is_alive() and not self._ended:
            self._thread.start()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended = True
        self._changed.set()

    def _run(self) -> None:
        while not self._ended:
            self._changed.clear()
            link = self._now
            if not self._changed.wait(self.seconds) and link is not None:
                print(_word(*link, self.seconds), file=sys.stderr, flush=True)
                self._changed.wait()


def _word(derivation: Derivation, number: int, seconds: float) -> str:
    from derivations.catalogue import shown

    place = derivation.steps[number - 1].place
    which = f"{derivation.name or 'derivation'}, step {number} of {len(derivation.steps)}"
    return (
        f"{shown(place.file)}:{place.line}: {which}: judged for {seconds:g} seconds so far "
        "(Ctrl-C ends it, --seconds leaves such links open)"
    )


__all__ = ["SECONDS", "Watch"]
