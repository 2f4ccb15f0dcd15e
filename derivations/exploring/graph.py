"""Results and what they cite: a tree in a terminal, a picture in a notebook."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from derivations.checking import Known, check
from derivations.derivation import Derivation, reason_name
from derivations.exploring.naming import name_all
from derivations.exploring.showing import MARKS, Words
from derivations.kernel.chain import statement_of
from derivations.kernel.reasons import Cases, FreeVariable
from derivations.kernel.report import Verdict
from derivations.records import record

COLUMNS = 44  # of a box in the picture
_WIDE, _HIGH = 7.3, 17  # of a letter, in pixels
_ACROSS, _DOWN, _PAD = 40, 26, 9
_COLOURS = {Verdict.PROVED: "#2e7d32", Verdict.REFUTED: "#c62828", Verdict.OPEN: "#b26a00"}


@record(eq=False)
class Node:
    """A result: what it says, its reasons by their names, what is given, and the results that it cites."""

    name: str
    said: str
    verdict: Verdict
    reasons: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    cites: list[Node] = field(default_factory=list)


class Graph(Words):
    """What a chain cites, and what that cites."""

    root: Node

    def _repr_svg_(self) -> str:
        return picture(self.root)


def graph(chain: Derivation) -> Graph:
    """The results that the chain cites, and what these cite; each is shown once."""
    root = _node(name_all(chain), {}, {}, "this chain")
    made = Graph("\n".join(_tree(root, "", set())))
    made.root = root
    return made


def _node(chain: Derivation, known: Known, made: dict[Derivation, Node], called: str) -> Node:
    if chain not in made:
        report = check(chain, reproduce=False, known=known)
        stated = statement_of(chain) if chain.statement is None and chain.steps else chain.statement
        said = chain.start.text if stated is None else stated.text
        made[chain] = node = Node(chain.name or called, said, report.verdict)
        for reason in [*(r for step in chain.steps for r in step.reasons), *chain.given]:
            if isinstance(reason, Derivation):
                cited = _node(reason, known, made, "a result")
                node.cites += [] if cited in node.cites else [cited]
            elif (name := _called(reason)) not in node.reasons + node.given:
                (node.given if reason in chain.given else node.reasons).append(name)
    return made[chain]


def _called(reason: Any) -> str:
    return repr(reason) if isinstance(reason, (Cases, FreeVariable)) else reason_name(reason)


# -- as text ---------------------------------------------------------------------------
def _tree(node: Node, indent: str, seen: set[Node]) -> Iterator[str]:
    again = "  (see above)" if node in seen else ""
    yield f"{indent}{node.name}  {MARKS[node.verdict]}  {node.said}{again}"
    if node not in seen:
        seen.add(node)
        for cited in node.cites:
            yield from _tree(cited, indent + "  ", seen)
        yield from (f"{indent}  {name}" for name in node.reasons)
        yield from (f"{indent}  {name}" for name in node.given)


# -- as a picture ------------------------------------------------------------------------
@record
class _Box:
    x: float
    y: float
    rows: list[tuple[str, str]]  # of text, with their style

    @property
    def high(self) -> float:
        return len(self.rows) * _HIGH + 2 * _PAD


_BOX = COLUMNS * _WIDE + 2 * _PAD


def picture(root: Node) -> str:
    """SVG: a box for each result, those that it cites to the right of it."""
    boxes = _placed(_layers(root))
    parts = [_edge(boxes[node], boxes[cited]) for node in boxes for cited in node.cites]
    parts += [_drawn(node, box) for node, box in boxes.items()]
    wide = max(box.x for box in boxes.values()) + _BOX + 1
    high = max(box.y + box.high for box in boxes.values()) + 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" '
        f'viewBox="0 0 {wide:.0f} {high:.0f}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" '
        f'font-size="12">{"".join(parts)}</svg>'
    )


def _layers(root: Node) -> list[list[Node]]:
    """Each result to the right of all that cite it."""
    depth: dict[Node, int] = {}

    def visit(node: Node, at: int) -> None:
        if depth.get(node, -1) < at:
            depth[node] = at
            for cited in node.cites:
                visit(cited, at + 1)

    visit(root, 0)
    return [[node for node in depth if depth[node] == n] for n in range(max(depth.values()) + 1)]


def _placed(layers: Sequence[Sequence[Node]]) -> dict[Node, _Box]:
    boxes: dict[Node, _Box] = {}
    for n, layer in enumerate(layers):
        below = 1.0
        for node in layer:
            boxes[node] = _Box(1 + n * (_BOX + _ACROSS), below, list(_rows(node)))
            below += boxes[node].high + _DOWN
    return boxes


def _rows(node: Node) -> Iterator[tuple[str, str]]:
    yield f"{node.name}  {MARKS[node.verdict]}", f'font-weight="bold" fill="{_COLOURS[node.verdict]}"'
    yield from ((row, 'fill="#111"') for row in _wrapped(node.said, 4))
    for word, names in (("by", node.reasons), ("given", node.given)):
        yield from ((row, 'fill="#666"') for row in _wrapped(f"{word} {_listed(names)}", 4) if names)


def _listed(names: Sequence[str]) -> str:
    """Lines are broken between the names alone."""
    return ", ".join(name.replace(" ", "\N{NO-BREAK SPACE}") for name in names)


def _wrapped(said: str, most: int) -> list[str]:
    return textwrap.wrap(said, COLUMNS, max_lines=most, placeholder=" …", break_on_hyphens=False)


def _drawn(node: Node, box: _Box) -> str:
    colour = _COLOURS[node.verdict]
    frame = (
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{_BOX:.0f}" height="{box.high:.0f}" rx="5" '
        f'fill="#fff" stroke="{colour}"/>'
    )
    lines = (
        f'<text x="{box.x + _PAD:.0f}" y="{box.y + _PAD + (n + 0.75) * _HIGH:.0f}" {style}>{html.escape(row)}</text>'
        for n, (row, style) in enumerate(box.rows)
    )
    return frame + "".join(lines)


def _edge(node: _Box, cited: _Box) -> str:
    """From what is cited to what cites it."""
    x, y = node.x + _BOX, node.y + _PAD + _HIGH / 2
    u, v = cited.x, cited.y + _PAD + _HIGH / 2
    bend = _ACROSS / 2
    curve = f"M{u:.0f},{v:.0f} C{u - bend:.0f},{v:.0f} {x + bend:.0f},{y:.0f} {x + 6:.0f},{y:.0f}"
    head = f"M{x:.0f},{y:.0f} l8,-4 v8 z"
    return f'<path d="{curve}" fill="none" stroke="#777"/><path d="{head}" fill="#777"/>'
