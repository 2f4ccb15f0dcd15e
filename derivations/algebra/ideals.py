"""Polynomials that vanish where others do: a combination of those that is a multiple of it.

Buchberger's algorithm (Cox, Little, O'Shea, Ideals, Varieties, and
Algorithms, section 2.7), which keeps of each polynomial how it is made of the
given ones. Factors that are known not to be 0 are divided by on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import fmpq_mpoly

from derivations.algebra.ring import Ring
from derivations.records import record

_PAIRS = 40  # S-polynomials that are tried
_LONGEST = 120  # terms of a polynomial that is kept
_WIDEST = 400  # terms of a coefficient


@record(frozen=True, eq=False)
class Made:
    """`scale · poly = Σ factors[i] · given[i]`, with a scale that is not 0."""

    poly: fmpq_mpoly
    scale: fmpq_mpoly
    factors: tuple[fmpq_mpoly, ...]

    def plus(self, times: fmpq_mpoly, other: Made) -> Made:
        """self + times · other."""
        poly = self.poly + times * other.poly
        if self.scale == other.scale:
            scale, mine, its = self.scale, None, times
        else:
            scale, mine, its = self.scale * other.scale, other.scale, times * self.scale
        pairs = zip(self.factors, other.factors, strict=True)
        return Made(poly, scale, tuple([(a if mine is None else a * mine) + its * b for a, b in pairs]))

    @property
    def widest(self) -> int:
        return max([len(self.scale), *map(len, self.factors)])


def combination(
    s: Ring, target: fmpq_mpoly, given: Sequence[fmpq_mpoly], vanishes_not: Callable[[fmpq_mpoly], bool]
) -> Made | None:
    """`target` as a combination of the given polynomials, divided by what does not vanish; None if none is found."""
    left = remainder(s, target, given, vanishes_not, until_zero=True)
    if left is None or left.poly or left.widest > _WIDEST:
        return None
    # 0 = scale · (target − Σ f p) was kept
    return Made(target, left.scale, tuple([-f for f in left.factors]))


def remainder(
    s: Ring, target: fmpq_mpoly, given: Sequence[fmpq_mpoly], vanishes_not: Callable[[fmpq_mpoly], bool], *,
    until_zero: bool = False,
) -> Made | None:  # fmt: skip
    """What is left of `target`: `scale · (target − Σ factors · given)`; None where the given contradict each other."""
    count = len(given)
    unit = [tuple([s.one if i == j else s.nil for j in range(count)]) for i in range(count)]
    none = tuple([s.nil] * count)
    basis = [_divided(s, Made(p, s.one, unit[i]), vanishes_not) for i, p in enumerate(given) if p]
    squares = [s.gen(g).num ** 2 - square.num for g, square in s.squares.items() if square.den.is_one()]
    basis += [Made(square, s.one, none) for square in squares]
    left = _reduced(s, Made(target, s.one, none), basis)
    pairs = [(i, j) for j in range(len(basis)) for i in range(j)]
    for _ in range(_PAIRS):
        if not pairs or left.widest > _WIDEST or until_zero and not left.poly:
            break
        pairs.sort(key=lambda pair: -_lcm_degree(basis[pair[0]].poly, basis[pair[1]].poly))
        i, j = pairs.pop()
        made = _reduced(s, _s_polynomial(s, basis[i], basis[j]), basis)
        if not made.poly or len(made.poly) > _LONGEST or made.widest > _WIDEST:
            continue
        made = _divided(s, made, vanishes_not)
        if made.poly.is_constant():
            return None
        pairs += [(i, len(basis)) for i in range(len(basis))]
        basis.append(made)
        left = _reduced(s, left, basis)
    return left


def _reduced(s: Ring, made: Made, basis: Sequence[Made]) -> Made:
    """No monomial of it is divisible by a leading one of the basis."""
    changed = True
    while changed and made.poly:
        changed = False
        for other in basis:
            quotient = divmod(made.poly, other.poly)[0]
            if quotient:
                s.spend(1 + len(made.poly) // 20)
                made, changed = made.plus(-quotient, other), True
                if len(made.poly) > 4 * _LONGEST:
                    return made
    return made


def _divided(s: Ring, made: Made, vanishes_not: Callable[[fmpq_mpoly], bool]) -> Made:
    """Without the factors that do not vanish."""
    if len(made.poly) > _LONGEST:
        return made
    for factor, n in made.poly.factor()[1]:
        if factor != made.poly and vanishes_not(factor):
            power = factor ** int(n)
            made = Made(divmod(made.poly, power)[0], made.scale * power, made.factors)
    return made


def _s_polynomial(s: Ring, a: Made, b: Made) -> Made:
    """The leading terms cancel."""
    first, second = a.poly.monomial(0), b.poly.monomial(0)
    common = [max(m, n) for m, n in zip(first, second, strict=True)]
    up = s.monomial([c - m for c, m in zip(common, first, strict=True)]).num / a.poly.leading_coefficient()
    down = s.monomial([c - n for c, n in zip(common, second, strict=True)]).num / b.poly.leading_coefficient()
    zero = Made(s.nil, s.one, tuple([s.nil] * len(a.factors)))
    return zero.plus(up, a).plus(-down, b)


def _lcm_degree(a: fmpq_mpoly, b: fmpq_mpoly) -> int:
    return sum(max(int(m), int(n)) for m, n in zip(a.monomial(0), b.monomial(0), strict=True))


__all__ = ["Made", "combination", "remainder"]
