"""Derivations in ordinary tests: when one passes, and what a failing one says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivations.derivation import Derivation, derive
from derivations.kernel.reasons import Place
from derivations.kernel.report import Report, Verdict

if TYPE_CHECKING:
    from derivations.kernel.reasons import Reason


def assert_proves(
    lhs: Any,
    sign: str,
    rhs: Any,
    variable: Any = None,
    point: Any = None,
    *,
    by: Any = None,
    given: Sequence[Reason] = (),
) -> None:
    """Assert that one link is proved: `lhs sign rhs` by the reasons, under the hypotheses `given`.

    `~` and `→` take their variable and point. Raises AssertionError, with the
    explanation of `derivations check`, if the link is refuted, left open, or
    disputed by SymPy; TermError if it cannot be written.

    >>> from derivations import assert_proves, exp, symbols
    >>> z = symbols("z")
    >>> assert_proves(exp(z) / (1 + exp(z)), "=", 1 / (1 + exp(-z)))
    """
    __tracebackhide__ = True
    chain = derive(lhs, given).link(sign, rhs, variable, point, by=by).qed(lhs, sign, rhs, variable, point)
    frame = sys._getframe(1)
    report = at(chain, Place(frame.f_code.co_filename, frame.f_lineno)).check()
    if not report:
        became = "disputed" if report.verdict is Verdict.PROVED else report.verdict.value.lower()
        raise AssertionError(f"{report.steps[0].link.text} is {became}\n{explanation(report)}")


def at(chain: Derivation, place: Place) -> Derivation:
    """The same chain, as if all of it were written at that place."""
    return replace(chain, place=place, steps=tuple(replace(step, place=place) for step in chain.steps))


def explanation(report: Report) -> str:
    """What is wrong with a derivation: every link that does not pass, and the chain as a whole."""
    from derivations.derivation import NO_QED
    from derivations.sheets.failure import failures

    if any(step.verdict is not Verdict.PROVED or step.disputed for step in report.steps):  # a missing qed fails nothing
        report = replace(report, problems=tuple(p for p in report.problems if p != NO_QED))
    return failures(report).rstrip("\n")


__all__ = ["assert_proves", "at", "explanation"]
