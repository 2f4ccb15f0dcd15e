"""A model in plain words: the values that mattered, under the names their author gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb

from derivations.kernel.report import Witness
from derivations.models.chances import describe
from derivations.models.numbers import Element, NoValue, Value
from derivations.models.story import story
from derivations.terms.arithmetic import Number, digits
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.matrices import MatrixEntry
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component

if TYPE_CHECKING:
    from derivations.models.model import Key, Model

_DIGITS = 17
_BALL = re.compile(r"\[(?P<middle>[^\s\]]*) ?\+/- (?P<radius>[^\]]+)\]")


def plain(value: Any) -> str:
    """A value as text: `1/2`, `0.26894142136999512 ± 1.3e-18`, `(1, 2)`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "(" + ", ".join(plain(v) for v in value) + ")"
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        return digits(value.numerator) if whole else f"{digits(value.numerator)}/{digits(value.denominator)}"
    if isinstance(value, Element):
        return str(value)
    if isinstance(value, arb):
        return _ball(value)
    return "?"


def _ball(value: arb) -> str:
    text: str = value.str(_DIGITS)
    found = _BALL.fullmatch(text)
    if found is None:
        return text
    return f"{found['middle'] or '0'} ± {found['radius']}"


def witness(model: Model, left: Any, right: Any) -> Witness:
    """What was chosen, as far as the link depended on it, and the worth of both sides."""
    return Witness(tuple(_values(model)), plain(left), plain(right))


def _values(model: Model) -> Iterator[tuple[str, str]]:
    for key in sorted(model.used, key=_rank):
        kind = key[0]
        if kind == "entry" and key in model.members:
            yield _name(model, key), _chance(model, key)
        elif kind == "coefficient":
            continue
        elif key in model.known:
            yield _name(model, key), plain(model.known[key])
        elif kind == "symbol" and key[1] in model.problem.definitions:
            continue
    yield from _polynomials(model)
    yield from story(model)


def _rank(key: Key) -> tuple[int, int, str]:
    """Dimensions and indices first, then symbols, members, functions."""
    kinds = {"symbol": 0, "vector": 1, "matrix": 1, "entry": 2, "apply": 3, "coefficient": 4}
    real = key[0] == "symbol" and key[1].domain.kind == "real"
    return kinds[key[0]], int(real), _label(key)


def _label(key: Key) -> str:
    return f"{key[1].name} {key[2:]!r}"


def _name(model: Model, key: Key) -> str:
    match key:
        case ("symbol", symbol):
            return str(symbol)
        case ("vector", symbol, i):
            return str(Component(symbol, Number(Fraction(i + 1))))
        case ("matrix", symbol, i, j):
            return str(MatrixEntry(symbol, *(Number(Fraction(n + 1)) for n in (i, j))))
        case ("entry", family, place):
            return str(Entry(family, tuple(Number(Fraction(i)) for i in place)))
        case ("apply", function, args, i):
            call = Apply(function, tuple(_argument(model, a) for a in args))
            return str(Component(call, Number(Fraction(i + 1)))) if function.size else str(call)
    return str(key[1].name)


def _argument(model: Model, value: Value) -> Term:
    if isinstance(value, Fraction):
        return Number(value)
    for key, known in model.known.items():
        if key[0] == "symbol" and known == value and isinstance(value, Element):
            symbol: Term = key[1]
            return symbol
    for symbol in model.problem.wanted:
        if symbol.shape and _is(model, symbol, value):
            return symbol
    return Symbol(plain(value))


def _is(model: Model, symbol: Symbol, value: Value) -> bool:
    try:
        return model(symbol) == value
    except NoValue:
        return False


def _chance(model: Model, key: Key) -> str:
    member = model.members[key]
    if member.driver.number in model.drawn:
        value = model.random_entry(key)
        return plain(value)
    partner = next((k for k, m in model.members.items() if m.driver is member.driver), key)
    return describe(member, "" if partner == key else _name(model, partner))


def _polynomials(model: Model) -> Iterator[tuple[str, str]]:
    """Smooth functions, as polynomials in their arguments x1, x2, …"""
    groups: dict[tuple[Any, Any, int], list[tuple[tuple[int, ...], Fraction]]] = {}
    for key in model.used:
        if key[0] == "coefficient":
            groups.setdefault(key[1:4], []).append((key[4], model.known[key]))
    for (function, points, part), found in groups.items():
        name = function.name + (f"_{part + 1}" if function.size else "")
        at = ", ".join(plain(p) for p in points)
        text = " + ".join(
            "*".join([plain(c), *(f"x{i + 1}" for i in powers)]) for powers, c in found if c != 0
        )  # fmt: skip
        worth = text.replace("+ -", "- ") or "0"
        within = model.problem.everywhere(function) if _is_bounded(model, function) else None
        if within is not None:
            sign, edge = within
            worth = f"{plain(edge + sign)} {'+' if sign > 0 else '-'} ({worth})^2"
        yield f"{name}({at + '; ' if at else ''}x)", worth


def _is_bounded(model: Model, function: Any) -> bool:
    return any(getattr(atom, "function", None) == function for atom, _, _ in model.problem.patterns)
