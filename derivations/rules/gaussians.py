"""Moments of polynomials in independent Gaussians: Isserlis' theorem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.decide.independence import PROVERS  # noqa: F401  (discovered here)
from derivations.decide.isserlis import expectation
from derivations.decide.moments import NotPolynomial, polynomial, product
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.arithmetic import is_literal, literal
from derivations.terms.probability import Covariance, Expectation, Integrable, Variance
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts


def _moments(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[X₁ ⋯ X_{2n}] = Σ over pairings of Π Cov(X_i, X_j); Cov(q_i, q_j) = δ_{ij} σ²."""
    match term:
        case Expectation(body):
            wanted = [(body, 1)]
        case Variance(body):
            wanted = [(body, 2)]
        case Covariance(left, right):
            wanted = [(left, 2), (right, 2)]
        case _:
            return
    value = _value(term, facts)
    if value is not None:
        yield Candidate(value, tuple(Integrable(body, order) for body, order in wanted))


def _value(term: Term, facts: Facts) -> Term | None:
    try:
        left, *others = [polynomial(body, facts, unfold=False) for body in term.children]
        if isinstance(term, Expectation):
            return expectation(left, facts)
        right = others[0] if others else left
        both, first = expectation(product(left, right), facts), expectation(left, facts)
        second = first if right is left else expectation(right, facts)
    except NotPolynomial:
        return None
    if both is None or first is None or second is None:
        return None
    centred = is_literal(first) and literal(first) == 0
    return both if centred else both - first * second


isserlis = Rule(
    "isserlis",
    r"\mathbb{E}[X_1 \cdots X_{2n}] = \sum_{\text{pairings}} \prod \operatorname{Cov}(X_i, X_j)",
    "Isserlis, On a formula for the product-moment coefficient, Biometrika 12 (1918)",
    r"\text{centred Gaussians; first and second moments of any independent variables}",
    rewrite=_moments,
    roots=(Expectation, Variance, Covariance),
    operation="expectation",
)
