"""Which variable to average over next: what the law of total expectation leaves to whoever uses it."""

from __future__ import annotations

from collections.abc import Iterator

from derivations.derivation import Derivation
from derivations.terms.conditioning import ConditionalExpectation, Realisation, expectation_given
from derivations.terms.integrals import Integral
from derivations.terms.processes import DecisionProcess
from derivations.terms.term import Term


def processes_named(chain: Derivation) -> Iterator[DecisionProcess]:
    """The processes of which something is given, or cited, in the chain."""
    for reason in chain.reasons:
        for owner in (reason, *getattr(reason, "requires", ())):
            if isinstance(getattr(owner, "process", None), DecisionProcess):
                yield owner.process


def over_actions(line: Term, process: DecisionProcess) -> Term:
    """E[X | s_t] as ∫ π(a_t | s_t) E[X | s_t, a_t] da_t, where it stands alone in a condition."""
    if isinstance(line, ConditionalExpectation) and len(line.pairs) == 1:
        ((_, value),) = line.pairs
        if isinstance(value, Realisation) and value.sequence == process.S:
            action = process.a[value.time]
            inside = expectation_given(line.body, (*line.pairs, (action.variable, action)))
            body = process.policy(action, given=value) * inside
            return Integral(body, action, process.actions)
    return line.rebuild(lambda part: over_actions(part, process))
