"""Reading SymPy expressions as terms: see `sympy_image.from_sympy`.

What is read means what SymPy means by it (for real numbers), or is refused:
two symbols never become one, nothing that SymPy knows of a symbol is dropped,
and no convention is taken for another one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, reduce
from math import isinf
from operator import mul
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from derivations.terms import arithmetic, calculus, special, sums, words
from derivations.terms.families import Entry, Family
from derivations.terms.functions import Function, vector_function
from derivations.terms.integrals import integral
from derivations.terms.relations import relation
from derivations.terms.statements import And, Or
from derivations.terms.sums import INTEGER
from derivations.terms.symbols import Domain, Symbol, checked_name
from derivations.terms.sympy_image import Label, RandomLabel, VectorLabel, Whole, assumptions
from derivations.terms.term import Term, TermError, as_term
from derivations.terms.vectors import Component, vector

Reader = Callable[[Any], Term]
_DOUBLE = 53  # bits
_REAL = sympy.Symbol("x", real=True).assumptions0


def reading(expression: Any) -> Term:
    """The term that SymPy's expression means; TermError naming what has no reading, or would not mean the same."""
    _check_names(expression)
    return read(expression)


def _check_names(expression: Any) -> None:
    """Two symbols, or two functions, of one name are two things to SymPy, and would be one here."""
    seen: dict[tuple[bool, str], Any] = {}
    pending = [expression]
    while pending:
        part = pending.pop()
        if not isinstance(part, sympy.Basic) or isinstance(part, sympy.IndexedBase):
            continue
        pending += part.args
        called = isinstance(part, AppliedUndef)
        thing = part.func if called else part
        if called or isinstance(part, sympy.Symbol):
            other = seen.setdefault((called, thing.name), thing)
            if other != thing and not isinstance(thing, Label) and not isinstance(other, Label):
                what = "functions" if called else "symbols"
                raise TermError(
                    f"SymPy has two {what} called `{thing.name}` in `{_short(expression)}`, which would become one: "
                    "give one of them another name"
                )


def _short(expression: Any) -> str:
    text = str(expression)
    return text if len(text) <= 60 else f"{text[:59]}…"


def read(expression: Any) -> Term:
    """The same, of a part."""
    if expression in (sympy.nan, sympy.zoo):
        raise TermError(f"SymPy's {expression} is no number: the expression is undefined somewhere")
    if expression is sympy.oo:
        return arithmetic.oo
    if expression is -sympy.oo:
        return arithmetic.MinusInfinity()
    for kind, reader in _READERS:
        if isinstance(expression, kind):
            return reader(expression)
    for kind in type(expression).__mro__:
        if kind.__name__ in (known := _words()) and kind.__module__.startswith("sympy."):
            return known[kind.__name__].from_sympy(expression, read)
    made_by = getattr(expression, "func", None)  # of a class it is a property, which has a name of its own since 3.13
    name = (made_by if isinstance(made_by, type) else type(expression)).__name__
    if expression is sympy.I or (isinstance(expression, sympy.Basic) and expression.has(sympy.I)):
        raise TermError(f"SymPy's `{expression}` is complex; every number here is real")
    if isinstance(expression, sympy.MatrixBase):
        raise TermError(f"SymPy's {name} has no reading as a term: declare a matrix with matrix(…), or a vector(…)")
    if isinstance(expression, sympy.logic.boolalg.BooleanAtom):
        raise TermError(f"SymPy's `{expression}` is a truth value, not a term: it evaluated what was to be a relation")
    raise TermError(f"SymPy's `{expression}` has no reading as a term: there is no word for {name} here")


@cache
def _words() -> dict[str, type[Term]]:
    """The words that read a SymPy class themselves, by its name."""
    return {word.SYMPY: word for word in words() if word.SYMPY}


def _number(expression: Any) -> Term:
    if isinstance(expression, sympy.Float):
        worth = float(expression)
        if expression._prec != _DOUBLE or (worth == 0) != (expression == 0) or isinf(worth):
            raise TermError(f"SymPy's Float `{expression}` is no double: write it exactly, as Rational(…)")
        return arithmetic.number(worth)
    return arithmetic.number(Fraction(int(expression.p), int(expression.q)))


def _symbol(expression: Any) -> Term:
    if isinstance(expression, Label):
        if isinstance(expression, RandomLabel):
            return Entry(Family(expression.name, (), True), ())
        raise TermError(f"`{expression}` is the name of a family or a vector, not a number")
    if type(expression) is not sympy.Symbol:
        kind = type(expression).__name__
        raise TermError(f"SymPy's {kind} `{expression}` is no name: two of them may be called alike; take a Symbol")
    if expression.is_real is False or expression.is_commutative is False:
        raise TermError(f"SymPy's symbol `{expression}` is not real; every number here is real")
    made = Symbol(checked_name(expression.name, "a symbol"), _domain(expression))
    _check_known(expression, assumptions(made.domain))
    return made


def _check_known(expression: Any, kept: dict[str, bool]) -> None:
    """Nothing that SymPy was told of a name may be lost."""
    known = sympy.Symbol("x", **kept).assumptions0
    lost = sorted(fact for fact, holds in expression.assumptions0.items() if known.get(fact) is not holds)
    if lost:
        told = getattr(expression, "_assumptions_orig", {})
        fact = next((fact for fact in lost if fact in told), lost[0])
        raise TermError(
            f"SymPy's `{expression}` is declared with {fact}={expression.assumptions0[fact]}, "
            "for which there is no word here: give it as a hypothesis"
        )


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
        positive = _without_sign(part)
        total = total + read(part) if positive is None else total - read(positive)
    return total


def _without_sign(expression: Any) -> Any:
    """Of −u: u, with nothing evaluated; None of anything else."""
    if expression.is_Number:
        return -expression if expression.is_negative else None
    if not isinstance(expression, sympy.Mul) or not expression.args[0].is_Number:
        return None
    first, *rest = expression.args
    if not first.is_negative:
        return None
    return rest[0] if first == -1 and len(rest) == 1 else sympy.Mul(*_kept(-first), *rest, evaluate=False)


def _kept(factor: Any) -> tuple[Any, ...]:
    return () if factor == 1 else (factor,)


def _product(expression: Any) -> Term:
    positive = _without_sign(expression)
    if positive is not None:
        return -read(positive)
    # exact=True: e^{-x} stays a factor and does not become 1/e^x
    top, bottom = sympy.fraction(expression, exact=True)
    if bottom != 1:
        return read(top) / read(bottom)
    return reduce(mul, [read(f) for f in expression.as_ordered_factors()])


def _power(expression: Any) -> Term:
    base, exponent = expression.args
    if base is sympy.E:
        return arithmetic.exp(read(exponent))
    if exponent == sympy.S.Half:
        return arithmetic.sqrt(read(base))
    if exponent.is_Number and exponent.is_negative:
        return 1 / read(sympy.Pow(base, -exponent, evaluate=False) if exponent != -1 else base)
    return arithmetic.power(read(base), read(exponent))


def _logarithm(expression: Any) -> Term:
    """log(x), or log(x, b) where SymPy did not evaluate it."""
    number, *base = (arithmetic.log(read(part)) for part in expression.args)
    return number / base[0] if base else number


def _application(expression: Any) -> Term:
    name = checked_name(expression.func.__name__, "a function")
    told = dict(expression.func._kwargs)
    of_vector = told.pop("vector", False)
    lost = sorted(fact for fact, holds in told.items() if _REAL.get(fact) is not holds)
    if lost:
        raise TermError(
            f"SymPy's function `{name}` is declared with {lost[0]}={told[lost[0]]}, "
            "for which there is no word here: give it as a hypothesis"
        )
    args = [read(a) for a in expression.args]
    if of_vector:
        *given, index = args
        # how long it is, the image does not say
        return Component(vector_function(name, Symbol("d", Domain("integer", lower=as_term(1))))(*given), index)
    return Function(name)(*args)


def _indexed(expression: Any) -> Term:
    base, label = expression.base, expression.base.label
    ours = isinstance(label, Label)
    if not ours:
        if not isinstance(label, sympy.Symbol) or base.offset or base.strides is not None or base.shape is not None:
            raise TermError(
                f"SymPy's `{expression}` is a member of an array that counts from 0, or in strides: "
                "indices begin with 1 here; declare a family(…)"
            )
        _check_known(label, {"real": True})
        _check_known(base, {"real": True})
    name = checked_name(str(label), "a family")
    sizes = [read(size) for size in base.shape] if base.shape else [arithmetic.oo] * len(expression.indices)
    indices = tuple(read(i) for i in expression.indices)
    if isinstance(label, VectorLabel):
        return vector(name, sizes[0])[indices[0]]
    return Family(name, tuple(sizes), isinstance(label, RandomLabel))[indices]


def _delta(expression: Any) -> Term:
    if len(expression.args) != 2:
        raise TermError(f"SymPy's `{expression}` is 0 outside of a range: write delta(i, j) and the range in words")
    return sums.delta(*(read(part) for part in expression.args))


def _whole(expression: Any) -> Term:
    raise TermError(f"how long the vector `{expression}` is, its SymPy image does not say")


def _sum(expression: Any) -> Term:
    term: Any = None
    bound: list[Any] = []
    body = expression.function
    for index, low, high in expression.limits:
        _check_range(expression, index, low, high)
        counter = Symbol(checked_name(index.name, "an index"), INTEGER)
        local = sympy.Symbol(index.name, integer=True)
        beside = body.free_symbols.union(*(end.free_symbols for _, *ends in expression.limits for end in ends))
        if index.name in bound or local != index and local in beside:
            raise TermError(f"`{expression}`: two different `{index}` would become one")
        bound.append(index.name)
        inside = read(body) if term is None else term
        term = sums.sum_over(inside.substitute({read(index): counter}), (counter, read(low), read(high)))
    made: Term = term
    return made


def _check_range(expression: Any, index: Any, low: Any, high: Any) -> None:
    """SymPy takes Σ_{k=5}^{2} for −(k = 3, 4), after Karr; here, as everywhere else, it is 0."""
    if low.has(index) or high.has(index):
        raise TermError(f"`{expression}`: `{index}` stands in its own bounds, where it is another one")
    if low is -sympy.oo or high is not sympy.oo and not (high - low + 1).is_nonnegative:
        raise TermError(
            f"`{expression}`: where {high} < {low} − 1 SymPy does not take it for 0; write Sum(…) of derivations, "
            f"or declare its bounds so that {high} ≥ {low} − 1 is known"
        )


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
    (sympy.Pow, _power),  # before exp, which claims every power of e
    (sympy.exp, _function(arithmetic.exp)),
    (sympy.log, _logarithm),
    (sympy.Abs, _function(lambda x: abs(x))),
    (sympy.sin, _function(arithmetic.sin)),
    (sympy.cos, _function(arithmetic.cos)),
    (sympy.tanh, _function(arithmetic.tanh)),
    (sympy.gamma, _function(special.gamma_function)),
    (sympy.beta, lambda expression: special.beta_function(*(read(a) for a in expression.args[:2]))),
    (sympy.Indexed, _indexed),
    (sympy.KroneckerDelta, _delta),
    (sympy.Sum, _sum),
    (AppliedUndef, _application),
    (sympy.Derivative, _derivative),
    (sympy.Integral, _integral),
    (sympy.Limit, _limit),
    (sympy.Or, lambda expression: Or(*map(read, expression.args))),
    (sympy.And, lambda expression: And(*map(read, expression.args))),
    (sympy.Eq, _related("=")),
    (sympy.Ne, _related("!=")),
    (sympy.Le, _related("<=")),
    (sympy.Lt, _related("<")),
    (sympy.Ge, _related(">=")),
    (sympy.Gt, _related(">")),
)
"""Which SymPy class is read how; the first that fits."""
