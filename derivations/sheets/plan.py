"""Which exercises stand on a sheet, in which order, and under which title: the catalogue, or a sheet file.

A sheet file is TOML:

    title = "Week 13"
    author = "…"                              # these three may be left out
    date = "…"
    variants = ["problems", "solutions"]

    [[sections]]
    title = "Attention"
    exercises = ["2023, Exercise 2.1", "unit_variance", "own/extra.py"]

An exercise is named by its title, by one of its derivations, by its module
(`attention.logits`), or by a path from the sheet file's folder, all of it or
one derivation (`own/extra.py::variance`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import derivations.catalogue as catalogue
from derivations.catalogue import CatalogueError, Entry, Source
from derivations.records import record
from derivations.sheets.model import VARIANTS

KEYS = ("title", "author", "date", "variants", "sections", "exercises")
SECTION_KEYS = ("title", "exercises")


@record(frozen=True)
class Wanted:
    """One exercise on the sheet; `names`: which of its chains, all if there is none."""

    section: str
    source: Source
    names: tuple[str, ...] = ()


@record(frozen=True)
class Plan:
    """A sheet before anything is loaded; `packaged`: what the package has, where that is known already."""

    wanted: tuple[Wanted, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    variants: tuple[str, ...] = ()
    packaged: tuple[Source, ...] = ()


def of_catalogue() -> Plan:
    """All that is packaged, in its order."""
    sources = tuple(catalogue.sources())
    return Plan(tuple(Wanted(source.section, source) for source in sources), packaged=sources)


def of_file(path: Path) -> Plan:
    """What a sheet file asks for; of a Python file all that it derives.

    Raises CatalogueError, naming the file and what is wrong with it.
    """
    if path.suffix == ".py":
        return Plan(tuple(find(path.name, path.parent)))
    data = _read(path)
    sections = data.get("sections", [])
    wanted = [*_wanted(data, path, None)]
    for section in sections if isinstance(sections, list) else [sections]:
        if not isinstance(section, dict):
            raise _error(path, "sections are written [[sections]]")
        _check_keys(section, SECTION_KEYS, path, "a section has no")
        wanted += _wanted(section, path, _text(section, "title", path))
    title, author, date = (_text(data, key, path) for key in ("title", "author", "date"))
    if not wanted:
        raise _error(path, 'names no exercise: exercises = ["…"]')
    variants = _names(data, "variants", path)
    for variant in variants:
        if variant not in VARIANTS:
            raise _error(path, f"there is no variant {variant!r}: say {', '.join(VARIANTS)}")
    return Plan(_merged(wanted), title, author, date, tuple(variants))


def selected(plan: Plan, names: Iterable[str]) -> Plan:
    """Only the exercises and derivations named, in the plan's order; a file that is not in it comes last."""
    asked = [one for name in names for one in find(name, Path())]
    order = {one.source.path: (n, one.section) for n, one in enumerate(plan.wanted)}
    placed = [(order.get(one.source.path, (len(order), one.section)), one) for one in _merged(asked)]
    placed.sort(key=lambda pair: pair[0][0])
    wanted = tuple(Wanted(section, one.source, one.names) for (_, section), one in placed)
    return Plan(wanted, plan.title, plan.author, plan.date, plan.variants)


def find(name: str, folder: Path) -> list[Wanted]:
    """The exercises of this name: a title, a derivation, a module, or a path from `folder`.

    Raises CatalogueError if there is none.
    """
    path, only = catalogue.in_file(name)
    if path.endswith(".py") or "/" in path or os.sep in path:
        source = catalogue.read_source(folder / path)
        if only and only not in source.chains:
            raise CatalogueError(
                f"{path}: no derivation is called {only!r}; it has {', '.join(source.chains) or 'none'}"
            )
        return [Wanted("", source, (only,) if only else ())]
    sources = catalogue.sources()
    whole = [Wanted(source.section, source) for source in sources if name in (source.exercise, source.module)]
    if whole:
        return whole
    entry: Entry = catalogue.find(name, catalogue.entries())
    return [Wanted(entry.source.section, entry.source, (entry.name,))]


def _wanted(data: dict[str, Any], path: Path, section: str | None) -> list[Wanted]:
    found = []
    for name in _names(data, "exercises", path):
        try:
            made = find(name, path.parent)
        except CatalogueError as error:
            raise _error(path, str(error)) from error
        found += [Wanted(one.section if section is None else section, one.source, one.names) for one in made]
    return found


def _merged(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Several derivations of one file in one section make one exercise."""
    merged: dict[tuple[str, Path], Wanted] = {}
    for one in wanted:
        key = (one.section, one.source.path)
        before = merged.get(key)
        whole = before is not None and not before.names or not one.names
        names = () if whole else (*(before.names if before else ()), *one.names)
        merged[key] = Wanted(one.section, one.source, tuple(dict.fromkeys(names)))
    return tuple(merged.values())


# -- reading a sheet file ---------------------------------------------------------------------
def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _error(path, f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise _error(path, f"is no TOML: {error}") from error
    _check_keys(data, KEYS, path, "there is no")
    return data


def _check_keys(data: dict[str, Any], known: Sequence[str], path: Path, no: str) -> None:
    for key in data:
        if key not in known:
            raise _error(path, f"{no} key {key!r}: say {', '.join(known)}")


def _text(data: dict[str, Any], key: str, path: Path) -> str:
    value = data.get(key, "")
    if isinstance(value, str):
        return value
    if key == "date" and hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise _error(path, f"{key} must be text")


def _names(data: dict[str, Any], key: str, path: Path) -> list[str]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _error(path, f"{key} must be a list of names")
    return value


def _error(path: Path, what: str) -> CatalogueError:
    return CatalogueError(f"{catalogue.shown(path)}: {what}")
