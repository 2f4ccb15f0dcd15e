"""Dataclasses that are made quickly, and what is worked out once for a record.

A dataclass compiles its methods from text, a millisecond for each class, and
everything that reads a derivation is made of some ninety of them. These are
dataclasses too (`fields`, `replace` and pattern matching know them), but share
their methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(cls=None, /, *, frozen=False, eq=True, repr=True):
        """As `dataclasses.dataclass`: a class of records of what it annotates."""
        if cls is None:
            return lambda kind: _record(kind, frozen, eq, repr)
        return _record(cls, frozen, eq, repr)


def _record(cls: Any, frozen: bool, eq: bool, repr: bool) -> Any:
    own = set(cls.__dict__)
    made: Any = dataclass(init=False, eq=False, repr=False)(cls)
    shared: dict[str, Any] = {"__init__": _initialiser(made)}
    if repr:
        shared["__repr__"] = _repr
    if eq:
        shared |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
    if frozen:
        shared |= {"__setattr__": _set, "__delattr__": _delete}
    for name, method in shared.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _initialiser(made: Any) -> Callable[..., None]:
    fields = tuple(made.__dataclass_fields__.values())
    names = tuple(field.name for field in fields)
    last = list(takewhile(lambda field: field.default is not MISSING, reversed(fields)))
    defaults = tuple(field.default for field in reversed(last))
    then = hasattr(made, "__post_init__")

    def init(self: Any, *values: Any, **named: Any) -> None:
        missing = len(names) - len(values)
        if named or missing:
            if not named and 0 < missing <= len(defaults):
                values += defaults[-missing:]
            else:
                values = _complete(type(self).__name__, fields, values, named)
        self.__dict__.update(zip(names, values, strict=True))
        if then:
            self.__post_init__()

    return init


def _complete(kind: str, fields: tuple[Any, ...], values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """The values of all fields: those given, and the defaults of the others."""
    if len(values) > len(fields):
        raise TypeError(f"{kind} has {len(fields)} fields, not {len(values)}")
    missing, found = [], list(values)
    for field in fields[len(values) :]:
        if field.name in named:
            found.append(named.pop(field.name))
        elif field.default is not MISSING:
            found.append(field.default)
        elif field.default_factory is not MISSING:
            found.append(field.default_factory())
        else:
            missing.append(field.name)
    if missing:
        raise TypeError(f"{kind} needs {', '.join(missing)}")
    if named:
        raise TypeError(f"{kind} has no field {', '.join(named)} left to be given")
    return tuple(found)


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([self.__dict__[name] for name in self.__dataclass_fields__])


def _repr(self: Any) -> str:
    shown = ", ".join(f"{f.name}={self.__dict__[f.name]!r}" for f in self.__dataclass_fields__.values() if f.repr)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    if self is other:
        return True
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    known: int | None = self.__dict__.get("_hash")
    if known is None:
        known = self.__dict__["_hash"] = hash(_values(self))
    return known


def _set(self: Any, name: str, _: Any) -> None:
    raise AttributeError(f"cannot assign to field {name!r}: {type(self).__name__} is frozen")


def _delete(self: Any, name: str) -> None:
    raise AttributeError(f"cannot delete field {name!r}: {type(self).__name__} is frozen")


# -- worked out once ----------------------------------------------------------------------
Value = TypeVar("Value")


class lazy(Generic[Value]):
    """A property computed once: functools.cached_property without its lock, whose price terms pay a thousand times."""

    def __init__(self, compute: Callable[[Any], Value]) -> None:
        self.compute, self.name, self.__doc__ = compute, compute.__name__, compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> lazy[Value] | Value:
        if instance is None:
            return self
        value = self.compute(instance)
        instance.__dict__[self.name] = value
        return value


def once(compute: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """A function of a term (or of another record) alone, worked out once for each and kept with it."""
    name = f"once {compute.__module__}.{compute.__name__}"

    def recalled(term: Any) -> Value:
        kept: dict[str, Value] = term.__dict__
        if name not in kept:
            kept[name] = compute(term)
        return kept[name]

    recalled.__doc__, recalled.__name__ = compute.__doc__, compute.__name__
    return recalled


__all__ = ["lazy", "once", "record"]
