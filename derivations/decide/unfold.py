"""Entries of matrices and components of vectors, unfolded to members of their families."""

from __future__ import annotations

from derivations.terms.arithmetic import Add, Div, Exp, Mul, Neg, Sub, number
from derivations.terms.calculus import Derivative
from derivations.terms.families import Entry, Row
from derivations.terms.linear_algebra import (
    Diagonal,
    DiagonalOf,
    Hadamard,
    Identity,
    Ones,
    Trace,
    UnitVector,
    Zeros,
)
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixProduct, Softmax, Transpose
from derivations.terms.substitution import fresh
from derivations.terms.sums import INTEGER, Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import ROW, Term
from derivations.terms.vectors import Component, Dot


def index_for(*terms: Term, name: str = "t") -> Symbol:
    """A summation index that does not occur in the terms."""
    symbol = Symbol(name, INTEGER)
    taken: frozenset[Symbol] = frozenset().union(*(t.free for t in terms))
    return fresh(symbol, taken) if symbol in taken else symbol


def component_of(vector: Term, index: Term) -> Term:
    """(a u + b v)_t = a u_t + b v_t; a row's component is a member of its family."""
    match vector:
        case Row(family, indices):
            return Entry(family, (*indices, index))
        case Add(a, b):
            return Add(component_of(a, index), component_of(b, index))
        case Sub(a, b):
            return Sub(component_of(a, index), component_of(b, index))
        case Neg(a):
            return Neg(component_of(a, index))
        case Mul(a, b) if b.shape:
            return Mul(a, component_of(b, index))
        case Mul(a, b):
            return Mul(component_of(a, index), b)
        case Div(a, b):
            return Div(component_of(a, index), b)
        case MatrixProduct(a, b) if len(b.shape) == 1:
            t = index_for(a, b, index)
            return Sum(entry_of(a, index, t) * component_of(b, t), t, number(1), b.shape[0])
        case Ones() | Zeros():
            return number(vector.digit)
        case UnitVector(place, _):
            return Delta(place, index)
        case DiagonalOf(a):
            return entry_of(a, index, index)
        case Hadamard(a, b):
            return component_of(a, index) * component_of(b, index)
    return Component(vector, index)


def dot_as_sum(term: Dot) -> Term:
    """uᵀv = Σ_{t=1}^{d} u_t v_t."""
    t = index_for(term)
    return Sum(component_of(term.left, t) * component_of(term.right, t), t, number(1), term.left.shape[0])


def entry_of(matrix: Term, row: Term, column: Term) -> Term:
    """(AB)_{ij} = Σ_t A_{it} B_{tj}, (Aᵀ)_{ij} = A_{ji}, and linearity; unfolded as far as it goes."""
    match matrix:
        case Matrix(_, family):
            return Entry(family, (row, column))
        case Transpose(inner) if len(inner.shape) == 2:
            return entry_of(inner, column, row)
        case Identity():
            return Delta(row, column)
        case Ones() | Zeros():
            return number(matrix.digit)
        case Diagonal(v):
            return Delta(row, column) * component_of(v, row)
        case Hadamard(a, b):
            return entry_of(a, row, column) * entry_of(b, row, column)
        case MatrixProduct(a, Transpose(b)) if len(a.shape) == 1 and len(b.shape) == 1:
            return component_of(a, row) * component_of(b, column)
        case Add(a, b):
            return Add(entry_of(a, row, column), entry_of(b, row, column))
        case Sub(a, b):
            return Sub(entry_of(a, row, column), entry_of(b, row, column))
        case Neg(a):
            return Neg(entry_of(a, row, column))
        case Mul(a, b) if b.shape:
            return Mul(a, entry_of(b, row, column))
        case Mul(a, b):
            return Mul(entry_of(a, row, column), b)
        case Div(a, b):
            return Div(entry_of(a, row, column), b)
        case MatrixProduct(a, b) if len(a.shape) == 2 and ROW not in a.shape:
            t = index_for(a, b, row, column)
            return Sum(entry_of(a, row, t) * entry_of(b, t, column), t, number(1), a.shape[1])
    return MatrixEntry(matrix, row, column)


def trace_as_sum(term: Trace) -> Term:
    """tr A = Σ_i A_ii."""
    i = index_for(term, name="i")
    return Sum(MatrixEntry(term.matrix, i, i), i, number(1), term.matrix.shape[0])


def softmax_entry(matrix: Softmax, row: Term, column: Term) -> Term:
    """softmax(X)_{ij} = exp(X_{ij}) / Σ_m exp(X_{im})."""
    inner = matrix.matrix
    m = index_for(inner, row, column, name="m")
    total = Sum(Exp(MatrixEntry(inner, row, m)), m, number(1), inner.shape[1])
    return Div(Exp(MatrixEntry(inner, row, column)), total)


__all__ = ["Derivative", "component_of", "dot_as_sum", "entry_of", "index_for", "softmax_entry", "trace_as_sum"]
