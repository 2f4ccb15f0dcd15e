"""Numbers put in for symbols, in whole chains."""

import pytest

from derivations import TermError, catalogue

CHAINS = {one.entry.name: one.derivation for one in catalogue.load_all()}


@pytest.mark.parametrize("name", ["closed_form", "log_policy", "gradient", "eligibility", "softmax_update"])
@pytest.mark.parametrize("a", [0, 1])
def test_a_case_by_itself(name, a):
    """With a number for the action, the cases on it are gone, and no line becomes false."""
    made = CHAINS[name].at(a=a)
    assert "a" not in {symbol.name for line in made.lines for symbol in line.free}
    assert not any(step.verdict.value == "REFUTED" for step in made.check(reproduce=False).steps)


def test_a_number_that_was_excluded():
    with pytest.raises(TermError, match="`a` cannot be 2"):
        CHAINS["closed_form"].at(a=2)
