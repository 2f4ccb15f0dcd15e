"""A rule that does not come with the package is assumed, and named as what a proof rests on."""

from __future__ import annotations

from derivations import derive, exp, log, symbols
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Row, Rule
from derivations.rules.elementary import log_of_exp

(u,) = metavariables("u")
x = symbols("x")
own = Rule("log-of-itself", r"\\log e^u = u", "made up here", rows=(Row(log(exp(u)), u),))


def test_a_rule_of_ones_own_is_what_the_proof_rests_on() -> None:
    chain = derive(log(exp(x)) * x).eq(x * x, by=own).qed(log(exp(x)) * x, "=", x * x)
    assert chain.rests_on() == ("log-of-itself, a rule that is assumed",)


def test_what_cites_such_a_proof_rests_on_it_too() -> None:
    chain = derive(log(exp(x)) * x).eq(x * x, by=own).qed(log(exp(x)) * x, "=", x * x)
    citing = derive(log(exp(x)) * x + 1).eq(x * x + 1, by=chain).qed(log(exp(x)) * x + 1, "=", x * x + 1)
    assert "log-of-itself, a rule that is assumed" in citing.rests_on()
