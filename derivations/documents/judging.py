"""A document judged: each line read, its reasons looked for, and proved, refuted or left open by the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from derivations.budget import Limits
from derivations.checking import Known, check
from derivations.context.facts import facts_of
from derivations.decide import provers
from derivations.derivation import Derivation, derive, reason_name
from derivations.documents.claims import (
    CITED,
    CLAIM,
    DEFINITION,
    GIVEN,
    STATEMENT,
    Argument,
    Claim,
    argument,
    named_reasons,
)
from derivations.documents.pages import Pages
from derivations.documents.report import DEFINED, DocumentReport, LineReport, LineVerdict, Trouble, verdict_of
from derivations.documents.understanding import Lasting, NotUnderstood, Understanding, heads_of, key_of
from derivations.kernel.reasons import FreeVariable, Place
from derivations.kernel.report import Finding, Report, StepReport, Verdict
from derivations.prove.search import search
from derivations.reading.declarations import Declared, Stated
from derivations.reading.displays import Chain, Link
from derivations.reading.document import Document, open_document
from derivations.reading.extract import Extract, joined
from derivations.records import record
from derivations.sheets.document import assumption
from derivations.sheets.text import sentence
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.relations import Relation, relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import Component

JUDGED = ("=", "!=", "<", "<=", ">", ">=", "<=>", ":=")
"""The signs whose links are judged; others are read, and left open."""

RESULTS = 10
"""How many of the results before a line are tried without being named."""


@record(frozen=True)
class Options:
    """How a document is judged: SymPy's second way or not, what is assumed, limits, further tables.

    `read_only`: it is read, and nothing is judged.
    """

    reproduce: bool = True
    defined: bool = False
    limits: Limits = Limits()
    tables: tuple[Path, ...] = ()
    read_only: bool = False
    names: Mapping[str, Any] = field(default_factory=dict)


PLAINLY = Options()


def judge_file(path: Path, options: Options = PLAINLY) -> DocumentReport:
    """Judge a document. Raises OSError and UnicodeError where it cannot be read."""
    start = perf_counter()
    document = open_document(path)
    report = judge_document(document, options)
    return replace(report, seconds=perf_counter() - start)


def judge_document(document: Document, options: Options = PLAINLY) -> DocumentReport:
    """Judge a document that was taken apart."""
    walk = _Judge(argument(document), options)
    lines = walk.run()
    lines.sort(key=lambda line: line.offset)
    troubles = [Trouble(document.sources.spot(c.start), c.message, c.remedy) for c in document.complaints]
    troubles += walk.understanding.troubles
    return DocumentReport(
        document.path.name, document.kind, tuple(lines), tuple(walk.understanding.understood()),
        tuple(walk.understanding.missing()), tuple(troubles), tuple(walk.assumed), document=document,
        chains=tuple(walk.chains),
    )  # fmt: skip


@record
class _Judge:
    made: Argument
    options: Options
    results: list[tuple[int, Derivation]] = field(default_factory=list)  # with the unit of each
    labelled: dict[str, list[Any]] = field(default_factory=dict)
    unproved: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)
    lines: list[LineReport] = field(default_factory=list)
    chains: list[Derivation] = field(default_factory=list)
    ends: list[tuple[int, Derivation]] = field(default_factory=list)
    unsettled: list[tuple[int, Any, frozenset[Any], str]] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.understanding = Understanding(self.made, self.options.tables, self.options.names)
        self.pages = Pages(self.made.document.path.resolve().parent, self.options.tables)

    def run(self) -> list[LineReport]:
        for number in range(len(self.made.units)):
            claims = [claim for claim in self.made.claims if claim.unit == number]
            proofs = any(claim.nature in (CLAIM, CITED) for claim in claims)
            later = [claim for claim in claims if claim.nature == STATEMENT and proofs]
            self.understanding.enter(number)
            for claim in claims:
                if claim not in later:
                    self.take(claim)
            for claim in later:
                self.take(claim)
            self.answered(number)
        return self.lines

    def answered(self, unit: int) -> None:
        """Whether the last result of a unit is written in what it is asked to be written in."""
        asked = self.understanding.asked(unit)
        last = next((chain for number, chain in reversed(self.ends) if number == unit), None)
        if asked is None or last is None or not asked[0]:
            return
        wanted, start = asked
        extra, unused = outside(last.end, wanted)
        if extra:
            others = f"; {', '.join(map(str, unused))} does not occur" if unused else ""
            self.understanding.trouble(
                start,
                f"the result is asked for in terms of {', '.join(map(str, wanted))}; "
                f"the last line has {', '.join(map(str, extra))}, which is not among these{others}",
                "correct the statement, or the last line",
            )

    # -- one statement --------------------------------------------------------------------
    def take(self, claim: Claim) -> None:
        start = perf_counter()
        before = len(self.lines)
        if claim.nature in (GIVEN, DEFINITION):
            self.give(claim)
        else:
            self.judge(claim)
        doubted = (LineVerdict.OPEN, LineVerdict.REFUTED)
        if claim.nature == CITED and any(line.verdict in doubted for line in self.lines[before:]):
            del self.lines[before:]
            self.give(claim)
        spent = (perf_counter() - start) / max(1, len(self.lines) - before)
        self.lines[before:] = [replace(line, seconds=spent) for line in self.lines[before:]]

    def give(self, claim: Claim) -> None:
        """What the document takes for granted is among the givens from here on."""
        signs = {link.sign for link in claim.chain.links}
        try:
            if signs <= {"~", "∈"}:
                if signs == {"~"}:
                    for one in self.understanding.law(claim.chain):
                        self.remember(claim, one, lasting=True)
                self.line(claim, None, LineVerdict.GIVEN)
                return
            made = tuple(self.understanding.given(claim.chain, claim.nature == DEFINITION))
        except NotUnderstood as error:
            self.understanding.unheard_of(claim.chain)
            self.unread(claim, claim.chain.links[0] if claim.chain.links else None, error)
            return
        for one in made:
            self.remember(claim, one, lasting=True)
        self.line(claim, None, LineVerdict.GIVEN, reading="; ".join(_said(one) for one in made))

    def remember(self, claim: Claim, thing: Any, lasting: bool = False) -> None:
        if lasting:
            source = (
                next((link for link in claim.links if not link.startswith("#")), "") if claim.nature == CITED else ""
            )
            self.understanding.keep(Lasting(thing, claim.unit, claim.chain.start.at(0), source))
        for label in (*claim.display.labels, claim.display.tag):
            if label:
                self.labelled.setdefault(label, []).append(thing)

    def judge(self, claim: Claim) -> None:
        """Judge each link of a chain, whatever becomes of the others."""
        if not claim.chain.links and not claim.equivalent:
            message = "a bracket or a brace is not closed"
            self.unread(claim, None, NotUnderstood(message, claim.chain.start.at(0), "unbalanced", ("close it",)))
            return
        if claim.equivalent:
            claim = self.equivalence(claim)
        terms = self.sides(claim)
        try:
            given = (*self.understanding.givens(claim.unit), *self.premises(claim))
        except NotUnderstood as error:
            self.unread(claim, claim.chain.links[0] if claim.chain.links else None, error)
            return
        quoted = tuple(thing for link in claim.links for thing in self.pages.stated(link))
        given = (*given, *(thing for thing in quoted if all(repr(thing) != repr(one) for one in given)))
        if self.options.defined or self.understanding.defined:
            given = (*given, *self.understanding.everything_defined())
        runs = _runs(claim.chain.links, terms)
        for links, sides in runs:
            if self.options.read_only and not any(isinstance(side, NotUnderstood) for side in sides):
                continue
            if any(isinstance(side, NotUnderstood) for side in sides):
                culprit = next(side for side in sides if isinstance(side, NotUnderstood))
                self.unread(claim, links[0], culprit)
            else:
                self.chain(claim, links, sides, given, whole=len(links) == len(claim.chain.links))

    def sides(self, claim: Claim) -> list[Any]:
        """The expressions of a chain, each a term or why it could not be read."""
        if claim.equivalent:
            return [self.understanding.try_statement(chain) for chain in claim.equivalent]
        bodies = [link.approach() or (link.body,) for link in claim.chain.links]
        return [self.understanding.try_read(part) for part in (claim.chain.start, *(body[0] for body in bodies))]

    def approach(self, link: Link) -> tuple[Term, ...]:
        """Of which variable a line speaks, and where it goes, where the line says so."""
        said = link.approach()
        if said is None:
            return ()
        return tuple(self.understanding.read(part) for part in said[1:])

    def equivalence(self, claim: Claim) -> Claim:
        """Statements joined by ⟺ as one chain, whose lines are these statements."""
        statements = (claim.chain, *claim.equivalent)
        links = tuple(Link("<=>", chain.whole, chain.reason, chain.start.at(0), chain.row) for chain in statements[1:])
        joint = Chain(claim.chain.whole, links, claim.chain.word, claim.chain.row)
        return replace(claim, chain=joint, equivalent=statements)

    def premises(self, claim: Claim) -> list[Any]:
        """What holds for this statement alone: "if X ≤ Y", what it follows from."""
        made: list[Any] = []
        for thing in claim.conditions:
            if isinstance(thing, Stated) and thing.chain is not None and thing.kind in ("relation", "definition"):
                made += self.understanding.given(thing.chain, False)
        for chain in claim.premises:
            made += (
                self.understanding.law(chain)
                if any(link.sign == "~" for link in chain.links)
                else (self.understanding.given(chain, False))
            )
        return made

    def chain(
        self, claim: Claim, links: Sequence[Link], sides: Sequence[Term], given: tuple[Any, ...], whole: bool
    ) -> None:
        """A stretch of a chain that could be read."""
        try:
            bare = derive(sides[0], given=given)
        except TermError as error:
            self.wrong(claim, links, sides, str(error))
            return
        named, unproved = self.named(claim)
        chain = bare
        facts = facts_of(bare.given, provers(), tuple(sides))
        around = [result for unit, result in self.results if unit == claim.unit][-RESULTS:]
        around += [result for unit, result in self.results if unit != claim.unit][-RESULTS:]
        for link, rhs in zip(links, sides[1:], strict=True):
            try:
                step = relation(chain.end, "=" if link.sign == ":=" else link.sign, rhs)
                at = self.approach(link)
                step = Relation(step.lhs, step.sign, step.rhs, *at)
                own = [*self.over(link), *named]
                before = [r for r in around if r not in own]
                found = search(step, given, facts, self.known, own, before, false=partial(_is_false, step, given))
                variable, point = at or (None, None)
                chain = chain.link(step.sign, rhs, variable, point, found.reasons)
            except (TermError, NotUnderstood) as error:
                self.wrong(claim, [link], [chain.end, rhs], str(error))
                chain = derive(rhs, given=given)
                continue
            spot = self.made.document.sources.spot(link.at)
            chain = _placed(chain, Place(spot.file, spot.line))
        if not chain.steps:
            return
        self.count += 1
        label = f"({claim.label})" if claim.label else ""
        name = label or f"line {self.made.document.sources.spot(links[0].at).line}"
        chain = _finished(chain, name)
        self.chains.append(chain)
        self.ends.append((claim.unit, chain))
        report = check(chain, reproduce=self.options.reproduce, known=self.known, limits=self.options.limits)
        self.report(claim, links[len(links) - len(chain.steps) :], chain, report, unproved)
        if whole and chain.statement is not None:
            self.settle(claim, chain, report)

    def settle(self, claim: Claim, chain: Derivation, report: Report) -> None:
        """What was proved may be cited by what follows; what was not is known by its label."""
        if report.verdict is Verdict.PROVED and not report.problems:
            self.results.append((claim.unit, chain))
            self.remember(claim, chain)
        else:
            for label in (*claim.display.labels, claim.display.tag):
                if label:
                    self.unproved[label] = report.verdict.value.lower()

    # -- the reasons that are named -----------------------------------------------------------
    def named(self, claim: Claim) -> tuple[list[Any], list[str]]:
        """What the sentence before a display names: results, givens, rules; and those that are not proved."""
        found: list[Any] = []
        unproved: list[str] = []
        for name in named_reasons(claim):
            label = name.lstrip("#")
            if label in self.labelled:
                found += self.labelled[label]
            elif label in self.unproved:
                unproved.append(label)
        for said in self.made.units[claim.unit].asks:  # "Use Eq. 2 and Eq. 3 to …"
            for label in re.findall(r"\((\d+[a-z]?)\)|\b[Ee]q(?:uation|s)?\.?\s*(\d+)", said.text):
                found += self.labelled.get(label[0] or label[1], [])
        found += [thing for link in claim.links for thing in self.pages.stated(link)]
        found += rules_in(claim.lead)
        return list({id(one): one for one in found}.values()), list(dict.fromkeys(unproved))

    def over(self, link: Link) -> list[Any]:
        """What stands above the sign of a link, or beside its line."""
        found: list[Any] = []
        for label in re.findall(r"ref\{([^{}]*)\}|\((\d+[a-z]?)\)", link.over):
            found += self.labelled.get(label[0] or label[1], [])
        for name in re.findall(r"([^\s,;$]+)\$? as a free variable", link.over):
            symbol = self.understanding.names.get(key_of(name))
            found += [FreeVariable(symbol)] if isinstance(symbol, Symbol) else []
        return found + rules_in(link.over)

    # -- what is reported ------------------------------------------------------------------------
    def report(
        self, claim: Claim, links: Sequence[Link], chain: Derivation, report: Report, unproved: Sequence[str]
    ) -> None:
        for link, step in zip(links, report.steps, strict=True):
            verdict = verdict_of(step)
            problem, tries, cause = step.finding.problem, step.finding.tries, ""
            doubt = self.understanding.doubt(step.link) if verdict is LineVerdict.REFUTED else ""
            if verdict is LineVerdict.REFUTED and not doubt:
                doubt = self.unsettled_before(claim, step.link)
            if verdict is not LineVerdict.PROVED:
                settled = verdict is LineVerdict.REFUTED and not doubt
                where = claim.display.outer if settled else None  # what is refuted is in doubt in its own display alone
                self.unsettled.append((claim.unit, where, heads_of(step.link), link.body.text))
            if doubt:
                verdict, cause, tries = LineVerdict.OPEN, "a given that is not understood", ()
                problem = f"it is false for what is understood of the givens; but {doubt} is not"
            elif verdict is LineVerdict.PROVED and report.problems:
                verdict, problem, cause = LineVerdict.OPEN, "; ".join(report.problems), "the chain as a whole"
                tries = ()
            elif verdict is LineVerdict.OPEN and report.problems:
                problem, cause, tries = "; ".join(report.problems), "the chain as a whole", ()
            elif verdict is LineVerdict.OPEN and claim.nature == STATEMENT and self.lacking_proof(claim):
                problem = f"no line of the proof reaches it; {problem}"
                cause = "the proof does not reach it"
            elif verdict is LineVerdict.OPEN:
                cause = _cause(step.finding)
                if unproved:
                    problem = f"it is said to follow from ({unproved[0]}), which is {self.unproved[unproved[0]]}"
                    cause, tries = "rests on what is not proved", (f"prove ({unproved[0]}) first",)
            self.line(
                claim, link, verdict, reading=_reading(step), by=step.by, problem=problem, tries=tries, cause=cause,
                step=step, report=report, rests_on=report.rests_on,
                given=tuple(self.understanding.about(step.link, chain.given)),
            )  # fmt: skip

    def unsettled_before(self, claim: Claim, link: Relation) -> str:
        """What a line may follow from, and was not proved or read: with it, the line may be true."""
        if _SETS.search(claim.lead):
            return "what the sentence before it asks for"
        own = heads_of(link)
        for unit, display, heads, said in reversed(self.unsettled):
            if unit == claim.unit and display in (None, claim.display.outer) and heads & own:
                return f"`{' '.join(said.split())}` before it"
        return ""

    def lacking_proof(self, claim: Claim) -> bool:
        """There is a proof beside the statement, and it is not what fails."""
        return any(other.unit == claim.unit and other.nature == CLAIM for other in self.made.claims)

    def unread(self, claim: Claim, link: Link | None, error: NotUnderstood) -> None:
        self.understanding.lacks(error)
        about = self.understanding.heads(claim.chain.whole.text)
        self.unsettled.append((claim.unit, None, about, link.body.text if link is not None else claim.chain.whole.text))
        self.line(
            claim, link, LineVerdict.UNREAD, problem=error.message, tries=error.tries, cause=error.cause,
            readings=error.readings, at=error.offset,
        )  # fmt: skip

    def wrong(self, claim: Claim, links: Sequence[Link], sides: Sequence[Term], message: str) -> None:
        for link in links:
            self.line(claim, link, LineVerdict.UNREAD, problem=message, cause="no statement", reading=str(sides[0]))

    def line(self, claim: Claim, link: Link | None, verdict: LineVerdict, at: int | None = None, **more: Any) -> None:
        offset = link.at if link is not None else claim.chain.start.at(0)
        sources = self.made.document.sources
        body = link.body if link is not None and verdict is not LineVerdict.GIVEN else claim.chain.whole
        self.lines.append(
            LineReport(
                sources.spot(at if at is not None else offset),
                body.text,
                verdict,
                claim.label,
                sign=link.sign if link is not None else "",
                nature=claim.nature,
                offset=offset,
                outer=claim.display.outer,
                end=self.end_of(body),
                **more,
            )
        )

    def end_of(self, body: Extract) -> int:
        """Where a line ends, if that is a place in the document where something can be put in."""
        end = body.end
        last = body.at(len(body) - 1) if len(body) else -1
        own = len(self.made.document.sources.files[0][2])
        return end if last < end <= own else -1


def _is_false(link: Relation, given: tuple[Any, ...]) -> bool:
    """Some model of what is given refutes the link: then no reason is looked for."""
    from derivations.models.search import refute

    return refute(link, given) is not None


def _runs(links: Sequence[Link], terms: Sequence[Any]) -> Iterator[tuple[list[Link], list[Any]]]:
    """The stretches of a chain between what could not be read; each link that touches it by itself."""
    stretch: list[Link] = []
    sides: list[Any] = [terms[0]]
    for link, left, right in zip(links, terms, terms[1:], strict=False):
        bad = isinstance(left, NotUnderstood) or isinstance(right, NotUnderstood)
        if not bad and link.sign not in JUDGED and not (link.sign in ("~", "->") and link.approach()):
            right_of = NotUnderstood(f"lines with `{link.sign}` are not judged", link.at, "sign not judged")
            bad, left = True, right_of
        if bad:
            if stretch:
                yield stretch, sides
            yield [link], [left, right]
            stretch, sides = [], [right]
        else:
            stretch, sides = [*stretch, link], [*sides, right]
    if stretch:
        yield stretch, sides


def _placed(chain: Derivation, place: Place) -> Derivation:
    last = replace(chain.steps[-1], place=place)
    return replace(chain, steps=(*chain.steps[:-1], last), place=chain.place if chain.steps[:-1] else place)


def _finished(chain: Derivation, name: str) -> Derivation:
    """The chain with what it proves as its statement, where its relations compose."""
    from derivations.kernel.chain import statement_of

    stated = statement_of(chain)
    return replace(chain, name=name, statement=stated)


def _said(thing: Any) -> str:
    """What is given, as text."""
    return reason_name(thing) if isinstance(thing, Derivation) else sentence(assumption(thing))


def _reading(step: StepReport) -> str:
    from derivations.terms.printing import TEXT

    return f"{TEXT(step.link.lhs)} {TEXT.sign(step.link.sign)} {TEXT(step.link.rhs)}"


def _cause(finding: Finding) -> str:
    """Why a line is open, in a word."""
    if finding.problem.startswith("the condition"):
        return DEFINED
    if "budget" in finding.problem or "for ever" in finding.problem:
        return "too much work"
    if "same line" in finding.problem:
        return "the same line"
    return "no reason found"


def outside(term: Term, wanted: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """The quantities in a term that are none of these, and those of these that are not in it."""
    found: list[Term] = []
    met: set[Term] = set()

    def visit(part: Term) -> None:
        if part in wanted:
            met.add(part)
        elif isinstance(part, (Symbol, Entry, Component, Apply)):
            if part not in found:
                found.append(part)
        else:
            scope = part.scope()
            for child in part.children:
                if scope is None or child not in scope.bound:
                    visit(child)

    visit(term)
    return found, [one for one in wanted if one not in met]


_SETS = re.compile(
    r"\b(?:set(?:ting)?|solv\w+|zero|vanish\w*|roots?|requires?|must|demand\w*|condition)\b", re.IGNORECASE
)
"""Words before an equation that is to be solved, and holds at its solutions alone."""

_RULE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"independen", ("expectation-of-independent-product", "variance-of-independent-sum", "covariance-of-independent")),
    (r"linearity|linear", ("linearity-of-expectation", "linearity-of-the-derivative", "linearity-of-the-integral")),
    (r"total expectation", ("law-of-total-expectation",)),
    (r"tower", ("tower-property",)),
    (r"markov", ("markov-property",)),
    (r"logarithm", ("logarithm-laws", "taking-logarithms")),
    (r"derivative|differentiat|chain rule", ("differentiation", "chain-rule")),
    (r"product rule", ("product-rule",)),
    (r"quotient rule", ("quotient-rule",)),
    (r"geometric", ("geometric-series", "geometric-sum")),
    (r"telescop", ("telescoping-sum",)),
    (r"variance", ("variance-definition", "variance-scaling", "variance-of-sum", "variance-of-independent-sum")),
    (r"covariance", ("covariance-definition", "bilinearity-of-covariance")),
    (r"jensen", ("jensen-inequality",)),
    (r"cauchy|schwarz", ("cauchy-schwarz",)),
    (r"triangle", ("triangle-inequality",)),
    (r"gaussian|normal", ("standard-gaussian", "isserlis")),
    (r"expected value", ("definition-of-expected-value", "linearity-of-expectation")),
    (r"fubini|exchang", ("fubini", "exchange-of-sums", "exchange-of-expectation-and-series")),
)


def rules_in(words: str) -> list[Any]:
    """The rules that some words name: their own names, or what people call them."""
    from derivations.rules import rules

    known = rules()
    low = words.lower()
    found = [rule for name, rule in known.items() if name.replace("-", " ") in low or name in low]
    for pattern, names in _RULE_WORDS:
        if re.search(pattern, low):
            found += [known[name] for name in names if name in known and known[name] not in found]
    return found


__all__ = ["Chain", "Declared", "Extract", "Options", "Relation", "joined", "judge_document", "judge_file"]
