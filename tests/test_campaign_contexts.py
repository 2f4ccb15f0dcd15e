"""A sample of the campaign over contexts (see `campaign_contexts`): nothing that is proved is false in a model."""

import campaign_contexts
import pytest
from campaign_contexts import PARTS, Dice, Tally, context, result, x, y

from derivations import derive, hypothesis
from derivations.kernel.report import Verdict
from derivations.models.search import refute

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def tally() -> Tally:
    return campaign_contexts.run(12, "sample", chains=6)


def test_what_is_proved_in_a_context_is_true_in_its_models(tally: Tally) -> None:
    assert tally.wrong == {}
    assert tally.crashed == {}


def test_much_is_proved(tally: Tally) -> None:
    assert tally.contexts == 12 and tally.proved > 30 and len(tally.reasons) > 10


def test_every_part_is_drawn() -> None:
    dice = Dice("parts")
    assert {part for _ in range(60) for part in context(dice).parts} == {part.__name__ for part in PARTS}


def test_a_false_link_is_found_by_the_models() -> None:
    """What the campaign looks for is there to be found: a result that is used at a value it does not hold for."""
    link = derive(abs(x - y), [hypothesis(x <= y)]).eq(x - y).steps[0].link
    assert refute(link, [hypothesis(x <= y)], budget=campaign_contexts.BUDGET) is not None
    assert result(x + y, "=", y + x).check(reproduce=False).verdict is Verdict.PROVED
