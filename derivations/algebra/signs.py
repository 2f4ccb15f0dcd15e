"""The sign of a normal form, from what was declared; unknown is not yes.

A sign is the set of the signs that a quantity may have, as a bit mask.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

from flint import fmpq_mpoly

from derivations.algebra.definite import form_sign, quadratic_forms
from derivations.algebra.known import fact_polynomials, instances, relevant
from derivations.algebra.ring import Ratio, Ring, as_fmpq, as_fraction
from derivations.context.facts import Fact
from derivations.terms.arithmetic import Abs, Constant, Exp, Infinity, Log, Pow, Sqrt
from derivations.terms.conditioning import ConditionalVariance, Density
from derivations.terms.definite_integrals import DefiniteIntegral
from derivations.terms.events import ConditionalProbability, Probability
from derivations.terms.linear_algebra import Determinant, Trace
from derivations.terms.matrices import MatrixEntry, Softmax, is_square
from derivations.terms.matrix_properties import Invertible, PositiveDeterminant, PositiveSemidefinite
from derivations.terms.probability import Expectation, Variance
from derivations.terms.processes import OfSmoothPolicy
from derivations.terms.relations import relation
from derivations.terms.signs import ANY, NEGATIVE, OF, POSITIVE, ZERO, add, flip, multiply, power
from derivations.terms.sums import Delta, Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term
from derivations.terms.vectors import Dot

Answer = TypeVar("Answer")

_DEPTH = 4
_ROOTS = 2  # nested roots
_FACTORED = 300  # terms of a polynomial that is split into factors


def sign_of(s: Ring, ratio: Ratio) -> int:
    """The possible signs of a ratio (where its denominator is not zero)."""
    low = s.lowest(ratio)
    if not low.num:
        return ZERO
    bottom = POSITIVE if low.den.is_one() else poly_sign(s, low.den) & ~ZERO or ANY & ~ZERO
    return multiply(poly_sign(s, low.num), bottom)


def poly_sign(s: Ring, poly: fmpq_mpoly, depth: int = _DEPTH) -> int:
    """Meet of what the different ways of looking at a polynomial say."""
    s.spend(len(poly))
    if poly.is_constant():
        return ZERO if not poly else POSITIVE if poly.leading_coefficient() > 0 else NEGATIVE
    sign = _by_terms(s, poly)
    if sign in (POSITIVE, NEGATIVE, ZERO) or depth == 0:
        return sign
    looks = (_by_facts, _by_divisor, _by_forms, _by_factors, _by_shift, _by_square, _by_conjugate, _by_difference)
    for look in looks:
        sign &= look(s, poly, depth)
        if sign in (POSITIVE, NEGATIVE, ZERO):
            break
    return sign or ANY  # contradictory hypotheses: claim nothing


def _number_sign(value: Fraction) -> int:
    return ZERO if value == 0 else POSITIVE if value > 0 else NEGATIVE


def _by_terms(s: Ring, poly: fmpq_mpoly) -> int:
    total = ZERO
    for exponents, coefficient in poly.terms():
        sign = POSITIVE if coefficient > 0 else NEGATIVE
        for g, n in enumerate(exponents):
            if n:
                sign = multiply(sign, power(generator_sign(s, g), int(n)))
        total = add(total, sign)
        if total == ANY:
            break
    return total


def generator_sign(s: Ring, g: int) -> int:
    """What the atom is by its nature, met with what the facts say of it."""
    sign = _unless_asked(s, ("nature", g), lambda: _nature(s, s.atoms[g]), ANY)
    if sign in (POSITIVE, NEGATIVE, ZERO):
        return sign
    for fact, low in fact_polynomials(s) + instances(s, s.atoms[g]):
        degrees = low.num.degrees()
        if len(low.num) == 1 and degrees[g] == 1 and sum(degrees) == 1 and low.den.is_one():
            told = OF[fact.relation.sign]
            told = told if low.num.leading_coefficient() > 0 else flip(told)
            if sign & told != sign:
                sign &= told
                s.used.add(fact.name)
    return sign or ANY


def _unless_asked(s: Ring, question: tuple[str, int], answer: Callable[[], Answer], unknown: Answer) -> Answer:
    """By `log u ≤ u − 1` the sign of log u is asked for that of u − 1, by its nature the other way round."""
    if question in s.asked:
        return unknown
    s.asked.add(question)
    try:
        return answer()
    finally:
        s.asked.discard(question)


def _nature(s: Ring, atom: Term) -> int:
    match atom:
        case Exp():
            return POSITIVE
        case Sqrt(operand):
            return POSITIVE if s.positive(s(operand)) else POSITIVE | ZERO
        case Abs(operand):
            return POSITIVE if s.nonzero(s(operand)) else POSITIVE | ZERO
        case Density():
            return POSITIVE if s.known(OfSmoothPolicy(atom)) else POSITIVE | ZERO
        case Variance() | ConditionalVariance() | Delta():
            return POSITIVE | ZERO
        case Dot():
            not_negative, positive = form_sign(s, atom)
            return POSITIVE if positive else POSITIVE | ZERO if not_negative else ANY
        case Trace(matrix):
            return POSITIVE | ZERO if s.known(PositiveSemidefinite(matrix)) else ANY
        case MatrixEntry(matrix, i, j) if i == j and is_square(matrix):
            return POSITIVE | ZERO if s.known(PositiveSemidefinite(matrix)) else ANY
        case Determinant(matrix):
            return _determinant_sign(s, matrix)
        case Pow(base, _):
            return POSITIVE if s.positive(s(base)) else POSITIVE | ZERO if s.nonnegative(s(base)) else ANY
        case Log(operand):
            return sign_of(s, s(operand) - s.unit)
        case Expectation(body):
            with s.inside(atom.scope()):
                return sign_of(s, s(body)) | ZERO if s.nonnegative(s(body)) else ANY
        case Sum():
            return _sum_sign(s, atom)
        case DefiniteIntegral():
            return _integral_sign(s, atom)
        case Probability():
            return _probability_sign(s, atom)
        case ConditionalProbability():
            return POSITIVE | ZERO
        case Constant():
            return POSITIVE
        case MatrixEntry(Softmax(), _, _):
            return POSITIVE
        case _ if getattr(atom, "positive", False):  # wherever it is defined
            return POSITIVE
        case Symbol():
            return _domain_sign(s, atom) & _defined_sign(s, atom) or ANY
    return atom.signs(s) & _defined_sign(s, atom) or ANY


def _determinant_sign(s: Ring, matrix: Term) -> int:
    """> 0 of a definite matrix, ≥ 0 of a semidefinite one, ≠ 0 of an invertible one."""
    if s.known(PositiveDeterminant(matrix)):
        return POSITIVE
    sign = POSITIVE | ZERO if s.known(PositiveSemidefinite(matrix)) else ANY
    return sign & ~ZERO if s.known(Invertible(matrix)) else sign


def _defined_sign(s: Ring, atom: Term) -> int:
    """What is defined has the sign of its definition."""
    from derivations.kernel.rewriting import as_equation, candidates

    for definition in s.facts.definitions:
        if definition in s.unfolding:
            continue
        for candidate in candidates(as_equation(definition), atom, s.facts):
            if not all(s.known(condition) for condition in candidate.conditions):
                continue
            s.unfolding.append(definition)
            sign = sign_of(s, s(candidate.result))
            s.unfolding.pop()
            if sign != ANY:
                s.used.add(definition.name)
                return sign
    return ANY


def _sum_sign(s: Ring, atom: Sum) -> int:
    with s.inside(atom.scope()):
        inner = sign_of(s, s(atom.body))
    if inner & NEGATIVE and inner & POSITIVE:
        return ANY
    nonempty = isinstance(atom.high, Infinity) or s.known(relation(atom.high, ">=", atom.low))
    return inner if nonempty else inner | ZERO


def _probability_sign(s: Ring, atom: Probability) -> int:
    """A probability is not negative; by the law of what is compared it may be seen to be positive."""
    from derivations.decide.events import by_law

    found = by_law(atom, s.facts)
    if found is None or not all(s.known(condition) for condition in found.conditions):
        return POSITIVE | ZERO
    return sign_of(s, s(found.result)) & (POSITIVE | ZERO) or POSITIVE | ZERO


def _integral_sign(s: Ring, atom: DefiniteIntegral) -> int:
    with s.inside(atom.scope()):
        inner = sign_of(s, s(atom.body))
    if inner & NEGATIVE and inner & POSITIVE or not s.known(atom.demanded[0]):
        return ANY
    ends = (atom.low, atom.high)
    wide = any(end.shape is None for end in ends) or s.known(relation(atom.low, "<", atom.high))
    return inner if wide and not inner & ZERO else inner | ZERO


def _domain_sign(s: Ring, symbol: Symbol) -> int:
    if symbol.domain.kind == "finite":
        signs = [sign_of(s, s(v)) for v in symbol.domain.values]
        result = 0
        for one in signs:
            result |= one
        return result
    sign = ANY
    for fact, low in fact_polynomials(s, symbol):
        degrees = low.num.degrees()
        if not low.den.is_one() or sum(degrees) != 1:
            continue
        sign &= _linear_sign(s, symbol, low, fact)
    return sign or ANY


def _linear_sign(s: Ring, symbol: Symbol, low: Ratio, fact: Fact) -> int:
    """From c·x + d ≥ 0 with numbers c, d: the sign of x."""
    g = s.index.get(("symbol", symbol))
    if g is None or low.num.degrees()[g] != 1:
        return ANY
    slope, rest = Fraction(0), Fraction(0)
    for exponents, coefficient in low.num.terms():
        if exponents[g]:
            slope = as_fraction(coefficient)
        else:
            rest = as_fraction(coefficient)
    told = OF[fact.relation.sign]
    if slope < 0:
        told, slope, rest = flip(told), -slope, -rest
    edge = -rest / slope  # x ⋛ edge
    if told in (POSITIVE, POSITIVE | ZERO) and edge >= 0:
        found = POSITIVE if edge > 0 or told == POSITIVE else POSITIVE | ZERO
    elif told in (NEGATIVE, NEGATIVE | ZERO) and edge <= 0:
        found = NEGATIVE if edge < 0 or told == NEGATIVE else NEGATIVE | ZERO
    elif told == NEGATIVE | POSITIVE and edge == 0:
        found = told
    elif told == ZERO:
        found = _number_sign(edge)
    else:
        return ANY
    if not fact.of_declaration:
        s.used.add(fact.name)
    return found


def _by_facts(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """The polynomial is a multiple of a fact."""
    sign = ANY
    for fact, low in relevant(s, poly):
        if not low.num or len(low.num) != len(poly):
            continue
        factor = poly.leading_coefficient() / low.num.leading_coefficient()
        if low.num * factor == poly:
            told = multiply(OF[fact.relation.sign], multiply(POSITIVE, _den_sign(s, low, depth)))
            told = told if factor > 0 else flip(told)
            if told & sign != sign:
                s.used.add(fact.name)
            sign &= told
    return sign or ANY


def _by_divisor(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """It divides what is known not to be 0: from xy > 0 and x > 0, y > 0."""
    sign = ANY
    for fact, low in fact_polynomials(s):
        told = OF[fact.relation.sign]
        if told & ZERO or len(low.num) <= 1 and len(poly) > 1 or low.num == poly or not low.num:
            continue
        quotient, rest = divmod(low.num, poly)
        if rest or quotient.is_constant():
            continue
        of_rest = poly_sign(s, quotient, depth - 1) & ~ZERO if told != NEGATIVE | POSITIVE else ANY & ~ZERO
        found = multiply(multiply(told, of_rest or ANY & ~ZERO), _den_sign(s, low, depth))
        if found & sign != sign:
            s.used.add(fact.name)
            sign &= found
    return sign or ANY


def _den_sign(s: Ring, low: Ratio, depth: int) -> int:
    return POSITIVE if low.den.is_one() else poly_sign(s, low.den, depth - 1) & ~ZERO or ANY & ~ZERO


def _by_forms(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """Σ c_ij uᵢᵀM uⱼ ≥ 0 for a semidefinite M where the numbers c_ij are a semidefinite matrix; and the rest."""
    found = quadratic_forms(s, poly)
    if found is None:
        return ANY
    forms, rest = found
    sign = _by_terms(s, rest) if rest else ZERO
    for scale, told in forms:
        sign = add(sign, multiply(_by_terms(s, scale), told))
    return sign


def _by_factors(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    if len(poly) > _FACTORED:
        return ANY
    content, parts = poly.factor()
    if len(parts) == 1 and parts[0][1] == 1:
        return ANY
    sign = _number_sign(as_fraction(content))
    for factor, n in parts:
        sign = multiply(sign, power(poly_sign(s, factor, depth - 1), int(n)))
    return sign


def lower_bound(s: Ring, g: int) -> tuple[Fraction, bool] | None:
    """A number c ≠ 0 with atom ≥ c, and whether it is > c: exp(u) ≥ 1 for u ≥ 0, declared bounds."""
    atom = s.atoms[g]
    if isinstance(atom, Exp):
        sign = _unless_asked(s, ("bound", g), lambda: sign_of(s, s.exponents[g]), ANY)
        return None if sign & NEGATIVE else (Fraction(1), sign == POSITIVE)
    if not isinstance(atom, Symbol):
        return None
    best: tuple[Fraction, bool] | None = None
    for fact, low in fact_polynomials(s, atom):
        if fact.relation.sign not in (">", ">=") or low.num.degrees()[g] != 1 or sum(low.num.degrees()) != 1:
            continue
        parts = {bool(e[g]): as_fraction(c) for e, c in low.num.terms()}
        if parts[True] > 0 and low.den.is_one():
            edge = -parts.get(False, Fraction(0)) / parts[True]
            found = edge, fact.relation.sign == ">"
            if edge and (best is None or found > best):
                best = found
                if not fact.of_declaration:
                    s.used.add(fact.name)
    return best


def _by_shift(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """With x = c + y, y ≥ 0 for the atoms that are known to be ≥ c."""
    bounds = {g: c for g, n in enumerate(poly.degrees()) if n and (c := lower_bound(s, g)) is not None}
    if not bounds:
        return ANY
    gens = [s.context.gen(i) for i in range(s.size)]
    shifted = poly.compose(*[x + as_fmpq(bounds[i][0]) if i in bounds else x for i, x in enumerate(gens)])
    total = ZERO
    for exponents, coefficient in shifted.terms():
        sign = POSITIVE if coefficient > 0 else NEGATIVE
        for g, n in enumerate(exponents):
            if n:
                of = (POSITIVE if bounds[g][1] else POSITIVE | ZERO) if g in bounds else generator_sign(s, g)
                sign = multiply(sign, power(of, int(n)))
        total = add(total, sign)
    return total


def _by_square(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """A g² + B g + C with A > 0 and 4AC − B² ≥ 0 is ≥ 0; with > 0 it is > 0."""
    for g, n in enumerate(poly.degrees()):
        if n != 2:
            continue
        parts = [s.nil, s.nil, s.nil]
        for exponents, coefficient in poly.terms():
            left = list(exponents)
            k, left[g] = int(left[g]), 0
            parts[k] = parts[k] + s.monomial(left).num * coefficient
        c, b, a = parts
        lead = poly_sign(s, a, depth - 1)
        if lead not in (POSITIVE, NEGATIVE):
            continue
        gap = poly_sign(s, 4 * a * c - b * b, depth - 1)
        if gap & NEGATIVE:
            continue
        strict = not gap & ZERO
        return lead if strict else lead | ZERO
    return ANY


def _by_conjugate(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """A√u + B with A²u > B² has the sign of A; with A²u < B² that of B."""
    if s.conjugates >= _ROOTS:
        return ANY
    s.conjugates += 1
    try:
        return _conjugated(s, poly, depth)
    finally:
        s.conjugates -= 1


def _conjugated(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    for g, n in enumerate(poly.degrees()):
        if n != 1 or not isinstance(s.atoms[g], Sqrt):
            continue
        parts = [s.nil, s.nil]
        for exponents, coefficient in poly.terms():
            left = list(exponents)
            k, left[g] = int(left[g]), 0
            parts[k] = parts[k] + s.monomial(left).num * coefficient
        rest, factor = parts
        gap = sign_of(s, Ratio(factor * factor, s.one) * s.squares[g] - Ratio(rest * rest, s.one))
        sign = (
            poly_sign(s, factor, depth - 1)
            if not gap & NEGATIVE
            else poly_sign(s, rest, depth - 1)
            if not gap & POSITIVE
            else ANY
        )
        sign |= gap & ZERO
        if sign != ANY:
            return sign
    return ANY


def _by_difference(s: Ring, poly: fmpq_mpoly, depth: int) -> int:
    """poly = λ·fact + rest with λ > 0 and a rest of known sign."""
    if depth < _DEPTH - 1:
        return ANY
    sign = ANY
    for fact, low in relevant(s, poly):
        if not low.den.is_one() or fact.relation.sign == "!=":
            continue
        told = OF[fact.relation.sign]
        for scale in _scales(low.num, poly):
            rest = poly_sign(s, poly - low.num * as_fmpq(scale), depth - 1)
            found = add(told if scale > 0 else flip(told), rest)
            if found != ANY:
                s.used.add(fact.name)
                sign &= found
                break
    return sign or ANY


def _scales(fact: fmpq_mpoly, poly: fmpq_mpoly) -> list[Fraction]:
    there = {tuple(e): as_fraction(c) for e, c in poly.terms()}
    scales: list[Fraction] = []
    for e, c in fact.terms():
        if tuple(e) in there and any(e):
            scale = there[tuple(e)] / as_fraction(c)
            if scale not in scales:
                scales.append(scale)
    return scales[:3]


def stated_nonzero(s: Ring, ratio: Ratio) -> bool:
    """Whether a hypothesis says so directly (`i ≠ j`, `i < j`)."""
    return any(f.relation.sign in ("!=", "<", ">") for f, _ in fact_polynomials(s)) and not (
        _by_facts(s, s.lowest(ratio).num, 0) & ZERO
    )


def known_relation(s: Ring, sign: str, difference: Ratio) -> bool:
    """Whether `difference sign 0` is known."""
    return not sign_of(s, difference) & ~OF[sign] & ANY


__all__: list[Any] = ["ANY", "NEGATIVE", "POSITIVE", "ZERO", "known_relation", "sign_of"]
