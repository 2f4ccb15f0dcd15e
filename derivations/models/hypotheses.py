"""What a model has to satisfy, sorted by how it can be satisfied.

Definitions and solvable equations are computed, simple bounds steer the
choice of values, laws shape the random variables; all the rest is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Any

from derivations.kernel.reasons import Definition, Hypothesis, Reason
from derivations.models.declared import Declared
from derivations.models.surveying import mentioned, survey
from derivations.records import record
from derivations.terms.arithmetic import (
    Add,
    Div,
    Exp,
    Log,
    Mul,
    Neg,
    Number,
    Pow,
    Sqrt,
    Sub,
    is_literal,
    literal,
)
from derivations.terms.conditioning import ProcessVariable, Realisation
from derivations.terms.defined import Defined
from derivations.terms.distributions import Distributed
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply, Function
from derivations.terms.linear_algebra import Inverse
from derivations.terms.matrices import MatrixProduct, Transpose, is_square
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
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, VectorSymbol

Bound = tuple[str, Fraction]
"""(sign, number): what a value must satisfy."""


@record(frozen=True, eq=False)
class Solved:
    """A hypothesis `relation` that is solved for `atom`; one of `solutions` is taken."""

    atom: Term
    solutions: tuple[Term, ...]
    relation: Relation
    for_all: tuple[Symbol, ...]

    @property
    def random(self) -> bool:
        return isinstance(self.atom, Entry) and self.atom.family.random


@record
class Problem:
    """A link with its hypotheses.

    about:    hypotheses on the variable that tends to its point
    unusable: a hypothesis that no model is certain to satisfy, or None
    wanted:   the symbols whose domains are part of the hypotheses
    grid:     the symbols that run through small discrete values, with their least value
    random:   random variables occur; moments: so do their expectations
    declared: what is said of decision processes and of dependence
    distributions: the laws that were given with a density
    divergent: how many integrals were not found to converge
    defined:  it is given that everything written is defined
    """

    link: Relation
    definitions: dict[Symbol, Term] = field(default_factory=dict)
    functions: dict[Function, list[Definition]] = field(default_factory=dict)
    solved: list[Solved] = field(default_factory=list)
    checks: list[Relation | Proposition] = field(default_factory=list)
    bounds: dict[Symbol, list[Bound]] = field(default_factory=dict)
    patterns: list[tuple[Term, tuple[Symbol, ...], Bound]] = field(default_factory=list)
    laws: dict[Family, list[Law]] = field(default_factory=dict)
    independent: list[frozenset[Family]] = field(default_factory=list)
    unusable: Any = None
    about: list[Term] = field(default_factory=list)
    wanted: list[Symbol] = field(default_factory=list)
    grid: list[tuple[Symbol, int]] = field(default_factory=list)
    sizes: set[Symbol] = field(default_factory=set)  # the symbols of dimensions
    random: bool = False
    moments: bool = False
    declared: Declared = field(default_factory=Declared)
    divergent: int = 0
    distributions: dict[Family, Distributed] = field(default_factory=dict)
    defined: bool = False

    def everywhere(self, function: Function) -> tuple[int, Fraction] | None:
        """(1, c) where all that bounds the function says that it is > c, ≥ c or ≠ c at all arguments; (−1, c) for <."""
        own = [(atom, over, test) for atom, over, test in self.patterns if _owner(atom) == function]
        signs = {sign.rstrip("=") for _, _, (sign, _) in own} - {"!"}
        if len(signs) > 1 or any(s.domain != REAL for _, over, _ in own for s in over):
            return None
        if any(arg not in over for atom, over, _ in own for arg in _arguments(atom)):
            return None
        edges = [edge for _, _, (_, edge) in own]
        return (-1, min(edges)) if "<" in signs else (1, max(edges))


def problem(link: Relation, given: Sequence[Reason], beside: Sequence[Relation] = ()) -> Problem:
    """Sort the hypotheses; `beside` the link other ones may be judged in the same models."""
    made = Problem(link)
    reasons = list(_flat(given))
    terms: list[Term] = [link, *beside]
    relations: list[Hypothesis] = []
    for reason in reasons:
        if made.declared.reads(reason):
            terms.append(reason.relation if isinstance(reason, Definition) else reason)
        elif isinstance(reason, Definition):
            _define(made, reason)
            terms.append(reason.relation)
        elif isinstance(reason, Law):
            terms += [t for t in (reason.mean, reason.variance) if t is not None]
            for family in reason.families:
                made.laws.setdefault(family, []).append(reason)
            if reason.independent:
                made.independent.append(frozenset(reason.families))
        elif isinstance(reason, Distributed):
            terms.append(reason)
            for family in reason.families:
                if family in made.distributions or reason.indices:
                    made.unusable = reason
                made.distributions[family] = reason
            relations += [Hypothesis(told) for told in reason.law.wanted()]  # type: ignore[attr-defined]
        elif isinstance(reason, Independent):
            made.independent.append(frozenset(reason.families))
        elif isinstance(reason, (Hypothesis, Relation)):
            relations.append(reason if isinstance(reason, Hypothesis) else Hypothesis(reason))
        elif isinstance(reason, Defined):
            made.defined = True  # a link is refuted only where both of its sides are defined
        elif isinstance(reason, Proposition):
            made.checks.append(reason)
            terms.append(reason)
        else:
            made.unusable = reason
    declared = [reason for reason in reasons if isinstance(reason, Law)]
    relations += [Hypothesis(told, law.indices) for told, law in implied(declared)]
    every = [*terms, *(h.relation for h in relations)]
    made.moments = any(not term.kinds.isdisjoint((Expectation, Variance, Covariance)) for term in every)
    for hypothesis in relations:
        _sort(made, hypothesis)
        terms.append(hypothesis.relation)
    computed = [_owner(s.atom) for s in made.solved if s.for_all]
    if any(_owner(atom) in computed for atom, _, _ in made.patterns):
        made.unusable = "a bound on what is computed"
    free: list[tuple[Term, tuple[Symbol, ...]]]
    free = [(reason.relation, reason.parameters) for reason in reasons if isinstance(reason, Definition)]
    free += [(h.relation, h.for_all) for h in relations]
    free += [(t, law.indices) for law in declared for t in (law.mean, law.variance) if t is not None]
    free += [(check, ()) for check in made.checks]
    if link.variable is not None:
        made.about = [term for term, own in free for s in mentioned(term) if s not in own and s == link.variable]
    made.declared.survey(terms, reasons)
    made.unusable = made.unusable or made.declared.unusable
    survey(made, terms, [*((one, ()) for one in (link, *beside)), *free])
    return made


def _flat(given: Iterable[Reason]) -> Iterator[Reason]:
    """The hypotheses, with those of every cited derivation in its place."""
    for reason in given:
        if hasattr(reason, "steps") and hasattr(reason, "given"):
            yield from _flat(reason.given)
        else:
            yield reason


def _define(made: Problem, reason: Definition) -> None:
    if isinstance(reason.lhs, Apply):
        for other in made.functions.get(reason.lhs.function, ()):
            if not _apart(other.lhs, reason.lhs):
                made.unusable = reason  # defined twice
        made.functions.setdefault(reason.lhs.function, []).append(reason)
    elif isinstance(reason.lhs, Symbol) and reason.lhs not in made.definitions:
        made.definitions[reason.lhs] = reason.rhs
    else:  # defined twice: both must hold
        made.checks.append(reason.relation)


def _sort(made: Problem, hypothesis: Hypothesis) -> None:
    relation, for_all = hypothesis.relation, hypothesis.for_all
    over = tuple(s for s in for_all if s in mentioned(relation))
    if any(isinstance(member, ProcessVariable) for member in random_members(relation)):
        made.declared.sure.append(relation)
        made.unusable = made.unusable or (hypothesis if over else None)
        return
    bound = _bound(relation)
    if bound is not None:
        atom, test = bound
        if isinstance(atom, Symbol) and not over:
            made.bounds.setdefault(atom, []).append(test)
        elif over and _is_pattern(atom, over) and _is_chosen(made, atom):
            made.patterns.append((atom, over, test))
            return
    solved = _solve(made, relation, over) if relation.sign == "=" else None
    if solved is not None:
        made.solved.append(solved)
    chance = randomly(relation) and not _of_one_outcome(made, relation)
    if solved is None and (over or chance):
        made.unusable = hypothesis
    elif not over and not chance:
        made.checks.append(relation)


def _of_one_outcome(made: Problem, relation: Relation) -> bool:
    """Whether it may be read of one outcome: no moment is asked for, and the laws leave room for it.

    Variables without a law may be constants; `≠` fails with probability 0 at
    most for a Gaussian, and some law with a given mean and variance avoids any value.
    """
    lawful = any(_has_law(made, t.family) for t in relation.walk() if isinstance(t, (Entry, Row)))
    return not made.moments and (relation.sign == "!=" or not lawful)


def _bound(relation: Relation) -> tuple[Term, Bound] | None:
    """`atom sign number`, if that is what it says."""
    if relation.sign not in ("<", "<=", ">", ">=", "!="):
        return None
    for said in (relation, relation.turned):
        if isinstance(said.lhs, (Symbol, Entry, Apply)) and is_literal(said.rhs):
            return said.lhs, (said.sign, literal(said.rhs))
    return None


def _arguments(atom: Term) -> tuple[Term, ...]:
    return atom.args if isinstance(atom, Apply) else atom.indices if isinstance(atom, Entry) else ()


def _is_pattern(atom: Term, over: Sequence[Symbol]) -> bool:
    """Each symbol of `over` is an argument of its own, and occurs in no other one."""
    arguments = _arguments(atom)
    return all(arguments.count(s) == 1 and sum(s in a.free for a in arguments) == 1 for s in over)


def _is_chosen(made: Problem, atom: Term) -> bool:
    """Its values are picked, neither computed nor random."""
    if isinstance(atom, Apply):
        return atom.function not in made.functions
    return isinstance(atom, Entry) and not atom.family.random


def _apart(a: Term, b: Term) -> bool:
    """Written with different literals in one place, so that no application is of both kinds."""
    pairs = zip(_arguments(a), _arguments(b), strict=False)
    return any(is_literal(x) and is_literal(y) and literal(x) != literal(y) for x, y in pairs)


def _owner(atom: Term) -> Any:
    return atom.function if isinstance(atom, Apply) else atom.family if isinstance(atom, Entry) else atom


def randomly(term: Term) -> bool:
    """Mentions a random variable itself, not only its moments."""
    if isinstance(term, (Expectation, Variance, Covariance)):
        return False
    owner = getattr(term, "family", None)
    return (owner is not None and owner.random) or any(randomly(child) for child in averaged_out(term))


# -- solving -------------------------------------------------------------------------
def _solve(made: Problem, relation: Relation, over: tuple[Symbol, ...]) -> Solved | None:
    chance = randomly(relation)
    for atom in _candidates(made, relation):
        if over and not _is_pattern(atom, over):
            continue
        lawless = isinstance(atom, Entry) and atom.family.random and not _has_law(made, atom.family)
        if chance and not lawless:
            continue
        solutions = _isolated(relation, atom)
        if solutions and not any(_reaches(made, s, atom) for s in solutions):
            return Solved(atom, solutions, relation, over)
    return None


def _has_law(made: Problem, family: Family) -> bool:
    return family in made.laws or family in made.distributions or any(family in group for group in made.independent)


def _candidates(made: Problem, relation: Relation) -> list[Term]:
    """Atoms an equation may be solved for: a whole side first, then members and functions, then symbols."""
    found: list[Term] = []
    for term in relation.walk():
        free = (
            (isinstance(term, Symbol) and term.domain.kind in ("real", "integer") and term not in made.definitions)
            and not isinstance(term, Realisation)
            or isinstance(term, Entry)
            or (isinstance(term, Apply) and term.function not in made.functions and term.shape == ())
            or (isinstance(term, Component) and isinstance(term.vector, VectorSymbol))
        )  # fmt: skip
        taken = any(_owner(s.atom) == _owner(term) and _overlap(s, term) for s in made.solved)
        if free and not taken and term not in found:
            found.append(term)

    def rank(term: Term) -> int:
        if term in (relation.lhs, relation.rhs):
            return 0
        if not isinstance(term, Symbol):
            return 1
        return 3 if term.domain.kind == "integer" else 2

    return sorted(found, key=rank)


def _overlap(found: Solved, term: Term) -> bool:
    """Whether what is solved already may compute `term`."""
    return found.atom == term or (bool(found.for_all) and not _apart(found.atom, term))


def _isolated(relation: Relation, atom: Term) -> tuple[Term, ...]:
    left, right = _count(relation.lhs, atom), _count(relation.rhs, atom)
    if left + right != 1:
        return ()
    side, other = (relation.lhs, relation.rhs) if left else (relation.rhs, relation.lhs)
    return tuple(isolate(side, other, atom))


def _count(term: Term, atom: Term) -> int:
    return 1 if term == atom else sum(_count(child, atom) for child in term.children)


def isolate(side: Term, other: Term, atom: Term) -> Iterator[Term]:
    """What `atom` is where side = other; `atom` occurs once, in `side`. Nothing if no operation undoes it."""
    if side == atom:
        yield other
        return
    rest: tuple[Term, Term]
    match side:
        case Add(a, b):
            rest = (a, Sub(other, b)) if atom in a.walk_set else (b, Sub(other, a))
        case Sub(a, b):
            rest = (a, Add(other, b)) if atom in a.walk_set else (b, Sub(a, other))
        case Neg(a):
            rest = (a, Neg(other))
        case Mul(a, b) if a.shape == b.shape == ():
            rest = (a, Div(other, b)) if atom in a.walk_set else (b, Div(other, a))
        case Mul(a, b) if not a.shape and atom in b.walk_set or not b.shape and atom in a.walk_set:
            rest = (b, Div(other, a)) if atom in b.walk_set else (a, Div(other, b))
        case MatrixProduct(a, b) if atom in b.walk_set and is_square(a):
            rest = (b, MatrixProduct(Inverse(a), other))
        case MatrixProduct(a, b) if atom in a.walk_set and is_square(b):
            rest = (a, MatrixProduct(other, Inverse(b)))
        case Transpose(a):
            rest = (a, Transpose(other))
        case Div(a, b):
            rest = (a, Mul(other, b)) if atom in a.walk_set else (b, Div(a, other))
        case Exp(a):
            rest = (a, Log(other))
        case Log(a):
            rest = (a, Exp(other))
        case Pow(a, Number(n)) if n == 2:
            yield from isolate(a, Sqrt(other), atom)
            rest = (a, Neg(Sqrt(other)))
        case _:
            return
    yield from isolate(rest[0], rest[1], atom)


def _reaches(made: Problem, start: Term, goal: Term) -> bool:
    """Whether `start`, unfolded by what is already computed, mentions `goal`."""
    seen: set[Term] = set()
    waiting = [start]
    while waiting:
        for term in waiting.pop().walk():
            if term == goal:
                return True
            if term in seen:
                continue
            seen.add(term)
            waiting += [s for found in made.solved if found.atom == term for s in found.solutions]
            if isinstance(term, Symbol) and term in made.definitions:
                waiting.append(made.definitions[term])
            if isinstance(term, Apply):
                waiting += [d.rhs for d in made.functions.get(term.function, ())]
    return False
