"""The normal form: a written term as a rational function over atoms.

Sums, dot products, expectations, derivatives … are atoms in canonical form
(bound indices renamed, sums split linearly, exponentials split over ℚ); the
rest is exact arithmetic with python-flint. Two terms with the same normal form
are equal wherever both are defined. A different normal form says nothing:
atoms may be related.

Atoms are generators of one polynomial ring per session. When the ring is too
small, or an exponential base must be refined (exp(x/2) beside exp(x)), the
session starts again with what it learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, isqrt, lcm
from typing import TYPE_CHECKING, Any, TypeVar

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

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
    number,
)  # fmt: skip
from derivations.terms.probability import Covariance
from derivations.terms.relations import Relation, relation
from derivations.terms.sums import Delta, IsInteger, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Component, Dot, VectorSymbol

if TYPE_CHECKING:
    from derivations.kernel.facts import Facts

Key = tuple[Any, ...]
Result = TypeVar("Result")
_EXPAND_POWER = 200  # a sum to a higher power stays an atom
_EXPAND_SUM = 64  # a sum with literal bounds of at most this length is written out


class BudgetExhausted(Exception):
    """More steps were needed than the budget allows."""


class _Grow(Exception):
    """The ring has too few generators."""


class _Refine(Exception):
    """An exponential needs a finer base."""

    def __init__(self, key: Key, base: Fraction) -> None:
        self.key, self.base = key, base


@dataclass(frozen=True)
class Ratio:
    """num/den, polynomials in the session's generators; den is not the zero polynomial."""

    num: fmpq_mpoly
    den: fmpq_mpoly

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            return Ratio(self.num + other.num, self.den)
        return Ratio(self.num * other.den + other.num * self.den, self.den * other.den)

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + (-other)

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        if not other.num:
            raise ZeroDivisionError
        return Ratio(self.num * other.den, self.den * other.num)

    def power(self, n: int) -> Ratio:
        if n >= 0:
            return Ratio(self.num**n, self.den**n)
        if not self.num:
            raise ZeroDivisionError
        return Ratio(self.den ** (-n), self.num ** (-n))


def session(facts: Facts, work: Callable[[Session], Result], budget: int = 20_000) -> Result:
    """Run `work` in a session, starting again whenever the session must be larger or finer."""
    size, bases = 16, dict[Key, Fraction]()
    while True:
        try:
            return work(Session(facts, size, bases, budget))
        except _Grow:
            size *= 2
        except _Refine as finer:
            bases[finer.key] = finer.base


class Session:
    """One polynomial ring, its atoms, and the normal forms in it."""

    def __init__(self, facts: Facts, size: int, bases: dict[Key, Fraction], budget: int) -> None:
        self.facts = facts
        self.context = fmpq_mpoly_ctx.get([f"g{i}" for i in range(size)], Ordering.lex)
        self.size = size
        self.index: dict[Key, int] = {}
        self.atoms: list[Term] = []
        self.squares: dict[int, Ratio] = {}  # g² = …   (√u, sin u)
        self.idempotent: set[int] = set()  # g² = g   (δ)
        self.logs: dict[int, Ratio] = {}  # g = log(…)
        self.exponents: dict[int, Ratio] = {}  # g = exp(…)
        self.bases = bases
        self.budget = budget
        self.used: set[str] = set()  # names of the facts that were relied on
        self.memo: dict[tuple[Term, Facts], Ratio] = {}
        self.polys: dict[Facts, Any] = {}  # facts as polynomials, by scope (see signs)
        self.unfolding: list[Any] = []  # definitions whose sign is being asked for
        self.one = self.context.constant(1)
        self.nil = self.context.constant(0)
        self.unit = Ratio(self.one, self.one)
        self.zero = Ratio(self.nil, self.one)

    # -- atoms -----------------------------------------------------------------
    def generator(self, key: Key, term: Term) -> int:
        found = self.index.get(key)
        if found is None:
            found = len(self.atoms)
            if found >= self.size:
                raise _Grow
            self.index[key] = found
            self.atoms.append(term)
        return found

    def gen(self, position: int) -> Ratio:
        return Ratio(self.context.gen(position), self.one)

    def atom(self, key: Key, term: Term) -> Ratio:
        return self.gen(self.generator(key, term))

    def constant(self, value: Fraction | int) -> Ratio:
        return Ratio(self.context.constant(as_fmpq(value)), self.one)

    # -- terms to ratios -----------------------------------------------------------
    def __call__(self, term: Term) -> Ratio:
        key = (term, self.facts)
        found = self.memo.get(key)
        if found is None:
            self.budget -= 1
            if self.budget < 0:
                raise BudgetExhausted
            try:
                found = _HANDLERS.get(type(term), _congruence)(self, term)
            except ZeroDivisionError:  # undefined as written: nothing may follow from it
                found = self.atom(("undefined", term), term)
            self.memo[key] = found
        return found

    def inside(self, scope: Any) -> _Inside:
        return _Inside(self, scope)

    def is_zero(self, ratio: Ratio) -> bool:
        return not self.settle(ratio).num

    # -- canonical forms ---------------------------------------------------------------
    def settle(self, ratio: Ratio) -> Ratio:
        """Apply g² = …, g² = g, and δ_{ij} f(i) = δ_{ij} f(j)."""
        if not (self.squares or self.idempotent):
            return ratio
        for _ in range(12):
            num, den = self._reduce(ratio.num), self._reduce(ratio.den)
            if num is None and den is None:
                break
            top = num or Ratio(ratio.num, self.one)
            bottom = den or Ratio(ratio.den, self.one)
            if not bottom.num:
                return ratio
            ratio = top / bottom
        return self._rationalise(ratio)

    def _reduce(self, poly: fmpq_mpoly) -> Ratio | None:
        degrees = poly.degrees()
        if not any(degrees[g] > 1 for g in (*self.squares, *self.idempotent)):
            return None
        total = self.zero
        for exponents, coefficient in poly.terms():
            left = list(exponents)
            factor = self.constant(as_fraction(coefficient))
            for g in self.idempotent:
                left[g] = min(left[g], 1)
            for g, square in self.squares.items():
                if left[g] > 1:
                    factor = factor * square.power(left[g] // 2)
                    left[g] %= 2
            total = total + factor * self.monomial(left)
        return total

    def _rationalise(self, ratio: Ratio) -> Ratio:
        """√u in a one-term denominator moves to the numerator."""
        if len(ratio.den) != 1:
            return ratio
        for g in self.squares:
            if ratio.den.degrees()[g] == 1 and isinstance(self.atoms[g], Sqrt):
                root = self.gen(g)
                ratio = Ratio(ratio.num * root.num, ratio.den * root.num)
                top, bottom = self._reduce(ratio.num), self._reduce(ratio.den)
                ratio = (top or Ratio(ratio.num, self.one)) / (bottom or Ratio(ratio.den, self.one))
        return ratio

    def monomial(self, exponents: Any) -> Ratio:
        return Ratio(self.context.from_dict({tuple(exponents): fmpq(1)}), self.one)

    def lowest(self, ratio: Ratio) -> Ratio:
        """In lowest terms, with a monic denominator."""
        ratio = self.settle(ratio)
        num, den = ratio.num, ratio.den
        if not num:
            return self.zero
        if not den.is_constant():
            common = num.gcd(den)
            if not common.is_constant():
                num, den = divmod(num, common)[0], divmod(den, common)[0]
        lead = den.leading_coefficient()
        return ratio if lead == 1 and den is ratio.den else Ratio(num / lead, den / lead)

    def key(self, ratio: Ratio) -> Key:
        low = self.lowest(ratio)
        return (str(low.num), str(low.den))

    def number_of(self, ratio: Ratio) -> Fraction | None:
        """The rational it is, if it is one."""
        low = self.lowest(ratio)
        if low.num.is_constant() and low.den.is_constant():
            return as_fraction(low.num.leading_coefficient()) if low.num else Fraction(0)
        return None

    def involves(self, ratio: Ratio | fmpq_mpoly, symbol: Symbol) -> bool:
        polys = (ratio.num, ratio.den) if isinstance(ratio, Ratio) else (ratio,)
        degrees = [d for p in polys for d in enumerate(p.degrees() if p else ())]
        return any(d and g < len(self.atoms) and symbol in self.atoms[g].free for g, d in degrees)

    # -- and back -------------------------------------------------------------------------
    def term(self, ratio: Ratio) -> Term:
        """A term with this normal form (in canonical order)."""
        low = self.lowest(ratio)
        denominators = [as_fraction(c).denominator for c in low.num.coeffs()] or [1]
        scale = lcm(*denominators)
        top = self.polynomial(low.num * scale)
        bottom = self.polynomial(low.den * scale)
        if isinstance(bottom, Number) and bottom.number == 1:
            return top
        if isinstance(top, Neg):
            return Neg(Div(top.operand, bottom))
        return Div(top, bottom)

    def polynomial(self, poly: fmpq_mpoly) -> Term:
        total: Term | None = None
        for exponents, coefficient in poly.terms():
            value = as_fraction(coefficient)
            factor = self._product(exponents, abs(value))
            if total is None:
                total = -factor if value < 0 else factor
            else:
                total = Sub(total, factor) if value < 0 else Add(total, factor)
        return total if total is not None else number(0)

    def _product(self, exponents: Any, coefficient: Fraction) -> Term:
        result: Term | None = None if coefficient == 1 else number(coefficient)
        for g, n in enumerate(exponents):
            if n:
                n = int(n)
                atom = self.atoms[g]
                if isinstance(atom, Exp) and n != 1:
                    factor: Term = Exp(self.term(self.exponents[g] * self.constant(n)))
                else:
                    factor = atom if n == 1 else Pow(atom, number(n))
                result = factor if result is None else Mul(result, factor)
        return result if result is not None else number(1)

    # -- functions ----------------------------------------------------------------------------
    def exp(self, exponent: Ratio) -> Ratio:
        """exp(Σ qᵢ mᵢ) = Π exp(mᵢ)^{qᵢ}, with exp(n log u) = uⁿ."""
        low = self.lowest(exponent)
        result = self.unit
        for exponents, coefficient in low.num.terms():
            q = as_fraction(coefficient)
            logarithm = self._log_generator(exponents, low.den)
            if logarithm is not None and q.denominator == 1:
                result = result * self.logs[logarithm].power(int(q))
                continue
            key = ("exp", tuple(int(n) for n in exponents), str(low.den))
            base = self.bases.get(key)
            if base is None:
                base = self.bases.setdefault(key, abs(q))
            n = q / base
            if n.denominator != 1:
                raise _Refine(key, Fraction(gcd(base.numerator * q.denominator, q.numerator * base.denominator),
                                            base.denominator * q.denominator))  # fmt: skip
            power = Ratio(self.monomial(exponents).num * as_fmpq(base), low.den)
            g = self.index.get(key)
            if g is None:
                g = self.generator(key, Exp(self.term(power)))
                self.exponents[g] = power
            result = result * self.gen(g).power(int(n))
        return result

    def _log_generator(self, exponents: Any, den: fmpq_mpoly) -> int | None:
        used = [(g, n) for g, n in enumerate(exponents) if n]
        if len(used) == 1 and used[0][1] == 1 and used[0][0] in self.logs and den.is_one():
            return used[0][0]
        return None

    def log(self, argument: Ratio) -> Ratio:
        """log(exp(u)) = u; any other logarithm is an atom."""
        low = self.lowest(argument)
        exponent = self._as_exponential(low)
        if exponent is not None:
            return exponent
        key = ("log", *self.key(low))
        g = self.index.get(key)
        if g is None:
            g = self.generator(key, Log(self.term(low)))
            self.logs[g] = low
        return self.gen(g)

    def _as_exponential(self, low: Ratio) -> Ratio | None:
        if not low.num or len(low.num) != 1 or len(low.den) != 1 or low.num.leading_coefficient() != 1:
            return None
        total = self.zero
        for poly, sign in ((low.num, 1), (low.den, -1)):
            for g, n in enumerate(poly.degrees()):
                if n:
                    if g not in self.exponents:
                        return None
                    total = total + self.exponents[g] * self.constant(sign * int(n))
        return total

    def factors(self, ratio: Ratio) -> tuple[Fraction, list[tuple[Ratio, int]]]:
        """ratio = c Π fᵢ^{nᵢ}, with irreducible polynomials fᵢ."""
        low = self.lowest(ratio)
        if not low.num:
            return Fraction(0), []
        content, parts = low.num.factor()
        bottom, below = low.den.factor()
        pieces = [(Ratio(f, self.one), int(n)) for f, n in parts]
        pieces += [(Ratio(f, self.one), -int(n)) for f, n in below]
        return as_fraction(content) / as_fraction(bottom), pieces

    def positive(self, ratio: Ratio) -> bool:
        from derivations.kernel.signs import POSITIVE, sign_of

        return sign_of(self, ratio) == POSITIVE

    def nonnegative(self, ratio: Ratio) -> bool:
        from derivations.kernel.signs import NEGATIVE, sign_of

        return not sign_of(self, ratio) & NEGATIVE

    def nonzero(self, ratio: Ratio) -> bool:
        from derivations.kernel.signs import ZERO, sign_of

        return not sign_of(self, ratio) & ZERO

    def known(self, proposition: Term) -> bool:
        """Whether the facts give the proposition; what they rested on is recorded."""
        from derivations.kernel.conditions import discharge

        by = discharge(proposition, self.facts)
        if by is None:
            return False
        self.used.update(by)
        return True

    def abs(self, argument: Ratio) -> Ratio:
        """|c Π fᵢ^{nᵢ}| = |c| Π |fᵢ|^{nᵢ}; |f| = ±f where the sign of f is known."""
        from derivations.kernel.signs import NEGATIVE, POSITIVE, sign_of

        content, parts = self.factors(argument)
        result = self.constant(abs(content))
        for factor, n in parts:
            sign = sign_of(self, factor)
            if n % 2 == 0 or not sign & NEGATIVE:
                result = result * factor.power(n)
            elif not sign & POSITIVE:
                result = result * (-factor).power(n)
            else:
                if factor.num.leading_coefficient() < 0:
                    factor = -factor
                g = self.generator(("abs", *self.key(factor)), Abs(self.term(factor)))
                self.squares.setdefault(g, factor * factor)
                result = result * self.gen(g).power(n)
        return result

    def sqrt(self, argument: Ratio) -> Ratio:
        """√(f²g) = |f|√g; √(fg) = √f √g where both are known to be ≥ 0."""
        content, parts = self.factors(argument)
        if not content:
            return self.zero
        outside, left, odd = self.unit, self.constant(content), []
        for factor, n in parts:
            if half := n // 2:
                outside = outside * self.abs(factor).power(half)
            if n % 2:
                odd.append(factor)
        together = content > 0 and all(self.nonnegative(f) for f in odd)
        for factor in odd:
            if together or self.positive(factor):
                outside = outside * self._root(factor)
            else:
                left = left * factor
        if (whole := self.number_of(left)) is not None and whole > 0:
            return outside * self._root_of_number(whole)
        return outside * self._root(left)

    def _root(self, ratio: Ratio) -> Ratio:
        g = self.generator(("sqrt", *self.key(ratio)), Sqrt(self.term(ratio)))
        self.squares.setdefault(g, self.lowest(ratio))
        return self.gen(g)

    def _root_of_number(self, value: Fraction) -> Ratio:
        """√(p/q) = √(pq)/q, with the square factors taken out."""
        inside, outside = value.numerator * value.denominator, Fraction(1, value.denominator)
        for d in range(2, 1000):
            while inside % (d * d) == 0:
                inside, outside = inside // (d * d), outside * d
        if isqrt(inside) ** 2 == inside:
            return self.constant(outside * isqrt(inside))
        return self.constant(outside) * self._root(self.constant(inside))

    def power(self, base: Ratio, exponent: Ratio, term: Term) -> Ratio:
        n = self.number_of(exponent)
        if n is not None and n.denominator == 1:
            if abs(n) > _EXPAND_POWER and (len(base.num) > 1 or len(base.den) > 1):
                return self.atom(("pow", *self.key(base), n), term)
            return base.power(int(n))
        if n is not None and n.denominator == 2:
            return self.sqrt(base).power(int(2 * n))
        if self.positive(base):
            return self.exp(exponent * self._split_log(base))
        return self._integer_power(base, exponent, term)

    def _split_log(self, base: Ratio) -> Ratio:
        """log(c Π fᵢ^{nᵢ}) = log c + Σ nᵢ log fᵢ where all are known to be positive."""
        content, parts = self.factors(base)
        if content <= 0 or not all(self.positive(f) for f, _ in parts):
            return self.log(base)
        total = self.zero if content == 1 else self.log(self.constant(content))
        for factor, n in parts:
            total = total + self.log(factor) * self.constant(n)
        return total

    def _integer_power(self, base: Ratio, exponent: Ratio, term: Term) -> Ratio:
        """b^{m+n} = b^m b^n for integers m, n, where b ≠ 0 or both are ≥ 0; (−1)^{2m} = 1."""
        opaque = self.atom(("pow", *self.key(base), *self.key(exponent)), term)
        low = self.lowest(exponent)
        if not low.den.is_one() or not self.known(IsInteger(self.term(low))):
            return opaque
        parts = [(self.monomial(m), as_fraction(c)) for m, c in low.num.terms()]
        if any(c.denominator != 1 or not self.known(IsInteger(self.term(m))) for m, c in parts):
            return opaque
        fine = all(c > 0 and self.nonnegative(m) for m, c in parts) or self.nonzero(base)
        if not fine:
            return opaque
        result = self.unit
        minus_one = self.number_of(base) == -1
        for mono, c in parts:
            if (whole := self.number_of(mono)) is not None:
                result = result * base.power(int(whole * c))
                continue
            g = self.generator(("pow", *self.key(base), *self.key(mono)), Pow(self.term(base), self.term(mono)))
            if minus_one:
                self.squares.setdefault(g, self.unit)
            result = result * self.gen(g).power(int(c) % 2 if minus_one else int(c))
        return result

    def dot(self, left: Ratio, right: Ratio) -> Ratio:
        """Bilinear and symmetric: (Σ aᵢuᵢ)ᵀ(Σ bⱼvⱼ) = Σ aᵢbⱼ uᵢᵀvⱼ."""
        total = self.zero
        for u, a in self.linear_parts(left):
            for v, b in self.linear_parts(right):
                first, second = sorted((u, v))
                key = ("dot", first, second)
                total = total + a * b * self.atom(key, Dot(self.atoms[first], self.atoms[second]))
        return total

    def linear_parts(self, ratio: Ratio) -> Iterator[tuple[int, Ratio]]:
        """A vector as Σ coefficient · generator."""
        low = self.lowest(ratio)
        for exponents, coefficient in low.num.terms():
            left = [int(n) for n in exponents]
            vectors = [g for g, n in enumerate(left) if n and self.atoms[g].shape]
            if len(vectors) != 1 or left[vectors[0]] != 1:
                raise BudgetExhausted  # no vector: cannot happen for well-shaped terms
            left[vectors[0]] = 0
            factor = self.monomial(left).num * coefficient
            yield vectors[0], Ratio(factor, low.den)


class _Inside:
    """`with session.inside(scope):` uses the facts that hold below a binder."""

    def __init__(self, owner: Session, scope: Any) -> None:
        self.owner, self.scope, self.outer = owner, scope, owner.facts

    def __enter__(self) -> None:
        if self.scope is not None:
            self.owner.facts = self.outer.enter(self.scope)

    def __exit__(self, *_: object) -> None:
        self.owner.facts = self.outer


def as_fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def as_fmpq(value: Fraction | int) -> fmpq:
    return fmpq(value.numerator, value.denominator)


# -- what each node means ------------------------------------------------------------
def _symbol(s: Session, term: Any) -> Ratio:
    return s.atom(("symbol", term), term)


def _exp(s: Session, term: Any) -> Ratio:
    return s.exp(s(term.operand))


def _pow(s: Session, term: Any) -> Ratio:
    if isinstance(term.base, Constant) and term.base.name == "e":
        return s.exp(s(term.exponent))
    return s.power(s(term.base), s(term.exponent), term)


def _constant(s: Session, term: Any) -> Ratio:
    return s.exp(s.unit) if term.name == "e" else s.atom(("constant", term.name), term)


def _log(s: Session, term: Any) -> Ratio:
    argument = s(term.operand)
    return s.zero if s.number_of(argument) == 1 else s.log(argument)


def _odd_even(s: Session, term: Any) -> Ratio:
    """sin(−u) = −sin u, cos(−u) = cos u, sin² = 1 − cos²; sin 0 = 0, cos 0 = 1."""
    low = s.lowest(s(term.operand))
    if not low.num:
        return s.zero if isinstance(term, Sin) else s.unit
    flip = low.num.leading_coefficient() < 0
    low = -low if flip else low
    inner = s.term(low)
    cosine = s.atom(("cos", *s.key(low)), Cos(inner))
    if isinstance(term, Cos):
        return cosine
    g = s.generator(("sin", *s.key(low)), Sin(inner))
    s.squares.setdefault(g, s.unit - cosine * cosine)
    return -s.gen(g) if flip else s.gen(g)


def _delta(s: Session, term: Any) -> Ratio:
    """δ_{ii} = 1; δ_{ij} = 0 for numbers that differ; symmetric, δ² = δ."""
    left, right = s(term.left), s(term.right)
    gap = left - right
    if s.is_zero(gap):
        return s.unit
    if s.nonzero(gap):
        return s.zero
    first, second = sorted((s.key(left), s.key(right)))
    g = s.generator(("delta", first, second), term)
    s.idempotent.add(g)
    return s.gen(g)


def _component(s: Session, term: Any) -> Ratio:
    """(Σ aᵢuᵢ)_n = Σ aᵢ (uᵢ)_n."""
    index = s(term.index)
    total = s.zero
    for g, factor in s.linear_parts(s(term.vector)):
        total = total + factor * s.atom(("component", g, *s.key(index)), Component(s.atoms[g], term.index))
    return total


def _covariance(s: Session, term: Any) -> Ratio:
    """Cov(u, v) = Cov(v, u)."""
    with s.inside(term.scope()):
        first, second = sorted((s.key(s(term.left)), s.key(s(term.right))))
    return s.atom(("Cov", first, second), term)


def _sum(s: Session, term: Any) -> Ratio:
    from derivations.kernel.sums import normal_sum

    return normal_sum(s, term)


def _relation(s: Session, term: Any) -> Ratio:
    return s.atom(("relation", term.sign, *s.key(s(term.lhs) - s(term.rhs)), term.variable, term.point), term)


def _congruence(s: Session, term: Term) -> Ratio:
    """Any other node is an atom, the same for equal children (below a binder: equal there)."""
    if not term.children or getattr(term, "opaque", False):
        return s.atom(("leaf", term), term)
    scope = term.scope()
    if scope is not None and scope.bound:
        return _bound_congruence(s, term, scope)
    labels = tuple(v for v in term.fields if not isinstance(v, Term | tuple))
    keys: list[Any] = []
    for position, child in enumerate(term.children):
        with s.inside(scope if position in term.inside else None):
            keys.append(s.key(s(child)) if child.shape is not None else _proposition_key(s, child))
    return s.atom((type(term).__name__, labels, *keys), term)


def _proposition_key(s: Session, term: Term) -> Key:
    """Statements and elements of abstract spaces: structure, not arithmetic."""
    if isinstance(term, Symbol):
        return ("symbol", s.generator(("symbol", term), term))
    if isinstance(term, Relation):
        return s.key(s(term))
    return ("as written", term)


def _bound_congruence(s: Session, term: Term, scope: Any) -> Ratio:
    from derivations.kernel.sums import bound_name, height

    level = height(term) - 1
    names = {v: bound_name(level + n, v.domain) for n, v in enumerate(scope.bound)}
    renamed = term.rebuild(lambda child: names.get(child) or child.substitute(names))  # type: ignore[arg-type,call-overload]
    inner = renamed.scope()
    labels = tuple(v for v in term.fields if not isinstance(v, Term | tuple))
    keys: list[Any] = []
    for position, child in enumerate(renamed.children):
        with s.inside(inner if position in term.inside else None):
            keys.append(s.key(s(child)) if child.shape is not None else _proposition_key(s, child))
    return s.atom((type(term).__name__, labels, *keys), renamed)


_HANDLERS: dict[type, Callable[[Session, Any], Ratio]] = {
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
    Sqrt: lambda s, t: s.sqrt(s(t.operand)),
    Abs: lambda s, t: s.abs(s(t.operand)),
    Constant: _constant,
    Sin: _odd_even,
    Cos: _odd_even,
    Delta: _delta,
    Dot: lambda s, t: s.dot(s(t.left), s(t.right)),
    Component: _component,
    Sum: _sum,
    Covariance: _covariance,
    Relation: _relation,
}

__all__ = ["BudgetExhausted", "Ratio", "Session", "as_fmpq", "as_fraction", "relation", "session"]
