"""From an exercise file to its piece of a sheet: statement, chains, remarks, figures, errata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from derivations.catalogue import CatalogueError, Loaded, Source, shown
from derivations.derivation import Derivation
from derivations.kernel.report import Report, Verdict
from derivations.sheets import document, figures, python_definitions, table
from derivations.sheets.assembling import assembled
from derivations.sheets.document import assumption
from derivations.sheets.formulas import formula
from derivations.sheets.model import (
    Code,
    Display,
    Formula,
    Inline,
    Paragraph,
    Piece,
    Problem,
    Run,
    Sheet,
    Slip,
    Text,
    Words,
)  # fmt: skip
from derivations.terms.printing import LATEX
from derivations.terms.term import Term, TermError
from derivations.writing import Backup, Declared, Erratum, InPython, Plot, Prose

Checked = tuple[Loaded, Report | None]


def sheet(title: str, checked: Sequence[Checked], **details: Any) -> Sheet:
    """The sheet of these chains in the order given; what stands in one file makes one problem."""
    groups: dict[Any, list[Checked]] = {}
    for pair in checked:
        groups.setdefault(pair[0].entry.source.path, []).append(pair)
    found = [(group[0][0].entry.source, group) for group in groups.values()]
    pieces = [(source.section, piece(source, group)) for source, group in found]
    return assembled(title, pieces, **details)


def piece(source: Source, group: Sequence[Checked], module: Any = None) -> Piece:
    """What one file gives to a sheet. Raises CatalogueError if an erratum is not borne out."""
    problem = _problem(source, [document.chain(*pair) for pair in group], module)
    errata = tuple(_slip(one, source) for one in _written(module, "ERRATA", source))
    return Piece(problem, errata, tuple(table.judged(report) for _, report in group if report is not None))


def _problem(source: Source, chains: Sequence[document.Chain], module: Any) -> Problem:
    statement, remark = _written(module, "PROBLEM", source), _written(module, "REMARK", source)
    # What all chains assume is said once, if there are several.
    first = chains[0] if len(chains) > 1 else None
    given = tuple(g for g in first.given if all(g in other.given for other in chains)) if first else ()
    facts = tuple(f for f in first.declared if all(f in other.declared for other in chains)) if first else ()
    left = tuple(
        replace(
            one,
            given=tuple(g for g in one.given if g not in given),
            declared=tuple(f for f in one.declared if f not in facts),
        )
        for one in chains
    )
    # The docstring says what is asked, unless PROBLEM does; then it is a remark.
    words = tuple(Paragraph((Words(" ".join(part.split())),)) for part in source.prose.split("\n\n") if part)
    said = words if statement is not None else ()
    return Problem(
        source.exercise,
        source.title,
        (words or _to_show(chains)) if statement is None else text(statement),
        left,
        given,
        facts,
        tuple(_code(one, source) for one in _written(module, "PYTHON", source)),
        said if remark is None else text(remark),
        tuple(figures.drawn(one, running) for one in _written(module, "FIGURES", source)),
        getattr(module, "POINTS", ""),
    )


def _to_show(chains: Sequence[document.Chain]) -> Text:
    """What is asked where nobody says it: what the chains end in."""
    return tuple(Paragraph((Words("Show that "), one.stated, Words("."))) for one in chains if one.stated is not None)


_WRITTEN: dict[str, tuple[tuple[type, ...], str]] = {
    "PROBLEM": ((Prose,), "prose(…)"),
    "REMARK": ((Prose,), "prose(…)"),
    "PYTHON": ((InPython,), "(in_python(…), …)"),
    "FIGURES": ((Plot, Backup), "(plot(…), backup_diagram(…), …)"),
    "ERRATA": ((Erratum,), "(erratum(…), …)"),
}
"""What a file may say beside its chains, and how it is written."""


def _written(module: Any, name: str, source: Source) -> Any:
    """What the file says under this name; CatalogueError if it is something else than what belongs there."""
    kinds, how = _WRITTEN[name]
    many = how.startswith("(")
    value = getattr(module, name, () if many else None)
    parts = value if many and isinstance(value, (tuple, list)) else (value,)
    if value is not None and not all(isinstance(part, kinds) for part in parts):
        maker = how.strip("(").partition("(")[0]
        raise CatalogueError(
            f"{shown(source.path)}: {name} is written `{name} = {how}`, with `from derivations.writing import {maker}`"
        )
    return value


# -- prose ----------------------------------------------------------------------------------
def text(prose: Prose) -> Text:
    """The paragraphs of a text, and the formulas that stand on lines of their own."""
    return tuple(_paragraph(prose, part) for part in prose.paragraphs)


_ALONE = re.compile(r"\{(\w+)\}\s*[.,]?\s*(?:\((\w+)\))?$")


def _paragraph(prose: Prose, part: str) -> Paragraph | Display:
    alone = _ALONE.match(part)
    if alone is not None:
        inside = _inline(prose.formulas[alone.group(1)])
        if len(inside) == 1 and isinstance(inside[0], Formula):
            return Display(inside[0], alone.group(2) or "")
    return Paragraph(tuple(_run(prose, part)))


def running(prose: Prose) -> Run:
    """A text on one line."""
    return tuple(_run(prose, " ".join(prose.template.split())))


def _run(prose: Prose, part: str) -> Iterator[Inline]:
    for words, named in prose.pieces(part):
        if words:
            yield Words(words)
        if named is not None:
            yield from _inline(named)


def _inline(named: Any) -> Run:
    if isinstance(named, Derivation):
        return (document.result(named),)
    if isinstance(named, Declared):
        facts = [formula(fact) for fact in document.declared(named.symbols)]
        return tuple(part for n, fact in enumerate(facts) for part in ((Words(", "), fact) if n else (fact,)))
    return (formula(named),) if isinstance(named, Term) else assumption(named)


# -- errata -----------------------------------------------------------------------------------
def _slip(erratum: Erratum, source: Source) -> Slip:
    evidence = text(erratum.evidence)
    if erratum.refuted is not None:
        evidence = (*evidence, _witness(erratum.refuted, erratum.where, source))
    return Slip(erratum.where, text(erratum.says), evidence)


def _witness(refuted: Derivation, where: str, source: Source) -> Paragraph:
    report = refuted.check(reproduce=False)
    for step in report.steps:
        if step.verdict is Verdict.REFUTED and step.witness is not None:
            parts: list[Inline] = [Words("The equation "), formula(step.link), Words(" is refuted: with ")]
            for name, worth in step.witness.values:
                parts += [Formula(f"{_witness_name(name)} = {worth}", f"{name} = {worth}"), Words(", ")]
            sides = f"the left side is {_rounded(step.witness.left)}, the right {_rounded(step.witness.right)}."
            return Paragraph((*parts, Words(sides)))
    raise CatalogueError(f"{shown(source.path)}:1: the erratum at {where!r} is not borne out: nothing is refuted")


def _witness_name(name: str) -> str:
    """`k_12` as an entry of a matrix, other names as they are printed."""
    base, _, digits = name.partition("_")
    return f"{base}_{{{','.join(digits)}}}" if digits.isdigit() else LATEX.name(name)


def _rounded(number: str) -> str:
    """A ball as a decimal number of a few digits."""
    middle, ball, _ = number.partition(" ± ")
    return f"{float(middle):.4g}…".replace("-", "−") if ball else number


def _code(definition: InPython, source: Source) -> Code:
    try:
        return python_definitions.code(definition)
    except TermError as error:
        raise CatalogueError(f"{shown(source.path)}:1: PYTHON: {error}") from None
