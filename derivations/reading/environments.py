"""The environments in which LaTeX displays formulas, and what stands beside the formulas in them."""

from __future__ import annotations

import re

from derivations.reading.document import Displayed
from derivations.reading.extract import Extract, joined

ROWS = frozenset(
    "align alignat flalign eqnarray gather multline split aligned alignedat gathered equation displaymath dmath".split()
)
DISPLAYS = frozenset(name + star for name in ROWS for star in ("", "*")) | {"math"}
"""Environments whose rows are formulas."""

INNER = frozenset(("split", "aligned", "gathered", "alignedat"))
_BEGIN = re.compile(r"\s*\\begin\{([A-Za-z]+\*?)\}")
_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\{((?:[^{}]|\{[^{}]*\})*)\}")
_SILENT = re.compile(
    r"\\(?:nonumber|notag|allowdisplaybreaks|displaybreak(?:\[\d\])?|hfill|qedhere|MoveEqLeft(?:\[\d+\])?|untagged)"
    r"(?![A-Za-z])"
)
_ARGUMENT = re.compile(r"\s*(?:\[[^\]\n]*\]|\{\d+\})")
_AFTER = re.compile(r"[\s.,;]*(?:\\[;,!: ]|\\quad|\\qquad|~)*[\s.,;]*(?:\((?P<number>[0-9A-Za-z.]{1,8})\)[\s.,;]*)?$")


def math_environment(source: Extract) -> tuple[str, Extract]:
    """The environment that a display consists of, with its inside; "" and the display itself if it is none.

    What follows it is a number, `\\end{aligned} \\quad (5)`, or full stops.
    """
    labels = [match.span() for match in _LABEL.finditer(source.text)]
    bare = _without(source, [span for span in labels])
    found = _BEGIN.match(bare.text)
    if found is None or found.group(1) not in DISPLAYS:
        return "", source
    closing = f"\\end{{{found.group(1)}}}"
    close = bare.text.rfind(closing)
    if close < 0:
        return "", source
    rest = _TAG.sub("", bare.text[close + len(closing) :])
    if not _AFTER.fullmatch(rest):
        return "", source
    kept = [source[low:high] for low, high in labels if source.text.find(closing) > high or low > 0]
    tags = bare[close + len(closing) :]
    return found.group(1), joined([bare[found.end() : close], *kept, tags])


SINGLE = ("", "equation", "equation*", "displaymath", "math")


def inside(environment: str, source: Extract) -> tuple[str, Extract]:
    """The environment whose rows count, with its inside: that of `split` in an `equation`."""
    if environment not in SINGLE:
        return environment, source
    name, inner = math_environment(source)
    return name or environment, inner


def _without(source: Extract, spans: list[tuple[int, int]]) -> Extract:
    parts, last = [], 0
    for low, high in spans:
        parts.append(source[last:low])
        last = high
    parts.append(source[last:])
    return joined(parts)


def display(source: Extract, environment: str, outer: tuple[int, int]) -> Displayed:
    """A display without its labels, its numbers, and commands that only lay it out."""
    labels = tuple(label.strip() for label in _LABEL.findall(source.text))
    tags = [tag.strip(" ()$") for tag in _TAG.findall(source.text) if "makebox" not in tag]
    spans = sorted(
        [m.span() for pattern in (_LABEL, _TAG, _SILENT) for m in pattern.finditer(source.text)], key=lambda s: s[0]
    )
    bare = _without(source, _apart(spans))
    if environment.rstrip("*") in ("alignat", "alignedat", "aligned", "split", "gathered"):
        argument = _ARGUMENT.match(bare.text)
        if argument is not None:
            bare = bare[argument.end() :]
    number = _number(bare)
    if number is not None:
        tags.append(number[1])
        bare = bare[: number[0]]
    return Displayed(bare, environment, labels, tags[-1] if tags else "", outer)


_NUMBER = re.compile(r"(?:\\[;,!: ]|\\quad|\\qquad|~|\s|[.,;])+\((\d+[a-z]?)\)[\s.,;]*$")
_SPACED = re.compile(r"\\q?quad|\\tag|\n|[.,;]\s*\(|~~")


def _number(source: Extract) -> tuple[int, str] | None:
    """`…, \\quad (4)` at the end of a display is its number, written by hand."""
    found = _NUMBER.search(source.text, max(0, len(source.text) - 80))
    if found is None or not _SPACED.search(found.group()):
        return None
    return found.start(), found.group(1)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for low, high in spans:
        if not kept or low >= kept[-1][1]:
            kept.append((low, high))
    return kept
