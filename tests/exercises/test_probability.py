"""The exercises on laws and on estimation: proved, undisputed, and no slip in them is proved."""

from __future__ import annotations

import pytest

from derivations.catalogue import Loaded
from derivations.checking import check
from derivations.derivation import Derivation
from derivations.kernel.report import Report, Verdict
from derivations.models.search import evaluate_in_models
from derivations.mutants.judging import mutants

from .checked import others as all_others

pytestmark = pytest.mark.once

FOLDERS = ("probability", "estimation")


def others() -> dict[str, Loaded]:
    return {n: one for n, one in all_others().items() if one.entry.source.module.split(".")[-2] in FOLDERS}


EVERY = 150
"""Of the mutants of a link so many-th are judged here; `derivations mutate` judges all."""


def reports() -> dict[Derivation, Report]:
    known: dict[Derivation, Report] = {}
    for one in others().values():
        check(one.derivation, known=known)
    return known


@pytest.fixture(scope="module")
def known() -> dict[Derivation, Report]:
    return reports()


@pytest.mark.parametrize("name", sorted(others()))
def test_every_link_is_proved_and_none_is_disputed(name: str, known: dict[Derivation, Report]) -> None:
    report = known[others()[name].derivation]
    assert (report.verdict, report.problems) == (Verdict.PROVED, ())
    assert not any(step.disputed for step in report.steps)


@pytest.mark.parametrize("name", sorted(others()))
def test_no_slip_is_proved(name: str, known: dict[Derivation, Report]) -> None:
    """What is proved of the edited links is true: equal to the link itself, wherever both have values."""
    chain = others()[name].derivation
    for number in range(1, len(chain.steps) + 1):
        for mutant in mutants(chain, number, known, every=EVERY):
            if mutant.verdict is Verdict.PROVED and mutant.family == "statement":
                agreement = evaluate_in_models(mutant.link, chain.given, 3)
                assert agreement.disagreement is None, mutant
