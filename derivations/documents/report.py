"""What came out of judging a document: plain data. What shows it only reads it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from derivations.kernel.report import Report, StepReport, Verdict
from derivations.reading.extract import Spot
from derivations.records import record


class LineVerdict(StrEnum):
    """What became of a line: the verdict of its link, or that it is given, or that it could not be read."""

    PROVED = "PROVED"
    REFUTED = "REFUTED"
    OPEN = "OPEN"
    UNREAD = "UNREAD"
    GIVEN = "GIVEN"


@record(frozen=True)
class Missing:
    """A name that the document uses and does not declare, and a row that would declare it."""

    name: str
    row: str
    spot: Spot


@record(frozen=True, eq=False)
class LineReport:
    """One line of a display.

    spot:    where its sign stands (of a given line: where it begins)
    source:  the line as it is written: its right side
    reading: how it was read, as text
    by:      the reasons that were found or named
    nature:  "claim", "statement", "given", "definition", "cited"
    cause:   why it is OPEN or UNREAD, in a word: "undeclared name", "defined", "no reason found", …
    step:    what the engine says of the link, None for a line that is given or unread
    end:     where the line ends in the sources, -1 if that is not in the document itself
    outer:   where the display begins and ends in the sources
    rests_on: hypotheses, definitions and results that its proof quotes
    """

    spot: Spot
    source: str
    verdict: LineVerdict
    label: str = ""
    reading: str = ""
    sign: str = ""
    by: tuple[str, ...] = ()
    nature: str = "claim"
    problem: str = ""
    tries: tuple[str, ...] = ()
    cause: str = ""
    readings: tuple[str, ...] = ()
    step: StepReport | None = None
    report: Report | None = None
    offset: int = 0
    end: int = -1
    outer: tuple[int, int] = (0, 0)
    rests_on: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    seconds: float = 0.0
    named: tuple[str, ...] = ()


@record(frozen=True, eq=False)
class Understood:
    """Something that a document says of its notation: a name, what it is, from where."""

    name: str
    means: str
    origin: str
    spot: Spot


@record(frozen=True, eq=False)
class Trouble:
    """Something that is wrong with a document as a whole, with its place and what to do."""

    spot: Spot
    message: str
    remedy: str = ""
    severe: bool = True


@record(frozen=True, eq=False)
class DocumentReport:
    """A judged document."""

    name: str
    kind: str
    lines: tuple[LineReport, ...]
    understood: tuple[Understood, ...] = ()
    missing: tuple[Missing, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    assumed: tuple[str, ...] = ()
    seconds: float = 0.0
    document: Any = None
    chains: tuple[Any, ...] = ()

    @property
    def title(self) -> str:
        """What the document is called: its own title, or its file's name."""
        return str(self.document.title or self.name)

    def count(self, verdict: LineVerdict) -> int:
        return sum(line.verdict is verdict for line in self.lines)

    @property
    def code(self) -> int:
        """5: a fault of the engine; 1: a line is refuted; 3: open; 6: nothing is wrong, but something is unread."""
        verdicts = {line.verdict for line in self.lines}
        if any(line.step is not None and line.step.finding.fault for line in self.lines):
            return 5
        if LineVerdict.REFUTED in verdicts:
            return 1
        opened = [line for line in self.lines if line.verdict is LineVerdict.OPEN or _disputed(line)]
        if any(line.cause != DEFINED for line in opened) or any(t.severe for t in self.troubles):
            return 3
        return 6 if opened or LineVerdict.UNREAD in verdicts else 0


DEFINED = "defined"
"""The cause of a line that is open only because it is not known that what it writes is defined."""


def _disputed(line: LineReport) -> bool:
    return line.step is not None and line.step.disputed


def verdict_of(step: StepReport) -> LineVerdict:
    return LineVerdict(step.verdict.value)


__all__ = ["DEFINED", "DocumentReport", "LineReport", "LineVerdict", "Missing", "Trouble", "Understood", "Verdict"]
