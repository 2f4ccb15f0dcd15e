"""SymPy does the same step on its own.

Told by the reasons what to do with the left side, SymPy must arrive at the
right side. What it says is reported beside the verdict and never changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivations.kernel.reasons import Step
    from derivations.kernel.report import Reproduction


def reproduce(step: Step, given: Sequence[Any] = (), imager: Any = None) -> Reproduction:
    """How SymPy does this link, under the hypotheses of its derivation (imports SymPy).

    imager: that of the whole derivation, see `imager_for`; by default one for this link alone

    `operation` names what SymPy did ("diff", "subs, cancel", …), None if it has
    no word for the step or did not arrive; the note says which. `disputed`
    is set only if SymPy finds the two sides certainly different.
    """
    from derivations.reproduce.link import reproduce_link

    return reproduce_link(step, tuple(given), imager or imager_for((step,), given))


def imager_for(steps: Sequence[Step], given: Sequence[Any] = ()) -> Any:
    """What gives SymPy the terms of these links: what two of them share is told once."""
    from derivations.reproduce.link import imager_for

    return imager_for(steps, tuple(given))
