r"""A chain as LaTeX: aligned relations, the reasons and numbers beside them, lines that are too long broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from derivations.sheets.escaping import escape
from derivations.sheets.model import Chain, Formula, Line, Link, Part, Run

ROOM = 56
"""What fits on a line beside a reason, in characters of about half an em."""

BROAD = 80
"""What fits on a whole line of text."""

SURE = 36
"""What certainly fits beside a reason; whether something longer does, TeX finds out."""

FAR = 4 * ROOM
"""Longer sums are broken here and not by TeX, so that they may go over the end of a page."""

_MARKS = {"": "", "PROVED": "", "REFUTED": r"\refuted", "OPEN": r"\leftopen"}


def display(chain: Chain, running: Callable[[Run], str]) -> str:
    """The display of a chain; `running` sets the text of a reason."""
    widest = max((line.formula.width for line in chain.lines), default=0)
    beside = chain.start.width + widest <= ROOM
    unnumbered = "" if any(line.equation for line in chain.lines) else r" \untagged"
    rows = [] if beside else [rf"  \MoveEqLeft[2] {fitted(chain.start, 0.9)}"]
    for position, line in enumerate(chain.lines):
        left = chain.start.latex if beside and position == 0 else ""
        room = unnumbered if position == 0 else ""
        first, *rest = broken(_with_approach(line))
        rows.append(f"  {left} &{line.sign.latex} {first}{_beside(line, running)}{room}")
        rows += [f"   &\\quad {part}" for part in rest]
    body = "\\begin{flalign*}\n" + " \\\\\n".join(rows) + "\n\\end{flalign*}"
    return body if len(rows) <= 8 else f"{{\\allowdisplaybreaks\n{body}}}"


def _with_approach(line: Line) -> Formula:
    """The right side, and the variable and its point for → and ~."""
    right, approach = line.formula, line.approach
    if approach is None:
        return right
    *parts, (last, wide) = right.parts or ((right.latex, right.width),)
    ended = (*parts, (last + approach.latex, wide + approach.width))
    *pieces, end = right.pieces or (Part("", right.latex),)
    return Formula(
        right.latex + approach.latex, right.text, right.width + approach.width, ended if parts else (),
        (*pieces, Part(end.sort, end.latex + approach.latex)),
    )  # fmt: skip


def plain_display(chain: Chain, running: Callable[[Run], str]) -> str:
    """The display of a chain with amsmath alone, for pages of another make (a paper, a notebook)."""
    rows = []
    for position, line in enumerate(chain.lines):
        left = f"{chain.start.latex} " if position == 0 else ""
        approach = line.approach.latex if line.approach is not None else ""
        reasons = ", ".join(by(reason, running) for reason in line.reasons)
        beside = rf" && \text{{{reasons}}}" if reasons else ""
        tag = rf" \tag{{{escape(line.equation)}}}" if line.equation else ""
        rows.append(f"  {left}&{line.sign.latex} {line.formula.latex}{approach}{beside}{tag}")
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


def broken(formula: Formula) -> list[str]:
    """The formula as one line, or a very long sum as several, broken before its signs."""
    if formula.width <= FAR or len(formula.parts) < 2:
        return [fitted(formula, 0.61)]
    rows: list[list[str]] = []
    used = ROOM
    for latex, width in formula.parts:
        if used + width > ROOM:
            rows.append([])
            used = 0
        sign = latex[:3] if latex[:3] in (" + ", " - ") else ""
        rows[-1].append(sign + _fit(latex[len(sign) :], width, 0.6))
        used += width + 3
    return ["".join(row).lstrip() if not position else "".join(row) for position, row in enumerate(rows)]


def fitted(formula: Formula, share: float) -> str:
    """A formula in that share of the line: where it is wider it is broken, and only a piece that is wider is scaled."""
    if formula.width <= SURE:
        return formula.latex
    room = rf"{share}\linewidth"
    if len(formula.pieces) < 2:
        return rf"\fit{{{room}}}{{{formula.latex}}}"
    return rf"\fitlines{{{room}}}{{{formula.latex}}}{{{_in_parts(formula.pieces)}}}"


_BREAKS = {"=": r"\penalty0 ", "+": r"\penalty50 ", "*": r"\breaktimes ", "|": r"\penalty200 ", "": ""}


def _in_parts(parts: Iterable[Part]) -> str:
    """Each part a formula by itself, with what TeX is to know about breaking the line before it."""
    return "%\n  ".join(map(_part, parts))


def _part(part: Part) -> str:
    latex = r"{}" + part.latex.lstrip() if part.sort in ("=", "+") else part.latex.strip()
    if part.inside:
        return rf"{_BREAKS[part.sort]}\parts{{{latex}}}{{{_in_parts(part.inside)}}}"
    return rf"{_BREAKS[part.sort]}\piece{{{latex}}}"


def _fit(latex: str, width: int, share: float) -> str:
    """The formula, scaled down to that share of the line where it may be wider."""
    return rf"\fit{{{share}\linewidth}}{{{latex}}}" if width > ROOM - 8 else latex


def fitted_inline(formula: Formula, style: str = "") -> str:
    """A formula in running text; one that may be wider than the line may be broken."""
    if formula.width <= BROAD:
        return f"${style}{formula.latex}$"
    if len(formula.pieces) < 2:
        return rf"\fit{{0.96\linewidth}}{{{formula.latex}}}"
    return rf"\inlines{{{_in_parts(formula.pieces)}}}"


def by(reason: Run, running: Callable[[Run], str]) -> str:
    """A reason; a numbered result reads "by (10)"."""
    first = reason[0] if len(reason) == 1 else None
    numbered = isinstance(first, Link) and first.parts[0].text.startswith("(")
    return ("by " if numbered else "") + running(reason)


def _beside(line: Line, running: Callable[[Run], str]) -> str:
    reasons = ", ".join(by(reason, running) for reason in line.reasons)
    said = " ".join(part for part in (reasons, _MARKS[line.verdict]) if part)
    tag = rf" \tag{{{escape(line.equation)}}}" if line.equation else ""
    return (rf" && \reason{{{said}}}" if said else " &&") + tag
