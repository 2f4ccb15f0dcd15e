"""Where a formula may be broken into lines: its LaTeX in parts, each with the sign that allows a break before it."""

from __future__ import annotations

from collections.abc import Sequence

from derivations.sheets.model import Formula, Part
from derivations.terms.arithmetic import Add, Mul, Neg, Sub
from derivations.terms.printing import ADD, LATEX, MUL
from derivations.terms.relations import Relation
from derivations.terms.term import Term

Parts = tuple[Part, ...]


def parts(term: Term, level: int = 0) -> Parts:
    """The LaTeX of a term in parts; put together they are `LATEX(term, level)`.

    What stands in brackets is one part, which can be broken in turn where it is wider than a line.
    """
    whole = LATEX(term, level)
    found = _of(term) if LATEX.level(term) >= level else _bracketed(term, whole)
    return found if found and together(found) == whole else (Part("", whole),)


def together(found: Sequence[Part]) -> str:
    """What the parts say, in one."""
    return "".join(part.latex for part in found)


def _of(term: Term) -> Parts:
    match term:
        case Relation():
            return (*parts(term.lhs, 1), *_before(f" {LATEX.sign(term.sign)} ", parts(term.rhs, 1), "="))
        case Add() | Sub():
            sign = " + " if isinstance(term, Add) else " - "
            return (*parts(term.left, ADD), *_before(sign, parts(term.right, ADD + 1), "+"))
        case Neg():
            return _before("-", parts(term.operand, MUL), "")
        case Mul():
            return _product(term)
    if term.tail is None:
        return ()
    inside = parts(term.tail, MUL)
    before, _, after = LATEX(term).rpartition(together(inside))
    return _after(_before(before, inside, ""), after)


def _product(term: Mul) -> Parts:
    whole = LATEX(term)
    left, right = parts(term.left, MUL), parts(term.right, MUL + 1)
    if not whole.startswith(together(left)):
        left = _bracketed(term.left, LATEX.closed(term.left, MUL))
    if not whole.endswith(together(right)):
        right = parts(term.right, MUL)
    between = whole[len(together(left)) : -len(together(right))]
    numbers = term.left.shape == term.right.shape == ()
    return (*left, *_before(between, right, "*" if numbers else "|"))


def _bracketed(term: Term, whole: str) -> Parts:
    """`(a + b)` as one part; inside, the brackets have a size that does not depend on what stands between them."""
    inside = parts(term)
    large = whole.startswith(r"\left(")
    if len(inside) < 2 or not whole.startswith(("(", r"\left(")):
        return (Part("", whole),)
    opened, closed = (r"\biggl(", r"\biggr)") if large else ("(", ")")
    return (Part("", whole, _after(_before(opened, inside, ""), closed)),)


def _before(sign: str, found: Parts, sort: str) -> Parts:
    first, *rest = found
    inside = _before(sign, first.inside, "") if first.inside else ()
    return (Part(sort, sign + first.latex, inside), *rest)


def _after(found: Parts, said: str) -> Parts:
    *rest, last = found
    inside = _after(last.inside, said) if last.inside else ()
    return (*rest, Part(last.sort, last.latex + said, inside))


def joined(formulas: Sequence[Formula]) -> Parts:
    """The parts of formulas side by side: `lhs sign rhs` may be broken before the sign."""
    found: Parts = ()
    for number, one in enumerate(formulas):
        own = one.pieces or (Part("", one.latex),)
        if number == 0:
            found = own
        elif number % 2:
            found = (*found, *_before(" ", own, "="))
        else:  # it goes on where the sign stands
            *rest, last = found
            found = (*rest, *_before(last.latex + " ", own, last.sort))
    return found


__all__ = ["Parts", "joined", "parts", "together"]
