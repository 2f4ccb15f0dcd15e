r"""Names among the tokens: `\hat{\beta}`, `\mathbf{x}`, `\mathrm{AIC}_c`, and the subscript that may belong to them."""

from __future__ import annotations

import re

from derivations.reading.notation import ACCENTS, LETTERS, STYLES, Head
from derivations.reading.tokens import Token, partners, tokens_of
from derivations.reading.unread import Unread


def head_at(tokens: list[Token], place: int, partner: dict[int, int]) -> tuple[Head, int] | None:
    """The name that begins at a place, without primes and subscript, and where it ends; None for no name."""
    token = tokens[place]
    if token.kind == "letter":
        return Head(token.text), place + 1
    if token.kind == "text":
        return (Head(token.text, "roman"), place + 1) if re.fullmatch(r"[^\W\d_]+", token.text) else None
    if token.kind != "command":
        return None
    command = token.text[1:]
    if command in LETTERS:
        return Head(command), place + 1
    if command in STYLES:
        return _styled(tokens, place + 1, partner, STYLES[command])
    if command in ACCENTS:
        inner = _argument(tokens, place + 1, partner)
        if inner is None or inner[0].primes:
            return None
        head, after = inner
        return Head(head.base + ACCENTS[command], head.style), after
    return None


def _styled(tokens: list[Token], place: int, partner: dict[int, int], style: str) -> tuple[Head, int] | None:
    """What stands below `\\mathrm`, as one name."""
    low, high, after = _group(tokens, place, partner)
    inside = tokens[low:high]
    if inside and all(token.kind in ("letter", "number") for token in inside):
        base = "".join(token.text for token in inside)
        return (Head(base, style), after) if base[0].isalpha() or base in "01" and style == "bold" else None
    found = head_at(tokens, low, partner) if inside else None
    if found is None or found[1] != high:
        return None
    return Head(found[0].base, style or found[0].style), after


def _argument(tokens: list[Token], place: int, partner: dict[int, int]) -> tuple[Head, int] | None:
    low, high, after = _group(tokens, place, partner)
    found = head_at(tokens, low, partner) if low < high else None
    return (found[0], after) if found is not None and found[1] == high else None


def _group(tokens: list[Token], place: int, partner: dict[int, int]) -> tuple[int, int, int]:
    """What stands in braces, or the one token without them: from where to where, and what follows."""
    if tokens[place].kind == "brace":
        close = partner[place]
        return place + 1, close, close + 1
    if tokens[place].kind == "command" and tokens[place].text[1:] in {**STYLES, **ACCENTS}:
        found = head_at(tokens, place, partner)
        return (place, found[1], found[1]) if found is not None else (place, place, place)
    return place, place + 1, place + 1


def marks_of(tokens: list[Token], low: int, high: int) -> str:
    r"""A subscript as part of a name: `{1,\max}` is `1_max`; "" if it is none."""
    parts = [""]
    for token in tokens[low:high]:
        if token.kind == "sign" and token.text == ",":
            parts.append("")
        elif token.kind in ("letter", "number"):
            parts[-1] += token.text
        elif token.kind == "text":
            parts[-1] += re.sub(r"\W", "", token.text)
        elif token.kind == "command" and token.text[1:] in LETTERS:
            parts[-1] += token.text[1:]
        elif token.kind == "command" and token.text[1:] in STYLES or token.kind in ("brace", "unbrace"):
            continue
        else:
            return ""
    return "_".join(parts) if all(parts) else ""


def name_in(latex: str) -> tuple[Head, str]:
    """A name written in LaTeX, and its subscript. Raises Unread for anything else."""
    tokens = tokens_of(latex)
    partner = partners(tokens)
    found = head_at(tokens, 0, partner)
    if found is None:
        raise Unread(f"`{latex}` is no name", 0)
    head, place = found
    primes, marks = 0, ""
    while tokens[place].text == "'":
        primes, place = primes + 1, place + 1
    if tokens[place].text == "_":
        low, high, place = _group(tokens, place + 1, partner)
        marks = marks_of(tokens, low, high)
    while tokens[place].text == "'":
        primes, place = primes + 1, place + 1
    if tokens[place].kind != "end":
        raise Unread(f"`{latex}` is no name", tokens[place].start)
    return Head(head.base, head.style, primes), marks


__all__ = ["head_at", "marks_of", "name_in"]
