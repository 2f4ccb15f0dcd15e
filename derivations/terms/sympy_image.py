"""Terms as SymPy expressions, and SymPy expressions as terms.

An image says to SymPy what a term means; it certifies nothing. Three things
keep SymPy from confusing what is different:

- the label of an indexed family is a `Label`, which equals no plain `Symbol`,
  so that `x` and the family `x_k` may stand in one expression;
- every binder has a name of its own within one `Imager`, so that nothing is
  captured and nothing is differentiated by a bound index;
- a vector is the function that gives its l-th component. Where the whole
  vector is an argument, h(s, θ), a `Whole` stands for it, whose derivative is
  never taken for zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sympy

from derivations.terms.arithmetic import Add, Div, Mul, Neg, Sub
from derivations.terms.calculus import Derivative
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply
from derivations.terms.linear_algebra import Constantly, Diagonal, DiagonalOf, Hadamard, Identity, Trace, UnitVector
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixProduct, MatrixSymbol, Softmax, Transpose
from derivations.terms.relations import Relation
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import ROW, Term, TermError
from derivations.terms.vectors import Component, Dot, VectorSymbol

Facts = dict[Term, dict[str, bool]]
"""What is known of a symbol beyond its domain, as SymPy assumptions."""


class Label(sympy.Symbol):  # type: ignore[misc]
    """The name of a family of numbers; equal to no plain symbol of that name."""


class RandomLabel(Label):
    """The name of a family of random variables."""


class VectorLabel(Label):
    """The name of a vector."""


class MatrixLabel(Label):
    """The name of a matrix."""


class Whole(sympy.AtomicExpr):  # type: ignore[misc]
    """A vector as a whole, where it is the argument of an unknown function."""

    def __new__(cls, label: Any) -> Whole:
        made: Whole = super().__new__(cls, label)
        return made

    @property
    def free_symbols(self) -> set[Any]:
        return {self.args[0]}

    def _eval_derivative(self, variable: Any) -> Any:
        if isinstance(variable, sympy.Indexed) and variable.base.label == self.args[0]:
            return sympy.Derivative(self, variable, evaluate=False)
        return sympy.S.Zero

    def _eval_derivative_n_times(self, variable: Any, times: Any) -> Any:
        # SymPy's atoms would answer 0 here without asking
        return self._eval_derivative(variable) if times == 1 else sympy.Derivative(self, (variable, times))

    def _sympystr(self, printer: Any) -> str:
        return str(self.args[0].name)

    def _latex(self, printer: Any) -> str:
        return str(printer.doprint(self.args[0]))


class Moment(sympy.Function):  # type: ignore[misc]
    """Base of expectations, variances and covariances: SymPy looks into them, but calculates nothing."""

    is_real = True


class Mean(Moment):
    """E[x], kept as it stands."""


class Spread(Moment):
    """Var(x), kept as it stands."""


class JointSpread(Moment):
    """Cov(x, y), kept as it stands."""


class Imager:
    """Gives images. One imager never uses one name for two binders.

    avoid: names that no binder may take
    facts: what is known of symbols beyond their domains, such as `C > 0`
    """

    sympy = sympy

    def __init__(self, avoid: Iterable[str] = (), facts: Facts | None = None) -> None:
        self.taken = set(avoid)
        self.facts = facts or {}
        self.at: tuple[Any, ...] = ()  # the component of a vector, or row and column of a matrix, that is wanted
        self.bound: dict[Symbol, Any] = {}
        self.depth = 0  # how many binders, moments and the like we are in
        self.ranges: set[tuple[Any, Any]] = set()  # generic indices, and the sizes that they do not exceed
        self._generic: dict[int, tuple[Any, ...]] = {}
        self._memo: dict[Any, Any] = {}

    def __call__(self, term: Term) -> Any:
        """The image of a term: of a vector its component `at`, of a matrix its entry `at`."""
        if term.shape:
            return self._shaped(term)
        scoped = tuple((s, self.bound[s]) for s in self.bound if s in term.free)
        key = (term, scoped, self.depth > 0)
        if key not in self._memo:
            with self._pointing():
                self._memo[key] = self.finish(term.image(self))
        return self._memo[key]

    def finish(self, expression: Any) -> Any:
        """What becomes of the image of a scalar; for imagers with another idea of it."""
        return expression

    def top(self, term: Term) -> Any:
        """The image of a whole side of a link: its generic component if it is a vector or a matrix."""
        if not term.shape:
            return self(term)
        if term.shape[0] == ROW:
            raise TermError(f"SymPy has no word for the row `{term}`")
        indices = self.generic(len(term.shape))
        self.ranges |= {(index, self(size)) for index, size in zip(indices, term.shape, strict=True)}
        with self._pointing(*indices):
            return self(term)

    def generic(self, count: int) -> tuple[Any, ...]:
        """The free index of a vector-valued image, or the two of a matrix-valued one."""
        if count not in self._generic:
            names = ("l",) if count == 1 else ("m", "n")
            self._generic[count] = tuple(sympy.Symbol(self._fresh(n), integer=True, positive=True) for n in names)
        return self._generic[count]

    # -- symbols and what is made of them ------------------------------------
    def symbol(self, node: Symbol) -> Any:
        if node in self.bound:
            return self.bound[node]
        known = assumptions(node.domain) | self.facts.get(node, {})
        return sympy.Symbol(_plain(node), **known)

    def apply(self, node: Apply) -> Any:
        with self._pointing():
            args = [self.argument(a) for a in node.args]
        if not node.shape:
            return sympy.Function(node.function.name, real=True)(*args)
        # `vector=True` keeps it apart from a number-valued function of that name
        return sympy.Function(node.function.name, real=True, vector=True)(*args, *self.at)

    def argument(self, term: Term) -> Any:
        if not term.shape:
            with self._deeper():
                return self(term)
        if isinstance(term, VectorSymbol):
            return Whole(_label(VectorLabel, _plain(term)))
        raise TermError(f"SymPy has no word for the vector `{term}` as an argument")

    def entry(self, node: Entry) -> Any:
        kind = RandomLabel if node.family.random else Label
        if not node.indices:
            return _label(kind, node.family.name)
        return self._base(kind, node.family)[self._plainly(node.indices)]

    def _base(self, kind: Any, family: Family) -> Any:
        return _indexed_base(kind, family.name, tuple(self(size) for size in family.sizes))

    # -- vectors and matrices: functions of their indices --------------------
    def row(self, node: Row) -> Any:
        kind = RandomLabel if node.family.random else Label
        return self._base(kind, node.family)[(*self._plainly(node.indices), *self.at)]

    def _plainly(self, indices: Iterable[Term]) -> tuple[Any, ...]:
        with self._deeper():
            return tuple(self(i) for i in indices)

    def component(self, node: Component) -> Any:
        with self._pointing(*self._plainly((node.index,))):
            return self(node.vector)

    def matrix_entry(self, node: MatrixEntry) -> Any:
        with self._pointing(*self._plainly((node.row, node.column))):
            return self(node.matrix)

    def dot(self, node: Dot) -> Any:
        def product(index: Any) -> Any:
            with self._pointing(index):
                return self(node.left) * self(node.right)

        return self._sum("l", product, node.left.shape[0])

    def _shaped(self, term: Term) -> Any:
        if len(self.at) != len(term.shape):
            raise TermError(f"`{term}` has an image only by its components")
        match term:
            case VectorSymbol():
                return sympy.IndexedBase(_label(VectorLabel, _plain(term)), shape=(self(term.length),))[self.at[0]]
            case Matrix(_, family):
                return self._base(RandomLabel if family.random else Label, family)[self.at]
            case MatrixSymbol():
                base = _indexed_base(MatrixLabel, _plain(term), tuple(self(size) for size in term.shape))
                return base[self.at]
            case Transpose(inner):
                with self._pointing(*_turned(self.at, inner)):
                    return self(inner)
            case MatrixProduct(left, right):
                return self.matrix_product(left, right)
            case Identity():
                return sympy.KroneckerDelta(*self.at)
            case UnitVector(index, _):
                return sympy.KroneckerDelta(*self._plainly((index,)), self.at[0])
            case Diagonal(inner):
                delta = sympy.KroneckerDelta(*self.at)
                with self._pointing(self.at[0]):
                    return delta * self(inner)
            case DiagonalOf(inner):
                with self._pointing(self.at[0], self.at[0]):
                    return self(inner)
            case Hadamard(left, right):
                return self(left) * self(right)
            case Constantly():
                return term.image(self)
            case Softmax(inner):
                return self._softmax(inner)
            case Add() | Sub() | Neg() | Mul() | Div() | Row() | Apply() | Derivative():
                return term.image(self)
        body = getattr(term, "body", None)
        if isinstance(body, Term) and term.shape == body.shape:
            return term.image(self)  # a sum or an expectation of vectors: component by component
        raise TermError(f"SymPy has no word for `{term}`")

    def matrix_product(self, left: Term, right: Term) -> Any:
        """Σ_t left_{…,t} right_{t,…}; of a vector and a row the product of their components."""
        before = self.at[: len(left.shape) - 1] if left.shape[0] != ROW else (sympy.S.One,)
        after = self.at[len(before) if left.shape[0] != ROW else len(self.at) - len(right.shape) + 1 :]
        if len(left.shape) == 1:
            with self._pointing(self.at[0]):
                first = self(left)
            with self._pointing(sympy.S.One, self.at[1]):
                return first * self(right)

        def product(index: Any) -> Any:
            with self._pointing(*before, index):
                first = self(left)
            with self._pointing(index, *after):
                return first * self(right)

        return self._sum("t", product, left.shape[1])

    def trace(self, node: Trace) -> Any:
        def entry(index: Any) -> Any:
            with self._pointing(index, index):
                return self(node.matrix)

        return self._sum("i", entry, node.matrix.shape[0])

    def _softmax(self, inner: Term) -> Any:
        row = self.at[0]

        def share(index: Any) -> Any:
            with self._pointing(row, index):
                return sympy.exp(self(inner))

        return sympy.exp(self(inner)) / self._sum("m", share, inner.shape[1])

    # -- binders ---------------------------------------------------------------
    def _sum(self, name: str, body: Callable[[Any], Any], size: Term) -> Any:
        index = sympy.Symbol(self._fresh(name), integer=True)
        with self._deeper():
            return sympy.Sum(body(index), (index, 1, self(size)))

    def _fresh(self, name: str) -> str:
        candidate, n = name, 0
        while candidate in self.taken:
            n += 1
            candidate = f"{name}_{n}"
        self.taken.add(candidate)
        return candidate

    def binder(self, variable: Symbol, body: Term) -> tuple[Any, Any]:
        """The images of a bound variable, under a name of its own, and of what it is bound in."""
        known = assumptions(variable.domain) | self.facts.get(variable, {})
        outer = self.bound
        made = sympy.Symbol(self._fresh(_plain(variable)), **known)
        self.bound = {**outer, variable: made}
        try:
            with self._deeper():
                return made, self(body)
        finally:
            self.bound = outer

    def derivative(self, node: Derivative) -> Any:
        """Unevaluated. A gradient is its component `at`: the derivative by that component of the variable."""
        variable = self(node.variable)
        with self._pointing():
            return sympy.Derivative(self(node.body), variable, evaluate=False)

    def moment(self, kind: str, *parts: Term) -> Any:
        """E, Var or Cov of the images, which SymPy keeps as it stands."""
        made = {"E": Mean, "Var": Spread, "Cov": JointSpread}[kind]
        with self._deeper():
            return made(*(self(part) for part in parts))

    def relation(self, node: Relation) -> Any:
        """Unevaluated. Raises TermError for `~`, `→` and `⟺`, which SymPy does not have."""
        kinds = {
            "=": sympy.Eq, "!=": sympy.Ne, "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge,
        }  # fmt: skip
        if node.sign not in kinds:
            raise TermError(f"SymPy has no relation `{node.sign}`")
        return kinds[node.sign](self.top(node.lhs), self.top(node.rhs), evaluate=False)

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    @contextmanager
    def _pointing(self, *indices: Any) -> Iterator[None]:
        outer, self.at = self.at, indices
        try:
            yield
        finally:
            self.at = outer


def _turned(at: tuple[Any, ...], inner: Term) -> tuple[Any, ...]:
    """Where an entry of the transpose stands in the matrix, the vector, or the row."""
    if len(inner.shape) == 1:
        return at[1:]
    return (sympy.S.One, *at) if inner.shape[0] == ROW else at[::-1]


def image(term: Term) -> Any:
    """The SymPy expression of a term; of a vector its component `l`, of a matrix its entry `m, n`.

    Raises TermError for what SymPy has no word for.
    """
    return Imager(avoid=free_names(term)).top(term)


def free_names(*terms: Term) -> set[str]:
    """The names of the free symbols, which no binder should take."""
    return {name for term in terms for name in _free_names(term)}


def _free_names(term: Term) -> set[str]:
    if isinstance(term, Symbol) and not term.shape:
        return {_plain(term)}
    scope = term.scope()
    bound = scope.bound if scope else ()
    names: set[str] = set()
    for position, child in enumerate(term.children):
        inside = _free_names(child) if child not in bound else set()
        names |= inside - {_plain(s) for s in bound} if position in term.inside else inside
    return names


def assumptions(domain: Domain) -> dict[str, bool]:
    """What SymPy is told of a symbol of this domain; nothing for an abstract space."""
    from derivations.terms.arithmetic import is_literal, literal

    if domain.kind == "space":
        return {}
    if domain.kind == "finite":
        worth = [literal(v) for v in domain.values if is_literal(v)]
        whole = len(worth) == len(domain.values) and all(v.denominator == 1 for v in worth)
        known = {"integer": True} if whole else {"real": True}
        return known | ({"nonnegative": True} if len(worth) == len(domain.values) and min(worth) >= 0 else {})
    known = {"integer": True} if domain.kind == "integer" else {"real": True}
    low, high = (None if b is None or not is_literal(b) else literal(b) for b in (domain.lower, domain.upper))
    if low is not None and low >= 0:
        known |= {"positive" if low > 0 or domain.open[0] else "nonnegative": True}
    if high is not None and high <= 0:
        known |= {"negative" if high < 0 or domain.open[1] else "nonpositive": True}
    return known | ({"zero": False} if domain.nonzero else {})


def _plain(symbol: Symbol) -> str:
    return symbol.name + "'" * symbol.tag


@lru_cache(maxsize=1000)
def _indexed_base(kind: Any, name: str, shape: tuple[Any, ...]) -> Any:
    return sympy.IndexedBase(_label(kind, name), shape=shape)


@lru_cache(maxsize=1000)
def _label(kind: Any, name: str) -> Label:
    return kind(name, real=True)


def from_sympy(expression: Any) -> Term:
    """A SymPy expression as a term, in SymPy's canonical order.

    It means what SymPy means by it for real numbers. Raises TermError naming
    what has no reading (nan, complex numbers, functions that are not among the
    terms) and what would not mean the same here: two symbols of one name, a
    Dummy, an assumption without a word, a sum whose range may be negative.
    """
    from derivations.terms.sympy_reading import reading

    return reading(expression)
