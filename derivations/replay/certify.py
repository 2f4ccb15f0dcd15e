"""Writing certificates out: every link of a derivation, and of the results that it cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derivations.checking import Known, check
from derivations.derivation import Derivation, reason_name
from derivations.kernel.report import Report, StepReport, Verdict
from derivations.replay.serial import encode

FORMAT, VERSION = "derivations certificate", 1


class NotProved(ValueError):
    """There is nothing to certify: a link is open or refuted."""


def certify(derivation: Derivation, *, known: Known | None = None) -> dict[str, Any]:
    """The certificate of a derivation, as JSON; what it cites stands before it.

    Raises NotProved when the derivation, or a result that it cites, is not
    proved, or when two results of one name are cited.
    """
    known = {} if known is None else known
    check(derivation, reproduce=False, known=known)
    chains = list(dict.fromkeys(_in_order(derivation)))
    names = [reason_name(chain) for chain in chains]
    for chain, name in zip(chains, names, strict=True):
        if known[chain].verdict is not Verdict.PROVED:
            raise NotProved(f"`{name}` is {known[chain].verdict.value}: there is nothing to certify")
        if names.count(name) > 1:
            raise NotProved(f"two results are called `{name}`: give one of them another name")
    return {
        "format": FORMAT,
        "version": VERSION,
        "proves": names[-1],
        "derivations": [_derivation(chain, known[chain]) for chain in chains],
    }


def _in_order(derivation: Derivation) -> Iterator[Derivation]:
    """The derivation after all that it cites."""
    for reason in derivation.reasons:
        if isinstance(reason, Derivation):
            yield from _in_order(reason)
    yield derivation


def _derivation(derivation: Derivation, report: Report) -> dict[str, Any]:
    given = encode(derivation.given)
    return {
        "name": reason_name(derivation),
        "given": given,
        "start": encode(derivation.start),
        "statement": encode(derivation.statement),
        "links": [link(step, given) for step in report.steps],
    }


def link(step: StepReport, given: Any) -> dict[str, Any]:
    """One proved link: what it says, under which hypotheses, by which reasons, and how."""
    return {
        "number": step.number,
        "text": step.link.text,
        "link": encode(step.link),
        "given": given,
        "by": encode(step.reasons),
        "certificate": encode(step.finding.certificate),
    }


__all__ = ["FORMAT", "VERSION", "NotProved", "certify", "link"]
