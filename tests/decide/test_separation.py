"""d-separation: against networkx on random graphs, and on the time-slice template of a process."""

from __future__ import annotations

import random
from itertools import combinations

import networkx
import pytest

from derivations import E, decision_process, dependence, random_variable, symbols
from derivations.decide import provers
from derivations.decide.separation import Graph, d_separated, template
from derivations.kernel.conditions import discharge
from derivations.kernel.facts import facts_of
from derivations.terms.conditioning import ConditionallyIndependent
from derivations.terms.term import Term, TermError

t = symbols("t", integer=True, nonnegative=True)
n = symbols("n", integer=True, nonnegative=True)
gamma = symbols("gamma", nonnegative=True)
mdp = decision_process(gamma, t)
S, A, R, G = mdp.S, mdp.A, mdp.R, mdp.G


def as_networkx(graph: Graph) -> networkx.DiGraph:
    made = networkx.DiGraph()
    made.add_nodes_from(graph)
    made.add_edges_from((parent, child) for child, parents in graph.items() for parent in parents)
    return made


@pytest.mark.parametrize("seed", range(60))
def test_it_agrees_with_networkx_on_random_graphs(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(3, 8)
    graph: Graph = {v: frozenset(u for u in range(v) if chance.random() < 0.4) for v in range(size)}
    other = as_networkx(graph)
    for left, right in combinations(range(size), 2):
        rest = [v for v in range(size) if v not in (left, right)]
        given = {v for v in rest if chance.random() < 0.4}
        assert d_separated(graph, {left}, {right}, given) == networkx.is_d_separator(other, {left}, {right}, given)


@pytest.mark.parametrize("length", [1, 2, 4])
def test_the_template_has_the_separations_of_a_long_unrolling(length: int) -> None:
    """What is before and after the window may be one vertex each: the state is the only way through."""
    short, long = template(0, length), template(-4, length + 4)
    inner = [(letter, i) for letter in "SAR" for i in range(length + 1)]
    for left, right in combinations(inner, 2):
        for given in ((), (("S", 1),), (("S", 0), ("A", 0)), (("R", 0), ("S", 1))):
            assert d_separated(short, {left}, {right}, set(given)) == d_separated(long, {left}, {right}, set(given))


def known(left: list[Term], right: list[Term], given: list[Term], *, markov: bool = True) -> bool:
    assumed = (mdp.return_definition, *((mdp.markov,) if markov else ()))
    claim = ConditionallyIndependent(tuple(left), tuple(right), tuple(given))
    return discharge(claim, facts_of(assumed, provers())) is not None


def test_the_state_separates_the_future_from_the_past() -> None:
    assert known([G[t + 1]], [S[t], A[t]], [S[t + 1]])
    assert known([G[t + 1]], [S[t], A[t], R[t]], [S[t + 1]])
    assert known([R[t + 3]], [R[t]], [S[t + 2]])
    assert known([A[t]], [R[t - 1], S[t - 1]], [S[t]])
    assert known([S[t + 1]], [S[t - 1]], [S[t], A[t]])


def test_nothing_is_separated_without_the_markov_property() -> None:
    assert not known([G[t + 1]], [S[t], A[t]], [S[t + 1]], markov=False)


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        ([G[t]], [A[t]], [S[t]]),  # the reward depends on the action
        ([G[t + 1]], [S[t]], [A[t]]),
        ([R[t]], [S[t + 1]], [S[t], A[t]]),  # reward and next state come together
        ([R[t]], [G[t + 1]], [S[t], A[t]]),
        ([G[t]], [R[t]], [S[t]]),  # G_t contains R_t
        ([A[t]], [S[t + 2]], [S[t]]),
        ([S[t + 1]], [S[t + 3]], [S[t], A[t]]),
        ([G[t + 1]], [S[t]], [S[t + 2]]),  # G_{t+1} contains R_{t+1}, which depends on S_{t+1}
        ([G[n]], [S[t]], [S[t + 1]]),  # n and t cannot be compared
        ([G[t + 1]], [S[t]], [G[t + 1]]),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_separated(left: list[Term], right: list[Term], given: list[Term]) -> None:
    assert not known(left, right, given)


def test_the_return_is_placed_by_its_definition() -> None:
    """Without the definition, G_t might be anything."""
    claim = ConditionallyIndependent((G[t + 1],), (S[t],), (S[t + 1],))
    assert discharge(claim, facts_of((mdp.markov,), provers())) is None


def test_a_declared_graph_has_no_cycle_and_only_random_variables() -> None:
    X, Y = random_variable("X"), random_variable("Y")
    x = symbols("x")
    with pytest.raises(TermError, match="the dependence graph has a cycle"):
        dependence((X, Y), (Y, X))
    with pytest.raises(TermError, match="`x` is no single random variable"):
        dependence((X, x))
    with pytest.raises(TermError, match="`Y` is given twice"):
        E(X, given=[Y, Y])
