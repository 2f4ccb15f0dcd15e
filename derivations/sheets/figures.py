"""Figures: every number is computed from a term, and every branch is read off an equation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from derivations.sheets.formulas import formula
from derivations.sheets.model import Graph, Level, Run, Series, Tree
from derivations.terms.conditioning import Density, Realisation
from derivations.terms.functions import Apply
from derivations.terms.relations import Relation
from derivations.terms.term import Term
from derivations.writing import Backup, Curve, Plot, Prose

Running = Callable[[Prose], Run]


def drawn(figure: Plot | Backup, running: Running) -> Graph | Tree:
    """The figure as data; `running` sets its texts."""
    if isinstance(figure, Backup):
        return Tree(running(figure.caption), tuple(_levels(figure.result.statement)))
    up = () if figure.up is None else running(figure.up)
    series = tuple(_series(curve, running) for curve in figure.curves)
    return Graph(running(figure.caption), running(figure.across), series, up)


def _series(curve: Curve, running: Running) -> Series:
    points = zip(map(float, curve.points), values(curve), strict=True)
    return Series(running(curve.label), tuple(points), curve.band)


def values(curve: Curve) -> Iterator[float]:
    """The numbers that the term of a curve is worth along it."""
    from derivations.models.hypotheses import problem
    from derivations.models.model import Choice, Model

    alone = problem(Relation(curve.term, "=", curve.term), ())
    for x in curve.points:
        model = Model(alone, Choice((), 0))
        for atom, number in (*curve.at, (curve.along, x)):
            model.known[model.key(atom)] = Fraction(number)
        found: Any = model(curve.term)
        yield float(f"{float(found):.6g}")


def _levels(equation: Relation) -> Iterator[Level]:
    """The left side, then what each density on the right side averages over, down to the value at the end."""
    densities = [part for part in equation.rhs.walk() if isinstance(part, Density)]
    yield Level(_kind(_argument(equation.lhs)), formula(equation.lhs))
    for density in densities:
        (reached,) = (one for one in density.values if isinstance(one, Realisation) and one.domain.kind == "space")
        values = [part for part in equation.rhs.walk() if isinstance(part, Apply) and _argument(part) == reached]
        shown = values[-1] if density is densities[-1] and values else reached
        yield Level(_kind(reached), formula(shown), formula(density))


def _argument(call: Term) -> Any:
    """What a value function is the value of: v of a state, q of an action in a state."""
    return call.args[-1] if isinstance(call, Apply) else call


def _kind(reached: Any) -> str:
    return "action" if isinstance(reached, Realisation) and reached.sequence.letter == "A" else "state"
