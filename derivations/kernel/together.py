"""Equations that are cited, used together: a link follows from them as polynomials.

`scale · (lhs − rhs) = Σ factor · (lhs − rhs)` over instances of what was
cited, with a scale that is not 0: the combination is searched for here, and
multiplied out by whoever reads the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derivations.algebra.completion import vanishes
from derivations.algebra.ideals import combination, remainder
from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ratio, Ring
from derivations.context.facts import Facts
from derivations.kernel.attempt import Closing
from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Candidate, Rule
from derivations.kernel.report import Condition, Multiple
from derivations.kernel.rewriting import Equation, candidates
from derivations.records import record
from derivations.terms.arithmetic import Abs, Cos, Exp, Log, Pow, Sin, Sqrt, Tanh
from derivations.terms.functions import Apply
from derivations.terms.relations import Relation
from derivations.terms.term import Term, open_terms

ALGEBRA = "plain-algebra"
_MOST = 12  # instances that are used together


@record(frozen=True)
class Instance:
    """What an equation says at some values, and the conditions under which it says it."""

    reason: str
    said: Relation
    conditions: tuple[Condition, ...]


def together(link: Relation, equations: Sequence[Equation], facts: Facts) -> Closing | None:
    """The link as a combination of what is cited."""
    if link.sign != "=" or link.lhs.shape != () or not equations:
        return None
    found = list(_instances(link, [e for e in equations if e.lhs.shape == ()], facts))
    made = in_ring(facts, lambda s: _combined(s, link, found)) if found else None
    return multiplied_out(link, *made, equations, facts) if made is not None else None


def _combined(s: Ring, link: Relation, instances: Sequence[Instance]) -> tuple[tuple[Multiple, ...], Term] | None:
    """What the search finds; it is not trusted."""
    difference = s.lowest(s(link.lhs) - s(link.rhs))
    said = [s.lowest(s(i.said.lhs) - s(i.said.rhs)) for i in instances]
    made = combination(s, difference.num, [one.num for one in said], lambda p: s.nonzero(Ratio(p, s.one)))
    if made is None:
        return None
    chosen = [(i, Ratio(f * one.den, s.one)) for i, f, one in zip(instances, made.factors, said, strict=True) if f]
    multiples = tuple([Multiple(i.reason, i.said, s.term(factor)) for i, factor in chosen])
    return multiples, s.term(Ratio(made.scale * difference.den, s.one))


def multiplied_out(
    link: Relation, multiples: Sequence[Multiple], scale: Term, equations: Sequence[Equation], facts: Facts
) -> Closing | None:
    """The closing that these multiples make, if the combination is right and each is an instance of what is cited."""
    known = list(_instances(link, [e for e in equations if e.lhs.shape == ()], facts))
    used = [next((i for i in known if (i.reason, i.said) == (m.reason, m.equation)), None) for m in multiples]
    if link.sign != "=" or None in used:
        return None

    def question(s: Ring) -> Closing | None:
        difference = s.lowest(s(link.lhs) - s(link.rhs))
        total = s(scale) * difference
        for multiple in multiples:
            total = total - s(multiple.factor) * (s(multiple.equation.lhs) - s(multiple.equation.rhs))
        if not s.is_zero(total) or not s.nonzero(s(scale) / Ratio(difference.den, s.one)):
            return None
        grounds = tuple(sorted(s.used | {m.reason for m in multiples}))
        conditions = tuple(dict.fromkeys(c for i in used if i is not None for c in i.conditions))
        return Closing(ALGEBRA, grounds, conditions, tuple(multiples), scale)

    return in_ring(facts, question)


def of_matrices(link: Relation, equations: Sequence[Equation], facts: Facts) -> Closing | None:
    """The link follows from what is cited of matrices and vectors, multiplied from both sides and added up."""
    if link.sign != "=" or not any(equation.lhs.shape for equation in equations):
        return None
    found = [i for e in equations if e.lhs.shape for i in _as_it_stands(e, facts)]

    def question(s: Ring) -> Closing | None:
        said = [s(i.said.lhs) - s(i.said.rhs) for i in found]
        if not vanishes(s, s(link.lhs) - s(link.rhs), said):
            return None
        grounds = tuple(sorted(s.used | {i.reason for i in found}))
        return Closing(ALGEBRA, grounds, tuple(dict.fromkeys(c for i in found for c in i.conditions)))

    return in_ring(facts, question) if found else None


# -- equals inside a function -------------------------------------------------------------------
def substitution(equations: Sequence[Equation]) -> Rule:
    """f(u) = f(v) where u = v follows from the equations: arguments in their normal form by them."""

    def rewrite(term: Term, facts: Facts) -> Iterator[Candidate]:
        if not isinstance(term, _FUNCTIONS):
            return
        quotes: dict[tuple[Term, str], None] = {}

        def change(child: Term) -> Term:
            made = _by_equations(child, equations, facts) if child.shape == () else None
            if made is None:
                return child
            quotes.update(dict.fromkeys(made[1]))
            return made[0]

        changed = term.rebuild(change)
        if changed is not term:
            yield Candidate(changed, (), tuple(quotes))

    return Rule(ALGEBRA, "u = v \\Rightarrow f(u) = f(v)", "equality", rewrite=rewrite, roots=_FUNCTIONS, once=True)


_FUNCTIONS = (Exp, Log, Sqrt, Abs, Sin, Cos, Tanh, Pow, Apply)


def _by_equations(
    term: Term, equations: Sequence[Equation], facts: Facts
) -> tuple[Term, tuple[tuple[Term, str], ...]] | None:
    """The term as the equations reduce it, and which of them were used; None where they do not."""
    found = list(_instances(Relation(term, "=", term), [e for e in equations if e.lhs.shape == ()], facts))

    def work(s: Ring) -> tuple[Term, tuple[tuple[Term, str], ...]] | None:
        said = [s.lowest(s(i.said.lhs) - s(i.said.rhs)).num for i in found]
        low = s.lowest(s(term))
        made = remainder(s, low.num, said, lambda p: s.nonzero(Ratio(p, s.one))) if low.den.is_one() else None
        if made is None or not made.scale.is_one() or made.poly == low.num:
            return None
        used = [i for i, factor in zip(found, made.factors, strict=True) if factor]
        if any(i.conditions for i in used):
            return None
        return s.term(Ratio(made.poly, s.one)), tuple([(i.said, i.reason) for i in used])

    return in_ring(facts, work) if found else None


# -- what the equations say here ------------------------------------------------------------
def _instances(link: Relation, equations: Sequence[Equation], facts: Facts) -> Iterator[Instance]:
    """Each equation as it stands, and at the terms of the link (and of the others) that either side is like."""
    terms = list(dict.fromkeys(t for side in (link.lhs, link.rhs) for t in open_terms(side)))
    seen: set[Relation] = set()
    pending = list(terms)
    for equation in equations:
        for instance in (*_as_it_stands(equation, facts), *_at(equation, terms, facts)):
            if instance.said not in seen and len(seen) < _MOST:
                seen.add(instance.said)
                pending += open_terms(instance.said.rhs)
                yield instance
    for equation in equations:
        for instance in _at(equation, dict.fromkeys(pending), facts):
            if instance.said not in seen and len(seen) < _MOST:
                seen.add(instance.said)
                yield instance


def _as_it_stands(equation: Equation, facts: Facts) -> Iterator[Instance]:
    for candidate in candidates(equation, equation.lhs, facts):
        yield from _instance(equation, equation.lhs, candidate, facts)


def _at(equation: Equation, terms: Sequence[Term] | dict[Term, None], facts: Facts) -> Iterator[Instance]:
    if not equation.parameters:
        return
    turned = replace(equation, lhs=equation.rhs, rhs=equation.lhs)
    for way in (equation, turned):
        if not way.lhs.free.issuperset(way.parameters):
            continue
        for term in terms:
            for candidate in candidates(way, term, facts) if type(term) is type(way.lhs) else ():
                yield from _instance(way, term, candidate, facts)


def _instance(equation: Equation, term: Term, candidate: Candidate, facts: Facts) -> Iterator[Instance]:
    done = []
    for condition in candidate.conditions:
        by = discharge(condition, facts)
        if by is None:
            return
        done.append(Condition(condition, equation.name, by))
    yield Instance(equation.name, Relation(term, "=", candidate.result), tuple(done))


__all__ = ["ALGEBRA", "multiplied_out", "substitution", "together"]
