"""Matrix products, dot products and the softmax, by their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.decide.unfold import component_of, dot_as_sum, entry_of, softmax_entry
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.matrices import MatrixEntry, Softmax
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts


def _entry(term: Term, facts: Facts) -> Iterator[Candidate]:
    if isinstance(term, MatrixEntry):
        unfolded = entry_of(term.matrix, term.row, term.column)
        if unfolded != term:
            yield Candidate(unfolded)


matrix_product = Rule(
    "matrix-product",
    r"(AB)_{i,j} = \sum_{t=1}^{d} A_{i,t} B_{t,j}, \quad (A^\top)_{i,j} = A_{j,i}",
    "the definition of the matrix product",
    rewrite=_entry,
    roots=(MatrixEntry,),
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
