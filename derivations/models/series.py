"""Series over the time of a process, and densities that are 0: what need not be evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.models import numbers
from derivations.models.numbers import ZERO, NoValue
from derivations.models.worlds import Impossible
from derivations.terms.arithmetic import Add, Div, Mul, Neg, Number, Pow, Sub
from derivations.terms.conditioning import ConditionalExpectation, Density, ProcessVariable, Realisation
from derivations.terms.probability import Expectation
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.models.model import Model

_LONGEST = 60


def is_zero_density(model: Model, term: Term) -> bool:
    """Whether a density that multiplies the term is 0: then so is the product, whatever the rest."""
    match term:
        case Density():
            try:
                return model(term) == ZERO
            except Impossible:
                return False
        case Mul(a, b):
            return is_zero_density(model, a) or is_zero_density(model, b)
        case Add(a, b) | Sub(a, b):
            return is_zero_density(model, a) and is_zero_density(model, b)
        case Neg(a) | Div(a, _):
            return is_zero_density(model, a)
    return False


def values_of_series(model: Model, node: Sum) -> Iterator[int]:
    """The indices at which the terms of a series need not be 0; NoValue where that is not certain."""
    times = list(_ending(model, node.body, node.variable))
    low = numbers.integer(model(node.low))
    for index in range(low, low + _LONGEST):
        with model.binding({node.variable: Fraction(index)}):
            if all(numbers.integer(model(time)) >= model.process.steps for time in times):
                return
        yield index
    raise NoValue("a series too long to evaluate")


def _ending(model: Model, term: Term, index: Symbol) -> Iterator[Term]:
    """Times, each of which makes the term 0 once it is past the end of the process; NoValue if there are none.

    Each of them grows with the index.
    """
    match term:
        case ProcessVariable() | Realisation() if _grows(term.time, index) and _is_reward(model, term):
            yield term.time
        case Mul(a, b) if _is_plain(a, index):
            yield from _ending(model, b, index)
        case Mul(a, b) if _is_plain(b, index):
            yield from _ending(model, a, index)
        case Add(a, b) | Sub(a, b):
            yield from _ending(model, a, index)
            yield from _ending(model, b, index)
        case Neg(a) | Expectation(a):
            yield from _ending(model, a, index)
        case Div(a, b) if index not in b.free:
            yield from _ending(model, a, index)
        case ConditionalExpectation(a) if not any(index in part.free for part in (*term.variables, *term.values)):
            yield from _ending(model, a, index)
        case _:
            raise NoValue("a series")


def _is_reward(model: Model, term: ProcessVariable | Realisation) -> bool:
    """R, or what is a series of such, as G is: 0 from the end on."""
    if term.sequence.letter == "R":
        return True
    definition = model.problem.declared.definitions.get(term.sequence)
    if definition is None or not isinstance(definition.rhs, Sum):
        return False
    try:
        return bool(list(_ending(model, definition.rhs.body, definition.parameters[0])))
    except NoValue:
        return False


def _grows(time: Term, index: Symbol) -> bool:
    """… + index."""
    match time:
        case Symbol():
            return time == index
        case Add(a, b):
            return any(_grows(x, index) and index not in y.free for x, y in ((a, b), (b, a)))
        case Sub(a, b):
            return _grows(a, index) and index not in b.free
    return False


def _is_plain(term: Term, index: Symbol) -> bool:
    """Defined for every index, if it is for the first ones: free of it, or a polynomial or power in it."""
    if index not in term.free:
        return True
    match term:
        case Symbol() | Number():
            return True
        case Add(a, b) | Sub(a, b) | Mul(a, b) | Pow(a, b):
            return _is_plain(a, index) and _is_plain(b, index)
        case Neg(a):
            return _is_plain(a, index)
    return False
