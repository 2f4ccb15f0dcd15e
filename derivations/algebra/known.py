"""What is known of the atoms of a polynomial, as polynomials: facts, declarations, and what is given for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from flint import fmpq_mpoly

from derivations.algebra.ring import Ratio, Ring, as_fraction
from derivations.context.facts import Fact
from derivations.derivation import reason_name
from derivations.kernel.reasons import Hypothesis
from derivations.records import once
from derivations.terms.arithmetic import Abs
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.relations import Relation, relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, open_terms


def fact_polynomials(s: Ring, *extra: Symbol) -> list[tuple[Fact, Ratio]]:
    """The relations in force (and what the declarations of `extra` say) as `lhs − rhs`."""
    key = ("facts", s.facts)
    if key not in s.memo:
        s.memo[key] = [], set()  # while facts are read, no fact is known
        s.remember(key, lambda: _read(s, s.facts.relations))
    found: list[tuple[Fact, Ratio]] = s.recall(key, list)
    for symbol in extra:
        found = found + s.recall((symbol, "declared", s.facts), partial(_read, s, s.facts.declared(symbol)))
    return found


def _read(s: Ring, facts: Sequence[Fact]) -> list[tuple[Fact, Ratio]]:
    """Not the facts that are being read: below a sum in `Σ |f_i| ≤ 1` it would be read again, and again."""
    found = []
    for fact in facts:
        if fact not in s.reading:
            s.reading.add(fact)
            try:
                low = s.lowest(s(fact.relation.lhs) - s(fact.relation.rhs))
                found += [(fact, low), *((Fact(fact.relation, fact.label, fact.of_declaration, fact.for_all), other)
                                         for other in _between(s, fact.relation.sign, low))]  # fmt: skip
            finally:
                s.reading.discard(fact)
    return found


def _between(s: Ring, sign: str, low: Ratio) -> Iterator[Ratio]:
    """From |u| < c: u − c and −u − c, which are < 0 too; from u² < r the same with √r."""
    if sign not in _TURNED or not low.den.is_one():
        return
    poly = low.num if sign in ("<", "<=") else -low.num
    for g, n in enumerate(poly.degrees()):
        atom = s.atoms[g] if n in (1, 2) else None
        if atom is None or n == 1 and not isinstance(atom, Abs):
            continue
        inside = [(e, c) for e, c in poly.terms() if e[g]]
        if len(inside) != 1 or inside[0][0][g] != n or sum(inside[0][0]) != n or inside[0][1] <= 0:
            continue
        factor = s.constant(as_fraction(inside[0][1]))
        rest = Ratio(poly, s.one) / factor - s.gen(g).power(int(n))
        if any(m and h != g and isinstance(s.atoms[h], Abs) for h, m in enumerate(poly.degrees())):
            continue  # of several absolute values it says nothing of one
        if n == 1:
            u, bound = s(atom.operand), -rest  # type: ignore[attr-defined]
        elif s.number_of(rest) is None or -rest.num.leading_coefficient() / rest.den.leading_coefficient() > 0:
            from derivations.algebra.elementary import square_root

            u, bound = s.gen(g), square_root(s, -rest)
        else:
            continue
        for side in (u - bound, -u - bound):
            yield s.lowest(side if sign in ("<", "<=") else -side)


_TURNED = ("<", "<=", ">", ">=")


def relevant(s: Ring, poly: fmpq_mpoly) -> list[tuple[Fact, Ratio]]:
    atoms = [s.atoms[g] for g, n in enumerate(poly.degrees()) if n]
    found = fact_polynomials(s, *(atom for atom in atoms if isinstance(atom, Symbol)))
    for atom in atoms:
        found = found + instances(s, atom)
        if isinstance(atom, Abs):
            found = found + s.recall(("abs", atom, s.facts), partial(_read, s, _of_absolute_value(atom)))
    return found


@once
def _of_absolute_value(atom: Abs) -> list[Fact]:
    """−|u| ≤ u ≤ |u|."""
    said = (relation(atom.operand, "<=", atom), relation(atom.operand, ">=", -atom))
    return [Fact(one, "absolute value", True) for one in said]


def instances(s: Ring, atom: Term) -> list[tuple[Fact, Ratio]]:
    """What is given for all k, such as `c_k > 0`, at the members and values of which the atom speaks."""
    general = s.facts.general
    if not general or isinstance(atom, Symbol):
        return []
    key = ("instances", atom, s.facts)
    if key not in s.memo:
        s.memo[key] = [], set()  # meanwhile none is known
        s.remember(key, lambda: _read(s, [fact for h in general for fact in _instances_of(s, h, atom)]))
    found: list[tuple[Fact, Ratio]] = s.recall(key, list)
    return found


def _instances_of(s: Ring, hypothesis: Hypothesis, atom: Term) -> Iterator[Fact]:
    from derivations.kernel.instance import inside, spoken
    from derivations.kernel.matching import match

    said, over = hypothesis.relation, hypothesis.for_all
    if said.lhs.shape != () or not s.facts.usable(said, over):
        return
    patterns = [t for t in said.walk() if isinstance(t, (Entry, Apply)) and t.free.issuperset(over)]
    calls = [t for t in open_terms(atom) if isinstance(t, (Entry, Apply))]
    for pattern, call in product(patterns, calls):
        found = match(pattern, call, over)
        if found is None or pattern.substitute(found) != call:
            continue
        needed = inside(spoken((said,)), found, s.facts)
        instance = said.substitute(found)
        if isinstance(instance, Relation) and all(s.known(condition) for condition in needed):
            yield Fact(instance, reason_name(hypothesis))


__all__ = ["fact_polynomials", "instances", "relevant"]
