"""Integrals over intervals: the fundamental theorem, parts, additivity, symmetry, comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import decide, in_ring
from derivations.algebra.ring import Ratio, Ring
from derivations.algebra.signs import NEGATIVE, sign_of
from derivations.decide.intervals import continuous_at, range_of, slope_of, value_at
from derivations.decide.primitives import candidates
from derivations.kernel.attempt import Closing
from derivations.kernel.conditions import discharge
from derivations.kernel.reasons import Candidate, Rule
from derivations.kernel.report import Condition
from derivations.terms.arithmetic import Infinity, MinusInfinity, Neg, Sub, number
from derivations.terms.calculus import Derivative, Differentiable
from derivations.terms.definite_integrals import (
    DefiniteIntegral,
    Dominated,
    Evaluated,
    HasEnds,
    IntegrableOn,
    IsEven,
    IsOdd,
    IsPrimitive,
)
from derivations.terms.functions import Apply, Function
from derivations.terms.relations import Relation, relation
from derivations.terms.substitution import fresh
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

if TYPE_CHECKING:
    from derivations.context.facts import Facts


# -- the fundamental theorem -------------------------------------------------------------
def _value(node: Evaluated, facts: Facts) -> Term | None:
    """F(b) − F(a), as F is written, or with its limits at the ends."""
    of, values = range_of(node), []
    for end in (node.high, node.low):
        if end.shape == () and continuous_at(of, end, node.body, facts):
            values.append(node.body.substitute({node.variable: end}))
        else:
            found = value_at(of, end, node.body, facts)
            if found is None:
                return None
            values.append(found[0])
    return Sub(*values)


def _ends(term: Term, facts: Facts) -> Iterator[Candidate]:
    """[F]_a^b = F(b) − F(a)."""
    if isinstance(term, Evaluated):
        result = _value(term, facts)
        yield Candidate(term if result is None else result, tuple(term.demands()))


evaluation_at_the_ends = Rule(
    "evaluation-at-the-ends",
    r"[F(x)]_a^b = F(b) - F(a), \quad [F(x)]_a^\infty = \lim_{x \to \infty} F(x) - F(a)",
    "Spivak, Calculus, ch. 19",
    r"F \text{ has a limit at each end}",
    rewrite=_ends,
    roots=(Evaluated,),
    operation="integrate",
)


def _slope(node: Evaluated, facts: Facts) -> Iterator[Candidate]:
    """[F]_a^b = ∫_a^b F′."""
    slope = slope_of(node.body, node.variable, facts.enter(node.scope()))[0]
    rest = node.fields[1:]
    yield Candidate(
        DefiniteIntegral(slope, *rest),
        (HasEnds(node.body, *rest), IsPrimitive(node.body, slope, *rest), IntegrableOn(slope, *rest)),
    )


def _fundamental(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫_a^b f = F(b) − F(a), where F′ = f."""
    if isinstance(term, Evaluated):
        yield from _slope(term, facts)
    if not isinstance(term, DefiniteIntegral):
        return
    rest = term.fields[1:]
    for proposed in candidates(term.body, term.variable, facts.enter(term.scope())):
        node = Evaluated(proposed, *rest)
        result = _value(node, facts)
        conditions = (IntegrableOn(*term.fields), HasEnds(proposed, *rest), IsPrimitive(proposed, *term.fields))
        if result is not None and all(discharge(c, facts) is not None for c in conditions[1:]):
            yield Candidate(result, conditions)


fundamental_theorem_of_calculus = Rule(
    "fundamental-theorem-of-calculus",
    r"\int_a^b f(x) \, dx = [F(x)]_a^b = F(b) - F(a)",
    "Spivak, Calculus, ch. 14, theorem 2",
    r"F' = f \text{, } f \text{ is continuous and integrable over } (a, b)",
    rewrite=_fundamental,
    roots=(DefiniteIntegral, Evaluated),
    operation="integrate",
)


def _parts(term: Term, facts: Facts) -> Iterator[Candidate]:
    if isinstance(term, Evaluated):
        yield from _slope(term, facts)


integration_by_parts = Rule(
    "integration-by-parts",
    r"\int_a^b u\,v' \, dx = [u\,v]_a^b - \int_a^b u'\,v \, dx",
    "Spivak, Calculus, ch. 19, theorem 1",
    r"u', v' \text{ are continuous, } (u v)' \text{ is integrable over } (a, b)",
    rewrite=_parts,
    roots=(Evaluated,),
    operation="integrate",
)


# -- additivity ------------------------------------------------------------------------------
def _additive(link: Relation, facts: Facts) -> Closing | None:
    """∫_a^c = ∫_a^b + ∫_b^c: each ∫_a^b f is Φ(b) − Φ(a), with one Φ for each f."""
    if link.variable is not None or link.sign != "=" or link.lhs.shape != () or link.rhs.shape != ():
        return None

    def work(s: Ring) -> Closing | None:
        difference = s.lowest(s(link.lhs) - s(link.rhs))
        integrals = _integrals(s, difference)
        functions: dict[Term, Function] = {}
        total = difference
        for g, node in integrals:
            phi = functions.setdefault(node.body, Function(f"Φ {len(functions)}"))
            total = _replaced(s, total, g, s(Apply(phi, (node.high,))) - s(Apply(phi, (node.low,))))
        if not integrals or not s.is_zero(total):
            return None
        name = additivity_of_the_integral.name
        asked = [IntegrableOn(*node.fields) for _, node in integrals]
        return Closing(name, tuple(sorted(s.used)), tuple([Condition(c, name, discharge(c, facts)) for c in asked]))

    return in_ring(facts, work)


def _integrals(s: Ring, ratio: Ratio) -> list[tuple[int, DefiniteIntegral]]:
    degrees = ratio.num.degrees() if ratio.num else ()
    found = [(g, s.atoms[g]) for g, d in enumerate(degrees) if d]
    return [(g, atom) for g, atom in found if isinstance(atom, DefiniteIntegral)]


def _replaced(s: Ring, ratio: Ratio, g: int, value: Ratio) -> Ratio:
    """The ratio, its numerator with a generator replaced."""
    total = s.zero
    for exponents, coefficient in ratio.num.terms():
        rest = [int(n) for n in exponents]
        power, rest[g] = rest[g], 0
        part = Ratio(s.monomial(rest).num * coefficient, s.one)
        total = total + (part * value.power(power) if power else part)
    return total / Ratio(ratio.den, s.one)


additivity_of_the_integral = Rule(
    "additivity-of-the-integral",
    r"\int_a^c f(x) \, dx = \int_a^b f(x) \, dx + \int_b^c f(x) \, dx",
    "Spivak, Calculus, ch. 13, theorem 4",
    r"f \text{ is integrable over each interval}",
    closes=_additive,
    operation=None,
)


# -- a parameter -----------------------------------------------------------------------------
def _under_the_sign(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∂/∂θ ∫_a^b f dx = ∫_a^b ∂f/∂θ dx + f(b) ∂b/∂θ − f(a) ∂a/∂θ."""
    if not isinstance(term, Derivative) or not isinstance(term.body, DefiniteIntegral):
        return
    node, theta = term.body, term.variable
    if not isinstance(theta, Symbol) or theta.shape != ():
        return
    if node.variable == theta:
        other = fresh(node.variable, node.body.free | node.low.free | node.high.free | {theta})
        node = DefiniteIntegral(node.body.substitute({node.variable: other}), other, node.low, node.high)
    result: Term = DefiniteIntegral(Derivative(node.body, theta), *node.fields[1:])
    conditions: list[Term] = [
        IntegrableOn(*node.fields),
        Dominated(node.body, node.variable, node.low, node.high, theta),
    ]
    for end, sign in ((node.high, 1), (node.low, -1)):
        if end.shape == () and facts.depends(end, theta):
            edge = node.body.substitute({node.variable: end}) * Derivative(end, theta)
            result = result + edge if sign > 0 else result - edge
            conditions.append(Differentiable(end, theta))
    yield Candidate(result, tuple(conditions))


differentiation_under_the_integral_sign = Rule(
    "differentiation-under-the-integral-sign",
    r"\frac{\partial}{\partial \theta} \int_a^b f \, dx = \int_a^b \frac{\partial f}{\partial \theta} \, dx"
    r" + f(b)\,\frac{\partial b}{\partial \theta} - f(a)\,\frac{\partial a}{\partial \theta}",
    "Rudin, Principles of Mathematical Analysis, theorem 9.42; Apostol, Mathematical Analysis, theorem 10.39",
    r"\partial f / \partial \theta \text{ is continuous, and dominated by an integrable function}",
    rewrite=_under_the_sign,
    roots=(Derivative,),
    operation=None,
)


# -- symmetry --------------------------------------------------------------------------------
def _symmetric(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫_{−a}^a f = 0 for an odd f, = 2 ∫_0^a f for an even one."""
    if not isinstance(term, DefiniteIntegral):
        return
    low, high = term.low, term.high
    exists: list[Term] = [IntegrableOn(*term.fields)]
    if isinstance(low, MinusInfinity) != isinstance(high, Infinity):
        return
    if high.shape == ():
        exists.append(relation(low, "=", Neg(high)))
    if term.low == number(0):
        return
    half = DefiniteIntegral(term.body, term.variable, number(0), high)
    odd, even = IsOdd(term.body, term.variable), IsEven(term.body, term.variable)
    if discharge(odd, facts) is not None:
        yield Candidate(number(0), (*exists, odd))
    else:
        yield Candidate(2 * half, (*exists, even, IntegrableOn(*half.fields)))


symmetry_of_the_integrand = Rule(
    "symmetry-of-the-integrand",
    r"\int_{-a}^a f(x) \, dx = 0 \text{ if } f(-x) = -f(x), \quad = 2 \int_0^a f(x) \, dx \text{ if } f(-x) = f(x)",
    "Spivak, Calculus, ch. 13, problem 21",
    r"f \text{ is integrable}",
    rewrite=_symmetric,
    roots=(DefiniteIntegral,),
    operation="integrate",
)


# -- comparison ------------------------------------------------------------------------------
def _compared(link: Relation, facts: Facts) -> Closing | None:
    """f ≤ g between the ends ⟹ ∫ f ≤ ∫ g: the integrals of one range are put together, and their sign is asked for."""
    if link.variable is not None or link.sign not in ("<=", ">=") or link.lhs.shape != () or link.rhs.shape != ():
        return None
    upward = link if link.sign == "<=" else link.turned

    def work(s: Ring) -> tuple[str, ...] | None:
        gap = s.lowest(s(upward.rhs) - s(upward.lhs))
        total = _together(s, gap)
        return tuple(sorted(s.used)) if total is not None and not sign_of(s, total) & NEGATIVE else None

    by = decide(facts, work)
    return None if by is None else Closing(monotonicity_of_the_integral.name, by)


def _together(s: Ring, gap: Ratio) -> Ratio | None:
    """Σ cⱼ ∫ fⱼ over one range as ∫ Σ cⱼ fⱼ; None where there is nothing to put together."""
    integrals = _integrals(s, gap)
    groups: dict[tuple[Term, Term], list[tuple[int, DefiniteIntegral]]] = {}
    for g, node in integrals:
        groups.setdefault((node.low, node.high), []).append((g, node))
    total = gap
    for (low, high), members in groups.items():
        first = members[0][1]
        body: Term = number(0)
        for g, node in members:
            slope = _coefficient(s, gap, g, [m for m, _ in integrals])
            if slope is None or not s.known(IntegrableOn(*node.fields)):
                return None
            factor = s.term(slope)
            if first.variable in factor.free:
                return None
            try:
                inside = node.body.substitute({node.variable: first.variable})
            except TermError:
                return None
            body = body + factor * inside
            total = total - slope * s.gen(g)
        whole = DefiniteIntegral(body, first.variable, low, high)
        with s.inside(whole.scope()):
            inner = sign_of(s, s(body))
        if inner & NEGATIVE:
            return None
    return total if groups else None


def _coefficient(s: Ring, ratio: Ratio, g: int, integrals: list[int]) -> Ratio | None:
    """c, where the ratio is c · g + … and no integral stands in c."""
    total = s.zero
    for exponents, coefficient in ratio.num.terms():
        rest = [int(n) for n in exponents]
        if not rest[g]:
            continue
        if sum(rest[i] for i in integrals) != 1:
            return None
        rest[g] = 0
        total = total + Ratio(s.monomial(rest).num * coefficient, s.one)
    return total / Ratio(ratio.den, s.one)


monotonicity_of_the_integral = Rule(
    "monotonicity-of-the-integral",
    r"f \leq g \implies \int_a^b f(x) \, dx \leq \int_a^b g(x) \, dx",
    "Rudin, Principles of Mathematical Analysis, theorem 6.12",
    r"f \text{ and } g \text{ are integrable}",
    closes=_compared,
    operation=None,
)

__all__: list[Any] = []
