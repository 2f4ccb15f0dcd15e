"""What is known at a place: declarations, hypotheses, and what a binder adds or takes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from derivations.budget import Budget
from derivations.context.given import Definition, Hypothesis
from derivations.context.names import Names, meet, names_outside, own
from derivations.context.speaking import Speaking, law_ties
from derivations.records import lazy, record
from derivations.terms.arithmetic import Add, Div, Infinity, MinusInfinity, Mul, Neg, Pow, Sqrt, Sub
from derivations.terms.calculus import approached_from
from derivations.terms.distributions import Distributed
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.linear_algebra import Determinant, Diagonal, Hadamard, Inverse, Norm, Trace
from derivations.terms.matrices import MatrixEntry, MatrixProduct, Transpose
from derivations.terms.probability import Expectation, Independent, Law, Variance, implied, random_members
from derivations.terms.relations import Proposition, Relation, relation
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Scope, Term
from derivations.terms.vectors import Component, Dot

Prover = Callable[[Any, "Facts"], "tuple[str, ...] | None"]
"""Decides one kind of proposition: what it rests on, or None for *not known*."""


_CONTINUOUS = (
    Add, Sub, Mul, Div, Neg, Pow, Sqrt, Apply, Dot, Component,
    MatrixProduct, Transpose, MatrixEntry, Trace, Determinant, Norm, Inverse, Hadamard, Diagonal,
)  # fmt: skip
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
    lines:       what the derivation is about: whatever is declared of its names is given, too
    hidden:      definitions of T where T is bound or freed, if another given speaks of
                 T: nothing is written out by them, but what they tie stays tied
    blocked:     variables bound or moved by an enclosing binder: a hypothesis
                 about them says nothing here
    near:        those of them that a derivative moves around their point
    random:      below an expectation: what is known of one outcome says nothing
    provers:     decision procedures for propositions, supplied by the rules
    granted:     what `defined` says here that is no relation
    around:      the facts at the point, where these variables move a little around it
    budget:      the steps that are left of the link that is being judged; None where none is
    below, answers, declarations, demands, rings: what was worked out already:
                 the facts below a binder, what was discharged, what declarations
                 say, where terms are defined, normal forms; they follow from the rest
    """

    relations: tuple[Fact, ...] = ()
    definitions: tuple[Definition, ...] = ()
    equations: tuple[Hypothesis, ...] = ()
    laws: tuple[Law | Independent | Distributed, ...] = ()
    given: tuple[Any, ...] = ()
    lines: tuple[Term, ...] = ()
    hidden: tuple[Definition, ...] = ()
    blocked: frozenset[Term] = frozenset()
    near: frozenset[Term] = frozenset()
    provers: Mapping[type, Prover] = field(default_factory=dict)
    random: bool = False
    granted: frozenset[Term] = frozenset()
    around: tuple[Facts, frozenset[Term]] | None = None
    budget: Budget | None = None
    below: dict[Scope, Facts] = field(default_factory=dict, repr=False)
    answers: dict[Term, tuple[str, ...] | None] = field(default_factory=dict, repr=False)
    declarations: dict[Symbol, tuple[Fact, ...]] = field(default_factory=dict, repr=False)
    demands: dict[Term, tuple[tuple[Term, Facts], ...]] = field(default_factory=dict, repr=False)
    rings: list[Any] = field(default_factory=list, repr=False)

    def for_link(self, steps: int) -> Facts:
        """These facts with a budget of steps and nothing worked out: no link depends on those judged before it."""
        return self._with(budget=Budget(steps))

    def _with(self, **changes: Any) -> Facts:
        """Other facts, of which nothing has been worked out."""
        other = object.__new__(Facts)  # a tenth of the price of dataclasses.replace
        nothing: dict[str, Any] = {name: {} for name in ("below", "answers", "declarations", "demands")}
        other.__dict__.update(self.__dict__, **changes, **nothing, rings=[])
        for name in ("defined", "general", "turned", *(["speaking"] if "definitions" in changes else [])):
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
        from derivations.kernel.rewriting import Equation, as_equation, circular

        atomic = [e for e in self.equations if isinstance(e.relation.lhs, (Symbol, Apply, Entry, Component))]
        made = [as_equation(one) for one in (*self.definitions, *atomic)]
        made += [Equation(law.text, a, b, over, (), over) for law in self.laws for a, b, over in law_moments(law)]
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
        for said in symbol.domain.facts(symbol):
            if symbol in self.near and said.sign not in OPEN_SIGNS:
                continue
            bound = said.rhs
            varies = any(self.depends(bound, v) for v in self.blocked) if bound.free or bound.children else False
            if varies or self.random and not self.deterministic(bound):
                continue  # the bound it was declared with is another quantity here
            yield Fact(said, "declared", True)

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
            around=(self, frozenset(scope.near)) if scope.near and not bound and not scope.random else None,
        )

    def at_the_point(self, relation: Relation) -> Facts | None:
        """The facts at the point, if the relation holds around it where it holds there: open, and continuous."""
        if self.around is None or not all(self._stays(relation, v) for v in self.around[1]):
            return None
        return self.around[0]

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
        if isinstance(term, Entry) and isinstance(variable, Entry) and not term.family.random:
            return all(not self.depends(index, variable) for index in term.indices)
        if isinstance(term, Apply) and not term.function.smooth:
            return False
        if isinstance(term, Pow) and self.depends(term.exponent, variable):
            return False  # 0^0 = 1
        if not isinstance(term, _CONTINUOUS):
            needed = term.continuous(lambda part: self.depends(part, variable))
            if needed is None or not set(needed) <= set(term.demanded):
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

    # -- declarations ----------------------------------------------------------------------
    def declarations_of(self, term: Term) -> Iterator[tuple[Symbol, Relation]]:
        """What the declarations of all symbols say of which the term is made, bounds of bounds included."""
        symbols = {base for base, _ in self.speaking.made_of(term) if isinstance(base, Symbol)}
        for symbol in sorted(symbols, key=str):
            yield from ((symbol, relation) for relation in symbol.domain.facts(symbol))

    def about(self, variable: Symbol) -> Iterator[Term]:
        """What is given or declared, of anything that the derivation speaks of, and speaks of the variable:
        it may fail where the variable takes another value."""
        for given in self.given:
            match given:
                case Hypothesis(said, over) if variable not in over and self.depends(said, variable):
                    yield said
                case Proposition() if variable in given.free - frozenset(getattr(given, "indices", ())):
                    yield given
        for line in self.lines:
            for symbol, said in self.declarations_of(line):
                if symbol != variable and self.depends(said, variable):
                    yield said

    def reach(self, variable: Symbol, point: Term) -> tuple[Relation, ...] | None:
        """When the domain of a variable contains a neighbourhood of the point (but for the point); None for never."""
        domain = variable.domain
        if isinstance(point, (Infinity, MinusInfinity)):
            end = domain.upper if isinstance(point, Infinity) else domain.lower
            return () if domain.kind in ("real", "integer") and end is None else None
        if domain.kind != "real":
            return None
        from_above, from_below = (approached_from(variable, point) == one for one in ("+", "-"))
        low = [] if domain.lower is None or from_above else [relation(point, ">", domain.lower)]
        return (*low, *([] if domain.upper is None or from_below else [relation(point, "<", domain.upper)]))

    # -- who speaks of whom ----------------------------------------------------------------
    @lazy
    def speaking(self) -> Speaking:
        """The relation on which every question of dependence stands."""
        return Speaking((*self.definitions, *self.hidden), self.equations, self.laws)

    def speaks_of(self, term: Term) -> Names:
        """The names that matter to a term: written, in sorts, by definition, by what ties them."""
        return self.speaking.of(term)

    def depends(self, term: Term, variable: Term) -> bool:
        """Whether the term may depend on the variable, definitions and hypotheses included."""
        return self.speaking.depends(term, variable)

    def deterministic(self, term: Term) -> bool:
        """Nothing random in it, nor tied to something random by a hypothesis; expectations are numbers."""
        return not self.speaking.random(term)

    def made_of(self, term: Term, beside: Symbol | None = None) -> frozenset[Any]:
        """What is written in the term and its sorts, and in what defines it (but for the definition of one symbol)."""
        here = self
        if beside is not None:
            others = [tuple([d for d in ds if d.lhs != beside]) for ds in (self.definitions, self.hidden)]
            here = self._with(definitions=others[0], hidden=others[1])
        return frozenset([base for base, _ in here.speaking.made_of(term)])

    def tied(self, term: Term) -> bool:
        """A given says what a component of the thing equals, or of what it is made."""
        return self.speaking.is_tied(term)

    def random_parts(self, term: Term) -> frozenset[Term]:
        """The random atoms of a term, those of its defined symbols and functions included."""
        found = random_members(term)
        used: set[Definition] = set()
        pending = [term]
        while pending and (self.definitions or self.hidden):
            written = names_outside(pending.pop())
            for definition in (*self.definitions, *self.hidden):
                if definition not in used and any(meet(n, head) for n in written for head in own(definition.lhs)):
                    used.add(definition)
                    found |= random_members(definition.rhs)
                    pending.append(definition.rhs)
        return found


def law_moments(law: Law | Independent | Distributed) -> Iterator[tuple[Term, Term, tuple[Symbol, ...]]]:
    """E[X_i] = μ_i and Var(X_i) = σ_i², for all i."""
    for family in law.families if isinstance(law, Law) else ():
        assert isinstance(law, Law)
        indices = law.indices or tuple(Symbol(f"i{n}", Domain("integer")) for n in range(len(family.sizes)))
        member = Entry(family, indices)
        if law.mean is not None and not random_members(law.mean):
            yield Expectation(member), law.mean, indices
        if law.variance is not None and not random_members(law.variance):
            yield Variance(member), law.variance, indices


def facts_of(given: tuple[Any, ...], provers: Mapping[type, Prover], lines: tuple[Term, ...] = ()) -> Facts:
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
        elif isinstance(thing, (Law, Independent, Distributed)):
            laws.append(thing)
            if isinstance(thing, Distributed) and not thing.indices:  # what makes it a law is known of its parameters
                relations += [Fact(told, thing.text) for told in thing.law.wanted()]  # type: ignore[attr-defined]
    declared = [law for law in laws if isinstance(law, Law)]
    # σ_i² ≥ 0 is said of the i that a family has, not of every i
    relations += [Fact(told, law.text) for told, law in implied(declared) if not law.indices]
    return Facts(
        tuple(r for r in relations if r.relation.lhs.shape == ()),
        tuple(definitions), tuple(equations), tuple(laws), given, lines, provers=provers,
    )  # fmt: skip


__all__ = ["Fact", "Facts", "Proposition", "Prover", "facts_of"]
