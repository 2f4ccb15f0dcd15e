"""From a plan to a sheet: what is not known from before is loaded, checked and composed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

import derivations.catalogue as catalogue
from derivations.catalogue import Source
from derivations.sheets import assembling, cache
from derivations.sheets.cache import Cache
from derivations.sheets.model import Piece, Sheet
from derivations.sheets.plan import Plan

if TYPE_CHECKING:
    from derivations.catalogue import Loaded
    from derivations.kernel.report import Report

Judge = Callable[[Sequence["Loaded"]], "list[tuple[Loaded, Report]]"]


def pieces(plan: Plan, judge: Judge, *, reproduce: bool = True, keep: bool = True) -> list[tuple[str, Piece]]:
    """What each exercise of the plan gives to the sheet, with its section.

    `judge` checks what has to be checked; with `keep`, what was checked before is taken from the cache.
    """
    kept = Cache(cache.folder() if keep else None, _variation(reproduce, plan.packaged or catalogue.sources()))
    sources = list({one.source.path: one.source for one in plan.wanted}.values())
    keys = {source.path: kept.key(source.path) if keep else None for source in sources}
    kept.remember()
    found = {source.path: kept.get(source.path, keys[source.path]) for source in sources}
    missing = [source for source in sources if found[source.path] is None]
    for source, piece in zip(missing, _composed(missing, judge, plan.packaged), strict=True):
        found[source.path] = piece
        kept.keep(source.path, keys[source.path], piece)
    return [(one.section, assembling.only(found[one.source.path], one.names)) for one in plan.wanted]


def _variation(reproduce: bool, packaged: Sequence[Source]) -> str:
    """What else a piece depends on: names that stand in two files are shown with their file."""
    names = [name for source in packaged for name in source.chains]
    return f"{reproduce} {' '.join(sorted(name for name in set(names) if names.count(name) > 1))}"


def _composed(sources: Sequence[Source], judge: Judge, known: Sequence[Source]) -> list[Piece]:
    if not sources:
        return []
    from derivations.sheets import compose

    packaged = catalogue.load_all(known) if any(source.module for source in sources) else ()
    groups = [
        [one for one in packaged if one.entry.source.path == source.path]
        if source.module
        else list(catalogue.load_file(source.path))
        for source in sources
    ]
    checked = iter(judge([one for group in groups for one in group]))
    return [
        compose.piece(source, [next(checked) for _ in group], _module(source))
        for source, group in zip(sources, groups, strict=True)
    ]


def _module(source: Source) -> ModuleType:
    return sys.modules[source.module_name] if source.module else catalogue.module_of(source.path)


def sheet(title: str, found: Sequence[tuple[str, Piece]], plan: Plan, variant: str) -> Sheet:
    """The sheet of these pieces in one variant."""
    made = assembling.assembled(title, found)
    return replace(made, author=plan.author, date=plan.date, variant=variant)
