"""How fast a function grows as u → ∞: exact expansions over a scale of comparable functions.

A function is written, exactly and for all large u, as a finite sum of parts

    coefficient · scale · small₁ⁿ¹ · small₂ⁿ² …

coefficient: free of u (a normal form)
scale:       exp(Σ c_b b(u)) with b(u) = u^p (log u)^q (log log u)^r …: Hardy's
             logarithmico-exponential scale, one level of exp deep
small:       a function of which only the leading behaviour is kept, such as
             log(1 + δ) ~ δ for a δ that vanishes

Two scales are comparable when the sign of the leading coefficient of their
quotient is known. Whatever is not known raises `Unknown`: it is never guessed.

Sources: G. H. Hardy, Orders of Infinity (1910), ch. III; D. Gruntz, On
Computing Limits in a Symbolic Manipulation System (1996), ch. 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import factorial
from typing import Any

from derivations.algebra.elementary import absolute, exponential, logarithm, square_root
from derivations.algebra.normal import BudgetExhausted, Key, Ratio, Ring, as_fraction
from derivations.algebra.signs import NEGATIVE, POSITIVE, sign_of
from derivations.records import record
from derivations.terms.arithmetic import Abs, Cos, Pow, Sin, Sqrt, Tanh
from derivations.terms.symbols import Symbol

LEVELS = 4  # u, log u, log log u, log log log u
MOST_PARTS = 200
MOST_PRODUCTS = 4000

Power = tuple[Fraction, ...]
"""Exponents (p, q, r, s) of u^p (log u)^q (log log u)^r (log log log u)^s."""


class Unknown(Exception):
    """The growth is not known. `coefficient sign 0` is what had to be known, if it is so simple."""

    def __init__(self, coefficient: Ratio | None = None, sign: str = "!=") -> None:
        self.coefficient, self.sign = coefficient, sign


@record(frozen=True)
class Scale:
    """exp(Σ c_b b(u)), the powers b > 0 in falling order; the empty sum is the constant 1."""

    rates: tuple[tuple[Power, Ratio], ...]
    key: Key


@record(frozen=True)
class Part:
    """coefficient · scale · Π small^n; `smalls` holds (name, n)."""

    coefficient: Ratio
    scale: Scale
    smalls: tuple[tuple[Key, int], ...] = ()


Series = tuple[Part, ...]
"""An exact finite sum; no two parts share scale and smalls; () is 0."""


@record(frozen=True)
class Germ:
    """f = scale · (limit + o(1)) as u → ∞; with limit None only f = O(scale)."""

    scale: Scale
    limit: Ratio | None


ONE = Scale((), ())


def unit_power(level: int, exponent: Fraction = Fraction(1)) -> Power:
    return tuple(exponent if i == level else Fraction(0) for i in range(LEVELS))


class Growth:
    """Expansions of the normal forms of one ring, as `variable` → ∞.

    order: how many terms of log(1 + δ), e^δ, sin δ … are written out before the rest is kept by its leading behaviour
    """

    def __init__(self, s: Ring, variable: Symbol, order: int = 0) -> None:
        self.s = s
        self.variable = variable
        self.order = order
        self.smalls: dict[Key, Germ] = {}
        self.expanded: dict[int, Series] = {}

    # -- scales --------------------------------------------------------------------
    def scale(self, rates: Iterable[tuple[Power, Ratio]]) -> Scale:
        """exp(Σ c b), with equal powers collected and zeros dropped."""
        found: dict[Power, Ratio] = {}
        for power, c in rates:
            found[power] = found[power] + c if power in found else c
        kept = [(p, low) for p, c in sorted(found.items(), reverse=True) if (low := self.s.lowest(c)).num]
        return Scale(tuple(kept), tuple((p, *self.s.key(c)) for p, c in kept))

    def times(self, a: Scale, b: Scale) -> Scale:
        return self.scale((*a.rates, *b.rates)) if a.rates and b.rates else a if a.rates else b

    def raised(self, a: Scale, n: Fraction) -> Scale:
        return self.scale((p, c * self.s.constant(n)) for p, c in a.rates)

    def compare(self, a: Scale, b: Scale) -> int:
        """−1, 0, 1 for a ≺ b, a = b, a ≻ b: the leading rate of a/b decides."""
        if a.key == b.key:
            return 0
        quotient = self.times(a, self.raised(b, Fraction(-1)))
        if not quotient.rates:
            return 0
        lead = quotient.rates[0][1]
        sign = sign_of(self.s, lead)
        if sign not in (POSITIVE, NEGATIVE):
            raise Unknown
        return 1 if sign == POSITIVE else -1

    # -- series --------------------------------------------------------------------
    def collect(self, parts: Iterable[Part]) -> Series:
        found: dict[Key, Part] = {}
        for part in parts:
            key = (part.scale.key, part.smalls)
            old = found.get(key)
            found[key] = part if old is None else Part(old.coefficient + part.coefficient, part.scale, part.smalls)
            if len(found) > MOST_PARTS:
                raise BudgetExhausted(f"the expansion at the point has more than {MOST_PARTS} terms")
        lowest = (Part(self.s.lowest(p.coefficient), p.scale, p.smalls) for p in found.values())
        return tuple(p for p in lowest if p.coefficient.num)

    def constant(self, value: Ratio) -> Series:
        return self.collect((Part(value, ONE),))

    def plus(self, a: Series, b: Series) -> Series:
        return self.collect((*a, *b))

    def product(self, a: Series, b: Series) -> Series:
        if len(a) * len(b) > MOST_PRODUCTS:
            raise BudgetExhausted(f"the expansion at the point has more than {MOST_PRODUCTS} products")
        return self.collect(
            Part(x.coefficient * y.coefficient, self.times(x.scale, y.scale), _joined(x.smalls, y.smalls))
            for x in a for y in b
        )  # fmt: skip

    def natural_power(self, series: Series, n: int) -> Series:
        if len(series) == 1:
            part = series[0]
            smalls = tuple((name, m * n) for name, m in part.smalls)
            return self.collect((Part(part.coefficient.power(n), self.raised(part.scale, Fraction(n)), smalls),))
        result: Series = self.constant(self.s.unit)
        for _ in range(n):
            result = self.product(result, series)
        return result

    def germ(self, series: Series) -> Germ:
        """The leading behaviour of a sum: parts of the largest scale together, the others are o(scale)."""
        if not series:
            return Germ(ONE, self.s.zero)
        germs = [self._part_germ(part) for part in series]
        top = self._largest([g.scale for g in germs])
        total: Ratio | None = self.s.zero
        for germ in germs:
            if self.compare(germ.scale, top) == 0:
                total = None if total is None or germ.limit is None else total + germ.limit
        return Germ(top, None if total is None else self.s.lowest(total))

    def _part_germ(self, part: Part) -> Germ:
        scale, limit = part.scale, part.coefficient
        known: Ratio | None = limit
        for name, n in part.smalls:
            germ = self.smalls[name]
            scale = self.times(scale, self.raised(germ.scale, Fraction(n)))
            known = None if known is None or germ.limit is None else known * germ.limit.power(n)
        return Germ(scale, known)

    def _largest(self, scales: list[Scale]) -> Scale:
        different = list({scale.key: scale for scale in scales}.values())
        undecided = Unknown()
        for candidate in different:
            try:
                if all(self.compare(other, candidate) <= 0 for other in different):
                    return candidate
            except Unknown as unknown:
                undecided = unknown
        raise undecided

    def leading(self, series: Series) -> tuple[Ratio, Scale, Series]:
        """C, M, δ with f = C M (1 + δ), C ≠ 0, δ → 0."""
        germ = self.germ(series)
        if germ.limit is None or not self.s.nonzero(germ.limit):
            raise Unknown(germ.limit)
        down = Part(self.s.unit / germ.limit, self.raised(germ.scale, Fraction(-1)))
        return germ.limit, germ.scale, self.plus(self.product(series, (down,)), self.constant(-self.s.unit))

    def positive_leading(self, series: Series) -> tuple[Ratio, Scale, Series]:
        """The same with C > 0: the function is eventually positive."""
        c, scale, rest = self.leading(series)
        if not self.s.positive(c):
            raise Unknown(c, ">")
        return c, scale, rest

    def vanishing(self, kind: str, rest: Series) -> Series:
        """A function of δ → 0 with a power series Σ_{n ≥ 1} a_n δⁿ, like log(1 + δ): its first terms, and the rest."""
        if not rest:
            return ()
        germ = self.germ(rest)
        if not self.tends_to_zero(germ):
            raise Unknown
        total: Series = ()
        power: Series = self.constant(self.s.unit)
        for n in range(1, self.order + 1):
            power = self.product(power, rest)
            total = self.plus(total, self.product(power, self.constant(self.s.constant(_COEFFICIENTS[kind](n)))))
        next_one = self.order + 1
        name = (kind, next_one, *sorted(((p.scale.key, p.smalls, *self.s.key(p.coefficient)) for p in rest), key=repr))
        known = None if germ.limit is None else germ.limit.power(next_one)
        limit = None if known is None else known * self.s.constant(_COEFFICIENTS[kind](next_one))
        return self.plus(total, self.opaque(name, Germ(self.raised(germ.scale, Fraction(next_one)), limit)))

    def opaque(self, name: Key, germ: Germ) -> Series:
        """A function of which only the germ is known."""
        self.smalls[name] = germ
        return (Part(self.s.unit, ONE, ((name, 1),)),)

    def tends_to_zero(self, germ: Germ) -> bool:
        order = self.compare(germ.scale, ONE)
        return order < 0 or order == 0 and germ.limit is not None and not self.s.lowest(germ.limit).num

    # -- normal forms ------------------------------------------------------------------
    def of(self, ratio: Ratio) -> Germ:
        """The leading behaviour of num/den; the leading coefficient of den must be known not to vanish."""
        low = self.s.lowest(ratio)
        top, bottom = self.germ(self.polynomial(low.num)), self.germ(self.polynomial(low.den))
        if bottom.limit is None or not self.s.nonzero(bottom.limit):
            raise Unknown(bottom.limit)
        scale = self.times(top.scale, self.raised(bottom.scale, Fraction(-1)))
        return Germ(scale, None if top.limit is None else self.s.lowest(top.limit / bottom.limit))

    def limit(self, ratio: Ratio) -> Ratio:
        """The finite limit of a normal form; Unknown if there is none or it is not known."""
        germ = self.of(ratio)
        order = self.compare(germ.scale, ONE)
        if order > 0 or order == 0 and germ.limit is None:
            raise Unknown
        return self.s.zero if order < 0 or germ.limit is None else germ.limit

    def ratio(self, ratio: Ratio) -> Series:
        low = self.s.lowest(ratio)
        return self.product(self.polynomial(low.num), self.inverse(self.polynomial(low.den)))

    def polynomial(self, poly: Any) -> Series:
        total: list[Part] = []
        for exponents, coefficient in poly.terms():
            series: Series = (Part(self.s.constant(as_fraction(coefficient)), ONE),)
            for g, n in enumerate(exponents):
                if n:
                    series = self.product(series, self.natural_power(self.generator(g), int(n)))
            total += series
        return self.collect(total)

    def generator(self, g: int) -> Series:
        if g not in self.expanded:
            self.expanded[g] = self._generator(g)
        return self.expanded[g]

    def _generator(self, g: int) -> Series:
        s, atom = self.s, self.s.atoms[g]
        if self.variable not in atom.free:
            return (Part(s.gen(g), ONE),)
        if atom == self.variable:
            return (Part(s.unit, self.scale([(unit_power(1), s.unit)])),)
        if g in s.exponents:
            return self.exponential(self.ratio(s.exponents[g]))
        if g in s.logs:
            return self.logarithm(self.ratio(s.logs[g]))
        return self._function(g, atom)

    def _function(self, g: int, atom: Any) -> Series:
        s = self.s
        match atom:
            case Sqrt(operand):
                return self.root(self.ratio(s(operand)))
            case Abs(operand):  # |C M (1 + δ)| = |C| M (1 + δ)
                c, scale, rest = self.leading(self.ratio(s(operand)))
                return self.product((Part(absolute(s, c), scale),), self.plus(self.constant(s.unit), rest))
            case Pow(base, exponent):
                return self.power(g, s(base), s(exponent))
            case Tanh(operand):  # tanh v = 1 − 2/(1 + e^{2v})
                v = s(operand)
                two = s.constant(2)
                return self.ratio(s.unit - two / (s.unit + exponential(s, two * v)))
            case Sin(operand) | Cos(operand):
                return self.circular(g, atom, s(operand))
        raise Unknown

    # -- functions ---------------------------------------------------------------------
    def inverse(self, series: Series) -> Series:
        """1/(C M (1 + δ)) = (1/C) M⁻¹ (1 + ι), ι = −δ/(1 + δ) ~ −δ."""
        c, scale, rest = self.leading(series)
        correction = self.vanishing("inverse", rest)
        return self._corrected(self.s.unit / c, self.raised(scale, Fraction(-1)), correction)

    def root(self, series: Series) -> Series:
        """√(C M (1 + δ)) = √C √M (1 + μ), μ = √(1 + δ) − 1 ~ δ/2."""
        c, scale, rest = self.positive_leading(series)
        correction = self.vanishing("root", rest)
        return self._corrected(square_root(self.s, c), self.raised(scale, Fraction(1, 2)), correction)

    def logarithm(self, series: Series) -> Series:
        """log(C M (1 + δ)) = log C + log M + λ, λ = log(1 + δ) ~ δ; log exp(Σ c b) = Σ c b."""
        c, scale, rest = self.positive_leading(series)
        parts = [Part(logarithm(self.s, c), ONE)] if self.s.number_of(c) != 1 else []
        parts += [Part(rate, self._as_scale(power)) for power, rate in scale.rates]
        return self.collect((*parts, *self.vanishing("log", rest)))

    def exponential(self, series: Series) -> Series:
        """exp(G + c + ε) = e^c · exp(G) · (1 + ν), ν = e^ε − 1 ~ ε, where G grows and ε → 0."""
        rates: list[tuple[Power, Ratio]] = []
        rest: list[Part] = []
        for part in series:
            if self.compare(self._part_germ(part).scale, ONE) > 0:
                rates.append((self._as_power(part), part.coefficient))
            else:
                rest.append(part)
        germ = self.germ(tuple(rest))
        order = self.compare(germ.scale, ONE)
        if order > 0 or order == 0 and germ.limit is None:
            raise Unknown
        constant = self.s.zero if order < 0 or germ.limit is None else germ.limit
        correction = self.vanishing("exp", self.collect((*rest, Part(-constant, ONE))))
        return self._corrected(exponential(self.s, constant), self.scale(rates), correction)

    def power(self, g: int, base: Ratio, exponent: Ratio) -> Series:
        """b^v = exp(v log b) for b eventually positive; b^v → 0 for |b| < 1, v → ∞; |b^v| ≤ 1 for |b| ≤ 1, v ≥ 0."""
        s = self.s
        if s.involves(base, self.variable) or s.positive(base):
            logarithm = self.logarithm(self.ratio(base))
            return self.exponential(self.product(self.ratio(exponent), logarithm))
        _, scale, _ = self.positive_leading(self.ratio(exponent))
        if self.compare(scale, ONE) <= 0:
            raise Unknown
        if s.positive(s.unit - base) and s.positive(s.unit + base):
            return self.opaque(("power", g), Germ(ONE, s.zero))
        if s.nonnegative(s.unit - base) and s.nonnegative(s.unit + base):
            return self.opaque(("power", g), Germ(ONE, None))
        raise Unknown

    def circular(self, g: int, atom: Sin | Cos, angle: Ratio) -> Series:
        """sin v ~ v and cos v − 1 ~ −v²/2 as v → 0; sin v → sin c as v → c; |sin v|, |cos v| ≤ 1 always."""
        s = self.s
        try:
            series = self.ratio(angle)
            germ = self.germ(series)
            order = self.compare(germ.scale, ONE)
        except Unknown:
            order, germ, series = 1, Germ(ONE, None), ()
        if order > 0 or order == 0 and germ.limit is None:
            return self.opaque(("bounded", g), Germ(ONE, None))
        if self.tends_to_zero(germ):
            if isinstance(atom, Sin):
                return self.vanishing("sin", series)
            square = self.product(series, series)
            return self.plus(self.constant(s.unit), self.vanishing("cos", square))
        assert germ.limit is not None
        at = s(type(atom)(s.term(germ.limit)))
        return self.plus(self.constant(at), self.opaque(("near", g), Germ(ONE, s.zero)))

    def _corrected(self, c: Ratio, scale: Scale, correction: Series) -> Series:
        """c · scale · (1 + correction)."""
        return self.product((Part(c, scale),), self.plus(self.constant(self.s.unit), correction))

    def _as_scale(self, power: Power) -> Scale:
        """u^p (log u)^q … as exp(p log u + q log log u + …)."""
        if power[-1]:
            raise Unknown
        return self.scale((unit_power(i + 1), self.s.constant(n)) for i, n in enumerate(power[:-1]) if n)

    def _as_power(self, part: Part) -> Power:
        """The power u^p (log u)^q … that the part is a multiple of; anything else does not fit below an exp."""
        if part.smalls:
            raise Unknown
        exponents = [Fraction(0)] * LEVELS
        for power, rate in part.scale.rates:
            n = self.s.number_of(rate)
            level = next((i for i in range(1, LEVELS) if power == unit_power(i)), None)
            if n is None or level is None:
                raise Unknown
            exponents[level - 1] = n
        return tuple(exponents)


def _root_coefficient(n: int) -> Fraction:
    """√(1 + δ) = Σ binom(½, n) δⁿ."""
    value = Fraction(1)
    for i in range(n):
        value = value * (Fraction(1, 2) - i) / (i + 1)
    return value


_COEFFICIENTS: dict[str, Callable[[int], Fraction]] = {
    "inverse": lambda n: Fraction((-1) ** n),  # 1/(1 + δ) − 1
    "root": _root_coefficient,  # √(1 + δ) − 1
    "log": lambda n: Fraction((-1) ** (n + 1), n),  # log(1 + δ)
    "exp": lambda n: Fraction(1, factorial(n)),  # e^δ − 1
    "sin": lambda n: Fraction((-1) ** (n // 2), factorial(n)) if n % 2 else Fraction(0),
    "cos": lambda n: Fraction((-1) ** n, factorial(2 * n)),  # cos √δ − 1
}
"""The power series about 0 of the functions whose expansion is asked for, by the power."""


def _joined(a: tuple[tuple[Key, int], ...], b: tuple[tuple[Key, int], ...]) -> tuple[tuple[Key, int], ...]:
    if not a or not b:
        return a or b
    count = dict(a)
    for name, n in b:
        count[name] = count.get(name, 0) + n
    return tuple(sorted(count.items(), key=repr))


__all__ = ["Germ", "Growth", "Unknown"]
