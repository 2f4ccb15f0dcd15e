"""Variance and covariance: definitions, scaling, sums, and products of independent variables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Candidate, Row, Rule
from derivations.rules._products import divided_by, product, taken_apart, two_groups
from derivations.terms.arithmetic import Infinity, Neg, number
from derivations.terms.probability import (
    AreIndependent,
    Covariance,
    Deterministic,
    Expectation,
    IndependentTerms,
    Integrable,
    MeanIs,
    Variance,
)  # fmt: skip
from derivations.terms.relations import Ne
from derivations.terms.substitution import fresh
from derivations.terms.sums import Sum
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

u, v, w, c = metavariables("u v w c")
E, Var, Cov = Expectation, Variance, Covariance


def _finite(*terms: Term) -> tuple[Term, ...]:
    return tuple(Integrable(t, 2) for t in terms)


variance_definition = Rule(
    "variance-definition",
    r"\mathbb{V}[u] = \mathbb{E}[u^2] - \mathbb{E}[u]^2",
    "Grimmett and Stirzaker, Probability and Random Processes, definition 3.3.5",
    # Var u = E[u²] − E[u]²
    rows=(Row(Var(u), E(u**2) - E(u) ** 2, _finite(u)),),
    operation="expectation",
)

covariance_definition = Rule(
    "covariance-definition",
    r"\operatorname{Cov}(u, v) = \mathbb{E}[uv] - \mathbb{E}[u]\,\mathbb{E}[v]",
    "Grimmett and Stirzaker, Probability and Random Processes, definition 3.6.7",
    # Cov(u, v) = E[uv] − E[u] E[v]
    rows=(Row(Cov(u, v), E(u * v) - E(u) * E(v), _finite(u, v)),),
    operation="expectation",
)

_SCALING = (
    # Var c = 0
    Row(Var(c), number(0), (Deterministic(c),)),
    # Var(cu) = c² Var u,  Var(u/c) = Var u / c²,  Var(−u) = Var u
    Row(Var(c * u), c**2 * Var(u), (Deterministic(c), *_finite(u))),
    Row(Var(u * c), c**2 * Var(u), (Deterministic(c), *_finite(u))),
    Row(Var(u / c), Var(u) / c**2, (Deterministic(c), Ne(c, 0), *_finite(u))),
    Row(Var(Neg(u)), Var(u), _finite(u)),
    # Var(u + c) = Var u
    Row(Var(u + c), Var(u), (Deterministic(c), *_finite(u))),
    Row(Var(c + u), Var(u), (Deterministic(c), *_finite(u))),
    Row(Var(u - c), Var(u), (Deterministic(c), *_finite(u))),
    Row(Var(c - u), Var(u), (Deterministic(c), *_finite(u))),
)


def _scaled(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Var(u c v) = c² Var(u v)."""
    apart = taken_apart(term.children[0], facts.deterministic)
    if apart is not None:
        c, inner = map(product, apart)
        yield Candidate(c**2 * Var(inner), (Deterministic(c), *divided_by(apart[0]), *_finite(inner)))


variance_scaling = Rule(
    "variance-scaling",
    r"\mathbb{V}[cu + b] = c^2\,\mathbb{V}[u]",
    "Grimmett and Stirzaker, Probability and Random Processes, theorem 3.3.11",
    r"b, c \text{ are not random}",
    rows=_SCALING,
    rewrite=_scaled,
    roots=(Variance,),
    operation="expectation",
)


def _sum_of_independent(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Var Σ_t f_t = Σ_t Var f_t, for independent terms of a finite sum."""
    yield from _scaled(term, facts)
    if isinstance(term, Variance) and isinstance(term.body, Sum) and not isinstance(term.body.high, Infinity):
        total = term.body
        yield Candidate(
            Sum(Var(total.body), total.variable, total.low, total.high),
            (
                IndependentTerms(total.body, total.variable),
                Integrable(total, 2),
                Deterministic(total.low),
                Deterministic(total.high),
            ),
        )


variance_of_independent_sum = Rule(
    "variance-of-independent-sum",
    r"\mathbb{V}\Big[c \sum_t u_t\Big] = c^2 \sum_t \mathbb{V}[u_t], \quad "
    r"\mathbb{V}[u \pm v] = \mathbb{V}[u] + \mathbb{V}[v]",
    "Grimmett and Stirzaker, Probability and Random Processes, theorem 3.3.11",
    r"\text{the terms are independent, with finite variances; } c \text{ is not random}",
    rows=(
        *_SCALING,
        # Var(u ± v) = Var u + Var v
        Row(Var(u + v), Var(u) + Var(v), (AreIndependent(u, v), *_finite(u, v))),
        Row(Var(u - v), Var(u) + Var(v), (AreIndependent(u, v), *_finite(u, v))),
    ),
    rewrite=_sum_of_independent,
    roots=(Variance,),
    operation="expectation",
)


def _centred_groups(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Var(u v w) = Var(u w) Var v, where v and uw are independent, with means 0."""
    for one, other in two_groups(term.children[0]):
        means = (MeanIs(one, number(0)), MeanIs(other, number(0)))
        yield Candidate(Var(one) * Var(other), (AreIndependent(one, other), *_finite(one, other), *means))


variance_of_centred_product = Rule(
    "variance-of-centred-product",
    r"\mathbb{V}[uv] = \mathbb{V}[u]\,\mathbb{V}[v]",
    "Goodman, On the exact variance of products, JASA 55 (1960), with both means 0",
    r"u \text{ and } v \text{ are independent, } \mathbb{E}[u] = \mathbb{E}[v] = 0",
    # Var(uv) = Var u · Var v
    rows=(Row(Var(u * v), Var(u) * Var(v),
              (AreIndependent(u, v), *_finite(u, v), MeanIs(u, number(0)), MeanIs(v, number(0)))),),
    rewrite=_centred_groups,
    roots=(Variance,),
    operation="expectation",
)  # fmt: skip

variance_of_independent_product = Rule(
    "variance-of-independent-product",
    r"\mathbb{V}[uv] = \mathbb{V}[u]\,\mathbb{V}[v] + \mathbb{V}[u]\,\mathbb{E}[v]^2 + \mathbb{V}[v]\,\mathbb{E}[u]^2",
    "Goodman, On the exact variance of products, JASA 55 (1960), eq. (2)",
    r"u \text{ and } v \text{ are independent}",
    rows=(Row(Var(u * v), Var(u) * Var(v) + Var(u) * E(v) ** 2 + Var(v) * E(u) ** 2,
              (AreIndependent(u, v), *_finite(u, v))),),
    operation="expectation",
)  # fmt: skip


def _bilinear(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Cov(Σ_t f_t, v) = Σ_t Cov(f_t, v), Cov(u c w, v) = c Cov(u w, v), on either side."""
    if not isinstance(term, Covariance):
        return
    for one, other, left in ((term.left, term.right, True), (term.right, term.left, False)):
        apart = taken_apart(one, facts.deterministic)
        if apart is not None:
            c, inner = map(product, apart)
            needed = (Deterministic(c), *divided_by(apart[0]), *_finite(inner, other))
            yield Candidate(c * (Cov(inner, other) if left else Cov(other, inner)), needed)
    for total, other, left in ((term.left, term.right, True), (term.right, term.left, False)):
        if isinstance(total, Sum) and not isinstance(total.high, Infinity):
            index, body = total.variable, total.body
            if index in other.free:
                index = fresh(index, other.free | body.free)
                body = body.substitute({total.variable: index})
            inner = Cov(body, other) if left else Cov(other, body)
            yield Candidate(Sum(inner, index, total.low, total.high),
                            (*_finite(total, other), Deterministic(total.low), Deterministic(total.high)))  # fmt: skip


bilinearity_of_covariance = Rule(
    "bilinearity-of-covariance",
    r"\operatorname{Cov}(cu + v, w) = c \operatorname{Cov}(u, w) + \operatorname{Cov}(v, w), \quad "
    r"\operatorname{Cov}(u, u) = \mathbb{V}[u]",
    "Grimmett and Stirzaker, Probability and Random Processes, exercise 3.11.4",
    r"c \text{ is not random; finite variances}",
    rows=(
        Row(Cov(u, u), Var(u), _finite(u)),
        Row(Cov(c, u), number(0), (Deterministic(c), *_finite(u))),
        Row(Cov(u, c), number(0), (Deterministic(c), *_finite(u))),
        Row(Cov(u + v, w), Cov(u, w) + Cov(v, w), _finite(u, v, w)),
        Row(Cov(u - v, w), Cov(u, w) - Cov(v, w), _finite(u, v, w)),
        Row(Cov(w, u + v), Cov(w, u) + Cov(w, v), _finite(u, v, w)),
        Row(Cov(w, u - v), Cov(w, u) - Cov(w, v), _finite(u, v, w)),
        Row(Cov(Neg(u), w), -Cov(u, w), _finite(u, w)),
        Row(Cov(w, Neg(u)), -Cov(w, u), _finite(u, w)),
        Row(Cov(c * u, w), c * Cov(u, w), (Deterministic(c), *_finite(u, w))),
        Row(Cov(w, c * u), c * Cov(w, u), (Deterministic(c), *_finite(u, w))),
        Row(Cov(u * c, w), c * Cov(u, w), (Deterministic(c), *_finite(u, w))),
        Row(Cov(w, u * c), c * Cov(w, u), (Deterministic(c), *_finite(u, w))),
        Row(Cov(u / c, w), Cov(u, w) / c, (Deterministic(c), Ne(c, 0), *_finite(u, w))),
        Row(Cov(w, u / c), Cov(w, u) / c, (Deterministic(c), Ne(c, 0), *_finite(u, w))),
    ),
    rewrite=_bilinear,
    roots=(Covariance,),
    operation="expectation",
)


def _sum_of_any(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Var Σ_t f_t = Σ_s Σ_t Cov(f_s, f_t), for a finite sum."""
    total = term.children[0]
    if isinstance(total, Sum) and not isinstance(total.high, Infinity):
        other = fresh(total.variable, total.free | total.body.free | {total.variable})
        inner = Cov(total.body, total.body.substitute({total.variable: other}))
        double = Sum(Sum(inner, other, total.low, total.high), total.variable, total.low, total.high)
        yield Candidate(double, (Integrable(total, 2), Deterministic(total.low), Deterministic(total.high)))


variance_of_sum = Rule(
    "variance-of-sum",
    r"\mathbb{V}[u \pm v] = \mathbb{V}[u] + \mathbb{V}[v] \pm 2 \operatorname{Cov}(u, v), \quad "
    r"\mathbb{V}\Big[\sum_t u_t\Big] = \sum_s \sum_t \operatorname{Cov}(u_s, u_t)",
    "Grimmett and Stirzaker, Probability and Random Processes, exercise 3.3.7",
    r"\text{finite variances}",
    rows=(
        Row(Var(u + v), Var(u) + Var(v) + 2 * Cov(u, v), _finite(u, v)),
        Row(Var(u - v), Var(u) + Var(v) - 2 * Cov(u, v), _finite(u, v)),
    ),
    rewrite=_sum_of_any,
    roots=(Variance,),
    operation="expectation",
)

covariance_of_independent = Rule(
    "covariance-of-independent",
    r"\operatorname{Cov}(u, v) = 0",
    "Grimmett and Stirzaker, Probability and Random Processes, lemma 3.3.9",
    r"u \text{ and } v \text{ are independent, with finite variances}",
    rows=(Row(Cov(u, v), number(0), (AreIndependent(u, v), *_finite(u, v))),),
    operation="expectation",
)
