r"""The document again, in its own language: a mark at the end of each line, what is wrong in a note below the display.

The marks need no package of LaTeX; nothing but insertions is made, so that
what compiled before compiles after.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from derivations.documents.report import DocumentReport, LineReport, LineVerdict
from derivations.documents.text import details

_LATEX = {
    LineVerdict.PROVED: r"\surd",
    LineVerdict.REFUTED: r"\mathbf{\times}",
    LineVerdict.OPEN: r"\mathbf{?}",
    LineVerdict.UNREAD: r"\circ",
}
_MARKDOWN = _LATEX | {LineVerdict.PROVED: r"\checkmark"}
_PLAIN = {
    "²": "^2", "³": "^3", "·": "*", "−": "-", "≤": "<=", "≥": ">=", "≠": "/=", "→": "->", "⟺": "<=>", "Σ": "sum",
    "√": "sqrt", "∞": "oo", "∂": "d", "ᵀ": "^T", "…": "...", "∇": "grad", "∫": "int", "∈": "in", "⁻": "^-", "¹": "^1",
}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΦΨΩ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega Gamma Delta Theta Lambda Xi Pi Phi Psi Omega".split(),
        strict=True,
    )
)
_SPECIAL = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\^{}",
    "~": r"\~{}",
    "<": "$<$",
    ">": "$>$",
}


def marked(report: DocumentReport) -> str:
    """The document's own file with a mark for each of its lines, and a note below what is wrong."""
    return _with(report, list(_marks(report)))


def with_reasons(report: DocumentReport) -> str:
    """The document with the reasons that were found, as comments before each display."""
    notes: dict[tuple[int, int], list[str]] = {}
    for line in report.lines:
        if line.by and line.verdict is LineVerdict.PROVED:
            notes.setdefault(line.outer, []).append(f"line {line.spot.line}: by {', '.join(line.by)}")
    insertions = []
    for (start, _), lines in notes.items():
        if report.kind == "latex":
            text = "".join(f"% {_ascii(line)}\n" for line in lines)
        else:
            text = f"<!-- {'; '.join(lines).replace('--', '- -')} -->\n"
        insertions.append((_line_start(report, start), text))
    return _with(report, insertions)


def _line_start(report: DocumentReport, offset: int) -> int:
    """Where the line begins on which a display begins; the display itself, if words stand before it there."""
    text = _own_text(report)
    start = text.rfind("\n", 0, offset) + 1
    return start if not text[start:offset].strip() else offset


def _own_text(report: DocumentReport) -> str:
    return str(report.document.sources.files[0][2])


def _with(report: DocumentReport, insertions: list[tuple[int, str]]) -> str:
    text = _own_text(report)
    parts: list[str] = []
    last = 0
    for at, more in sorted((i for i in insertions if 0 <= i[0] <= len(text)), key=lambda i: i[0]):
        parts += [text[last:at], more]
        last = at
    return "".join([*parts, text[last:]])


def _marks(report: DocumentReport) -> Iterator[tuple[int, str]]:
    signs = _LATEX if report.kind == "latex" else _MARKDOWN
    notes: dict[tuple[int, int], list[str]] = {}
    for line in report.lines:
        sign = signs.get(line.verdict)
        if sign is None or line.end < 0:
            continue
        number = ""
        if line.verdict is not LineVerdict.PROVED:
            own = notes.setdefault(line.outer, [])
            own.append(_note(line, len(own) + 1, report.kind))
            number = f"^{{({len(own)})}}"
        yield line.end, rf"\;\;{{{sign}{number}}}"
    for (_, end), said in notes.items():
        if report.kind == "latex":
            yield end, "\n\\par{\\footnotesize\\raggedright " + " \\par ".join(said) + "\\par}\n"
        else:
            yield end, "\n\n" + "\n".join(f"> {note}  " for note in said) + "\n"


def _note(line: LineReport, number: int, kind: str) -> str:
    said = "; ".join(text for text in details(line) if not text.startswith("given:"))
    if kind == "latex":
        return rf"({number}) \textbf{{{line.verdict.value.lower()}}}: {_escaped(said)}"
    return f"({number}) **{line.verdict.value.lower()}**: `{said.replace('`', chr(39))}`"


def _ascii(text: str) -> str:
    plain = "".join(_PLAIN.get(c, _GREEK.get(c, c)) for c in text)
    return "".join(c if c.isascii() else "?" for c in plain)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in _ascii(text))


__all__ = ["Path", "marked", "with_reasons"]
