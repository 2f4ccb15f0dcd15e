"""Products as a reader sees them: factors without order, grouping, or side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from derivations.terms.arithmetic import Div, Infinity, Mul, Neg, Number, Pow, is_literal, literal, number
from derivations.terms.probability import random_members
from derivations.terms.relations import Ne
from derivations.terms.substitution import fresh
from derivations.terms.sums import Sum
from derivations.terms.term import Term

ONE, MINUS_ONE = number(1), number(-1)


def factors(term: Term) -> list[Term]:
    """a(b/c) is a · b · (1/c), −a is −1 · a, (ab)² is a² · b²."""
    match term:
        case Mul(a, b):
            return factors(a) + factors(b)
        case Div(a, b):
            return [f for f in factors(a) if f != ONE] + [_inverse(f) for f in factors(b)]
        case Neg(a):
            return [MINUS_ONE, *factors(a)]
        case Pow(base, n) if is_literal(n) and literal(n).denominator == 1 and literal(n) > 0:
            parts = factors(base)
            return [Pow(f, n) for f in parts] if len(parts) > 1 else [term]
    return [term]


def _inverse(factor: Term) -> Term:
    return factor.right if isinstance(factor, Div) and factor.left == ONE else Div(ONE, factor)


def product(parts: Sequence[Term]) -> Term:
    """The product of these factors, written from left to right."""
    made: Term | None = None
    for part in parts:
        if made is None:
            made = part
        elif isinstance(part, Div) and part.left == ONE:
            made = Div(made, part.right)
        else:
            made = Mul(made, part)
    return ONE if made is None else made


def divided_by(parts: Sequence[Term]) -> tuple[Term, ...]:
    """That what is divided by is not 0."""
    return tuple([Ne(p.right, 0) for p in parts if isinstance(p, Div) and not isinstance(p.right, Number)])


def taken_apart(term: Term, outside: Callable[[Term], bool]) -> tuple[list[Term], list[Term]] | None:
    """The factors that may stand outside, and the others; None where there are none of one kind."""
    if not isinstance(term, (Mul, Div, Neg, Pow)):
        return None
    parts = factors(term)
    out = [p for p in parts if outside(p)]
    rest = [p for p in parts if not outside(p)]
    return (out, rest) if out and rest else None


def groups(parts: Sequence[Term]) -> list[list[Term]]:
    """Factors that share something random stand together."""
    found: list[list[Term]] = []
    for part in parts:
        alike = [g for g in found if any(random_members(f) & random_members(part) for f in g)]
        found = [g for g in found if g not in alike] + [[*(f for g in alike for f in g), part]]
    return found


def two_groups(term: Term) -> Iterator[tuple[Term, Term]]:
    """uv, read as a product of one group of factors and all the others."""
    if not isinstance(term, (Mul, Div, Neg, Pow)):
        return
    parts = groups(factors(term))
    for group in parts if len(parts) > 1 else ():
        rest = [f for other in parts if other is not group for f in other]
        yield product(group), product(rest)


def sum_of_products(term: Term) -> Iterator[Sum]:
    """a Σ_t f_t is Σ_t a f_t, for a finite sum among the factors."""
    if not isinstance(term, (Mul, Div, Neg)):
        return
    parts = factors(term)
    for position, part in enumerate(parts):
        if isinstance(part, Sum) and part.shape == () and not isinstance(part.high, Infinity):
            others = parts[:position] + parts[position + 1 :]
            index, body = part.variable, part.body
            taken = frozenset().union(*(f.free for f in others))
            if index in taken:
                index = fresh(index, taken | body.free)
                body = body.substitute({part.variable: index})
            yield Sum(product([*others, body]), index, part.low, part.high)


__all__ = ["ONE", "divided_by", "factors", "groups", "product", "sum_of_products", "taken_apart", "two_groups"]
