"""The kernel's word on one link, for tests: no models, no SymPy."""

from __future__ import annotations

from typing import Any

from derivations import Derivation, derive
from derivations.checking import check
from derivations.decide import provers
from derivations.kernel.facts import facts_of
from derivations.kernel.link import judge
from derivations.kernel.report import Finding, Report, Verdict
from derivations.prove.citing import cite

_METHODS = {"=": "eq", "!=": "ne", "<=": "le", "<": "lt", ">=": "ge", ">": "gt", "<=>": "iff"}


def chain(
    lhs: Any, sign: str, rhs: Any, given: Any = (), by: Any = None, at: tuple[Any, Any] | None = None
) -> Derivation:
    """A derivation of one link; `at` is the variable and the point of `~` and `->`."""
    start = derive(lhs, given=given)
    if at is not None:
        return (start.asymptotic_to if sign == "~" else start.tends_to)(rhs, *at, by=by)
    made: Derivation = getattr(start, _METHODS[sign])(rhs, by=by)
    return made


def finding(derivation: Derivation) -> Finding:
    """What the kernel says of the last link."""
    step = derivation.steps[-1]
    known: dict[Derivation, Report] = {}
    for reason in step.reasons:
        if isinstance(reason, Derivation):
            check(reason, reproduce=False, known=known)
    facts = facts_of(derivation.given, provers())
    return judge(step.link, cite(step, facts, known), facts)


def judged(*link: Any, **options: Any) -> Finding:
    """What the kernel says of a link, written as for `chain`."""
    return finding(chain(*link, **options))


def is_proved(*link: Any, **options: Any) -> bool:
    return judged(*link, **options).verdict is Verdict.PROVED


def result(lhs: Any, sign: str, rhs: Any, given: Any = (), by: Any = None) -> Derivation:
    """A result to be cited: a chain of one link with its statement."""
    return chain(lhs, sign, rhs, given, by).qed(lhs, sign, rhs)
