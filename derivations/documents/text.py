"""A judged document for the terminal: a line for each line, what is wrong with it below, the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from derivations.catalogue import shown
from derivations.documents.report import DocumentReport, LineReport, LineVerdict, Trouble
from derivations.reading.extract import Spot

WIDTH = 100
COLOURS = {"PROVED": "green", "REFUTED": "red", "OPEN": "yellow", "UNREAD": "magenta", "GIVEN": "blue"}
Paint = Callable[..., str]


def render(report: DocumentReport, colour: Paint | None = None, name: str = "") -> str:
    """Everything that is said of a document."""
    paint = colour or (lambda text, **_: text)
    file = shown(name or report.document.path)
    rows: list[str] = []
    for trouble in report.troubles:
        rows += _trouble(trouble)
    places = [place(line.spot) for line in report.lines]
    column = max((len(text) for text in places), default=0)
    for line, where in zip(report.lines, places, strict=True):
        rows += _line(line, f"{where:<{column}}", paint)
    rows += _missing(report)
    if report.assumed:
        rows += ["", "assumed defined:", *(f"  {one}" for one in report.assumed)]
    rows += ["", f"{file}: {summary(report)}"]
    return "\n".join(rows) + "\n"


def place(spot: Spot) -> str:
    return f"{shown(spot.file)}:{spot.line}:{spot.column}"


def summary(report: DocumentReport) -> str:
    """The totals in one line."""
    judged = sum(line.verdict is not LineVerdict.GIVEN for line in report.lines)
    parts = [
        f"{report.count(v)} {v.value.lower()}" for v in (LineVerdict.PROVED, LineVerdict.REFUTED, LineVerdict.OPEN)
    ]
    if report.count(LineVerdict.UNREAD):
        parts.append(f"{report.count(LineVerdict.UNREAD)} unread")
    given = report.count(LineVerdict.GIVEN)
    return f"{judged} line{'' if judged == 1 else 's'}: {', '.join(parts)}" + (f"; {given} given" if given else "")


def _trouble(trouble: Trouble) -> Iterator[str]:
    yield f"{place(trouble.spot)}  {trouble.message}"
    if trouble.remedy:
        yield f"  try  {trouble.remedy}"


def _line(line: LineReport, where: str, paint: Paint) -> Iterator[str]:
    said = _cut(line.reading or _flat(line.source), WIDTH - len(where) - 11)
    label = f"  ({line.label})" if line.label else ""
    verdict = paint(f"{line.verdict.value:<8}", fg=COLOURS[line.verdict.value])
    by = f"   by {', '.join(line.by)}" if line.by and line.verdict is LineVerdict.PROVED else ""
    head = f"{where}  {verdict} {said}"
    if by and len(head) + len(by) + len(label) > WIDTH + 20:
        yield head + label
        yield f"{'':<{len(where) + 11}}{by.strip()}"
    else:
        yield head + label + by
    if line.verdict not in (LineVerdict.PROVED, LineVerdict.GIVEN) or line.step is not None and line.step.disputed:
        yield from (f"    {text}" for text in details(line))


def details(line: LineReport) -> Iterator[str]:
    """What is wrong with a line, and what to do."""
    step = line.step
    if line.problem and not (line.verdict is LineVerdict.REFUTED and line.problem.startswith("the link is not")):
        yield from line.problem.splitlines()
    for reading in line.readings:
        yield f"it may be read as  {reading}"
    if step is not None and step.witness is not None:
        values = ", ".join(f"{name} = {value}" for name, value in step.witness.values)
        chosen = f"with {values}:   " if values else ""
        yield f"{chosen}left = {step.witness.left}   right = {step.witness.right}"
    if step is not None and step.disputed and step.reproduction is not None:
        yield step.reproduction.note or "SymPy arrives at something else"
    if step is not None and step.finding.residual is not None:
        yield f"left − right = {_cut(step.finding.residual.text, WIDTH)}"
    if line.given and line.verdict is not LineVerdict.UNREAD:
        yield f"given: {_cut('; '.join(line.given), 3 * WIDTH)}"
    yield from (f"try  {advice}" for advice in line.tries)


def _missing(report: DocumentReport) -> Iterator[str]:
    if not report.missing:
        return
    yield ""
    yield "not declared, and asked for by name; to be pasted at the top of the document, and corrected:"
    yield ""
    yield from block(report)


def block(report: DocumentReport) -> list[str]:
    """The rows that are missing, as the document would write them."""
    rows = [one.row for one in report.missing]
    if report.kind == "latex":
        return [f"% derivations: {row}" for row in rows]
    return ["---", "notation:", *(f"  {_yaml(row)}" for row in rows), "---"]


def _yaml(row: str) -> str:
    name, _, means = row.partition(": ")
    return f"'{name}': {means}" if name.startswith("\\") or not name.isalnum() else row


def notation(report: DocumentReport) -> str:
    """What was understood of the notation, from where, and what is missing."""
    rows: list[str] = []
    names = [one for one in report.understood if one.name]
    if names:
        width = max(len(one.name) for one in names)
        means = max(len(one.means) for one in names)
        rows += [
            f"{one.name:<{width}}  {one.means:<{means}}  {place(one.spot)}  {_cut(_flat(one.origin), 60)}"
            for one in names
        ]
    given = [one for one in report.understood if not one.name]
    if given:
        rows += ["", "given:"] + [f"  {one.means}  {place(one.spot)}" for one in given]
    if not rows:
        rows.append("nothing is declared")
    rows += list(_missing(report))
    for trouble in report.troubles:
        rows += ["", *_trouble(trouble)]
    return "\n".join(rows) + "\n"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width or width < 20 else text[: width - 1] + "…"


def _flat(text: str) -> str:
    return " ".join(text.split())


__all__: list[Any] = ["block", "details", "notation", "render", "summary"]
