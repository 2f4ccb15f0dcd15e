"""The sheet as one static page: it opens from disk, offline, and needs no script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from derivations.records import record
from derivations.sheets import markdown
from derivations.sheets.escaping import anchor
from derivations.sheets.latex_chain import by
from derivations.sheets.mathml import math
from derivations.sheets.model import (
    Chain,
    Code,
    Display,
    Formula,
    Graph,
    Inline,
    Line,
    Problem,
    RuleText,
    Run,
    Sheet,
    Slip,
    Text,
    Tree,
    Words,
    hinted,
)  # fmt: skip

SUFFIX = "html"
_PROSE = re.compile(r"\\text\{([^{}\\]*)\}")
MARKS = {"REFUTED": "refuted", "OPEN": "open"}

STYLE = """
:root{color-scheme:light dark;--ink:#1c1c1e;--soft:#55555c;--page:#fff;--rule:#d8d8de;--link:#1a4f9c;
--refuted:#a3161a;--open:#7a4b00}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8ea;--soft:#b0b0b8;--page:#17181b;--rule:#3b3c42;--link:#9cc3ff;
--refuted:#ff9b98;--open:#f3c46b}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.55 Georgia,"Times New Roman",serif}
header,main{max-width:70rem;margin:0 auto;padding:0 1rem}
main{padding-bottom:4rem}
h1{font-size:1.9rem;line-height:1.2;margin:2rem 0 .5rem}
h2{font-size:1.5rem;margin:3rem 0 1rem;border-bottom:1px solid var(--rule)}
h3{font-size:1.2rem;margin:2.25rem 0 .5rem}
h4{font-size:1.05rem;margin:1.5rem 0 .25rem}
a{color:var(--link)}
:target{outline:2px solid var(--link);outline-offset:.3rem}
:is(h3,h4,article,li,div)[id]{scroll-margin-top:3rem}
math{font-size:1.06em}
p,li,summary,figcaption{overflow-wrap:anywhere}
p,.reason{overflow-x:auto;overflow-y:hidden}
.wide{overflow-x:auto;overflow-y:hidden;max-width:100%;padding:.2rem 0}
.chain{list-style:none;margin:.75rem 0;padding:0}
.chain>li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,20rem);gap:0 1.5rem;align-items:center;
padding:.3rem 0 .3rem 1.5rem}
.chain>li.start{padding-left:0}
.reason{color:var(--soft);font-size:.92em}
.refuted,.open{font-weight:bold}.refuted{color:var(--refuted)}.open{color:var(--open)}
li:has(.mark.refuted),li:has(.mark.open){border-left:.25rem solid var(--refuted)}
li:has(.mark.open){border-color:var(--open)}
.given,.verdict{color:var(--soft)}
details{border-top:1px solid var(--rule);padding:.5rem 0}
summary{cursor:pointer;font-weight:bold}
pre{overflow-x:auto;padding:.75rem;border:1px solid var(--rule)}
table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid var(--rule);text-align:right}
@media (max-width:44rem){.chain>li{grid-template-columns:minmax(0,1fr)}.reason{padding-left:1rem}}
@media print{details::details-content{content-visibility:visible;height:auto}}
"""


def render(sheet: Sheet) -> str:
    """The whole document."""
    return _Writer(sheet.targets, frozenset(chain.name for chain in sheet.chains)).document(sheet)


def render_chain(chain: Chain, heading: str = "", width: int = 100) -> str:
    """One chain as an article, to be put into a page."""
    return _Writer(frozenset({chain.name})).chain(chain, {}, heading)


@record
class _Writer:
    """Writes a page; only what is among its targets is linked to."""

    targets: frozenset[str]
    here: frozenset[str] = frozenset()  # the chains of the sheet

    def document(self, sheet: Sheet) -> str:
        by_line = " · ".join(escape(part) for part in (sheet.author, sheet.date) if part)
        body = [part for section in sheet.sections for part in self.section(section.title, section.problems, sheet)]
        if sheet.variant == "solutions" and sheet.errata:
            body += ["<section>\n<h2>Errata</h2>", *map(self.slip, sheet.errata), "</section>"]
        if sheet.variant != "problems" and sheet.rules:
            body += ["<section>\n<h2>Rules used</h2>", *map(self.rule, sheet.rules), "</section>"]
        return "\n".join([
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(sheet.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            f"<header>\n<h1>{escape(sheet.title)}</h1>",
            *([f"<p>{by_line}</p>"] if by_line else []),
            "</header>\n<main>", *body, "</main>\n</body>\n</html>\n",
        ])  # fmt: skip

    def section(self, title: str, problems: Iterable[Problem], sheet: Sheet) -> Iterator[str]:
        yield "<section>"
        yield f"<h2>{escape(title or sheet.variant.capitalize())}</h2>"
        for problem in problems:
            yield from self.problem(problem, sheet.variant)
        yield "</section>"

    def problem(self, problem: Problem, variant: str) -> Iterator[str]:
        name = f"problem {problem.exercise} {problem.title}"
        title = f": {problem.title}" if problem.title and variant == "solutions" else ""
        points = f" ({problem.points})" if problem.points else ""
        yield f"<h3>{escape(problem.exercise + points + title)}</h3>"
        yield self.paragraphs(problem.statement)
        if variant != "problems":
            yield self.assumptions(problem, "Throughout, given", name)
        if variant == "hints":
            yield from map(self.hint, problem.chains)
        if variant != "solutions":
            return
        yield from map(self.code, problem.code)
        yield from (self.chain(chain, places(problem.given, name)) for chain in problem.chains)
        yield self.paragraphs(problem.remarks)
        yield from map(self.figure, problem.figures)

    # -- a chain ------------------------------------------------------------------------
    def hint(self, chain: Chain) -> str:
        steps = "".join(
            f"<li>{', '.join(map(self.running, hinted(line))) or 'plain algebra'}</li>" for line in chain.lines
        )
        return (
            f"<h4>{escape(chain.title)}</h4>\n{self.assumptions(chain)}\n"
            f"<p>Start from {math(chain.start.latex)}, and use line by line:</p>\n<ol>{steps}</ol>"
        )

    def chain(self, chain: Chain, common: dict[Run, str], heading: str = "") -> str:
        place = f' id="{escape(anchor(chain.name))}"' if chain.name in self.targets else ""
        title = escape(f"{chain.title} ({heading})" if heading else chain.title)
        lines = "\n".join(map(self.line, chain.lines))
        parts = [
            f"<article{place}>\n<h4>{title}</h4>",
            self.assumptions(chain, name=chain.name),
            f'<ol class="chain">\n<li class="start">{broken(chain.start)}</li>\n{lines}\n</ol>',
            self.verdict(chain, common),
            *(f"<p>{quoting(remark)}</p>" for remark in chain.remarks),
            "</article>",
        ]
        return "\n".join(part for part in parts if part)

    def line(self, line: Line) -> str:
        reasons = [by(reason, self.running) for reason in line.reasons]
        mark = MARKS.get(line.verdict, "")
        said = ", ".join(reasons) + (f' <strong class="mark {mark}">{mark}</strong>' if mark else "")
        number = f' <span class="number">({escape(line.equation)})</span>' if line.equation else ""
        approach = math(line.approach.latex) if line.approach is not None else ""
        formula = broken(line.formula, f"{line.sign.latex} ", approach)
        return f'<li>{formula}<div class="reason">{said}{number}</div></li>'

    def verdict(self, chain: Chain, common: dict[Run, str]) -> str:
        if not chain.verdict:
            return ""
        known = common | places(chain.given, chain.name)
        rests = [
            f'<a href="#{place}">{self.running(run)}</a>' if (place := known.get(run)) else self.running(run)
            for run in chain.rests_on
        ]
        on = f", resting on {', '.join(rests)}" if rests else ""
        word = f'<strong class="{MARKS.get(chain.verdict, "proved")}">{escape(chain.verdict)}</strong>'
        return f'<p class="verdict">{word}{on}</p>'

    def assumptions(self, of: Chain | Problem, word: str = "Given", name: str = "") -> str:
        known = places(of.given, name) if name else {}
        given = "; ".join(
            f'<span id="{known[run]}">{self.running(run)}</span>' if known else self.running(run)
            for run in dict.fromkeys(of.given)
        )
        facts = ", ".join(math(fact.latex) for fact in of.declared)
        if not given:
            word = word.replace("given", "with").replace("Given", "With")
            return f'<p class="given">{word} {facts}.</p>' if facts else ""
        return f'<p class="given">{word} {given}{", with " if facts else ""}{facts}.</p>'

    # -- running text -----------------------------------------------------------------------
    def running(self, parts: Run | Iterable[Inline]) -> str:
        return "".join(map(self.inline, parts))

    def inline(self, part: Inline) -> str:
        if isinstance(part, Words):
            return escape(part.text)
        if isinstance(part, Formula):
            words = _PROSE.fullmatch(part.latex)
            return escape(words[1]) if words else " ".join(math(piece) for piece in pieces(part))
        inside = self.running(part.parts)
        if part.target not in self.targets:
            elsewhere = part.home and self.here and part.target not in self.here
            return f"{inside} of {escape(part.home)}" if elsewhere else inside
        return f'<a href="#{escape(anchor(part.target))}">{inside}</a>'

    def paragraphs(self, text: Text) -> str:
        return "\n".join(
            broken(part.formula, "", f" <span>({escape(part.equation)})</span>" if part.equation else "")
            if isinstance(part, Display)
            else f"<p>{self.running(part.parts)}</p>"
            for part in text
        )

    # -- what stands beside the chains ----------------------------------------------------------
    def code(self, code: Code) -> str:
        that_is = f"that is {math(code.latex)}, which means" if code.latex else "which means"
        return f"<pre><code>{escape(code.source)}</code></pre>\n<p>{that_is} {math(code.means.latex)}.</p>"

    def slip(self, slip: Slip) -> str:
        return (
            f"<h3>{escape(slip.where)}</h3>\n{self.paragraphs(slip.says)}\n"
            f"<p><em>Evidence.</em></p>\n{self.paragraphs(slip.evidence)}"
        )

    def rule(self, rule: RuleText) -> str:
        """A rule; its place is inside, so that a link to it opens it."""
        conditions = f'<div class="wide" tabindex="0">if {math(rule.conditions)}</div>' if rule.conditions else ""
        source = escape(rule.source[:1].upper() + rule.source[1:])
        return (
            f"<details><summary>{escape(rule.title)}</summary>\n"
            f'<div id="{escape(anchor(f"rule {rule.name}"))}">'
            f'<div class="wide" tabindex="0">{math(rule.statement, True)}</div>'
            f"{conditions}<p>{source}</p></div></details>"
        )

    def figure(self, figure: Graph | Tree) -> str:
        caption = f"<figcaption>{self.running(figure.caption)}</figcaption>"
        if isinstance(figure, Tree):
            ways = "".join(
                f"<li>{'○' if level.kind == 'state' else '●'} {math(level.label.latex)}"
                + (f" by {math(level.beside.latex)}" if level.beside is not None else "")
                + "</li>"
                for level in figure.levels
            )
            return f"<figure><ol>{ways}</ol>{caption}</figure>"
        some, rows = markdown.sampled(figure)
        head = "".join(f'<th scope="col">{x:g}</th>' for x in some)
        body = "".join(
            f'<tr><th scope="row">{self.running(label)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
            for label, cells in rows
        )
        table = f'<table><tr><th scope="col">{self.running(figure.across)}</th>{head}</tr>{body}</table>'
        return f'<figure><div class="wide" tabindex="0">{table}</div>{caption}</figure>'


def places(given: Iterable[Run], name: str) -> dict[Run, str]:
    """Where each assumption of a chain or an exercise stands."""
    return {run: f"{escape(anchor(name))}-given-{n}" for n, run in enumerate(dict.fromkeys(given), 1)}


def pieces(formula: Formula) -> list[str]:
    """The formula, a wide one in parts, between which a browser may break the line."""
    if formula.width <= 24 or len(formula.pieces) < 2:
        return [formula.latex]
    first, *rest = formula.pieces
    return [
        first.latex,
        *(f"{{}} {part.latex}" if part.sort in ("=", "+") else part.latex.strip() for part in rest),
    ]


def broken(formula: Formula, before: str = "", after: str = "") -> str:
    """A formula on a line of its own; a wide one in parts, between which a browser may break the line."""
    first, *rest = pieces(formula)
    made = [math(f"{{}} {before}{first}" if before else first, True), *(math(piece, True) for piece in rest)]
    body = " ".join(made).replace('display="block"', 'displaystyle="true"')
    return f'<div class="wide" tabindex="0">{body}{after}</div>'


def quoting(text: str) -> str:
    """Prose; what stands between backticks as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))
