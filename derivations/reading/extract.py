"""A piece of text that knows where each of its characters was written.

What is read of a document has passed through macros, and without comments; a
message must still name the place in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from derivations.records import record


@record(frozen=True, eq=False)
class Extract:
    """`text`, whose i-th character stands at offset `origins[i]` of the sources; `end` is where it ends."""

    text: str
    origins: Sequence[int]
    end: int = -1

    @classmethod
    def whole(cls, text: str, start: int = 0) -> Extract:
        """A text as it stands in its file."""
        return cls(text, range(start, start + len(text)), start + len(text))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Extract:
        low, high, _ = part.indices(len(self.text))
        high = max(low, high)
        end = self.origins[high] if high < len(self.text) else self.end
        return Extract(self.text[low:high], self.origins[low:high], end)

    def at(self, index: int) -> int:
        """The offset in the sources of the character at `index`; behind the last one, where the text ends."""
        if 0 <= index < len(self.origins):
            return self.origins[index]
        return self.end

    def stripped(self) -> Extract:
        """Without the white space around it."""
        text = self.text
        low = len(text) - len(text.lstrip())
        return self[low : low + len(text.strip())]


def joined(parts: Iterable[Extract]) -> Extract:
    """Pieces one after the other."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    origins: list[int] = []
    for part in found:
        origins += part.origins
    return Extract("".join(part.text for part in found), origins, found[-1].end if found else -1)


@record(frozen=True)
class Spot:
    """A place in a file: line and column, both from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Sources:
    """The files that a document is made of, one after the other; an offset names a place in one of them."""

    def __init__(self) -> None:
        self.files: list[tuple[int, Path, str]] = []
        self._lines: list[list[int]] = []
        self.size = 0

    def add(self, path: Path, text: str) -> Extract:
        """The text of one more file."""
        start = self.size
        self.files.append((start, path, text))
        self._lines.append([0, *(i + 1 for i, sign in enumerate(text) if sign == "\n")])
        self.size += len(text) + 1
        return Extract.whole(text, start)

    def _file(self, offset: int) -> int:
        return max(0, bisect_right(self.files, offset, key=lambda file: file[0]) - 1)

    def path(self, offset: int) -> Path:
        return self.files[self._file(offset)][1]

    def spot(self, offset: int) -> Spot:
        """Where an offset lies."""
        number = self._file(offset)
        start, path, _ = self.files[number]
        inside = max(0, offset - start)
        line = bisect_right(self._lines[number], inside)
        return Spot(str(path), line, inside - self._lines[number][line - 1] + 1)

    def line(self, offset: int) -> str:
        """The line of the file in which an offset lies."""
        number = self._file(offset)
        spot = self.spot(offset)
        starts = self._lines[number]
        text: Any = self.files[number][2]
        end = starts[spot.line] - 1 if spot.line < len(starts) else len(text)
        return str(text[starts[spot.line - 1] : end])
