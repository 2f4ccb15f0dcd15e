"""Who speaks of whom: the one relation on which every question of dependence stands.

A thing speaks of the names that are written in it and in their sorts; of what
a definition of one of these is made of; of what an equation, or a law with
moments that are not numbers, ties to any of them. It is the least such set:
what is not in it is known not to matter, and of all else nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from derivations.context.given import Definition, Hypothesis
from derivations.context.names import (
    Name,
    Names,
    is_random,
    meet,
    mentioned_outside,
    names,
    names_outside,
    own,
    spoken,
    unbound,
)
from derivations.records import record
from derivations.terms.distributions import Distributed
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.probability import Law
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term


@record(frozen=True, eq=False)
class Tie:
    """Whoever speaks of one of the heads speaks of all that is told.

    written: what is written on the right side of a definition, without sorts
    outside: what is told, but for what is averaged out; None where it does not make anything random
    """

    heads: tuple[Name, ...]
    told: Names
    written: Names = frozenset()
    outside_heads: tuple[Name, ...] = ()
    outside: Names | None = None
    definition: bool = False


def _of_definition(definition: Definition) -> Tie:
    heads = tuple(own(definition.lhs))[:1]
    asked = frozenset[Symbol]().union(*(r.free for r in definition.requires))
    own_names = [(p, ()) for p in definition.parameters if p not in asked]  # what v is made of may move with its time
    told, outside = (speak(definition.rhs).difference(own_names) for speak in (spoken, names_outside))
    return Tie(heads, told, unbound(definition.rhs).difference(own_names), heads, outside, definition=True)


def _of_equation(equation: Hypothesis) -> Tie:
    said, over = equation.relation, [(symbol, ()) for symbol in equation.for_all]
    told, outside = (speak(said).difference(over) for speak in (spoken, names_outside))
    return Tie(_heads(unbound(said), over), told, frozenset(), _heads(mentioned_outside(said), over), outside)


def _heads(written: Names, over: Sequence[Any]) -> tuple[Name, ...]:
    """An element of a space is an index: that f(s) and g(s) are equal ties f to g, and not what else is said of s."""
    return tuple([n for n in written if n not in over and getattr(n[0], "shape", ()) is not None])


def law_ties(law: Any) -> Iterator[Relation]:
    """A law ties the members of its families to the letters of their mean and variance."""
    if isinstance(law, Distributed):
        yield from law.ties()
    elif isinstance(law, Law):
        for moment in (law.mean, law.variance):
            if moment is not None and moment.free:
                for family in law.families:
                    indices = law.indices or tuple(Symbol(f"i{n}") for n in range(len(family.sizes)))
                    yield Relation(Entry(family, indices), "=", moment)


def _of_law(law: Any) -> Iterator[Tie]:
    for said in law_ties(law):
        assert isinstance(said.lhs, Entry)
        over = [(index, ()) for index in said.lhs.indices]
        yield Tie(_heads(unbound(said), over), spoken(said).difference(over))


class Speaking:
    """The relation, for the definitions, equations and laws of a context; what was worked out is kept."""

    def __init__(self, definitions: Sequence[Definition], equations: Sequence[Hypothesis], laws: Sequence[Any]) -> None:
        ties = [_of_definition(d) for d in definitions]
        ties += [_of_equation(e) for e in equations]
        ties += [tie for law in laws for tie in _of_law(law)]
        self.ties = tuple(ties)
        self._all = self._by_base(lambda tie: tie.heads)
        self._defining = {base: [t for t in found if t.definition] for base, found in self._all.items()}
        self._outside = self._by_base(lambda tie: tie.outside_heads if tie.outside is not None else ())
        self._of: dict[Term, Names] = {}
        self._made: dict[Term, Names] = {}
        self._depends: dict[tuple[Term, Term], bool] = {}
        self._random: dict[Term, bool] = {}

    def _by_base(self, heads: Any) -> dict[Any, list[Tie]]:
        found: dict[Any, list[Tie]] = {}
        for tie in self.ties:
            for base in {base for base, _ in heads(tie)}:
                found.setdefault(base, []).append(tie)
        return found

    def _closed(self, start: Names, index: dict[Any, list[Tie]], *, outside: bool = False) -> Names:
        if not index:
            return start
        found, pending = set(start), list(start)
        used: set[Tie] = set()
        while pending:
            name = pending.pop()
            for tie in index.get(name[0], ()):
                heads = tie.outside_heads if outside else tie.heads
                if tie not in used and any([meet(name, head) for head in heads]):
                    used.add(tie)
                    told = tie.outside if outside else tie.told
                    more = (told or frozenset()) - found
                    found |= more
                    pending += more
        return frozenset(found)

    def of(self, term: Term) -> Names:
        """All that the term speaks of."""
        found = self._of.get(term)
        if found is None:
            found = self._of[term] = self._closed(spoken(term), self._all)
        return found

    def made_of(self, term: Term) -> Names:
        """What is written in the term, and in the definitions of what is written in it."""
        found = self._made.get(term)
        if found is None:
            found = self._made[term] = self._closed(names(term), self._defining)
        return found

    def moved(self, variable: Term) -> Names:
        """What moves with a variable: itself, and if it is defined what it is made of."""
        first = frozenset(tuple(own(variable))[:1])
        found, pending = set(first), list(first)
        used: set[Tie] = set()
        while pending:
            name = pending.pop()
            for tie in self._defining.get(name[0], ()):
                if tie not in used and any([meet(name, head) for head in tie.heads]):
                    used.add(tie)
                    found |= tie.written
                    pending += tie.written
        return frozenset(found)

    def depends(self, term: Term, variable: Term) -> bool:
        """Whether the term may depend on the variable."""
        key = (term, variable)
        if key not in self._depends:
            self._depends[key] = self._unspecified(term) or self._meets(self.of(term), self.moved(variable))
        return self._depends[key]

    @staticmethod
    def _meets(these: Names, those: Names) -> bool:
        bases = {base for base, _ in those}
        return any([name[0] in bases and any([meet(name, other) for other in those]) for name in these])

    def _unspecified(self, term: Term) -> bool:
        """A function of which only a definition says what it depends on, and there is none."""
        if Apply not in term.kinds:
            return False
        functions = {t.function for t in term.walk_set if isinstance(t, Apply) and t.function.unspecified}
        return any(not self._defining.get(function) for function in functions)

    def random(self, term: Term) -> bool:
        """Whether the term may be random: it speaks, outside of averages, of something that is."""
        found = self._random.get(term)
        if found is None:
            reached = self._closed(names_outside(term), self._outside, outside=True)
            found = self._random[term] = any([is_random(name) for name in reached])
        return found

    def is_tied(self, variable: Term) -> bool:
        """An equation or a definition says something of a component of what the variable is, or is a component of."""
        bases = {base for base, _ in own(variable)}
        return any([base in bases for tie in self.ties for base, _ in tie.heads])


__all__ = ["Speaking", "Tie", "law_ties"]
