"""The normal form: a written term as a rational function over atoms.

Sums, dot products, expectations, derivatives … are atoms in canonical form
(bound indices renamed, sums split linearly, exponentials split over ℚ); the
rest is exact arithmetic with python-flint. Two terms with the same normal form
are equal wherever both are defined. A different normal form says nothing:
atoms may be related.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from derivations.algebra.conditioning import normal_conditional, normal_density
from derivations.algebra.elementary import absolute, exponential, logarithm, power, square_root
from derivations.algebra.integrals import normal_integral
from derivations.algebra.matrices import MEANINGS as OF_MATRICES
from derivations.algebra.matrices import inverse, matrix_power
from derivations.algebra.ring import (
    BudgetExhausted,
    Grow,
    Key,
    Meanings,
    Ratio,
    Refine,
    Ring,
    as_fmpq,
    as_fraction,
)
from derivations.algebra.signs import stated_nonzero
from derivations.algebra.special import normal_beta, normal_gamma
from derivations.algebra.sums import height, normal_sum, renamed
from derivations.algebra.words import dot, product, transposed
from derivations.terms.arithmetic import (
    Abs,
    Add,
    Constant,
    Cos,
    Div,
    Exp,
    Log,
    Mul,
    Neg,
    Number,
    Pow,
    Sin,
    Sqrt,
    Sub,
)
from derivations.terms.conditioning import (
    ConditionalExpectation,
    ConditionalVariance,
    Density,
    ProcessVariable,
    Realisation,
)
from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated
from derivations.terms.linear_algebra import Inverse, MatrixPower
from derivations.terms.matrices import MatrixProduct, Transpose
from derivations.terms.probability import Covariance, Variance
from derivations.terms.relations import Relation
from derivations.terms.special import BetaFunction, GammaFunction
from derivations.terms.sums import Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Dot, VectorSymbol

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Result = TypeVar("Result")
_SIZE = 16  # generators of a ring at first


def in_ring(facts: Facts, work: Callable[[Ring], Result]) -> Result:
    """Run `work` in a ring, starting again whenever it must be larger or finer."""
    return _run(facts, work, [])


def decide(facts: Facts, question: Callable[[Ring], Result]) -> Result:
    """Ask a question in a ring that remembers what was worked out for earlier ones.

    In which order its atoms come depends on what was asked before, so the answer must be no term.
    """
    return _run(facts, question, facts.rings)


def unlike(left: Term, right: Term) -> bool:
    """One side is an atom of a kind that the other does not contain: their normal forms differ, whatever it is."""
    return any(_is_atom(a) and type(a) not in b.kinds for a, b in ((left, right), (right, left)))


def _is_atom(term: Term) -> bool:
    kind = type(term)
    return kind not in _MEANINGS and kind.normal is Term.normal and bool(term.children)


def _run(facts: Facts, work: Callable[[Ring], Result], kept: list[Ring]) -> Result:
    bases: dict[Key, Fraction] = {}
    s = kept.pop() if kept else Ring(facts, _MEANINGS, _SIZE, bases)
    while True:
        try:
            s.start()
            found = work(s)
        except Grow:
            s = Ring(facts, _MEANINGS, 2 * s.size, bases)
        except Refine as finer:
            bases[finer.key] = finer.base
            s = Ring(facts, _MEANINGS, s.size, bases)
        else:
            if not bases:
                kept.append(s)
            return found


# -- what each node means ------------------------------------------------------------
def _symbol(s: Ring, term: Any) -> Ratio:
    return s.atom(("symbol", term), term)


def _exp(s: Ring, term: Any) -> Ratio:
    return exponential(s, s(term.operand))


def _pow(s: Ring, term: Any) -> Ratio:
    if isinstance(term.base, Constant) and term.base.name == "e":
        return exponential(s, s(term.exponent))
    return power(s, s(term.base), s(term.exponent), term)


def _constant(s: Ring, term: Any) -> Ratio:
    return exponential(s, s.unit) if term.name == "e" else s.atom(("constant", term.name), term)


def _log(s: Ring, term: Any) -> Ratio:
    argument = s(term.operand)
    return s.zero if s.number_of(argument) == 1 else logarithm(s, argument)


def _odd_even(s: Ring, term: Any) -> Ratio:
    """sin(−u) = −sin u, cos(−u) = cos u, sin² = 1 − cos²; sin 0 = 0, cos 0 = 1."""
    low = s.lowest(s(term.operand))
    if not low.num:
        return s.zero if isinstance(term, Sin) else s.unit
    flip = low.num.leading_coefficient() < 0
    low = -low if flip else low
    turns = _turns(s, low)
    if turns is not None:
        return _at_angle(s, turns + (Fraction(1, 4) if isinstance(term, Cos) else 0), flip and isinstance(term, Sin))
    inner = s.term(low)
    cosine = s.atom(("cos", *s.key(low)), Cos(inner))
    if isinstance(term, Cos):
        return cosine
    g = s.generator(("sin", *s.key(low)), Sin(inner))
    s.squares.setdefault(g, s.unit - cosine * cosine)
    return -s.gen(g) if flip else s.gen(g)


def _turns(s: Ring, angle: Ratio) -> Fraction | None:
    """q, where the angle is 2πq and its sine is known: a multiple of π/6 or π/4."""
    g = s.index.get(("constant", "pi"))
    if (
        g is None
        or not angle.den.is_one()
        or len(angle.num) != 1
        or angle.num != s.gen(g).num * angle.num.leading_coefficient()
    ):
        return None
    found = as_fraction(angle.num.leading_coefficient()) / 2
    return found if found.denominator in (1, 2, 3, 4, 6, 8, 12) else None


def _at_angle(s: Ring, turns: Fraction, flip: bool) -> Ratio:
    """sin 2πq, for the angles at which it is a root of 0, 1, 2, 3, 4 halved."""
    turns %= 1
    half = turns >= Fraction(1, 2)
    turns = min(turns % Fraction(1, 2), Fraction(1, 2) - turns % Fraction(1, 2))
    four = {Fraction(0): 0, Fraction(1, 12): 1, Fraction(1, 8): 2, Fraction(1, 6): 3, Fraction(1, 4): 4}[turns]
    found = square_root(s, s.constant(Fraction(four, 4)))
    return -found if half != flip else found


def _delta(s: Ring, term: Any) -> Ratio:
    """δ_{ii} = 1; δ_{ij} = 0 for numbers that differ; symmetric, δ² = δ."""
    left, right = s(term.left), s(term.right)
    gap = left - right
    if s.is_zero(gap):
        return s.unit
    if s.number_of(gap) is not None or stated_nonzero(s, gap):
        return s.zero
    first, second = sorted((s.key(left), s.key(right)))
    g = s.generator(("delta", first, second), term)
    s.idempotent.add(g)
    if g not in s.sifts:
        ends = sorted(
            (term.left, term.right), key=lambda end: (isinstance(end, Symbol), str(end), getattr(end, "tag", 0))
        )
        if isinstance(ends[1], Symbol) and ends[1] not in ends[0].free:
            s.sifts[g] = ends[1], ends[0]
    return s.gen(g)


def _covariance(s: Ring, term: Any) -> Ratio:
    """Cov(u, v) = Cov(v, u), Cov(u, u) = Var u."""
    with s.inside(term.scope()):
        first, second = sorted((s.key(s(term.left)), s.key(s(term.right))))
    if first == second:
        return s(Variance(term.left))
    return s.atom(("Cov", first, second), term)


def _relation(s: Ring, term: Any) -> Ratio:
    return s.atom(("relation", term.sign, *s.key(s(term.lhs) - s(term.rhs)), term.variable, term.point), term)


def _congruence(s: Ring, term: Term) -> Ratio:
    """Any other node is an atom, the same for equal children (below a binder: equal there)."""
    if not term.children or getattr(term, "opaque", False):
        return s.atom(("leaf", term), term)
    scope = term.scope()
    if scope is not None and scope.bound:
        return _bound_congruence(s, term)
    labels = tuple(v for v in term.fields if not isinstance(v, Term | tuple))
    keys: list[Any] = []
    for position, child in enumerate(term.children):
        with s.inside(scope if position in term.inside else None):
            keys.append(s.key(s(child)) if child.shape is not None else _proposition_key(s, child))
    return s.atom((type(term).__name__, labels, *keys), term)


def _proposition_key(s: Ring, term: Term) -> Key:
    """Statements and elements of abstract spaces: structure, not arithmetic."""
    if isinstance(term, (Realisation, ProcessVariable)):
        return s.key(s(term))
    if isinstance(term, Symbol):
        return ("symbol", s.generator(("symbol", term), term))
    if isinstance(term, Relation):
        return s.key(s(term))
    return ("as written", term)


def _bound_congruence(s: Ring, term: Term) -> Ratio:
    canonical = renamed(term, height(term) - 1)
    inner = canonical.scope()
    labels = tuple(v for v in term.fields if not isinstance(v, Term | tuple))
    keys: list[Any] = []
    for position, child in enumerate(canonical.children):
        with s.inside(inner if position in term.inside else None):
            keys.append(s.key(s(child)) if child.shape is not None else _proposition_key(s, child))
    return s.atom((type(term).__name__, labels, *keys), term)


_MEANINGS: Meanings = {
    Term: _congruence,
    Number: lambda s, t: s.constant(t.number),
    Symbol: _symbol,
    VectorSymbol: _symbol,
    Add: lambda s, t: s(t.left) + s(t.right),
    Sub: lambda s, t: s(t.left) - s(t.right),
    Neg: lambda s, t: -s(t.operand),
    Mul: lambda s, t: s(t.left) * s(t.right),
    Div: lambda s, t: s(t.left) / s(t.right),
    Pow: _pow,
    Exp: _exp,
    Log: _log,
    Sqrt: lambda s, t: square_root(s, s(t.operand)),
    Abs: lambda s, t: absolute(s, s(t.operand)),
    Constant: _constant,
    Sin: _odd_even,
    Cos: _odd_even,
    Delta: _delta,
    Dot: lambda s, t: dot(s, s(t.left), s(t.right)),
    MatrixProduct: lambda s, t: product(s, s(t.left), s(t.right)),
    Transpose: lambda s, t: transposed(s, s(t.matrix)),
    Inverse: inverse,
    MatrixPower: matrix_power,
    **OF_MATRICES,
    Sum: normal_sum,
    DefiniteIntegral: normal_integral,
    GammaFunction: normal_gamma,
    BetaFunction: normal_beta,
    Evaluated: normal_integral,
    Covariance: _covariance,
    Variance: _congruence,
    Relation: _relation,
    ConditionalExpectation: lambda s, t: normal_conditional(s, t, _proposition_key),
    ConditionalVariance: lambda s, t: normal_conditional(s, t, _proposition_key),
    Density: lambda s, t: normal_density(s, t, _proposition_key),
}

__all__ = ["BudgetExhausted", "Ratio", "Ring", "as_fmpq", "as_fraction", "decide", "in_ring", "unlike"]
