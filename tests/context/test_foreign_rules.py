"""A rule that does not come with the package is assumed, and named as what a proof rests on."""

from __future__ import annotations

from typing import Any

from derivations import cos, derive, sin, symbols
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Row, Rule
from derivations.terms.term import Term

(u,) = metavariables("u")
x = symbols("x")
own = Rule(
    "twice-the-angle", r"\sin 2u = 2 \sin u \cos u", "any textbook", rows=(Row(sin(2 * u), 2 * sin(u) * cos(u)),)
)


def test_a_rule_of_ones_own_is_what_the_proof_rests_on() -> None:
    chain = derive(sin(2 * x)).eq(2 * sin(x) * cos(x), by=own).qed(sin(2 * x), "=", 2 * sin(x) * cos(x))
    assert chain.rests_on() == ("twice-the-angle, a rule that is assumed",)


def test_what_cites_such_a_proof_rests_on_it_too() -> None:
    chain = derive(sin(2 * x)).eq(2 * sin(x) * cos(x), by=own).qed(sin(2 * x), "=", 2 * sin(x) * cos(x))
    citing = (
        derive(sin(2 * x) + 1).eq(2 * sin(x) * cos(x) + 1, by=chain).qed(sin(2 * x) + 1, "=", 2 * sin(x) * cos(x) + 1)
    )
    assert "twice-the-angle, a rule that is assumed" in citing.rests_on()


class Twice(Term):
    """2 body, or so its author says."""

    body: Term

    def show(self, p: Any) -> str:
        return f"twice({p(self.body)})"

    def normal(self, ring: Any) -> Any:
        return ring(self.body) + ring(self.body)


def test_what_a_word_of_ones_own_says_of_itself_is_what_the_proof_rests_on() -> None:
    chain = derive(Twice(x)).eq(2 * x).qed(Twice(x), "=", 2 * x)
    assert chain.check(reproduce=False)
    assert chain.rests_on() == ("Twice, a word whose meaning is assumed",)
