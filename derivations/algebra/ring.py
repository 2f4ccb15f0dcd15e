"""One polynomial ring, its atoms, and the canonical forms in it.

Atoms are generators of the ring. When the ring is too small, or an exponential
base must be refined (exp(x/2) beside exp(x)), the ring is made again with
what it learnt (see `normal.in_ring`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import comb, lcm
from typing import TYPE_CHECKING, Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from derivations.budget import Budget, BudgetExhausted
from derivations.terms.arithmetic import Add, Div, Exp, Mul, Neg, Number, Pow, Sqrt, Sub, number
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

Key = tuple[Any, ...]


class Grow(Exception):
    """The ring has too few generators."""


class Refine(Exception):
    """An exponential needs a finer base."""

    def __init__(self, key: Key, base: Fraction) -> None:
        self.key, self.base = key, base


_WORK = 20_000  # steps of a piece of work that belongs to no link
_LARGEST = 250_000  # products of monomials in one multiplication
_LONGEST = 10_000  # bits of one coefficient
_COMMON = 20_000  # products of monomials where fractions are reduced
_FACTORED = 300  # terms of a polynomial that is split into factors
_WEIGHT = 20  # terms of a normal form that count for a step


def _check_size(poly: fmpq_mpoly, n: int) -> None:
    """The n-th power of a polynomial must fit into memory, and be done before anybody gives up."""
    terms = len(poly)
    bits = max(
        (c.numerator.bit_length() + c.denominator.bit_length() for c in map(as_fraction, poly.coeffs())), default=0
    )
    if bits * n > _LONGEST + 64:
        raise BudgetExhausted(f"the power {n} has numbers of more than {_LONGEST} bits")
    if terms > 1 and (n > 500 or comb(terms + n - 1, n) > _LARGEST):
        raise BudgetExhausted(f"the power {n} of a sum has too many terms to be multiplied out")


def _check_product(left: int, right: int) -> None:
    """Two polynomials with so many terms must be multiplied before anybody gives up."""
    if left * right > _LARGEST:
        raise BudgetExhausted(f"multiplied out, the line has more than {_LARGEST} products")


class Ratio:
    """num/den, polynomials in the ring's generators; den is not the zero polynomial.

    low: the same in lowest terms, and how many relations between atoms were known then
    """

    __slots__ = ("den", "low", "num")

    def __init__(self, num: fmpq_mpoly, den: fmpq_mpoly) -> None:
        self.num, self.den = num, den
        self.low: tuple[int, Ratio] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ratio) and self.num == other.num and self.den == other.den

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            return Ratio(self.num + other.num, self.den)
        _check_product(len(self.num) + len(self.den), len(other.num) + len(other.den))
        return Ratio(self.num * other.den + other.num * self.den, self.den * other.den)

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + (-other)

    def __mul__(self, other: Ratio) -> Ratio:
        _check_product(len(self.num), len(other.num))
        _check_product(len(self.den), len(other.den))
        return Ratio(self.num * other.num, self.den * other.den)

    def __truediv__(self, other: Ratio) -> Ratio:
        if not other.num:
            raise ZeroDivisionError
        _check_product(len(self.num), len(other.den))
        _check_product(len(self.den), len(other.num))
        return Ratio(self.num * other.den, self.den * other.num)

    def power(self, n: int) -> Ratio:
        if abs(n) > 3:
            _check_size(self.num, abs(n))
            _check_size(self.den, abs(n))
        if n >= 0:
            return Ratio(self.num**n, self.den**n)
        if not self.num:
            raise ZeroDivisionError
        return Ratio(self.den ** (-n), self.num ** (-n))


Meanings = Mapping[type, "Callable[[Ring, Any], Ratio]"]
"""What a kind of node means that does not say so itself; `Term`: how it is an atom."""


class Ring:
    """One polynomial ring, its atoms, and the normal forms in it."""

    def __init__(self, facts: Facts, meanings: Meanings, size: int, bases: dict[Key, Fraction]) -> None:
        self.meanings = meanings
        self.facts = facts
        self.context = fmpq_mpoly_ctx.get([f"g{i}" for i in range(size)], Ordering.lex)
        self.size = size
        self.index: dict[Key, int] = {}
        self.atoms: list[Term] = []
        self.squares: dict[int, Ratio] = {}  # g² = …   (√u, sin u)
        self.idempotent: set[int] = set()  # g² = g   (δ)
        self.sifts: dict[int, tuple[Symbol, Term]] = {}  # g = δ_{ij}: what is said of i is said of j
        self.logs: dict[int, Ratio] = {}  # g = log(…)
        self.exponents: dict[int, Ratio] = {}  # g = exp(…)
        self.words: dict[int, Any] = {}  # a product of matrices, letter by letter (see `words`)
        self.entrywise: dict[int, Any] = {}  # a product entry by entry, factor by factor
        self.sums: dict[int, Ratio] = {}  # a sum of words that stands as a whole
        self.bases = bases
        self.used: set[str] = set()  # names of the facts that were relied on
        self.memo: dict[Any, tuple[Any, set[str]]] = {}  # what was computed, and on what it rests
        self.asked: set[tuple[str, int]] = set()  # questions about atoms that are being answered
        self.reading: set[Any] = set()  # facts that are being read
        self.conjugates = 0  # how many roots deep the sign of a difference is being asked for
        self.unfolding: list[Any] = []  # definitions whose sign is being asked for
        self.one = self.context.constant(1)
        self.nil = self.context.constant(0)
        self.unit = Ratio(self.one, self.one)
        self.zero = Ratio(self.nil, self.one)

    def start(self) -> None:
        """Begin a piece of work: nothing has been relied on yet."""
        self.budget = self.facts.budget or Budget(_WORK)
        self.used = set()

    # -- atoms -----------------------------------------------------------------
    def generator(self, key: Key, term: Term) -> int:
        found = self.index.get(key)
        if found is None:
            found = len(self.atoms)
            if found >= self.size:
                raise Grow
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
            found = self.remember(key, lambda: self._meaning(term))
        elif found[1]:
            self.used |= found[1]
        ratio: Ratio = found[0]
        return ratio

    def _meaning(self, term: Term) -> Ratio:
        try:
            meaning = self.meanings.get(type(term))
            found: Ratio = term.normal(self) if meaning is None else meaning(self, term)
            self.spend(1 + (len(found.num) + len(found.den)) // _WEIGHT)
            return found
        except ZeroDivisionError:  # undefined as written: nothing may follow from it
            return self.atom(("undefined", term), term)

    def congruent(self, term: Term) -> Ratio:
        """The term as an atom: the same one for equal parts."""
        return self.meanings[Term](self, term)

    def canonical(self, term: Term) -> Any:
        """A term that binds names, with those names as they are numbered everywhere."""
        from derivations.algebra.sums import height, renamed

        return renamed(term, height(term) - 1)

    def number_in(self, ratio: Ratio) -> Fraction:
        """c, where the ratio in lowest terms is u + c with a polynomial u without a constant; 0 for any other."""
        if ratio.den.is_one():
            for exponents, coefficient in ratio.num.terms():
                if not any(exponents):
                    return as_fraction(coefficient)
        return Fraction(0)

    def exponent_of(self, ratio: Ratio) -> Ratio | None:
        """u, where the ratio is the atom e^u."""
        used = [(g, int(n)) for g, n in enumerate(ratio.num.degrees()) if n]
        if len(used) != 1 or used[0][1] != 1 or used[0][0] not in self.exponents:
            return None
        return self.exponents[used[0][0]] if ratio == self.gen(used[0][0]) else None

    def remember(self, key: Any, compute: Callable[[], Any]) -> tuple[Any, set[str]]:
        """Compute something and keep it, with the names of the facts that it relies on."""
        outer, self.used = self.used, set()
        try:
            found = self.memo[key] = compute(), self.used
        finally:
            outer |= self.used
            self.used = outer
        return found

    def recall(self, key: Any, compute: Callable[[], Any]) -> Any:
        """What was computed under the key, now or before; what it relies on is relied on again."""
        found = self.memo.get(key) or self.remember(key, compute)
        self.used |= found[1]
        return found[0]

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
            num, den = self._reduce(ratio.num) or self._sifted(ratio.num), self._reduce(ratio.den)
            if num is None and den is None:
                break
            top = num or Ratio(ratio.num, self.one)
            bottom = den or Ratio(ratio.den, self.one)
            if not bottom.num:
                return ratio
            ratio = top / bottom
        return self._rationalise(ratio)

    def spend(self, steps: int) -> None:
        """Count work against the budget; BudgetExhausted when it is gone."""
        self.budget.spend(steps)

    def _reduce(self, poly: fmpq_mpoly) -> Ratio | None:
        degrees = poly.degrees()
        if not any(degrees[g] > 1 for g in (*self.squares, *self.idempotent)):
            return None
        total = self.zero
        self.spend(len(poly))
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

    def _sifted(self, poly: fmpq_mpoly) -> Ratio | None:
        """δ_{ij} f(i) = δ_{ij} f(j)."""
        degrees = poly.degrees()
        deltas = [g for g in self.sifts if degrees[g]]
        if not deltas:
            return None
        total, changed = self.zero, False
        for exponents, coefficient in poly.terms():
            left = list(exponents)
            factor = self.constant(as_fraction(coefficient))
            for symbol, other in [self.sifts[g] for g in deltas if left[g]]:
                for h, n in enumerate(left):
                    atom = self.atoms[h] if n and self.sifts.get(h) != (symbol, other) else None
                    if atom is not None and symbol in atom.free:
                        self.spend(1)
                        factor = factor * self(atom.substitute({symbol: other})).power(int(n))
                        left[h], changed = 0, True
            total = total + factor * self.monomial(left)
        return total if changed else None

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
        relations = len(self.squares) + len(self.idempotent)
        if ratio.low is None or ratio.low[0] != relations:
            low = self._lowest(self.settle(ratio))
            low.low = ratio.low = relations, low
        return ratio.low[1]

    def _lowest(self, ratio: Ratio) -> Ratio:
        num, den = ratio.num, ratio.den
        if not num:
            return self.zero
        if den is self.one:
            return ratio
        if not den.is_constant():
            if len(num) * len(den) > _COMMON:
                raise BudgetExhausted("the fractions of the line are too large to be reduced")
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

    # -- signs ---------------------------------------------------------------------------
    def factors(self, ratio: Ratio) -> tuple[Fraction, list[tuple[Ratio, int]]]:
        """ratio = c Π fᵢ^{nᵢ}, with irreducible polynomials fᵢ."""
        low = self.lowest(ratio)
        if not low.num:
            return Fraction(0), []
        if len(low.num) + len(low.den) > _FACTORED:  # true as it stands, if not in the smallest pieces
            return Fraction(1), [(Ratio(low.num, self.one), 1), (Ratio(low.den, self.one), -1)]
        content, parts = low.num.factor()
        bottom, below = low.den.factor()
        pieces = [(Ratio(f, self.one), int(n)) for f, n in parts]
        pieces += [(Ratio(f, self.one), -int(n)) for f, n in below]
        return as_fraction(content) / as_fraction(bottom), pieces

    def sign(self, ratio: Ratio) -> int:
        """Its possible signs, as a mask (`terms.signs`)."""
        from derivations.algebra.signs import sign_of

        return sign_of(self, ratio)

    def positive(self, ratio: Ratio) -> bool:
        from derivations.algebra.signs import POSITIVE, sign_of

        return sign_of(self, ratio) == POSITIVE

    def nonnegative(self, ratio: Ratio) -> bool:
        from derivations.algebra.signs import NEGATIVE, sign_of

        return not sign_of(self, ratio) & NEGATIVE

    def nonzero(self, ratio: Ratio) -> bool:
        from derivations.algebra.signs import ZERO, sign_of

        return not sign_of(self, ratio) & ZERO

    def known(self, proposition: Term) -> bool:
        """Whether the facts give the proposition; what they rested on is recorded."""
        from derivations.kernel.conditions import discharge

        by = discharge(proposition, self.facts)
        if by is None:
            return False
        self.used.update(by)
        return True

    def linear_parts(self, ratio: Ratio) -> Iterator[tuple[int, Ratio]]:
        """A vector as Σ coefficient · generator."""
        low = self.lowest(ratio)
        for exponents, coefficient in low.num.terms():
            left = [int(n) for n in exponents]
            vectors = [g for g, n in enumerate(left) if n and self.atoms[g].shape]
            if len(vectors) != 1 or left[vectors[0]] != 1:
                raise BudgetExhausted("a vector is multiplied by a vector")  # cannot happen for well-shaped terms
            left[vectors[0]] = 0
            factor = self.monomial(left).num * coefficient
            yield vectors[0], Ratio(factor, low.den)


class _Inside:
    """`with ring.inside(scope):` uses the facts that hold below a binder."""

    def __init__(self, owner: Ring, scope: Any) -> None:
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
