"""Reading SymPy expressions as terms: see `sympy_image.from_sympy`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

import sympy

from derivations.terms import arithmetic, calculus, sums
from derivations.terms.families import Entry, Family
from derivations.terms.functions import Function, vector_function
from derivations.terms.integrals import integral
from derivations.terms.relations import relation
from derivations.terms.sums import INTEGER
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.sympy_image import Label, RandomLabel, VectorLabel, Whole
from derivations.terms.term import Term, TermError, as_term
from derivations.terms.vectors import Component, vector

Reader = Callable[[Any], Term]


def read(expression: Any) -> Term:
    """The term that SymPy's expression means; TermError naming what has no reading."""
    if expression in (sympy.nan, sympy.zoo):
        raise TermError(f"SymPy's {expression} is no number: the expression is undefined somewhere")
    if expression is sympy.oo:
        return arithmetic.oo
    if expression is -sympy.oo:
        return arithmetic.MinusInfinity()
    for kind, reader in _READERS:
        if isinstance(expression, kind):
            return reader(expression)
    if isinstance(expression, sympy.core.function.AppliedUndef):
        return _application(expression)
    name = getattr(getattr(expression, "func", None), "__name__", type(expression).__name__)
    if expression is sympy.I or (isinstance(expression, sympy.Basic) and expression.has(sympy.I)):
        raise TermError(f"SymPy's `{expression}` is complex; every number here is real")
    if isinstance(expression, sympy.MatrixBase):
        raise TermError(f"SymPy's {name} has no reading as a term: declare a matrix with matrix(…), or a vector(…)")
    if isinstance(expression, sympy.logic.boolalg.BooleanAtom):
        raise TermError(f"SymPy's `{expression}` is a truth value, not a term: it evaluated what was to be a relation")
    raise TermError(f"SymPy's `{expression}` has no reading as a term: there is no word for {name} here")


def _number(expression: Any) -> Term:
    if isinstance(expression, sympy.Float):
        return arithmetic.number(float(expression))
    return arithmetic.number(Fraction(int(expression.p), int(expression.q)))


def _symbol(expression: Any) -> Term:
    if isinstance(expression, Label):
        if isinstance(expression, RandomLabel):
            return Entry(Family(expression.name, (), True), ())
        raise TermError(f"`{expression}` is the name of a family or a vector, not a number")
    if expression.is_real is False or expression.is_commutative is False:
        raise TermError(f"SymPy's symbol `{expression}` is not real; every number here is real")
    return Symbol(expression.name, _domain(expression))


def _domain(expression: Any) -> Domain:
    kind = "integer" if expression.is_integer else "real"
    if expression.is_positive:
        return Domain(kind, lower=as_term(1 if kind == "integer" else 0), open=(kind == "real", False))
    if expression.is_nonnegative:
        return Domain(kind, lower=as_term(0))
    if expression.is_negative:
        return Domain(kind, upper=as_term(-1 if kind == "integer" else 0), open=(False, kind == "real"))
    if expression.is_nonpositive:
        return Domain(kind, upper=as_term(0))
    return Domain(kind, nonzero=expression.is_zero is False)


def _addition(expression: Any) -> Term:
    first, *rest = expression.as_ordered_terms()
    total = read(first)
    for part in rest:
        negative = part.could_extract_minus_sign()
        total = total - read(-part) if negative else total + read(part)
    return total


def _product(expression: Any) -> Term:
    if expression.as_coeff_Mul()[0].is_negative:
        return -read(-expression)
    # exact=True: e^{-x} stays a factor and does not become 1/e^x
    top, bottom = sympy.fraction(expression, exact=True)
    if bottom != 1:
        return read(top) / read(bottom)
    return reduce(mul, [read(f) for f in expression.as_ordered_factors()])


def _power(expression: Any) -> Term:
    base, exponent = expression.args
    if exponent == sympy.S.Half:
        return arithmetic.sqrt(read(base))
    if exponent.is_Number and exponent.is_negative:
        return 1 / read(sympy.Pow(base, -exponent, evaluate=False) if exponent != -1 else base)
    return arithmetic.power(read(base), read(exponent))


def _application(expression: Any) -> Term:
    name = expression.func.__name__
    args = [read(a) for a in expression.args]
    if expression.func._kwargs.get("vector"):
        *given, index = args
        # how long it is, the image does not say
        return Component(vector_function(name, Symbol("d", Domain("integer", lower=as_term(1))))(*given), index)
    return Function(name)(*args)


def _indexed(expression: Any) -> Term:
    base = expression.base
    sizes = [read(size) for size in base.shape] if base.shape else [arithmetic.oo] * len(expression.indices)
    indices = tuple(read(i) for i in expression.indices)
    if isinstance(base.label, VectorLabel):
        return vector(base.label.name, sizes[0])[indices[0]]
    return Family(str(base.label), tuple(sizes), isinstance(base.label, RandomLabel))[indices]


def _whole(expression: Any) -> Term:
    raise TermError(f"how long the vector `{expression}` is, its SymPy image does not say")


def _sum(expression: Any) -> Term:
    body = expression.function
    for index, low, high in expression.limits:
        counter = Symbol(index.name, INTEGER)
        local = sympy.Symbol(index.name, integer=True)
        if local != index and local in body.free_symbols:
            raise TermError(f"`{expression}`: two different `{index}` would become one")
        inside = read(body) if isinstance(body, sympy.Basic) else body
        body = sums.sum_over(inside.substitute({read(index): counter}), (counter, read(low), read(high)))
    term: Term = body
    return term


def _integral(expression: Any) -> Term:
    body = read(expression.function)
    for limits in expression.limits:
        if len(limits) != 3:
            raise TermError(f"`{expression}`: an integral here runs from one end to another")
        variable, low, high = limits
        body = integral(body, (read(variable), read(low), read(high)))
    return body


def _derivative(expression: Any) -> Term:
    term = read(expression.expr)
    for variable, times in expression.variable_count:
        if not times.is_Integer:
            raise TermError(f"`{expression}`: a derivative of symbolic order has no reading")
        for _ in range(int(times)):
            term = calculus.diff(term, read(variable))
    return term


def _limit(expression: Any) -> Term:
    body, variable, point, side = expression.args
    if str(side) != "+-" and point not in (sympy.oo, -sympy.oo):
        raise TermError(f"`{expression}` is a one-sided limit; here limits are two-sided")
    return calculus.limit(read(body), read(variable), read(point))


def _related(sign: str) -> Reader:
    return lambda expression: relation(read(expression.lhs), sign, read(expression.rhs))


def _function(make: Callable[[Any], Term]) -> Reader:
    return lambda expression: make(read(expression.args[0]))


_READERS: tuple[tuple[Any, Reader], ...] = (
    ((sympy.Rational, sympy.Float), _number),
    (type(sympy.E), lambda _: arithmetic.e),
    (type(sympy.pi), lambda _: arithmetic.Pi),
    (sympy.Symbol, _symbol),
    (Whole, _whole),
    (sympy.Add, _addition),
    (sympy.Mul, _product),
    (sympy.exp, _function(arithmetic.exp)),
    (sympy.log, _function(arithmetic.log)),
    (sympy.Pow, _power),
    (sympy.Abs, _function(lambda x: abs(x))),
    (sympy.sin, _function(arithmetic.sin)),
    (sympy.cos, _function(arithmetic.cos)),
    (sympy.tanh, _function(arithmetic.tanh)),
    (sympy.Indexed, _indexed),
    (sympy.KroneckerDelta, lambda expression: sums.delta(*(read(a) for a in expression.args[:2]))),
    (sympy.Sum, _sum),
    (sympy.Derivative, _derivative),
    (sympy.Integral, _integral),
    (sympy.Limit, _limit),
    (sympy.Eq, _related("=")),
    (sympy.Ne, _related("!=")),
    (sympy.Le, _related("<=")),
    (sympy.Lt, _related("<")),
    (sympy.Ge, _related(">=")),
    (sympy.Gt, _related(">")),
)
"""Which SymPy class is read how; the first that fits."""
