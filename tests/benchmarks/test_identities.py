"""Zero tests against `sympy.simplify`, and moments for any d_k.

Both sides are timed in one run, by the CPU clock, in the median; SymPy's cache is cleared before each round, and each
round works on terms that were made for it. Not run by default: `pytest tests/benchmarks`.
"""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import Any

import pytest
import sympy
from sympy.core.cache import clear_cache

from derivations.decide import provers
from derivations.kernel.facts import facts_of
from derivations.kernel.link import Cited, close, judge
from derivations.kernel.report import Verdict
from derivations.kernel.rewriting import candidates
from derivations.rules import rule
from derivations.terms.relations import Relation, relation
from derivations.terms.term import Term

from . import identities
from .identities import Identity

ROUNDS, SYMPY_ROUNDS = 200, 5

TIMES_FASTER: dict[str, tuple[Identity, int]] = {
    "sigmoid": (identities.sigmoid, 50),
    "eligibility, a = 0": (partial(identities.eligibility, 0), 20),
    "eligibility, a = 1": (partial(identities.eligibility, 1), 20),
    "eligibility of a number, a = 0": (partial(identities.eligibility_of_a_number, 0), 20),
    "eligibility of a number, a = 1": (partial(identities.eligibility_of_a_number, 1), 20),
    "attention": (identities.attention, 50),
    "attention of numbers": (identities.attention_of_numbers, 50),
}

pytestmark = pytest.mark.benchmark(timer=time.process_time, disable_gc=True)


def simplified(identity: Identity, rounds: int) -> tuple[float, Any]:
    """The median of the seconds that SymPy takes to simplify lhs − rhs, and what comes out."""
    seconds, result = [], None
    for _ in range(rounds):
        link = identity()
        left, right = link.lhs.sympy, link.rhs.sympy
        clear_cache()
        start = time.process_time()
        result = sympy.simplify(left - right)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), result


@pytest.mark.parametrize("name", TIMES_FASTER)
def test_zero_test(name: str, benchmark: Any) -> None:
    identity, wanted = TIMES_FASTER[name]

    def fresh() -> tuple[tuple[Relation, Any], dict[str, Any]]:
        return (identity(), facts_of((), provers())), {}

    closing, _ = benchmark.pedantic(close, setup=fresh, rounds=ROUNDS, warmup_rounds=5)
    assert closing is not None
    theirs, result = simplified(identity, SYMPY_ROUNDS if name != "attention" else 1)
    ours = benchmark.stats.stats.median
    figures = {"ours, ms": 1000 * ours, "simplify, ms": 1000 * theirs, "times faster": theirs / ours}
    benchmark.extra_info |= {**figures, "simplify finds 0": result == 0}
    print(name, *(f"{value:.2f} {what}" for what, value in figures.items()), sep="; ")
    assert theirs / ours >= wanted


@pytest.fixture
def moments() -> Any:
    """The three links with facts, made for each round."""

    def fresh() -> tuple[tuple[Any, ...], dict[str, Any]]:
        links, given = identities.moments()
        return (links, facts_of(given, provers())), {}

    return fresh


def test_mean_and_variance_of_a_logit_and_variance_of_T(moments: Any, benchmark: Any) -> None:
    """They are worked out; their comparison with what is stated, and all conditions, are timed below."""
    isserlis = rule("isserlis")

    def all_three(links: list[Relation], facts: Any) -> list[Term]:
        return [next(candidates(isserlis, link.lhs, facts)).result for link in links]

    found = benchmark.pedantic(all_three, setup=moments, rounds=ROUNDS, warmup_rounds=5)
    (links, facts), _ = moments()
    assert all(close(relation(value, "=", link.rhs), facts)[0] for value, link in zip(found, links, strict=True))
    assert benchmark.stats.stats.median < 0.002


def test_judgement_of_the_moments(moments: Any, benchmark: Any) -> None:
    isserlis = rule("isserlis")
    cited = Cited(rewriters=(isserlis,), names=(isserlis.name,))

    def all_three(links: list[Relation], facts: Any) -> list[Any]:
        return [judge(link, cited, facts) for link in links]

    found = benchmark.pedantic(all_three, setup=moments, rounds=ROUNDS, warmup_rounds=5)
    assert [one.verdict for one in found] == [Verdict.PROVED] * 3
