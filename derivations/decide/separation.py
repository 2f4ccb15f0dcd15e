"""Conditional independence by d-separation in a declared graph, for a process on its time-slice template.

Koller and Friedman, Probabilistic Graphical Models, theorem 3.3: what is
d-separated is independent in every distribution that factorises over the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from derivations.decide.observing import sure_once_observed
from derivations.records import record
from derivations.terms.arithmetic import Add, Number, Sub
from derivations.terms.conditioning import ConditionallyIndependent, DependenceGraph, ProcessVariable, tidied
from derivations.terms.probability import averaged_out
from derivations.terms.processes import Markov
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Graph = dict[Any, frozenset[Any]]
"""Each vertex with its parents."""


def d_separated(graph: Graph, left: Iterable[Any], right: Iterable[Any], given: Iterable[Any]) -> bool:
    """No path joins left and right in the moral graph of the ancestors of all three, once `given` is removed."""
    left, right, given = set(left), set(right), set(given)
    if left & right - given:
        return False
    ancestors = _ancestors(graph, left | right | given)
    neighbours: dict[Any, set[Any]] = {v: set() for v in ancestors}
    for vertex in ancestors:
        family = {vertex, *graph[vertex]}
        for member in family:
            neighbours[member] |= family
    reached, pending = set(), list(left - given)
    while pending:
        vertex = pending.pop()
        if vertex not in reached:
            reached.add(vertex)
            pending += neighbours[vertex] - given - reached
    return not reached & right


def _ancestors(graph: Graph, vertices: set[Any]) -> set[Any]:
    found, pending = set(), list(vertices)
    while pending:
        vertex = pending.pop()
        if vertex not in found:
            found.add(vertex)
            pending += graph[vertex]
    return found


# -- the template of a process -----------------------------------------------------------
@record(frozen=True)
class Occurrence:
    """X_{rest + offset}; with `tail`, all X from that time on."""

    letter: str
    rest: Term | None
    offset: int
    tail: bool = False


class NotOnTemplate(Exception):
    """A variable that is not placed relative to the others."""


def template(low: int, high: int) -> Graph:
    """S_n → A_n, (S_n, A_n) → (R_n, S_{n+1}) jointly, for the slices low … high.

    What is before them is one vertex, and what is after them another: the
    state alone connects them with the slices.
    """
    graph: Graph = {"before": frozenset(), ("S", low): frozenset({"before"})}
    for n in range(low, high + 1):
        graph["A", n] = frozenset({("S", n)})
        graph["outcome", n] = frozenset({("S", n), ("A", n)})
        graph["R", n] = frozenset({("outcome", n)})
        graph["S", n + 1] = frozenset({("outcome", n)})
    graph["after"] = frozenset({("S", high + 1)})
    return graph


def separated_on_template(left: list[Occurrence], right: list[Occurrence], given: list[Occurrence]) -> bool:
    """d-separation of the variables of a process, whatever its horizon."""
    everything = [*left, *right, *given]
    if len({o.rest for o in everything}) > 1 or any(o.tail for o in given):
        return False  # times that cannot be compared
    low, high = min(o.offset for o in everything), max(o.offset for o in everything)
    graph = template(low, high)

    def vertices(some: list[Occurrence]) -> set[Any]:
        found: set[Any] = set()
        for o in some:
            found |= (
                {(o.letter, n) for n in range(o.offset, high + 1)} | {"after"} if o.tail else {(o.letter, o.offset)}
            )
        return found

    return d_separated(graph, vertices(left), vertices(right), vertices(given))


def occurrences(term: Term, process: Any, facts: Facts, grounds: list[str]) -> list[Occurrence]:
    """Where the random variables of a term lie, what is defined (G_t) written out; NotOnTemplate if that is unknown."""
    return _occurrences(term, process, facts, grounds, {})


def _occurrences(
    term: Term, process: Any, facts: Facts, grounds: list[str], lows: dict[Symbol, Term]
) -> list[Occurrence]:
    if isinstance(term, ProcessVariable):
        return _of_variable(term, process, facts, grounds, lows)
    if isinstance(term, Sum):
        return _occurrences(term.body, process, facts, grounds, {**lows, term.variable: term.low})
    if getattr(getattr(term, "family", None), "random", False):
        raise NotOnTemplate
    return [o for child in averaged_out(term) for o in _occurrences(child, process, facts, grounds, lows)]


def _of_variable(
    term: ProcessVariable, process: Any, facts: Facts, grounds: list[str], lows: dict[Symbol, Term]
) -> list[Occurrence]:
    if term.sequence in (process.S, process.A, process.R):
        moving = term.time.free & frozenset(lows)
        if any(not _is_shift(term.time, index) for index in moving) or len(moving) > 1:
            raise NotOnTemplate
        rest, offset = _split(term.time.substitute({index: lows[index] for index in moving}))
        return [Occurrence(term.sequence.letter, rest, offset, bool(moving))]
    for definition in facts.definitions:
        left = definition.lhs
        if isinstance(left, ProcessVariable) and left.sequence == term.sequence and left.time in definition.parameters:
            if not sure_once_observed(definition.rhs, facts):
                raise NotOnTemplate
            grounds.append(definition.name)
            return _occurrences(definition.rhs.substitute({left.time: term.time}), process, facts, grounds, lows)
    raise NotOnTemplate


def _is_shift(time: Term, index: Symbol) -> bool:
    """… + index, which takes the values low, low + 1, …"""
    match time:
        case Symbol():
            return time == index
        case Add(a, b):
            return any(_is_shift(x, index) and index not in y.free for x, y in ((a, b), (b, a)))
        case Sub(a, b):
            return _is_shift(a, index) and index not in b.free
    return False


def _split(time: Term) -> tuple[Term | None, int]:
    match tidied(time):
        case Number(n):
            rest, count = None, n
        case Add(a, Number(n)):
            rest, count = a, n
        case Sub(a, Number(n)):
            rest, count = a, -n
        case other:
            rest, count = other, 0  # type: ignore[assignment]
    if count != int(count):
        raise NotOnTemplate
    return rest, int(count)


# -- the proposition ---------------------------------------------------------------------
def conditionally_independent(proposition: ConditionallyIndependent, facts: Facts) -> tuple[str, ...] | None:
    """By the Markov property of the process, or by a declared dependence graph."""
    for thing in facts.given:
        if isinstance(thing, Markov):
            by = on_template(proposition, thing.process, facts)
            if by is not None:
                return (thing.name, *by)
        if isinstance(thing, DependenceGraph) and on_graph(proposition, thing):
            return (thing.text,)
    return None


def on_template(proposition: ConditionallyIndependent, process: Any, facts: Facts) -> tuple[str, ...] | None:
    """The definitions that were used, if the variables are separated on the template; else None."""
    grounds: list[str] = []
    everything = (*proposition.left, *proposition.right, *proposition.given)
    if not all(isinstance(term, ProcessVariable) for term in everything):
        return None
    try:
        sides = [
            [o for term in side for o in occurrences(term, process, facts, grounds)]
            for side in (proposition.left, proposition.right, proposition.given)
        ]
    except NotOnTemplate:
        return None
    if not sides[0] or not sides[1] or set(sides[1]) & set(sides[2]):
        return None  # of a variable that is given twice no value is left out: the two may differ, which is impossible
    return tuple(dict.fromkeys(grounds)) if separated_on_template(sides[0], sides[1], sides[2]) else None


def on_graph(proposition: ConditionallyIndependent, declared: DependenceGraph) -> bool:
    """d-separated in the declared graph, of which all variables must be vertices."""
    graph: Graph = {vertex: frozenset() for vertex in (*declared.tails, *declared.heads)}
    for tail, head in zip(declared.tails, declared.heads, strict=True):
        graph[head] |= {tail}
    sides = (proposition.left, proposition.right, proposition.given)
    if not all(vertex in graph for side in sides for vertex in side) or not proposition.left or not proposition.right:
        return False
    if set(proposition.right) & set(proposition.given):  # given twice, perhaps with two values
        return False
    return d_separated(graph, *sides)


PROVERS = {ConditionallyIndependent: conditionally_independent}
