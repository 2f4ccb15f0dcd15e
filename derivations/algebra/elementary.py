"""exp, log, |·|, √ and powers of normal forms: the identities that are always used."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, isqrt
from typing import Any

from flint import fmpq_mpoly

from derivations.algebra.ring import Ratio, Refine, Ring, as_fmpq, as_fraction
from derivations.algebra.signs import NEGATIVE, POSITIVE, sign_of
from derivations.terms.arithmetic import Abs, Exp, Log, Pow, Sqrt
from derivations.terms.sums import IsInteger
from derivations.terms.term import Term

_EXPAND_POWER = 200  # a sum to a higher power stays an atom


def exponential(s: Ring, exponent: Ratio) -> Ratio:
    """exp(Σ qᵢ mᵢ) = Π exp(mᵢ)^{qᵢ}, with exp(n log u) = uⁿ."""
    low = s.lowest(exponent)
    result = s.unit
    for exponents, coefficient in low.num.terms():
        q = as_fraction(coefficient)
        logarithm = _log_generator(s, exponents, low.den)
        if logarithm is not None and q.denominator == 1:
            result = result * s.logs[logarithm].power(int(q))
            continue
        key = ("exp", tuple(int(n) for n in exponents), str(low.den))
        base = s.bases.get(key)
        if base is None:
            base = s.bases.setdefault(key, abs(q))
        n = q / base
        if n.denominator != 1:
            raise Refine(key, Fraction(gcd(base.numerator * q.denominator, q.numerator * base.denominator),
                                        base.denominator * q.denominator))  # fmt: skip
        power = Ratio(s.monomial(exponents).num * as_fmpq(base), low.den)
        g = s.index.get(key)
        if g is None:
            g = s.generator(key, Exp(s.term(power)))
            s.exponents[g] = power
        result = result * s.gen(g).power(int(n))
    return result


def _log_generator(s: Ring, exponents: Any, den: fmpq_mpoly) -> int | None:
    used = [(g, n) for g, n in enumerate(exponents) if n]
    if len(used) == 1 and used[0][1] == 1 and used[0][0] in s.logs and den.is_one():
        return used[0][0]
    return None


def logarithm(s: Ring, argument: Ratio) -> Ratio:
    """log(exp(u)) = u; log(c Π fᵢ^{nᵢ}) = log c + Σ nᵢ log fᵢ where all are positive; any other is an atom."""
    low = s.lowest(argument)
    exponent = _as_exponential(s, low)
    if exponent is not None:
        return exponent
    root = _root_alone(s, low)
    if root is not None:
        return logarithm(s, root) / s.constant(2)
    content, parts = s.factors(low)
    if content > 0 and (len(parts) > 1 or parts and (content != 1 or parts[0][1] != 1)):
        if all(s.positive(f) for f, _ in parts):
            total = s.zero if content == 1 else _log_of_number(s, content)
            for factor, n in parts:
                total = total + logarithm(s, factor) * s.constant(n)
            return total
    if not parts and content > 0:
        return _log_of_number(s, content)
    return _log_atom(s, low)


def _root_alone(s: Ring, low: Ratio) -> Ratio | None:
    """u, where the argument is √u."""
    if len(low.num) != 1 or not low.den.is_one() or low.num.leading_coefficient() != 1:
        return None
    used = [(g, n) for g, n in enumerate(low.num.degrees()) if n]
    return s.squares[used[0][0]] if len(used) == 1 and used[0][1] == 1 and _is_root(s, used[0][0]) else None


def _is_root(s: Ring, g: int) -> bool:
    return g in s.squares and isinstance(s.atoms[g], Sqrt)


def _log_of_number(s: Ring, value: Fraction) -> Ratio:
    """log(Π pᵢ^{nᵢ}) = Σ nᵢ log pᵢ over the prime factors that are soon found."""
    total = s.zero
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime in range(2, 1000):
            n = 0
            while part % prime == 0:
                part, n = part // prime, n + 1
            if n:
                total = total + _log_atom(s, s.constant(prime)) * s.constant(sign * n)
        if part != 1:
            total = total + _log_atom(s, s.constant(part)) * s.constant(sign)
    return total


def _log_atom(s: Ring, low: Ratio) -> Ratio:
    key = ("log", *s.key(low))
    g = s.index.get(key)
    if g is None:
        g = s.generator(key, Log(s.term(low)))
        s.logs[g] = low
    return s.gen(g)


def _as_exponential(s: Ring, low: Ratio) -> Ratio | None:
    if not low.num or len(low.num) != 1 or len(low.den) != 1 or low.num.leading_coefficient() != 1:
        return None
    total = s.zero
    for poly, sign in ((low.num, 1), (low.den, -1)):
        for g, n in enumerate(poly.degrees()):
            if n:
                if g not in s.exponents:
                    return None
                total = total + s.exponents[g] * s.constant(sign * int(n))
    return total


def absolute(s: Ring, argument: Ratio) -> Ratio:
    """|c Π fᵢ^{nᵢ}| = |c| Π |fᵢ|^{nᵢ}; |f| = ±f where the sign of f is known."""
    content, parts = s.factors(argument)
    result = s.constant(abs(content))
    for factor, n in parts:
        sign = sign_of(s, factor)
        if n % 2 == 0 or not sign & NEGATIVE:
            result = result * factor.power(n)
        elif not sign & POSITIVE:
            result = result * (-factor).power(n)
        else:
            if factor.num.leading_coefficient() < 0:
                factor = -factor
            g = s.generator(("abs", *s.key(factor)), Abs(s.term(factor)))
            s.squares.setdefault(g, factor * factor)
            result = result * s.gen(g).power(n)
    return result


def square_root(s: Ring, argument: Ratio) -> Ratio:
    """√(f²g) = |f|√g; √(fg) = √f √g where both are known to be ≥ 0."""
    content, parts = s.factors(argument)
    if not content:
        return s.zero
    outside, left, odd = s.unit, s.constant(content), []
    for factor, n in parts:
        if half := n // 2:
            outside = outside * absolute(s, factor).power(half)
        if n % 2:
            odd.append(factor)
    together = content > 0 and all(s.nonnegative(f) for f in odd)
    for factor in odd:
        if together or s.positive(factor):
            outside = outside * _root(s, factor)
        else:
            left = left * factor
    if (whole := s.number_of(left)) is not None and whole > 0:
        return outside * _root_of_number(s, whole)
    return outside * _root(s, left)


def _root(s: Ring, ratio: Ratio) -> Ratio:
    g = s.generator(("sqrt", *s.key(ratio)), Sqrt(s.term(ratio)))
    s.squares.setdefault(g, s.lowest(ratio))
    return s.gen(g)


def _root_of_number(s: Ring, value: Fraction) -> Ratio:
    """√(p/q) = √(pq)/q, with the square factors taken out."""
    inside, outside = value.numerator * value.denominator, Fraction(1, value.denominator)
    for d in range(2, 1000):
        while inside % (d * d) == 0:
            inside, outside = inside // (d * d), outside * d
    if isqrt(inside) ** 2 == inside:
        return s.constant(outside * isqrt(inside))
    return s.constant(outside) * _root(s, s.constant(inside))


def power(s: Ring, base: Ratio, exponent: Ratio, term: Term) -> Ratio:
    n = s.number_of(exponent)
    if n is not None and n.denominator == 1:
        if abs(n) > _EXPAND_POWER and (len(base.num) > 1 or len(base.den) > 1):
            return s.atom(("pow", *s.key(base), n), term)
        return base.power(int(n))
    if n is not None and n.denominator == 2:
        return square_root(s, base).power(int(2 * n))
    if not base.num and s.positive(exponent):
        return s.zero
    if s.positive(base):
        return exponential(s, exponent * logarithm(s, base))
    return _integer_power(s, base, exponent, term)


def _integer_power(s: Ring, base: Ratio, exponent: Ratio, term: Term) -> Ratio:
    """b^{m+n} = b^m b^n for integers m, n, where b ≠ 0 or both are ≥ 0; (−1)^{2m} = 1."""
    opaque = s.atom(("pow", *s.key(base), *s.key(exponent)), term)
    low = s.lowest(exponent)
    if not low.den.is_one() or not s.known(IsInteger(s.term(low))):
        return opaque
    parts = [(s.monomial(m), as_fraction(c)) for m, c in low.num.terms()]
    if any(c.denominator != 1 or not s.known(IsInteger(s.term(m))) for m, c in parts):
        return opaque
    fine = all(c > 0 and s.nonnegative(m) for m, c in parts) or s.nonzero(base)
    if not fine:
        return opaque
    result = s.unit
    minus_one = s.number_of(base) == -1
    for mono, c in parts:
        if (whole := s.number_of(mono)) is not None:
            result = result * base.power(int(whole * c))
            continue
        g = s.generator(("pow", *s.key(base), *s.key(mono)), Pow(s.term(base), s.term(mono)))
        if minus_one:
            s.squares.setdefault(g, s.unit)
        result = result * s.gen(g).power(int(c) % 2 if minus_one else int(c))
    return result
