"""The decision procedures that conditions ask: growth, separation, integrability, moments, independence.

`PROVERS` in a module here, or beside the rules that ask (`derivations.rules`), says
which propositions it decides. Discovery picks it up: a new procedure is one new file.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from derivations.rules import modules as topics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivations.context.facts import Prover


@cache
def provers() -> Mapping[type, Prover]:
    """What decides each kind of proposition."""
    found: dict[type, Prover] = {}
    own = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    for module in (*own, *topics()):
        found.update(getattr(module, "PROVERS", {}))
    return MappingProxyType(found)
