r"""The sheet as LaTeX: an `article` with a small preamble of our own.

Formulas are printed from the very terms that were checked. A line that is
wider than its room is scaled down by the macro `\fit`, so that nothing runs
over the margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from derivations.kernel.report import Verdict
from derivations.sheets.document import Chain, Inline, Line, Problem, Sheet, Words
from derivations.terms.printing import LATEX, Text
from derivations.terms.relations import Relation
from derivations.terms.term import Term

PREAMBLE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage[margin=24mm]{geometry}
\usepackage{amsmath,amssymb,mathtools,bm}
\usepackage{graphicx,xcolor}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\setlength{\mathindent}{1.5em}
\allowdisplaybreaks
\emergencystretch=2em
% A formula that is wider than #1 is scaled down to it.
\newsavebox{\fitbox}
\newcommand{\fit}[2]{\sbox{\fitbox}{$\displaystyle #2$}%
  \ifdim\wd\fitbox>#1\resizebox{#1}{!}{\usebox{\fitbox}}\else\usebox{\fitbox}\fi}
% The reason beside a line, and the verdict of a line that was not proved.
\newcommand{\reason}[1]{\parbox{0.25\linewidth}{\raggedright\footnotesize\color{black!65}#1}}
\newcommand{\refuted}{\textcolor{red!75!black}{\bfseries refuted}}
\newcommand{\leftopen}{\textcolor{orange!75!black}{\bfseries open}}
"""

ROOM = 56
"""What fits on a line beside a reason, in characters of about half an em."""


def render(sheet: Sheet) -> str:
    """The whole document."""
    parts = [
        PREAMBLE + rf"\title{{{escape(sheet.title)}}}" + "\n" + r"\author{}\date{}",
        r"\begin{document}" + "\n" + r"\maketitle",
        "All numbers are real unless something else is said. A chain is closed by $\\square$ when every link is proved.",
    ]
    for section in sheet.sections:
        if section.title:
            parts.append(rf"\section*{{{escape(section.title)}}}")
        parts += [part for problem in section.problems for part in _problem(problem)]
    return "\n\n".join([*parts, r"\end{document}"]) + "\n"


def _problem(problem: Problem) -> Iterator[str]:
    title = f": {problem.title}" if problem.title else ""
    yield rf"\subsection*{{{escape(problem.exercise + title)}}}"
    if problem.prose:
        yield escape(problem.prose)
    for chain in problem.chains:
        yield from _chain(chain)


def _chain(chain: Chain) -> Iterator[str]:
    yield rf"\paragraph{{{escape(chain.name.replace('_', ' '))}.}} {_assumptions(chain)}".rstrip()
    yield _display(chain)
    yield _close(chain)


def _assumptions(chain: Chain) -> str:
    given = "; ".join("".join(inline(part) for part in parts) for parts in chain.given)
    facts = ", ".join(f"${fact.latex}$" if isinstance(fact, Term) else escape(fact.text) for fact in chain.declared)
    sentences = [f"Given {given}" if given else "", f"{'with' if given else 'With'} {facts}" if facts else ""]
    text = ", ".join(part for part in sentences if part)
    return f"{text}." if text else ""


def _close(chain: Chain) -> str:
    parts = []
    if chain.stated is not None and chain.verdict is Verdict.PROVED:
        parts.append(rf"Hence $\displaystyle {chain.stated.latex}$.")
    if chain.rests_on:
        parts.append(rf"{{\footnotesize Rests on: {', '.join(escape(name) for name in chain.rests_on)}.}}")
    parts += [escape(problem) for problem in chain.problems]
    if chain.verdict is not None:
        parts.append({Verdict.PROVED: r"\hfill$\square$", Verdict.REFUTED: r"\hfill\refuted", Verdict.OPEN: r"\hfill\leftopen"}[
            chain.verdict
        ])  # fmt: skip
    return " ".join(parts)


# -- the chain ------------------------------------------------------------------------
def _display(chain: Chain) -> str:
    widest = max((width(line.link.rhs) for line in chain.lines), default=0)
    beside = width(chain.start) + widest <= ROOM
    room = r"0.66\linewidth" if beside else r"0.62\linewidth"
    rows = []
    for position, line in enumerate(chain.lines):
        left = LATEX(chain.start) if beside and position == 0 else ""
        rows.append(f"  {left} &{_right(line, room)}{_beside(line)}")
    if not beside:
        start = rf"\fit{{0.9\linewidth}}{{{LATEX(chain.start)}}}" if width(chain.start) > ROOM else LATEX(chain.start)
        rows.insert(0, rf"  \MoveEqLeft[2] {start}")
    return "\\begin{flalign*}\n" + " \\\\\n".join(rows) + "\n\\end{flalign*}"


def _right(line: Line, room: str) -> str:
    """The sign and the right side, scaled where it may be too wide."""
    body = LATEX(line.link.rhs)
    if line.link.variable is not None and line.link.point is not None:
        body += LATEX.as_tends(line.link.variable, line.link.point)
    if width(line.link.rhs) > ROOM - 8:
        body = rf"\fit{{{room}}}{{{body}}}"
    return f"{LATEX.sign(line.link.sign)} {body}"


def _beside(line: Line) -> str:
    reasons = ", ".join(inline(reason) for reason in line.reasons)
    mark = {Verdict.REFUTED: r"\refuted", Verdict.OPEN: r"\leftopen"}.get(line.verdict) if line.verdict else None
    said = " ".join(part for part in (reasons, mark) if part)
    tag = rf" \tag{{{escape(line.equation)}}}" if line.equation else ""
    return (rf" && \reason{{{said}}}" if said else " &&") + tag


class _Width(Text):
    """Prints a term as a string that is about as long as its LaTeX is wide."""

    def fraction(self, top: Term, bottom: Term) -> str:
        return max(self(top), self(bottom), key=len)

    def subscript(self, base: str, indices: Iterable[Term]) -> str:
        return base + "".join(self(index) for index in indices)[::2]

    def big(self, operator: str, variable: Term, low: Term, high: Term, body: Term) -> str:
        return "ΣΣΣ" + self(body)

    def power(self, base: Term, exponent: Term) -> str:
        return f"({self(base)}){self(exponent)[::2]}"


def width(term: Term) -> int:
    """About how wide a term is set, in characters."""
    return len(_Width()(term))


# -- prose ------------------------------------------------------------------------------
_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "−": "$-$", "–": "--", "—": "---", "…": r"\dots{}", "’": "'", "“": "``", "”": "''", "\u00a0": "~",
}  # fmt: skip
_MATH = {
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "→": r"\to", "⟺": r"\iff", "∞": r"\infty", "·": r"\cdot", "∈": r"\in",
    "∂": r"\partial", "∇": r"\nabla", "√": r"\surd", "Σ": r"\Sigma", "Π": r"\Pi", "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}",
    "ᵀ": r"{}^{\top}", "⁻": "{}^{-}", "∎": r"\square", "±": r"\pm", "×": r"\times", "∫": r"\int", "′": "{}'",
}  # fmt: skip
_MATH |= dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", (rf"{{}}^{digit}" for digit in range(10)), strict=True))
_MATH |= dict(zip("₀₁₂₃₄₅₆₇₈₉", (rf"{{}}_{digit}" for digit in range(10)), strict=True))


def escape(text: str) -> str:
    """Prose for LaTeX: its special characters as they read, mathematical signs in math mode."""
    return "".join(_character(char) for char in text)


def _character(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _MATH:
        return f"${_MATH[char]}$"
    if char.isascii() or "\u00a1" <= char <= "\u017f":  # what T1 fonts have
        return char
    greek = LATEX.name(_greek(char)) if _greek(char) else ""
    return f"${greek}$" if greek else f"[U+{ord(char):04X}]"


def _greek(char: str) -> str:
    import unicodedata

    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(char, ""))
    if match is None:
        return ""
    word = match.group(2).lower().replace("lamda", "lambda")
    return word if match.group(1) == "SMALL" else word.capitalize()


def inline(part: Inline) -> str:
    """A piece of running text."""
    if isinstance(part, Words):
        return escape(part.text)
    if part.defines and isinstance(part.term, Relation):
        return f"${part.term.lhs.latex} \\coloneqq {part.term.rhs.latex}$"
    return f"${part.term.latex}$"
