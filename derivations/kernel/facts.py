"""What is known at a place: declarations, hypotheses, and what a binder adds or takes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from derivations.budget import Budget
from derivations.kernel.reasons import Definition, Hypothesis
from derivations.records import lazy, once, record
from derivations.terms.arithmetic import Add, Div, Mul, Neg, Pow, Sub, Unary, oo
from derivations.terms.conditioning import ProcessVariable
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.probability import (
    Covariance,
    Expectation,
    Independent,
    Law,
    Variance,
    averaged_out,
    implied,
    random_members,
)
from derivations.terms.relations import Proposition, Relation
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term
from derivations.terms.vectors import Component, Dot

Prover = Callable[[Any, "Facts"], "tuple[str, ...] | None"]
"""Decides one kind of proposition: what it rests on, or None for *not known*."""


_CONTINUOUS = (Add, Sub, Mul, Div, Neg, Pow, Unary, Apply, Dot, Component, Sum)
"""Continuous in what stands below them, wherever they are defined (a function if it was declared smooth)."""

OPEN_SIGNS = ("<", ">", "!=")
"""Relations that stay true when the quantities move a little."""


@record(frozen=True, eq=False)
class Fact:
    """A relation in force.

    label: the name of the hypothesis, or where a declaration comes from
    """

    relation: Relation
    label: str
    of_declaration: bool = False
    for_all: tuple[Symbol, ...] = ()

    @lazy
    def name(self) -> str:
        """How it is quoted."""
        return f"{self.relation} ({self.label})" if self.of_declaration else self.label


@record(frozen=True, eq=False)
class Facts:
    """Everything one may use at a place.

    relations:   hypotheses and the ranges of enclosing sums
    definitions, equations, laws: the other things given
    hidden:      definitions of T where T is bound or freed, if another given speaks of
                 T: nothing is written out by them, but what they tie stays tied
    blocked:     variables bound or moved by an enclosing binder: a hypothesis
                 about them says nothing here
    near:        those of them that a derivative moves around their point
    random:      below an expectation: what is known of one outcome says nothing
    provers:     decision procedures for propositions, supplied by the rules
    granted:     what `defined` says here that is no relation
    budget:      the steps that are left of the link that is being judged; None where none is
    below, answers, declarations, certain, demands, rings: what was worked out
                 already: the facts below a binder, what was discharged, what
                 declarations say, what is not random, where terms are defined,
                 normal forms; they follow from the rest
    """

    relations: tuple[Fact, ...] = ()
    definitions: tuple[Definition, ...] = ()
    equations: tuple[Hypothesis, ...] = ()
    laws: tuple[Law | Independent, ...] = ()
    given: tuple[Any, ...] = ()
    hidden: tuple[Definition, ...] = ()
    blocked: frozenset[Term] = frozenset()
    near: frozenset[Term] = frozenset()
    provers: Mapping[type, Prover] = field(default_factory=dict)
    random: bool = False
    granted: frozenset[Term] = frozenset()
    budget: Budget | None = None
    below: dict[Scope, Facts] = field(default_factory=dict, repr=False)
    answers: dict[Term, tuple[str, ...] | None] = field(default_factory=dict, repr=False)
    declarations: dict[Symbol, tuple[Fact, ...]] = field(default_factory=dict, repr=False)
    certain: dict[Term, bool] = field(default_factory=dict, repr=False)
    demands: dict[Term, tuple[tuple[Term, Facts], ...]] = field(default_factory=dict, repr=False)
    rings: list[Any] = field(default_factory=list, repr=False)

    def for_link(self, steps: int) -> Facts:
        """These facts with a budget of steps and nothing worked out: no link depends on those judged before it."""
        return self._with(budget=Budget(steps))

    def _with(self, **changes: Any) -> Facts:
        """Other facts, of which nothing has been worked out."""
        other = object.__new__(Facts)  # a tenth of the price of dataclasses.replace
        nothing: dict[str, Any] = {name: {} for name in ("below", "answers", "declarations", "certain", "demands")}
        other.__dict__.update(self.__dict__, **changes, **nothing, rings=[])
        for name in ("defined", "general", "turned"):
            other.__dict__.pop(name, None)
        return other

    def granting(self, relations: tuple[Hypothesis, ...], propositions: frozenset[Term]) -> Facts:
        """These facts, and what `defined` says of what is written."""
        from derivations.derivation import reason_name

        more = tuple([Fact(h.relation, reason_name(h), False, h.for_all) for h in relations])
        return self._with(
            relations=(*self.relations, *more),
            given=(*self.given, *relations),
            granted=self.granted | propositions,
        )

    @lazy
    def defined(self) -> frozenset[type]:
        """The kinds of what was defined."""
        return frozenset([type(definition.lhs) for definition in self.definitions])

    @lazy
    def turned(self) -> tuple[Any, ...]:
        """What is defined, and what is given to equal something that does not speak of it, as equations."""
        from derivations.kernel.rewriting import as_equation, circular

        atomic = [e for e in self.equations if isinstance(e.relation.lhs, (Symbol, Apply, Entry, Component))]
        made = [as_equation(one) for one in (*self.definitions, *atomic)]
        return tuple([one for one in made if one not in circular(made)])

    @lazy
    def general(self) -> tuple[Hypothesis, ...]:
        """The inequalities that were given for all values of some symbols."""
        given = [h for h in self.given if isinstance(h, Hypothesis) and h.for_all]
        return tuple([h for h in given if h.relation.sign not in ("~", "->", "<=>")])

    def declared(self, symbol: Symbol) -> tuple[Fact, ...]:
        """What the declaration of a symbol says that is still true here."""
        found = self.declarations.get(symbol)
        if found is None:
            found = self.declarations[symbol] = tuple(self._declared(symbol))
        return found

    def _declared(self, symbol: Symbol) -> Iterator[Fact]:
        for relation in symbol.domain.facts(symbol):
            if symbol in self.near and relation.sign not in OPEN_SIGNS:
                continue
            bound = relation.rhs
            varies = any(self.depends(bound, v) for v in self.blocked) if bound.free or bound.children else False
            if varies or self.random and not self.deterministic(bound):
                continue  # the bound it was declared with is another quantity here
            yield Fact(relation, "declared", True)

    def without(self, given: Any) -> Facts:
        """These facts without one of the givens of which nothing is kept elsewhere."""
        return self._with(given=tuple(g for g in self.given if g != given))

    def enter(self, scope: Scope) -> Facts:
        """The facts below a binder."""
        found = self.below.get(scope)
        if found is None:
            found = self.below[scope] = self._enter(scope)
        return found

    def _enter(self, scope: Scope) -> Facts:
        bound = frozenset(scope.bound)
        kept = []
        for fact in self.relations:
            if (fact.relation.free & bound) - frozenset(fact.for_all):
                continue
            if any(self.depends(fact.relation, v) and not self._stays(fact.relation, v) for v in scope.near):
                continue
            if scope.random and not self.deterministic(fact.relation):
                continue
            kept.append(fact)
        gains = tuple(Fact(r, "in range", True) for r in scope.gains)
        return self._with(
            relations=(*kept, *gains),
            **self._without(bound),  # a bound T is not the T defined
            blocked=self.blocked | bound | frozenset(scope.near),
            near=(self.near - bound) | frozenset(scope.near),
            random=self.random or scope.random,
            granted=self._still_granted(scope) if self.granted else self.granted,
        )

    def _still_granted(self, scope: Scope) -> frozenset[Term]:
        if scope.random:
            return frozenset()
        fixed = [p for p in self.granted if p.free.isdisjoint(scope.bound)]
        return frozenset([p for p in fixed if not any(self.depends(p, v) for v in scope.near)])

    def _stays(self, relation: Relation, variable: Term) -> bool:
        """It stays true when the variable moves a little: an open relation between continuous quantities."""
        return relation.sign in OPEN_SIGNS and all(self._continuous(t, variable) for t in (relation.lhs, relation.rhs))

    def _continuous(self, term: Term, variable: Term) -> bool:
        if term == variable or not self.depends(term, variable):
            return True
        if isinstance(term, Symbol):
            return any(d.lhs == term and self._continuous(d.rhs, variable) for d in self.definitions)
        if isinstance(term, Apply) and not term.function.smooth or not isinstance(term, _CONTINUOUS):
            return False
        if isinstance(term, Pow) and self.depends(term.exponent, variable):
            return False  # 0^0 = 1
        if isinstance(term, Sum) and (term.high == oo or any(self.depends(e, variable) for e in (term.low, term.high))):
            return False
        return all(self._continuous(child, variable) for child in term.children)

    def assuming(self, relation: Relation, name: str) -> Facts:
        """The facts in one case of a proof by cases."""
        return self.with_relations((Fact(relation, name),))

    def with_relations(self, more: tuple[Fact, ...]) -> Facts:
        """These facts and some relations."""
        return self._with(relations=(*self.relations, *more))

    def without_definition(self, symbol: Symbol) -> Facts:
        """The facts where the symbol names a variable, and not what it was defined to be."""
        changes = self._without(frozenset((symbol,)))
        return self._with(**changes) if changes else self

    def _without(self, symbols: frozenset[Symbol]) -> dict[str, Any]:
        """The definitions that are left, and those that are hidden, where these symbols are not what was defined."""
        gone = tuple(d for d in self.definitions if d.lhs in symbols)
        if not gone:
            return {}
        kept = tuple(d for d in self.definitions if d not in gone)
        given: list[Term] = [*(d.rhs for d in kept), *(f.relation for f in self.relations)]
        given += [*(e.relation for e in self.equations), *(tie for law in self.laws for tie in law_ties(law))]
        return {
            "definitions": kept,
            "hidden": (*self.hidden, *(d for d in gone if any(d.lhs in g.free for g in given))),
        }

    def usable(self, equation: Term, for_all: tuple[Symbol, ...]) -> bool:
        """A statement about fixed values says nothing of a variable that is bound or moved here."""
        if self.random and not self.deterministic(equation):
            return False
        return all(v in for_all or not self.depends(equation, v) for v in self.blocked)

    # -- randomness --------------------------------------------------------------------
    def random_parts(self, term: Term) -> frozenset[Term]:
        """The random atoms of a term, those of its defined symbols and functions included."""
        found = random_members(term)
        if not self.definitions and not self.hidden:
            return found
        used: set[Definition] = set()
        pending = [term]
        while pending:
            part = pending.pop()
            for definition in (*self.definitions, *self.hidden):
                if definition not in used and _is_among(definition, _not_averaged(part)):
                    used.add(definition)
                    found |= random_members(definition.rhs)
                    pending.append(definition.rhs)
        return found

    def deterministic(self, term: Term) -> bool:
        """Nothing random in it, nor tied to something random by a hypothesis; expectations are numbers."""
        found = self.certain.get(term)
        if found is None:
            found = self.certain[term] = self._deterministic(term)
        return found

    def _deterministic(self, term: Term) -> bool:
        if isinstance(term, (Expectation, Variance, Covariance)):
            return True
        if term.children and not isinstance(term, (Apply, Entry, Row, ProcessVariable, Symbol)):
            return all(self.deterministic(child) for child in averaged_out(term))
        if self.random_parts(term):
            return False
        if not self.definitions and not self.hidden and not self.equations:
            return True
        own = self._made_of(_atoms(term) & _not_averaged(term) | {term}, averaged=False)
        tied = self._closed(own, [e.relation for e in self.equations])
        return not any(random_members(part) for part in tied)

    # -- dependence --------------------------------------------------------------------
    def depends(self, term: Term, variable: Term) -> bool:
        """Whether the term may depend on the variable, definitions and hypotheses included."""
        if any(isinstance(t, Apply) and t.function.unspecified and not self._defines(t) for t in term.walk_set):
            return True
        movers = self._made_of(frozenset((variable,)))
        reached = self._tied(self._made_of(_atoms(term) | {term}), variable)
        return any(_mentions(part, mover) or _overlaps(mover, part) for part in reached for mover in movers)

    def _defines(self, term: Apply) -> bool:
        return any(_is_among(definition, frozenset((term,))) for definition in self.definitions)

    def _made_of(self, parts: frozenset[Term], *, averaged: bool = True) -> frozenset[Term]:
        """The parts, and what those of them that are defined are made of (but for what is averaged out)."""
        seen = (lambda t: t.walk_set) if averaged else _not_averaged
        used: set[Definition] = set()
        while True:
            known = (*self.definitions, *self.hidden)
            more = [d for d in known if d not in used and any(_is_among(d, seen(p)) for p in parts)]
            if not more:
                return parts
            for definition in more:
                used.add(definition)
                parts |= _atoms(definition.rhs) & seen(definition.rhs)

    def _tied(self, parts: frozenset[Term], variable: Term) -> frozenset[Term]:
        """… and what hypotheses tie them to. An identity in the variable ties nothing to it."""
        ties: list[Term] = [e.relation for e in self.equations if variable not in e.for_all]
        return self._closed(parts, ties + [moments for law in self.laws for moments in law_ties(law)])

    def _closed(self, parts: frozenset[Term], relations: list[Term] | list[Relation]) -> frozenset[Term]:
        """The parts, and all that the relations tie to them, directly or through others."""
        ties = list(relations)
        found = True
        while found:
            found = False
            for tie in list(ties):
                atoms = _atoms(tie)
                if any(_meet(a, p) for a in atoms for p in parts):
                    ties.remove(tie)
                    parts = self._made_of(parts | atoms)
                    found = True
        return parts


def law_ties(law: Law | Independent) -> Iterator[Term]:
    """A law ties the members of its families to the letters of their mean and variance."""
    if isinstance(law, Law):
        for moment in (law.mean, law.variance):
            if moment is not None and moment.free:
                for family in law.families:
                    indices = law.indices or tuple(Symbol(f"i{n}") for n in range(len(family.sizes)))
                    yield Relation(Entry(family, indices), "=", moment)


def _meet(a: Term, b: Term) -> bool:
    """What is said of one may be said of the other: equal, members of one family, values of one function."""
    if isinstance(a, (Entry, Row)) and isinstance(b, (Entry, Row)):
        return a.family == b.family and not (isinstance(a, Entry) and _surely_distinct(a.indices, b.indices))
    if getattr(a, "family", a) == getattr(b, "family", b):
        return True  # a matrix and a member of it
    return a == b or isinstance(a, Apply) and isinstance(b, Apply) and a.function == b.function


@once
def _atoms(term: Term) -> frozenset[Term]:
    """Symbols, members and applications: what definitions and hypotheses speak of."""
    kinds = (Symbol, Entry, Row, Apply)
    return frozenset(
        t
        for t in term.walk_set
        if isinstance(t, kinds) and t.shape is not None or isinstance(t, ProcessVariable) or hasattr(t, "family")
    )


def _mentions(term: Term, variable: Term) -> bool:
    return any(part == variable or _overlaps(part, variable) for part in term.walk_set)


def _overlaps(part: Term, variable: Term) -> bool:
    """A row, or another member, of the family of which the variable is a member; a vector's component;
    a variable of a process whose law depends on it."""
    if isinstance(part, ProcessVariable):
        return variable in part.sequence.parameters
    if isinstance(variable, Entry):
        if isinstance(part, (Entry, Row)):
            return part.family == variable.family and not _surely_distinct(part.indices, variable.indices)
        return getattr(part, "family", None) == variable.family
    if isinstance(variable, Component):
        return part == variable.vector
    return isinstance(part, Component) and part.vector == variable


def _surely_distinct(a: tuple[Term, ...], b: tuple[Term, ...]) -> bool:
    from derivations.terms.arithmetic import Number

    return any(
        isinstance(x, Number) and isinstance(y, Number) and x.number != y.number for x, y in zip(a, b, strict=False)
    )


def _is_among(definition: Definition, parts: frozenset[Term]) -> bool:
    """What is defined occurs among the parts: the symbol, or a value of the function, or G at some time."""
    if isinstance(definition.lhs, Apply):
        function = definition.lhs.function
        return any(isinstance(t, Apply) and t.function == function for t in parts)
    if isinstance(definition.lhs, ProcessVariable):
        sequence = definition.lhs.sequence
        return any(isinstance(t, ProcessVariable) and t.sequence == sequence for t in parts)
    return definition.lhs in parts


@once
def _not_averaged(term: Term) -> frozenset[Term]:
    """The subterms, but for those that a conditional expectation or a density averages over."""
    return frozenset((term,)).union(*[_not_averaged(child) for child in averaged_out(term)])


def facts_of(given: tuple[Any, ...], provers: Mapping[type, Prover]) -> Facts:
    """The facts that the hypotheses of a derivation state."""
    from derivations.derivation import reason_name

    relations, definitions, equations, laws = [], [], [], []
    for thing in given:
        if isinstance(thing, Definition):
            definitions.append(thing)
        elif isinstance(thing, Hypothesis):
            relations.append(Fact(thing.relation, reason_name(thing), False, thing.for_all))
            if thing.relation.sign == "=":
                equations.append(thing)
        elif isinstance(thing, (Law, Independent)):
            laws.append(thing)
    declared = [law for law in laws if isinstance(law, Law)]
    # σ_i² ≥ 0 is said of the i that a family has, not of every i
    relations += [Fact(told, law.text) for told, law in implied(declared) if not law.indices]
    return Facts(
        tuple(r for r in relations if r.relation.lhs.shape == ()),
        tuple(definitions), tuple(equations), tuple(laws), given, provers=provers,
    )  # fmt: skip


__all__ = ["Fact", "Facts", "Proposition", "Prover", "facts_of"]
