"""Statements broken into lines as a formatter of Python breaks them: at brackets, then at what binds loosest."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Sequence

WIDTH = 100

_PRIORITY = {",": 9, "<": 8, "<=": 8, ">": 8, ">=": 8, "==": 8, "+": 5, "-": 5, "*": 4, "/": 4, "@": 4}
"""What is broken first; a power is never broken."""


def laid_out(code: str, indent: str = "", after: str = "") -> list[str]:
    """The lines of a statement, or of a part of one with `after` behind it, none wider than WIDTH if it can be."""
    return list(_lines(_pieces(code), indent, after))


Pieces = Sequence[tuple[str, int, bool]]
"""Of each token: its text with the blanks before it, how many brackets it stands in, whether it may start a line."""


def _pieces(code: str) -> Pieces:
    found: list[tuple[str, int, bool]] = []
    depth, end, operand = 0, 0, False
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER):
            continue
        text = " " * (token.start[1] - end) + token.string
        depth -= token.string in (")", "]", "}")
        found.append((text, depth, operand))  # a sign behind an operand is an operation, else it belongs to its number
        depth += token.string in ("(", "[", "{")
        end = token.end[1]
        operand = token.type in (tokenize.NAME, tokenize.NUMBER, tokenize.STRING) or token.string in (")", "]", "}")
    return found


def _text(pieces: Pieces) -> str:
    return "".join(text for text, _, _ in pieces).strip()


def _lines(pieces: Pieces, indent: str, after: str = "", inside: bool = False) -> Iterator[str]:
    if len(indent) + len(_text(pieces)) + len(after) <= WIDTH:
        yield f"{indent}{_text(pieces)}{after}"
        return
    parts = _split(pieces) if inside else []
    if len(parts) > 1:
        comma = parts[0][-1][0] == ","
        for part in parts:
            ended = comma and part[-1][0] == ","
            behind = "," if comma else after if part is parts[-1] else ""
            yield from _lines(part[:-1] if ended else part, indent, behind, inside=True)
        return
    opened, closed = _last_bracket(pieces)
    if opened is None or closed is None or closed == opened + 1:
        yield f"{indent}{_text(pieces)}{after}"
        return
    yield f"{indent}{_text(pieces[: opened + 1])}"
    within = pieces[opened + 1 : closed]
    parts = _split(within)
    if not pieces[opened][2] and len(parts) > 1 and parts[0][-1][0] == ",":  # a list: one a line
        parts = [part[:-1] if part[-1][0] == "," else part for part in parts]
        for part in parts:
            yield from _lines(part, indent + "    ", ",", inside=True)
    else:
        yield from _lines(within, indent + "    ", inside=True)
    yield f"{indent}{_text(pieces[closed:])}{after}"


def _split(pieces: Pieces) -> list[Pieces]:
    """At the operators (or commas) that bind loosest outside of brackets: operators start a line, commas end one."""
    outside = min(depth for _, depth, _ in pieces)
    at = {
        n: _PRIORITY[text.strip()]
        for n, (text, depth, operation) in enumerate(pieces)
        if n and depth == outside and text.strip() in _PRIORITY and (operation or text == ",")
    }
    loosest = max(at.values(), default=0)
    cuts = [n + (loosest == _PRIORITY[","]) for n, priority in at.items() if priority == loosest]
    return [pieces[a:b] for a, b in zip([0, *cuts], [*cuts, len(pieces)], strict=True) if a < b]


def _last_bracket(pieces: Pieces) -> tuple[int | None, int | None]:
    """Where the last outermost bracket opens and closes."""
    outside = min(depth for _, depth, _ in pieces)
    ends = [n for n, (text, depth, _) in enumerate(pieces) if depth == outside and text.strip() in (")", "]", "}")]
    starts = [n for n, (text, depth, _) in enumerate(pieces) if depth == outside and text.strip() in ("(", "[", "{")]
    return (starts[-1], ends[-1]) if starts and ends else (None, None)
