"""Probability, Exercise 7: an exponential variable has no memory.

Source: Grimmett and Stirzaker, Probability and Random Processes, exercise 4.4.3.
"""

from derivations import (
    Exponential,
    Pr,
    conditional_probability,
    derive,
    distributed,
    exp,
    fundamental_theorem_of_calculus,
    probability_by_the_law,
    random_variable,
    symbols,
)  # fmt: skip
from derivations.writing import declared, prose

s, t = symbols("s t", nonnegative=True)
lam = symbols("lambda", positive=True)
X = random_variable("X")
law = distributed(X, Exponential(lam))

memorylessness = (
    derive(Pr(s + t < X, given=s < X), given=[law])
    .eq(Pr(s + t < X) / Pr(s < X), by=conditional_probability)
    .eq(exp(-lam * (s + t)) / exp(-lam * s), by=[probability_by_the_law, fundamental_theorem_of_calculus])
    .eq(exp(-lam * t))
    .eq(Pr(t < X), by=[probability_by_the_law, fundamental_theorem_of_calculus])
    .qed(Pr(s + t < X, given=s < X), "=", Pr(t < X))
)

PROBLEM = prose(
    "Let {law} and {times}. Show that {claim}.", law=law, times=declared(s, t), claim=memorylessness.statement
)
