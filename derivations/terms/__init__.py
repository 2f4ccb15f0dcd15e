"""What can be written: a vocabulary is one file here, with all the faces of its words (see `term`).

Discovery picks it up. What its author may import from `derivations` stands in its `PUBLIC`, by name.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivations.terms.term import Term


def vocabularies() -> tuple[ModuleType, ...]:
    """The files, but those that need SymPy, in alphabetical order."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("sympy_"))
    return tuple([importlib.import_module(f"{__name__}.{name}") for name in names])


@cache
def words() -> tuple[type[Term], ...]:
    """Every kind of node, in alphabetical order of its name."""
    from derivations.terms.term import Term

    found = {
        thing.__name__: thing
        for module in vocabularies()
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Term) and thing.__module__ == module.__name__
    }
    return tuple(found[name] for name in sorted(found))


@cache
def public() -> dict[str, Any]:
    """What the vocabularies bring for those who write derivations, by name."""
    return {name: thing for module in vocabularies() for name, thing in getattr(module, "PUBLIC", {}).items()}
