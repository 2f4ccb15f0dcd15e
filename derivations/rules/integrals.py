"""Integrals over spaces: linearity, marginal densities, the order of integration, derivatives of finite sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derivations.algebra.normal import in_ring
from derivations.kernel.reasons import Candidate, Rule
from derivations.terms.arithmetic import number
from derivations.terms.calculus import Derivative, Differentiable
from derivations.terms.conditioning import Density, ProcessVariable
from derivations.terms.integrals import IntegrableOver, Integral
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.algebra.ring import Ring
    from derivations.context.facts import Facts


def _linear(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫ (c f + g) = c ∫ f + ∫ g, for c that does not depend on the variable."""
    if not isinstance(term, Integral):
        return
    parts = in_ring(facts.enter(term.scope()), lambda s: _split(s, term))
    if len(parts) == 1 and parts[0][0] == number(1):
        return
    total: Term | None = None
    for factor, inside in parts:
        piece = factor * Integral(inside, term.variable, term.space)
        total = piece if total is None else total + piece
    if total is not None and total != term:
        conditions = tuple(IntegrableOver(inside, (term.variable,), (term.space,)) for _, inside in parts)
        yield Candidate(total, conditions)


def _split(s: Ring, term: Integral) -> list[tuple[Term, Term]]:
    """The body as Σ factor · inside, where the factors are free of the variable."""
    low = s.lowest(s(term.body))
    if s.involves(low.den, term.variable):
        return [(number(1), term.body)]
    found = []
    below = s.polynomial(low.den)
    for exponents, coefficient in low.num.terms():
        outside, inside = [0] * s.size, [0] * s.size
        for g, n in enumerate(exponents):
            if n:
                (inside if term.variable in s.atoms[g].free else outside)[g] = int(n)
        factor = s.polynomial(s.monomial(outside).num * coefficient)
        found.append((factor if below == number(1) else factor / below, s.term(s.monomial(inside))))
    return found


linearity_of_the_integral = Rule(
    "linearity-of-the-integral",
    r"\int (c f + g) = c \int f + \int g",
    "Rudin, Real and Complex Analysis, theorem 1.32",
    r"f \text{ and } g \text{ are integrable; } c \text{ does not depend on the variable}",
    rewrite=_linear,
    roots=(Integral,),
    operation=None,
)


def _marginal(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫ p(c, d | b) dd = p(c | b), and ∫ p(d | b) dd = 1."""
    if not isinstance(term, Integral) or not isinstance(term.body, Density):
        return
    density, symbol = term.body, term.variable
    left = [(x, y) for x, y in density.pairs if y != symbol]
    gone = [x for x, y in density.pairs if y == symbol]
    others = (*(y for _, y in left), *density.given_values, *density.variables, *density.given, *density.parameters)
    if len(gone) != 1 or any(symbol in t.free for t in others):
        return
    if not isinstance(gone[0], ProcessVariable) or gone[0].sequence.space != term.space:
        return
    if not left:
        yield Candidate(number(1))
    else:
        yield Candidate(
            Density(density.letter, tuple(x for x, _ in left), tuple(y for _, y in left), density.given,
                    density.given_values, density.parameters)
        )  # fmt: skip


marginalisation = Rule(
    "marginalisation",
    r"\int p(c, d \mid b) \, dd = p(c \mid b), \quad \int p(d \mid b) \, dd = 1",
    "Grimmett and Stirzaker, Probability and Random Processes, section 4.5",
    rewrite=_marginal,
    roots=(Integral,),
    operation=None,
)


def _swap(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∫∫ f dx dy = ∫∫ f dy dx: into alphabetical order of the spaces."""
    if not isinstance(term, Integral) or not isinstance(term.body, Integral):
        return
    inner = term.body
    before = [(one.space.name, str(one.variable)) for one in (term, inner)]
    if before[0] <= before[1] or inner.variable == term.variable:
        return
    condition = IntegrableOver(inner.body, (inner.variable, term.variable), (inner.space, term.space))
    swapped = Integral(Integral(inner.body, term.variable, term.space), inner.variable, inner.space)
    yield Candidate(swapped, (condition,))


fubini = Rule(
    "fubini",
    r"\int_{\mathcal{X}} \int_{\mathcal{Y}} f \, dy \, dx = \int_{\mathcal{Y}} \int_{\mathcal{X}} f \, dx \, dy",
    "Rudin, Real and Complex Analysis, theorem 8.8",
    r"|f| \text{ is integrable over both}",
    rewrite=_swap,
    roots=(Integral,),
    operation=None,
)


def _under_the_sum(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∂ Σ_a f(a) = Σ_a ∂ f(a) over a finite space."""
    if not isinstance(term, Derivative) or not isinstance(term.body, Integral) or not term.body.space.finite:
        return
    total = term.body
    if total.variable in term.variable.free:
        return
    inside = Integral(Derivative(total.body, term.variable), total.variable, total.space)
    yield Candidate(inside, (Differentiable(total.body, term.variable),))


derivative_of_a_finite_sum = Rule(
    "derivative-of-a-finite-sum",
    r"\nabla \sum_{a \in \mathcal{A}} f(a) = \sum_{a \in \mathcal{A}} \nabla f(a)",
    "Rudin, Principles of Mathematical Analysis, theorem 5.3",
    r"\mathcal{A} \text{ is finite, each } f(a) \text{ is differentiable}",
    rewrite=_under_the_sum,
    roots=(Derivative,),
    operation=None,
)
