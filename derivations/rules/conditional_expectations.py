"""Conditional expectation: total expectation, the tower property, what is known, conditional independence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.decide.densities import factors as multiplied
from derivations.decide.densities import of_its_process
from derivations.decide.laws import averages
from derivations.decide.observing import observed, sure_once_observed
from derivations.decide.separation import on_graph, on_template
from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Candidate, Rule
from derivations.rules._products import ONE, divided_by, factors, product, taken_apart, two_groups
from derivations.terms.arithmetic import Add, Div, Infinity, Mul, Neg, Sub, number
from derivations.terms.conditioning import (
    Conditional,
    ConditionalExpectation,
    ConditionallyIndependent,
    ConditionalVariance,
    Density,
    DependenceGraph,
    IntegrableGiven,
    Pair,
    ProcessVariable,
    expectation_given,
)
from derivations.terms.integrals import Integral
from derivations.terms.probability import AreIndependent, Deterministic, Expectation, Integrable, random_members
from derivations.terms.relations import Ne
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.context.facts import Facts


def _mean(body: Term, pairs: tuple[Pair, ...]) -> tuple[Term, Term]:
    """E[body | pairs], and the condition that it is defined."""
    mean = expectation_given(body, pairs)
    return mean, next(iter(mean.demands()))


def _like(body: Term, term: Conditional) -> Term:
    """E[body | …] with the conditions of the term, written as there."""
    return type(term)(body, term.variables, term.values, term.short)


def given_of(term: Term) -> tuple[Pair, ...] | None:
    """The conditions of an expectation (none for a plain one); None for any other term."""
    if isinstance(term, ConditionalExpectation):
        return term.pairs
    return () if isinstance(term, Expectation) else None


# -- linearity -------------------------------------------------------------------------
def conditional_linearity(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[cu + v | y] = c E[u | y] + E[v | y]; see linearity-of-expectation."""
    if not isinstance(term, ConditionalExpectation):
        return

    def mean(body: Term) -> Term:
        return _like(body, term)

    def finite(*bodies: Term) -> tuple[Term, ...]:
        return tuple(IntegrableGiven(b, term.variables, term.values, 1) for b in bodies)

    match term.body:
        case body if facts.deterministic(body):  # E[c | y] = c
            yield Candidate(body)
        case Add(u, v):
            yield Candidate(mean(u) + mean(v), finite(u, v))
        case Sub(u, v):
            yield Candidate(mean(u) - mean(v), finite(u, v))
        case Neg(u):
            yield Candidate(-mean(u), finite(u))
        case Mul(c, u) if facts.deterministic(c):
            yield Candidate(c * mean(u), (Deterministic(c), *finite(u)))
        case Mul(u, c) if facts.deterministic(c):
            yield Candidate(mean(u) * c, (Deterministic(c), *finite(u)))
        case Div(u, c) if facts.deterministic(c):
            yield Candidate(mean(u) / c, (Deterministic(c), Ne(c, 0), *finite(u)))
        case Sum(body, index, low, high) if not isinstance(high, Infinity):
            if not any(index in part.free for pair in term.pairs for part in pair):
                total = Sum(mean(body), index, low, high)
                yield Candidate(total, (Deterministic(low), Deterministic(high), *finite(term.body)))
    apart = taken_apart(term.body, facts.deterministic)
    if apart is not None:  # E[u c v | y] = c E[u v | y]
        c, u = map(product, apart)
        yield Candidate(c * mean(u), (Deterministic(c), *divided_by(apart[0]), *finite(u)))
    from derivations.rules.expectations import expanded

    multiplied = expanded(term.body, facts)
    if multiplied is not None and multiplied != term.body:
        yield Candidate(mean(multiplied), finite(term.body))


# -- the tower property ------------------------------------------------------------------
def _towers(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[E[X | y, Z] | y] = E[X | y]."""
    outer = given_of(term)
    inner = term.children[0] if outer is not None else None
    if outer is None or not isinstance(inner, ConditionalExpectation):
        return
    if not {v for v, _ in outer} <= set(inner.variables):
        return  # the inner conditions must include the outer ones
    if all(x == y or (x, y) in outer and facts.deterministic(y) for x, y in inner.pairs):
        result = Expectation(inner.body) if not outer else _like(inner.body, term)  # type: ignore[arg-type]
        yield Candidate(result, tuple(result.demands()))


def _tower(term: Term, facts: Facts) -> Iterator[Candidate]:
    yield from _towers(term, facts)


tower_property = Rule(
    "tower-property",
    r"\mathbb{E}\big[\mathbb{E}[X \mid y, Z] \mid y\big] = \mathbb{E}[X \mid y]",
    "Grimmett and Stirzaker, Probability and Random Processes, theorem 7.7.10 and section 7.7",
    r"X \text{ is integrable}",
    rewrite=_tower,
    operation=None,
)


# -- densities -----------------------------------------------------------------------------
def _averages(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫ p(c | b) f(c) dc = E[f(C) | b], over one or several variables; E[f(X)] = ∫ f(x) f_X(x) dx for a law."""
    yield from averages(term, facts)
    nest: list[Integral] = []
    inside = term
    while isinstance(inside, Integral):
        nest.append(inside)
        inside = inside.body
    for depth in range(len(nest), 0, -1):
        candidate = _average(nest[:depth], facts)
        if candidate is not None:
            yield candidate


def _average(nest: list[Integral], facts: Facts) -> Candidate | None:
    variables = [one.variable for one in nest]
    parts = multiplied(nest[-1].body)
    found = [p for p in parts if isinstance(p, Density) and set(p.values) == set(variables)]
    if len(found) != 1 or len(found[0].values) != len(variables) or _minus(nest[-1].body):
        return None
    weight = found[0]
    if not of_its_process(weight):
        return None
    behind = {variable: one for one, variable in zip(weight.variables, weight.values, strict=True)}
    spaces = {one.variable: one.space for one in nest}
    for symbol, variable in behind.items():
        if not isinstance(variable, ProcessVariable) or variable.sequence.space != spaces[symbol]:  # type: ignore[index]
            return None
    if any(frozenset(variables) & t.free for t in (*weight.given, *weight.given_values, *weight.variables)):
        return None
    rest: Term | None = None
    for part in parts:
        if part is not weight:
            rest = part if rest is None else rest * part
    rest = number(1) if rest is None else rest
    if not facts.deterministic(rest):
        return None
    try:
        mean, defined = _mean(rest.substitute(behind), weight.given_pairs)
    except TermError:  # f is random in another sense: its variable is averaged over
        return None
    return Candidate(mean, (defined,))


def _minus(term: Term) -> bool:
    """Written with a minus sign somewhere among its factors."""
    if isinstance(term, Mul):
        return _minus(term.left) or _minus(term.right)
    return isinstance(term, Neg)


definition_of_expected_value = Rule(
    "definition-of-expected-value",
    r"\mathbb{E}[f(C) \mid b] = \int_{\mathcal{C}} p(c \mid b)\, f(c) \, dc, \quad "
    r"\mathbb{E}[f(X)] = \int f(x)\, f_X(x) \, dx \text{ or } \sum_k f(k)\, p_X(k)",
    "Grimmett and Stirzaker, Probability and Random Processes, theorem 4.3.4 and definition 4.6.4",
    r"f(C) \text{ is integrable}",
    rewrite=_averages,
    operation=None,
)


def _total_expectation(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫ p(c | b) E[X | b, c] dc = E[X | b], and the same without densities."""
    yield from _towers(term, facts)
    for average in _averages(term, facts):
        for candidate in _towers(average.result, facts):
            yield Candidate(candidate.result, (*average.conditions, *candidate.conditions))


law_of_total_expectation = Rule(
    "law-of-total-expectation",
    r"\mathbb{E}[X \mid b] = \int_{\mathcal{C}} p(c \mid b)\, \mathbb{E}[X \mid b, c] \, dc"
    r" = \mathbb{E}\big[\mathbb{E}[X \mid b, C] \mid b\big]",
    "Grimmett and Stirzaker, Probability and Random Processes, theorems 3.7.4 and 4.6.5",
    r"X \text{ is integrable}",
    rewrite=_total_expectation,
    operation=None,
)


# -- what is known ---------------------------------------------------------------------------
def _known(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[f(Y) X | Y = y] = f(y) E[X | Y = y], and E[f(Y, X) | Y = y] = E[f(y, X) | Y = y]."""
    if not isinstance(term, ConditionalExpectation):
        return
    values = dict(term.pairs)

    def known(factor: Term) -> Term | None:
        if not random_members(factor) <= set(values) or not sure_once_observed(factor, facts):
            return None
        return observed(factor, values, facts)

    def mean(body: Term) -> tuple[Term, Term]:
        return _like(body, term), IntegrableGiven(body, term.variables, term.values, 1)

    whole = known(term.body)
    if whole is not None:
        yield Candidate(whole)
        return
    parts = factors(term.body)
    worth = {part: known(part.right if isinstance(part, Div) and _divides(part) else part) for part in parts}
    out = [Div(ONE, value) if _divides(p) else value for p in parts if (value := worth[p]) is not None]
    rest = [part for part in parts if worth[part] is None]
    if out and rest:
        inner, defined = mean(product(rest))
        yield Candidate(product(out) * inner, (defined, *divided_by(out)))
    fixed = {x: y for x, y in values.items() if facts.deterministic(y)}
    filled = observed(term.body, fixed, facts) if sure_once_observed(term.body, facts) else None
    if filled is not None and filled != term.body:
        yield Candidate(_like(filled, term))


def _divides(part: Term) -> bool:
    return isinstance(part, Div) and part.left == ONE


taking_out_what_is_known = Rule(
    "taking-out-what-is-known",
    r"\mathbb{E}[f(Y) X \mid Y = y] = f(y)\, \mathbb{E}[X \mid Y = y]",
    "Grimmett and Stirzaker, Probability and Random Processes, exercise 7.7.1 and section 7.9",
    r"X \text{ and } f(Y) X \text{ are integrable}",
    rewrite=_known,
    operation=None,
)


# -- conditional independence -----------------------------------------------------------------
def _left_out(term: Term, facts: Facts, *, of_process: bool) -> Iterator[Candidate]:
    """E[X | y, z] = E[X | z] and p(x | y, z) = p(x | z), when X is separated from Y by Z."""
    if isinstance(term, ConditionalExpectation):
        pairs = term.pairs
        if not sure_once_observed(term.body, facts):
            return
        about = tuple(sorted(random_members(term.body), key=str))
    elif isinstance(term, Density):
        pairs, about = term.given_pairs, term.variables
    else:
        return
    if any(x != y and not facts.deterministic(y) for x, y in pairs):
        return
    kept = list(pairs)
    for pair in pairs:
        others = [other for other in kept if other != pair]
        claim = ConditionallyIndependent(about, (pair[0],), tuple(v for v, _ in others))
        if _separated(claim, facts, of_process):
            kept = others
    dropped = tuple(v for v, y in pairs if (v, y) not in kept)
    if not dropped:
        return
    claim = ConditionallyIndependent(about, dropped, tuple(v for v, _ in kept))
    yield Candidate(_with_given(term, tuple(kept)), (claim,))


def _with_given(term: ConditionalExpectation | Density, kept: tuple[Pair, ...]) -> Term:
    given, values = tuple(v for v, _ in kept), tuple(y for _, y in kept)
    if isinstance(term, Density):
        return Density(term.letter, term.variables, term.values, given, values, term.parameters)
    if not kept:
        return Expectation(term.body)
    short = tuple(w for pair, w in zip(term.pairs, term.short, strict=True) if pair in kept)
    return ConditionalExpectation(term.body, given, values, short)


def _separated(claim: ConditionallyIndependent, facts: Facts, of_process: bool) -> bool:
    """Whether the graph separates; that the graph was declared is for the condition to show."""
    if of_process:
        owner = next((p for p in _processes(facts) if any(_belongs(t, p) for t in claim.left)), None)
        return owner is not None and on_template(claim, owner, facts) is not None
    return any(isinstance(g, DependenceGraph) and on_graph(claim, g) for g in facts.given)


def _processes(facts: Facts) -> list[object]:
    """The processes that the givens speak of."""
    found = [getattr(g, "process", None) for g in facts.given]
    found += [getattr(r, "process", None) for d in facts.definitions for r in d.requires]
    return [p for p in dict.fromkeys(found) if p is not None]


def _unconditioned(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[X | y] = E[X] for X and Y independent."""
    if isinstance(term, ConditionalExpectation) and len(term.variables) == 1:
        (variable,) = term.variables
        yield Candidate(Expectation(term.body), (AreIndependent(term.body, variable), Integrable(term.body, 1)))


independence_of_the_condition = Rule(
    "independence-of-the-condition",
    r"\mathbb{E}[X \mid y] = \mathbb{E}[X]",
    "Williams, Probability with Martingales, section 9.7, property (k)",
    r"X \text{ and } Y \text{ are independent, } X \text{ is integrable}",
    rewrite=_unconditioned,
    roots=(ConditionalExpectation,),
    operation=None,
)


def _belongs(term: Term, process: object) -> bool:
    return isinstance(term, ProcessVariable) and term.sequence.owner == getattr(process, "name", None)


def _markov(term: Term, facts: Facts) -> Iterator[Candidate]:
    yield from _left_out(term, facts, of_process=True)


markov_property = Rule(
    "markov-property",
    r"\mathbb{E}[f(\text{future}) \mid s_{t+1}, \text{past}] = \mathbb{E}[f(\text{future}) \mid s_{t+1}]",
    "Sutton and Barto, Reinforcement Learning, section 3.1; Koller and Friedman, theorem 3.3",
    r"\text{the process was declared Markov; what is left out is d-separated on its time-slice template}",
    rewrite=_markov,
    operation=None,
)


def _independence(term: Term, facts: Facts) -> Iterator[Candidate]:
    yield from _left_out(term, facts, of_process=False)


conditional_independence = Rule(
    "conditional-independence",
    r"\mathbb{E}[X \mid y, z] = \mathbb{E}[X \mid z]",
    "Koller and Friedman, Probabilistic Graphical Models, theorem 3.3",
    r"X \text{ and } Y \text{ are d-separated by } Z \text{ in the declared dependence graph}",
    rewrite=_independence,
    operation=None,
)


# -- products and variances --------------------------------------------------------------------
def _product(term: Term, facts: Facts) -> Iterator[Candidate]:
    """E[XY | z] = E[X | z] E[Y | z], for X and Y that are separated by Z."""
    if not isinstance(term, ConditionalExpectation):
        return
    written = [(term.body.left, term.body.right)] if isinstance(term.body, Mul) else []
    for u, v in dict.fromkeys((*written, *two_groups(term.body))):
        if not (sure_once_observed(u, facts) and sure_once_observed(v, facts)):
            continue
        left, right = (tuple(sorted(random_members(side), key=str)) for side in (u, v))
        finite = tuple(IntegrableGiven(side, term.variables, term.values, 1) for side in (u, v))
        claim = ConditionallyIndependent(left, right, term.variables)
        yield Candidate(_like(u, term) * _like(v, term), (claim, *finite))


product_of_conditionally_independent = Rule(
    "product-of-conditionally-independent",
    r"\mathbb{E}[XY \mid z] = \mathbb{E}[X \mid z]\, \mathbb{E}[Y \mid z]",
    "Grimmett and Stirzaker, Probability and Random Processes, section 3.7; Koller and Friedman, theorem 3.3",
    r"X \text{ and } Y \text{ are d-separated by } Z",
    rewrite=_product,
    operation=None,
)


def _variance(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Var(X | y) = E[X² | y] − E[X | y]²."""
    if isinstance(term, ConditionalVariance):
        square, mean = (
            ConditionalExpectation(body, term.variables, term.values, term.short) for body in (term.body**2, term.body)
        )
        yield Candidate(square - mean**2, (IntegrableGiven(term.body, term.variables, term.values, 2),))


conditional_variance = Rule(
    "conditional-variance",
    r"\mathbb{V}[X \mid y] = \mathbb{E}[X^2 \mid y] - \mathbb{E}[X \mid y]^2",
    "Grimmett and Stirzaker, Probability and Random Processes, problem 7.7.2",
    r"X \text{ has a finite variance given } y",
    rewrite=_variance,
    operation=None,
)

__all__ = [
    "Deterministic", "Integrable", "Symbol", "conditional_independence", "conditional_linearity",
    "conditional_variance", "definition_of_expected_value", "discharge", "given_of", "law_of_total_expectation",
    "markov_property", "product_of_conditionally_independent", "taking_out_what_is_known", "tower_property",
]  # fmt: skip
