"""From terms to formulas: printed once for LaTeX and once as text, with about the width they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derivations.sheets.model import Formula
from derivations.terms.arithmetic import Add, Mul, Neg, Sub
from derivations.terms.calculus import Derivative, Limit, LimitAlong
from derivations.terms.integrals import Integral
from derivations.terms.printing import ADD, LATEX, MUL, TEXT, Text
from derivations.terms.relations import Relation
from derivations.terms.sums import Sum
from derivations.terms.term import Term

NARROW = 30
"""What is never broken, in characters."""


def formula(term: Term) -> Formula:
    """The formula of a term."""
    wide = width(term)
    if wide <= NARROW:
        return Formula(term.latex, term.text, wide)
    return Formula(term.latex, term.text, wide, tuple(_parts(term)), pieces(term))


def _parts(term: Term) -> Iterable[tuple[str, int]]:
    """`a + b − c` as a, + b, − c; nothing for what is no sum."""
    parts = _summands(term)
    if len(parts) > 1:
        yield from ((f"{sign}{LATEX(part, ADD + 1 if sign else ADD)}", width(part)) for sign, part in parts)


def _summands(term: Term) -> list[tuple[str, Term]]:
    if isinstance(term, Add | Sub):
        return [*_summands(term.left), (" + " if isinstance(term, Add) else " - ", term.right)]
    return [("", term)]


# -- where a formula may be broken ----------------------------------------------------------
Pieces = tuple[tuple[str, str], ...]


def pieces(term: Term, level: int = 0) -> Pieces:
    """The LaTeX of a term in pieces, and why a line may be broken before each: `=`, `+`, `*`, or `|` for no sign.

    Put together they are `LATEX(term, level)`. What stands in brackets stays whole.
    """
    whole = LATEX(term, level)
    found: Pieces = ()
    if LATEX.level(term) >= level:
        match term:
            case Relation():
                left, right = pieces(term.lhs, 1), pieces(term.rhs, 1)
                found = (*left, *_before(f" {LATEX.sign(term.sign)} ", right, "="))
            case Add() | Sub():
                sign = " + " if isinstance(term, Add) else " - "
                found = (*pieces(term.left, ADD), *_before(sign, pieces(term.right, ADD + 1), "+"))
            case Neg():
                found = _before("-", pieces(term.operand, MUL), "")
            case Mul():
                left, right = pieces(term.left, MUL), pieces(term.right, MUL + 1)
                if not whole.startswith(_together(left)):
                    left = (("", LATEX.closed(term.left, MUL)),)
                if not whole.endswith(_together(right)):
                    right = pieces(term.right, MUL)
                between = whole[len(_together(left)) : -len(_together(right))]
                plain = term.left.shape == term.right.shape == ()
                found = (*left, *_before(between, right, "*" if plain else "|"))
            case Derivative() | Integral() | Limit() | LimitAlong() | Sum():
                inside = pieces(term.body, MUL)
                before, _, after = whole.rpartition(_together(inside))
                *first, (kind, last) = _before(before, inside, "")
                found = (*first, (kind, last + after))
    return found if _together(found) == whole else (("", whole),)


def _together(found: Pieces) -> str:
    return "".join(latex for _, latex in found)


def _before(sign: str, found: Pieces, kind: str) -> Pieces:
    (_, first), *rest = found
    return ((kind, sign + first), *rest)


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
        pieces=_joined(parts),
    )


def _joined(parts: Sequence[Formula]) -> Pieces:
    """The pieces of formulas side by side: of `lhs sign rhs` a line may be broken before the sign."""
    found: Pieces = ()
    for number, part in enumerate(parts):
        own = part.pieces or (("", part.latex),)
        if number == 0:
            found = own
        elif number % 2:
            found = (*found, *_before(" ", own, "="))
        else:  # it goes on where the sign stands
            found = (*found[:-1], (found[-1][0], f"{found[-1][1]} {own[0][1]}"), *own[1:])
    return found


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
