"""Γ and B: what they are, and their functional equations; the Gaussian integral."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ring, as_fraction
from derivations.decide.intervals import slope_of
from derivations.decide.primitives import coefficients, taken_apart
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Candidate, Row, Rule
from derivations.terms.arithmetic import Exp, Infinity, MinusInfinity, Pi, is_literal, literal, number, sqrt
from derivations.terms.calculus import Derivative, FreeOf
from derivations.terms.definite_integrals import DefiniteIntegral, IntegrableOn
from derivations.terms.relations import relation
from derivations.terms.special import BetaFunction, GammaFunction
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts

u, v = metavariables("u v")


# -- the integrals ---------------------------------------------------------------------------
def _euler(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫_0^∞ x^{s−1} e^{−bx} dx = Γ(s) b^{−s}."""
    if not isinstance(term, DefiniteIntegral) or term.low != number(0) or not isinstance(term.high, Infinity):
        return
    x = term.variable

    def work(s: Ring) -> tuple[Term, tuple[Term, ...]] | None:
        parts = taken_apart(s, term.body, x)
        total: Term | None = None
        conditions: list[Term] = []
        for part in parts or ():
            line = None if part.exponent is None or part.others else coefficients(s, part.exponent, x)
            if line is None or len(line) != 2 or s.involves(part.power, x):
                return None
            order, rate = s.term(part.power + s.unit), s.term(-s(line[1]))
            value = s.term(part.factor) * Exp(line[0]) * _over_power(GammaFunction(order), rate, order)
            conditions += [relation(order, ">", 0), relation(rate, ">", 0)]
            total = value if total is None else total + value
        return None if total is None else (total, tuple(conditions))

    found = in_ring(facts.enter(term.scope()), work)
    if found is not None and x not in found[0].free:
        yield Candidate(found[0], (IntegrableOn(*term.fields), *found[1]))


def _over_power(top: Term, rate: Term, order: Term) -> Term:
    """top/rate^order, as top · n^order for rate = 1/n."""
    if is_literal(rate) and literal(rate).numerator == 1:
        return top * number(literal(rate).denominator) ** order
    return top / rate**order


gamma_integral = Rule(
    "gamma-integral",
    r"\int_0^\infty x^{s - 1} e^{-b x} \, dx = \frac{\Gamma(s)}{b^s}",
    "Rudin, Principles of Mathematical Analysis, definition 8.17",
    "s > 0, b > 0",
    rewrite=_euler,
    roots=(DefiniteIntegral,),
    operation="integrate",
)


def _beta(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫_0^1 x^{a−1} (1 − x)^{b−1} dx = B(a, b): p and q of c x^p (1 − x)^q are read off f′/f = p/x − q/(1 − x)."""
    if not isinstance(term, DefiniteIntegral) or (term.low, term.high) != (number(0), number(1)):
        return
    x, below = term.variable, facts.enter(term.scope())
    slope = slope_of(term.body, x, below)[0]
    if Derivative in slope.kinds:
        return

    def work(s: Ring) -> tuple[Term, Term, Term] | None:
        line = coefficients(s, s(slope) / s(term.body) * s(x) * s(1 - x), x)
        if line is None or len(line) > 2:
            return None
        p = line[0]
        q = s.term(-s(line[1]) - s(p)) if len(line) == 2 else -p
        factor = s.lowest(s(term.body) / (s(x**p) * s((1 - x) ** q)))
        if s.involves(factor, x):
            return None
        return s.term(factor), s.term(s(p) + s.unit), s.term(s(q) + s.unit)

    try:
        found = in_ring(below, work)
    except ZeroDivisionError:
        return
    if found is not None:
        factor, a, b = found
        yield Candidate(factor * BetaFunction(a, b), (relation(a, ">", 0), relation(b, ">", 0), FreeOf(factor, x)))


beta_integral = Rule(
    "beta-integral",
    r"\int_0^1 x^{a - 1} (1 - x)^{b - 1} \, dx = \mathrm{B}(a, b)",
    "Rudin, Principles of Mathematical Analysis, theorem 8.20",
    "a > 0, b > 0",
    rewrite=_beta,
    roots=(DefiniteIntegral,),
    operation=None,
)

beta_and_gamma = Rule(
    "beta-and-gamma",
    r"\mathrm{B}(a, b) = \frac{\Gamma(a)\,\Gamma(b)}{\Gamma(a + b)}",
    "Rudin, Principles of Mathematical Analysis, theorem 8.20",
    "a > 0, b > 0",
    rows=(
        Row(
            BetaFunction(u, v),
            GammaFunction(u) * GammaFunction(v) / GammaFunction(u + v),
            (relation(u, ">", 0), relation(v, ">", 0)),
        ),
    ),
    operation=None,
)


def _gauss(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫_{−∞}^∞ e^{−a (x − m)²} dx = √(π/a): the exponent as it is written is a square."""
    if not isinstance(term, DefiniteIntegral):
        return
    if not isinstance(term.low, MinusInfinity) or not isinstance(term.high, Infinity):
        return
    x = term.variable
    powers = [t for t in term.body.walk_set if isinstance(t, Exp) and x in t.free]
    if len(powers) != 1:
        return
    (power,) = powers

    def work(s: Ring) -> tuple[Term, Term] | None:
        polynomial = coefficients(s, s(power.operand), x)
        if polynomial is None or len(polynomial) != 3:
            return None
        c, b, a = polynomial
        if not s.is_zero(s(4 * a * c) - s(b * b)):
            return None
        factor = s.lowest(s(term.body) / s(power))
        return None if s.involves(factor, x) else (s.term(factor), s.term(-s(a)))

    found = in_ring(facts.enter(term.scope()), work)
    if found is not None:
        factor, rate = found
        yield Candidate(factor * sqrt(Pi / rate), (relation(rate, ">", 0), FreeOf(factor, x), FreeOf(rate, x)))


gaussian_integral = Rule(
    "gaussian-integral",
    r"\int_{-\infty}^\infty e^{-a (x - m)^2} \, dx = \sqrt{\pi / a}",
    "Spivak, Calculus, ch. 19, problem 42",
    "a > 0",
    rewrite=_gauss,
    roots=(DefiniteIntegral,),
    operation="integrate",
)


# -- functional equations ----------------------------------------------------------------------
def _shifted(term: Term, facts: Facts) -> Iterator[Candidate]:
    """Γ(s + 1) = s Γ(s): until the number in the argument is at least 0 and below 1."""
    if not isinstance(term, GammaFunction):
        return

    def constant(s: Ring) -> int:
        low = s.lowest(s(term.operand))
        if not low.den.is_constant() or low.num.is_constant():
            return 0
        found = [as_fraction(c) / as_fraction(low.den.leading_coefficient())
                 for e, c in low.num.terms() if not any(e)]  # fmt: skip
        return found[0].numerator // found[0].denominator if found else 0

    step = in_ring(facts, constant)
    if not step:
        return
    inside = term.operand
    other = in_ring(facts, lambda s: s.term(s(inside) - s.unit if step > 0 else s(inside) + s.unit))
    # Γ(s) = (s − 1) Γ(s − 1); upwards Γ(s) = Γ(s + 1)/s
    below = relation(other if step > 0 else inside, ">", 0)
    made = GammaFunction(other)
    yield Candidate(other * made if step > 0 else made / inside, (below,))


functional_equation_of_gamma = Rule(
    "functional-equation-of-gamma",
    r"\Gamma(s + 1) = s\,\Gamma(s)",
    "Rudin, Principles of Mathematical Analysis, theorem 8.18",
    "s > 0",
    rewrite=_shifted,
    roots=(GammaFunction,),
    operation=None,
)


__all__: list[Any] = []
