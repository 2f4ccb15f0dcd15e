r"""The sheet as LaTeX: an `article` with a small preamble of our own.

Formulas are printed from the very terms that were checked. A line that is
wider than its room is scaled down by the macro `\fit`, so that nothing runs
over the margin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from derivations.kernel.report import Verdict
from derivations.sheets.document import Chain, Inline, Line, Problem, Sheet, Words
from derivations.terms.arithmetic import Add, Sub
from derivations.terms.printing import ADD, LATEX, Text
from derivations.terms.relations import Relation
from derivations.terms.term import Term

PREAMBLE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=24mm]{geometry}
\usepackage{amsmath,amssymb,mathtools,bm}
\usepackage{graphicx,xcolor}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\setlength{\mathindent}{1.5em}
\setlength{\jot}{5pt}
\AtBeginDocument{\abovedisplayskip=6pt plus 3pt\belowdisplayskip=6pt plus 3pt}
\AtBeginDocument{\raggedright}
\clubpenalty=10000 \widowpenalty=10000 \displaywidowpenalty=10000
% A formula that is wider than #1 is scaled down to it.
\newsavebox{\fitbox}
\newcommand{\fit}[2]{\sbox{\fitbox}{$\displaystyle #2$}%
  \ifdim\wd\fitbox>#1\resizebox{#1}{!}{\usebox{\fitbox}}\else\usebox{\fitbox}\fi}
% The reason beside a line, and the verdict of a line that was not proved.
\newcommand{\reason}[1]{\parbox{0.22\linewidth}{\raggedright\footnotesize\color{black!65}#1}}
% The numbers of the equations take the same room on every line, so that the reasons stand in one column.
\makeatletter
\renewcommand{\tagform@}[1]{\maketag@@@{\makebox[2.2em][r]{(#1)}}}
\makeatother
\newcommand{\untagged}{\tag*{\makebox[2.2em]{}}}
\newcommand{\refuted}{\textcolor{red!75!black}{\bfseries refuted}}
\newcommand{\leftopen}{\textcolor{orange!75!black}{\bfseries open}}
"""

_MARKS = {Verdict.PROVED: r"$\square$", Verdict.REFUTED: r"\refuted", Verdict.OPEN: r"\leftopen"}

ROOM = 56
"""What fits on a line beside a reason, in characters of about half an em."""


def render(sheet: Sheet) -> str:
    """The whole document."""
    parts = [
        PREAMBLE + r"\begin{document}",
        rf"\begin{{center}}\LARGE {escape(sheet.title)}\end{{center}}",
        "All numbers are real unless something else is said. "
        r"A chain is closed by $\square$ when every link of it is proved.",
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
    if problem.given or problem.declared:
        yield _assumptions(problem, "Throughout, given")
    for chain in problem.chains:
        yield from filter(None, _chain(chain))


def _chain(chain: Chain) -> Iterator[str]:
    name = escape(chain.name.replace("_", " ").capitalize())
    # No empty line before the display: it goes on in the same paragraph.
    yield rf"\textbf{{{name}.}} {_assumptions(chain)}".rstrip() + "\n" + _display(chain)
    yield _close(chain)


def _assumptions(of: Chain | Problem, word: str = "Given") -> str:
    """What it assumes, in a sentence; empty if that is nothing."""
    given = "; ".join(running(parts) for parts in of.given)
    facts = ", ".join(f"${fact.latex}$" for fact in of.declared)
    if not given:
        return f"{word.replace('given', 'with').replace('Given', 'With')} {facts}." if facts else ""
    return f"{word} {given}{', with ' if facts else ''}{facts}."


def _close(chain: Chain) -> str:
    """What was shown, what it rests on, and the mark of its verdict at the right."""
    hence = chain.stated if chain.verdict is Verdict.PROVED and len(chain.lines) > 1 else None
    parts = [rf"Hence $\displaystyle {_statement(hence)}$." if hence is not None else ""]
    parts += [escape(problem) for problem in chain.problems]
    rests = rf"{{\footnotesize Rests on: {', '.join(map(running, chain.rests_on))}.}}"
    mark = rf"\hspace*{{\fill}}{_MARKS[chain.verdict]}" if chain.verdict is not None else ""
    parts.append(f"{rests if chain.rests_on else ''}{mark}")
    return "\n\n".join(part for part in parts if part)


def _statement(stated: Relation) -> str:
    if stated.sign == "<=>":  # set apart by the sign itself: no brackets needed
        return f"{LATEX(stated.lhs)} {LATEX.sign(stated.sign)} {LATEX(stated.rhs)}"
    return stated.latex


# -- the chain ------------------------------------------------------------------------
def _display(chain: Chain) -> str:
    widest = max((width(line.link.rhs) for line in chain.lines), default=0)
    beside = width(chain.start) + widest <= ROOM
    unnumbered = "" if any(line.equation for line in chain.lines) else r" \untagged"
    rows = [] if beside else [rf"  \MoveEqLeft[2] {_fitted(chain.start, 0.9)}"]
    for position, line in enumerate(chain.lines):
        left = LATEX(chain.start) if beside and position == 0 else ""
        first, *rest = _broken(line.link.rhs)
        sign = LATEX.sign(line.link.sign)
        room = unnumbered if position == 0 else ""
        rows.append(f"  {left} &{sign} {first}{'' if rest else _approach(line.link)}{_beside(line)}{room}")
        rows += [f"   &\\quad {part}{_approach(line.link) if part is rest[-1] else ''}" for part in rest]
    body = "\\begin{flalign*}\n" + " \\\\\n".join(rows) + "\n\\end{flalign*}"
    return body if len(rows) <= 8 else f"{{\\allowdisplaybreaks\n{body}}}"


def _approach(link: Relation) -> str:
    if link.variable is None or link.point is None:
        return ""
    return LATEX.as_tends(link.variable, link.point)


def _broken(term: Term) -> list[str]:
    """The term as one line, or a sum that is too long for one as several, broken before its signs."""
    if width(term) <= ROOM:
        return [LATEX(term)]
    rows: list[list[str]] = []
    used = ROOM
    for sign, part in _summands(term):
        if used + width(part) > ROOM:
            rows.append([])
            used = 0
        rows[-1].append(f"{sign}{_fitted(part, 0.6, level=ADD + 1 if sign else ADD)}")
        used += width(part) + 3
    return ["".join(row).lstrip() if not position else "".join(row) for position, row in enumerate(rows)]


def _summands(term: Term) -> list[tuple[str, Term]]:
    """`a + b − c` as a, + b, − c."""
    if isinstance(term, Add | Sub):
        return [*_summands(term.left), (" + " if isinstance(term, Add) else " - ", term.right)]
    return [("", term)]


def _fitted(term: Term, share: float, level: int = 0) -> str:
    """The term, scaled down to that share of the line where it may be wider."""
    body = LATEX(term, level)
    return rf"\fit{{{share}\linewidth}}{{{body}}}" if width(term) > ROOM - 8 else body


def _beside(line: Line) -> str:
    reasons = ", ".join(running(reason) for reason in line.reasons)
    mark = _MARKS[line.verdict] if line.verdict not in (None, Verdict.PROVED) else ""
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
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
    "−": "$-$", "–": "--", "—": "---", "…": r"\dots{}", "’": "'", "“": "``", "”": "''", "\u00a0": "~",
}  # fmt: skip
_MATH = {
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "→": r"\to", "⟺": r"\iff", "∞": r"\infty", "·": r"\cdot", "∈": r"\in",
    "∂": r"\partial", "∇": r"\nabla", "√": r"\surd", "Σ": r"\Sigma", "Π": r"\Pi", "ℝ": r"\mathbb{R}",
    "ℤ": r"\mathbb{Z}", "ℕ": r"\mathbb{N}",
    "ᵀ": r"{}^{\top}", "⁻": "{}^{-}", "∎": r"\square", "±": r"\pm", "×": r"\times", "∫": r"\int", "′": "{}'",
}  # fmt: skip
_MATH |= dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", (rf"{{}}^{digit}" for digit in range(10)), strict=True))
_MATH |= dict(zip("₀₁₂₃₄₅₆₇₈₉", (rf"{{}}_{digit}" for digit in range(10)), strict=True))

_ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328"


def escape(text: str) -> str:
    """Prose for LaTeX: its special characters as they read, mathematical signs in math mode."""
    return "".join(_character(char) for char in text)


def _character(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _MATH:
        return f"${_MATH[char]}$"
    if char.isascii() or _accented(char):
        return char
    greek = LATEX.name(_greek(char)) if _greek(char) else ""
    return f"${greek}$" if greek else f"[U+{ord(char):04X}]"


def _accented(char: str) -> bool:
    """A Latin letter under an accent that TeX can set over any letter."""
    parts = unicodedata.normalize("NFD", char)
    return char in "ßæœøåÆŒØÅłŁ" or (len(parts) == 2 and parts[0].isascii() and parts[1] in _ACCENTS)


def _greek(char: str) -> str:
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


def running(parts: Iterable[Inline]) -> str:
    """Running text with formulas."""
    return "".join(inline(part) for part in parts)
