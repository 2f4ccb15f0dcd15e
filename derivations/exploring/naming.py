"""Results under the names that they have where they are written: in a session, or in the files that it imports."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from derivations.derivation import Derivation


def name_all(chain: Derivation) -> Derivation:
    """The chain, once it and what it cites are called as their variables are, in place (see `catalogue.name_it`)."""
    for one in _parts(chain):
        if not one.name:
            name = next(_names(one), "")
            object.__setattr__(one, "name", name)
    return chain


def _parts(chain: Derivation) -> Iterator[Derivation]:
    for reason in chain.reasons:
        if isinstance(reason, Derivation):
            yield from _parts(reason)
            yield reason
    if chain.statement is not None:  # one that is still being written changes its name with every line
        yield chain


def _names(chain: Derivation) -> Iterator[str]:
    for module in [sys.modules.get("__main__"), *sys.modules.values()]:
        if module is sys.modules.get("__main__") or getattr(module, "__file__", None) == chain.place.file:
            for name, value in list(vars(module).items()):
                if value is chain and not name.startswith("_"):
                    yield name
