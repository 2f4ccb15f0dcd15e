"""What one link may cost. A budget that is spent leaves the link open: it passes nothing and refutes nothing.

Steps are counted first, so that verdicts do not depend on the machine; time
and memory are for what no count foresees (see `derivations.guarding`).
"""

from __future__ import annotations

from derivations.records import record

STEPS = 20_000
"""Enough for anything one would write: no link of the exercises takes more than a fiftieth of it."""


class BudgetExhausted(Exception):
    """More was needed than is allowed: the message says of what, `remedy` what its author can do."""

    remedy = "split the step into smaller ones"


class CannotGuard(Exception):
    """This operating system cannot bound time and memory."""


class StepsSpent(BudgetExhausted):
    """The budget of steps is spent."""

    remedy = "split the step into smaller ones, or allow more steps with --steps"


class GoesOnForEver(BudgetExhausted):
    """A reason applies to what comes of applying it."""

    remedy = "write the line that it is to lead to as a step of its own, by a reason that comes to an end"


@record(frozen=True)
class Limits:
    """For each link: steps of the kernel, and seconds and megabytes (None: as many as it takes)."""

    steps: int = STEPS
    seconds: float | None = None
    megabytes: int | None = None

    @property
    def guarded(self) -> bool:
        """Whether a process of its own is needed to enforce it."""
        return self.seconds is not None or self.megabytes is not None


@record(eq=False)
class Budget:
    """The steps that are left of one link."""

    steps: int = STEPS

    def __post_init__(self) -> None:
        self.allowed = self.steps

    def spend(self, steps: int = 1) -> None:
        """Count work; BudgetExhausted when there was too much of it."""
        self.steps -= steps
        if self.steps < 0:
            raise StepsSpent(f"the budget of {self.allowed} steps was spent before the link was decided")


__all__ = ["STEPS", "Budget", "BudgetExhausted", "CannotGuard", "GoesOnForEver", "Limits", "StepsSpent"]
