"""The second evaluator of a model: names, sums, derivatives and statements; what the other files say of functions,
averages, limits and processes is mixed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from mpmath import mp

from derivations.models.second_opinion import arithmetic, quadrature, special
from derivations.models.second_opinion.arithmetic import (
    Unknown,
    add,
    function,
    minus,
    over,
    power,
    times,
    whole,
)
from derivations.models.second_opinion.averages import Averages
from derivations.models.second_opinion.functions import Functions
from derivations.models.second_opinion.laws import Laws
from derivations.models.second_opinion.limits import Limits
from derivations.models.second_opinion.linear_algebra import MEANINGS as OF_MATRICES
from derivations.models.second_opinion.linear_algebra import is_true, product_of, transposed_of
from derivations.models.second_opinion.matrices import dot, entry_of, table_of
from derivations.models.second_opinion.outcomes import Outcomes
from derivations.terms import arithmetic as nodes
from derivations.terms.calculus import Derivative, Limit, LimitAlong
from derivations.terms.conditioning import (
    ConditionalExpectation,
    ConditionalVariance,
    Density,
    ProcessVariable,
    Realisation,
)
from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
from derivations.terms.events import ConditionalProbability, Probability
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply
from derivations.terms.integrals import Integral
from derivations.terms.jacobians import Jacobian
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixProduct, MatrixSymbol, Softmax, Transpose
from derivations.terms.matrix_properties import MatrixProperty
from derivations.terms.probability import Covariance, Expectation, Variance
from derivations.terms.relations import IsInteger, Relation
from derivations.terms.special import BetaFunction, GammaFunction
from derivations.terms.statements import Compound
from derivations.terms.sums import Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import ROW, Term
from derivations.terms.vectors import Component, Dot, VectorSymbol

if TYPE_CHECKING:
    from derivations.models.model import Key, Model

ZERO, ONE = Fraction(0), Fraction(1)
STEP = Fraction(1, 10**12)
_LONGEST = 300


class Second(Functions, Averages, Laws, Limits, Outcomes):
    """The second evaluator of one model; call it with a term. Raises Unknown for what it has no value for.

    patience: over so many outcomes of random variables it takes an average, at most
    """

    def __init__(self, model: Model, patience: int = 2500) -> None:
        self.model, self.problem, self.patience = model, model.problem, patience
        self.bound: dict[Symbol, Any] = {}
        self.moved: dict[Key, Any] = {}
        self.slack: Any = 0
        self.rough = False
        self.shapes: dict[Key, tuple[Any, Any, Any]] = {}
        self.inside: set[Key] = set()
        self.counted: dict[Any, Any] = {}
        self.remembered: dict[Any, Any] = {}
        self.depth = 0

    def __call__(self, term: Term) -> Any:
        evaluate = _MEANINGS.get(type(term), _by_itself)
        if type(term) not in _REMEMBERED:
            return evaluate(self, term)
        bound = frozenset((s, v) for s, v in self.bound.items() if s in term.free)
        key = (term, bound, frozenset(self.moved.items()), self.path, mp.dps)
        if key not in self.remembered:
            self.remembered[key] = evaluate(self, term)
        return self.remembered[key]

    @contextmanager
    def having(self, *, bound: dict[Symbol, Any] | None = None, moved: dict[Key, Any] | None = None) -> Iterator[None]:
        before = self.bound, self.moved
        self.bound = before[0] if bound is None else bound
        self.moved = before[1] if moved is None else moved
        self.depth += 1
        if self.depth > 200:
            raise Unknown("computed in a circle")
        try:
            yield
        finally:
            self.depth -= 1
            self.bound, self.moved = before

    # -- names -----------------------------------------------------------------------------
    def name(self, key: Key) -> Any:
        """What was chosen for a number, or what a hypothesis says that it is."""
        if key in self.model.solved:
            with self.having(bound={}, moved={}):
                value = self(self.model.solved[key][1])
        elif key in self.model.known:
            value = self.model.known[key]
            if not isinstance(value, (Fraction, tuple)) and not hasattr(value, "space"):
                value = mp.mpf(str(value.mid().str(40, radius=False))) if hasattr(value, "mid") else value
        else:
            raise Unknown("the model does not say")
        return add(value, self.moved[key]) if key in self.moved else value

    def symbol(self, symbol: Symbol) -> Any:
        if symbol in self.bound:
            return self.bound[symbol]
        if symbol in self.problem.definitions:
            with self.having(bound={}):
                return self(self.problem.definitions[symbol])
        if symbol.shape:
            return self._vector(symbol)
        return self.name(("symbol", symbol))

    def _vector(self, symbol: Any) -> Any:
        if ("symbol", symbol) in self.model.solved:
            return self.name(("symbol", symbol))
        return tuple(self.name(("vector", symbol, i)) for i in range(whole(self(symbol.length))))

    def entry(self, family: Family, place: tuple[int, ...]) -> Any:
        key = ("entry", family, place)
        if key not in self.inside:
            for index, size in zip(place, family.sizes, strict=True):
                if index < 1 or not isinstance(size, nodes.Infinity) and index > whole(self(size)):
                    raise Unknown("an index out of range")
            self.inside.add(key)
        stated = self.stated(family, tuple(map(Fraction, place))) if self.problem.solved else None
        if stated is not None:
            return stated
        if family.random and self.problem.declared.active and key not in self.model.solved:
            return self.random_outside(key)
        if family in self.problem.distributions:
            value = self.lawful(key)
            return add(value, self.moved[key]) if key in self.moved else value
        if family.random and self.problem.moments and key not in self.model.solved:
            value = self.random(key)
            return add(value, self.moved[key]) if key in self.moved else value
        return self.name(key)

    def row(self, family: Family, place: tuple[int, ...]) -> Any:
        return tuple(self.entry(family, (*place, t + 1)) for t in range(whole(self(family.sizes[-1]))))

    # -- sums, derivatives --------------------------------------------------------------------
    def sum(self, term: Sum) -> Any:
        if isinstance(term.high, nodes.Infinity):
            return self.series(term)
        low, high = whole(self(term.low)), whole(self(term.high))
        if high - low > _LONGEST:
            raise Unknown("a long sum")
        total: Any = None
        for n in range(low, high + 1):
            with self.having(bound={**self.bound, term.variable: Fraction(n)}):
                part = self(term.body)
            total = part if total is None else add(total, part)
        if total is None:
            return self._zeros(term.shape)
        return total

    def _zeros(self, shape: tuple[Term, ...]) -> Any:
        if not shape:
            return ZERO
        return tuple(self._zeros(shape[1:]) for _ in range(1 if shape[0] == ROW else whole(self(shape[0]))))

    def derivative(self, term: Derivative) -> Any:
        self.rough = True
        variable = term.variable
        if variable in self.problem.definitions:
            raise Unknown("a derivative by a defined quantity")
        if isinstance(variable, Symbol) and variable in self.bound:
            return self._bound_derivative(term)
        if isinstance(variable, VectorSymbol):
            length = whole(self(variable.length))
            return tuple(self._slope(term.body, ("vector", variable, i)) for i in range(length))
        if isinstance(variable, MatrixSymbol):
            rows, columns = (range(whole(self(size))) for size in variable.shape)
            return tuple(tuple(self._slope(term.body, ("matrix", variable, i, j)) for j in columns) for i in rows)
        return self._slope(term.body, self.key(variable))

    def jacobian(self, term: Jacobian) -> Any:
        """The derivatives by the components of the variable, as columns."""
        self.rough = True
        variable: Any = term.variable
        if variable in self.problem.definitions or variable in self.bound:
            raise Unknown("a derivative by a defined or a bound quantity")
        places = [("vector", variable, j) for j in range(whole(self(variable.length)))]
        return tuple(zip(*[self._slope(term.body, place) for place in places], strict=True))

    def _slope(self, body: Term, key: Key) -> Any:
        if key in self.model.solved:
            raise Unknown("a derivative by what is computed")

        def at(step: Fraction) -> Any:
            with self.having(moved={**self.moved, key: add(self.moved.get(key, ZERO), step)}):
                return self(body)

        return _difference(at)

    def _bound_derivative(self, term: Derivative) -> Any:
        variable: Any = term.variable
        here = self.bound[variable]

        def at(step: Fraction, part: int | None = None) -> Any:
            new = add(here, step) if part is None else (*here[:part], add(here[part], step), *here[part + 1 :])
            with self.having(bound={**self.bound, variable: new}):
                return self(term.body)

        if not variable.shape:
            return _difference(at)
        return tuple(_difference(partial(at, part=i)) for i in range(len(here)))

    def key(self, atom: Term) -> Key:
        match atom:
            case Symbol():
                return ("symbol", atom)
            case Entry(family, indices):
                return ("entry", family, tuple(whole(self(i)) for i in indices))
            case Component(VectorSymbol() as vector, index):
                return ("vector", vector, whole(self(index)) - 1)
            case Component(Row(family, indices), index):
                return ("entry", family, tuple(whole(self(i)) for i in (*indices, index)))
        raise Unknown("no variable")

    # -- statements ----------------------------------------------------------------------------
    def truth(self, statement: Term) -> bool:
        if isinstance(statement, IsInteger):
            value = self(statement.term)
            return isinstance(value, Fraction) and value.denominator == 1
        if isinstance(statement, Compound):
            return bool(statement.holds(self))
        if isinstance(statement, MatrixProperty):
            return is_true(self, statement)
        if not isinstance(statement, Relation):
            raise Unknown("no statement about numbers")
        if statement.sign == "<=>":
            return self.truth(statement.lhs) == self.truth(statement.rhs)
        if statement.sign == "=>":
            return not self.truth(statement.lhs) or self.truth(statement.rhs)
        if statement.variable is not None:
            return self.tends(statement)
        if statement.sign == "=" and any(map(self.endless, (statement.lhs, statement.rhs))):
            self(statement.rhs if self.endless(statement.lhs) else statement.lhs)  # the other one has a value
            return False
        left, right = self(statement.lhs), self(statement.rhs)
        return arithmetic.holds(left, statement.sign, right, self.slack)

    def hypotheses_hold(self) -> bool:
        """Whether what was checked of the hypotheses is true, and what was declared of the symbols."""
        checks = [*self.problem.checks, *self.model.unsolved]
        for symbol in self.problem.wanted:
            if symbol.shape == () and symbol.domain.kind in ("real", "integer"):
                checks += list(symbol.domain.facts(symbol))
        return all(self.truth(check) for check in checks) and self.laws_hold() and (self.realisations_are_possible())

    # -- for words that say themselves what they are worth ----------------------------------------
    add, minus, times, over = staticmethod(add), staticmethod(minus), staticmethod(times), staticmethod(over)
    power, function, whole = staticmethod(power), staticmethod(function), staticmethod(whole)
    real = staticmethod(arithmetic.real)
    one = ONE

    def unknown(self, why: str) -> Any:
        raise Unknown(why)

    def each(self, term: Any) -> Iterator[Any]:
        """The worth of the body of a term that binds an integer, for each number in its range."""
        ((variable, low, high),) = term.ranges
        first, last = whole(self(low)), whole(self(high))
        if last - first > _LONGEST:
            raise Unknown("a long range")
        for n in range(first, last + 1):
            with self.having(bound={**self.bound, variable: Fraction(n)}):
                yield self(term.body)


def _by_itself(e: Second, term: Term) -> Any:
    return term.second(e)


def _difference(at: Callable[[Fraction], Any]) -> Any:
    """(f(−2h) − 8f(−h) + 8f(h) − f(2h))/12h, up to h⁴: no exact number, even of exact ones."""
    total = add(times(Fraction(8), minus(at(STEP), at(-STEP))), minus(at(-2 * STEP), at(2 * STEP)))
    return arithmetic.rounded(over(total, 12 * STEP))


def _item(values: Any, index: Any) -> Any:
    place = whole(index)
    if not 1 <= place <= len(values):
        raise Unknown("an index out of range")
    return values[place - 1]


def _delta(e: Second, term: Delta) -> Any:
    return ZERO if arithmetic.apart(e(term.left), e(term.right)) else ONE


def _is_plain(term: Term) -> bool:
    """A matrix, and no vector or row."""
    return bool(term.shape) and len(term.shape) == 2 and term.shape[0] != ROW


def _power(e: Second, term: Any) -> Any:
    if term.base == nodes.e:
        return function("exp", e(term.exponent))
    return power(e(term.base), e(term.exponent))


_MEANINGS: dict[type, Callable[[Second, Any], Any]] = {
    nodes.Number: lambda e, t: t.number,
    nodes.Constant: lambda e, t: mp.e + 0 if t.name == "e" else mp.pi + 0,
    nodes.Add: lambda e, t: add(e(t.left), e(t.right)),
    nodes.Sub: lambda e, t: minus(e(t.left), e(t.right)),
    nodes.Neg: lambda e, t: times(Fraction(-1), e(t.operand)),
    nodes.Mul: lambda e, t: times(e(t.left), e(t.right)),
    nodes.Div: lambda e, t: over(e(t.left), e(t.right)),
    nodes.Pow: _power,
    Symbol: lambda e, t: e.symbol(t),
    VectorSymbol: lambda e, t: e.symbol(t),
    Entry: lambda e, t: e.entry(t.family, tuple(whole(e(i)) for i in t.indices)),
    Row: lambda e, t: e.row(t.family, tuple(whole(e(i)) for i in t.indices)),
    Apply: lambda e, t: e.apply(t.function, tuple(e(a) for a in t.args)),
    Sum: lambda e, t: e.sum(t),
    Delta: _delta,
    Derivative: lambda e, t: e.derivative(t),
    Jacobian: lambda e, t: e.jacobian(t),
    Limit: lambda e, t: e.limit(t),
    LimitAlong: lambda e, t: e.limit_along(t),
    ProcessVariable: lambda e, t: e.variable(t),
    Realisation: lambda e, t: e.realisation(t),
    ConditionalExpectation: lambda e, t: e.conditional(t),
    ConditionalVariance: lambda e, t: e.conditional(t),
    Density: lambda e, t: e.density(t),
    Integral: lambda e, t: e.integral(t),
    DefiniteIntegral: quadrature.integral,
    Probability: lambda e, t: e.probability(t.event),
    ConditionalProbability: lambda e, t: e.conditional_probability(t),
    GammaFunction: lambda e, t: special.gamma(e(t.operand)),
    BetaFunction: lambda e, t: special.beta(e(t.left), e(t.right)),
    Evaluated: quadrature.evaluated,
    Expectation: lambda e, t: e.average(t.body, lambda: e(t.body)),
    Variance: lambda e, t: e.covariance(t.body, t.body),
    Covariance: lambda e, t: e.covariance(t.left, t.right),
    Matrix: table_of,
    Transpose: lambda e, t: (table_of if _is_plain(t.matrix) else transposed_of)(e, t),
    MatrixProduct: lambda e, t: (table_of if _is_plain(t.left) and _is_plain(t.right) else product_of)(e, t),
    **OF_MATRICES,
    Softmax: table_of,
    MatrixEntry: lambda e, t: entry_of(e, t.matrix, whole(e(t.row)), whole(e(t.column))),
    Dot: lambda e, t: dot(e(t.left), e(t.right)),
    Component: lambda e, t: _item(e(t.vector), e(t.index)),
}

_REMEMBERED = (ConditionalExpectation, ConditionalVariance, Density)
"""Counted out once for each value of what is bound."""

__all__ = ["Second"]
