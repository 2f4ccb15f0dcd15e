"""The packaged exercises, judged once for all the tests here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from derivations.catalogue import Loaded, load_all
from derivations.checking import check
from derivations.derivation import Derivation
from derivations.kernel.report import Report


@cache
def exercises() -> Mapping[str, Loaded]:
    """Every packaged derivation by its name, in the order of the sheet."""
    return {one.entry.name: one for one in load_all()}


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
