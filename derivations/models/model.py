"""A finite model: a value for every term that has one.

Symbols, members and functions get small values when they are first asked for,
in a fixed order; what is defined, or solved from an equation, is computed.
Two kinds of variables come on top: bound ones (sums, parameters), and `moved`
ones, along which one differentiates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from derivations.models import numbers
from derivations.models.comparison import all_of, any_of, compare, same
from derivations.models.constraints import settle
from derivations.models.derivatives import Derivatives
from derivations.models.functions import FunctionValues
from derivations.models.hypotheses import Problem, Solved
from derivations.models.laws import Laws
from derivations.models.matrices import Matrices
from derivations.models.numbers import ONE, Dual, Element, NoValue, Undefined, Value
from derivations.models.operations import LONGEST, Operations
from derivations.models.outcomes import Outcomes
from derivations.models.picking import Picker
from derivations.models.processes import Processes
from derivations.records import record
from derivations.terms.arithmetic import Infinity
from derivations.terms.conditioning import Realisation
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply
from derivations.terms.matrices import MatrixSymbol
from derivations.terms.matrix_properties import MatrixProperty
from derivations.terms.relations import Relation
from derivations.terms.statements import Compound
from derivations.terms.sums import IsInteger
from derivations.terms.symbols import REAL, Domain, Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, VectorSymbol

Key = tuple[Any, ...]
Bindings = dict[Symbol, Any]


@record(frozen=True)
class Choice:
    """Which model: values of the grid symbols, and the number of the filling.

    smooth: functions are polynomials, which one can differentiate; else tables
    least:  all numbers are as near to 0 as they may be
    longest: the largest dimension, and a fourth of the longest sum
    """

    grid: tuple[tuple[Symbol, Any], ...]
    filling: int
    smooth: bool = False
    least: bool = False
    longest: int = LONGEST


class Model(FunctionValues, Outcomes, Laws, Processes, Derivatives, Matrices, Operations):
    """One finite model of a problem, see the module; call it with a term.

    Raises `numbers.NoValue` (or `Undefined`, a kind of it) for terms it has no
    value for. Balls have the precision that is current (`numbers.precision`).
    """

    def __init__(self, problem: Problem, choice: Choice) -> None:
        self.problem = problem
        self.choice = choice
        self.smooth = choice.smooth
        self.picker = Picker(choice.filling, choice.least)
        self.known: dict[Key, Any] = {}
        self.used: dict[Key, None] = {}
        self.bound: dict[Symbol, Any] = {}
        self.moved: dict[Key, tuple[int, ...]] = {}
        self.shifted: dict[Key, Value] = {}
        self.pending: set[Key] = set()
        self.lengths: dict[Term, int] = {}
        self.generated: dict[Symbol, Any] = {}
        self.depth = 0
        self.work = 0
        self.solved: dict[Key, tuple[Solved, Term]] = {}
        self.unsolved: list[Relation] = []
        self.start_outcomes(problem, choice.filling)
        self.start_laws()
        self.start_processes()
        for symbol, value in choice.grid:
            self.known["symbol", symbol] = self(value) if isinstance(value, Term) else value
        self._settle()

    def __call__(self, term: Term) -> Value:
        self.work += 1
        value: Value = term.value(self)
        return value

    # -- hypotheses ------------------------------------------------------------------
    def _settle(self) -> None:
        """Say which atom each solved equation computes; where two meet, one is a check."""
        for found in self.problem.solved:
            if found.for_all:
                continue
            key = self.key(found.atom)
            if key in self.solved or key in self.known:
                self.unsolved.append(found.relation)
            else:
                self.solved[key] = (found, self.one_of(found.solutions))

    def one_of(self, solutions: Sequence[Term]) -> Term:
        return solutions[self.choice.filling % len(solutions)]

    def key(self, atom: Term) -> Key:
        """Which number an atom names: its symbol, or member, or function with its arguments."""
        if isinstance(atom, Symbol):
            return ("symbol", atom)
        if isinstance(atom, Entry):
            return ("entry", atom.family, tuple(numbers.integer(self(i)) for i in atom.indices))
        if isinstance(atom, Component) and isinstance(atom.vector, VectorSymbol):
            return ("vector", atom.vector, numbers.integer(self(atom.index)) - 1)
        if isinstance(atom, Component) and isinstance(atom.vector, Row):
            row, last = atom.vector, atom.index
            return ("entry", row.family, tuple(numbers.integer(self(i)) for i in (*row.indices, last)))
        call, part = atom, 0
        if isinstance(atom, Component):
            call, part = atom.vector, numbers.integer(self(atom.index)) - 1
        if not isinstance(call, Apply):
            raise NoValue("no atom")
        return ("apply", call.function, self.argument_key(tuple(self(a) for a in call.args)), part)

    def holds(self) -> bool:
        """Whether every hypothesis is certainly true here."""
        if self.problem.unusable is not None:
            return False
        settle(self, self.unsolved_equations())
        for symbol in self.problem.wanted:
            if (
                isinstance(symbol, (VectorSymbol, MatrixSymbol))
                or symbol.domain.kind == "space"
                or symbol.domain == REAL
            ):
                continue
            if self.member(self(symbol), symbol.domain, symbol) is not True:
                return False
        for check in self.problem.checks:
            verdict = self.truth(check)
            # an equation with balls is certain only where it was solved
            by_construction = {id(f.relation) for key, (f, _) in self.solved.items() if key in self.known}
            if verdict is not True and not (verdict is None and id(check) in by_construction):
                return False
        if not all(self.truth(relation) is True for relation in self.unsolved):
            return False
        if not all(self.surely(relation) for relation in self.problem.declared.sure):
            return False
        return not self.drawn  # a hypothesis on one outcome is none on the others

    def unsolved_equations(self) -> list[Relation]:
        """The equations between numbers that nothing was solved by."""
        computing = {id(found.relation) for found, _ in self.solved.values()}
        checks = [*self.problem.checks, *self.unsolved]
        return [c for c in checks if isinstance(c, Relation) and c.sign == "=" and c.variable is None
                and id(c) not in computing and c.lhs.shape == ()]  # fmt: skip

    def member(self, value: Any, domain: Domain, symbol: Symbol) -> bool | None:
        """Whether value lies in the domain; None if that is not certain."""
        if domain.kind == "space":
            return isinstance(value, Element) and value.space == domain.name
        if domain.kind == "finite":
            return any_of(numbers.sign(numbers.subtract(value, self(v))) for v in domain.values)
        if isinstance(value, Dual):  # only a number inside of the domain can move
            if domain.discrete:
                return None
            here = numbers.at_rest(value)
            inside = all_of(compare(here, "!=", self(fact.rhs)) for fact in domain.facts(symbol))
            return inside and self.member(here, domain, symbol)
        if domain.kind == "integer" and (not isinstance(value, Fraction) or value.denominator != 1):
            return False if isinstance(value, Fraction) else None
        shadow = Symbol(symbol.name, Domain("real"), -1)
        with self.binding({shadow: value}):
            return all_of(self.truth(fact) for fact in domain.facts(shadow))

    def truth(self, statement: Term) -> bool | None:
        """Whether the statement is true; None where balls leave it open. Raises NoValue."""
        if isinstance(statement, IsInteger):
            value = self(statement.term)
            return value.denominator == 1 if isinstance(value, Fraction) else None
        if isinstance(statement, (MatrixProperty, Compound)):
            return statement.holds(self)  # type: ignore[no-any-return]
        if not isinstance(statement, Relation):
            raise NoValue("no finite meaning")
        if statement.sign == "<=>":
            left, right = self.truth(statement.lhs), self.truth(statement.rhs)
            return None if left is None or right is None else left == right
        if statement.sign == "=>":
            left, right = self.truth(statement.lhs), self.truth(statement.rhs)
            return True if left is False or right is True else None if left is None or right is None else False
        return compare(self(statement.lhs), statement.sign, self(statement.rhs))

    # -- scopes --------------------------------------------------------------------------
    @contextmanager
    def binding(self, values: dict[Symbol, Any], *, only: bool = False) -> Iterator[None]:
        """With these bound variables on top of the present ones, or `only` these."""
        before = self.bound
        self.bound = values if only else {**before, **values}
        try:
            yield
        finally:
            self.bound = before

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """With nothing bound and nothing moved: hypotheses speak of the point itself."""
        before = self.bound, self.moved, self.shifted
        self.bound, self.moved, self.shifted = {}, {}, {}
        try:
            yield
        finally:
            self.bound, self.moved, self.shifted = before

    def look_up(self, key: Key, choose: Callable[[], Any]) -> Value:
        """The number under `key`, computed or chosen the first time, moved if it is a variable."""
        self.used.setdefault(key)
        if key not in self.known:
            if key in self.solved:
                self.known[key] = self._solution(key)
            else:
                with self.at_rest():
                    self.known[key] = choose()
        return self.moving(key, self.known[key])

    def moving(self, key: Key, value: Value) -> Value:
        if key in self.shifted:
            value = numbers.add(value, self.shifted[key])
        for tag in self.moved.get(key, ()):
            value = Dual(tag, value, ONE)
        return value

    def _solution(self, key: Key) -> Value:
        found, solution = self.solved[key]
        with self.unfolding(key), self.at_rest():
            value = self(solution)
        if not isinstance(value, Fraction) and found.atom.shape == () and not _plain(value):
            raise NoValue("solved by no number")
        if key[0] in ("entry", "apply") and not all(
            compare(value, sign, bound) is True for sign, bound in self.pattern_tests(key[1], key[2])
        ):
            raise NoValue("solved by a number out of bounds")
        return value

    @contextmanager
    def unfolding(self, key: Key) -> Iterator[None]:
        if key in self.pending or len(self.pending) > 50:
            raise NoValue("computed in a circle")
        self.pending.add(key)
        try:
            yield
        finally:
            self.pending.discard(key)

    # -- atoms -----------------------------------------------------------------------------
    def symbol(self, symbol: Symbol) -> Value:
        if symbol in self.bound:
            value: Value = self.bound[symbol]
            return value
        if isinstance(symbol, Realisation):
            return self.realisation(symbol)
        key = ("symbol", symbol)
        if symbol in self.problem.definitions:
            if key in self.moved:
                raise NoValue("differentiation by a defined symbol")
            self.used.setdefault(key)
            with self.unfolding(key), self.binding({}, only=True):
                return self(self.problem.definitions[symbol])
        if symbol.domain.kind == "space":
            return self.look_up(key, lambda: Element(symbol.domain.name, 1))
        return self.look_up(key, lambda: self.picker.number(self.tests(symbol)))

    def tests(self, symbol: Symbol) -> list[tuple[str, Fraction]]:
        """Bounds on a symbol, from its domain and from simple hypotheses."""
        found = list(self.problem.bounds.get(symbol, ()))
        for fact in symbol.domain.facts(symbol):
            limit = self(fact.rhs)
            if isinstance(limit, Fraction):
                found.append((fact.sign, limit))
        return found

    def vector(self, symbol: VectorSymbol) -> Value:
        if symbol in self.bound:
            value: Value = self.bound[symbol]
            return value
        if symbol in self.problem.definitions:
            return self.symbol(symbol)
        if ("symbol", symbol) in self.solved:
            return self.look_up(("symbol", symbol), lambda: ())
        return tuple(
            self.look_up(("vector", symbol, i), lambda: self.picker.number([])) for i in range(self.size(symbol.length))
        )

    def size(self, size: Term) -> int:
        """A dimension; Undefined for what is none."""
        if size in self.lengths:
            self.used.update(dict.fromkeys(("symbol", s) for s in sorted(size.free, key=str)))
            return self.lengths[size]
        with self.at_rest():
            length = numbers.integer(self(size))
        if length < 0:
            raise Undefined("a dimension below 0")
        if length > self.choice.longest:
            raise NoValue("a dimension too large to evaluate")
        self.lengths[size] = length
        return length

    def entry(self, family: Family, indices: Sequence[Value]) -> Value:
        place = tuple(i if isinstance(i, int) else numbers.integer(i) for i in indices)
        for index, size in zip(place, family.sizes, strict=True):
            if index < 1 or (not isinstance(size, Infinity) and index > self.size(size)):
                raise Undefined("an index out of range")
        key = ("entry", family, place)
        pattern = self.pattern_value(family, place)
        if pattern is not None:
            return pattern
        if family.random:
            return self.random_entry(key)
        return self.look_up(key, lambda: self.picker.number(self.pattern_tests(family, place)))

    def row(self, family: Family, indices: Sequence[Value], length: Value) -> Value:
        count = numbers.integer(length)
        return tuple(
            self.entry(family, (*indices, Fraction(t))) for t in range(1, min(count, self.choice.longest + 1) + 1)
        )

    # -- for all: equations and bounds that hold for every index or argument ------------------
    def pattern_value(self, owner: Any, arguments: Sequence[Any]) -> Value | None:
        """What a hypothesis `for_all` makes of this member or application; None if it says nothing."""
        for found in self.problem.solved:
            if not found.for_all:
                continue
            values = self.match(found.atom, owner, arguments, found.for_all)
            if values is not None:
                key = ("pattern", id(found), tuple(map(repr, arguments)))
                with self.unfolding(key), self.binding(values, only=True):
                    return self(self.one_of(found.solutions))
        return None

    def pattern_tests(self, owner: Any, arguments: Sequence[Any]) -> list[tuple[str, Fraction]]:
        patterns = self.problem.patterns
        return [test for atom, over, test in patterns if self.match(atom, owner, arguments, over) is not None]

    def match(self, atom: Term, owner: Any, arguments: Sequence[Any], free: Sequence[Symbol]) -> Bindings | None:
        """The values of `free` at which `atom` is this member or application; None if there are none."""
        match atom:
            case Apply(function, written) if function == owner and len(written) == len(arguments):
                pass
            case Entry(family, written) if family == owner:
                pass
            case _:
                return None
        found: dict[Symbol, Any] = {}
        places = list(zip(written, arguments, strict=True))
        for term, value in places:  # the bounds of one may speak of another
            if isinstance(term, Symbol) and term in free:
                found[term] = Fraction(value) if isinstance(value, int) else value
        for term, value in places:
            value = Fraction(value) if isinstance(value, int) else value
            if isinstance(term, Symbol) and term in free:
                with self.binding(found):
                    inside = self.member(value, term.domain, term)
                if isinstance(term, VectorSymbol):
                    inside = isinstance(value, tuple) and len(value) == self.size(term.length)
                if inside is None:
                    raise NoValue("not certainly in the domain")
                if not inside:
                    return None
            else:
                with self.at_rest():
                    wanted = self(term)
                if not same(wanted, value):
                    return None
        return found


def _plain(value: Value) -> bool:
    return not isinstance(value, (tuple, Dual, numbers.Polynomial))
