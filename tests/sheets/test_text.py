"""A chain in the terminal."""

from dataclasses import replace

from derivations import derive, exp, oo, symbols
from derivations.kernel.report import Finding, Verdict
from derivations.sheets import document, text

from .examples import C, loaded, report, small_chain, variance_chain


def test_the_reasons_stand_beside_the_lines_and_the_assumptions_before_them():
    shown = text.render_chain(document.chain(loaded(small_chain())), "2030, Exercise 1.1")
    assert shown == (
        "example  (2030, Exercise 1.1)\n"
        "  given  f(x) = x² for all x\n"
        "         C > 0\n"
        "\n"
        "  f(x) - y\n"
        "    = x² - y    f(x) = x²\n"
        "    = x x - y   (3)\n"
    )


def test_declarations_are_assumptions_too():
    shown = text.render_chain(document.chain(loaded(variance_chain())))
    assert "  given  q_i independent standard Gaussian\n  where  d_k ∈ ℤ_{≥1}, C > 0\n" in shown


def test_a_limit_keeps_its_variable_and_point():
    T = symbols("T")
    tail = derive(exp(-T / C)).tends_to(0, T, oo)
    assert "    → 0  (T → ∞)\n" in text.render_chain(document.chain(loaded(tail)))


def test_a_reason_without_room_stands_below_its_line():
    chain = small_chain()
    shown = text.render_chain(document.chain(loaded(chain)), width=22)
    assert "    = x² - y\n" in shown
    assert shown.count("f(x) = x²\n") == 1


def test_a_checked_chain_shows_its_verdict_and_marks_the_lines_that_failed():
    found = [Finding(Verdict.PROVED), Finding(Verdict.OPEN)]
    shown = text.render_chain(document.chain(loaded(small_chain()), report(small_chain(), found)))
    assert "(3)  ? open\n" in shown
    assert shown.endswith("\n  OPEN, resting on standard Gaussians\n")


def test_a_report_that_is_not_proved_is_still_a_report():
    chain = small_chain()
    refuted = replace(report(chain), verdict=Verdict.REFUTED)
    assert document.chain(loaded(chain), refuted).verdict == "REFUTED"
