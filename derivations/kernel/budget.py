"""What one link may cost. A budget that is spent leaves the link open: it passes nothing and refutes nothing.

Steps are counted first, so that verdicts do not depend on the machine; time
and memory are for what no count foresees (see `derivations.guarding`).
"""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 1_000_000
"""Enough for anything one would write; every link of the exercises takes less than a hundredth of it."""


class BudgetExhausted(Exception):
    """More was needed than the budget allows; the message says of what."""


@dataclass(frozen=True)
class Limits:
    """For each link: steps of the kernel, and seconds and megabytes (None: as many as it takes)."""

    steps: int = STEPS
    seconds: float | None = None
    megabytes: int | None = None

    @property
    def guarded(self) -> bool:
        """Whether a process of its own is needed to enforce it."""
        return self.seconds is not None or self.megabytes is not None


@dataclass(eq=False)
class Budget:
    """The steps that are left of one link."""

    steps: int = STEPS

    def spend(self, steps: int = 1) -> None:
        """Count work; BudgetExhausted when there was too much of it."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetExhausted("the budget of steps was spent before the link was decided")


__all__ = ["Budget", "BudgetExhausted", "Limits"]
