r"""The tokens of a formula: numbers, letters, commands, brackets; space, sizes and labels are gone.

Each knows where it was written, and each brace where its partner stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from derivations.reading.unread import Unread

DEEPEST = 60
"""How deeply groups and brackets may be nested: what reads them recursively must not exhaust Python's stack."""


class Token(NamedTuple):
    r"""`text` is as written, but for delimiters, which have one spelling each (`\left(` is `(`).

    kind:   number, letter, command, open, close, bar, sign, text, end
    spaced: what stands before it: "" nothing, " " white space, "\\" a spacing command
    side:   of a delimiter: "left" or "right" where `\left`, `\bigl`, `\lvert` say which; "middle"
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: str = ""
    side: str = ""


FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
_SKIPPED = (
    "displaystyle textstyle scriptstyle limits nolimits nonumber notag quad qquad enspace thinspace medspace "
    "thickspace negthinspace relax hfill allowbreak nobreak big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr "
    "Biggr bigm Bigm biggm Biggm left right middle"
).split()
_WIDE = ("quad", "qquad", "enspace", "thinspace", "medspace", "thickspace", "negthinspace")
_DELIMITERS = {
    r"\{": "{", r"\}": "}", r"\lbrace": "{", r"\rbrace": "}", r"\lbrack": "[", r"\rbrack": "]", r"\vert": "|",
    r"\lvert": "|", r"\rvert": "|", r"\Vert": "‖", r"\|": "‖", r"\lVert": "‖", r"\rVert": "‖", "‖": "‖",
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", r"\langle": "⟨", r"\rangle": "⟩",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", r"\mid": "|", ".": ".", "/": "/",
}  # fmt: skip
_OPENING, _CLOSING, _BARS = "([{⟨⌊⌈", ")]}⟩⌋⌉", "|‖"
PARTNER = dict(zip(_OPENING, _CLOSING, strict=True))
_SIDES = {r"\lvert": "left", r"\lVert": "left", r"\rvert": "right", r"\rVert": "right", r"\mid": "middle"}
_SPELLED = {"−": "-", "–": "-", "∗": "*", "·": r"\cdot", "×": r"\times", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq",
            "∞": r"\infty", "∈": r"\in", "Σ": r"\Sigma", "∑": r"\sum", "∫": r"\int", "∂": r"\partial", "∇": r"\nabla",
            "→": r"\to", "⟺": r"\iff", "′": "'"}  # fmt: skip
_ARGUMENT = r"\s*\{[^{}]*\}"
_TOKEN = re.compile(
    rf"(?P<gone>\\(?:label|tag|hspace|vspace|phantom|hphantom|vphantom)\*?{_ARGUMENT}|%[^\n]*\n?)"
    r"|(?P<space>\s+|~|&|\\[ \n])"
    r"|(?P<thin>\\[,;!:>])"
    r"|(?P<number>\d{1,3}(?:(?:\\,|\{,\}|\\;)\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<words>\\(?:text|textrm|textnormal|mbox|textit|hbox|textup)\s*\{(?P<said>[^{}]*)\})"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|.))"
    r"|(?P<letter>[^\W\d_])"
    r"|(?P<other>.)",
    re.DOTALL,
)


def tokens_of(source: str) -> list[Token]:
    """The tokens, and one of kind "end". Raises Unread where a brace or a bracket of `\\left` has no partner."""
    found: list[Token] = []
    spaced = side = ""
    for match in _TOKEN.finditer(source):
        kind, text, (start, end) = match.lastgroup or "", match.group(), match.span()
        if kind in ("gone", "space"):
            spaced = spaced or " "
            continue
        if kind == "thin":
            spaced = "\\"
            continue
        if kind in ("said", "words"):
            found.append(Token("text", match.group("said").strip(), start, end, spaced, side))
        elif kind == "number" and found and found[-1].text in FRACTIONS and len(text) == 2 and text.isdigit():
            found.append(Token("number", text[0], start, start + 1, spaced))  # \\frac12
            found.append(Token("number", text[1], start + 1, end))
        elif kind == "number":
            found.append(Token("number", re.sub(r"\\,|\\;|\{,\}", "", text), start, end, spaced, side))
        else:
            text = _SPELLED.get(text, text)
            name = text[1:].rstrip("*") if text[:1] == "\\" else ""
            if name in _SKIPPED:
                if name in _WIDE:
                    spaced = "\\"
                side = _side(name) or side
                continue
            token = _token(text, start, end, spaced, side)
            if token is None:  # `\left.`
                spaced = side = ""
                continue
            found.append(token)
        spaced = side = ""
    found.append(Token("end", "", len(source), len(source), spaced))
    return found


def _side(command: str) -> str:
    r"""Which side `\\left`, `\\bigr`, … say that a delimiter is on; "" if none."""
    if command in ("left", "right", "middle"):
        return command
    return {"l": "left", "r": "right", "m": "middle"}.get(command[-1], "") if command[:3].lower() == "big" else ""


def _token(text: str, start: int, end: int, spaced: str, side: str) -> Token | None:
    if text in "{}":
        return Token("brace" if text == "{" else "unbrace", text, start, end, spaced)
    if side and text == ".":
        return Token("open" if side == "left" else "close", ".", start, end, spaced, side)
    plain = _DELIMITERS.get(text)
    if plain is not None and plain not in "./":
        side = side or _SIDES.get(text, "")
        kind = "open" if plain in _OPENING else "close" if plain in _CLOSING else "bar"
        return Token(kind, plain, start, end, spaced, side)
    if text[:1] == "\\":
        if len(text) == 1:
            raise Unread("a backslash stands alone", start, "unknown command")
        return Token("command", text, start, end, spaced, side)
    return Token("letter" if text.isalpha() else "sign", text, start, end, spaced, side)


def partners(tokens: list[Token]) -> dict[int, int]:
    """For each brace, bracket and `\\left` the place of what closes it.

    Raises Unread for a brace or bracket without a partner, and for what is nested too deeply. A bar
    is matched by whoever knows whether it is a condition.
    """
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind in ("brace", "open") or token.kind == "bar" and token.side == "left":
            waiting.append(place)
            if len(waiting) > DEEPEST:
                raise Unread(
                    f"groups are nested more than {DEEPEST} deep: name the parts of this formula",
                    token.start,
                    "too deep",
                )
        elif token.kind in ("unbrace", "close"):
            if not waiting or not _match(tokens[waiting[-1]], token):
                other = f" here; `{_written(tokens[waiting[-1]])}` is open" if waiting else ": nothing is open"
                raise Unread(f"`{_written(token)}` closes nothing{other}", token.start, "unbalanced")
            found[waiting.pop()] = place
        elif token.kind == "bar" and token.side == "right":
            if not waiting or tokens[waiting[-1]].text not in (token.text, "."):
                raise Unread(f"`{token.text}` closes nothing", token.start, "unbalanced")
            found[waiting.pop()] = place
    if waiting:
        token = tokens[waiting[-1]]
        raise Unread(f"`{_written(token)}` is not closed", token.start, "unbalanced")
    return found


def _match(left: Token, right: Token) -> bool:
    if left.kind == "brace" or right.kind == "unbrace":
        return left.kind == "brace" and right.kind == "unbrace"
    same = PARTNER.get(left.text) == right.text or "." in (left.text, right.text)
    return same or left.text in "([" and right.text in ")]"


def _written(token: Token) -> str:
    return {"{": r"\{", "}": r"\}"}.get(token.text, token.text) if token.kind in ("open", "close") else token.text


__all__ = ["DEEPEST", "PARTNER", "Token", "partners", "tokens_of"]
