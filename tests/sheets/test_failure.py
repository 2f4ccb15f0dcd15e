"""What a failing step says, message by message."""

from dataclasses import replace

import pytest

from derivations.kernel.reasons import Place
from derivations.kernel.report import Condition, Finding, Report, Verdict
from derivations.sheets.failure import failures

from .examples import C, d_k, report, small_chain, variance_chain, x


@pytest.fixture(autouse=True)
def in_a_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def at(report: Report, folder, line: int = 41) -> Report:
    """The same report, as if the chain stood in attention/logit_variance.py."""
    place = Place(str(folder / "attention" / "logit_variance.py"), line)
    return replace(report, place=place, steps=tuple(replace(step, place=place) for step in report.steps))


def test_a_proved_derivation_has_nothing_to_say():
    assert failures(report(small_chain())) == ""


def test_a_refuted_step_shows_place_relation_reason_witness_residual_hypotheses_and_advice(in_a_project):
    finding = Finding(
        Verdict.REFUTED,
        residual=d_k * (1 - d_k) / C**2,
        tries=("the sum has d_k equal terms, each 1",),
    )
    said = failures(at(report(variance_chain(), [finding], name="variance"), in_a_project))
    assert said == (
        "attention/logit_variance.py:41  variance, step 1 of 1                                    REFUTED\n"
        "    Var((Σ_{t=1}^{d_k} q_t)/C)  =  d_k²/C²\n"
        "  by   some-rule\n"
        "  with d_k = 2, C = 1:   left = 2   right = 4\n"
        "  left − right = d_k (1 - d_k)/C²\n"
        "  given: q_i independent standard Gaussian; d_k ∈ ℤ_{≥1}; C > 0\n"
        "  try  the sum has d_k equal terms, each 1\n"
    )


def test_an_open_step_names_the_condition_that_is_missing(in_a_project):
    finding = Finding(
        Verdict.OPEN,
        problem="the rule applies, but a condition is not known",
        conditions=(
            Condition(x > 0, "log of x", None),
            Condition(C > 0, "division by C", ("C > 0",)),
        ),
    )
    said = failures(at(report(small_chain(), [finding, Finding(Verdict.PROVED)]), in_a_project, 7))
    assert said == (
        "attention/logit_variance.py:7  example, step 1 of 2                                         OPEN\n"
        "    f(x) - y  =  x² - y\n"
        "  by   some-rule\n"
        "  the rule applies, but a condition is not known\n"
        "  needs x > 0   (log of x)\n"
        "  given: f(x) = x² for all x; C > 0\n"
    )


def test_one_wrong_step_does_not_hide_another(in_a_project):
    wrong = Finding(Verdict.OPEN, problem="the two lines are the same line")
    said = failures(at(report(small_chain(), [wrong, wrong]), in_a_project))
    assert "step 1 of 2" in said
    assert "step 2 of 2" in said


def test_what_is_wrong_with_the_whole_chain_is_said_of_the_derivation(in_a_project):
    whole = report(
        small_chain(),
        verdict=Verdict.OPEN,
        problems=("the chain proves `f(x) - y ≤ x²`, but the statement is an `=`",),
    )
    assert failures(at(whole, in_a_project, 3)) == (
        "attention/logit_variance.py:3  example                                                      OPEN\n"
        "  the chain proves `f(x) - y ≤ x²`, but the statement is an `=`\n"
    )


def test_a_long_place_keeps_its_distance_from_the_verdict(in_a_project):
    whole = report(small_chain(), name="n" * 100, verdict=Verdict.OPEN, problems=("ends without qed",))
    assert failures(at(whole, in_a_project)).splitlines()[0].endswith("nnn  OPEN")
