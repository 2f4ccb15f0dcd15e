"""The packaged exercises, judged once for all the tests here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from derivations.catalogue import Loaded, load_all
from derivations.checking import check
from derivations.derivation import Derivation
from derivations.kernel.report import Report

SHEET = ("reinforcement_learning", "attention")
"""The sections of which a sheet says what is given and what each line is; for the others see `test_matrices`."""


@cache
def exercises() -> Mapping[str, Loaded]:
    """The packaged derivations of the sheet by their names, in its order."""
    return {one.entry.name: one for one in load_all() if one.entry.source.module.split(".")[-2] in SHEET}


@cache
def others() -> Mapping[str, Loaded]:
    """All the other packaged derivations."""
    return {one.entry.name: one for one in load_all() if one.entry.source.module.split(".")[-2] not in SHEET}


def derivation(name: str) -> Derivation:
    return exercises()[name].derivation


@cache
def known() -> dict[Derivation, Report]:
    """All reports, with reproduction, as one run of `derivations check` makes them."""
    reports: dict[Derivation, Report] = {}
    for one in exercises().values():
        check(one.derivation, known=reports)
    return reports


def report(name: str) -> Report:
    return known()[derivation(name)]
