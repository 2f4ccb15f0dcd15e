"""Finite decision processes and joint distributions as models, and what they refute."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction as F
from itertools import product
from typing import Any

import pytest

from derivations import E, Eq, Sum, decision_process, defined, derive, gaussians, oo
from derivations.derivation import Derivation
from derivations.exercises.reinforcement_learning import bellman, reinforce, value_functions
from derivations.kernel.report import Verdict
from derivations.models.hypotheses import problem
from derivations.models.model import Choice, Model
from derivations.models.numbers import NoValue
from derivations.models.search import evaluate_in_models, refute
from derivations.models.trajectories import FiniteProcess, Nature, Point, Trajectory
from derivations.terms.processes import Homogeneous, Markov
from tests.models import processes as links
from tests.models.links import link
from tests.models.processes import FALSE, TRUE, G, R, S, X, Y, a, base, gamma, given, k, mdp, over, q, s, t, v

pytestmark = pytest.mark.once

SEVERAL = range(24)


# -- the processes -----------------------------------------------------------------------
def nature(markov: bool, homogeneous: bool, positive: bool = False) -> Nature:
    return Nature("S", "A", markov=markov, homogeneous=homogeneous, positive=positive)


def share(paths: Any, *fixed: tuple[str, int, Any]) -> F:
    """The probability that these variables have these values."""
    return sum((p.probability for p in paths if all(worth(p, x, n) == value for x, n, value in fixed)), F(0))


def worth(path: Trajectory, letter: str, time: int) -> Any:
    return path.values.get((letter, time), F(0) if letter == "R" else Point("S", 0, "end"))


def is_markov(process: FiniteProcess) -> bool:
    """P(A_n | past, S_n) = P(A_n | S_n) and P(R_n, S_{n+1} | past, S_n, A_n) = P(R_n, S_{n+1} | S_n, A_n)."""
    paths = process.trajectories
    for n, path in product(range(process.steps), paths):
        now = ("S", n, path.values["S", n])
        past = [(x, m, path.values[x, m]) for m in range(n) for x in "SAR"]
        action = ("A", n, path.values["A", n])
        outcome = [("R", n, path.values["R", n]), ("S", n + 1, path.values["S", n + 1])]
        if share(paths, now, action) * share(paths, *past, now) != share(paths, *past, now, action) * share(paths, now):
            return False
        whole = share(paths, *past, now, action, *outcome) * share(paths, now, action)
        if whole != share(paths, now, action, *outcome) * share(paths, *past, now, action):
            return False
    return True


def rewards_after(process: FiniteProcess, time: int, *letters: str) -> dict[Any, dict[tuple[Any, ...], F]]:
    """The law of (R_n, R_{n+1}, …) given the variables at time n."""
    found: dict[Any, dict[tuple[Any, ...], F]] = defaultdict(lambda: defaultdict(F))
    for path in process.trajectories:
        start = tuple(path.values[x, time] for x in letters)
        found[start][tuple(worth(path, "R", time + n) for n in range(5))] += path.probability
    return {
        start: {rewards: p / sum(law.values()) for rewards, p in law.items()} for start, law in found.items()
    }  # fmt: skip


def is_homogeneous(process: FiniteProcess) -> bool:
    for letters in ("S", "SA"):
        laws: dict[Any, Any] = {}
        for time in range(process.longest + 1):
            for start, law in rewards_after(process, time, *letters).items():
                if laws.setdefault(start, law) != law:
                    return False
    return True


@pytest.mark.parametrize(("markov", "homogeneous"), list(product((True, False), repeat=2)))
def test_processes_are_what_was_assumed_of_them(markov: bool, homogeneous: bool) -> None:
    several = [FiniteProcess(nature(markov, homogeneous), n) for n in SEVERAL]
    for process in several:
        assert sum(path.probability for path in process.trajectories) == 1
        assert all(path.probability > 0 for path in process.trajectories)
        assert all(path.values["S", process.steps] == process.end for path in process.trajectories)
    assert all(map(is_markov, several)) if markov else not all(map(is_markov, several))
    assert all(map(is_homogeneous, several)) if homogeneous else not all(map(is_homogeneous, several))


def test_a_smooth_policy_is_positive_everywhere() -> None:
    for n in SEVERAL:
        process = FiniteProcess(nature(True, True, positive=True), n)
        assert all(p > 0 for row in process.policies.values() for p in row.shares)
        assert "end" in process.policies


def test_values_agree_with_a_computation_backwards_from_the_end() -> None:
    def backwards(process: FiniteProcess, state: Point, discount: F) -> F:
        if state.number == 0:
            return F(0)
        row = process.policies[None, None, state]
        return sum(
            (
                share * p * (r + discount * backwards(process, following, discount))
                for action, share in zip(process.actions, row.shares, strict=True)
                if share
                for p, r, following in process.kernels[None, None, state, action]
            ),
            F(0),
        )

    made = problem(*link(v(s[t]), "=", 0, *given))
    for n in SEVERAL:
        model = Model(made, Choice(((t, F(0)),), n))
        assert model.holds()
        assert model(v(s[t])) == backwards(model.process, model(s[t]), model(gamma))  # type: ignore[arg-type]


# -- links --------------------------------------------------------------------------------
@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_survives(name: str) -> None:
    found = evaluate_in_models(*TRUE[name], 20)
    assert found.disagreement is None, found.disagreement
    assert found.agreed >= 20


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    assert refute(*FALSE[name]) is not None


def steps() -> list[Any]:
    modules = (value_functions, bellman, reinforce)
    chains = {name: chain for m in modules for name, chain in vars(m).items() if isinstance(chain, Derivation)}
    return [
        pytest.param(step.link, chain.given, id=f"{name}-{n}")
        for name, chain in chains.items()
        for n, step in enumerate(chain.steps, 1)
    ]


@pytest.mark.parametrize(("line", "assumed"), steps())
def test_every_line_of_the_exercises_survives(line: Any, assumed: Any) -> None:
    found = evaluate_in_models(line, assumed, 20)
    assert found.disagreement is None, found.disagreement
    assert found.agreed >= 20


@pytest.mark.parametrize(("kind", "number"), [(Markov, 4), (Homogeneous, 5)])
def test_without_a_hypothesis_one_line_of_equation_5_is_refuted(kind: type, number: int) -> None:
    chain = value_functions.value_of_action
    assumed = [g for g in chain.given if not isinstance(g, kind)]
    refuted = [n for n, step in enumerate(chain.steps, 1) if refute(step.link, assumed) is not None]
    assert refuted == [number]


def test_a_witness_is_a_process_that_can_be_read() -> None:
    witness = refute(*FALSE["no-policy"])
    assert witness is not None
    assert dict(witness.values) == {
        "t": "0", "γ": "1/2", "s_t": "x", "P(S_0 = x)": "1", "π(left|x)": "1/4", "π(right|x)": "3/4",
        "p(end, 2|x, left)": "1", "p(end, 3|x, right)": "1",
    }  # fmt: skip
    assert (witness.left, witness.right) == ("11/4", "5")


def test_a_process_with_memory_says_what_it_remembers() -> None:
    witness = refute(*FALSE["memory"])
    assert witness is not None
    assert dict(witness.values)["p(end, 1|y, left after x, right, 3)"] == "1"


def test_a_witness_about_random_variables_says_what_they_are() -> None:
    witness = refute(*FALSE["collider"])
    assert witness is not None
    names = [name for name, _ in witness.values]
    assert names[-3:] == ["X", "Y", "Z"]
    assert all(name.startswith("P(X = ") for name in names[:-3])


def test_a_check_refutes_with_a_process() -> None:
    report = derive(v(s[t]), given).eq(over(q(s[t], a[t])) * 2).qed(v(s[t]), "=", over(q(s[t], a[t])) * 2).check()
    assert report.verdict is Verdict.REFUTED
    assert report.steps[0].witness is not None


def test_the_hash_seed_changes_nothing() -> None:
    code = "from tests.models.processes import FALSE\nfrom derivations.models.search import refute\n"
    code += "print([refute(*FALSE[name]) for name in ('memory', 'other-times', 'collider', 'baseline-that-knows')])"
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "17")
    }
    assert len(found) == 1


# -- what has no value ----------------------------------------------------------------------
other = decision_process(gamma, t, name="other process")

NOTHING_IS_KNOWN = {
    "a series that is no geometric one": link(Sum(1 / (k + 1) ** 2, (k, 0, oo)), "=", 7, mdp.markov),
    "a series that goes up and down": link(Sum((-2) ** k, (k, 0, oo)), "=", 7, mdp.markov),
    "a series that is given to converge": link(
        Sum(gamma**k, (k, 0, oo)), "=", 1 / (1 - gamma), gamma >= 1, mdp.markov, defined
    ),
    "two processes": link(E(R[t]), "=", E(other.R[t])),
    "a Gaussian": link(E(X, given=Y), "=", 7, gaussians(X, mean=0, variance=1)),
    "a return that is defined twice": link(G[t], "=", 0, mdp.return_definition, mdp.return_definition),
}


@pytest.mark.parametrize("name", NOTHING_IS_KNOWN)
def test_no_value_refutes_nothing(name: str) -> None:
    assert evaluate_in_models(*NOTHING_IS_KNOWN[name], 20).agreed == 0
    assert refute(*NOTHING_IS_KNOWN[name]) is None


def test_conditions_are_possible() -> None:
    nowhere = ((t, F(0)), (links.w, Point("S", 0, "end")))
    model = Model(problem(*link(E(G[t], given=Eq(S[t], links.w)), "=", 0, *base)), Choice(nowhere, 0))
    with pytest.raises(NoValue, match="probability 0"):
        model(E(G[t], given=Eq(S[t], links.w)))
