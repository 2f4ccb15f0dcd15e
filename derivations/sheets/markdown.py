"""The sheet as Markdown with `$…$`, as GitHub and notebooks show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from derivations.sheets.latex_chain import by
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

SUFFIX = "md"
MARKS = {"": "", "PROVED": "", "REFUTED": "**refuted**", "OPEN": "**open**"}


def render(sheet: Sheet) -> str:
    """The whole document."""
    blocks = [f"# {escape(sheet.title)}", *(escape(part) for part in (sheet.author, sheet.date) if part)]
    for section in sheet.sections:
        blocks += [f"## {escape(section.title)}"] if section.title else []
        for problem in section.problems:
            blocks += _problem(problem, sheet.variant)
    if sheet.variant == "solutions" and sheet.errata:
        blocks += ["## Errata", *map(_slip, sheet.errata)]
    if sheet.variant != "problems" and sheet.rules:
        blocks += ["## Rules used", "\n".join(map(_rule, sheet.rules))]
    return "\n\n".join(block.rstrip() for block in blocks if block) + "\n"


def _problem(problem: Problem, variant: str) -> Iterator[str]:
    title = f": {problem.title}" if problem.title and variant == "solutions" else ""
    points = f" ({problem.points})" if problem.points else ""
    yield f"### {escape(problem.exercise + points + title)}"
    yield paragraphs(problem.statement)
    if variant != "problems":
        yield _assumptions(problem, "Throughout, given")
    if variant == "hints":
        yield from map(_hint, problem.chains)
    if variant != "solutions":
        return
    yield from map(_code, problem.code)
    yield from (render_chain(chain) for chain in problem.chains)
    yield paragraphs(problem.remarks)
    yield from map(_figure, problem.figures)


def _hint(chain: Chain) -> str:
    steps = "\n".join(f"1. {', '.join(map(running, hinted(line))) or 'plain algebra'}" for line in chain.lines)
    start = f"Start from {math(chain.start)}, and use line by line:"
    return f"**{escape(chain.title)}.** {_assumptions(chain)} {start}\n\n{steps}"


def render_chain(chain: Chain, heading: str = "", width: int = 100) -> str:
    """One chain: its assumptions, the display, the reasons as a list, what it rests on."""
    title = f"**{escape(chain.title)}**" + (f" ({escape(heading)})" if heading else "") + "**.**"
    blocks = [f"{title.replace('****', '')} {_assumptions(chain)}".rstrip(), _display(chain)]
    reasons = [(n, _beside(line)) for n, line in enumerate(chain.lines, 1)]
    blocks.append("\n".join(f"- line {n}: {said}" for n, said in reasons if said))
    if chain.verdict:
        rests = f", resting on {', '.join(map(running, chain.rests_on))}" if chain.rests_on else ""
        blocks.append(f"*{chain.verdict}*{rests}")
    blocks += [quoting(remark) for remark in chain.remarks]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _display(chain: Chain) -> str:
    rows = []
    for position, line in enumerate(chain.lines):
        left = f"{chain.start.latex} " if position == 0 else ""
        approach = line.approach.latex if line.approach is not None else ""
        tag = rf" && \text{{({line.equation})}}" if line.equation else ""
        rows.append(f"{left}&{line.sign.latex} {line.formula.latex}{approach}{tag}")
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$"


def _beside(line: Line) -> str:
    reasons = ", ".join(by(reason, running) for reason in line.reasons)
    return " ".join(part for part in (reasons, MARKS[line.verdict]) if part)


def _assumptions(of: Chain | Problem, word: str = "Given") -> str:
    given = "; ".join(running(parts) for parts in of.given)
    facts = ", ".join(math(fact) for fact in of.declared)
    if not given:
        return f"{word.replace('given', 'with').replace('Given', 'With')} {facts}." if facts else ""
    return f"{word} {given}{', with ' if facts else ''}{facts}."


# -- running text ------------------------------------------------------------------------
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~^])")


def escape(text: str) -> str:
    """Prose for Markdown: its special characters as they read."""
    return _SPECIAL.sub(r"\\\1", text)


def quoting(text: str) -> str:
    """The same; what stands between backticks as it is typed."""
    parts = text.split("`")
    return "`".join(part if position % 2 else escape(part) for position, part in enumerate(parts))


def math(formula: Formula) -> str:
    """A formula in running text."""
    return f"${formula.latex}$"


def running(parts: Run | Iterable[Inline]) -> str:
    """Running text with formulas."""
    return "".join(map(inline, parts))


def inline(part: Inline) -> str:
    """A piece of running text."""
    if isinstance(part, Words):
        return escape(part.text)
    return math(part) if isinstance(part, Formula) else running(part.parts)


def paragraphs(text: Text) -> str:
    """Paragraphs and displayed formulas."""
    return "\n\n".join(
        "$$\n" + part.formula.latex + (rf" \tag{{{part.equation}}}" if part.equation else "") + "\n$$"
        if isinstance(part, Display)
        else running(part.parts)
        for part in text
    )


# -- what stands beside the chains -----------------------------------------------------------
def _code(code: Code) -> str:
    that_is = f"that is ${code.latex}$, which means" if code.latex else "which means"
    return f"```python\n{code.source}\n```\n\n{that_is} {math(code.means)}."


def _slip(slip: Slip) -> str:
    return f"**{escape(slip.where)}.** {paragraphs(slip.says)} *Evidence.* {paragraphs(slip.evidence)}"


def _rule(rule: RuleText) -> str:
    where = f" if ${rule.conditions}$" if rule.conditions else ""
    return f"- **{escape(rule.name)}**: ${rule.statement}${where} ({rule.source[:1].upper() + rule.source[1:]})"


def _figure(figure: Graph | Tree) -> str:
    if isinstance(figure, Tree):
        ways = [
            f"{'  ' * depth}- {'○' if level.kind == 'state' else '●'} {math(level.label)}"
            + (f" by {math(level.beside)}" if level.beside is not None else "")
            for depth, level in enumerate(figure.levels)
        ]
        return "\n".join(ways) + f"\n\n*{running(figure.caption)}*"
    some, values = sampled(figure)
    rows = [
        f"| {running(figure.across)} | " + " | ".join(f"{x:g}" for x in some) + " |",
        "|---" * (len(some) + 1) + "|",
        *(f"| {running(label)} | " + " | ".join(cells) + " |" for label, cells in values),
    ]
    return "\n".join(rows) + f"\n\n*{running(figure.caption)}*"


def sampled(figure: Graph) -> tuple[list[float], list[tuple[Run, list[str]]]]:
    """A graph as a table: some of its points, and what each curve is there."""
    across = sorted({x for series in figure.series for x, _ in series.points})
    some = across[:: max(1, len(across) // 8)]
    rows = []
    for series in figure.series:
        values, sign = dict(series.points), "±" if series.band else ""
        rows.append((series.label, [f"{sign}{values[x]:.3g}" if x in values else "" for x in some]))
    return some, rows
