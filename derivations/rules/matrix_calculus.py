"""Gradients by a vector or a matrix, and Jacobians, read off from how a quantity is made.

A gradient has the shape of its variable; a Jacobian has a row for each component of what is
differentiated (see `terms.jacobians`). The gradient is found backwards: if a small change of a
part P changes the number by ⟨G, dP⟩ (uᵀv, or tr(UᵀV)), G is handed on to what P is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.arithmetic import (
    Add,
    Cos,
    Div,
    Exp,
    Infinity,
    Log,
    Mul,
    Neg,
    Number,
    Pow,
    PowerDefined,
    Sin,
    Sqrt,
    Sub,
    Tanh,
    cos,
    e,
    number,
    sin,
)
from derivations.terms.calculus import Derivative, FreeOf, VaryAlone
from derivations.terms.jacobians import Jacobian
from derivations.terms.linear_algebra import (
    Determinant,
    Diagonal,
    DiagonalOf,
    Hadamard,
    Identity,
    Inverse,
    MatrixPower,
    Norm,
    Trace,
    UnitVector,
    Zeros,
)
from derivations.terms.matrices import MatrixEntry, MatrixProduct, MatrixSymbol, Transpose, matrix_product, transpose
from derivations.terms.matrix_properties import Invertible
from derivations.terms.relations import Ne, relation
from derivations.terms.substitution import fresh
from derivations.terms.sums import ForEach, Sum
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot, VectorSymbol, dot

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts


class _Unknown(Exception):
    """Something stands there of which no derivative is known here."""


class Gradient:
    """The gradient of a number by a vector or a matrix, with the conditions under which it is that."""

    def __init__(self, variable: Term) -> None:
        self.variable = variable
        self.conditions: dict[Term, None] = {}

    def __call__(self, body: Term) -> Term:
        total: Term | None = None
        for part in self.parts(body, number(1)):
            total = part if total is None else total + part
        return Zeros(self.variable.shape) if total is None else total

    def need(self, *conditions: Term) -> None:
        self.conditions.update(dict.fromkeys(conditions))

    def still(self, term: Term) -> bool:
        """It does not speak of the variable: then it must not depend on it either."""
        if self.variable in term.walk_set:
            return False
        if not isinstance(term, (Number, Identity)):
            self.need(FreeOf(term, self.variable))
        return True

    # -- backwards -------------------------------------------------------------------
    def parts(self, term: Term, weight: Term) -> Iterator[Term]:
        """What the variable contributes through `term`, if the number changes by ⟨weight, d term⟩."""
        if term == self.variable:
            yield weight
            return
        if self.still(term):
            return
        yield from self._of_number(term, weight) if term.shape == () else self._of_shaped(term, weight)

    def _of_number(self, term: Term, w: Term) -> Iterator[Term]:
        match term:
            case Add() | Sub() | Neg() | Mul() | Div():
                yield from self._linear(term, w)
            case Pow(base, n) if base == e:
                yield from self.parts(n, _times(w, term))
            case Pow(base, n) if self.still(n):
                if isinstance(base, Norm) and n == number(2):
                    yield from self.parts(Dot(base.matrix, base.matrix) if len(base.matrix.shape) == 1 else Trace(
                        matrix_product(_turned(base.matrix), base.matrix)), w)  # fmt: skip
                    return
                self.need(PowerDefined(base, n - 1))
                yield from self.parts(base, _times(w, n * base ** (n - 1)))
            case Exp(a):
                yield from self.parts(a, _times(w, term))
            case Log(a):
                self.need(relation(a, ">", 0))
                yield from self.parts(a, w / a)
            case Sqrt(a):
                self.need(relation(a, ">", 0))
                yield from self.parts(a, w / (2 * term))
            case Sin(a):
                yield from self.parts(a, _times(w, cos(a)))
            case Cos(a):
                yield from self.parts(a, -_times(w, sin(a)))
            case Tanh(a):
                yield from self.parts(a, _times(w, 1 - term**2))
            case Dot(u, v):
                yield from self.parts(u, _times(w, v))
                yield from self.parts(v, _times(w, u))
            case MatrixProduct(a, b):  # a row times a vector
                yield from self.parts(a, _times(w, _turned(b)))
                yield from self.parts(b, _times(w, _turned(a)))
            case Sum():
                yield from self._of_sum(term, w)
            case Component(v, i) if v.shape:
                yield from self.parts(v, _times(w, UnitVector(i, v.shape[0])))
            case MatrixEntry(m, i, j):
                place = matrix_product(UnitVector(i, m.shape[0]), _turned(UnitVector(j, m.shape[1])))
                yield from self.parts(m, _times(w, place))
            case Trace(m):
                yield from self.parts(m, _times(w, Identity(m.shape[0])))
            case Determinant(m):  # Jacobi's formula
                self.need(Invertible(m))
                yield from self.parts(m, _times(_times(w, term), _turned(Inverse(m))))
            case Norm(v):
                self.need(Ne(term, 0))
                yield from self.parts(v, _times(w / term, v))
            case _:
                raise _Unknown

    def _linear(self, term: Term, w: Term) -> Iterator[Term]:
        """Sums, negatives, and products with a number."""
        match term:
            case Add(a, b):
                yield from self.parts(a, w)
                yield from self.parts(b, w)
            case Sub(a, b):
                yield from self.parts(a, w)
                yield from self.parts(b, -w)
            case Neg(a):
                yield from self.parts(a, -w)
            case Mul(a, b):
                for one, other in ((a, b), (b, a)):
                    yield from self.parts(one, _times(other, w) if one.shape or not other.shape else _inner(w, other))
            case Div(a, b):
                self.need(Ne(b, 0))
                yield from self.parts(a, w / b)
                yield from self.parts(b, -(_inner(w, a) / b**2))

    def _of_shaped(self, term: Term, w: Term) -> Iterator[Term]:
        match term:
            case Add() | Sub() | Neg() | Mul() | Div():
                yield from self._linear(term, w)
            case MatrixProduct(a, b):  # ⟨W, dA B⟩ = ⟨W Bᵀ, dA⟩, ⟨W, A dB⟩ = ⟨AᵀW, dB⟩
                yield from self.parts(a, matrix_product(w, _turned(b)))
                yield from self.parts(b, matrix_product(_turned(a), w))
            case Transpose(a):
                yield from self.parts(a, _turned(w))
            case Inverse(a):  # dA⁻¹ = −A⁻¹ dA A⁻¹
                self.need(Invertible(a))
                turned = _turned(term)
                yield from self.parts(a, -matrix_product(matrix_product(turned, w), turned))
            case MatrixPower(a, n) if n == number(2):
                yield from self.parts(MatrixProduct(a, a), w)
            case Hadamard(a, b):
                yield from self.parts(a, Hadamard(w, b))
                yield from self.parts(b, Hadamard(w, a))
            case Diagonal(v):
                yield from self.parts(v, DiagonalOf(w))
            case DiagonalOf(m):
                yield from self.parts(m, Diagonal(w))
            case Sum():
                yield from self._of_sum(term, w)
            case _:
                raise _Unknown

    def _of_sum(self, term: Sum, w: Term) -> Iterator[Term]:
        """Σ of what each term contributes; the range must not move."""
        if isinstance(term.high, Infinity):
            raise _Unknown
        index, body = term.variable, term.body
        if index in w.free | self.variable.free:
            index = fresh(index, w.free | body.free | self.variable.free)
            body = body.substitute({term.variable: index})
        self.need(FreeOf(term.low, self.variable), FreeOf(term.high, self.variable))
        inside = Gradient(self.variable)
        total: Term | None = None
        for part in inside.parts(body, w):
            total = part if total is None else total + part
        self.need(*_throughout(inside.conditions, Sum(body, index, term.low, term.high)))
        if total is not None:
            yield Sum(total, index, term.low, term.high)


def _throughout(conditions: Iterable[Term], total: Sum) -> Iterator[Term]:
    """What must hold of the terms of a sum, for each of them."""
    for condition in conditions:
        yield ForEach(condition, total.variable, total.low, total.high)


def _times(a: Term, b: Term) -> Term:
    """a b, at most one of which has a shape; 1 b is b."""
    return b if a == number(1) else a if b == number(1) else a * b


def _turned(term: Term) -> Term:
    """The transpose, pushed in as far as it goes: (AB)ᵀ = BᵀAᵀ, (Aᵀ)ᵀ = A."""
    match term:
        case Transpose(a):
            return a
        case MatrixProduct(a, b):
            return matrix_product(_turned(b), _turned(a))
        case Mul(a, b):
            return a * _turned(b) if b.shape else _turned(a) * b
        case Neg(a):
            return -_turned(a)
        case Add(a, b):
            return _turned(a) + _turned(b)
        case Sub(a, b):
            return _turned(a) - _turned(b)
    return transpose(term)


def _inner(w: Term, a: Term) -> Term:
    """⟨w, a⟩: of numbers w a, of vectors wᵀa, of matrices tr(wᵀa)."""
    if w.shape == ():
        return _times(w, a)
    if len(w.shape) == 1:
        return dot(w, a)
    return Trace(matrix_product(_turned(w), a))


# -- Jacobians, forwards -----------------------------------------------------------------
class JacobianOf:
    """The Jacobian of a vector by a vector."""

    def __init__(self, variable: Term) -> None:
        self.variable = variable
        self.numbers = Gradient(variable)

    def __call__(self, term: Term) -> Term:
        by = self.variable
        if term == by:
            return Identity(by.shape[0])
        if self.numbers.still(term):
            return Zeros((term.shape[0], by.shape[0]))
        match term:
            case Add(a, b):
                return self(a) + self(b)
            case Sub(a, b):
                return self(a) - self(b)
            case Neg(a):
                return -self(a)
            case Mul(a, b):
                scale, vector = (a, b) if b.shape else (b, a)
                return self._scaled(scale, vector)
            case Div(a, b):
                self.numbers.need(Ne(b, 0))
                return self(a) / b - matrix_product(a, _turned(self.numbers(b))) / b**2
            case MatrixProduct(a, b) if len(b.shape) == 1 and self.numbers.still(a):
                return matrix_product(a, self(b))
            case MatrixProduct(MatrixProduct(a, b), c) if len(c.shape) == 1:
                return self(matrix_product(a, matrix_product(b, c)))
            case MatrixProduct(a, Dot() as scale) if len(a.shape) == 1:
                return self._scaled(scale, a)
            case Transpose(a) if (inner := _turned(a)) and not isinstance(inner, Transpose):
                return self(inner)
            case Hadamard(a, b):
                return matrix_product(Diagonal(b), self(a)) + matrix_product(Diagonal(a), self(b))
            case Sum(body, index, low, high) if not isinstance(high, Infinity) and index not in by.free:
                inside = JacobianOf(by)
                made = inside(body)
                self.numbers.need(FreeOf(low, by), FreeOf(high, by))
                self.numbers.need(*_throughout(inside.numbers.conditions, term))
                return Sum(made, index, low, high)
        raise _Unknown

    def _scaled(self, scale: Term, vector: Term) -> Term:
        """∂(s v) = s ∂v + v (∇s)ᵀ."""
        if self.numbers.still(scale):
            return _times(scale, self(vector))
        slope = matrix_product(vector, _turned(self.numbers(scale)))
        return slope if self.numbers.still(vector) else _times(scale, self(vector)) + slope


# -- the rule ---------------------------------------------------------------------------------
def _calculus(term: Term, facts: Facts) -> Iterator[Candidate]:
    if isinstance(term, Derivative) and isinstance(term.variable, (VectorSymbol, MatrixSymbol)) and not term.body.shape:
        work: Gradient = Gradient(term.variable)
        make = work
    elif isinstance(term, Jacobian):
        forward = JacobianOf(term.variable)
        work, make = forward.numbers, forward  # type: ignore[assignment]
    else:
        return
    try:
        result = make(term.body)
    except _Unknown:
        return
    yield Candidate(result, (VaryAlone(term.variable), *work.conditions))


matrix_calculus = Rule(
    "matrix-calculus",
    r"\nabla_x\, x^\top A x = (A + A^\top) x, \quad \nabla_X \operatorname{tr}(A X) = A^\top, "
    r"\quad \nabla_X \log\det X = X^{-\top}",
    "Magnus and Neudecker, Matrix Differential Calculus, ch. 9; Petersen and Pedersen, The Matrix Cookbook, section 2",
    r"\text{what stands still does not depend on the variable}",
    rewrite=_calculus,
    roots=(Derivative, Jacobian),
    operation="diff",
)
