"""What one link may cost: a count of steps, the same on every machine; what is spent leaves the link open."""

from __future__ import annotations

import pytest

from derivations import derive, differentiation, exp, function, log, positive_square_root, symbols
from derivations.budget import STEPS, Budget, BudgetExhausted, Limits
from derivations.checking import check
from derivations.decide import provers
from derivations.kernel.facts import facts_of
from derivations.kernel.link import judge
from derivations.kernel.matching import metavariables
from derivations.kernel.reasons import Row, Rule
from derivations.kernel.report import Verdict
from derivations.prove.citing import cite
from derivations.terms.calculus import diff

x, y, z = symbols("x y z")
u, v = metavariables("u v")
f = function("f")
swap = Rule("swap", "uv = vu", "nowhere", rows=(Row(u * v, v * u),))


def many(count: int) -> tuple[object, ...]:
    return symbols(" ".join(f"x_{n}" for n in range(count)))


def test_a_budget_counts_down_and_says_what_was_allowed() -> None:
    budget = Budget(10)
    budget.spend(10)
    with pytest.raises(BudgetExhausted, match=r"^the budget of 10 steps was spent before the link was decided$"):
        budget.spend()


def test_only_time_and_memory_need_a_process_of_their_own() -> None:
    assert not Limits().guarded and not Limits(steps=5).guarded
    assert Limits(seconds=1).guarded and Limits(megabytes=100).guarded


def test_a_spent_budget_is_open_with_what_to_do() -> None:
    chain = derive((x + y) ** 2).eq(x**2 + 2 * x * y + y**2)
    report = check(chain, reproduce=False, limits=Limits(steps=3))
    (step,) = report.steps
    assert step.verdict is Verdict.OPEN and step.witness is None
    assert step.finding.problem == "the budget of 3 steps was spent before the link was decided"
    assert step.finding.tries == ("split the step into smaller ones, or allow more steps with --steps",)
    assert check(chain, reproduce=False).verdict is Verdict.PROVED


def test_what_a_spent_budget_left_open_a_model_may_still_refute() -> None:
    chain = derive((x + y) ** 2).eq(x**2 + y**2)
    (step,) = check(chain, reproduce=False, limits=Limits(steps=3)).steps
    assert step.verdict is Verdict.REFUTED and step.witness is not None


@pytest.mark.parametrize("steps", range(0, 40, 3))
def test_a_smaller_budget_proves_no_more(steps: int) -> None:
    """Whatever is proved with little is proved with plenty; what is false is proved with neither."""
    for rhs, true in ((exp(x) / (1 + exp(x)), True), (1 / (1 + exp(x)), False)):
        chain = derive(1 / (1 + exp(-x))).eq(rhs)
        (step,) = check(chain, reproduce=False, limits=Limits(steps=steps)).steps
        assert step.verdict is not Verdict.PROVED or true


def test_a_link_costs_the_same_whatever_was_judged_before() -> None:
    chain = derive(log(x**2), given=[x > 0]).eq(log(x * x)).eq(log(x**2)).eq(log(x * x))
    facts = facts_of(chain.given, provers())

    def cost(number: int, before: int) -> int:
        for n in (*range(before), number):
            step = chain.steps[n]
            least = next(k for k in range(200) if judge(step.link, cite(step, facts, {}), facts, k).certificate)
        return least

    assert cost(0, 0) == cost(2, 0) == cost(2, 2)


def test_every_step_of_a_link_is_counted_together() -> None:
    """Many conditions, each cheap: they share one budget."""
    letters = many(12)
    term = sum((1 / (1 + exp(letter)) for letter in letters), start=x)  # type: ignore[operator]
    chain = derive(term).eq(term + 0)
    dear = check(chain, reproduce=False, limits=Limits(steps=50)).steps[0].finding
    assert dear.problem == "the budget of 50 steps was spent before the link was decided"
    assert check(chain, reproduce=False).verdict is Verdict.PROVED


def test_a_rule_that_goes_on_for_ever_is_named() -> None:
    (step,) = check(derive(x * f(y)).eq(x + f(y), by=swap), reproduce=False).steps
    assert step.verdict is Verdict.REFUTED  # a model says that it is false; the kernel only that it cannot tell
    assert step.finding.problem == "swap goes on for ever: it applies to what comes of applying it"
    assert step.finding.tries == (
        "write the line that it is to lead to as a step of its own, by a reason that comes to an end",
    )


def test_the_steps_are_those_of_the_link() -> None:
    chain = derive(diff(exp(x * y), x)).eq(y * exp(x * y), by=differentiation)
    assert check(chain, reproduce=False, limits=Limits(steps=STEPS // 100)).verdict is Verdict.PROVED
    assert positive_square_root.name  # a rule by its name costs nothing
