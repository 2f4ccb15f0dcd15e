"""The sheet as a document: what every format shows, before it is a format.

Plain data. Formulas are here as they were printed from the terms that were
checked, once for each kind of page, so that a document can be kept and read
again without the engine (see `cache`); renderers only read it.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from derivations.records import record


class Record:
    """Base of the parts: equal when they say the same.

    Said once here, because a dataclass would compile it for each of the many
    parts, in the time in which a sheet is read back.
    """

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


@record(frozen=True, eq=False, repr=False)
class Words(Record):
    """Prose, to be escaped by the format."""

    text: str


@record(frozen=True, eq=False, repr=False)
class Part(Record):
    """A part of a formula, see `breaking`.

    sort:   why a line may be broken before it: `=`, `+`, `*` (a product), `|` (a product without a cross); or empty
    inside: its own parts, where it is a bracket that may be wider than a line
    """

    sort: str
    latex: str
    inside: tuple[Part, ...] = ()


@record(frozen=True, eq=False, repr=False)
class Formula(Record):
    """A formula, printed from its term.

    width: about how wide it is set, in characters
    parts: for a sum, its LaTeX and width summand by summand, where it may break
    pieces: the same in parts, where a line may be broken
    """

    latex: str
    text: str
    width: int = 0
    parts: tuple[tuple[str, int], ...] = ()
    pieces: tuple[Part, ...] = ()


@record(frozen=True, eq=False, repr=False)
class Link(Record):
    """A reference to a result or a rule: shown as `parts`, and a link where `target` is on the sheet.

    home: the exercise where the result stands; said where that is not on the sheet
    """

    target: str
    parts: tuple[Words | Formula, ...]
    home: str = ""


Inline = Words | Formula | Link
Run = tuple[Inline, ...]


@record(frozen=True, eq=False, repr=False)
class Display(Record):
    """A formula on a line of its own, with its number on the sheet."""

    formula: Formula
    equation: str = ""


@record(frozen=True, eq=False, repr=False)
class Paragraph(Record):
    """Running text."""

    parts: Run


Text = tuple[Paragraph | Display, ...]


@record(frozen=True, eq=False, repr=False)
class Line(Record):
    """One link: the relation sign, the right side, and why it follows.

    approach: the variable and its point for → and ~
    verdict:  empty on a sheet that was not checked
    """

    sign: Formula
    formula: Formula
    reasons: tuple[Run, ...]
    approach: Formula | None = None
    equation: str = ""
    verdict: str = ""


def hinted(line: Line) -> tuple[Run, ...]:
    """Its reasons where no numbers of equations are shown: results by their names."""
    return tuple(tuple(map(_by_name, reason)) for reason in line.reasons)


def _by_name(part: Inline) -> Inline:
    if not isinstance(part, Link) or not part.parts[0].text.startswith("("):
        return part
    return Link(part.target, (Words(part.target.rpartition(".")[2].replace("_", " ")),))


@record(frozen=True, eq=False, repr=False)
class RuleText(Record):
    """A rule for the appendix: its statement and conditions are LaTeX."""

    name: str
    statement: str
    conditions: str = ""
    source: str = ""

    @property
    def title(self) -> str:
        """Its name as a heading."""
        words = rule_words(self.name)
        return words[:1].upper() + words[1:]


_PERSONS = ("bellman", "cauchy", "fubini", "gaussian", "gaussians", "jensen", "markov", "schwarz", "tonelli")


def rule_words(name: str) -> str:
    """The name of a rule in running text; persons keep their capital."""
    return " ".join(word.capitalize() if word in _PERSONS else word for word in name.split("-"))


@record(frozen=True, eq=False, repr=False)
class Chain(Record):
    """One derivation as it is shown.

    given:    what it assumes, as declared
    declared: what its symbols were declared to be (`C > 0`), as far as that is more than "a real number"
    remarks:  what is wrong with the chain as a whole, and how its floats are read
    called:   the title that its author gave it
    notation: what each of its names is, as rows that read back (`reading.sorts`)
    """

    name: str
    start: Formula
    lines: tuple[Line, ...]
    given: tuple[Run, ...] = ()
    declared: tuple[Formula, ...] = ()
    stated: Formula | None = None
    verdict: str = ""
    rests_on: tuple[Run, ...] = ()
    remarks: tuple[str, ...] = ()
    rules: tuple[RuleText, ...] = ()
    called: str = ""
    notation: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What its author called it, or its name as words."""
        return self.called or self.name.rpartition(".")[2].replace("_", " ").capitalize()


@record(frozen=True, eq=False, repr=False)
class Series(Record):
    """The points of a curve; `band`: of the upper edge of an area that is symmetric to 0."""

    label: Run
    points: tuple[tuple[float, float], ...]
    band: bool = False


@record(frozen=True, eq=False, repr=False)
class Graph(Record):
    """Curves over one axis."""

    caption: Run
    across: Run
    series: tuple[Series, ...]
    up: Run = ()


@record(frozen=True, eq=False, repr=False)
class Level(Record):
    """One level of a backup diagram, and what stands beside the way down to it."""

    kind: str
    label: Formula
    beside: Formula | None = None


@record(frozen=True, eq=False, repr=False)
class Tree(Record):
    """A backup diagram."""

    caption: Run
    levels: tuple[Level, ...]


@record(frozen=True, eq=False, repr=False)
class Code(Record):
    """A definition in Python: its source, set as a formula, beside the formula it stands for."""

    source: str
    latex: str
    means: Formula


@record(frozen=True, eq=False, repr=False)
class Problem(Record):
    """One exercise: its name on the sheet, what is asked, its solution.

    given, declared: what all its chains assume alike
    """

    exercise: str
    title: str
    statement: Text = ()
    chains: tuple[Chain, ...] = ()
    given: tuple[Run, ...] = ()
    declared: tuple[Formula, ...] = ()
    code: tuple[Code, ...] = ()
    remarks: Text = ()
    figures: tuple[Graph | Tree, ...] = ()
    points: str = ""


@record(frozen=True, eq=False, repr=False)
class Slip(Record):
    """Where the source is wrong or loose, with the evidence."""

    where: str
    says: Text
    evidence: Text


@record(frozen=True, eq=False, repr=False)
class Section(Record):
    """A chapter of the sheet."""

    title: str
    problems: tuple[Problem, ...]


VARIANTS = ("solutions", "problems", "hints")


@record(frozen=True, eq=False, repr=False)
class Sheet(Record):
    """The whole document, in one of its variants."""

    title: str
    sections: tuple[Section, ...]
    author: str = ""
    date: str = ""
    variant: str = "solutions"
    errata: tuple[Slip, ...] = ()

    @property
    def chains(self) -> list[Chain]:
        """Every chain, in order."""
        return [chain for section in self.sections for problem in section.problems for chain in problem.chains]

    @property
    def rules(self) -> list[RuleText]:
        """The rules that its chains use, each once, in order of appearance."""
        return list({rule.name: rule for chain in self.chains for rule in chain.rules}.values())

    @property
    def targets(self) -> frozenset[str]:
        """What can be referred to."""
        if self.variant != "solutions":
            return frozenset()
        return frozenset({chain.name for chain in self.chains} | {f"rule {rule.name}" for rule in self.rules})


@record(frozen=True, eq=False, repr=False)
class Row(Record):
    """One derivation in the table of what was checked.

    links: how many of them are proved, refuted, open; reproduced, disputed: how many by SymPy
    said:  what is to be said of what is not proved
    notes: what is remarked of it
    idle:  links that cite what they do not need
    fault: the engine contradicts itself
    """

    name: str
    exercise: str
    verdict: str
    links: tuple[int, ...] = (0, 0, 0)
    reproduced: int = 0
    disputed: int = 0
    said: str = ""
    notes: tuple[str, ...] = ()
    idle: int = 0
    fault: bool = False


@record(frozen=True, eq=False, repr=False)
class Piece(Record):
    """What one exercise file gives to a sheet."""

    problem: Problem
    errata: tuple[Slip, ...] = ()
    rows: tuple[Row, ...] = ()


# -- as plain data -----------------------------------------------------------------------------
def plain(thing: Any) -> Any:
    """A document as what JSON knows: a record is a list that begins with its name."""
    if is_dataclass(thing):
        return [type(thing).__name__, *(plain(getattr(thing, one.name)) for one in fields(thing))]
    if isinstance(thing, tuple):
        return ["", *map(plain, thing)]
    return thing


_RECORDS: dict[str, Any] = {
    record.__name__: record
    for record in (
        Words, Part, Formula, Link, Display, Paragraph, Line, RuleText, Chain, Series, Graph, Level, Tree, Code,
        Problem, Slip, Row, Piece,
    )
}  # fmt: skip


def read(data: Any) -> Any:
    """What `plain` made, read back. Raises ValueError, KeyError or TypeError if it is something else."""
    if isinstance(data, list):
        name, *parts = data
        made = [read(part) for part in parts]
        return _RECORDS[name](*made) if name else tuple(made)
    return data
