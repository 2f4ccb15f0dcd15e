"""Primitives, proposed by what a first course integrates; whatever is proposed is certified by differentiating.

Each part of the integrand is a product of powers of x, one exponential, sine or cosine of
a line a x + b (or an exponential of a square), or a logarithm.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import in_ring
from derivations.algebra.ring import Ratio, Ring, as_fraction
from derivations.records import record
from derivations.terms.arithmetic import Add, Cos, Div, Exp, Log, Mul, Neg, Pow, Sin, Sqrt, Sub, number
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts

_HIGHEST = 20


class _None(Exception):
    """There is no proposal."""


def primitive(body: Term, x: Symbol, facts: Facts) -> Term | None:
    """A function whose derivative by x should be the body, or None. The facts are those between the ends."""

    def work(s: Ring) -> Term | None:
        try:
            found = taken_apart(s, body, x)
            if found is None:
                return _quotient(s, s.lowest(s(body)), x)
            parts = [_times(s.term(p.factor), _product(s, p.power, p.exponent, p.others, x)) for p in found]
        except _None:
            return None
        return _total(parts)

    return in_ring(facts, work)


def _moving_factors(s: Ring, low: Ratio, x: Symbol) -> tuple[list[int], Ratio] | None:
    """The denominator as a monomial in what moves times what does not; None for any other one."""
    content, factors = low.den.factor()
    powers, still = [0] * s.size, s.constant(as_fraction(content))
    for factor, m in factors:
        if not s.involves(Ratio(factor, s.one), x):
            still = still * Ratio(factor, s.one).power(int(m))
        elif len(factor) == 1 and sum(degrees := [int(d) for d in factor.degrees()]) == 1:
            powers[degrees.index(1)] += int(m)
        else:
            return None
    return powers, still


def _total(parts: list[Term]) -> Term:
    total: Term | None = None
    for part in parts:
        total = part if total is None else Add(total, part)
    return number(0) if total is None else total


def _power_of(base: Term, n: int) -> Term:
    return number(1) if n == 0 else base if n == 1 else Pow(base, number(n))


def _times(*factors: Term) -> Term:
    result: Term | None = None
    for factor in factors:
        if factor != number(1):
            result = factor if result is None else Mul(result, factor)
    return number(1) if result is None else result


@record(frozen=True)
class Parts:
    """factor · x^power · e^exponent · others, with a factor free of x; `exponent` is None where there is no e^…"""

    factor: Ratio
    power: Ratio
    exponent: Ratio | None
    others: tuple[tuple[Term, int], ...]


def taken_apart(s: Ring, body: Term, x: Symbol) -> list[Parts] | None:
    """The body as a sum of such products; None where its denominator is no product of powers of what moves."""
    low = s.lowest(s(body))
    moving = _moving_factors(s, low, x)
    if moving is None:
        return None
    below, still = moving
    return [_apart(s, exponents, coefficient, below, still, x) for exponents, coefficient in low.num.terms()]


def _apart(s: Ring, exponents: Any, coefficient: Any, below: list[int], still: Ratio, x: Symbol) -> Parts:
    outside = [0] * s.size
    power: Ratio = s.zero
    exponent: Ratio | None = None
    others: list[tuple[Term, int]] = []
    for g, above in enumerate(exponents):
        n = int(above) - below[g]
        if not n:
            continue
        atom = s.atoms[g]
        if x not in atom.free:
            outside[g] = n
        elif atom == x:
            power = power + s.constant(n)
        elif isinstance(atom, Sqrt) and atom.operand == x:
            power = power + s.constant(Fraction(n, 2))
        elif isinstance(atom, Pow) and atom.base == x and x not in atom.exponent.free:
            power = power + s(atom.exponent) * s.constant(n)
        elif g in s.exponents:  # x^p may be kept as e^{p log x}
            logs, part = _logarithms(s, s.exponents[g] * s.constant(n), x)
            power = power + logs
            exponent = part if exponent is None else exponent + part
        else:
            others.append((atom, n))
    if exponent is not None and not s.lowest(exponent).num:
        exponent = None
    factor = _raised_to(s, outside) * s.constant(as_fraction(coefficient)) / still
    return Parts(factor, s.lowest(power), exponent, tuple(others))


def _raised_to(s: Ring, exponents: list[int]) -> Ratio:
    return s.monomial([max(n, 0) for n in exponents]) / s.monomial([max(-n, 0) for n in exponents])


def _logarithms(s: Ring, exponent: Ratio, x: Symbol) -> tuple[Ratio, Ratio]:
    """c and the rest of an exponent c log x + rest."""
    low = s.lowest(exponent)
    log = next((g for g, atom in enumerate(s.atoms) if atom == Log(x)), None)
    if log is None or s.involves(Ratio(low.den, s.one), x):
        return s.zero, exponent
    total, rest = s.zero, s.zero
    for exponents, coefficient in low.num.terms():
        powers = [int(e) for e in exponents]
        part = Ratio(s.monomial(powers).num * coefficient, low.den)
        if powers[log] == 1:
            total = total + part / s.gen(log)
        else:
            rest = rest + part
    total = s.lowest(total)
    return (s.zero, exponent) if s.involves(total, x) else (total, rest)


def _product(s: Ring, power: Ratio, exponent: Ratio | None, others: tuple[tuple[Term, int], ...], x: Symbol) -> Term:
    if not others and exponent is None:
        return _raised(x, s.term(power + s.unit), number(1))
    n = s.number_of(power)
    if n is None or n.denominator != 1 or not 0 <= n <= _HIGHEST:
        raise _None
    if exponent is not None and not others:
        return _exponential(s, int(n), exponent, x)
    if exponent is not None or len(others) != 1:
        raise _None
    return _function(s, int(n), *others[0], x)


def coefficients(s: Ring, ratio: Ratio, x: Symbol) -> list[Term] | None:
    """c_0, c_1, c_2 of a polynomial in x of degree at most 2; None for anything else."""
    try:
        return _coefficients(s, ratio, x)
    except _None:
        return None


def _coefficients(s: Ring, ratio: Ratio, x: Symbol) -> list[Term]:
    """c_0, c_1, … of a polynomial in x; _None for anything else."""
    low = s.lowest(ratio)
    if s.involves(Ratio(low.den, s.one), x):
        raise _None
    position = next((g for g, atom in enumerate(s.atoms) if atom == x), None)
    found: dict[int, Ratio] = {}
    for exponents, coefficient in low.num.terms():
        rest = [int(e) for e in exponents]
        degree = 0
        if position is not None:
            degree, rest[position] = rest[position], 0
        if any(e and x in s.atoms[g].free for g, e in enumerate(rest)) or degree > 2:
            raise _None
        part = Ratio(s.monomial(rest).num * coefficient, low.den)
        found[degree] = found[degree] + part if degree in found else part
    return [s.term(found.get(d, s.zero)) for d in range(max(found, default=0) + 1)]


def _exponential(s: Ring, n: int, exponent: Ratio, x: Symbol) -> Term:
    """∫ xⁿ e^{ax+b} by parts; ∫ xⁿ e^{ax²+b} for an odd n, in u = x²."""
    power = Exp(s.term(exponent))
    match _coefficients(s, exponent, x):
        case [_, a]:
            parts: list[Term] = []
            factor: Fraction = Fraction(1)
            for k in range(n + 1):  # Σ (−1)^k n!/(n−k)! x^{n−k} / a^{k+1}
                parts.append(Div(_times(number(factor), _power_of(x, n - k)), _power_of(a, k + 1)))
                factor *= -(n - k)
            return _times(_total(parts), power)
        case [_, b, a] if b == number(0) and n % 2:
            half = (n - 1) // 2
            parts, factor = [], Fraction(1, 2)
            for k in range(half + 1):  # x dx = du/2
                parts.append(Div(_times(number(factor), _power_of(x, 2 * (half - k))), _power_of(a, k + 1)))
                factor *= -(half - k)
            return _times(_total(parts), power)
    raise _None


def _function(s: Ring, n: int, atom: Term, m: int, x: Symbol) -> Term:
    match atom:
        case Sin(inside) | Cos(inside) if m == 1:
            return _circular(s, n, isinstance(atom, Sin), inside, x)
        case Log(inside) if m == 1 and inside == x:  # ∫ xⁿ log x = x^{n+1} (log x/(n+1) − 1/(n+1)²)
            up = Pow(x, number(n + 1))
            return Sub(Div(Mul(up, Log(x)), number(n + 1)), Div(up, number((n + 1) ** 2)))
        case Sqrt(inside):
            return _power(s, n, inside, number(Fraction(m, 2)), x)
        case Pow(base, exponent) if x not in exponent.free:
            return _power(s, n, base, exponent if m == 1 else Mul(number(m), exponent), x)
    raise _None


def _circular(s: Ring, n: int, sine: bool, inside: Term, x: Symbol) -> Term:
    match _coefficients(s, s(inside), x):
        case [_, a]:
            sign, factor = 1, Fraction(1)
            parts: list[Term] = []
            for k in range(n + 1):  # by parts, n times
                sign = -1 if sine else 1
                value: Term = Cos(inside) if sine else Sin(inside)
                part = Div(_times(number(abs(factor)), _power_of(x, n - k), value), _power_of(a, k + 1))
                parts.append(Neg(part) if sign * factor < 0 else part)
                # ∫ u sin = −u cos/a + ∫ u′ cos/a,  ∫ u cos = u sin/a − ∫ u′ sin/a
                factor *= (n - k) * (1 if sine else -1)
                sine = not sine
            return _total(parts)
    raise _None


def _power(s: Ring, n: int, base: Term, exponent: Term, x: Symbol) -> Term:
    """∫ (ax + b)^p = (ax + b)^{p+1}/(a(p+1)); p = −1 gives a logarithm."""
    match _coefficients(s, s(base), x):
        case [_, a] if n == 0:
            return _raised(base, s.term(s(exponent) + s.unit), a)
    raise _None


def _raised(base: Term, up: Term, slope: Term) -> Term:
    if up == number(0):
        return Div(Log(base), slope)
    return Div(Pow(base, up), _times(slope, up))


def _quotient(s: Ring, low: Ratio, x: Symbol) -> Term:
    """A polynomial over a power of a line: 1/(ax + b)ⁿ, in powers of u = ax + b."""
    _, factors = low.den.factor()
    moving = [(f, int(m)) for f, m in factors if s.involves(Ratio(f, s.one), x)]
    if len(moving) != 1:
        raise _None
    line, m = moving[0]
    slope = _derivative(s, line, x)
    factor = (
        None
        if slope is None
        else s.lowest(Ratio(low.num, s.one) * Ratio(line, s.one).power(m) / Ratio(low.den, s.one) / slope)
    )
    if factor is not None and not s.involves(factor, x):  # c u′/uᵐ
        return _times(s.term(factor), _raised(s.term(Ratio(line, s.one)), number(1 - m), number(1)))
    match _coefficients(s, Ratio(line, s.one), x):
        case [b, a]:
            pass
        case _:
            raise _None
    still = Ratio(low.den, s.one) / Ratio(line, s.one).power(m)
    u = Symbol("u", x.domain, -2000)
    numerator = s.term(Ratio(low.num, s.one) / still).substitute({x: Div(Sub(u, b), a)})
    shifted = s.lowest(s(numerator))
    parts = []
    for degree, coefficient in enumerate(_coefficients(s, shifted, u)):
        if coefficient != number(0):
            inside = s.term(Ratio(line, s.one))
            parts.append(_times(coefficient, _raised(inside, number(degree - m + 1), a)))
    return _total(parts)


def _derivative(s: Ring, polynomial: Any, x: Symbol) -> Ratio | None:
    """∂ of a polynomial in which x occurs as itself alone."""
    degrees = polynomial.degrees()
    moving = [g for g, d in enumerate(degrees) if d and x in s.atoms[g].free]
    if [s.atoms[g] for g in moving] != [x]:
        return None
    return Ratio(polynomial.derivative(moving[0]), s.one)


def candidates(body: Term, x: Symbol, facts: Facts) -> Iterator[Term]:
    """Proposals for a primitive."""
    found = primitive(body, x, facts)
    if found is not None:
        yield found


__all__ = ["Parts", "candidates", "coefficients", "primitive", "taken_apart"]
