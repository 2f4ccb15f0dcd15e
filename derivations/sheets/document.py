"""The sheet as a document: what every format shows, before it is a format.

Built from derivations and their reports, and only read from them: nothing
here judges anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from derivations.catalogue import Loaded
from derivations.derivation import Derivation, reason_name
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule
from derivations.kernel.report import Report, StepReport, Verdict
from derivations.terms.functions import Apply
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, as_term


@dataclass(frozen=True)
class Words:
    """Prose, to be escaped by the format."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula set from its term; `sign` overrides the relation sign (`:=` for a definition)."""

    term: Term
    defines: bool = False


Inline = Words | Formula


@dataclass(frozen=True)
class Line:
    """One link: the relation sign, the right side, and why it follows.

    verdict: None on a sheet that was not checked
    """

    link: Relation
    reasons: tuple[tuple[Inline, ...], ...]
    equation: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Chain:
    """One derivation as it is shown.

    given:    what it assumes, as declared
    declared: what its symbols were declared to be (`C > 0`), as far as that is more than "a real number"
    """

    name: str
    start: Term
    lines: tuple[Line, ...]
    given: tuple[tuple[Inline, ...], ...] = ()
    declared: tuple[Term, ...] = ()
    stated: Relation | None = None
    verdict: Verdict | None = None
    rests_on: tuple[tuple[Inline, ...], ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One exercise: its name on the sheet, what it is about, its chains.

    given, declared: what all its chains assume alike
    """

    exercise: str
    title: str
    prose: str
    chains: tuple[Chain, ...]
    given: tuple[tuple[Inline, ...], ...] = ()
    declared: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Section:
    """A chapter of the sheet."""

    title: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole document."""

    title: str
    sections: tuple[Section, ...]


def sheet(title: str, checked: Iterable[tuple[Loaded, Report | None]]) -> Sheet:
    """Compose the sheet, in the order given; what stands in one file makes one problem."""
    sections: dict[str, dict[Any, list[tuple[Loaded, Report | None]]]] = {}
    for loaded, report in checked:
        source = loaded.entry.source
        sections.setdefault(source.section, {}).setdefault(source.path, []).append((loaded, report))
    return Sheet(
        title,
        tuple(Section(name, tuple(_problem(group) for group in files.values())) for name, files in sections.items()),
    )


def _problem(group: Sequence[tuple[Loaded, Report | None]]) -> Problem:
    source = group[0][0].entry.source
    chains = [chain(*pair) for pair in group]
    # What all chains assume is said once, if there are several.
    first = chains[0] if len(chains) > 1 else replace(chains[0], given=(), declared=())
    given = tuple(g for g in first.given if all(g in other.given for other in chains))
    facts = tuple(f for f in first.declared if all(f in other.declared for other in chains))
    left = tuple(
        replace(
            one,
            given=tuple(g for g in one.given if g not in given),
            declared=tuple(f for f in one.declared if f not in facts),
        )
        for one in chains
    )
    return Problem(source.exercise, source.title, source.prose, left, given, facts)


def chain(loaded: Loaded, report: Report | None = None) -> Chain:
    """The chain as written, with the verdicts of its report if there is one."""
    made = loaded.derivation
    verdicts: Sequence[StepReport | None] = [None] * len(made.steps) if report is None else report.steps
    said = [proposition for proposition in map(said_by, made.given) if proposition is not None]
    lines = tuple(
        Line(step.link, tuple(reason(r) for r in step.reasons), step.equation, judged.verdict if judged else None)
        for step, judged in zip(made.steps, verdicts, strict=True)
    )
    shown = Chain(
        loaded.entry.name,
        made.start,
        lines,
        given=tuple(assumption(g) for g in made.given),
        declared=tuple(fact for fact in declared([*made.lines, *said]) if fact not in said),
        stated=made.statement,
    )
    if report is None:  # not `if report`: a report is false when something is not proved
        return shown
    called = _called(made)
    rests_on = tuple(called.get(name, (Words(name.replace("_", " ")),)) for name in report.rests_on)
    return replace(shown, verdict=report.verdict, rests_on=rests_on, problems=report.problems)


def _called(made: Derivation) -> dict[str, tuple[Inline, ...]]:
    """How the names of what a chain uses, itself or through what it cites, are set."""
    cited = [*made.given, *(r for step in made.steps for r in step.reasons)]
    called = {reason_name(r): reason(r) for r in cited}
    for other in cited:
        if isinstance(other, Derivation):
            called = _called(other) | called
    return called


# -- reasons and assumptions -----------------------------------------------------------
def reason(cited: Any) -> tuple[Inline, ...]:
    """A reason in its short form: its name where it has one, else what it says."""
    if isinstance(cited, Rule):
        return (Words(cited.name.replace("-", " ")),)
    if isinstance(cited, FreeVariable):
        return (Formula(cited.symbol), Words(" as a free variable"))
    if isinstance(cited, Cases):
        return (Words("cases on "), Formula(cited.on))
    if isinstance(cited, Definition) and cited.name.startswith(DEFINITION_OF):
        return (Words(DEFINITION_OF), Formula(_defined(cited.lhs)))
    name = getattr(cited, "name", "")
    if name:
        return (Words(str(name).replace("_", " ")),)
    said = said_by(cited)
    return (Formula(said) if said is not None else Words(str(cited)),)


DEFINITION_OF = "definition of "


def _defined(lhs: Term) -> Term:
    """What a definition is called after: the function without its arguments, or the symbol."""
    return Symbol(lhs.function.name) if isinstance(lhs, Apply) else lhs


def assumption(given: Any) -> tuple[Inline, ...]:
    """What was given, in full: a definition, a hypothesis, a law, an earlier result."""
    said = said_by(given)
    if said is None:
        return (Words(str(given)),)
    parts: list[Inline] = [Formula(said, defines=isinstance(given, Definition))]
    if isinstance(given, Hypothesis) and given.for_all:
        parts.append(Words(" for all "))
        for position, symbol in enumerate(given.for_all):
            parts += [Words(", "), Formula(symbol)] if position else [Formula(symbol)]
    return tuple(parts)


def said_by(cited: Any) -> Term | None:
    """The proposition that a reason states, if it states one."""
    if isinstance(cited, Term):
        return cited
    for attribute in ("relation", "statement", "on", "symbol"):
        said = getattr(cited, attribute, None)
        if isinstance(said, Term):
            return said
    return None


def declared(lines: Iterable[Term]) -> tuple[Term, ...]:
    """What the free symbols of these lines were declared to be, each once, in order of appearance."""
    members: dict[tuple[str, tuple[Term, ...]], list[Term]] = {}
    facts: list[Term] = []
    for symbol in dict.fromkeys(found for line in lines for found in _symbols(line)):
        kind, parts = _kind(symbol)
        if kind:
            members.setdefault((kind, parts), []).append(symbol)
        if kind in ("", "integer"):  # the others say it all
            facts += symbol.domain.facts(symbol)
    return (*(Member(tuple(names), kind, parts) for (kind, parts), names in members.items()), *facts)


def _symbols(term: Term, bound: frozenset[Symbol] = frozenset()) -> Iterator[Symbol]:
    """The free symbols of a term, and those in the sizes of what it mentions, as they appear."""
    if isinstance(term, Symbol) and term not in bound:
        yield term
    sizes = term.shape if isinstance(term, Symbol) else getattr(getattr(term, "family", None), "sizes", ())
    for size in sizes or ():
        yield from _symbols(size)
    scope = term.scope()
    below = bound | frozenset(scope.bound) if scope else bound
    for child in term.children:
        yield from _symbols(child, below)


def _kind(symbol: Symbol) -> tuple[str, tuple[Term, ...]]:
    """The set that a symbol was declared to belong to; "" where that is just the real numbers."""
    domain = symbol.domain
    if symbol.shape:
        return "real", symbol.shape
    if domain.kind == "finite":
        return "finite", domain.values
    if domain.kind == "integer" and domain.lower is not None and domain.upper is not None and not domain.nonzero:
        return "range", (domain.lower, domain.upper)
    if domain.kind == "integer":
        from_one = domain.lower == as_term(1) and domain.upper is None and not domain.nonzero
        return ("positive integer" if from_one else "integer"), ()
    return "", ()


class Member(Term):
    """`a ∈ {0, 1}`, `i ∈ {1, …, n}`, `θ ∈ ℝ^d`, `m, n ∈ ℤ`: how declarations are read. Only ever shown."""

    symbols: tuple[Term, ...]
    kind: str
    parts: tuple[Term, ...] = ()

    shape = None

    def show(self, p: Any) -> str:
        from derivations.terms.printing import Latex

        latex = isinstance(p, Latex)
        inside = [p(part) for part in self.parts]
        if self.kind == "finite":
            space = (r"\{" if latex else "{") + ", ".join(inside) + (r"\}" if latex else "}")
        elif self.kind == "range":
            space = rf"\{{{inside[0]}, \dots, {inside[1]}\}}" if latex else f"{{{inside[0]}, …, {inside[1]}}}"
        elif self.kind == "real":
            space = rf"\mathbb{{R}}^{{{inside[0]}}}" if latex else f"ℝ^{inside[0]}"
        else:
            letter, low = (r"\mathbb{Z}", r"_{\geq 1}") if latex else ("ℤ", "_{≥1}")
            space = letter + (low if self.kind == "positive integer" else "")
        return ", ".join(p(symbol) for symbol in self.symbols) + (r" \in " if latex else " ∈ ") + space
