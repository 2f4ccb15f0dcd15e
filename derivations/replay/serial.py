"""Terms, reasons and certificates as JSON, and back.

Everything is written by its structure: `{"is": "Add", "left": …, "right": …}`;
fields that have their default value are left out. Reading is strict: an
unknown kind or field, a field of the wrong kind, or anything that would not be
written in just this way is refused.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from derivations.derivation import Derivation, reason_name
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule
from derivations.kernel.report import Certificate, Condition, Multiple, Rewrite
from derivations.replay.public import as_written_by_an_author, fraction
from derivations.terms import vocabularies
from derivations.terms.term import Term, TermError

MOST_NESTED = 400
_RECORDS = (Cases, Definition, FreeVariable, Hypothesis, Certificate, Condition, Multiple, Rewrite)
_PLAIN = {"str": str, "int": int, "bool": bool, "Fraction": Fraction, "None": type(None)}


class Unreadable(ValueError):
    """What was read is no certificate; the message says where it stops being one."""


@cache
def kinds() -> Mapping[str, type]:
    """Everything that can be written out, by the name of its class."""
    found: dict[str, type] = {record.__name__: record for record in _RECORDS}
    for module in vocabularies():
        for name, thing in vars(module).items():
            if isinstance(thing, type) and thing.__module__.startswith("derivations.terms."):
                if issubclass(thing, Term) or dataclasses.is_dataclass(thing):
                    found[name] = thing
    return found


@cache
def _fields(kind: type) -> Mapping[str, tuple[str, Any]]:
    """The fields of a kind: what they hold, as annotated, and their default."""
    missing = dataclasses.MISSING
    if not issubclass(kind, Term):
        return {f.name: (str(f.type), f.default) for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    notes: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        notes.update(base.__dict__.get("__annotations__", {}))  # noqa: RUF063  (inspect is slow to import)
    return {name: (str(notes[name]), getattr(kind, name, missing)) for name in kind.names}


# -- writing ---------------------------------------------------------------------------
def encode(thing: Any) -> Any:
    """The JSON of a term, a record, or a tuple of them. Raises Unreadable for anything else."""
    if thing is None or isinstance(thing, (str, bool, int)) and type(thing) in (str, bool, int):
        return thing
    if isinstance(thing, Fraction):
        return {"is": "Fraction", "value": str(thing)}
    if isinstance(thing, (tuple, list)):
        return [encode(part) for part in thing]
    if isinstance(thing, Rule):
        return {"is": "Rule", "name": thing.name}
    if isinstance(thing, Derivation):
        return {"is": "Result", "name": reason_name(thing)}
    name = type(thing).__name__
    if kinds().get(name) is not type(thing):
        raise Unreadable(f"{name} cannot be written out")
    return {"is": name, **dict(_written(thing))}


def _written(thing: Any) -> Iterator[tuple[str, Any]]:
    for name, (_, default) in _fields(type(thing)).items():  # type: ignore[arg-type]
        value = getattr(thing, name)
        if default is dataclasses.MISSING or type(value) is not type(default) or value != default:
            yield name, encode(value)


# -- reading ---------------------------------------------------------------------------
def decode(data: Any, results: Mapping[str, Derivation] | None = None) -> Any:
    """What was written out; `results` are the derivations that may be cited. Raises Unreadable."""
    thing = _read(data, results or {}, 0)
    if encode(thing) != data:
        raise Unreadable("it is not written as it should be")
    return thing


def _read(data: Any, results: Mapping[str, Derivation], depth: int) -> Any:
    if depth > MOST_NESTED:
        raise Unreadable("nested too deeply")
    if data is None or type(data) in (str, bool, int):
        return data
    if isinstance(data, list):
        return tuple(_read(part, results, depth + 1) for part in data)
    if not isinstance(data, dict) or not isinstance(data.get("is"), str):
        raise Unreadable(f"{_shown(data)} is no term")
    kind = data["is"]
    if kind in ("Fraction", "Rule", "Result"):
        return _special(kind, data, results)
    if kind not in kinds():
        raise Unreadable(f"`{kind}` is no kind of term")
    given = {name: _read(part, results, depth + 1) for name, part in data.items() if name != "is"}
    return _made(kinds()[kind], given)


def _special(kind: str, data: dict[str, Any], results: Mapping[str, Derivation]) -> Any:
    if kind == "Fraction":
        try:
            return fraction(data["value"])
        except (KeyError, TermError, ValueError):
            raise Unreadable(f"{_shown(data)} is no fraction") from None
    name = data.get("name")
    if not isinstance(name, str) or len(data) != 2:
        raise Unreadable(f"{_shown(data)} names nothing")
    if kind == "Result":
        if name not in results:
            raise Unreadable(f"the result `{name}` is not proved before it is cited")
        return results[str(name)]
    from derivations.rules import rules

    if name not in rules():
        raise Unreadable(f"there is no rule `{name}`")
    return rules()[str(name)]


def _made(kind: type, given: dict[str, Any]) -> Any:
    fields = _fields(kind)
    for name in given:
        if name not in fields:
            raise Unreadable(f"{kind.__name__} has no field `{name}`")
    for name, (note, default) in fields.items():
        if name not in given and default is dataclasses.MISSING:
            raise Unreadable(f"{kind.__name__} lacks its `{name}`")
        if name in given and not _fits(note, given[name]):
            raise Unreadable(f"the `{name}` of {kind.__name__} is no {note}")
    try:
        made = kind(**given)
        as_written_by_an_author(made)
        _well_formed(made)
    except (TermError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        raise Unreadable(f"{kind.__name__} cannot be made of {', '.join(given)}: {error}") from None
    return made


def _fits(note: str, value: Any) -> bool:
    """Whether a value is what the annotation says. What is not told by a name here is not checked."""
    note = note.strip("\"'")
    if note.startswith("tuple[") and note.endswith("]") and " | " not in note:
        return isinstance(value, tuple) and _all_fit(note.removeprefix("tuple[")[:-1], value)
    if " | " in note:
        return any(_fits(part, value) for part in note.split(" | "))
    if note in _PLAIN:
        return type(value) is _PLAIN[note]
    wanted = kinds().get(note, Term if note == "Term" else None)
    return wanted is None or isinstance(value, wanted) or value is None and note == "Term"


def _all_fit(inner: str, values: tuple[Any, ...]) -> bool:
    if inner.endswith(", ..."):
        return all(_fits(inner.removesuffix(", ..."), value) for value in values)
    if "[" in inner:
        return True
    parts = inner.split(", ")
    return len(parts) == len(values) and all(map(_fits, parts, values))


def _well_formed(thing: Any) -> None:
    """What the functions ask for with which an author writes such a thing. Raises TermError."""
    from derivations.terms.arithmetic import Add, Constant, Div, Mul, Pi, Pow, Sub, e, number
    from derivations.terms.calculus import Derivative, Limit, diff, grad, limit
    from derivations.terms.definite_integrals import DefiniteIntegral, Evaluated, IntegrableOn, check_range
    from derivations.terms.distributions import Distributed, distributed
    from derivations.terms.events import ConditionalProbability, Probability, check_event
    from derivations.terms.families import Entry, Family
    from derivations.terms.functions import Function
    from derivations.terms.jacobians import Jacobian, jacobian
    from derivations.terms.linear_algebra import (
        Constantly,
        Determinant,
        Diagonal,
        DiagonalOf,
        Hadamard,
        Identity,
        Inverse,
        Kronecker,
        MatrixPower,
        Norm,
        Trace,
        UnitVector,
        diag,
        hadamard,
        identity,
        kron,
        matrix_power,
        norm,
        square,
        unit_vector,
        zeros,
    )  # fmt: skip
    from derivations.terms.matrices import MatrixProduct, MatrixSymbol, Transpose, matrix, matrix_product, transpose
    from derivations.terms.matrix_properties import FullColumnRank, MatrixProperty, full_column_rank
    from derivations.terms.probability import Law, check_law
    from derivations.terms.relations import Relation, relation
    from derivations.terms.symbols import REAL, Domain, Symbol, check_not_empty, checked_name
    from derivations.terms.term import same_shape, scalar
    from derivations.terms.vectors import Dot

    match thing:
        case Add(a, b) | Sub(a, b) | Dot(a, b):
            same_shape(a, b, type(thing).__name__)
        case Div(_, b):
            scalar(b, "a divisor")
        case Pow(a, b):
            scalar(a, "a power"), scalar(b, "an exponent")
        case Mul(a, b) if a.shape is None or b.shape is None or (a.shape and b.shape):
            raise TermError("no product")
        case Constant() if thing not in (e, Pi):
            raise TermError(f"`{thing.name}` is no constant")
        case Derivative(body, variable) if not isinstance(body.shape, tuple) or body.shape == ():
            (grad if variable.shape else diff)(body, variable)
        case Derivative(_, variable):  # of a vector, component by component
            (grad if variable.shape else diff)(number(0), variable)
        case Jacobian(body, variable):
            jacobian(body, variable)
        case Limit(body, variable, point):
            limit(body, variable, point)
        case (
            DefiniteIntegral(body, variable, low, high)
            | Evaluated(body, variable, low, high)
            | IntegrableOn(body, variable, low, high)
        ):
            check_range(body, variable, low, high, "Integral")
            if variable.domain != REAL:
                raise TermError(f"`{variable}` is no variable of integration")
        case Relation(lhs, sign, rhs):
            relation(lhs, sign, rhs)
        case MatrixProduct(a, b):
            if type(matrix_product(a, b)) is not MatrixProduct:
                raise TermError("no product of matrices")
        case Transpose(a):
            transpose(a)
        case Inverse(a) | Trace(a) | Determinant(a) | DiagonalOf(a):
            square(a, type(thing).__name__)
        case MatrixPower(a, n):
            if type(matrix_power(a, n)) is not MatrixPower:
                raise TermError("no power of a matrix")
        case Norm(a):
            norm(a)
        case Diagonal(a) if type(diag(a)) is not Diagonal:
            raise TermError("no vector")
        case Hadamard(a, b):
            hadamard(a, b)
        case Kronecker(a, b):
            kron(a, b)
        case Identity(n):
            identity(n)
        case Constantly(sizes):
            zeros(*sizes)
        case UnitVector(index, length):
            unit_vector(index, length)
        case MatrixSymbol():
            matrix(thing.name, *thing.shape)
        case FullColumnRank(a):
            full_column_rank(a)
        case MatrixProperty(a):
            square(a, type(thing).__name__)
        case Entry(family, indices) if len(indices) != len(family.sizes):
            raise TermError(f"a member of {family.name} has {len(family.sizes)} indices")
        case Probability(event):
            check_event(event)
        case ConditionalProbability(event, given):
            check_event(event)
            check_event(given)
        case Distributed(variable, law):
            distributed(variable, law)
        case Law(families, kind, mean, variance, indices):
            check_law(families, kind, mean, variance, indices)
        case Domain(_, low, high, strict, nonzero):
            check_not_empty(low, high, any(strict), thing.kind == "integer", nonzero)
    if isinstance(thing, Term):
        thing.check()
    if type(thing) in (Symbol, Family, Function):
        checked_name(thing.name, "anything")


def _shown(data: Any) -> str:
    text = str(data)
    return text if len(text) < 60 else text[:57] + "…"


__all__ = ["Unreadable", "decode", "encode", "kinds"]
