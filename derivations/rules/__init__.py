"""Why a step holds: named theorems, one file a topic.

A rule is a `Rule` at the top level of a module here. Discovery picks it up: a
new rule is one new file. What decides the propositions that rules ask for is in
`derivations.decide`.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

from derivations.terms.term import TermError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from derivations.kernel.reasons import Rule


@cache
def modules() -> tuple[ModuleType, ...]:
    """The topics, in alphabetical order."""
    return tuple(importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by their names (in kebab-case)."""
    from derivations.kernel.reasons import Rule

    found: dict[str, Rule] = {}
    for module in modules():
        for thing in vars(module).values():
            if isinstance(thing, Rule):
                if found.setdefault(thing.name, thing) is not thing:
                    raise RuntimeError(f"two rules are named {thing.name}")
    return MappingProxyType(found)


def packaged(thing: Rule) -> bool:
    """Whether a rule comes with the package; one that does not is its author's own."""
    return rules().get(thing.name) is thing


def rule(name: str) -> Rule:
    """The rule of that name; TermError, with the nearest names, if there is none."""
    known = rules()
    plain = name.replace("_", "-")
    if plain not in known:
        near = difflib.get_close_matches(plain, known, 3)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; `derivations rules` lists them"
        raise TermError(f"there is no rule {name!r}{hint}")
    return known[plain]
