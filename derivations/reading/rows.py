"""The block of notation at the top of a document: YAML front matter, `% derivations:` comments, `notation.toml`.

    ---
    notation:
      n: integer, n >= 1
      X: random variable
      sigma: "> 0"
    ---

Three spellings of one table: a row says what a name is. A single text with
`name: what it is` lines is read likewise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from derivations.reading.document import Complaint, Document, Row
from derivations.reading.extract import Extract

_FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
SHARED = "notation.toml"
LARGEST = 200_000


def front_matter(whole: Extract, made: Document) -> int:
    """Read the front matter of a Markdown file; where its text begins."""
    found = _FRONT.match(whole.text)
    if found is None:
        return 0
    block = found.group(1)
    if len(block) > LARGEST:
        made.complaints.append(Complaint("the front matter is too long", "keep it below 200,000 characters"))
        return found.end()
    import yaml

    try:
        data = yaml.load(block, Loader=_loader())
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = found.start(1) + (mark.index if mark is not None else 0)
        what = getattr(error, "problem", None) or "it is no YAML"
        made.complaints.append(Complaint(f"the front matter cannot be read: {what}", "write `name: what it is`", at))
        return found.end()
    if isinstance(data, dict):
        made.title = str(data.get("title", ""))
        lines = _line_starts(block, found.start(1))
        made.rows += rows_of(data, lines)
    return found.end()


def _loader() -> Any:
    """YAML in which every scalar is the text that was written: `n: no` is not False, `1e3` not 1000.0."""
    import yaml

    class Plain(yaml.BaseLoader):  # scalars stay as they are written
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.YAMLError("it refers to another part of itself")
            return super().compose_node(parent, index)

    return Plain


def _line_starts(block: str, start: int) -> dict[str, int]:
    """Where each `name:` stands, by its name; the first one counts."""
    found: dict[str, int] = {}
    for line in re.finditer(r"^[ \t]*(?:- )?[\"']?([^:\n]*?)[\"']?[ \t]*:", block, re.MULTILINE):
        found.setdefault(line.group(1).strip(), start + line.start(1))
    return found


SECTIONS = ("notation", "given", "table", "macros")


def rows_of(data: dict[str, Any], places: dict[str, int], start: int = 0) -> Iterator[Row]:
    """The rows of a table: what stands below `notation`, what is `given`, which shared `table` is asked for."""
    inner = data.get("derivations")
    if isinstance(inner, dict):
        yield from rows_of(inner, places, start)
    for section in SECTIONS:
        value = data.get(section)
        if section == "notation" and isinstance(value, dict):
            for name, means in value.items():
                at = places.get(str(name), start)
                if isinstance(means, dict) and "kind" not in means:  # what holds from a section on
                    given = means.pop("given", None)
                    yield from (Row(str(n), m, places.get(str(n), at), str(name)) for n, m in means.items())
                    listed = given if isinstance(given, list) else [given] if given is not None else []
                    yield from (Row("given:", one, at, str(name)) for one in listed)
                else:
                    yield Row(str(name), means, at)
        elif section == "notation" and isinstance(value, str):
            yield from lines_of(value, places.get(section, start))
        elif value is not None:
            values = value if isinstance(value, list) else [value]
            if isinstance(value, dict):
                values = [f"{k}: {v}" for k, v in value.items()]
            for one in values:
                yield Row(f"{section}:", one, places.get(section, start))


def lines_of(text: str, start: int) -> Iterator[Row]:
    """`name: what it is`, one a line; `given: …` is what is given."""
    offset = start
    for line in text.splitlines(keepends=True):
        name, colon, value = line.partition(":")
        if colon and name.strip():
            plain = name.strip()
            yield Row(f"{plain}:" if plain in SECTIONS else plain, value.strip(), offset)
        offset += len(line)


def shared_table(path: Path) -> list[Row]:
    """The rows of a `notation.toml`. Raises OSError, ValueError (tomllib's) where it cannot be read."""
    data = tomllib.loads(path.read_text("utf-8"))
    return list(rows_of(data, {}))
