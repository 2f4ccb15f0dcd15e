r"""A display taken apart into chains: what is related to what, row by row.

`&=` goes on with the row before it; a row with a left side of its own is a
statement of its own, and is never glued to the one above. `⟺` and `⟹` bind
looser than all other signs. Words in a display (`\text{and}`, `\text{if}`)
separate statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from derivations.reading.document import Displayed
from derivations.reading.extract import Extract, joined
from derivations.reading.macros import group_end
from derivations.records import record

SIGNS = {
    "=": "=", "<": "<", ">": ">", ":=": ":=", "≔": ":=", "≤": "<=", "≥": ">=", "≠": "!=",
    r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=",
    r"\lt": "<", r"\gt": ">", r"\ne": "!=", r"\neq": "!=", r"\coloneqq": ":=", r"\doteq": ":=",
    r"\triangleq": ":=", r"\equiv": ":=", r"\eqqcolon": "=:", r"\sim": "~", r"\to": "->", r"\rightarrow": "->",
    r"\longrightarrow": "->", r"\approx": "≈", r"\propto": "∝", r"\simeq": "≈", r"\in": "∈", r"\notin": "∉",
    r"\subset": "⊂", r"\subseteq": "⊂", r"\perp": "⊥", r"\ll": "≪", r"\gg": "≫", r"\cong": "≈", r"\asymp": "≈",
    r"\iff": "<=>", r"\Leftrightarrow": "<=>", r"\Longleftrightarrow": "<=>", r"\implies": "=>",
    r"\Rightarrow": "=>", r"\Longrightarrow": "=>", r"\Leftarrow": "<=", r"\impliedby": "<==",
}  # fmt: skip
SIGNS[r"\Leftarrow"] = "<=="
LOOK = 300
"""How many characters ahead what follows is told by."""
LOOSE = ("<=>", "=>", "<==")
OVER = ("overset", "stackrel", "underset", "xlongequal", "underbrace")

_OPEN = r"\\(?:lbrace|langle|lfloor|lceil|lvert|lVert|lbrack|bigl|Bigl|biggl|Biggl)(?![A-Za-z])"
_CLOSE = r"\\(?:rbrace|rangle|rfloor|rceil|rvert|rVert|rbrack|bigr|Bigr|biggr|Biggr)(?![A-Za-z])"
_SPACE = r"\\[;,!:> ]|\\(?:quad|qquad|enspace|thinspace|,)(?![A-Za-z])|~"
_TOKEN = re.compile(
    rf"(?P<row>\\\\(?:\*)?(?:\[[^\]\n]*\])?|\\newline(?![A-Za-z])|\\cr(?![A-Za-z]))"
    rf"|(?P<left>\\left(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.))|(?P<right>\\right(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.))"
    rf"|(?P<sized>\\(?:[bB]igg?[lrm]?)(?![A-Za-z]))"
    rf"|(?P<begin>\\begin\{{[^{{}}]*\}})|(?P<end>\\end\{{[^{{}}]*\}})"
    rf"|(?P<over>\\(?:overset|stackrel|underset|xlongequal)\s*(?=\{{))"
    rf"|(?P<text>\\(?:text|mbox|textrm|textit|textnormal|intertext|shortintertext|reason|hbox)\s*\{{)"
    rf"|(?P<space>{_SPACE})"
    rf"|(?P<open>\\\{{|[\[(]|{_OPEN})|(?P<close>\\\}}|[\])]|{_CLOSE})"
    rf"|(?P<brace>\{{)|(?P<unbrace>\}})|(?P<amp>&)|(?P<assign>:=)|(?P<plain>[=<>≤≥≠≔])"
    rf"|(?P<not>\\not\s*(?:=|\\in\b))|(?P<command>\\[A-Za-z]+|\\.)|(?P<comma>[,;])",
    re.DOTALL,
)
_SPLIT = re.compile(
    rf"\\right\s*\.\s*\\\\\*?(?:\[[^\]\n]*\])?(?:&|\s|{_SPACE}|\{{\}}|\\hphantom\{{[^{{}}]*\}})*\\left\s*\.(?!\d)"
)
r"""A bracket that goes on in the next row: `\right. \\ & \left.` only says how it is set."""
CONNECTORS = frozenset(
    "and or where with if for forall all any every each when whenever such that so hence thus since because by using "
    "i.e. then otherwise subject to as is are given because provided unless but while here assuming suppose let iff "
    "implies therefore while holds we have denotes from of the".split()
)


@record(frozen=True, eq=False)
class Link:
    """`sign expression`; `over` is what stands above the sign, or beside the line; `at` is where the sign stands."""

    sign: str
    body: Extract
    over: str
    at: int
    row: int = 0

    def approach(self) -> tuple[Extract, Extract, Extract] | None:
        r"""The body, the variable and the point of `g \quad (T \to \infty)`; None where nothing is said of these."""
        found = _APPROACH.search(self.body.text, max(0, len(self.body) - 200))
        if found is None:
            return None
        return trimmed(self.body[: found.start()]), self.body[slice(*found.span(1))], self.body[slice(*found.span(2))]


@record(frozen=True, eq=False)
class Chain:
    """`start sign expression sign …`; without links it is an expression alone.

    word:  what joins it to the statement before it in the row: "and", "if", "for all", …
    row:   in which row of the display it begins
    joint: it follows from (`=>`), or is equivalent to (`<=>`), the statement before it
    """

    start: Extract
    links: tuple[Link, ...] = ()
    word: str = ""
    row: int = 0
    joint: str = ""
    reason: str = ""

    @property
    def parts(self) -> list[Extract]:
        """The expressions, in order."""
        return [self.start, *(link.body for link in self.links)]

    @property
    def whole(self) -> Extract:
        """The chain as it is written, its signs in plain spelling."""
        parts = [self.start]
        for link in self.links:
            parts += [Extract(f" {link.sign} ", [link.at] * (len(link.sign) + 2), link.at), link.body]
        return joined(parts)


@record
class _Part:
    """What has been read of the statement at hand."""

    start: Extract | None = None
    links: list[Link] = field(default_factory=list)


class _Reader:
    """Goes through the tokens of a display once."""

    def __init__(self, display: Displayed) -> None:
        self.source, self.text = display.source, display.source.text
        self.glued = display.environment.rstrip("*") in ("multline", "dmath")
        self.chains: list[Chain] = []
        self.pieces: list[Extract] = []  # of the expression at hand
        self.sign: tuple[str, str, int] | None = None  # the sign before it
        self.part = _Part()
        self.word = self.joint = self.beside = ""
        self.depth = self.row = self.first_row = 0
        self.cells = 0
        self.aside = False  # in a column of reasons
        self.last = 0

    def read(self) -> list[Chain]:
        position = 0
        while True:
            found = _TOKEN.search(self.text, position)
            if found is None:
                break
            position = self.token(found)
        self.take(len(self.text))
        self.end_statement()
        return self.chains

    # -- what has been read ------------------------------------------------------------
    def take(self, upto: int, skip: int = 0) -> None:
        """Keep the text since the last cut as part of the expression; go on behind the next `skip` characters."""
        if upto > self.last:
            self.pieces.append(self.source[self.last : upto])
        self.last = max(self.last, upto + skip)

    def end_expression(self, again: str = "") -> None:
        """Keep the expression at hand; `again` is the sign that follows it."""
        body = trimmed(joined(self.pieces)) if self.pieces else self.source[self.last : self.last]
        self.pieces = []
        if self.sign is not None:
            sign, over, at = self.sign
            if not len(body) and again == sign:  # `a = \\ &= b`
                return
            self.part.links.append(Link(sign, body, over, at, self.row))
            self.sign = None
        elif len(body):
            self.part.start = body if self.part.start is None else joined([self.part.start, body])

    def end_statement(self, word: str = "", joint: str = "") -> None:
        """A statement ends; the next one is joined to it by these words."""
        self.end_expression()
        part = self.part
        if part.start is not None or part.links:
            start = part.start if part.start is not None else self.source[0:0]
            chain = Chain(start, tuple(part.links), self.word, self.first_row, self.joint, self.beside)
            self.add(chain)
        self.part = _Part()
        self.word, self.joint, self.beside = word, joint, ""
        self.first_row = self.row
        self.depth = 0

    def add(self, chain: Chain) -> None:
        """A statement that begins with a sign goes on with the one before it."""
        if not len(chain.start) and chain.links and self.chains and not chain.word:
            before = self.chains[-1]
            reason = "; ".join(r for r in (before.reason, chain.reason) if r)
            self.chains[-1] = Chain(
                before.start, (*before.links, *chain.links), before.word, before.row, before.joint, reason
            )
        else:
            self.chains.append(chain)

    # -- the tokens -------------------------------------------------------------------------
    def token(self, found: re.Match[str]) -> int:
        kind, (start, end) = found.lastgroup, found.span()
        if kind in ("brace", "begin", "open", "left"):
            if kind == "brace":
                close = group_end(self.text, start)
                return len(self.text) if close < 0 else close
            self.depth += 1
            return self.inside(end) if kind == "begin" else end
        if kind == "right" and (split := _SPLIT.match(self.text, start)):
            self.take(start, split.end() - start)
            self.row += 1
            self.cells = 0
            return split.end()
        if kind in ("close", "right", "end", "unbrace"):
            self.depth = max(0, self.depth - 1)
            return end
        if kind == "sized":
            return end
        if kind == "row":
            self.end_row(start, end)
        elif kind == "amp":
            self.cell(start)
        elif kind == "text":
            return self.words(start, end)
        elif self.depth == 0 and kind in ("plain", "assign", "not"):
            self.related({"plain": SIGNS.get(found.group(), ""), "assign": ":=", "not": "!="}[kind], "", start, end)
        elif self.depth == 0 and kind == "command" and found.group() in SIGNS:
            self.related(SIGNS[found.group()], "", start, end)
        elif kind == "over":
            return self.annotated(found)
        elif kind == "comma" and self.depth == 0:
            return self.comma(start, end)
        elif kind == "space" and found.group().strip("\\") in ("quad", "qquad") and self.depth == 0:
            return self.gap(start, end)
        return end

    def inside(self, position: int) -> int:
        """Behind an environment in the display, such as `cases`."""
        depth = 1
        for found in re.compile(r"\\(begin|end)\{[^{}]*\}").finditer(self.text, position):
            depth += 1 if found.group(1) == "begin" else -1
            if depth == 0:
                self.depth -= 1
                return found.end()
        return len(self.text)

    def related(self, sign: str, over: str, start: int, end: int) -> None:
        self.take(start, end - start)
        if sign in LOOSE:
            empty = not self.pieces or not joined(self.pieces).text.strip(" &\n")
            if empty and self.part.start is None and not self.part.links:
                self.pieces = []
                self.joint = sign
            else:
                self.end_statement(joint=sign)
            return
        self.end_expression(sign)
        self.sign = (sign, over, self.source.at(start))

    def annotated(self, found: re.Match[str]) -> int:
        r"""`\overset{(4)}{=}`: a sign with its reason above it."""
        first = group_end(self.text, found.end())
        if first < 0:
            return found.end()
        over = self.text[found.end() + 1 : first - 1]
        if found.group().strip() == r"\xlongequal":
            self.related("=", over, found.start(), first)
            return first
        second = re.compile(r"\s*(\{\s*([^{}]*?)\s*\}|\S)").match(self.text, first)
        inner = (second.group(2) if second.group(2) is not None else second.group(1)) if second is not None else ""
        if second is None or inner not in SIGNS or self.depth:
            return first
        sign = SIGNS[inner]
        if re.sub(r"\\(?:text|mathrm)\{([^{}]*)\}", r"\1", over).strip() in ("def", "def.", "\\triangle", "!", "D"):
            sign, over = (":=" if sign == "=" else sign), ""
        self.related(sign, over, found.start(), second.end())
        return second.end()

    def cell(self, start: int) -> None:
        self.take(start, 1)
        self.cells += 1
        if self.text[start + 1 : start + 2] == "&":  # && is a second pair of columns
            return
        doubled = self.text[start - 1 : start] == "&"
        if self.cells > 1 and self.depth == 0 and (doubled or self.cells % 2 == 0):
            rest = self.text[start + 1 : start + LOOK].lstrip()
            if rest.startswith((r"\text", r"\mbox", r"\reason", "(", r"\quad\text", r"\quad \text")):
                self.aside = True
            elif (self.pieces or self.sign) and not rest.startswith(("\\\\", "&")) and rest:
                self.end_statement("and")

    def end_row(self, start: int, end: int) -> None:
        self.take(start, end - start)
        self.row += 1
        self.cells, self.aside = 0, False
        rest = self.text[end : end + LOOK].lstrip()
        bare = re.sub(rf"^(?:&|\s|{_SPACE}|\{{\}})+", "", rest)
        goes_on = rest.startswith("&") or self.glued or self.depth > 0
        first = _TOKEN.match(bare)
        begins = (
            bare[:1] in tuple("=<>≤≥≠≔")
            or first is not None
            and (first.group() in SIGNS or first.lastgroup in ("over", "assign", "not"))
        )
        operator = re.match(r"[+\-*/]|\\(?:cdot|times|pm|mp|left|Big|big)(?![A-Za-z])|[(\[]", bare) is not None
        if begins or (goes_on and (operator or self.glued or self.depth > 0)) or self.trailing():
            return
        self.end_statement()

    def trailing(self) -> bool:
        """The row ended in a sign that wants more: an operator, or a relation."""
        said = joined(self.pieces).text.strip() if self.pieces else ""
        if self.sign is not None and not trimmed(joined(self.pieces)).text if self.pieces else self.sign is not None:
            return True
        return said[-1:] in ("+", "-", "*", "/") or said.endswith((r"\cdot", r"\times"))

    def words(self, start: int, end: int) -> int:
        r"""`\text{…}`: a name, words that join statements, or the reason of the line."""
        brace = end - 1
        close = group_end(self.text, brace)
        if close < 0:
            return end
        command = self.text[start:brace].strip()
        said = re.sub(rf"\s+|{_SPACE}", " ", self.text[end : close - 1]).strip()
        if command == r"\reason" or self.aside:
            self.take(start, close - start)
            self.beside_line(said)
            return close
        if command.endswith("intertext"):
            self.take(start, close - start)
            self.end_statement()
            self.word = ""
            return close
        plain = re.sub(r"\$[^$]*\$", "", said).strip(" .,;:()")
        known = bool(plain) and all(w.lower().strip(".,;:()") in CONNECTORS for w in plain.split()[:1])
        if self.depth or not (known or " " in plain or said.startswith("(")):
            return close
        self.take(start, close - start)
        reason = re.match(r"\(?\s*(by|using|from|since|because|due to|law|definition|def|see|as)\b", said.lower())
        if reason is not None or said.startswith("(") or not known:
            self.beside_line(said)
        else:
            inner = re.search(r"\$([^$]*)\$", said)
            self.end_statement(plain.lower() or "and")
            if inner is not None:
                low = end + self.text[end:close].find("$") + 1
                self.pieces.append(self.source[low : low + len(inner.group(1))])
        return close

    def beside_line(self, said: str) -> None:
        said = said.strip()
        self.end_expression()
        if self.part.links:
            link = self.part.links[-1]
            over = "; ".join(part for part in (link.over, said) if part)
            self.part.links[-1] = Link(link.sign, link.body, over, link.at, link.row)
        else:
            self.beside = said

    def comma(self, start: int, end: int) -> int:
        """A comma ends a statement where a space or another statement follows it."""
        if not (self.sign or self.part.links) or self.aside:
            return end
        space = re.compile(rf"\s*(?:(?:{_SPACE})\s*)*").match(self.text, end)
        after = space.end() if space else end
        rest = self.text[after : after + LOOK]
        if re.match(r"\\(?:ldots|dots|cdots)|…", rest) or re.search(
            r"\\l?dots\s*$|…\s*$", self.text[max(0, start - 20) : start]
        ):
            return end
        gap = space is not None and re.search(r"\\q?quad|\\;|\\ ", space.group()) is not None
        body = joined([*self.pieces, self.source[self.last : start]]).text
        listed = re.match(r"\s*[\w\\{}^,.\s]{1,24}\s*(?:\\in|=|<|>|\\leq?|\\geq?|:=|\\coloneqq|\\sim)", rest)
        if (gap or self.text[start] == ";" or listed) and body.strip() and rest and rest[:1] not in "&\\"[:1]:
            self.take(start, (space.end() if space else end) - start)
            self.end_statement("and")
            return self.last
        return end

    def gap(self, start: int, end: int) -> int:
        r"""`\quad` between two statements: `a = b \quad c = d`."""
        rest = self.text[end : end + LOOK]
        if not (self.sign or self.part.links):
            return end
        after = re.match(rf"\s*(?:(?:{_SPACE})\s*)*", rest)
        tail = rest[after.end() :] if after else rest
        if re.match(r"\(\s*\\?[A-Za-z]+(?:_\{?\w+\}?)?\s*(?:\\(?:to|rightarrow)(?![A-Za-z])|→)", tail):
            return end  # (T → ∞): how the line is meant
        if re.match(r"\\text|\\mbox|\\Rightarrow|\\iff|\\Left|\\implies|&|\\\\|$|[=<>]", tail) or not tail.strip():
            return end
        if re.match(r"[^&\\=<>]{0,40}(?:\\in|=|<|>|\\leq?|\\geq?|\\sim|\\coloneqq|\\forall)", tail) or tail.startswith(
            "\\forall"
        ):
            self.take(start, end - start)
            self.end_statement("and")
        return end


_APPROACH = re.compile(
    rf"(?:\s|{_SPACE})+(?:\\text\{{\s*as\s*\}}\s*)?\(?\s*([^\s()]+)\s*(?:\\(?:to|rightarrow)(?![A-Za-z])|→)\s*([^\s()]+)\s*\)?\s*$"
)
_TRAILING = re.compile(rf"(?:\s|{_SPACE}|[.,;:&]|\\\\)+$")
_LEADING = re.compile(rf"^(?:\s|{_SPACE}|&|\{{\}})+")


def trimmed(body: Extract) -> Extract:
    """Without the space and the full stops around a formula, and without `&`."""
    text = body.text
    if "&" in text:
        parts = [body[low:high] for low, high in _without_marks(text)]
        body = joined(parts) if parts else body[0:0]
        text = body.text
    leading = _LEADING.match(text)
    trailing = _TRAILING.search(text[-400:])
    low = leading.end() if leading else 0
    high = len(text) - len(trailing.group()) if trailing else len(text)
    if trailing and trailing.group()[:1] == "." and text[high - 1 : high].isdigit() and text[high:][1:2].isdigit():
        high = len(text)
    return body[low : max(low, high)]


def _without_marks(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between alignment marks, those inside an inner environment kept."""
    last = depth = 0
    for found in re.finditer(r"\\(?:begin|end)\{[^{}]*\}|(?<!\\)&", text):
        if found.group() == "&":
            if depth == 0:
                yield last, found.start()
                last = found.end()
        else:
            depth += 1 if found.group().startswith("\\begin") else -1
    yield last, len(text)


def chains_of(display: Displayed) -> list[Chain]:
    """The statements of a display, in order."""
    return _Reader(display).read()
