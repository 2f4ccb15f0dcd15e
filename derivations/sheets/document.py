"""From derivations and their reports to the document: chains, reasons, assumptions.

Only read from them: nothing here judges anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from derivations.catalogue import Loaded
from derivations.derivation import Derivation, reason_name
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule
from derivations.kernel.report import Report, StepReport, Verdict
from derivations.sheets import formulas
from derivations.sheets.formulas import formula
from derivations.sheets.model import Chain, Inline, Line, Link, RuleText, Run, Words, rule_words
from derivations.sheets.notation import rows
from derivations.terms.functions import Apply
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, as_term


def chain(loaded: Loaded, report: Report | None = None) -> Chain:
    """The chain as written, with the verdicts of its report if there is one."""
    made = loaded.derivation
    verdicts: Sequence[StepReport | None] = [None] * len(made.steps) if report is None else report.steps
    said = [proposition for proposition in map(said_by, made.given) if proposition is not None]
    draft = report is not None and report.verdict is not Verdict.PROVED
    shown = Chain(
        loaded.entry.name,
        formula(made.start),
        tuple(_line(step, judged, draft) for step, judged in zip(made.steps, verdicts, strict=True)),
        given=tuple(assumption(g) for g in made.given),
        declared=tuple(formula(fact) for fact in declared([*made.lines, *said]) if fact not in said),
        stated=formulas.stated(made.statement) if made.statement is not None else None,
        rules=tuple(_rules(made)),
        called=made.title if made.title != loaded.entry.source.title else "",
        notation=tuple(rows([*made.lines, *said])),
    )
    if report is None:  # not `if report`: a report is false when something is not proved
        return shown
    called = _called(made)
    rests_on = tuple(called.get(name, (Words(name.replace("_", " ")),)) for name in report.rests_on)
    remarks = tuple(f"{said[:1].upper()}{said[1:]}." for said in (*report.problems, *_as_read(report)))
    return replace(shown, verdict=report.verdict.value, rests_on=rests_on, remarks=remarks)


def _as_read(report: Report) -> Iterator[str]:
    """The notes on the chain as a whole; those on its lines stand beside them, in a draft."""
    of_lines = {f"step {step.number}: {note}" for step in report.steps for note in step.finding.notes}
    yield from (note for note in report.notes if note not in of_lines)


def _line(step: Any, judged: StepReport | None, draft: bool) -> Line:
    """A line, its reasons without those that were not needed; a draft says of them that they were not."""
    link = step.link
    idle = judged.finding.idle if judged is not None else ()
    reasons = [reason(r) for r in step.reasons if reason_name(r) not in idle]
    if draft:
        reasons += [(*reason(r), Words(" (not needed)")) for r in step.reasons if reason_name(r) in idle]
    return Line(
        formulas.sign(link.sign),
        formula(link.rhs),
        tuple(reasons),
        formulas.approach(link),
        step.equation or "",
        judged.verdict.value if judged else "",
    )


def _called(made: Derivation) -> dict[str, Run]:
    """How the names of what a chain uses, itself or through what it cites, are set."""
    cited = made.reasons
    called = {reason_name(r): reason(r) for r in cited}
    for other in cited:
        if isinstance(other, Derivation):
            called = _called(other) | called
    return called


def _rules(made: Derivation) -> Iterator[RuleText]:
    """The rules that its steps cite, for the appendix."""
    cited = (r for step in made.steps for r in step.reasons if isinstance(r, Rule))
    for rule in dict.fromkeys(cited):
        yield RuleText(rule.name, rule.statement, rule.conditions, rule.source)


# -- reasons and assumptions -----------------------------------------------------------
def reason(cited: Any) -> Run:
    """A reason in its short form: its name where it has one, else what it says."""
    if isinstance(cited, Rule):
        return (Link(f"rule {cited.name}", (Words(rule_words(cited.name)),)),)
    if isinstance(cited, Derivation):
        return (result(cited),)
    if isinstance(cited, FreeVariable):
        return (formula(cited.symbol), Words(" as a free variable"))
    if isinstance(cited, Cases):
        return (Words("cases on "), formula(cited.on))
    if isinstance(cited, Definition) and cited.name.startswith(DEFINITION_OF):
        return (Words(DEFINITION_OF), formula(_defined(cited.lhs)))
    name = getattr(cited, "name", "")
    if name:
        return (Words(str(name).replace("_", " ")),)
    said = said_by(cited)
    return (formula(said) if said is not None else Words(str(cited)),)


def result(cited: Derivation) -> Link:
    """A reference to a result: the number of its last numbered equation, else its name."""
    numbers = [step.equation for step in cited.steps if step.equation]
    words = f"({numbers[-1]})" if numbers else cited.name.rpartition(".")[2].replace("_", " ")
    return Link(cited.name, (Words(words or "an earlier result"),), cited.exercise)


DEFINITION_OF = "definition of "


def _defined(lhs: Term) -> Term:
    """What a definition is called after: the function without its arguments, or the symbol."""
    return Symbol(lhs.function.name) if isinstance(lhs, Apply) else lhs


def assumption(given: Any) -> Run:
    """What was given, in full: a definition, a hypothesis, a law, an earlier result."""
    said = said_by(given)
    if said is None:
        return (Words(str(given)),)
    shown = formulas.defining(given.relation) if isinstance(given, Definition) else formula(said)
    parts: list[Inline] = [shown]
    if isinstance(given, Hypothesis) and given.for_all:
        parts.append(Words(" for all "))
        for position, symbol in enumerate(given.for_all):
            parts += [Words(", "), formula(symbol)] if position else [formula(symbol)]
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
            power = (r" \times " if latex else " × ").join(inside)
            space = rf"\mathbb{{R}}^{{{power}}}" if latex else f"ℝ^{power}" if len(inside) == 1 else f"ℝ^({power})"
        else:
            letter, low = (r"\mathbb{Z}", r"_{\geq 1}") if latex else ("ℤ", "_{≥1}")
            space = letter + (low if self.kind == "positive integer" else "")
        return ", ".join(p(symbol) for symbol in self.symbols) + (r" \in " if latex else " ∈ ") + space
