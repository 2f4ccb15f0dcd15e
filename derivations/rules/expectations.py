"""Expectation: linearity, products of independent variables, declared moments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.decide.moments import law_of, mean_of, variance_of
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Candidate, Row, Rule
from derivations.rules._products import divided_by, product, sum_of_products, taken_apart, two_groups
from derivations.rules.conditional_expectations import conditional_linearity
from derivations.terms.arithmetic import Add, Div, Infinity, Mul, Neg, Number, Pow, Sub, number
from derivations.terms.conditioning import ConditionalExpectation
from derivations.terms.families import Entry
from derivations.terms.probability import AreIndependent, Deterministic, Expectation, Integrable, Variance
from derivations.terms.relations import Ne
from derivations.terms.sums import Sum
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

u, v, c = metavariables("u v c")
E = Expectation


def _integrable(*terms: Term) -> tuple[Term, ...]:
    return tuple(Integrable(t, 1) for t in terms)


LINEAR = (
    # E[c] = c
    Row(E(c), c, (Deterministic(c),)),
    # E[u ± v] = E[u] ± E[v]
    Row(E(u + v), E(u) + E(v), _integrable(u, v)),
    Row(E(u - v), E(u) - E(v), _integrable(u, v)),
    Row(E(Neg(u)), -E(u), _integrable(u)),
    # E[cu] = c E[u]
    Row(E(c * u), c * E(u), (Deterministic(c), *_integrable(u))),
    Row(E(u * c), E(u) * c, (Deterministic(c), *_integrable(u))),
    Row(E(u / c), E(u) / c, (Deterministic(c), Ne(c, 0), *_integrable(u))),
)


def expanded(body: Term, facts: Facts) -> Term | None:
    """A product or power multiplied out, if that makes it a sum."""
    from derivations.algebra.normal import in_ring

    if not isinstance(body, (Mul, Pow, Div)):
        return None
    result = in_ring(facts.enter(Expectation(body).scope()), lambda s: s.term(s(body)))
    return (
        result
        if isinstance(result, (Add, Sub)) or isinstance(result, Div) and isinstance(result.left, (Add, Sub))
        else None
    )


def _linearity(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E Σ_t f_t = Σ_t E f_t for a finite sum; E[(u + v)²] = E[u² + 2uv + v²]."""
    yield from _sum(term, facts)
    yield from conditional_linearity(term, facts)
    if isinstance(term, Expectation):
        apart = taken_apart(term.body, facts.deterministic)
        if apart is not None:  # E[u c v] = c E[u v]
            c, u = map(product, apart)
            yield Candidate(c * E(u), (Deterministic(c), *divided_by(apart[0]), *_integrable(u)))
        multiplied = expanded(term.body, facts)
        if multiplied is not None and multiplied != term.body:
            yield Candidate(E(multiplied), (Integrable(term.body, 1),))
        for total in sum_of_products(term.body):  # E[u Σ f_t] = E[Σ u f_t]
            yield Candidate(E(total), (Integrable(term.body, 1),))


def _sum(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E Σ_t f_t = Σ_t E f_t, for a finite sum."""
    if isinstance(term, Expectation) and isinstance(term.body, Sum) and not isinstance(term.body.high, Infinity):
        total = term.body
        inner = Sum(E(total.body), total.variable, total.low, total.high)
        yield Candidate(inner, (Integrable(total, 1), Deterministic(total.low), Deterministic(total.high)))


linearity_of_expectation = Rule(
    "linearity-of-expectation",
    r"\mathbb{E}[cu + v] = c\,\mathbb{E}[u] + \mathbb{E}[v], \quad \mathbb{E}\sum_t f_t = \sum_t \mathbb{E}[f_t]",
    "Grimmett and Stirzaker, Probability and Random Processes, theorem 3.3.8",
    r"c \text{ is not random; } u, v \text{ are integrable; the sum is finite}",
    rows=LINEAR,
    rewrite=_linearity,
    roots=(Expectation, ConditionalExpectation),
    operation="expectation",
)


def _independent_groups(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[u v w] = E[u w] E[v], where v and uw are independent."""
    for u, v in two_groups(term.children[0]):
        yield Candidate(E(u) * E(v), (AreIndependent(u, v), *_integrable(u, v)))


expectation_of_independent_product = Rule(
    "expectation-of-independent-product",
    r"\mathbb{E}[uv] = \mathbb{E}[u]\,\mathbb{E}[v]",
    "Grimmett and Stirzaker, Probability and Random Processes, lemma 3.3.9",
    r"u \text{ and } v \text{ are independent and integrable}",
    # E[uv] = E[u] E[v]
    rows=(Row(E(u * v), E(u) * E(v), (AreIndependent(u, v), *_integrable(u, v))),),
    rewrite=_independent_groups,
    roots=(Expectation,),
    operation="expectation",
)


def declared_moment(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[X] = μ, Var X = σ², E[X²] = E[X X] = σ² + μ², as declared of X."""
    member = term.children[0] if isinstance(term, (Expectation, Variance)) else None
    square = False
    match member:
        case Pow(base, Number(worth)) if worth == 2:
            member, square = base, True
        case Mul(one, other) if one == other:
            member, square = one, True
    law = law_of(member.family, facts) if isinstance(member, Entry) else None
    if law is None or not isinstance(member, Entry):
        return
    mean, variance = mean_of(member, law, facts), variance_of(member, law, facts)
    if mean is None or variance is None:
        return
    if isinstance(term, Variance):
        if not square:
            yield Candidate(variance, (law,))
    else:
        yield Candidate(variance + mean**2 if square else mean, (law,))


declared_moments = Rule(
    "declared-moments",
    r"\mathbb{E}[X] = \mu, \quad \mathbb{V}[X] = \sigma^2, \quad \mathbb{E}[X^2] = \sigma^2 + \mu^2",
    "the law that was declared for X",
    r"X \text{ was declared with mean } \mu \text{ and variance } \sigma^2",
    rewrite=declared_moment,
    roots=(Expectation, Variance),
    operation="expectation",
)


def _standard(term: Term, facts: Facts) -> Iterator[Candidate]:
    for candidate in declared_moment(term, facts):
        law = candidate.conditions[0]
        if getattr(law, "kind", "") == "gaussian" and law.mean == number(0) and law.variance == number(1):  # type: ignore[attr-defined]
            yield candidate


standard_gaussian = Rule(
    "standard-gaussian",
    r"\mathbb{E}[Z] = 0, \quad \mathbb{V}[Z] = \mathbb{E}[Z^2] = 1",
    "Grimmett and Stirzaker, Probability and Random Processes, example 4.4.7",
    r"Z \text{ is standard Gaussian}",
    rewrite=_standard,
    roots=(Expectation, Variance),
    operation="expectation",
)
