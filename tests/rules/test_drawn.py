"""Every rule, drawn at random: what it makes of a term is worth the same in models, and it refuses what it must.

A rule that is discovered is tested here without a line about it. For each,
INSTANCES terms to which it applies are drawn (see `drawing`) and

- what came of the term agrees with it in MODELS models in which the givens hold
  and both are defined;
- without one of its givens, or with less declared of a letter (`positive=True` …), the rule
  refuses, or did not need it, and what it makes is still true;
- where one of its conditions is false, or is not known, and all others are, the rule
  refuses, and the link is not proved; or what it makes is still true.

`INSTANCES=1000 SEED=7 pytest tests/rules/test_drawn.py -rP` is a campaign, with the figures of each rule.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pytest
from drawing import Drawn, Draws, applied, broken, drawn, loose_links, near_misses, wanted, weakened
from judging import chain, finding

from derivations import Eq, exp, hypothesis, log, sqrt
from derivations.decide import provers
from derivations.kernel.conditions import demands, discharge
from derivations.kernel.facts import facts_of
from derivations.kernel.link import names_used
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Candidate, Row, Rule
from derivations.kernel.report import Verdict, Witness
from derivations.models.search import evaluate_in_models
from derivations.rules import rules
from derivations.terms.arithmetic import Abs, Infinity, Sub, number
from derivations.terms.calculus import Derivative
from derivations.terms.probability import Expectation, Integrable, Variance
from derivations.terms.relations import Relation, relation
from derivations.terms.sums import Sum, Summable
from derivations.terms.term import Term, TermError

pytestmark = pytest.mark.once

INSTANCES = int(os.environ.get("INSTANCES", "6"))
SEED = os.environ.get("SEED", "0")
MODELS = 4
_TRIES = 60  # terms that are drawn for each instance that is wanted
_FAR = 150  # where a series is cut off
_CLOSE = number(1) / number(10**18)


@dataclass
class Figures:
    """What was done for one rule."""

    instances: int = 0
    checked: int = 0
    models: int = 0
    dropped: int = 0  # a given, or what a letter was declared to be, was left out: refused
    broken: int = 0  # one condition is false: refused
    missed: int = 0  # one condition is not known: refused
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.instances} instances, {self.checked} of them checked in {self.models} models; "
            f"refused: {self.dropped} without a given or an assumption, {self.broken} where one condition is false, "
            f"{self.missed} where one condition is not known"
        )

    def check(self, link: Relation, given: tuple[Any, ...], what: object) -> int:
        """In how many models the link was seen to hold; a model in which it fails is kept."""
        if not _converges(link.lhs, given):
            return 0
        try:
            agreement = evaluate_in_models(_cut(link), given, MODELS, budget=60)
        except TermError:  # no term that could be written
            return 0
        if agreement.disagreement is not None:
            self.wrong.append(f"{what}\n    {_shown(agreement.disagreement)}")
        return agreement.agreed


def _shown(witness: Witness) -> str:
    values = ", ".join(f"{name} = {value}" for name, value in witness.values)
    return f"with {values}: left {witness.left}, right {witness.right}"


def _converges(term: Term, given: tuple[Any, ...]) -> bool:
    """Whether the series in it are known to have a worth; of others a rule may say anything."""
    wanted_of = demands(term, facts_of(given, provers()))
    return all(discharge(one, here) is not None for one, here in wanted_of if isinstance(one, Summable))


def _cut(link: Relation) -> Relation:
    """Series that are no functions of a process are cut off far out: then both sides are close to each other."""
    if link.sign != "=" or not any(isinstance(s, Sum) and isinstance(s.high, Infinity) for s in link.walk_set):
        return link
    if any(hasattr(part, "sequence") for part in link.walk_set):
        return link  # the model ends

    def cut(term: Term) -> Term:
        term = term.rebuild(cut)
        if isinstance(term, Sum) and isinstance(term.high, Infinity):
            return Sum(term.body, term.variable, term.low, number(_FAR))
        return term

    return Relation(Abs(Sub(cut(link.lhs), cut(link.rhs))), "<=", _CLOSE)


# -- rules that change terms ----------------------------------------------------------------
def measured(rule: Rule, instances: int = INSTANCES) -> Figures:
    draws, figures = Draws(f"{rule.name} {SEED}"), Figures()
    for term, given in islice(drawn(rule, draws), _TRIES * instances):
        if figures.instances >= instances:
            break
        conditions = tuple(map(hypothesis, wanted(rule, term, given)))
        found = applied(rule, term, given) or (applied(rule, term, (*given, *conditions)) if conditions else None)
        if conditions:
            _with_one_broken(rule, term, given, figures)
        if found is not None:
            figures.instances += 1
            agreed = figures.check(found.claim, found.given, found)
            figures.models += agreed
            figures.checked += agreed > 0
            _without_a_given(rule, found, figures, draws)
            _without_an_assumption(rule, found, figures, draws)
        if figures.missed < instances:
            _near(rule, term, given, figures)
    return figures


def _without_a_given(rule: Rule, found: Drawn, figures: Figures, draws: Draws) -> None:
    """The rule does not apply any more, or it did not rest on what was left out."""
    if not found.given:
        return
    left_out = draws.one(found.given)
    fewer = tuple(g for g in found.given if g is not left_out)
    again = applied(rule, found.before, fewer)
    if again is None or again.after != found.after:
        figures.dropped += 1
    if again is not None:
        figures.check(again.claim, fewer, f"without {left_out}: {again}")


def _without_an_assumption(rule: Rule, found: Drawn, figures: Figures, draws: Draws) -> None:
    """Less is declared of a letter: the rule does not apply, or what it makes is true all the same."""
    weaker = weakened(found, draws)
    if weaker is None:
        return
    again = applied(rule, *weaker)
    if again is None:
        figures.dropped += 1
    else:
        figures.check(again.claim, again.given, f"with less declared: {again}")


def _with_one_broken(rule: Rule, term: Term, given: tuple[Any, ...], figures: Figures) -> None:
    """One condition is false, all others are given: the rule does not apply as before, or it is true all the same."""
    for condition, but in broken(rule, term, given):
        made = applied(rule, term, (*given, *map(hypothesis, wanted(rule, term, given))))
        again = applied(rule, term, but)
        if again is None or made is None or again.after != made.after:
            figures.broken += 1
        if again is not None:
            figures.check(again.claim, but, f"where `{condition}` is false: {again}")


def _near(rule: Rule, term: Term, given: tuple[Any, ...], figures: Figures) -> None:
    """All conditions but one are known: the kernel does not prove the link by this rule, or it is true all the same."""
    for before, after, missing in near_misses(rule, term, given)[:1]:
        link = Drawn(before, after, given).claim
        if link.variable is not None or link.lhs == link.rhs:
            continue
        judged = finding(chain(link.lhs, link.sign, link.rhs, given, rule))
        if judged.verdict is not Verdict.PROVED:
            figures.missed += 1
            continue
        figures.check(link, given, f"proved without `{missing}`: {link}")


# -- rules that show a relation as a whole -------------------------------------------------------
def closed(rule: Rule) -> Figures:
    draws, figures = Draws(f"{rule.name} closes {SEED}"), Figures()
    for link, given in islice(loose_links(rule, draws), _TRIES * INSTANCES):
        if figures.instances >= INSTANCES:
            break
        at = None if link.variable is None else (link.variable, link.point)
        judged = finding(chain(link.lhs, link.sign, link.rhs, given, rule, at))
        if judged.certificate is None:
            figures.missed += 1
            continue
        if rule.name in names_used(judged.certificate):
            figures.instances += 1
            agreed = figures.check(link, given, f"{link}   given {given}")
            figures.models += agreed
            figures.checked += agreed > 0
    return figures


def kinds(rule: Rule) -> Iterator[Figures]:
    if rule.rows or rule.rewrite is not None:
        yield measured(rule)
    if rule.closes is not None or not (rule.rows or rule.rewrite is not None):
        yield closed(rule)


@pytest.mark.parametrize("name", sorted(rules()))
def test_what_a_rule_makes_is_true(name: str, record_property: Any) -> None:
    for figures in kinds(rules()[name]):
        print(f"{name}: {figures}")
        record_property("instances", str(figures))
        assert not figures.wrong, "\n".join([f"{name} is not sound:", *figures.wrong[:5]])
        assert figures.instances, (
            f"no instance of {name} could be drawn: give it a link that it proves in tests/rules/rows.py"
        )
        assert figures.checked, f"no instance of {name} has a worth in any model"


# -- the measure itself ---------------------------------------------------------------------------
def _one_too_far(term: Any, facts: Any) -> Iterator[Candidate]:
    """Σ_{t=a}^{b} f(t) = Σ_{t=1}^{b−a} f(t + a)."""
    if isinstance(term, Sum) and term.low != number(1) and not isinstance(term.high, Infinity):
        body = term.body.substitute({term.variable: term.variable + term.low})
        yield Candidate(Sum(body, term.variable, number(1), term.high - term.low))


u, v, w = metavariables("u v w")
UNSOUND = {
    "a-product-of-any-two": Rule("p", "", "", rows=(Row(Expectation(u * v), Expectation(u) * Expectation(v)),)),
    "a-random-factor": Rule("f", "", "", rows=(Row(Variance(u * v), u**2 * Variance(v), (Integrable(v, 2),)),)),
    "no-inner-derivative": Rule("d", "", "", rows=(Row(Derivative(exp(u), w), exp(u)),)),
    "a-root-of-any-sign": Rule("r", "", "", rows=(Row(Eq(u**2, v), Eq(u, sqrt(v))),)),
    "a-range-one-too-far": Rule("s", "", "", rewrite=_one_too_far, roots=(Sum,)),
    "a-sign": Rule("l", "", "", rows=(Row(log(1 / u), log(u), (relation(u, ">", 0),)),)),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_rule_is_found_out(name: str) -> None:
    assert measured(UNSOUND[name], 25).wrong


def test_a_rule_that_never_applies_is_told() -> None:
    never = Rule("never", "", "", rewrite=lambda term, facts: iter(()), roots=(Sum,))
    assert measured(never, 2).instances == 0
