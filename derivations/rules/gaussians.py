"""Moments of polynomials in independent Gaussians: Isserlis' theorem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.kernel.reasons import Candidate, Rule
from derivations.rules._independence import PROVERS  # noqa: F401  (discovered here)
from derivations.rules._isserlis import expectation
from derivations.rules._moments import NotPolynomial, polynomial
from derivations.terms.probability import Covariance, Expectation, Integrable, Variance
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts


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
    def mean(body: Term) -> Term | None:
        return expectation(polynomial(body, facts, unfold=False), facts)

    try:
        if isinstance(term, Expectation):
            return mean(term.body)
        left, right = (term.body, term.body) if isinstance(term, Variance) else (term.left, term.right)  # type: ignore[attr-defined]
        product, first, second = mean(left * right), mean(left), mean(right)
    except NotPolynomial:
        return None
    return None if product is None or first is None or second is None else product - first * second


isserlis = Rule(
    "isserlis",
    r"\mathbb{E}[X_1 \cdots X_{2n}] = \sum_{\text{pairings}} \prod \operatorname{Cov}(X_i, X_j)",
    "Isserlis, On a formula for the product-moment coefficient, Biometrika 12 (1918)",
    r"\text{centred Gaussians; first and second moments of any independent variables}",
    rewrite=_moments,
    operation="expectation",
)
