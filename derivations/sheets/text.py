"""A chain in the terminal: one relation a line, the reasons beside the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivations.kernel.report import Verdict
from derivations.sheets.document import Chain, Inline, Line, Words
from derivations.terms.printing import TEXT
from derivations.terms.relations import Relation

MARKS = {Verdict.PROVED: "", Verdict.REFUTED: "✗ refuted", Verdict.OPEN: "? open"}


def render(chain: Chain, heading: str = "", width: int = 100) -> str:
    """The chain as text, at most `width` columns wide where its formulas allow that."""
    rows = [f"{chain.name}  ({heading})" if heading else chain.name]
    rows += list(_assumptions(chain))
    rows += ["", f"  {chain.start.text}"]
    rows += list(_lines(chain.lines, width))
    if chain.stated is not None:
        rows += ["", f"  qed  {chain.stated.text}"]
    if chain.verdict is not None:
        rests = f", resting on {', '.join(map(sentence, chain.rests_on))}" if chain.rests_on else ""
        rows += ["", f"  {chain.verdict.value}{rests}"]
    rows += [f"  {problem}" for problem in chain.problems]
    return "\n".join(rows) + "\n"


def inline(part: Inline) -> str:
    """A piece of running text."""
    if isinstance(part, Words):
        return part.text
    if part.defines and isinstance(part.term, Relation):
        return f"{part.term.lhs.text} := {part.term.rhs.text}"
    return part.term.text


def sentence(parts: Iterable[Inline]) -> str:
    """Running text and formulas on one line."""
    return "".join(inline(part) for part in parts)


def _assumptions(chain: Chain) -> Iterator[str]:
    rows = [("given", sentence(given)) for given in chain.given]
    facts = ", ".join(fact.text for fact in chain.declared)
    if facts:
        rows.append(("where", facts))
    previous = ""
    for word, text in rows:
        yield f"  {word if word != previous else '':<6} {text}"
        previous = word


def _lines(lines: tuple[Line, ...], width: int) -> Iterator[str]:
    left = [f"    {TEXT.sign(line.link.sign)} {line.link.rhs.text}{_approach(line.link)}" for line in lines]
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


def _approach(link: Relation) -> str:
    if link.variable is None or link.point is None:
        return ""
    return TEXT.as_tends(link.variable, link.point)


def _beside(line: Line) -> str:
    parts = [", ".join(sentence(reason) for reason in line.reasons)]
    if line.equation:
        parts.append(f"({line.equation})")
    if line.verdict is not None:
        parts.append(MARKS[line.verdict])
    return "  ".join(part for part in parts if part)
