"""Judging mutants: nothing false is proved, and what should not have been proved is found out."""

from __future__ import annotations

import pytest

from derivations import E, catalogue, derive, diff, exp, log, symbols
from derivations.checking import Known, check
from derivations.derivation import Derivation
from derivations.kernel.attempt import Closing
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Verdict
from derivations.models import search
from derivations.mutants.judging import Mutant, mutants
from derivations.mutants.run import summary
from derivations.terms.conditioning import ConditionalExpectation
from tests.models.processes import G, S, after, gamma, given, r, s, t

pytestmark = pytest.mark.once

x, y = symbols("x y")
p = symbols("p", positive=True)
magic = Rule("magic", "everything follows", "nowhere", closes=lambda link, facts: Closing("magic"))


def judged(chain: Derivation, number: int = 1) -> list[Mutant]:
    return list(mutants(chain, number, {}))


def test_a_false_mutant_is_refuted_with_a_witness() -> None:
    made = [m for m in judged(derive(exp(x) * exp(y)).eq(exp(x + y))) if m.family == "statement"]
    assert {m.verdict for m in made} == {Verdict.REFUTED}
    assert all(m.witness and m.witness["left"] != m.witness["right"] for m in made)


def test_a_mutant_that_says_the_same_is_set_aside_as_equal() -> None:
    chain = derive(diff(x**2 + y, x)).eq(2 * x, by="differentiation")
    equal = [m.edit for m in judged(chain) if m.equal]
    assert "`x² - y` for `x² + y` (left side)" in equal
    assert all("y" in edit for edit in equal)


def test_an_unsound_rule_is_found_out() -> None:
    made = [m for m in judged(derive(exp(x)).eq(exp(-x), by=magic)) if m.family == "statement"]
    assert made
    assert {m.verdict for m in made} == {Verdict.PROVED}
    assert all(m.unsound != m.equal for m in made)  # `exp(-(-x))` says what is true
    assert summary([m.as_json() for m in made])["unsound"] == len([m for m in made if not m.equal]) > 3


def test_a_model_that_disagrees_makes_a_proved_mutant_unsound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that replays is not enough."""
    monkeypatch.setattr("derivations.mutants.judging._replays", lambda *_: True)
    made = [m for m in judged(derive(exp(x)).eq(exp(-x), by=magic)) if m.family == "statement"]
    assert len([m for m in made if m.unsound]) > 3


def test_so_does_a_second_evaluator_that_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.models.second_opinion.confirming.opinion", lambda *_: False)
    chain = derive(diff(x**2 + y, x)).eq(2 * x, by="differentiation")
    proved = [m for m in judged(chain) if m.family == "statement" and m.verdict is Verdict.PROVED]
    assert proved
    assert all(m.unsound for m in proved)


def test_a_reason_that_is_quoted_though_it_was_dropped_is_unsound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derivations.mutants.reasons.ReasonEdit.uses_what_was_dropped", lambda *_: True)
    made = [m for m in judged(derive(log(p) + log(p)).eq(2 * log(p))) if m.family == "reason"]
    assert any(m.unsound for m in made)


def test_without_its_hypothesis_a_link_is_not_proved() -> None:
    chain = catalogue.load(catalogue.find("variance", catalogue.entries())).derivation
    known: Known = {}
    check(chain, reproduce=False, known=known)
    made = [m for m in mutants(chain, 2, known) if m.kind == "hypothesis"]
    assert made
    assert all(m.verdict is not Verdict.PROVED and not m.unsound for m in made)


def test_fifty_models_are_asked() -> None:
    asked: list[int] = []
    original = search.seconded

    def counting(*arguments, **options) -> int:
        asked.append(original(*arguments, **options))
        return asked[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("derivations.mutants.judging.seconded", counting)
        list(mutants(derive(diff(x**2 + y, x)).eq(2 * x, by="differentiation"), 1, {}))
    assert asked
    assert set(asked) == {50}


def test_of_a_variable_that_is_given_twice_no_value_is_left_out() -> None:
    """E[G_{t+1} | S_{t+1} = s_t, s_{t+1}] is not defined where s_t ≠ s_{t+1}, and an integral runs over all s_{t+1}."""
    twice = ConditionalExpectation(G[t + 1], (S[t + 1], S[t + 1]), (s[t], s[t + 1]), (False, True))
    once = E(G[t + 1], given=s[t + 1])
    link = derive(after(r[t] + gamma * twice), given=given).eq(after(r[t] + gamma * once), by="markov-property")
    assert check(link, reproduce=False).steps[0].verdict is Verdict.OPEN
