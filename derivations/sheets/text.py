"""The sheet for the terminal: one relation a line, the reasons beside the lines."""

from __future__ import annotations

import textwrap
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
    Sheet,
    Slip,
    Text,
    Tree,
    Words,
    hinted,
)  # fmt: skip
from derivations.sheets.unicode import prose, unicode

SUFFIX = "txt"
MARKS = {"": "", "PROVED": "", "REFUTED": "✗ refuted", "OPEN": "? open"}


def render(sheet: Sheet, width: int = 100) -> str:
    """The whole document, at most `width` columns wide where its formulas allow that."""
    below = [part for part in (sheet.author, sheet.date) if part]
    blocks = ["\n".join([sheet.title, *below, "=" * max(map(len, [sheet.title, *below]))])]
    for section in sheet.sections:
        blocks += [f"{section.title}\n{'-' * len(section.title)}"] if section.title else []
        for problem in section.problems:
            blocks += _problem(problem, sheet.variant, width)
    if sheet.variant == "solutions" and sheet.errata:
        blocks += ["Errata\n------", *(_slip(slip, width) for slip in sheet.errata)]
    if sheet.variant != "problems" and sheet.rules:
        blocks += ["Rules used\n----------", "\n".join(_rule(rule, width) for rule in sheet.rules)]
    return "\n\n".join(block.rstrip() for block in blocks if block) + "\n"


def _problem(problem: Problem, variant: str, width: int) -> Iterator[str]:
    title = f": {problem.title}" if problem.title and variant == "solutions" else ""
    yield problem.exercise + (f" ({problem.points})" if problem.points else "") + title
    yield paragraphs(problem.statement, width)
    if variant == "hints":
        yield from (_hint(chain, width) for chain in problem.chains)
    if variant != "solutions":
        return
    yield from map(_code, problem.code)
    yield "\n".join(_assumptions(problem))
    yield from (render_chain(chain, "", width) for chain in problem.chains)
    yield paragraphs(problem.remarks, width)
    yield from (_figure(figure, width) for figure in problem.figures)


def _hint(chain: Chain, width: int) -> str:
    steps = "; ".join(", ".join(map(sentence, hinted(line))) or "plain algebra" for line in chain.lines)
    return textwrap.fill(f"{chain.title}: start from {chain.start.text}; use line by line: {steps}.", width)


def render_chain(chain: Chain, heading: str = "", width: int = 100) -> str:
    """One chain as text."""
    called = f"{chain.name}: {chain.called}" if chain.called else chain.name
    rows = [f"{called}  ({heading})" if heading else called]
    rows += list(_assumptions(chain))
    rows += ["", f"  {chain.start.text}"]
    rows += list(_lines(chain.lines, width))
    if chain.stated is not None:
        rows += ["", f"  qed  {chain.stated.text}"]
    if chain.verdict:
        rests = f", resting on {', '.join(map(sentence, chain.rests_on))}" if chain.rests_on else ""
        rows += ["", f"  {chain.verdict}{rests}"]
    rows += [f"  {remark}" for remark in chain.remarks]
    return "\n".join(rows) + "\n"


def inline(part: Inline) -> str:
    """A piece of running text."""
    if isinstance(part, Words | Formula):
        return part.text
    return sentence(part.parts)


def sentence(parts: Iterable[Inline]) -> str:
    """Running text and formulas on one line."""
    return "".join(inline(part) for part in parts)


def paragraphs(text: Text, width: int) -> str:
    """Running text, filled to `width`; displayed formulas are set in."""
    blocks = []
    for part in text:
        if isinstance(part, Display):
            blocks.append(f"    {part.formula.text}" + (f"   ({part.equation})" if part.equation else ""))
        else:
            blocks.append(textwrap.fill(sentence(part.parts), width, break_long_words=False, break_on_hyphens=False))
    return "\n\n".join(blocks)


def _assumptions(chain: Chain | Problem) -> Iterator[str]:
    rows = [("given", sentence(given)) for given in chain.given]
    facts = ", ".join(fact.text for fact in chain.declared)
    if facts:
        rows.append(("where", facts))
    previous = ""
    for word, text in rows:
        yield f"  {word if word != previous else '':<6} {text}"
        previous = word


def _lines(lines: tuple[Line, ...], width: int) -> Iterator[str]:
    left = [f"    {line.sign.text} {line.formula.text}{line.approach.text if line.approach else ''}" for line in lines]
    right = [_beside(line) for line in lines]
    room = width - max((len(text) for text in right), default=0) - 3
    column = max((len(text) for text in left if len(text) <= room), default=0) + 3
    for formula, reason in zip(left, right, strict=True):
        if not reason:
            yield formula
        elif len(formula) + 3 <= column:
            yield f"{formula:<{column}}{reason}"
        else:  # no room beside it: the reason stands below, in its column
            yield formula
            yield f"{'':<{column}}{reason}"


def _beside(line: Line) -> str:
    parts = [", ".join(by(reason, sentence) for reason in line.reasons)]
    if line.equation:
        parts.append(f"({line.equation})")
    parts.append(MARKS[line.verdict])
    return "  ".join(part for part in parts if part)


# -- what stands beside the chains ------------------------------------------------------
def _code(code: Code) -> str:
    return textwrap.indent(code.source, "    ") + f"\n\n    means {code.means.text}"


def _slip(slip: Slip, width: int) -> str:
    said = paragraphs(slip.says, width)
    return f"{slip.where}. {said}\n  Evidence. {paragraphs(slip.evidence, width)}"


def _rule(rule: RuleText, width: int) -> str:
    held = f", if {unicode(rule.conditions)}" if rule.conditions else ""
    rows = (f"{unicode(rule.statement)}{held}", f"({prose(rule.source)})")
    return "\n".join([f"  {rule.name}", *(textwrap.indent(textwrap.fill(row, width - 6), 6 * " ") for row in rows)])


def _figure(figure: Graph | Tree, width: int) -> str:
    caption = textwrap.fill(f"Figure. {sentence(figure.caption)}", width)
    if isinstance(figure, Tree):
        ways = [
            f"{'  ' * depth}{'○' if level.kind == 'state' else '●'} {level.label.text}"
            + (f"   {level.beside.text}" if level.beside is not None else "")
            for depth, level in enumerate(figure.levels)
        ]
        return "\n".join([*ways, "", caption])
    return f"{caption}\n\n{_table(figure)}"


def _table(graph: Graph) -> str:
    """A few of the numbers of a figure."""
    across = sorted({x for series in graph.series for x, _ in series.points})
    some = across[:: max(1, len(across) // 8)]
    rows = [[sentence(graph.across), *(f"{x:g}" for x in some)]]
    for series in graph.series:
        values = dict(series.points)
        sign = "±" if series.band else ""
        rows.append([sentence(series.label), *(f"{sign}{values[x]:.3g}" if x in values else "" for x in some)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  " + "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )
