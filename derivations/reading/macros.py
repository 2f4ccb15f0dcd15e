r"""Macros of a document: `\newcommand`, `\DeclareMathOperator`, and what it says that a macro means.

Only what stands for a formula is understood: a body with `#1`, `#2`. Nothing is
executed; what does not end within a fixed number of steps is refused.
"""

from __future__ import annotations

import re
from dataclasses import field

from derivations.reading.extract import Extract, joined
from derivations.records import record

MOST = 20_000
"""Characters and calls that the macros of one formula may make."""

_DEFINITION = re.compile(
    r"\\(?P<how>(?:re)?newcommand|providecommand|DeclareMathOperator|DeclareRobustCommand)(?P<star>\*?)\s*"
    r"(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))\s*"
    r"(?:\[(?P<count>\d)\])?\s*(?:\[(?P<default>[^\[\]]*)\])?\s*(?=\{)"
    r"|\\def\s*\\(?P<plain>[A-Za-z]+)(?P<pattern>(?:#\d)*)\s*(?=\{)"
)
_CALL = re.compile(r"\\([A-Za-z]+)")


class Runaway(Exception):
    """A macro that calls itself, or makes too much; `.macro` is its name, `.offset` where it was called."""

    def __init__(self, macro: str, offset: int) -> None:
        super().__init__(macro)
        self.macro, self.offset = macro, offset


@record(frozen=True)
class Macro:
    """`body`, in which `#1` is the first argument; `default` is what the first is if it is left out in brackets."""

    count: int
    body: str
    default: str | None = None


@record
class Macros:
    """The macros of a document, by their names."""

    known: dict[str, Macro] = field(default_factory=dict)

    def read(self, source: Extract) -> Extract:
        """Take the definitions that stand in a text; the text without them."""
        parts: list[Extract] = []
        last = 0
        for found in _DEFINITION.finditer(source.text):
            if found.start() < last:
                continue
            end = group_end(source.text, found.end())
            if end < 0:
                break
            body = source.text[found.end() + 1 : end - 1]
            name = found.group("braced") or found.group("bare") or found.group("plain")
            if found.group("how") == "DeclareMathOperator":
                body = rf"\operatorname{found.group('star')}{{{body}}}"
            count = found.group("count") or len(found.group("pattern") or "") // 2
            self.known.setdefault(name, Macro(int(count), body, found.group("default")))
            parts.append(source[last : found.start()])
            last = end
        parts.append(source[last:])
        return joined(parts)

    def declare(self, called: str, means: str) -> bool:
        r"""What a document says of a macro: `\fit[2]` means `#2`; whether it could be understood."""
        found = re.fullmatch(r"\\?([A-Za-z]+)\s*(?:\[(\d)\])?", called.strip())
        if found is None:
            return False
        self.known[found.group(1)] = Macro(int(found.group(2) or 0), means)
        return True

    def expand(self, source: Extract) -> Extract:
        """The formula with its macros written out. Raises Runaway."""
        if not self.known or "\\" not in source.text:
            return source
        done: list[Extract] = []
        waiting: list[tuple[Extract, int]] = [(source, 0)]
        made = 0
        while waiting:
            text, depth = waiting.pop()
            call = next((c for c in _CALL.finditer(text.text) if c.group(1) in self.known), None)
            if call is None:
                done.append(text)
                continue
            at = text.at(call.start())
            macro = self.known[call.group(1)]
            arguments, end = _arguments(text, call.end(), macro)
            body = _body(macro, arguments, at)
            made += len(body) + 1
            if made > MOST or depth > 60:
                raise Runaway(call.group(1), at)
            done.append(text[: call.start()])
            waiting += [(text[end:], depth), (body, depth + 1)]
        return joined(done)


def _arguments(text: Extract, position: int, macro: Macro) -> tuple[list[Extract], int]:
    """The arguments of a call: groups, or single tokens."""
    found: list[Extract] = []
    optional = macro.default is not None
    for number in range(macro.count):
        here = position
        while here < len(text) and text.text[here].isspace():
            here += 1
        if number == 0 and optional:
            close = text.text.find("]", here) if text.text[here : here + 1] == "[" else -1
            default = Extract(macro.default or "", [text.at(position)] * len(macro.default or ""), text.at(position))
            found.append(text[here + 1 : close] if close > 0 else default)
            position = close + 1 if close > 0 else position
            continue
        if text.text[here : here + 1] == "{":
            end = group_end(text.text, here)
            end = len(text) if end < 0 else end
            found.append(text[here + 1 : end - 1])
            position = end
            continue
        token = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL).match(text.text, here)
        position = token.end() if token else here
        found.append(text[here:position])
    return found, position


def _body(macro: Macro, arguments: list[Extract], at: int) -> Extract:
    """The body with its arguments put in; what is the macro's own stands where it was called."""
    parts: list[Extract] = []
    for part in re.split(r"(#\d)", macro.body):
        number = int(part[1:]) if re.fullmatch(r"#\d", part) else 0
        if 0 < number <= len(arguments):
            parts.append(arguments[number - 1])
        elif part:
            parts.append(Extract(part, [at] * len(part), at))
    if macro.body[-1:].isalpha() and re.search(r"\\[A-Za-z]+$", macro.body):
        parts.append(Extract(" ", [at], at))
    return joined(parts) if parts else Extract("", [], at)


_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def group_end(text: str, start: int, most: int | None = None) -> int:
    """Behind the brace that closes the one at `start`; −1 if none does (within so many characters)."""
    depth = 0
    for found in _BRACE.finditer(text, start, len(text) if most is None else start + most):
        if found.group() == "{":
            depth += 1
        elif found.group() == "}":
            depth -= 1
            if depth == 0:
                return found.end()
    return -1
