"""A sample of the campaign (see `campaign`): nothing false is proved, nothing true is refuted."""

import campaign
import pytest

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def tally() -> campaign.Tally:
    return campaign.run(132, "sample", models=3)


def test_what_is_proved_agrees_in_models_and_what_was_only_rewritten_is_not_refuted(tally: campaign.Tally) -> None:
    assert tally.wrong == []


def test_most_pairs_are_decided(tally: campaign.Tally) -> None:
    assert tally.count("PROVED") > 60 and tally.count("REFUTED") > 50
    assert tally.count("OPEN") < 12


def test_every_kind_of_pair_is_proved_and_refuted(tally: campaign.Tally) -> None:
    for kind in campaign.KINDS:
        assert tally.verdicts[kind.__name__, False, "PROVED"] >= 1, kind.__name__
        assert tally.verdicts[kind.__name__, True, "REFUTED"] >= 1, kind.__name__
