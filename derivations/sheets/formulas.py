"""From terms to formulas: printed once for LaTeX and once as text, with about the width they take."""

from __future__ import annotations

from collections.abc import Iterable

from derivations.records import once
from derivations.sheets import breaking
from derivations.sheets.model import Formula
from derivations.terms.arithmetic import Add, Sub
from derivations.terms.printing import ADD, LATEX, TEXT, Text
from derivations.terms.relations import Relation
from derivations.terms.term import Term

NARROW = 30
"""What is never broken, in characters."""


@once
def formula(term: Term) -> Formula:
    """The formula of a term."""
    wide = width(term)
    if wide <= NARROW:
        return Formula(term.latex, term.text, wide)
    return Formula(term.latex, term.text, wide, tuple(_parts(term)), breaking.parts(term))


def _parts(term: Term) -> Iterable[tuple[str, int]]:
    """`a + b − c` as a, + b, − c; nothing for what is no sum."""
    parts = _summands(term)
    if len(parts) > 1:
        yield from ((f"{sign}{LATEX(part, ADD + 1 if sign else ADD)}", width(part)) for sign, part in parts)


def _summands(term: Term) -> list[tuple[str, Term]]:
    if isinstance(term, Add | Sub):
        return [*_summands(term.left), (" + " if isinstance(term, Add) else " - ", term.right)]
    return [("", term)]


def defining(relation: Relation) -> Formula:
    """`lhs := rhs`."""
    return joined(formula(relation.lhs), Formula(r"\coloneqq", ":="), formula(relation.rhs))


def sign(name: str) -> Formula:
    """A relation sign."""
    return Formula(LATEX.sign(name), TEXT.sign(name), 1)


def stated(relation: Relation) -> Formula:
    """A statement; the two sides of an equivalence need no brackets when it stands by itself."""
    if relation.sign == "<=>":
        return joined(formula(relation.lhs), sign(relation.sign), formula(relation.rhs))
    return formula(relation)


def approach(link: Relation) -> Formula | None:
    """The variable and its point for → and ~."""
    if link.variable is None or link.point is None:
        return None
    return Formula(LATEX.as_tends(link.variable, link.point), TEXT.as_tends(link.variable, link.point), 12)


def joined(*parts: Formula) -> Formula:
    """Formulas side by side."""
    return Formula(
        " ".join(part.latex for part in parts),
        " ".join(part.text for part in parts),
        sum(part.width for part in parts),
        pieces=breaking.joined(parts),
    )


class _Width(Text):
    """Prints a term as a string that is about as long as its LaTeX is wide."""

    def fraction(self, top: Term, bottom: Term) -> str:
        return max(self(top), self(bottom), key=len)

    def subscript(self, base: str, indices: Iterable[Term]) -> str:
        return base + "".join(self(index) for index in indices)[::2]

    def big(self, operator: str, variable: Term, low: Term, high: Term, body: Term) -> str:
        return "ΣΣΣ" + self(body)

    def power(self, base: Term, exponent: Term) -> str:
        return f"({self(base)}){self(exponent)[::2]}"


def width(term: Term) -> int:
    """About how wide a term is set, in characters."""
    return len(_Width()(term))
