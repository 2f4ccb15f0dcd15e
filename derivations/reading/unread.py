"""What could not be read of a formula: where, why, and how else it might be meant."""

from __future__ import annotations

from collections.abc import Sequence

from derivations.terms.term import TermError

CAUSES = ("undeclared", "ambiguous", "no word", "unknown command", "unbalanced", "syntax", "too deep", "sorts")


class Unread(TermError):
    """A formula was refused, for it does not say one thing.

    offset, line, column: where, in what was handed in (line and column from 1)
    cause:    one of CAUSES
    readings: what it could mean, as text, where two meanings are possible
    name:     the name that is not declared, in LaTeX
    proposal: what it might be: `number`, `function`, …
    """

    def __init__(
        self, message: str, offset: int = 0, cause: str = "syntax", readings: Sequence[str] = (),
        name: str = "", proposal: str = "",
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.message = message
        self.offset, self.cause, self.readings = offset, cause, tuple(readings)
        self.name, self.proposal = name, proposal
        self.line = self.column = 1

    def within(self, source: str) -> Unread:
        """Told where it stands in the source."""
        before = source[: self.offset]
        self.line = before.count("\n") + 1
        self.column = self.offset - (before.rfind("\n") + 1) + 1
        return self

    def __str__(self) -> str:
        said = f"line {self.line}, column {self.column}: {self.message}"
        if self.readings:
            said += "; it could be read as " + " or as ".join(f"`{reading}`" for reading in self.readings)
        return said


__all__ = ["CAUSES", "Unread"]
