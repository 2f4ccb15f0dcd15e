"""Checking a certificate again, from the file alone.

Nothing is searched for. Each recorded rule is asked what it makes of the term
at the recorded place, and the answer is compared with what was recorded; each
condition is discharged anew; the rewritten sides must close as recorded, and
both lines must be defined. A cited result counts once its own certificate,
which stands before it in the file, has been accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from derivations.algebra.normal import BudgetExhausted
from derivations.context.capture import captured
from derivations.context.facts import facts_of
from derivations.decide import provers
from derivations.derivation import Derivation, check_definitions, reason_name
from derivations.kernel.chain import composed, matches
from derivations.kernel.contradictions import contradictions
from derivations.kernel.existence import unfounded
from derivations.kernel.explaining import CONTRADICTION
from derivations.kernel.givens import at_odds
from derivations.kernel.notation import collisions
from derivations.kernel.reasons import Place, Step
from derivations.kernel.report import Certificate, Report, Verdict
from derivations.models.safety_net import counterexamples
from derivations.prove.citing import cite, named_alike
from derivations.records import record
from derivations.replay.certify import FORMAT, VERSION
from derivations.replay.link import Rejected, replay
from derivations.replay.serial import Unreadable, decode
from derivations.terms.foreign import LARGEST
from derivations.terms.relations import Relation
from derivations.terms.term import Term, TermError

_DERIVATION = {"name", "given", "start", "statement", "links"}
_LINK = {"number", "text", "link", "given", "by", "certificate"}
_STRANGE = (TermError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, AssertionError,
            NotImplementedError, RecursionError, BudgetExhausted)  # fmt: skip
"""What an ill-made term may lead to, deep inside a rule; none of it is a proof."""


@record(frozen=True)
class Complaint:
    """Why a certificate is rejected: in which derivation, at which step (0: the chain as a whole).

    fault: it was accepted, and is false in a model
    malformed: it cannot be read at all
    """

    derivation: str
    step: int
    reason: str
    fault: bool = False
    malformed: bool = False

    def __str__(self) -> str:
        where = f"{self.derivation}, step {self.step}" if self.step else self.derivation
        return f"{where}: {self.reason}" if where else self.reason


def verify(document: Any) -> list[Complaint]:
    """Everything that is wrong with a certificate; an empty list if it proves what it says."""
    chains = document.get("derivations") if isinstance(document, dict) else None
    if not isinstance(chains, list) or set(document) != {"format", "version", "proves", "derivations"}:
        return [Complaint("", 0, "this is no certificate", malformed=True)]
    if document["format"] != FORMAT or document["version"] is not VERSION or not isinstance(document["proves"], str):
        return [Complaint("", 0, f"this is no `{FORMAT}`, version {VERSION}", malformed=True)]
    results: dict[str, Derivation] = {}
    complaints = [complaint for chain in chains for complaint in _chain(chain, results)]
    if not complaints and (not results or document["proves"] != next(reversed(results))):
        complaints.append(Complaint("", 0, f"it does not prove `{document['proves']}`"))
    unused = set(results) - {document["proves"], *(n for d in results.values() for n in _cited(d))}
    return complaints + [Complaint(name, 0, "is cited nowhere") for name in sorted(unused) if not complaints]


def _cited(derivation: Derivation) -> Iterator[str]:
    for reason in derivation.reasons:
        if isinstance(reason, Derivation):
            yield reason_name(reason)


def _chain(data: Any, results: dict[str, Derivation]) -> Iterator[Complaint]:
    if not isinstance(data, dict) or set(data) != _DERIVATION or not isinstance(data["links"], list):
        yield Complaint("", 0, "this is no derivation", malformed=True)
        return
    name = data["name"]
    if not isinstance(name, str) or name in results:
        yield Complaint(str(name), 0, "the name is used twice")
        return
    try:
        derivation, certificates = _read(data, results)
    except Rejected as rejected:
        yield Complaint(name, rejected.step, str(rejected), malformed=True)
        return
    complaints = list(_judge(derivation, certificates, results)) or list(_contradicted(derivation))
    yield from complaints
    if not complaints:
        results[name] = derivation


def _read(data: Any, results: Mapping[str, Derivation]) -> tuple[Derivation, list[Certificate]]:
    given, start, statement = (_decode(data[key], results, 0) for key in ("given", "start", "statement"))
    if not isinstance(given, tuple) or not isinstance(start, Term) or not isinstance(statement, Relation):
        raise Rejected("this is no derivation")
    if max(start.size, statement.size) > 2 * LARGEST:
        raise Rejected("a line is too large to be checked")
    steps, certificates = [], []
    for number, link in enumerate(data["links"], 1):
        step, certificate = _read_link(link, number, results)
        if link["given"] != data["given"]:
            raise Rejected("the givens of the link are not those of the derivation", number)
        steps.append(step)
        certificates.append(certificate)
    return Derivation(start, given, tuple(steps), statement, Place(), data["name"]), certificates


def _read_link(data: Any, number: int, results: Mapping[str, Derivation]) -> tuple[Step, Certificate]:
    if not isinstance(data, dict) or set(data) != _LINK or type(data["number"]) is not int or data["number"] != number:
        raise Rejected("this is no link", number)
    link, by, certificate = (_decode(data[key], results, number) for key in ("link", "by", "certificate"))
    if not (isinstance(link, Relation) and isinstance(by, tuple) and isinstance(certificate, Certificate)):
        raise Rejected("this is no link", number)
    if any(reason in data["by"][:n] for n, reason in enumerate(data["by"])):
        raise Rejected("a reason is cited twice", number)
    if link.size > 2 * LARGEST:
        raise Rejected("the line is too large to be checked", number)
    if _text(link) != data["text"]:
        raise Rejected(f"the text does not say `{_text(link)}`", number)
    return Step(link, by), certificate


def _text(link: Relation) -> str:
    try:
        return link.text
    except _STRANGE as error:
        return f"no text: {error}"


def _decode(data: Any, results: Mapping[str, Derivation], number: int) -> Any:
    try:
        return decode(data, results)
    except Unreadable as error:
        raise Rejected(str(error), number) from None


def _judge(
    derivation: Derivation, certificates: list[Certificate], results: Mapping[str, Derivation]
) -> Iterator[Complaint]:
    """The links one by one, and the chain that they make."""
    name = derivation.name
    proved = Report("", "", Place(), Verdict.PROVED, (), (), ())
    known = {result: proved for result in results.values()}
    end = derivation.start
    for number, (step, certificate) in enumerate(zip(derivation.steps, certificates, strict=True), 1):
        if step.link.lhs != end:
            yield Complaint(name, number, "does not start where the step before it ends")
        end = step.link.rhs
        try:
            facts = facts_of(derivation.given, provers(), derivation.lines)
            replay(step.link, cite(step, facts, known), facts, certificate)
        except Rejected as rejected:
            yield Complaint(name, number, str(rejected))
        except _STRANGE as error:
            yield Complaint(name, number, f"cannot be replayed: {type(error).__name__}: {error}")
    for reason in _whole(derivation):
        yield Complaint(name, 0, reason)


def _contradicted(derivation: Derivation) -> Iterator[Complaint]:
    """What was accepted is held against a few models: what is false there is a fault of the engine."""
    for number, seen in counterexamples(derivation).items():
        values = ", ".join(f"{name} = {value}" for name, value in seen.values)
        what = CONTRADICTION.format(f"this is false{f' with {values}' if values else ''}; please report it")
        yield Complaint(derivation.name, number, what, fault=True)


def _sides(derivation: Derivation) -> tuple[Term, ...]:
    return () if derivation.statement is None else derivation.statement.children


def _whole(derivation: Derivation) -> Iterator[str]:
    try:
        yield from composed(derivation.start, [step.link for step in derivation.steps])
        yield from collisions(derivation)
        yield from captured((*derivation.lines, *_sides(derivation)), facts_of(derivation.given, provers()))
        yield from at_odds(derivation.given)
        yield from contradictions(derivation.given, provers())
        yield from unfounded(derivation, provers())
        yield from named_alike(derivation)
        check_definitions(derivation.given)
        complaint = matches(derivation, derivation.statement) if derivation.statement is not None else "no statement"
        if not derivation.steps:
            complaint = "the derivation has no link"
    except _STRANGE as error:
        complaint = f"the chain cannot be read: {error}"
    if complaint:
        yield complaint


__all__ = ["Complaint", "verify"]
