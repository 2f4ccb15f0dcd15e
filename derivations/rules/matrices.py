"""Matrix products, dot products and the softmax, by their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.decide.unfold import component_of, dot_as_sum, entry_of, softmax_entry, trace_as_sum
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.linear_algebra import Trace
from derivations.terms.matrices import MatrixEntry, MatrixProduct, Softmax, Transpose
from derivations.terms.matrix_properties import PermutationMatrix
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot

if TYPE_CHECKING:
    from derivations.context.facts import Facts


def _entry(term: Term, facts: Facts) -> Iterator[Candidate]:
    match term:
        case MatrixEntry(matrix, row, column):
            unfolded = entry_of(matrix, row, column)
        case Component(MatrixProduct() as vector, index):
            unfolded = component_of(vector, index)
        case _:
            return
    if unfolded != term:
        yield Candidate(unfolded)


matrix_product = Rule(
    "matrix-product",
    r"(AB)_{i,j} = \sum_{t=1}^{d} A_{i,t} B_{t,j}, \quad (A^\top)_{i,j} = A_{j,i}",
    "the definition of the matrix product",
    rewrite=_entry,
    roots=(MatrixEntry, Component),
    operation="doit",
)


def _trace(term: Term, facts: Facts) -> Iterator[Candidate]:
    if isinstance(term, Trace):
        yield Candidate(trace_as_sum(term))


definition_of_the_trace = Rule(
    "definition-of-the-trace",
    r"\operatorname{tr} A = \sum_{i=1}^{n} A_{i,i}",
    "Horn and Johnson, Matrix Analysis, section 1.2",
    rewrite=_trace,
    roots=(Trace,),
    operation="doit",
)


def _dot(term: Term, facts: Facts) -> Iterator[Candidate]:
    if isinstance(term, Dot):
        yield Candidate(dot_as_sum(term))
    if isinstance(term, Component):
        unfolded = component_of(term.vector, term.index)
        if unfolded != term:
            yield Candidate(unfolded)


dot_product = Rule(
    "dot-product",
    r"u^\top v = \sum_{t=1}^{d} u_t v_t",
    "the definition of the dot product",
    rewrite=_dot,
    roots=(Dot, Component),
    operation="doit",
)


def _softmax(term: Term, facts: Facts) -> Iterator[Candidate]:
    if isinstance(term, MatrixEntry) and isinstance(term.matrix, Softmax):
        yield Candidate(softmax_entry(term.matrix, term.row, term.column))


softmax_definition = Rule(
    "softmax-definition",
    r"[\mathrm{softmax}(X)]_{i,j} = \frac{\exp(X_{i,j})}{\sum_m \exp(X_{i,m})}",
    "Goodfellow, Bengio, Courville, Deep Learning, eq. (4.1), along each row",
    rewrite=_softmax,
    roots=(MatrixEntry,),
    operation="doit",
)


def _permuted(term: Term, facts: Facts) -> Iterator[Candidate]:
    """The rows and the columns of a matrix in another order: so are those of its softmax."""
    match term:
        case Softmax(MatrixProduct(MatrixProduct(p, a), Transpose(q))):
            yield Candidate(p @ Softmax(a) @ q.T, (PermutationMatrix(p), PermutationMatrix(q)))
        case Softmax(MatrixProduct(p, a)):
            yield Candidate(p @ Softmax(a), (PermutationMatrix(p),))


softmax_of_a_permuted_matrix = Rule(
    "softmax-of-a-permuted-matrix",
    r"\mathrm{softmax}(P A Q^\top) = P\, \mathrm{softmax}(A)\, Q^\top",
    "the softmax of a row does not look at the order of its entries",
    r"P, Q \text{ are permutation matrices}",
    rewrite=_permuted,
    roots=(Softmax,),
)
