"""The Markov decision process of the exercises of 2023: what they are given."""

from typing import Any

from derivations import Integral, Term, decision_process, symbols

t = symbols("t", integer=True, nonnegative=True)
k = symbols("k", integer=True)
gamma = symbols("gamma", nonnegative=True)

process = decision_process(gamma, t)
S, A, R, G = process.S, process.A, process.R, process.G
s, a, r = process.s, process.a, process.r
v, q = process.v, process.q

definition_of_return = process.return_definition
definition_of_v = process.state_values
definition_of_q = process.action_values
convergence = [gamma < 1, process.bounded_rewards, definition_of_return]


def pi(action: Any, *, given: Any) -> Term:
    """The policy: the density of the action given the state."""
    return process.policy(action, given=given)


def p(*outcome: Any, given: Any) -> Term:
    """The kernel: the density of the next state and the reward given the state and the action."""
    return process.kernel(*outcome, given=given)


def over_actions(body: Any, at: Any = t) -> Term:
    """∫ π(a_t | s_t) body da_t."""
    return Integral(pi(a[at], given=s[at]) * body, a[at])


def over_outcomes(body: Any, at: Any = t) -> Term:
    """∫∫ p(s_{t+1}, r_t | s_t, a_t) body dr_t ds_{t+1}."""
    return Integral(p(s[at + 1], r[at], given=(s[at], a[at])) * body, r[at], s[at + 1])
