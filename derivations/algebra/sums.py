"""The normal form of a sum: linear, free factors outside, bound index renamed, deltas contracted."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from flint import fmpq_mpoly

from derivations.algebra.ring import Ratio, Ring, as_fraction
from derivations.algebra.words import generator, product
from derivations.records import once
from derivations.terms.arithmetic import Add, Infinity, Number, number
from derivations.terms.relations import relation
from derivations.terms.sums import INTEGER, Delta, IsInteger, Sum, Summable
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Term

_WRITE_OUT = 64


@once
def height(term: Term) -> int:
    """How many binders are nested in a term: bound names are numbered from inside out."""
    scope = term.scope()
    below = max([height(child) for child in term.children], default=0)
    return below + len(scope.bound) if scope else below


def renamed(term: Term, level: int) -> Term:
    """The same term with its bound variables called as `bound_name` numbers them from `level` on."""
    known = term.__dict__
    if known.get("_renamed", (None,))[0] != level:
        scope = term.scope()
        assert scope is not None
        names: dict[Term, Term] = {v: bound_name(level + n, v.domain) for n, v in enumerate(scope.bound)}
        known["_renamed"] = level, term.rebuild(lambda child: names.get(child) or child.substitute(names))
    result: Term = known["_renamed"][1]
    return result


@cache
def bound_name(level: int, domain: Domain = INTEGER) -> Symbol:
    """The name of a bound variable, the same whatever its author called it."""
    return Symbol("tlmnuvw"[level % 7], domain, -(level + 1))


def normal_sum(s: Ring, term: Sum) -> Ratio:
    """Σ (a f + g) = a Σ f + Σ g; a series is split only when it is known to converge."""
    low, high = s(term.low), None if isinstance(term.high, Infinity) else s(term.high)
    if high is not None:
        length = s.number_of(high - low)
        if length is not None and length.denominator == 1 and length < _WRITE_OUT:
            return _written_out(s, term, int(length) + 1)
    return _symbolic(s, term, low, high, height(term.body))


def _written_out(s: Ring, term: Sum, count: int) -> Ratio:
    """Σ_{t=a}^{a+n-1} f(t) = f(a) + … + f(a+n−1)."""
    total = s.zero
    for n in range(count):
        at = number(term.low.number + n) if isinstance(term.low, Number) else Add(term.low, number(n))
        total = total + s(term.body.substitute({term.variable: at}))
    return total


def _symbolic(s: Ring, term: Sum, low: Ratio, high: Ratio | None, level: int) -> Ratio:
    bound = bound_name(level)
    canonical = renamed(term, level)
    assert isinstance(canonical, Sum)
    with s.inside(canonical.scope()):
        inner = s.lowest(s(canonical.body))
        parts = list(inner.num.terms())
        if high is None and (len(parts) > 1 or not inner.den.is_constant()):
            # a series is linear only where its parts converge
            if not all(s.known(Summable(s.term(_part(s, m, inner.den)), bound, term.low)) for m, _ in parts):
                parts = []
    if not parts and inner.num:
        key = ("series", *s.key(low), *s.key(inner))
        return s.atom(key, canonical)
    total = s.zero
    for exponents, coefficient in parts:
        total = total + _term_sum(s, canonical, bound, exponents, coefficient, inner.den, low, high)
    return total


def _part(s: Ring, exponents: Any, den: fmpq_mpoly) -> Ratio:
    return Ratio(s.monomial(exponents).num, den)


def _term_sum(
    s: Ring,
    term: Sum,
    bound: Symbol,
    exponents: Any,
    coefficient: Any,
    den: fmpq_mpoly,
    low: Ratio,
    high: Ratio | None,
) -> Ratio:
    """Σ of one monomial: what does not depend on the index stands outside."""
    outside, inside = [0] * s.size, [0] * s.size
    for g, n in enumerate(exponents):
        if n:
            (inside if bound in s.atoms[g].free else outside)[g] = int(n)
    factor = s.constant(as_fraction(coefficient)) * s.monomial(outside)
    below, left = _movable(s, den, bound, low, high)
    rest = s.monomial(inside) if left.is_constant() else s.lowest(Ratio(s.monomial(inside).num, left))
    factor = factor / Ratio(below, s.one)
    cut = _around(s, bound, inside)
    if cut is not None:
        g, before, core, after = cut
        inside[g] = 0
        inside[core] += 1
        made = _canonical(s, term, bound, inside, s.lowest(rest / s.gen(g) * s.gen(core)), low, high)
        made = made if before is None else product(s, before, made)
        return factor * (made if after is None else product(s, made, after))
    return factor * _canonical(s, term, bound, inside, rest, low, high)


def _movable(s: Ring, den: fmpq_mpoly, bound: Symbol, low: Ratio, high: Ratio | None) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """The factors of a denominator that stand outside of the sum, and those that stay.

    1/n stays below Σ_{t=1}^n: for n = 0 the sum is 0, and 1/n is undefined.
    """
    if den.is_constant():
        return den, s.one
    if not s.involves(den, bound):
        parts = [(den, 1)]
    else:
        parts = [(f, int(n)) for f, n in den.factor()[1] if not s.involves(f, bound)]
    out = s.one
    for part, n in parts:
        if s.nonzero(Ratio(part, s.one)) or _nonempty(s, low, high):
            out = out * part**n
    return out, divmod(den, out)[0]


def _around(s: Ring, bound: Symbol, inside: list[int]) -> tuple[int, Ratio | None, int, Ratio | None] | None:
    """Σ_t A B_t C = A (Σ_t B_t) C: the word of which a part does not move, what stands before, within and after."""
    for g, n in enumerate(inside):
        word = s.words.get(g, ()) if n == 1 else ()
        moving = [i for i, one in enumerate(word) if bound in s.atoms[one[0]].free]
        if not moving or not s.atoms[g].shape or len(moving) == len(word):
            continue
        first, last = moving[0], moving[-1] + 1
        if first == 0 and last == len(word):
            continue
        before = s.gen(generator(s, word[:first])) if first else None
        after = s.gen(generator(s, word[last:])) if last < len(word) else None
        return g, before, generator(s, word[first:last]), after
    return None


def _nonempty(s: Ring, low: Ratio, high: Ratio | None) -> bool:
    return high is None or s.known(relation(s.term(high - low), ">=", 0))


def _canonical(
    s: Ring, term: Sum, bound: Symbol, inside: list[int], rest: Ratio, low: Ratio, high: Ratio | None
) -> Ratio:
    contracted = _contract(s, term, bound, inside, rest, high)
    if contracted is not None:
        return contracted
    if not any(inside) and rest.den.is_constant() and high is not None:
        count = high - low + s.unit
        if s.known(relation(s.term(count), ">=", 0)):
            return rest * count
    with s.inside(term.scope()):
        body = s.term(rest)
    level = height(body)
    if level + 1 != -bound.tag:  # simplification made the body less deep: number the index anew
        fresh = bound_name(level)
        return _symbolic(s, Sum(body.substitute({bound: fresh}), fresh, term.low, term.high), low, high, level)
    top = ("oo",) if high is None else s.key(high)
    return s.atom(("sum", *s.key(low), *top, *s.key(rest)), Sum(body, bound, term.low, term.high))


def _contract(s: Ring, term: Sum, bound: Symbol, inside: list[int], rest: Ratio, high: Ratio | None) -> Ratio | None:
    """Σ_t δ_{t,m} f(t) = f(m), provided that m is an integer in the range."""
    for g, n in enumerate(inside):
        atom = s.atoms[g] if n else None
        if not isinstance(atom, Delta):
            continue
        other = atom.right if atom.left == bound else atom.left if atom.right == bound else None
        if other is None or bound in other.free:
            continue
        wanted = [IsInteger(other), relation(other, ">=", term.low)]
        if high is not None:
            wanted.append(relation(other, "<=", term.high))
        if not all(s.known(condition) for condition in wanted):
            continue
        left = rest / s.gen(g).power(n)
        return s(s.term(left).substitute({bound: other}))
    return None


__all__ = ["Fraction", "height", "normal_sum"]
