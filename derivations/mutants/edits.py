"""The edits of a statement: one slip at one place of a line, of the kinds that people make."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from derivations.records import record
from derivations.terms.arithmetic import (
    Add,
    Div,
    Exp,
    Log,
    MinusInfinity,
    Mul,
    Neg,
    Number,
    Pow,
    Sqrt,
    Sub,
    number,
)
from derivations.terms.calculus import Derivative
from derivations.terms.conditioning import Conditional, ConditionalExpectation, Density, ProcessVariable, Realisation
from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.linear_algebra import (
    Constantly,
    Determinant,
    Identity,
    Inverse,
    MatrixPower,
    Norm,
    Trace,
    UnitVector,
)
from derivations.terms.matrices import (
    MatrixEntry,
    MatrixProduct,
    MatrixSymbol,
    Transpose,
    is_square,
    matrix_product,
)
from derivations.terms.probability import Expectation, Variance
from derivations.terms.relations import Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import Component, Dot

ONE, TWO = number(1), number(2)


@record(frozen=True)
class Edit:
    """A slip: of which kind, what was done where, in words; and the link that came of it."""

    kind: str
    text: str
    link: Relation


@record(frozen=True)
class Place:
    """What may be written at a place: the symbols and families in sight, how far indices run, and whether it is one."""

    symbols: tuple[Symbol, ...]
    others: tuple[Term, ...]
    upper: tuple[tuple[Symbol, Term], ...] = ()
    index: bool = False


_LEFT = ("sign", "factor", "exponent", "index", "bar", "bound")
"""The left side is the right side of the link before: fewer of its edits are new."""

Slip = tuple[str, str, Term]
"""Its kind, its description, and what stands there now."""


def statement_edits(link: Relation) -> Iterator[Edit]:
    """Every edit of a link, each once; the right side first."""
    seen: set[Relation] = {link}
    for edit in (*_sides(link), *_relations(link)):
        new = edit.link
        if new in seen or alpha_equal(new, link) or new.variable is None and alpha_equal(new.lhs, new.rhs):
            continue
        seen.add(new)
        yield edit


def _sides(link: Relation) -> Iterator[Edit]:
    for side in ("rhs", "lhs"):
        start: Term = getattr(link, side)
        for kind, text, new in _doubled(start):
            yield Edit(kind, text, _with(link, side, new))
        for kind, text, new in _below(start, _seen_from(link)):
            if side == "lhs" and kind not in _LEFT:
                continue
            yield Edit(kind, f"{text} ({'right' if side == 'rhs' else 'left'} side)", _with(link, side, new))


def _with(link: Relation, side: str, new: Term) -> Relation:
    lhs, rhs = (new, link.rhs) if side == "lhs" else (link.lhs, new)
    return Relation(lhs, link.sign, rhs, link.variable, link.point)


def _relations(link: Relation) -> Iterator[Edit]:
    """An inequality turned round, or made strict."""
    turned = {"<=": (">=", "<"), "<": (">", ">="), ">=": ("<=", ">"), ">": ("<", "<="), "=": (), "!=": ("=",)}
    for sign in turned.get(link.sign, ()):
        yield Edit("inequality", f"{sign} for {link.sign}", Relation(link.lhs, sign, link.rhs))


def _doubled(term: Term) -> Iterator[Slip]:
    if term.shape is not None:
        yield "factor", f"2 times `{term}`", Mul(TWO, term)


def _seen_from(link: Relation) -> Place:
    free = sorted(link.free, key=lambda s: (s.name, s.tag, s.domain.kind))
    parts = sorted((p for p in link.walk_set if isinstance(p, (Entry, Row, Apply))), key=lambda t: t.text)
    upper = [(s, s.domain.upper) for s in free if s.domain.kind == "integer" and s.domain.upper is not None]
    return Place(tuple(free), tuple(p for p in parts if not any(s.tag for s in p.free)), tuple(upper))


# -- one slip anywhere in a term ---------------------------------------------------------
def _below(term: Term, place: Place) -> Iterator[Slip]:
    """Each edit of one node of the term; the whole term with it."""
    with contextlib.suppress(TermError):  # what cannot be written is no slip
        yield from _slips(term, place)
    if getattr(term, "opaque", False) or isinstance(term, (Symbol, Identity, Constantly)):
        return  # a slip in a size is no slip that can be written
    scope = term.scope()
    for position, child in enumerate(term.children):
        if scope is not None and (child in scope.bound or child in scope.near):
            continue
        inner = replace(place, index=_is_index(term, position))
        if scope is not None and scope.bound and position in term.inside:
            hidden = set(scope.bound)
            ranges = tuple((variable, high) for variable, _, high in term.ranges)
            inner = replace(inner, symbols=(*(s for s in place.symbols if s not in hidden), *scope.bound),
                            upper=(*(pair for pair in place.upper if pair[0] not in hidden), *ranges))  # fmt: skip
        for kind, text, new in _below(child, inner):
            made = _put(term, position, new)
            if made is not None:
                yield kind, text, made


def _is_index(term: Term, position: int) -> bool:
    match term:
        case Entry() | Row():
            return True
        case Component():
            return position == 1
        case MatrixEntry() | UnitVector():
            return position >= 1 or isinstance(term, UnitVector)
    if term.ranges:
        return position not in term.inside
    return isinstance(term, (ProcessVariable, Realisation))


def _put(term: Term, position: int, new: Term) -> Term | None:
    positions = iter(range(len(term.children)))
    try:
        made = term.rebuild(lambda child: new if next(positions) == position else child)
    except TermError:
        return None
    given = made.variables if isinstance(made, Conditional) else made.given if isinstance(made, Density) else ()
    return made if len(set(given)) == len(given) else None  # what is given twice cannot be written


def _slips(term: Term, place: Place) -> Iterator[Slip]:
    if place.index:  # a slip in a sign or a number would leave the range
        if isinstance(term, Add):
            yield "index", f"`{term.left}` for `{term}`", term.left
    if not place.index:
        for kind, edit in _EDITS.get(type(term), ()):
            for new in edit(term):
                yield kind, f"`{new}` for `{term}`", new
        for kind, new in term.slips():
            yield kind, f"`{new}` for `{term}`", new
    for kind, make in (("symbol", _swapped), ("index", _reindexed)):
        for new in make(term, place):
            yield kind, f"`{new}` for `{term}`", new


def _swapped(term: Term, place: Place) -> Iterator[Term]:
    """Another symbol, member, row or application of the same sort that is in sight."""
    if isinstance(term, Symbol):
        if place.index and term.shape == ():
            return
        same = [s for s in place.symbols if s != term and _same_sort(s, term)]
        yield from same[:2]
        if not same and term.shape:
            yield from [o for o in place.others if o.shape == term.shape][:1]
    elif isinstance(term, (Entry, Row, Apply)) and not place.index:
        visible = set(place.symbols)
        alike = [o for o in place.others if _is_other(o, term) and o.free <= visible]
        yield from alike[:2]
        if not alike and term.shape:
            yield from [s for s in place.symbols if s.shape == term.shape][:1]


def _same_sort(a: Symbol, b: Symbol) -> bool:
    if a.shape is None or b.shape is None or b.domain.kind == "finite":
        return a.domain == b.domain
    return type(a) is type(b) and a.shape == b.shape and (a.domain.kind == "integer") == (b.domain.kind == "integer")


def _is_other(new: Term, old: Term) -> bool:
    if type(new) is not type(old) or new == old or new.shape != old.shape:
        return False
    return not (isinstance(new, Apply) and isinstance(old, Apply)) or new.function != old.function


def _reindexed(term: Term, place: Place) -> Iterator[Term]:
    """Another index that stays in range, or two of them swapped."""
    if isinstance(term, Component):
        yield from (Component(term.vector, i) for i in _indices(term.index, term.vector.shape[0], place))
    if not isinstance(term, (Entry, Row)):
        return
    indices, sizes = term.indices, term.family.sizes
    for n, (index, size) in enumerate(zip(indices, sizes, strict=False)):
        for other in _indices(index, size, place):
            yield type(term)(term.family, (*indices[:n], other, *indices[n + 1 :]))
    literal = all(isinstance(i, Number) for i in indices)
    if len(indices) == 2 and indices[0] != indices[1] and (literal or sizes[0] == sizes[1]):
        yield type(term)(term.family, (indices[1], indices[0]))


def _indices(index: Term, size: Term, place: Place) -> Iterator[Term]:
    if isinstance(index, Number) and isinstance(size, Number):
        yield number(2 if index.number == 1 else index.number - 1)
    yield from [s for s, upper in place.upper if upper == size and s != index][:2]


# -- what one does wrong at a node of each kind --------------------------------------------
def _scalar(term: Term) -> bool:
    return bool(term.shape == ())


def _factors(t: Any) -> Iterator[Term]:
    yield from (part for part in (t.left, t.right) if part.shape == t.shape)
    if _scalar(t.left) and not isinstance(t.left, Number):
        yield Mul(Mul(t.left, t.left), t.right)


def _divisor(t: Any) -> Iterator[Term]:
    yield t.left
    if not isinstance(t.right, Number):
        yield Div(t, t.right)


def _exponent(t: Any) -> Iterator[Term]:
    n = t.exponent
    yield Pow(t.base, Number(n.number + 1) if isinstance(n, Number) and n.number != -1 else Add(n, ONE))
    if not isinstance(n, Number) or n.number != 1:
        yield t.base


def _ends(t: Any) -> Iterator[Term]:
    """Another end; the other sign of an infinite one makes no range."""
    ends = ((n, end) for n, end in ((2, t.low), (3, t.high)) if end.shape == ())
    for n, end in ends:
        moved = Number(end.number + 1) if isinstance(end, Number) else Add(end, ONE)
        yield type(t)(*t.fields[:n], moved, *t.fields[n + 1 :])
    if isinstance(t.low, MinusInfinity):
        yield type(t)(t.body, t.variable, Number(Fraction(0)), t.high)


def _arguments(t: Any) -> Iterator[Term]:
    """Two arguments of one sort swapped; 0 for 1, and the symbol for its value."""
    args: tuple[Term, ...] = t.args
    for m in range(len(args)):
        for n in range(m):
            if args[m].shape == args[n].shape and args[m] != args[n] and args[m].shape is not None:
                swapped = list(args)
                swapped[m], swapped[n] = args[n], args[m]
                yield Apply(t.function, tuple(swapped))
        if isinstance(args[m], Number):
            yield Apply(t.function, (*args[:m], Number(Fraction(1) - args[m].number), *args[m + 1 :]))  # type: ignore[attr-defined]
        elif isinstance(args[m], Symbol) and args[m].domain.kind == "finite":  # type: ignore[attr-defined]
            yield from (Apply(t.function, (*args[:m], v, *args[m + 1 :])) for v in args[m].domain.values)  # type: ignore[attr-defined]


def _bar(t: Any) -> Iterator[Term]:
    if t.function.bar is not None and len(t.args) > 1:
        yield Apply(replace(t.function, bar=None), t.args[: t.function.bar])


def _unconditioned(t: Any) -> Iterator[Term]:
    if len(t.variables) > 1:
        for n in range(len(t.variables)):
            kept = [(*part[:n], *part[n + 1 :]) for part in (t.variables, t.values, t.short)]
            yield type(t)(t.body, *kept)
    yield Expectation(t.body) if isinstance(t, ConditionalExpectation) else Variance(t.body)


def _later(t: Any) -> Iterator[Term]:
    yield t.rebuild(lambda time: Add(time, ONE))


def _exchanged(t: MatrixProduct) -> Iterator[Term]:
    """The factors in the other order, where that is a product of the same shape."""
    with contextlib.suppress(TermError):
        turned = matrix_product(t.right, t.left)
        if turned.shape == t.shape:
            yield turned
    if isinstance(t.left, MatrixProduct):
        with contextlib.suppress(TermError):
            turned = matrix_product(matrix_product(t.left.left, t.right), t.left.right)
            if turned.shape == t.shape:
                yield turned


def _number(t: Number) -> Iterator[Term]:
    yield Number(t.number + 1)


def _inner_relation(t: Relation) -> Iterator[Term]:
    if t.sign == "=":
        yield Relation(t.lhs, "!=", t.rhs)


_EDITS: dict[type, list[tuple[str, Callable[[Any], Any]]]] = {
    Add: [("sign", lambda t: [Sub(t.left, t.right)]), ("factor", lambda t: [t.left, t.right])],
    Sub: [("sign", lambda t: [Add(t.left, t.right), Sub(t.right, t.left)])],
    Neg: [("sign", lambda t: [t.operand])],
    Mul: [("factor", _factors)],
    Div: [("factor", _divisor), ("sign", lambda t: [Neg(t)])],
    Pow: [("exponent", _exponent)],
    Sqrt: [("exponent", lambda t: [t.operand])],
    Exp: [("sign", lambda t: [Exp(Neg(t.operand))]), ("exponent", lambda t: [Exp(Mul(TWO, t.operand))]),
          ("function", lambda t: [t.operand])],
    Log: [("function", lambda t: [t.operand])],
    Number: [("number", _number)],
    DefiniteIntegral: [("bound", _ends)],
    Evaluated: [("bound", _ends)],
    Dot: [("symbol", lambda t: [Dot(t.left, t.left), Dot(t.right, t.right)]), ("sign", lambda t: [Neg(t)])],
    Apply: [("argument", _arguments), ("bar", _bar)],
    Derivative: [("function", lambda t: [t.body] if t.body.shape == t.shape else [])],
    Expectation: [("factor", lambda t: [Expectation(Mul(TWO, t.body))])],
    Variance: [("factor", lambda t: [Variance(Mul(TWO, t.body))]), ("function", lambda t: [Expectation(t.body)])],
    ProcessVariable: [("index", _later)],
    Relation: [("inequality", _inner_relation)],
    MatrixProduct: [("order", _exchanged), ("factor", lambda t: [p for p in (t.left, t.right) if p.shape == t.shape])],
    Transpose: [("transpose", lambda t: [t.matrix] if t.matrix.shape == t.shape else [])],
    MatrixSymbol: [("transpose", lambda t: [Transpose(t)] if is_square(t) else [])],
    Inverse: [("exponent", lambda t: [t.matrix, Transpose(t.matrix)])],
    MatrixPower: [("exponent", lambda t: [t.matrix, MatrixPower(t.matrix, Add(t.exponent, ONE))])],
    Trace: [("function", lambda t: [Determinant(t.matrix)])],
    Determinant: [("function", lambda t: [Trace(t.matrix)])],
    Norm: [("exponent", lambda t: [Pow(t, TWO)])],
}  # fmt: skip
for _kind in Conditional.__subclasses__():
    _EDITS[_kind] = [("bar", _unconditioned)]

__all__ = ["Edit", "statement_edits"]
