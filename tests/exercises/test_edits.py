"""Of the edits that make a link of the exercises false, none is proved."""

from __future__ import annotations

import pytest

from derivations.checking import check
from derivations.kernel.report import Verdict

from .checked import derivation, known
from .edit import Edit
from .edits import FALSE, TRUE

pytestmark = pytest.mark.once


@pytest.mark.parametrize("edit", FALSE, ids=lambda edit: edit.name)
def test_a_false_link_is_not_proved(edit: Edit) -> None:
    verdict = judged(edit)
    assert verdict is not Verdict.PROVED
    assert verdict == edit.verdict


@pytest.mark.parametrize("edit", TRUE, ids=lambda edit: edit.name)
def test_an_edit_that_leaves_the_link_true(edit: Edit) -> None:
    assert judged(edit) == edit.verdict


def judged(edit: Edit) -> Verdict:
    return check(edit.link(), reproduce=False, known=dict(known())).steps[0].verdict


@pytest.mark.parametrize("edit", [*FALSE, *TRUE], ids=lambda edit: edit.name)
def test_an_edit_changes_its_link_and_keeps_its_reasons(edit: Edit) -> None:
    (new,), old = edit.link().steps, derivation(edit.chain).steps[edit.step - 1]
    assert new.reasons == old.reasons
    assert new.link != old.link or edit.given is not None


def test_there_are_enough_of_them_and_for_every_link() -> None:
    assert len(FALSE) >= 40
    assert len({edit.name for edit in [*FALSE, *TRUE]}) == len(FALSE) + len(TRUE)
    touched = {(edit.chain, edit.step) for edit in [*FALSE, *TRUE]}
    links = {(chain.name, n) for chain in known() for n in range(1, len(chain.steps) + 1)}
    assert links - touched == NOT_EDITED


NOT_EDITED = {("lower_bound", 1)}
"""It is the first link of the upper bound, which is edited."""
