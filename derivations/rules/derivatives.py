"""The rules of differentiation, for ∂/∂x and for ∇_θ alike.

Each is read from left to right, and says that the left derivative exists where
the right side does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.decide.unfold import component_of, dot_as_sum
from derivations.kernel.conditions import discharge
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Candidate, Row, Rule
from derivations.kernel.rewriting import as_equation, candidates
from derivations.records import record
from derivations.terms.arithmetic import (
    Add,
    Constant,
    Div,
    Infinity,
    Mul,
    Neg,
    Number,
    Pow,
    PowerDefined,
    Sub,
    e,
    exp,
    log,
    number,
    sqrt,
)
from derivations.terms.calculus import Derivative, Differentiable, FreeOf, VaryAlone
from derivations.terms.conditioning import Density
from derivations.terms.families import Entry
from derivations.terms.families import Row as FamilyRow
from derivations.terms.functions import Apply
from derivations.terms.linear_algebra import (
    Constantly,
    Determinant,
    Diagonal,
    DiagonalOf,
    Hadamard,
    Identity,
    Inverse,
    Kronecker,
    Norm,
    Trace,
    UnitVector,
)
from derivations.terms.matrices import Matrix, MatrixEntry, MatrixProduct, MatrixSymbol, Softmax, Transpose
from derivations.terms.matrix_properties import Invertible
from derivations.terms.processes import OfSmoothPolicy
from derivations.terms.relations import Ne, relation
from derivations.terms.substitution import fresh
from derivations.terms.sums import Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot, VectorSymbol, dot

if TYPE_CHECKING:
    from derivations.context.facts import Facts

u, v, n, x = metavariables("u v n x")


def D(body: Any) -> Derivative:
    return Derivative(body, x)


# -- what every rule of differentiation includes -------------------------------------
_LINEARITY = (
    # ∂c = 0, for a c that does not depend on x
    Row(D(u), 0 * x, (FreeOf(u, x),)),
    # ∂(u ± v) = ∂u ± ∂v,  ∂(−u) = −∂u
    Row(D(u + v), D(u) + D(v)),
    Row(D(u - v), D(u) - D(v)),
    Row(D(Neg(u)), Neg(D(u))),
    # ∂(cu) = c ∂u,  ∂(u/c) = ∂u / c
    Row(D(u * v), u * D(v), (FreeOf(u, x),)),
    Row(D(u * v), D(u) * v, (FreeOf(v, x),)),
    Row(D(u / v), D(u) / v, (FreeOf(v, x), Ne(v, 0))),
)


def _variable(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∂x/∂x = 1, ∂q_{i,t}/∂q_{m,n} = δ_{im} δ_{tn}, ∂ Σ f = Σ ∂f."""
    if not isinstance(term, Derivative) or isinstance(term.variable, VectorSymbol):
        if isinstance(term, Derivative) and isinstance(term.body, Sum):
            yield from _sum(term)
        return
    body, by = term.body, term.variable
    if body == by:
        yield Candidate(number(1))
    elif isinstance(body, Entry) and isinstance(by, Entry) and body.family == by.family:
        result: Term = number(1)
        for i, m in zip(body.indices, by.indices, strict=True):
            result = Delta(i, m) if result == number(1) else result * Delta(i, m)
        yield Candidate(result, (VaryAlone(body),))
    elif isinstance(body, Component) and isinstance(by, Component) and body.vector == by.vector:
        if isinstance(body.vector, VectorSymbol):
            yield Candidate(Delta(body.index, by.index), (VaryAlone(body),))
    elif isinstance(body, Dot):
        yield Candidate(Derivative(dot_as_sum(body), by))
    elif isinstance(body, Component) and not isinstance(body.vector, VectorSymbol):
        unfolded = component_of(body.vector, body.index)
        if unfolded != body:
            yield Candidate(Derivative(unfolded, by))
    elif isinstance(body, Sum):
        yield from _sum(term)


def _sum(term: Derivative) -> Iterator[Candidate]:
    total, by = term.body, term.variable
    assert isinstance(total, Sum)
    if isinstance(total.high, Infinity):
        return  # a series may not be differentiated term by term
    index, inside = total.variable, total.body
    if index in by.free:
        index = fresh(index, by.free | inside.free)
        inside = inside.substitute({total.variable: index})
    yield Candidate(Sum(Derivative(inside, by), index, total.low, total.high),
                    (FreeOf(total.low, by), FreeOf(total.high, by)))  # fmt: skip


def _linear(name: str, statement: str, source: str, rows: tuple[Row, ...], conditions: str = "") -> Rule:
    rows = _LINEARITY + rows
    return Rule(name, statement, source, conditions, rows, rewrite=_variable, roots=(Derivative,), operation="diff")


linearity_of_the_derivative = _linear(
    "linearity-of-the-derivative",
    r"\partial(cu + v) = c\,\partial u + \partial v, \quad \partial \sum_t f_t = \sum_t \partial f_t",
    "Spivak, Calculus, ch. 10, theorems 1–5",
    (),
    r"c \text{ does not depend on the variable; the sum is finite}",
)

_PRODUCT = (
    # ∂(uv) = u ∂v + v ∂u
    Row(D(u * v), u * D(v) + v * D(u)),
)
product_rule = _linear(
    "product-rule", r"\partial(uv) = u\,\partial v + v\,\partial u", "Spivak, Calculus, ch. 10, theorem 4", _PRODUCT
)

_QUOTIENT = (
    # ∂(u/v) = (v ∂u − u ∂v) / v²
    Row(D(u / v), (v * D(u) - u * D(v)) / v**2, (Ne(v, 0),)),
)
quotient_rule = _linear(
    "quotient-rule",
    r"\partial\frac{u}{v} = \frac{v\,\partial u - u\,\partial v}{v^2}",
    "Spivak, Calculus, ch. 10, theorem 8",
    _QUOTIENT,
    r"v \neq 0",
)

_EXP = (
    # ∂e^u = e^u ∂u
    Row(D(exp(u)), exp(u) * D(u)),
    Row(D(e**u), e**u * D(u)),
)
_LOG = (
    # ∂ log u = ∂u / u
    Row(D(log(u)), D(u) / u, (relation(u, ">", 0),)),
)
_POWER = (
    # ∂uⁿ = n u^{n−1} ∂u
    Row(D(u**n), n * u ** (n - 1) * D(u), (FreeOf(n, x), PowerDefined(u, n - 1))),
    # ∂aᵘ = aᵘ log a ∂u
    Row(D(n**u), n**u * log(n) * D(u), (FreeOf(n, x), relation(n, ">", 0))),
    # ∂√u = ∂u / (2√u)
    Row(D(sqrt(u)), D(u) / (2 * sqrt(u)), (relation(u, ">", 0),)),
)


@record(frozen=True)
class _Differential:
    """What a word needs to say its derivative: that of a part, and the condition that a part does not move."""

    by: Term

    def __call__(self, part: Term) -> Term:
        return Derivative(part, self.by)

    def fixed(self, part: Term) -> Term:
        return FreeOf(part, self.by)


def _as_it_says(term: Derivative) -> Iterator[Candidate]:
    """A word knows its own derivative: ∂ sin u = cos u ∂u."""
    d = _Differential(term.variable)
    yield from (Candidate(result, conditions) for result, conditions in term.body.slope(d))


def _chain(term: Term, facts: Facts) -> Iterator[Candidate]:
    yield from _variable(term, facts)
    if isinstance(term, Derivative):
        yield from _as_it_says(term)


chain_rule = Rule(
    "chain-rule",
    r"\partial f(u) = f'(u)\,\partial u",
    "Spivak, Calculus, ch. 10, theorem 9",
    r"f \text{ is an elementary function, differentiable at } u",
    _LINEARITY + _EXP + _LOG + _POWER,
    rewrite=_chain,
    roots=(Derivative,),
    operation="diff",
)
derivative_of_exp = _linear(
    "derivative-of-exp", r"\partial e^u = e^u\,\partial u", "Spivak, Calculus, ch. 18, theorem 2", _EXP
)
derivative_of_log = _linear(
    "derivative-of-log", r"\partial \log u = \frac{\partial u}{u}", "Spivak, Calculus, ch. 18", _LOG, "u > 0"
)
power_rule = _linear(
    "power-rule", r"\partial u^n = n u^{n-1}\,\partial u", "Spivak, Calculus, ch. 18", _POWER,
    r"n \text{ constant; } u > 0 \text{ unless } n \text{ is an integer}",
)  # fmt: skip


def _gradient_of_dot(term: Term, facts: Facts) -> Iterator[Candidate]:
    """∇_θ θᵀv = v, ∇_θ uᵀθ = u, ∇_θ θᵀθ = 2θ, and bilinearity."""
    if (
        not isinstance(term, Derivative)
        or not isinstance(term.body, Dot)
        or not isinstance(term.variable, VectorSymbol)
    ):
        return
    left, right, by = term.body.left, term.body.right, term.variable
    if left == by == right:
        yield Candidate(2 * by, (VaryAlone(by),))
        return
    for side, other in ((left, right), (right, left)):
        if side == by:
            yield Candidate(other, (VaryAlone(by), FreeOf(other, by)))
        match side:
            case Add(a, b):
                yield Candidate(Derivative(dot(a, other), by) + Derivative(dot(b, other), by))
            case Sub(a, b):
                yield Candidate(Derivative(dot(a, other), by) - Derivative(dot(b, other), by))
            case Neg(a):
                yield Candidate(-Derivative(dot(a, other), by))
            case Mul(a, b):
                scale, direction = (a, b) if b.shape else (b, a)
                yield Candidate(scale * Derivative(dot(direction, other), by), (FreeOf(scale, by),))
            case Div(a, b):
                yield Candidate(Derivative(dot(a, other), by) / b, (FreeOf(b, by), Ne(b, 0)))


def _gradient(term: Term, facts: Facts) -> Iterator[Candidate]:
    yield from _gradient_of_dot(term, facts)
    yield from _variable(term, facts)


def _any(term: Term, facts: Facts) -> Iterator[Candidate]:
    yield from _gradient(term, facts)
    if isinstance(term, Derivative):
        yield from _as_it_says(term)


gradient_of_dot_product = Rule(
    "gradient-of-a-dot-product",
    r"\nabla_\theta\, \theta^\top v = v",
    "Petersen and Pedersen, The Matrix Cookbook, eq. (69)",
    r"v \text{ does not depend on } \theta",
    rows=_LINEARITY,
    rewrite=_gradient,
    roots=(Derivative,),
    operation="diff",
)

differentiation = Rule(
    "differentiation",
    r"\text{the chain, product and quotient rules, and } \nabla_\theta\, \theta^\top v = v",
    "Spivak, Calculus, ch. 10 and 18",
    rows=_LINEARITY + _PRODUCT + _QUOTIENT + _EXP + _LOG + _POWER,
    rewrite=_any,
    roots=(Derivative,),
    operation="diff",
)


# -- differentiability, by structure --------------------------------------------------------
def _differentiable(proposition: Differentiable, facts: Facts) -> tuple[str, ...] | None:
    """Composites of differentiable functions, at points inside their domains; unknown functions are not known to be."""
    grounds: list[str] = []
    return tuple(grounds) if _smooth(proposition.body, proposition.variable, facts, grounds) else None


_SMOOTH = (
    Number, Constant, Add, Sub, Neg, Mul, Entry, FamilyRow, Symbol, VectorSymbol, Dot, Component, Matrix, Transpose,
    MatrixProduct, MatrixEntry, Softmax, Apply, MatrixSymbol, Identity, Constantly, UnitVector, Trace, Determinant,
    Diagonal, DiagonalOf, Hadamard, Kronecker, Norm, Inverse,
)  # fmt: skip


def _smooth(term: Term, by: Term, facts: Facts, grounds: list[str]) -> bool:
    if not facts.depends(term, by):
        return True
    needed: list[Term] = []
    match term:
        case Div(_, bottom):
            needed = [Ne(bottom, 0)]
        case Norm():
            needed = [Ne(term, 0)]
        case Inverse(a):
            needed = [Invertible(a)]
        case Pow(Norm(a), n) if n == number(2):
            return _smooth(a, by, facts, grounds)
        case Pow(base, power):
            needed = (
                []
                if base == e
                else [PowerDefined(base, power - 1)]
                if not facts.depends(power, by)
                else [relation(base, ">", 0)]
            )
        case Sum(_, _, low, high) if not isinstance(high, Infinity):
            needed = [FreeOf(low, by), FreeOf(high, by)]
        case Apply(function) if not function.smooth:
            return _defined_smooth(term, by, facts, grounds)
        case Symbol() if term != by:
            return _defined_smooth(term, by, facts, grounds)
        case Density():
            return _smooth_density(term, by, facts, grounds)
        case _ if not isinstance(term, _SMOOTH):
            said = term.smooth(lambda part: facts.depends(part, by))
            if said is None:
                return False
            needed = [*said]
    for condition in needed:
        found = discharge(condition, facts)
        if found is None:
            return False
        grounds += [name for name in found if name not in grounds]
    scope = term.scope()
    inner = facts.enter(scope) if scope is not None else facts
    return all(_smooth(c, by, inner if i in term.inside else facts, grounds) for i, c in enumerate(term.children))


def _smooth_density(term: Density, by: Term, facts: Facts, grounds: list[str]) -> bool:
    """π(a | s, θ) as a function of θ, at an action and a state that do not move."""
    values = (*zip(term.variables, term.values, strict=True), *zip(term.given, term.given_values, strict=True))
    if by not in term.parameters or any(y != x and facts.depends(y, by) for x, y in values):
        return False
    found = discharge(OfSmoothPolicy(term), facts)
    grounds += [name for name in found or () if name not in grounds]
    return found is not None


def _defined_smooth(term: Term, by: Term, facts: Facts, grounds: list[str]) -> bool:
    """What is defined is as smooth as its definition; an unknown function is not known to be."""
    for definition in facts.definitions:
        for candidate in candidates(as_equation(definition), term, facts):
            if all(discharge(condition, facts) is not None for condition in candidate.conditions):
                grounds.append(definition.name)
                return _smooth(candidate.result, by, facts, grounds)
    return False


PROVERS = {Differentiable: _differentiable}
