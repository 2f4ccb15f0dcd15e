"""2023, Exercise 3.2: the Bellman equations."""

from derivations import derive
from derivations.exercises.reinforcement_learning.markov_decision_process import (
    a,
    convergence,
    definition_of_q,
    definition_of_v,
    gamma,
    over_actions,
    over_outcomes,
    process,
    q,
    r,
    s,
    t,
    v,
)
from derivations.exercises.reinforcement_learning.value_functions import value_of_action, value_of_state
from derivations.writing import backup_diagram, prose

given = [*convergence, definition_of_v, definition_of_q, process.markov, process.homogeneous]
next_value = over_actions(q(s[t + 1], a[t + 1]), at=t + 1)

bellman_of_state = (
    derive(v(s[t]), given)
    .eq(over_actions(over_outcomes(r[t] + gamma * v(s[t + 1]))), by=[value_of_state, value_of_action], tag="6")
    .qed(v(s[t]), "=", over_actions(over_outcomes(r[t] + gamma * v(s[t + 1]))))
)

bellman_of_action = (
    derive(q(s[t], a[t]), given)
    .eq(over_outcomes(r[t] + gamma * next_value), by=[value_of_action, value_of_state], tag="7")
    .qed(q(s[t], a[t]), "=", over_outcomes(r[t] + gamma * next_value))
)

PROBLEM = prose(
    """
    Use (2) and (3) to derive the Bellman equations for {v} and for {q}. Discuss what these equations mean, with a
    diagram.
    """,
    v=v(s[t]),
    q=q(s[t], a[t]),
)

REMARK = prose(
    """
    The value of a state is what is expected of the action taken there: its reward, and the discounted value of the
    state that it leads to. Each equation looks one step ahead, averages over what may happen, and puts the same
    function in place of all that follows; {v} averages over actions first and outcomes then, {q} over outcomes first
    and actions then.
    """,
    v=v(s[t]),
    q=q(s[t], a[t]),
)

FIGURES = (
    backup_diagram("The value of a state looks over the actions and what follows them.", bellman_of_state),
    backup_diagram("The value of an action looks over what follows it and the next actions.", bellman_of_action),
)
