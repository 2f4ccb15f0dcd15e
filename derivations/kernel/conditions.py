"""Discharging conditions: from what was declared, never from silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from derivations.algebra.masks import plain_sign
from derivations.context.facts import Facts
from derivations.kernel.reasons import Hypothesis
from derivations.records import once
from derivations.terms.arithmetic import (
    Add,
    Div,
    Infinity,
    Mul,
    Neg,
    Number,
    Pow,
    PowerDefined,
    Sub,
    is_literal,
    literal,
)
from derivations.terms.calculus import FreeOf, Limit, NamesAlone, Reaches, VaryAlone
from derivations.terms.defined import IsDefined, defined
from derivations.terms.distributions import Distributed
from derivations.terms.families import Entry
from derivations.terms.probability import Independent, Law
from derivations.terms.relations import Among, Relation, relation
from derivations.terms.signs import ANY, OF
from derivations.terms.substitution import alpha_equal
from derivations.terms.sums import Delta, ForEach, IsInteger
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

Grounds = tuple[str, ...]


def discharge(proposition: Term, facts: Facts) -> Grounds | None:
    """By what the proposition holds (names of hypotheses; empty: by itself), or None: not known."""
    if proposition in facts.answers:
        return facts.answers[proposition]
    facts.answers[proposition] = None  # asked again meanwhile: not known
    prover = _PROVERS.get(type(proposition)) or facts.provers.get(type(proposition))
    answer: Grounds | None = None if prover is None else prover(proposition, facts)
    if answer is None and facts.granted and any(alpha_equal(proposition, known) for known in facts.granted):
        answer = (defined.text,)
    if answer is None and isinstance(proposition, Relation) and (facts.definitions or facts.equations or facts.laws):
        answer = _unfolded(proposition, facts)
    if answer is None and isinstance(proposition, Relation) and facts.around is not None:
        there = facts.at_the_point(proposition)
        answer = None if there is None else discharge(proposition, there)
    facts.answers[proposition] = answer
    return answer


@cache
def _can_demand(kind: type[Term]) -> bool:
    """Nodes of this kind may be undefined somewhere."""
    return kind.demands is not Term.demands or issubclass(kind, Limit)


def _demands_of_definition(term: Term, facts: Facts) -> Iterator[tuple[Term, Facts]]:
    """T := 1/x is defined where 1/x is, f(0) where the right side of f(x) := 1/x is. (Definitions are not circular.)"""
    from derivations.kernel.rewriting import as_equation, candidates

    for definition in facts.definitions:
        for candidate in candidates(as_equation(definition), term, facts):
            yield from demands(candidate.result, facts)


def _unfolded(proposition: Relation, facts: Facts) -> Grounds | None:
    """The same statement with what is defined, or given to be equal to something else, written out."""
    from derivations.kernel.rewriting import Rewriter

    rewriter = Rewriter(facts.turned, "condition")
    if rewriter.kinds is None or rewriter.kinds.isdisjoint(proposition.kinds):
        return None
    written_out = rewriter(proposition, facts)
    if written_out is proposition:
        return None
    by = discharge(written_out, facts)
    return None if by is None else tuple(dict.fromkeys((*by, *(r.reason for r in rewriter.trace))))


def demands(term: Term, facts: Facts, *, keep: bool = False) -> Sequence[tuple[Term, Facts]]:
    """Every condition under which the term is defined, with the facts that hold where it arises.

    keep: for the next time; only where nothing is being discharged, whose answer they may rest on
    """
    if not _may_be_undefined(term) and facts.defined.isdisjoint(term.kinds):
        return ()
    found = facts.demands.get(term)
    if found is None:
        found = tuple(_demands(term, facts, keep))
        if keep:
            facts.demands[term] = found
    return found


@once
def _may_be_undefined(term: Term) -> bool:
    return any([_can_demand(kind) for kind in term.kinds])


def _demands(term: Term, facts: Facts, keep: bool) -> Iterator[tuple[Term, Facts]]:
    for condition in term.demanded:
        yield condition, facts
    if getattr(term, "opaque", False):
        return
    if type(term) in facts.defined:
        yield from _demands_of_definition(term, facts)
    if isinstance(term, Limit) and term.variable not in term.body.free and facts.depends(term.body, term.variable):
        yield NamesAlone(term.variable), facts
    scope = term.scope()
    for position, child in enumerate(term.children):
        if isinstance(term, Limit) and position in term.inside:
            continue  # that the limit exists says that the body is defined near the point, and no more is needed
        here = facts.enter(scope) if scope is not None and position in term.inside else facts
        yield from demands(child, here, keep=keep)


def _relation(proposition: Relation, facts: Facts) -> Grounds | None:
    """Numbers directly; anything else by the sign of the difference."""
    if is_literal(proposition.lhs) and is_literal(proposition.rhs):
        a, b = literal(proposition.lhs), literal(proposition.rhs)
        held = {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}
        return () if held[proposition.sign] else None
    from derivations.algebra.normal import decide
    from derivations.algebra.signs import known_relation

    for said in (proposition, proposition.turned):
        known = (*facts.relations, *facts.declared(said.lhs)) if isinstance(said.lhs, Symbol) else facts.relations
        for fact in known:
            if fact.relation == said:
                return () if fact.of_declaration else (fact.name,)
    if isinstance(proposition.rhs, Number) and proposition.rhs.number == 0:
        if not plain_sign(proposition.lhs, facts) & ~OF[proposition.sign] & ANY:
            return ()
    stated = as_given(proposition, facts)
    if stated is not None:
        return stated
    if proposition.lhs.shape != () or proposition.rhs.shape != ():
        return None

    def work(s: Any) -> Grounds | None:
        known = known_relation(s, proposition.sign, s(proposition.lhs) - s(proposition.rhs))
        return tuple(sorted(s.used)) if known else None

    return decide(facts, work)


def as_given(proposition: Relation, facts: Facts) -> Grounds | None:
    """A relation that stands among the hypotheses, or is an instance of one of them."""
    from derivations.derivation import reason_name
    from derivations.kernel.instance import Equation, inside, spoken, strays
    from derivations.kernel.matching import match

    for hypothesis in facts.given:
        if not isinstance(hypothesis, Hypothesis) or hypothesis.relation.sign != proposition.sign:
            continue
        pattern = hypothesis.relation
        found = match(pattern, proposition, hypothesis.for_all)
        if found is None or not facts.usable(pattern, hypothesis.for_all):
            continue
        said = Equation("", pattern.lhs, pattern.rhs, hypothesis.for_all, (), hypothesis.for_all)
        if not alpha_equal(pattern.substitute(found), proposition) or strays(said, found, facts) is not None:
            continue
        by = _all(list(inside(spoken((pattern,)), found, facts)), facts)
        if by is not None:
            return (reason_name(hypothesis), *by)
    return None


def _law(proposition: Term, facts: Facts) -> Grounds | None:
    return (proposition.text,) if proposition in facts.laws else None


def _distributed(proposition: Distributed, facts: Facts) -> Grounds | None:
    """It is given, for this variable or for each member; the letters of its law are those outside every binder."""
    member = proposition.variable
    for given in facts.laws:
        if not isinstance(given, Distributed) or not isinstance(member, Entry):
            continue
        if given.families != (member.family,) or (given.law.free - frozenset(given.indices)) & facts.blocked:
            continue
        places = dict(zip(given.indices, member.indices, strict=True))
        if alpha_equal(given.law.substitute(places), proposition.law):  # type: ignore[arg-type]
            return (given.text,)
    return None


def _among(proposition: Among, facts: Facts) -> Grounds | None:
    """A literal among the values, or a symbol whose own domain has no others."""
    values = {literal(v) if is_literal(v) else v for v in proposition.values}
    inside = proposition.term.domain.values if isinstance(proposition.term, Symbol) else (proposition.term,)
    return () if inside and all((literal(v) if is_literal(v) else v) in values for v in inside) else None


def _integer(proposition: IsInteger, facts: Facts) -> Grounds | None:
    """ℤ is closed under +, −, ·, powers with natural exponents, and finite sums."""
    match proposition.term:
        case Number(value):
            return () if value.denominator == 1 else None
        case Symbol() as symbol:
            domain = symbol.domain
            if domain.kind == "integer":
                return ()
            return _all([IsInteger(v) for v in domain.values], facts) if domain.kind == "finite" else None
        case Add(a, b) | Sub(a, b) | Mul(a, b):
            return _all([IsInteger(a), IsInteger(b)], facts)
        case Neg(a):
            return _all([IsInteger(a)], facts)
        case Pow(a, n):
            return _all([IsInteger(a), IsInteger(n), relation(n, ">=", 0)], facts)
        case Delta() | Infinity():
            return ()
        case Div(a, b) if is_literal(proposition.term):
            return () if literal(proposition.term).denominator == 1 else None
    conditions = proposition.term.integer()
    return None if conditions is None else _below(proposition.term, conditions, facts)


def _below(term: Term, conditions: Sequence[Term], facts: Facts) -> Grounds | None:
    """The conditions, of which those that speak of a bound name of the term are asked for inside of it."""
    scope = term.scope()
    bound = frozenset(scope.bound) if scope is not None else frozenset()
    grounds: list[str] = []
    for condition in conditions:
        inside = scope is not None and not bound.isdisjoint(condition.free)
        by = discharge(condition, facts.enter(scope) if scope is not None and inside else facts)
        if by is None:
            return None
        grounds += [name for name in by if name not in grounds]
    return tuple(grounds)


def _power(proposition: PowerDefined, facts: Facts) -> Grounds | None:
    base, n = proposition.base, proposition.exponent
    for conditions in (
        [IsInteger(n), relation(n, ">=", 0)],
        [relation(base, ">", 0)],
        [IsInteger(n), relation(base, "!=", 0)],
        [relation(base, ">=", 0), relation(n, ">=", 0)],
    ):
        by = _all(conditions, facts)
        if by is not None:
            return by
    return None


def _free_of(proposition: FreeOf, facts: Facts) -> Grounds | None:
    return None if facts.depends(proposition.body, proposition.variable) else ()


def _is_defined(proposition: IsDefined, facts: Facts) -> Grounds | None:
    grounds: list[str] = []
    for condition, here in demands(proposition.term, facts):
        by = discharge(condition, here)
        if by is None:
            return None
        grounds += by
    return tuple(dict.fromkeys(grounds))


def _vary_alone(proposition: VaryAlone, facts: Facts) -> Grounds | None:
    return None if facts.tied(proposition.term) else ()


def _reaches(proposition: Reaches, facts: Facts) -> Grounds | None:
    needed = facts.reach(proposition.variable, proposition.point)
    return None if needed is None else _all(list(needed), facts)


def _for_each(proposition: ForEach, facts: Facts) -> Grounds | None:
    return discharge(proposition.statement, facts.enter(proposition.scope()))


def _all(conditions: list[Any], facts: Facts) -> Grounds | None:
    grounds: list[str] = []
    for condition in conditions:
        by = discharge(condition, facts)
        if by is None:
            return None
        grounds += [name for name in by if name not in grounds]
    return tuple(grounds)


_PROVERS: dict[type, Any] = {
    Relation: _relation,
    IsInteger: _integer,
    PowerDefined: _power,
    FreeOf: _free_of,
    VaryAlone: _vary_alone,
    Reaches: _reaches,
    Law: _law,
    Distributed: _distributed,
    Independent: _law,
    Among: _among,
    ForEach: _for_each,
    IsDefined: _is_defined,
}

__all__ = ["demands", "discharge"]
