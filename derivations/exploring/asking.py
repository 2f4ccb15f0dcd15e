"""Questions to a chain: why a link holds, what is in the way of another, what it is for given numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from derivations.checking import check
from derivations.context.facts import facts_of
from derivations.decide import provers
from derivations.derivation import Derivation, derive
from derivations.exploring.naming import name_all
from derivations.exploring.showing import MARKS, Words, text
from derivations.kernel.conditions import discharge
from derivations.kernel.instance import inside, spoken
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis
from derivations.kernel.report import Certificate, StepReport, Verdict
from derivations.terms.defined import defined
from derivations.terms.families import Family
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError, as_term


# -- why it holds ----------------------------------------------------------------------
def explain(chain: Derivation, number: int) -> Words:
    """The certificate of a link in words, or what is in its way. Links are counted from 1."""
    report = check(name_all(chain), reproduce=False)
    if not isinstance(number, int) or not 1 <= number <= len(report.steps):
        raise TermError(f"there is no step {number}: the chain has {len(report.steps)}, counted from 1")
    step = report.steps[number - 1]
    if step.finding.certificate is None:
        return Words(text(step))
    lines = [f"step {number}  {MARKS[step.verdict]}  {step.link.text}", *_certificate(step.finding.certificate)]
    return Words("\n".join([*lines, *_conditions(step)]))


def _conditions(step: StepReport) -> Iterator[str]:
    """What had to be known, by what made it known."""
    by: dict[str, list[str]] = {}
    for condition in step.finding.conditions:
        source = ", ".join(condition.discharged_by or ()) or "what is written"
        stated = condition.statement.text.replace(" ", "\N{NO-BREAK SPACE}")  # broken between them alone
        if condition.statement.text != source and stated not in by.setdefault(source, []):
            by[source].append(stated)
    for source, stated_by in by.items():
        if stated_by:
            said = f"where, by {source}:  {',  '.join(stated_by)}"
            rows = textwrap.wrap(said, 100, initial_indent="  ", subsequent_indent="    ")
            yield from (row.replace("\N{NO-BREAK SPACE}", " ") for row in rows)


def _certificate(certificate: Certificate, indent: str = "  ") -> Iterator[str]:
    for rewrite in certificate.rewrites:
        side = {"lhs": "left side", "rhs": "right side"}.get(rewrite.side, rewrite.side)
        yield f"{indent}by {rewrite.reason}, in the {side}:  {rewrite.before.text}  becomes  {rewrite.after.text}"
    for label, branch in certificate.cases:
        yield f"{indent}if {label}:"
        yield from _certificate(branch, indent + "  ")
    if not certificate.cases:
        rests = f", resting on {', '.join(certificate.grounds)}" if certificate.grounds else ""
        yield f"{indent}then both sides agree by {certificate.closing.replace('-', ' ')}{rests}"


def stands_for(chain: Derivation) -> Words:
    """What the proofs took from `defined`: the conditions, each once, with the first link that needs it."""
    found: dict[str, str] = {}
    for step in check(name_all(chain), reproduce=False).steps:
        for condition in step.finding.conditions:
            if defined.text in (condition.discharged_by or ()):
                found.setdefault(condition.statement.text, f"{condition.statement.text}   (step {step.number})")
    return Words("\n".join(found.values()) or "nothing rests on it")


def why_not(chain: Derivation, lhs: Any, rhs: Any, by: Any = None) -> Words:
    """What blocks the proof of lhs = rhs under the givens of the chain; a witness if it is false."""
    step: StepReport = check(derive(lhs, chain.given).eq(rhs, by=by), reproduce=False).steps[0]
    if step.verdict is Verdict.PROVED:
        return Words(f"nothing is in the way: {step.link.text} is proved")
    return Words(text(step))


# -- for given numbers -------------------------------------------------------------------
def at(chain: Derivation, values: dict[str, Any]) -> Derivation:
    """The whole chain with numbers for some of its symbols, what it is given and what it cites included.

    Raises TermError for a name that does not occur free, and for a number that
    was excluded when the symbol was declared.
    """
    occurring = _symbols(name_all(chain))
    changes: dict[Term, Term] = {}
    for name, value in values.items():
        found = [symbol for symbol in occurring if symbol.name == name]
        if not found:
            raise TermError(f"no symbol {name!r} occurs; there are {', '.join(sorted({s.name for s in occurring}))}")
        for symbol in found:
            nothing = facts_of((), provers())
            for condition in inside(spoken((symbol,)), {symbol: as_term(value)}, nothing):
                if discharge(condition, nothing) is None:
                    raise TermError(f"`{symbol}` cannot be {value}: it was declared so that `{condition}` holds")
            changes[symbol] = as_term(value)
    return _Specialised(changes).chain(chain)


def _symbols(chain: Derivation) -> set[Symbol]:
    """The free symbols of the lines and of what is given, and those in the sizes of what they mention."""
    found: set[Symbol] = set()
    for line in (*chain.lines, *(getattr(given, "relation", given) for given in chain.given)):
        if isinstance(line, Term):
            found |= line.free
            for node in line.walk():
                for size in _sizes(node):
                    found |= size.free
    return found


def _sizes(node: Term) -> Iterator[Term]:
    for family in (getattr(node, "family", None), *getattr(node, "families", ())):
        yield from getattr(family, "sizes", ())
    yield from node.shape or ()


def _still_says(reason: Any) -> bool:
    """Cases of what has become a number are no cases."""
    return not isinstance(reason, Cases) or isinstance(reason.on, (Symbol, Relation))


class _Specialised:
    """Replaces symbols by numbers, in terms, in the sizes of families, and in what is cited."""

    def __init__(self, changes: dict[Term, Term]) -> None:
        self.changes = changes
        self.done: dict[int, Any] = {}

    def chain(self, chain: Derivation) -> Derivation:
        steps = tuple(
            replace(step, link=self.term(step.link), reasons=tuple(filter(_still_says, map(self.reason, step.reasons))))
            for step in chain.steps
        )
        statement = None if chain.statement is None else self.term(chain.statement)
        given = tuple(made for made in map(self.reason, chain.given) if not _settled(made))
        return replace(chain, start=self.term(chain.start), given=given, steps=steps, statement=statement)

    def reason(self, reason: Any) -> Any:
        if id(reason) not in self.done:
            self.done[id(reason)] = self._reason(reason)
        return self.done[id(reason)]

    def _reason(self, reason: Any) -> Any:
        match reason:
            case Derivation():  # it holds for all that its givens do not speak of
                there = self._only(_fixed(reason))
                return there.chain(reason) if there.changes else reason
            case Definition():
                there = self._only(self.changes.keys() - set(reason.parameters))
                return replace(reason, lhs=there.term(reason.lhs), rhs=there.term(reason.rhs))
            case Hypothesis():
                there = self._only(self.changes.keys() - set(reason.for_all))
                return replace(reason, relation=there.term(reason.relation))
            case Cases():
                return replace(reason, on=self.term(reason.on))
            case FreeVariable():
                return reason
            case Term():
                return self.term(reason)
        return reason

    def _only(self, symbols: Collection[Term]) -> _Specialised:
        """The same for these symbols alone."""
        changes = {symbol: value for symbol, value in self.changes.items() if symbol in symbols}
        return self if changes == self.changes else _Specialised(changes)

    def term(self, term: Any) -> Any:
        return self._sized(term).substitute(self.changes)

    def _sized(self, term: Term) -> Term:
        """The same term about families, vectors and functions whose sizes are given numbers."""
        fields = [self._field(value) for value in term.fields]
        return term if all(a is b for a, b in zip(fields, term.fields, strict=True)) else type(term)(*fields)

    def _field(self, value: Any) -> Any:
        if isinstance(value, Family):
            sizes = tuple(size.substitute(self.changes) for size in value.sizes)
            return value if sizes == value.sizes else replace(value, sizes=sizes)
        if hasattr(value, "size") and isinstance(getattr(value, "size", None), tuple) and value.size:
            return replace(value, size=tuple(size.substitute(self.changes) for size in value.size))
        if isinstance(value, Term):
            return self._sized(value)
        if isinstance(value, tuple):
            made = tuple(self._field(part) for part in value)
            return value if all(a is b for a, b in zip(made, value, strict=True)) else made
        return value


def _fixed(chain: Derivation) -> set[Symbol]:
    """The symbols of which its givens speak at one value, and those in sizes."""
    found: set[Symbol] = set()
    for given in chain.given:
        said = getattr(given, "relation", given)
        if isinstance(said, Term):
            found |= said.free - set(getattr(given, "parameters", ())) - set(getattr(given, "for_all", ()))
    for line in (*chain.lines, *(getattr(given, "relation", given) for given in chain.given)):
        for node in line.walk() if isinstance(line, Term) else ():
            found = found.union(*(size.free for size in _sizes(node)))
    return found


def _settled(given: Any) -> bool:
    """A hypothesis about numbers alone (`8 > 0`) is no hypothesis any more."""
    return (
        isinstance(given, Hypothesis)
        and not given.relation.free
        and discharge(given.relation, facts_of((), provers())) is not None
    )
