"""What a document claims, and what it takes for granted: each display in its place in the argument.

A theorem says what its proof must reach. What is introduced by "let", "define",
"assume" is given; so is what is quoted from another page. All else is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from derivations.reading.declarations import Declared, Stated, declared_by, from_chain
from derivations.reading.displays import Chain, chains_of
from derivations.reading.document import Displayed, Document, Said, Turn
from derivations.records import record

CLAIM, GIVEN, DEFINITION, CITED, STATEMENT = "claim", "given", "definition", "cited", "statement"

_CONDITIONS = frozenset(
    "if for forall all when whenever where with such provided every each given any unless assuming suppose let".split()
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z⟦])|(?<=:)\s+(?=[A-Z])")
_DEFINES = re.compile(
    r"\b(?:is|are|be|as)?\s*(?:then |hence )?defined(?: (?:as|by|to be|via))?(?: follows| the following)?[\s:]*$"
    r"|\b(?:we (?:can )?|let us |us )?(?:define|denote|introduce|abbreviate)\b|\bdenoted? by\b"
    r"|\bdefinitions? of [^.,]*[\s:]*$",
    re.IGNORECASE,
)
_ASSUMES = re.compile(
    r"^(?:(?:now|further|furthermore|moreover|and|also|here|where|then|finally),?\s+)*"
    r"(?:let(?! us)|assum\w+|suppos\w+|consider|given|recall|remember|hypothesis)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"(?<!the )\bfollow(?:s|ing)?\b(?! relations)|\bdistributed\b|\bdistribution of\b[^.]*\bis\b", re.IGNORECASE
)
_STATES = re.compile(
    r"\b(?:then|show|prove|derive|we (?:have|find|see)|obtain|get|it follows|thus|hence|therefore|so that"
    r"|such that we|yields?|gives?|becomes?|leads? to|results? in|compute|calculate|verify|conclude|simplif\w+"
    r"|equal to|reformulat\w+|rewrit\w+|rearrang\w+|combin\w+|substitut\w+|develops?|reduces?)\b",
    re.IGNORECASE,
)
_EXERCISE = re.compile(r"\b(?:Exercise|Problem|Question|Theorem|Lemma|Proposition)\s+\d")
_ASKS = re.compile(r"\b(?:show|prove|verify|derive|check)\b(?! by| in)[^.]*$|\bproof of\b", re.IGNORECASE)
_CITES = re.compile(
    r"^(?:(?:where|and|with|note that|moreover|furthermore|also|since|as|that|for|in|here),?\s+)*"
    r"(?:the|a|an|its|this|their|one|both|for)?\b[^,]*?\b(?:is|are|states?(?: that)?|reads?|says|be|given by|as)\s*:?$",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:recall|remember|it is (?:well[- ])?known|known that|by assumption|by hypothesis)\b", re.IGNORECASE
)


@record(frozen=True, eq=False)
class Claim:
    """A statement of a display, what is said of it, and what it holds under.

    nature:     CLAIM, GIVEN, DEFINITION, CITED, or STATEMENT (of a theorem)
    lead:       the sentence that introduces it
    links:      what that sentence refers to
    conditions: what is said of it alone: `if X ≤ Y`, `for all i = 1, …, n`
    premises:   the statement that it follows from, in the same display
    equivalent: the statements that it is said to be equivalent to, one after the other
    unit:       the theorem, exercise or section to which it belongs
    """

    chain: Chain
    display: Displayed
    nature: str
    lead: str = ""
    links: tuple[str, ...] = ()
    after: str = ""
    conditions: tuple[Declared | Stated, ...] = ()
    premises: tuple[Chain, ...] = ()
    unit: int = 0
    label: str = ""
    equivalent: tuple[Chain, ...] = ()


@record(eq=False)
class Unit:
    """A theorem with its proof, an exercise, or a section: what is declared in it holds in it.

    What is assumed in a section holds in those after it too; what a theorem assumes, in its proof alone.
    """

    number: int
    section: bool = True
    name: str = ""
    start: int = 0
    declared: list[Declared] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    asks: list[Said] = field(default_factory=list)
    heading: bool = False


@record(eq=False)
class Argument:
    """A document as an argument: its units, and its claims in order."""

    document: Document
    units: list[Unit]
    claims: list[Claim]
    said: list[tuple[int, Declared | Stated]] = field(default_factory=list)


def argument(document: Document) -> Argument:
    """The claims of a document, in order, each with what introduces it."""
    return _Walk(document).run()


class _Walk:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.units = [Unit(0)]
        self.claims: list[Claim] = []
        self.role = ""
        self.said: list[Said] = []  # since the last display
        self.proving = False

    def run(self) -> Argument:
        pieces = self.document.pieces
        for number, piece in enumerate(pieces):
            if isinstance(piece, Turn):
                self.turn(piece)
            elif isinstance(piece, Said):
                self.hear(piece)
            else:
                after = pieces[number + 1] if number + 1 < len(pieces) else None
                self.show(piece, after.text if isinstance(after, Said) else "")
        return Argument(self.document, self.units, self.claims)

    @property
    def unit(self) -> Unit:
        return self.units[-1]

    def turn(self, turn: Turn) -> None:
        if turn.role == "theorem" or (turn.role == "" and turn.name and self.role == "proof"):
            self.begin(turn.name, turn.start, section=turn.role == "")
            self.unit.heading = self.unit.heading or _EXERCISE.search(turn.name) is not None
        self.role = turn.role
        self.said = []

    def begin(self, name: str, start: int, section: bool) -> None:
        used = self.unit.declared or self.unit.stated or any(c.unit == self.unit.number for c in self.claims)
        if used or self.unit.number == 0:
            self.units.append(Unit(len(self.units), section, name, start))
        else:
            self.unit.name, self.unit.section = name, section

    def hear(self, said: Said) -> None:
        if said.heading:
            if self.role != "theorem" or self.said:
                self.begin(said.text.strip("# "), said.start, section=not _EXERCISE.search(said.text))
                self.unit.heading = True
                self.role = ""
            self.said = []
            return
        self.said.append(said)
        if self.role == "theorem":
            self.unit.asks.append(said)
        for thing in declared_by(said):
            if isinstance(thing, Declared):
                self.unit.declared.append(thing)
            elif not thing.local:
                self.unit.stated.append(thing)

    def show(self, display: Displayed, after: str) -> None:
        lead, links = self.lead()
        local = tuple(self.local())
        chains = _conditions_joined(chains_of(display))
        nature = self.nature(lead, links, display) if self.said or not self.claims else self.claims[-1].nature
        if nature == GIVEN and re.search(r"\\sim|\\in\b", display.source.text):
            self.declared_in(chains, "let ")
        beside = {c: self.declared_in([c], "where ") for c in chains if _first_word(c) in _CONDITIONS}
        rows = [row for row in {c.row for c in beside} if any(c.row == row for c in chains if c not in beside)]
        claimed: list[Chain] = []
        for chain in chains:
            if _first_word(chain) in _CONDITIONS:
                continue
            if not chain.links and not chain.joint and balanced(chain.start.text):
                claimed.append(chain)
                continue
            if chain.joint == "<=>" and self.claims and claimed and self.claims[-1].chain is claimed[-1]:
                last = self.claims[-1]
                self.claims[-1] = replace(last, equivalent=(*last.equivalent, chain))
                continue
            premises: tuple[Chain, ...] = ()
            if chain.joint == "=>" and claimed:
                premises = (claimed.pop(),)
                self.claims = [c for c in self.claims if c.chain is not premises[0]]
            claimed.append(chain)
            shared = len(rows) < 2  # one condition holds for all; of several, each for its own row
            said = [thing for c, things in beside.items() if shared or c.row == chain.row or c.row not in rows
                    for thing in things]  # fmt: skip
            conditions = (*local, *said)
            if nature in (GIVEN, DEFINITION) or any(link.sign == ":=" for link in chain.links):
                self.unit.declared += [
                    thing for thing in from_chain(chain, "let ", chain.whole) if isinstance(thing, Declared)
                ]
            own = DEFINITION if any(link.sign == ":=" for link in chain.links) else nature
            if own == DEFINITION and (len(chain.links) > 1 or chain.joint):
                own = CLAIM
            label = display.tag or (display.labels[0] if display.labels else "")
            self.claims.append(
                Claim(chain, display, own, lead, links, after, conditions, premises, self.unit.number, label)
            )
        self.said = []

    def declared_in(self, chains: list[Chain], about: str) -> list[Declared | Stated]:
        """What stands beside the statements of a display: `where …`, `for all …`."""
        found: list[Declared | Stated] = []
        for chain in chains:
            for thing in from_chain(chain, about, chain.whole):
                found.append(thing)
                if isinstance(thing, Declared):
                    self.unit.declared.append(thing)
                elif thing.kind == "law":
                    self.unit.stated.append(thing)
        return found

    def local(self) -> Iterator[Stated]:
        """What the sentence before a display sets for it alone: "if $x > 0$, then"."""
        for said in self.said[-1:]:
            for thing in declared_by(said):
                if isinstance(thing, Stated) and thing.local:
                    yield thing

    def lead(self) -> tuple[str, tuple[str, ...]]:
        """The sentence that ends where the display begins, and all that the words before it refer to."""
        if not self.said:
            return "", ()
        text = self.said[-1].text
        return _SENTENCE.split(text)[-1].strip(), self.said[-1].links

    def nature(self, lead: str, links: tuple[str, ...], display: Displayed) -> str:
        if lead.endswith((".", "!", "?")):  # what follows is a sentence of its own
            lead = ""
        bare = lead.strip(" :")
        outside = [link for link in links if not link.startswith("#")]
        if re.search(r"^(?:where|with|and where|let|put|set|define|denote)$", bare, re.IGNORECASE):
            return DEFINITION if not bare.lower().startswith("let") else GIVEN
        assumes = _ASSUMES.search(lead) is not None
        if _ASKS.search(lead):
            return STATEMENT
        if self.role == "theorem":
            if _DEFINES.search(lead) and not _STATES.search(lead):
                return DEFINITION
            given = assumes or _FOLLOWS.search(lead) and not lead.lower().startswith("then")
            return (
                GIVEN
                if given and not re.search(r"\b(?:then|show|prove|proof|verify|derive)\b", lead, re.IGNORECASE)
                else STATEMENT
            )
        if assumes and not _KNOWN.search(lead) and not re.search(r"\b(?:then|we (?:have|get|obtain))\b", lead):
            return GIVEN
        if _STATES.search(lead) and not _KNOWN.search(lead):
            return CLAIM
        if _DEFINES.search(lead):
            return DEFINITION
        return CITED if (outside and _CITES.match(bare)) or _KNOWN.search(lead) else CLAIM


def balanced(text: str) -> bool:
    """Every brace and bracket is closed, by one of its kind (intervals aside)."""
    depth = braces = 0
    for found in re.finditer(r"\\[{}|]|\\(?:left|right)(?![A-Za-z])\s*(?:\\.|.)|\\.|[{}()\[\]]", text, re.DOTALL):
        sign = found.group()
        if sign in "{}":
            braces += 1 if sign == "{" else -1
        elif sign in ("(", "[", "\\{") or sign.startswith("\\left"):
            depth += 1
        elif sign in (")", "]", "\\}") or sign.startswith("\\right"):
            depth -= 1
        if depth < 0 or braces < 0:
            return False
    return depth == 0 and braces == 0


def _conditions_joined(chains: list[Chain]) -> list[Chain]:
    """`A if B and C` in one row: C is a condition as B is."""
    found: list[Chain] = []
    for chain in chains:
        before = found[-1] if found else None
        if before is not None and chain.word == "and" and not chain.joint and before.row == chain.row:
            word = _first_word(before)
            chain = replace(chain, word=word) if word in ("if", "when", "whenever", "provided") else chain
        found.append(chain)
    return found


def _first_word(chain: Chain) -> str:
    return chain.word.split(" ")[0] if chain.word else ""


def named_reasons(claim: Claim) -> Iterator[str]:
    """What the sentence before a claim, or a word beside a line, names as its reason: labels, numbers, rules' names."""
    yield from (link for link in claim.links)
    yield from re.findall(r"\((\d+[a-z]?)\)", claim.lead)
    yield from re.findall(r"\b(?:Eq|Eqs|Equation|equation|eq)s?\.?\s*\(?(\d+)\)?", claim.lead)


__all__: list[Any] = ["Argument", "Claim", "Unit", "argument", "named_reasons"]
