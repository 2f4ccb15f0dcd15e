r"""Figures for LaTeX: curves with pgfplots, backup diagrams with TikZ."""

from __future__ import annotations

from collections.abc import Callable

from derivations.sheets.model import Graph, Run, Series, Tree

_STYLES = ("blue!60!black", "red!70!black", "green!45!black, densely dashed", "black!70, densely dotted")
_FILLS = ("blue!25", "red!30", "green!30", "black!20")


def graph(graph: Graph, running: Callable[[Run], str]) -> str:
    """Curves over one axis, named in a legend."""
    wide = any(len(running(series.label)) > 60 for series in graph.series)
    nodes = r", nodes={text width=0.8\linewidth}" if wide else ""
    up = f", ylabel={{{running(graph.up)}}}" if graph.up else ""
    rows = [
        r"\begin{tikzpicture}",
        r"\begin{axis}[width=\linewidth, height=56mm, axis lines=left, enlargelimits=false, clip=false,",
        f"  xlabel={{{running(graph.across)}}}{up}, tick label style={{font=\\footnotesize}},",
        r"  xlabel style={text width=0.9\linewidth, align=center},",
        rf"  legend style={{font=\footnotesize, draw=none, fill=none, at={{(0.5,1.04)}}, anchor=south{nodes}}},",
        r"  legend cell align=left, scaled y ticks=false]",
    ]
    for number, series in enumerate(graph.series):
        rows += [_curve(series, number % len(_STYLES)), rf"\addlegendentry{{{running(series.label)}}}"]
    return "\n".join([*rows, r"\end{axis}", r"\end{tikzpicture}"])


def _curve(series: Series, number: int) -> str:
    points = list(series.points)
    if series.band:
        points += [(x, -y) for x, y in reversed(points)]
    listed = " ".join(f"({x:g},{y:g})" for x, y in points)
    if series.band:
        style = f"fill={_FILLS[number]}, draw={_STYLES[number]}, area legend"
        return rf"\addplot[{style}] coordinates {{{listed}}} \closedcycle;"
    return rf"\addplot[{_STYLES[number]}, thick] coordinates {{{listed}}};"


def tree(tree: Tree) -> str:
    """A backup diagram: three ways down from each level, the middle one named."""
    rows = [
        r"\begin{tikzpicture}[state/.style={circle, draw, minimum size=9pt, inner sep=0pt},",
        r"  action/.style={circle, draw, fill=black, minimum size=5pt, inner sep=0pt}]",
    ]
    parent, x = "", 0.0
    for depth, level in enumerate(tree.levels):
        y = -1.5 * depth
        spread = (0.0,) if not depth else (-1.4 / depth, 0.0, 1.4 / depth)
        for place, shift in enumerate(spread):
            name = f"n{depth}{place}"
            label = f", label={{[font=\\small]right:{{${level.label.latex}$}}}}" if place == len(spread) - 1 else ""
            rows.append(rf"\node[{level.kind}{label}] ({name}) at ({x + shift:g},{y:g}) {{}};")
            if parent:
                rows.append(rf"\draw[-stealth, shorten >=1pt] ({parent}) -- ({name});")
        if level.beside is not None and depth:
            rows.append(
                rf"\node[font=\footnotesize, left] at ({x - 0.9 / depth:g},{y + 0.85:g}) {{${level.beside.latex}$}};"
            )
        parent, x = f"n{depth}{0}", x + spread[0]
    return "\n".join([*rows, r"\end{tikzpicture}"])
