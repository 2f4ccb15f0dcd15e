"""What is read from a certificate is held against the functions with which an author writes such a thing.

Nothing can be read that could not have been written: a definition defines a
symbol, a function of symbols or what a process defines, with all that it
requires; a domain is one that `symbols` declares; a condition is one that
`given=` takes; numbers are written in digits.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from derivations.derivation import by_cases, definition, free_variable, hypothesis
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis
from derivations.terms.arithmetic import Infinity, MinusInfinity, Mul, Number, Pow, is_literal, literal, number
from derivations.terms.conditioning import Conditional, Density, DependenceGraph, conditions, dependence
from derivations.terms.families import Entry, Family, Row, family, random_family, random_variable
from derivations.terms.functions import Apply, Function
from derivations.terms.matrices import Matrix, matrix
from derivations.terms.probability import Independent, independent, random_members
from derivations.terms.processes import DecisionProcess, SameAtEveryTime, decision_process
from derivations.terms.relations import relation
from derivations.terms.sequences import ProcessVariable, Realisation, Space
from derivations.terms.sums import Sum
from derivations.terms.symbols import Domain, Symbol, checked_name
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import Component, VectorSymbol

LONGEST = 4000
"""Characters of a number or a name."""
_FRACTION = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", re.ASCII)


def fraction(text: Any) -> Fraction:
    """A fraction as certificates write it: `-3/2`. Raises TermError."""
    if not isinstance(text, str) or len(text) > LONGEST or _FRACTION.fullmatch(text) is None:
        raise TermError("no fraction")
    return Fraction(text)


def as_written_by_an_author(thing: Any) -> None:
    """Raises TermError for what none of the public functions would make."""
    match thing:
        case Number(worth, written):
            _number(worth, written)
        case Domain():
            _domain(thing)
        case Conditional(_, variables, values, _):
            _given(variables, values)
        case Density(_, variables, values, given, given_values):
            checked_name(thing.letter, "a density")
            _given(variables, values)
            _given(given, given_values)
        case Definition():
            _definition(thing)
        case Hypothesis(relation, for_all, name):
            _same(thing, hypothesis(relation, for_all=for_all, name=name))
        case Cases(on):
            _same(thing, by_cases(on))
        case FreeVariable(symbol):
            _same(thing, free_variable(symbol))
        case _:
            _declared(thing)


def _same(thing: Any, made: Any) -> None:
    """What was read is what the function makes of its parts."""
    fields = getattr(thing, "names", None) or [field.name for field in dataclasses.fields(thing)]
    if type(made) is not type(thing) or any(getattr(made, name) != getattr(thing, name) for name in fields):
        raise TermError(f"no {type(thing).__name__} is written so")


def _declared(thing: Any) -> None:
    """Names, families, vectors, matrices, their members, laws and graphs."""
    match thing:
        case Family(name, sizes, random):
            made = random_variable(name).family if random and not sizes else None  # type: ignore[attr-defined]
            _same(thing, made or (random_family if random else family)(name, *sizes))
            for size in sizes:
                _number_of_things(size)
        case Entry(of, indices) if indices:
            _same(thing, of[indices])
        case Row(of, indices):
            _same(thing, of[indices])
        case Component(vector, index):
            _same(thing, vector[index])
        case VectorSymbol():
            _number_of_things(thing.length)
        case Function(name, bar, size):
            if bar is not None and bar < 1 or len(size) > 1:
                raise TermError(f"there is no such function {name}")
            for length in size:
                _number_of_things(length)
        case Matrix(name, of):
            _same(thing, matrix(checked_name(name, "a matrix"), of))
        case Independent(families):
            _same(thing, independent(*families))
        case DependenceGraph(tails, heads):
            _same(thing, dependence(*zip(tails, heads, strict=True)))
        case DecisionProcess(_, _, _, discount, time):
            _same(thing, dataclasses.replace(thing, **_discount_and_time(discount, time)))


def _number_of_things(size: Term) -> None:
    if not isinstance(size, Infinity) and (size.shape != () or random_members(size)):
        raise TermError(f"`{size}` is no size")


def _discount_and_time(discount: Term, time: Term) -> dict[str, Any]:
    made = decision_process(discount, time)
    return {"discount": made.discount, "time": made.time}


def _number(worth: Fraction, written: str) -> None:
    if not written:
        return
    if len(written) > LONGEST or _DECIMAL.fullmatch(written) is None:
        raise TermError(f"{worth} is not written in digits")
    _same(Number(worth, written), number(Decimal(written)))


def _domain(domain: Domain) -> None:
    """As `symbols` declares it: a space, some values, or numbers between bounds."""
    ends = (domain.lower, domain.upper)
    if domain.kind == "space":
        sound = bool(domain.name) and domain == Domain("space", name=domain.name)
    elif domain.kind == "finite":
        sound = bool(domain.values) and all(map(is_literal, domain.values))
        sound = sound and domain == Domain("finite", values=domain.values)
    else:
        sound = domain.kind in ("real", "integer") and not domain.values and not domain.name
        for end, strict in zip(ends, domain.open, strict=True):
            if end is None:
                sound = sound and not strict
            elif end.shape != () or random_members(end) or isinstance(end, (Infinity, MinusInfinity)):
                sound = False
    if not sound:
        raise TermError("no domain is declared so")


def _given(variables: tuple[Term, ...], values: tuple[Term, ...]) -> None:
    """As `E(…, given=…)` takes it: each variable once, at a value that it may take."""
    if len(variables) != len(values):
        raise TermError("as many values as variables are given")
    things: list[Term] = []
    for variable, value in zip(variables, values, strict=True):
        short = isinstance(value, Realisation) and value.variable == variable
        things.append(value if short else variable if value == variable else relation(variable, "=", value))
        space = variable.sequence.space if isinstance(variable, ProcessVariable) else None
        if space is not None and value != variable and not _may_be(value, space):
            raise TermError(f"`{variable}` is never `{value}`")
    if [(v, x) for v, x, _ in conditions(things)] != list(zip(variables, values, strict=True)):
        raise TermError("nothing is given so")


def _may_be(value: Term, space: Space) -> bool:
    """Whether it may be a point of the space."""
    if space.values and is_literal(value):
        return any(literal(value) == literal(one) for one in space.values if is_literal(one))
    return (value.shape == ()) == (space.domain.kind != "space") and (
        value.shape == () or getattr(value, "domain", space.domain) == space.domain
    )


# -- definitions ---------------------------------------------------------------------------
def _definition(thing: Definition) -> None:
    if isinstance(thing.lhs, ProcessVariable):
        _same(thing, _return(thing))
    elif isinstance(thing.lhs, Apply) and any(isinstance(arg, Realisation) for arg in thing.lhs.args):
        _same(thing, _values(thing))
    else:
        _same(thing, definition(thing.lhs, thing.rhs, thing.name))


def _return(thing: Definition) -> Definition:
    """What the process of this return defines, of the discount that is written."""
    match thing.lhs, thing.rhs:
        case ProcessVariable(returns, Symbol() as time), Sum(Mul(Pow(discount), ProcessVariable(rewards))):
            process = DecisionProcess(
                Space("S"), Space("A"), rewards.space, discount, time, returns.parameters, returns.owner
            )
            return process.return_definition
    raise TermError("no process defines this")


def _values(thing: Definition) -> Definition:
    """What the process that is named in what it requires defines."""
    for required in thing.requires:
        if isinstance(required, SameAtEveryTime):
            for made in (required.process.state_values, required.process.action_values):
                if made.lhs == thing.lhs:
                    return made
    raise TermError("no process defines this")


__all__ = ["LONGEST", "as_written_by_an_author", "fraction"]
