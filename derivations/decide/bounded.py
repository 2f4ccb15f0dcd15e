"""What is bounded, and therefore integrable and summable: from bounded rewards, and what takes finitely many values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import as_fraction, in_ring
from derivations.decide.densities import averaged, factors, unnested
from derivations.decide.observing import observed, sure_once_observed
from derivations.decide.series import by_the_ratio
from derivations.kernel.conditions import discharge
from derivations.kernel.rewriting import Equation, Rewriter, as_equation, candidates
from derivations.terms.arithmetic import Abs, Add, Cos, Div, Exp, Infinity, Log, Mul, Neg, Number, Pow, Sin, Sub, Tanh
from derivations.terms.conditioning import (
    Conditional,
    ConditionalExpectation,
    ConditionalVariance,
    Density,
    DependenceGraph,
    IntegrableGiven,
    ProcessVariable,
    Realisation,
    tidied,
)
from derivations.terms.functions import Apply
from derivations.terms.integrals import Integral
from derivations.terms.probability import Expectation, Integrable, Variance, random_members
from derivations.terms.processes import (
    Bounded,
    BoundedRewards,
    Homogeneous,
    Markov,
    OfSmoothPolicy,
    SameAtEveryTime,
    SmoothPolicy,
    SummableInMean,
)
from derivations.terms.relations import relation
from derivations.terms.sums import Sum, Summable
from derivations.terms.symbols import Symbol
from derivations.terms.term import Scope, Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Grounds = tuple[str, ...]
Varying = frozenset[Symbol]


def bounded(proposition: Bounded, facts: Facts) -> Grounds | None:
    """Sums, products, means and discounted series of what is bounded; functions of what takes finitely many values."""
    varying = frozenset(proposition.varying)
    sure = facts.enter(Scope(random=True))  # what is known of one outcome bounds no other
    return _Bounds(sure).over(varying).prove(proposition.body, varying)


class _Bounds:
    """One search for a bound that holds whatever the varying symbols stand for; `grounds` is what it rests on."""

    def __init__(self, facts: Facts, grounds: list[str] | None = None) -> None:
        self.facts = facts
        self.grounds: list[str] = [] if grounds is None else grounds

    def prove(self, term: Term, varying: Varying) -> Grounds | None:
        return tuple(dict.fromkeys(self.grounds)) if self.of(term, varying) else None

    def known(self, *propositions: Term) -> bool:
        for proposition in propositions:
            by = discharge(proposition, self.facts)
            if by is None:
                return False
            self.grounds += by
        return True

    def over(self, varying: Varying) -> _Bounds:
        """Where these symbols vary: what was given of one of their values says nothing of the others."""
        bound = tuple(sorted(varying, key=str))
        return _Bounds(self.facts.enter(Scope(bound=bound)), self.grounds) if bound else self

    def below(self, term: Term) -> _Bounds:
        scope = term.scope()
        return self if scope is None else _Bounds(self.facts.enter(scope), self.grounds)

    def of(self, term: Term, varying: Varying) -> bool:
        if self._takes_finitely_many_values(term, varying):
            return True
        match term:
            case Add(a, b) | Sub(a, b) | Mul(a, b):
                return self.of(a, varying) and self.of(b, varying)
            case Neg(a) | Abs(a):
                return self.of(a, varying)
            case Div(a, b):  # |a/b| ≤ |a| for b ≥ 1
                return (self._constant(b, varying) or self.known(relation(b, ">=", 1))) and self.of(a, varying)
            case Sin() | Cos() | Tanh():
                return True
            case Exp(u):  # e^u ≤ 1 for u ≤ 0
                return self.known(relation(u, "<=", 0)) or self.of(u, varying)
            case Pow(base, Number(n)) if n.denominator == 1 and n >= 0:
                return self.of(base, varying)
            case Pow(base, n):  # 0 ≤ b ≤ 1 and n ≥ 0: b^n ≤ 1
                return self.known(relation(base, ">=", 0), relation(base, "<=", 1), relation(n, ">=", 0))
            case Expectation(body) | Variance(body):
                return self.below(term).of(body, varying)
            case Conditional():
                return self.below(term).of(term.body, varying)
            case Sum(body, index, low, Infinity()):
                return self._constant(low, varying) and self.below(term).decays(body, index, varying)
            case Sum(body, index, low, high):
                fixed = self._constant(low, varying) and self._constant(high, varying)
                return fixed and self.below(term).of(body, varying | {index})
            case Integral():
                return self._average(term, varying)
            case Density():
                return all(_space(v).finite for v in term.variables)
            case ProcessVariable() | Apply():
                return self._by_declaration(term) or self._by_definition(term, varying)
        return False

    def _constant(self, term: Term, varying: Varying) -> bool:
        return self.facts.deterministic(term) and not any(self.facts.depends(term, v) for v in varying)

    def _takes_finitely_many_values(self, term: Term, varying: Varying) -> bool:
        """A constant, or a function of variables and symbols with finitely many values."""
        members = random_members(term)
        if not all(isinstance(m, ProcessVariable) and m.sequence.space.finite for m in members):
            return False
        if any(m.free & varying for m in members):
            return False
        moving = term.free & varying
        if not all(x.domain.kind == "finite" or isinstance(x, Realisation) and x.sequence.space.finite for x in moving):
            return False
        return sure_once_observed(term, self.facts)

    def _average(self, term: Integral, varying: Varying) -> bool:
        """|∫ p f| ≤ sup |f|."""
        opened = unnested(term, {})
        mean = averaged(*opened) if opened is not None else None
        if opened is None or mean is None or mean.partial or not all(opened[1][x].finite for x in mean.left):
            return False
        left = frozenset(mean.left)
        return not varying & set(opened[1]) and self.over(left).of(mean.rest, varying | left)

    def _by_declaration(self, term: Term) -> bool:
        if isinstance(term, ProcessVariable):
            for thing in self.facts.given:
                if isinstance(thing, BoundedRewards) and term.sequence == thing.process.R:
                    self.grounds.append(thing.name)
                    return True
        return False

    def _by_definition(self, term: Term, varying: Varying) -> bool:
        for definition in self.facts.definitions:
            fixed = frozenset().union(*(r.free for r in definition.requires))  # v as it is at the time at hand
            parameters = tuple(p for p in definition.parameters if p not in fixed)
            equation = Equation(definition.name, definition.lhs, definition.rhs, parameters)
            for candidate in candidates(equation, term, self.facts):
                if self.known(*candidate.conditions) and self.of(candidate.result, varying):
                    self.grounds.append(definition.name)
                    return True
        return False

    def decays(self, body: Term, index: Symbol, varying: Varying) -> bool:
        """|body| ≤ c |b|^index with −1 < b < 1."""
        if isinstance(body, (Add, Sub)):
            return self.decays(body.left, index, varying) and self.decays(body.right, index, varying)
        parts = factors(body)
        weight = next((p for p in parts if self._geometric(p, index, varying)), None)
        if weight is None:
            return False
        return all(self.of(p, varying | {index}) for p in parts if p is not weight)

    def _geometric(self, factor: Term, index: Symbol, varying: Varying) -> bool:
        """b^{index + c} with −1 < b < 1."""
        match factor:
            case Pow(base, exponent):
                pass
            case Exp(Mul(exponent, Log(base)) | Mul(Log(base), exponent)):
                pass
            case _:
                return False
        if not self._constant(base, varying | {index}) or not self.facts.deterministic(exponent):
            return False
        if not grows(exponent, index, varying):
            return False
        return self.known(relation(base, ">", -1), relation(base, "<", 1))


def grows(exponent: Term, index: Symbol, varying: Varying) -> bool:
    """index + c, where c does not vary."""
    match exponent:
        case Symbol():
            return exponent == index
        case Add(a, b):
            return any(grows(x, index, varying) and not y.free & (varying | {index}) for x, y in ((a, b), (b, a)))
        case Sub(a, b):
            return grows(a, index, varying) and not b.free & (varying | {index})
    return False


def _space(variable: Term) -> Any:
    from derivations.terms.conditioning import REALS

    return variable.sequence.space if isinstance(variable, ProcessVariable) else REALS


def integrable_given(proposition: IntegrableGiven, facts: Facts) -> Grounds | None:
    """Bounded once the given values are filled in, or integrable at all (E[|X|] < ∞ gives E[|X| | Y = y] < ∞)."""
    pairs = zip(proposition.variables, proposition.values, strict=True)
    body = observed(proposition.body, {x: y for x, y in pairs if facts.deterministic(y)}, facts)
    if body is not None:
        by = discharge(Bounded(body, ()), facts)
        if by is not None:
            return by
    return discharge(Integrable(proposition.body, proposition.order), facts)


def integrable_by_parts(proposition: Integrable, facts: Facts) -> Grounds | None:
    """Bounded; or made of what has the moments: E|uv| ≤ √(E u² E v²), E|E[u | y]|^n ≤ E|u|^n (Jensen)."""
    n = proposition.order
    match proposition.body:
        case Add(a, b) | Sub(a, b):
            wanted = [Integrable(a, n), Integrable(b, n)]
        case Neg(a) | Abs(a):
            wanted = [Integrable(a, n)]
        case Mul(a, b) if facts.deterministic(a) or facts.deterministic(b):
            wanted = [Integrable(b if facts.deterministic(a) else a, n)]
        case Mul(a, b):
            wanted = [Integrable(a, 2 * n), Integrable(b, 2 * n)]
        case Div(a, b) if facts.deterministic(b):
            wanted = [Integrable(a, n)]
        case Pow(a, Number(m)) if m.denominator == 1 and m > 0:
            wanted = [Integrable(a, n * int(m))]
        case ConditionalExpectation(body):
            wanted = [Integrable(body, n)]
        case ConditionalVariance(body):
            wanted = [Integrable(body, 2 * n)]
        case _:
            wanted = []
    found = [discharge(one, facts) for one in wanted]
    if wanted and all(by is not None for by in found):
        return tuple(dict.fromkeys(name for by in found for name in by or ()))
    by = discharge(Bounded(proposition.body, ()), facts)
    return _integrable_written_out(proposition, facts) if by is None else by


def _integrable_written_out(proposition: Integrable, facts: Facts) -> Grounds | None:
    """The same with what is defined written out, and in normal form: log(e^X) is X."""
    below = facts.enter(proposition.scope())
    rewriter = Rewriter([as_equation(d) for d in facts.definitions], "condition")
    written = rewriter(proposition.body, below)
    reduced = in_ring(below, lambda s: s.term(s(written)))
    for body in dict.fromkeys((written, reduced)):
        if body != proposition.body and not any(c.discharged_by is None for r in rewriter.trace for c in r.conditions):
            by = discharge(Integrable(body, proposition.order), facts)
            if by is not None:
                return tuple(dict.fromkeys((*by, *(r.reason for r in rewriter.trace))))
    return None


def summable(proposition: Summable | SummableInMean, facts: Facts) -> Grounds | None:
    """Σ γ^k X_k with 0 ≤ γ < 1 and bounded X_k; Σ p(k)/q(k) for polynomials with deg q ≥ deg p + 2."""
    if isinstance(proposition, Summable):
        by = rational_decay(proposition.body, proposition.variable, facts.enter(proposition.scope()))
        if by is not None:
            return by
    search = _Bounds(facts.enter(Summable(proposition.body, proposition.variable, proposition.low).scope()))
    done = search.decays(proposition.body, proposition.variable, frozenset())
    if not done and isinstance(proposition, Summable):
        return by_the_ratio(proposition, facts)
    return tuple(dict.fromkeys(search.grounds)) if done else None


def rational_decay(body: Term, index: Symbol, facts: Facts) -> Grounds | None:
    """It is p(k)/q(k) with deg q ≥ deg p + 2, and the leading coefficient of q is not 0: like Σ 1/k² it converges."""
    if not facts.deterministic(body):
        return None

    def question(s: Any) -> Grounds | None:
        low = s.lowest(s(body))
        g = s.index.get(("symbol", index))
        if g is None or any(
            h != g and index in atom.free and (low.num.degrees()[h] or low.den.degrees()[h])
            for h, atom in enumerate(s.atoms)
        ):
            return None
        degree = low.den.degrees()[g]
        if degree < low.num.degrees()[g] + 2:
            return None
        leading = s.zero
        for exponents, coefficient in low.den.terms():
            if exponents[g] == degree:
                left = [int(n) if h != g else 0 for h, n in enumerate(exponents)]
                leading = leading + s.monomial(left) * s.constant(as_fraction(coefficient))
        return tuple(sorted(s.used)) if s.nonzero(leading) else None

    return in_ring(facts, question)


def same_at_every_time(proposition: SameAtEveryTime, facts: Facts) -> Grounds | None:
    """The time it was written for, or a homogeneous process."""
    if tidied(proposition.time) == tidied(proposition.written.term):
        return ()
    return given(proposition.process.homogeneous, facts)


def of_smooth_policy(proposition: OfSmoothPolicy, facts: Facts) -> Grounds | None:
    """π(a | s, θ) of a process whose policy was declared smooth: the density of A_t given S_t, at one time t."""
    density = proposition.density
    if not isinstance(density, Density) or len(density.variables) != 1 or len(density.given) != 1:
        return None
    action, state = density.variables[0], density.given[0]
    for thing in facts.given:
        if isinstance(thing, SmoothPolicy) and isinstance(action, ProcessVariable):
            own = thing.process.A[action.time], thing.process.S[action.time]
            if (action, state) == own and density.parameters == thing.process.parameters:
                return (thing.name,)
    return None


def given(proposition: Any, facts: Facts) -> Grounds | None:
    """It stands among the givens."""
    return (getattr(proposition, "name", "") or proposition.text,) if proposition in facts.given else None


PROVERS = {
    Bounded: bounded,
    IntegrableGiven: integrable_given,
    Summable: summable,
    SummableInMean: summable,
    SameAtEveryTime: same_at_every_time,
    Markov: given,
    Homogeneous: given,
    BoundedRewards: given,
    SmoothPolicy: given,
    OfSmoothPolicy: of_smooth_policy,
    DependenceGraph: given,
}
