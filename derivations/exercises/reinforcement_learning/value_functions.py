"""2023, Exercise 3.1: the value functions v and q in terms of each other."""

from derivations import (
    E,
    Sum,
    definition_of_expected_value,
    derive,
    family,
    law_of_total_expectation,
    linearity_of_expectation,
    markov_property,
    oo,
    shift_of_a_series,
    split_off_first_term,
    symbols,
)
from derivations.exercises.reinforcement_learning.markov_decision_process import (
    G,
    R,
    a,
    convergence,
    definition_of_q,
    definition_of_return,
    definition_of_v,
    gamma,
    k,
    over_actions,
    over_outcomes,
    p,
    pi,
    process,
    q,
    r,
    s,
    t,
    v,
)
from derivations.writing import erratum, in_python, prose

return_recursion = (
    derive(G[t], convergence)
    .eq(Sum(gamma**k * R[t + k], (k, 0, oo)), by=definition_of_return)
    .eq(R[t] + Sum(gamma**k * R[t + k], (k, 1, oo)), by=split_off_first_term)
    .eq(R[t] + Sum(gamma ** (k + 1) * R[t + 1 + k], (k, 0, oo)), by=shift_of_a_series)
    .eq(R[t] + gamma * Sum(gamma**k * R[t + 1 + k], (k, 0, oo)))
    .eq(R[t] + gamma * G[t + 1], by=definition_of_return)
    .qed(G[t], "=", R[t] + gamma * G[t + 1])
)

value_of_state = (
    derive(v(s[t]), [*convergence, definition_of_v, definition_of_q])
    .eq(E(G[t], given=s[t]), by=definition_of_v)
    .eq(over_actions(E(G[t], given=(s[t], a[t]))), by=law_of_total_expectation)
    .eq(over_actions(q(s[t], a[t])), by=definition_of_q, tag="4")
    .qed(v(s[t]), "=", over_actions(q(s[t], a[t])))
)

value_of_action = (
    derive(q(s[t], a[t]), [*convergence, definition_of_v, definition_of_q, process.markov, process.homogeneous])
    .eq(E(G[t], given=(s[t], a[t])), by=definition_of_q)
    .eq(E(R[t] + gamma * G[t + 1], given=(s[t], a[t])), by=return_recursion)
    .eq(
        over_outcomes(r[t] + gamma * E(G[t + 1], given=(s[t], a[t], s[t + 1]))),
        by=[linearity_of_expectation, definition_of_expected_value, law_of_total_expectation],
    )
    .eq(over_outcomes(r[t] + gamma * E(G[t + 1], given=s[t + 1])), by=markov_property)
    .eq(over_outcomes(r[t] + gamma * v(s[t + 1])), by=definition_of_v, tag="5")
    .qed(q(s[t], a[t]), "=", over_outcomes(r[t] + gamma * v(s[t + 1])))
)

PROBLEM = prose(
    """
    In a Markov decision process, {G} is the discounted return with the factor {gamma}. The value of a state and the
    value of an action in a state are

    {v} (1)

    and {q}. Show how each follows from the other:

    {from_q} (2)

    {from_v} (3)

    Here {pi} is the density of the actions under the policy, and {p} the density of the next state and the reward.
    """,
    G=definition_of_return,
    gamma=gamma,
    v=definition_of_v,
    q=definition_of_q,
    from_q=value_of_state.statement,
    from_v=value_of_action.statement,
    pi=pi(a[t], given=s[t]),
    p=p(s[t + 1], r[t], given=(s[t], a[t])),
)


def discounted_return(R, gamma, t, n):
    return sum(gamma**k * R[t + k] for k in range(n + 1))


n = symbols("n", integer=True, nonnegative=True)
rewards = family("R", t + n)
PYTHON = (in_python(discounted_return, Sum(gamma**k * rewards[t + k], (k, 0, n)), R=rewards, gamma=gamma, t=t, n=n),)

ERRATA = (
    erratum(
        "2023, Exercise 3.1, footnote a",
        prose("The integral over the values of {C} has no differential, so it does not say over what the average is "
              "taken.", C=symbols("C")),
        prose("The law of total expectation, as it is stated at the end of this sheet, integrates over {c}.",
              c=symbols("c")),
    ),
    erratum(
        "2023, Exercise 3.1, equation (3)",
        "The integral signs stand in the order state, reward, and the differentials in the order state, reward, too. "
        "Read from the inside outwards, each sign would then have the differential of the other. The solution (5) has "
        "the reward first.",
        prose("The order of (5) is kept, also where the statement is repeated: {right}.", right=value_of_action),
    ),
    erratum(
        "2023, Exercise 3.1, statement",
        prose("It does not say when {G} converges, nor when it has an expectation.", G=definition_of_return),
        prose("Assumed here, and used where the series is split: {small}, and {bounded}.", small=gamma < 1,
              bounded=process.bounded_rewards),
    ),
    erratum(
        "2023, Exercise 3.1, equations (1) and (3)",
        prose("{v} is written without a time, although {t} occurs in its definition.", v=v(s[t]), t=t),
        prose("Only where the process is the same at all times is the {v} of the next step the same function: this is "
              "listed with the assumptions.", v=v(s[t + 1])),
    ),
)  # fmt: skip
