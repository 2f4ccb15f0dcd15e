"""What to cite for a link that is open: each rule and each given is tried, alone or beside the author's own reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from derivations.context.facts import Facts
from derivations.derivation import Derivation, reason_name
from derivations.kernel.explaining import GENERIC
from derivations.kernel.link import judge
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule, Step
from derivations.kernel.report import Finding, Report, Verdict
from derivations.prove.citing import cite
from derivations.rules import rules
from derivations.terms.relations import Relation

STEPS = 3000
"""What one try may cost."""


def hinted(
    finding: Finding, step: Step, given: Sequence[Any], facts: Facts, known: Mapping[Derivation, Report]
) -> Finding:
    """The finding, with the reason that proves the link in the place of the advice to look for one."""
    if finding.holds or any(advice not in GENERIC for advice in finding.tries):
        return finding
    found = next(_proving(step, given, facts, known), None)
    return finding if found is None else replace(finding, tries=(found,))


def _proving(step: Step, given: Sequence[Any], facts: Facts, known: Mapping[Derivation, Report]) -> Iterator[str]:
    own = tuple(r for r in step.reasons if not isinstance(r, (Cases, FreeVariable)))
    for beside in dict.fromkeys(((), own)):
        for reason in (*given, *rules().values()):
            if reason in own or not _may_help(reason, step.link):
                continue
            tried = replace(step, reasons=(*beside, reason))
            if judge(step.link, cite(tried, facts, known), facts, STEPS).verdict is Verdict.PROVED:
                yield f"cite {reason_name(reason)}{' too' if beside else ''}: it proves this step"


def _may_help(reason: Any, link: Relation) -> bool:
    """What it changes occurs in the link."""
    if isinstance(reason, Rule):
        return reason.closes is not None or reason.kinds is None or not reason.kinds.isdisjoint(link.kinds)
    return isinstance(reason, Definition) or isinstance(reason, Hypothesis) and reason.relation.sign == "="
