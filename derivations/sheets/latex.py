r"""The sheet as LaTeX: an `article` with a small preamble of our own.

Formulas were printed from the very terms that were checked. TeX measures what
may be wider than its room: it is broken before a sign, or in a product
(`\fitlines`); only a piece that is still too wide is scaled down (`\fit`), so
that nothing runs over the margin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivations.records import record
from derivations.sheets import tikz
from derivations.sheets.escaping import anchor, escape, plain, quoting
from derivations.sheets.latex_chain import BROAD, display, fitted, fitted_inline, plain_display
from derivations.sheets.model import (
    Chain,
    Code,
    Display,
    Formula,
    Graph,
    Inline,
    Problem,
    RuleText,
    Section,
    Sheet,
    Slip,
    Text,
    Tree,
    Words,
    hinted,
)  # fmt: skip

SUFFIX = "tex"

READ = r"""% derivations: macros: \fit[2] = #2
% derivations: macros: \fitlines[3] = #2
% derivations: macros: \piece[1] = #1
% derivations: macros: \parts[2] = #1
% derivations: macros: \inlines[1] = #1
% derivations: macros: \reason[1] = \text{#1}
% derivations: macros: \untagged =
% derivations: macros: \breaktimes =
% derivations: macros: \place[1] =
% derivations: macros: \result[2] = #2
% derivations: macros: \rulelink[2] = #2
% derivations: macros: \refuted = \text{refuted}
% derivations: macros: \leftopen = \text{open}
% derivations: scope: heading
"""
"""How `derivations check` reads the macros of the preamble, and that each exercise has its own notation."""

PREAMBLE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=24mm]{geometry}
\usepackage{amsmath,amssymb,mathtools,bm}
\usepackage{graphicx,xcolor}
\usepackage[expansion=false]{microtype}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\setlength{\mathindent}{1.5em}
\setlength{\jot}{5pt}
\AtBeginDocument{\abovedisplayskip=6pt plus 3pt\belowdisplayskip=6pt plus 3pt}
\AtBeginDocument{\raggedright}
\clubpenalty=10000 \widowpenalty=10000 \displaywidowpenalty=10000 \postdisplaypenalty=9000
% A formula that is wider than #1 is scaled down to it.
\newsavebox{\fitbox}
\newcommand{\fit}[2]{\sbox{\fitbox}{$\displaystyle #2$}%
  \ifdim\wd\fitbox>#1\resizebox{#1}{!}{\usebox{\fitbox}}\else\usebox{\fitbox}\fi}
% A formula that is wider than #1 as lines: #3 is the formula in pieces, between which TeX may break a line.
\newcommand{\fitlines}[3]{\sbox{\fitbox}{$\displaystyle #2$}%
  \ifdim\wd\fitbox>#1\pieceroom=#1\advance\pieceroom-2.2em
  \parbox[t]{#1}{\raggedright\hangindent=1em\hangafter=1\lineskiplimit=4pt\lineskip=6pt
  \linepenalty=200\hyphenpenalty=100\exhyphenpenalty=100\noindent #3\par}\else\usebox{\fitbox}\fi}
\newsavebox{\piecebox}
\newdimen\pieceroom
\newcommand{\piece}[1]{\sbox{\piecebox}{$\displaystyle #1$}%
  \ifdim\wd\piecebox>\pieceroom\resizebox{\pieceroom}{!}{\usebox{\piecebox}}\else\usebox{\piecebox}\fi}
% A bracket that is wider than a line is broken inside.
\newcommand{\parts}[2]{\sbox{\piecebox}{$\displaystyle #1$}%
  \ifdim\wd\piecebox>\pieceroom #2\else\usebox{\piecebox}\fi}
\newcommand{\inlines}[1]{{\pieceroom=0.96\linewidth #1}}
% In a product the next line starts with the sign.
\newcommand{\breaktimes}{\discretionary{}{\hbox{$\times\;$}}{\kern.12em}}
% The reason beside a line, and the verdict of a line that was not proved.
\newcommand{\reason}[1]{\parbox{0.22\linewidth}{\raggedright\footnotesize\color{black!65}#1}}
% The numbers of the equations take the same room on every line, so that the reasons stand in one column.
\makeatletter
\renewcommand{\tagform@}[1]{\maketag@@@{\makebox[2.2em][r]{(#1)}}}
\makeatother
\newcommand{\untagged}{\tag*{\makebox[2.2em]{}}}
\newcommand{\refuted}{\textcolor{red!75!black}{\bfseries refuted}}
\newcommand{\leftopen}{\textcolor{orange!75!black}{\bfseries open}}
% A place that can be linked to, a reference to a result, a reference to a rule.
\newcommand{\place}[1]{\raisebox{1.2\baselineskip}[0pt][0pt]{\hypertarget{#1}{}}}
\newcommand{\result}[2]{\hyperlink{#1}{\textcolor{blue!55!black}{#2}}}
\newcommand{\rulelink}[2]{\hyperlink{#1}{#2}}
% A new page, unless this much room is left on the current one.
\newcommand{\needroom}[1]{\par\begingroup\dimen0=\pagegoal\advance\dimen0-\pagetotal
  \ifdim\dimen0<#1\relax\ifdim\pagetotal>0pt\relax\newpage\fi\fi\endgroup}
"""

FIGURES = r"""\usepackage{tikz,pgfplots}
\pgfplotsset{compat=newest}
"""

DISPLAYED = r"\displaystyle "

_MARKS = {"": "", "PROVED": r"$\square$", "REFUTED": r"\refuted", "OPEN": r"\leftopen"}

_NUMBERS = "All numbers are real unless something else is said."
_SAID = {
    "solutions": "The reason for a line stands beside it. "
    r"A chain is closed by $\square$ when every link of it is proved.",
    "hints": "For each result: where to start, and what to use line by line.",
    "problems": "",
}


def render(sheet: Sheet) -> str:
    """The whole document."""
    return _Writer(sheet.targets, frozenset(chain.name for chain in sheet.chains)).document(sheet)


def render_chain(chain: Chain, heading: str = "", width: int = 100) -> str:
    """One chain, to be pasted into a page that loads amsmath and mathtools."""
    writer = _Writer(frozenset())
    comment = f"% {chain.name}{f' ({heading})' if heading else ''}\n".replace("\n", " ").rstrip() + "\n"
    said = writer.assumptions(chain)
    return comment + (f"{said}\n" if said else "") + plain_display(chain, writer.running) + "\n"


@record
class _Writer:
    """Writes a sheet; only what is among its targets is linked to."""

    targets: frozenset[str]
    here: frozenset[str] = frozenset()  # the chains of the sheet
    figures: int = 0

    # -- the document -----------------------------------------------------------------
    def document(self, sheet: Sheet) -> str:
        rules = sheet.rules if sheet.variant != "problems" else []
        named = "The rules that are named are stated in full at the end." if rules else ""
        said = "\n".join(part for part in (_NUMBERS, _SAID[sheet.variant], named) if part)
        parts = [self.head(sheet), said]
        for section in sheet.sections:
            parts += self.section(section, sheet.variant)
        if sheet.variant == "solutions" and sheet.errata:
            parts += [_heading("section", "Errata"), *(self.slip(slip) for slip in sheet.errata)]
        if rules:
            parts += [_heading("section", "Rules used"), *map(self.rule, rules)]
        return "\n\n".join(part for part in [*parts, r"\end{document}"] if part) + "\n"

    def head(self, sheet: Sheet) -> str:
        below = [escape(part) for part in (sheet.author, sheet.date) if part]
        lines = r"\\[4pt] \large " + r" \quad ".join(below) if below else ""
        drawn = any(problem.figures for section in sheet.sections for problem in section.problems)
        figures = FIGURES if drawn and sheet.variant == "solutions" else ""
        read = READ if sheet.variant == "solutions" else ""
        return (
            f"{read}{PREAMBLE}{figures}\\hypersetup{{pdftitle={{{plain(sheet.title)}}}}}\n\\begin{{document}}\n\n"
            rf"\begin{{center}}\LARGE {escape(sheet.title)}{lines}\end{{center}}"
        )

    def section(self, section: Section, variant: str) -> Iterator[str]:
        for number, problem in enumerate(section.problems):
            title = f": {problem.title}" if problem.title and variant == "solutions" else ""
            if variant == "problems":
                yield r"\needroom{105mm}"
            if section.title and number == 0:
                yield _heading("section", section.title)
            points = f" ({problem.points})" if problem.points else ""
            yield _heading("subsection", problem.exercise + points + title)
            yield self.text(problem.statement)
            yield from {"solutions": self.solution, "problems": self.blank, "hints": self.hints}[variant](problem)

    def solution(self, problem: Problem) -> Iterator[str]:
        if problem.chains and problem.statement:
            yield r"\emph{Solution.}\par\nopagebreak"
        stated = dict.fromkeys(row for chain in problem.chains for row in chain.notation)
        if stated:
            yield "\n".join(f"% derivations: {row}" for row in stated)
        if problem.given or problem.declared:
            yield self.assumptions(problem, "Throughout, given")
        for chain in problem.chains:
            yield from self.chain(chain)
        yield from map(self.code, problem.code)
        yield self.text(problem.remarks)
        yield self.drawn(problem.figures)

    def blank(self, problem: Problem) -> Iterator[str]:
        lines = sum(len(chain.lines) + 1 for chain in problem.chains)
        yield rf"\vspace{{{min(150, max(50, 14 * lines))}mm}}"

    def hints(self, problem: Problem) -> Iterator[str]:
        if problem.given or problem.declared:
            yield self.assumptions(problem, "Throughout, given")
        for chain in problem.chains:
            steps = "; ".join(
                ", ".join(map(self.running, hinted(line))) or "rearrange (plain algebra)" for line in chain.lines
            )
            yield (
                rf"\textbf{{{escape(chain.title)}.}} {self.assumptions(chain)} "
                rf"Start from {self.roomy(chain.start)}, and use line by line: {steps}."
            )

    # -- chains -------------------------------------------------------------------------
    def chain(self, chain: Chain) -> Iterator[str]:
        # No empty line before the display: it goes on in the same paragraph.
        place = rf"\place{{{anchor(chain.name)}}}" if chain.name in self.targets else ""
        head = rf"{place}\textbf{{{escape(chain.title)}.}} {self.assumptions(chain)}".rstrip()
        yield head + "\n" + display(chain, self.running)
        yield self.close(chain)

    def assumptions(self, of: Chain | Problem, word: str = "Given") -> str:
        """What it assumes, in a sentence; empty if that is nothing."""
        given = "; ".join("".join(map(self.roomy, parts)) for parts in of.given)
        facts = ", ".join(f"${fact.latex}$" for fact in of.declared)
        if not given:
            return f"{word.replace('given', 'with').replace('Given', 'With')} {facts}." if facts else ""
        return f"{word} {given}{', with ' if facts else ''}{facts}."

    def roomy(self, part: Inline) -> str:
        """Like `inline`, with fractions in their full size."""
        tall = isinstance(part, Formula) and r"\frac" in part.latex
        return fitted_inline(part, DISPLAYED) if tall and isinstance(part, Formula) else self.inline(part)

    def close(self, chain: Chain) -> str:
        """What was shown, what it rests on, and the mark of its verdict at the right."""
        hence = chain.stated if chain.verdict == "PROVED" and len(chain.lines) > 1 else None
        parts = [f"Hence {fitted_inline(hence, DISPLAYED)}." if hence is not None else ""]
        parts += [quoting(remark) for remark in chain.remarks]
        rests = rf"{{\footnotesize Rests on: {', '.join(map(self.running, chain.rests_on))}.}}"
        mark = rf"\hspace*{{\fill}}{_MARKS[chain.verdict]}" if chain.verdict else ""
        if mark and not any(parts) and not chain.rests_on:  # the mark alone stands close to the chain
            mark = rf"\vspace{{-0.7\baselineskip}}{mark}"
        parts.append(f"{rests if chain.rests_on else ''}{mark}")
        return "\n\n".join(part for part in parts if part)

    # -- what stands beside the chains --------------------------------------------------------
    def code(self, code: Code) -> str:
        lines = r"\\".join(escape(line).replace(" ", "~") for line in code.source.splitlines())
        width = 110 if len(code.latex) + len(code.means.latex) > 3 * BROAD else 0
        fits = rf"\fit{{0.6\linewidth}}{{{code.latex}}}" if width else rf"$\displaystyle {code.latex}$"
        set_from = f", set from its source: {fits}," if code.latex else ""
        return (
            rf"\emph{{In Python{'' if set_from else ','}}}{set_from} for $\displaystyle {code.means.latex}$."
            f"\n\n{{\\footnotesize\\ttfamily {lines}\\par}}"
        )

    def drawn(self, figures: tuple[Graph | Tree, ...]) -> str:
        """The figures of an exercise, two beside each other."""
        if not figures:
            return ""
        share = "0.9" if len(figures) == 1 else "0.48"
        made = [self.figure(figure, share) for figure in figures]
        return "\\begin{center}\n" + "\\hfill\n".join(made) + "\n\\end{center}"

    def figure(self, figure: Graph | Tree, share: str) -> str:
        self.figures += 1
        drawn = tikz.graph(figure, self.running) if isinstance(figure, Graph) else tikz.tree(figure)
        return (
            rf"\begin{{minipage}}[t]{{{share}\linewidth}}\centering" + f"\n{drawn}\\par\\smallskip\n"
            rf"{{\small Figure {self.figures}. {self.running(figure.caption)}\par}}" + "\n\\end{minipage}"
        )

    def slip(self, slip: Slip) -> str:
        return rf"\textbf{{{escape(slip.where)}.}} {self.text(slip.says)}" + (
            rf" \emph{{Evidence.}} {self.text(slip.evidence)}" if slip.evidence else ""
        )

    def rule(self, rule: RuleText) -> str:
        place = rf"\place{{{anchor(f'rule {rule.name}')}}}"
        name = escape(rule.title)
        where = rf"\quad \fit{{\linewidth}}{{\text{{if }} {rule.conditions}}}" if rule.conditions else ""
        source = rf"{{\footnotesize\color{{black!65}} {self.dollars(rule.source[:1].upper() + rule.source[1:])}\par}}"
        return (
            rf"\begin{{minipage}}{{\linewidth}}\raggedright\small {place}\textbf{{{name}.}} "
            rf"{self.mathematics(rule.statement)}{where}\par\smallskip {source}\end{{minipage}}"
        )

    def mathematics(self, latex: str) -> str:
        return rf"\fit{{0.9\linewidth}}{{{latex}}}" if len(latex) > 2 * BROAD else rf"$\displaystyle {latex}$"

    def dollars(self, text: str) -> str:
        """Prose in which `$…$` is mathematics already."""
        parts = text.split("$")
        if len(parts) % 2 == 0:
            return escape(text)
        return "".join(f"${part}$" if n % 2 else escape(part) for n, part in enumerate(parts))

    # -- running text -----------------------------------------------------------------------
    def text(self, text: Text) -> str:
        """Paragraphs; a displayed formula goes on in the paragraph before it."""
        parts: list[str] = []
        for part in text:
            if isinstance(part, Display) and parts:
                parts[-1] += "\n" + self.paragraph(part)
            else:
                parts.append(self.paragraph(part))
        return "\n\n".join(parts)

    def paragraph(self, part: object) -> str:
        if isinstance(part, Display):
            tag = rf" \tag{{{escape(part.equation)}}}" if part.equation else ""
            return rf"\begin{{equation*}} {fitted(part.formula, 0.85)}{tag} \end{{equation*}}"
        return self.running(getattr(part, "parts", ()))

    def running(self, parts: Iterable[Inline]) -> str:
        """Running text with formulas."""
        return "".join(map(self.inline, parts))

    def inline(self, part: Inline) -> str:
        if isinstance(part, Words):
            return escape(part.text)
        if isinstance(part, Formula):
            return fitted_inline(part)
        inside = self.running(part.parts)
        if part.target not in self.targets:
            elsewhere = part.home and self.here and part.target not in self.here
            return f"{inside} of {escape(part.home)}" if elsewhere else inside
        macro = "rulelink" if part.target.startswith("rule ") else "result"
        return rf"\{macro}{{{anchor(part.target)}}}{{{inside}}}"


def _heading(kind: str, title: str) -> str:
    level = 1 if kind == "section" else 2
    mark = anchor(f"{kind} {title}")
    return rf"\{kind}*{{{escape(title)}}}\pdfbookmark[{level}]{{{plain(title)}}}{{{mark}}}"
