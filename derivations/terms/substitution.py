"""Capture-avoiding substitution, once and for all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError


def fresh(symbol: Symbol, avoid: frozenset[Symbol]) -> Symbol:
    """A symbol of the same name and domain that is not among `avoid`."""
    for tag in count(symbol.tag + 1):
        candidate = symbol.with_tag(tag)
        if candidate not in avoid:
            return candidate
    raise AssertionError


def substitute(term: Term, changes: Mapping[Term, Term]) -> Term:
    """`term` with every occurrence of a key replaced by its value.

    Bound names are renamed where a replacement would be captured; a key that
    mentions a bound name does not match below its binder.
    """
    if term in changes:
        return changes[term]
    if not term.children:
        return term
    for hidden in getattr(term, "hidden", ()):
        if changes.get(hidden, hidden) != hidden:
            raise TermError(f"`{hidden}` cannot be replaced in `{term}`, whose law depends on it")
    scope = term.scope()
    if scope is None:
        return term.rebuild(lambda child: substitute(child, changes))
    for variable in scope.near:
        _check_near(term, variable, changes)
    if scope.random:
        _check_random(term, changes)
    if not scope.bound:
        return term.rebuild(lambda child: substitute(child, changes))
    return _below_binder(term, scope.bound, changes)


def _below_binder(term: Term, bound: tuple[Symbol, ...], changes: Mapping[Term, Term]) -> Term:
    names = frozenset(bound)
    inner = {key: value for key, value in changes.items() if not (key.free & names)}
    relevant = {k: v for k, v in inner.items() if k in term.walk_set}  # only what occurs matters
    renaming = _renaming(term, bound, relevant)
    below = {**inner, **renaming}
    positions = term.inside
    counter = iter(range(len(term.children)))

    def change(child: Term) -> Term:
        position = next(counter)
        if child in names:
            return renaming.get(child, child)
        return substitute(child, below if position in positions else changes)

    return term.rebuild(change)


def _renaming(term: Term, bound: tuple[Symbol, ...], changes: Mapping[Term, Term]) -> dict[Term, Term]:
    """New names for what would be captured; s_{t+1} moves along when t is replaced."""
    arriving: frozenset[Symbol] = frozenset().union(*(v.free for v in changes.values()))
    shifted = {s: substitute(s, changes) for s in (*bound, *term.free) if s.children and s not in changes}
    arriving |= {s for old, s in shifted.items() if old not in bound and isinstance(s, Symbol)}
    wanted = {symbol: shifted.get(symbol, symbol) for symbol in bound}
    renaming: dict[Term, Term] = {}
    avoid = arriving | term.free | frozenset().union(*(k.free for k in changes))
    for symbol, new in wanted.items():
        assert isinstance(new, Symbol)
        if new != symbol and new in avoid or new in arriving:
            new = fresh(new, avoid | frozenset(bound))
        avoid |= {new}
        if new != symbol:
            renaming[symbol] = new
    return renaming


def _check_random(term: Term, changes: Mapping[Term, Term]) -> None:
    """f(c) = E[(X − c)²] says nothing of E[(X − X)²]: what is random may not arrive where it would be averaged."""
    from derivations.terms.probability import random_members

    for position in term.inside:
        for key, value in changes.items():
            if key in term.children[position].walk_set and random_members(value) and not random_members(key):
                raise TermError(f"`{value}` is random, so it cannot replace `{key}` in `{term}`, an average over it")


def _check_near(term: Term, variable: Term, changes: Mapping[Term, Term]) -> None:
    """∂/∂x f(x, c) has no written form once x is no variable, or once c is made to move with x."""
    new = substitute(variable, changes)
    if type(new) is not type(variable):
        raise TermError(f"`{variable}` cannot be replaced by `{new}` in `{term}`, which differentiates by it")
    occurring = term.children[0].walk_set
    if isinstance(variable, Symbol) and new != variable and new in occurring:
        raise TermError(f"`{new}` already occurs in `{term}`, so `{variable}` cannot be renamed to it")
    for key, value in changes.items():
        if key != variable and key in occurring and key not in variable.walk_set and _moves_with(value, new):
            raise TermError(f"replacing `{key}` would bring `{new}` into `{term}`, which differentiates by it")


def _moves_with(value: Term, variable: Term) -> bool:
    if isinstance(variable, Symbol):
        return variable in value.free
    family = getattr(variable, "family", None)
    if family is not None:
        return any(getattr(part, "family", None) == family for part in value.walk_set)
    return bool(variable.free & value.free)


def alpha_equal(left: Term, right: Term) -> bool:
    """Equal up to the names of bound variables."""
    return _alpha(left, right, {}, {})


def _alpha(a: Term, b: Term, there: dict[Term, Term], back: dict[Term, Term]) -> bool:
    if isinstance(a, Symbol) and isinstance(b, Symbol):
        if a in there or b in back:
            return there.get(a) == b and back.get(b) == a
        return a == b
    if type(a) is not type(b) or len(a.children) != len(b.children):
        return False
    if not a.children or (a == b and not there):
        return a == b
    if not _same_label(a, b):
        return False
    sa, sb = a.scope(), b.scope()
    if sa is None or sb is None or not sa.bound:
        return all(_alpha(x, y, there, back) for x, y in zip(a.children, b.children, strict=True))
    if len(sa.bound) != len(sb.bound) or any(x.domain != y.domain for x, y in zip(sa.bound, sb.bound, strict=True)):
        return False  # a limit over integers is no limit over numbers
    t2, b2 = dict(there), dict(back)
    for x, y in zip(sa.bound, sb.bound, strict=True):
        t2[x], b2[y] = y, x
    for position, (p, q) in enumerate(zip(a.children, b.children, strict=True)):
        bound_here = position in a.inside or p in sa.bound
        if not _alpha(p, q, t2 if bound_here else there, b2 if bound_here else back):
            return False
    return True


def _same_label(a: Term, b: Term) -> bool:
    """The fields that are no terms agree."""
    for x, y in zip(a.fields, b.fields, strict=True):
        if isinstance(x, Term) and isinstance(y, Term):
            continue
        if isinstance(x, tuple) and isinstance(y, tuple) and len(x) == len(y):
            if all((isinstance(p, Term) and isinstance(q, Term)) or p == q for p, q in zip(x, y, strict=True)):
                continue
        if x != y:
            return False
    return True
