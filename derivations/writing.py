"""What an exercise says beside its chains: its statement, remarks, errata, figures, definitions in Python.

An exercise binds them at its top level, and the sheet shows them:

    PROBLEM   what is asked, a `prose(…)`
    REMARK    what may be said of the result, a `prose(…)`
    ERRATA    where the source is wrong or loose, a tuple of `erratum(…)`
    FIGURES   a tuple of `plot(…)` and `backup_diagram(…)`
    PYTHON    a tuple of `in_python(…)`
    POINTS    what it is worth, in words ("3 points")

Formulas are set from terms: nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from derivations.records import record
from derivations.terms.term import TermError, as_term


@record(frozen=True, eq=False)
class Prose:
    """Paragraphs in which `{name}` stands for a formula, a definition, or a result that is referred to."""

    template: str
    formulas: Mapping[str, Any]

    def pieces(self, text: str) -> Iterator[tuple[str, Any]]:
        """A part of the template as (words, what follows them, or None)."""
        for words, name, _, _ in Formatter().parse(text):
            yield words, None if name is None else self.formulas[name]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the template, each on one line."""
        return [" ".join(part.split()) for part in self.template.strip().split("\n\n")]


def prose(template: str, **formulas: Any) -> Prose:
    """Text of our own with formulas in it: `prose("Show that {p} is a sigmoid.", p=policy(1, s))`.

    A formula is a term, a definition (set with `:=`), a hypothesis, a law,
    `declared(a, C)`, or a derivation, which becomes a reference to its result. Empty lines part
    paragraphs; a paragraph that is one formula is displayed, with the number
    `(8)` that may follow it. A brace is written twice, as in a format string.

    Raises TermError for a formula that the text does not mention or does not get.
    """
    try:
        named = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError as error:
        raise TermError(f"the text has a brace without its partner ({error}): write a brace twice") from error
    for name in named:
        if name not in formulas:
            raise TermError(f"the text mentions {{{name}}}, but no formula of that name is given")
    for name in formulas:
        if name not in named:
            raise TermError(f"the formula {name!r} does not occur in the text")
    return Prose(template, formulas)


@record(frozen=True)
class Declared:
    """What symbols were declared to be: `a ∈ {0, 1}`, `C > 0`."""

    symbols: tuple[Any, ...]


def declared(*symbols: Any) -> Declared:
    """For a text: what these symbols, vectors and matrices were declared to be."""
    return Declared(symbols)


@record(frozen=True, eq=False)
class Erratum:
    """Where the source is wrong or loose.

    where:    the place in the source
    says:     what it says and what it should say
    evidence: why
    refuted:  a chain that follows the source's words, and that must be refuted; its witness is shown
    """

    where: str
    says: Prose
    evidence: Prose
    refuted: Any = None


def erratum(where: str, says: Prose | str, evidence: Prose | str, *, refuted: Any = None) -> Erratum:
    """A slip of the source, with the evidence; `refuted` is a derivation that takes the source at its word."""
    return Erratum(where, _prose(says), _prose(evidence), refuted)


def _prose(text: Prose | str) -> Prose:
    return prose(text) if isinstance(text, str) else text


# -- figures ------------------------------------------------------------------------------
@record(frozen=True, eq=False)
class Curve:
    """One curve: a term, and the values of everything in it but the variable along which it is drawn.

    band: the area between the curve and its mirror image, instead of the curve
    """

    term: Any
    label: Prose
    along: Any
    points: tuple[Any, ...]
    at: tuple[tuple[Any, Any], ...] = ()
    band: bool = False


def curve(
    term: Any, along: Any, points: Sequence[Any], label: Prose | str, at: Mapping[Any, Any] | None = None,
    *, band: bool = False,
) -> Curve:  # fmt: skip
    """The values of `term` as `along` runs through `points`, with the values `at` of the rest."""
    fixed = tuple((at or {}).items())
    return Curve(as_term(term), _prose(label), as_term(along), tuple(points), fixed, band)


@record(frozen=True, eq=False)
class Plot:
    """Curves over one axis."""

    caption: Prose
    across: Prose
    curves: tuple[Curve, ...]
    up: Prose | None = None


def plot(caption: Prose | str, across: Prose | str, *curves: Curve, up: Prose | str | None = None) -> Plot:
    """A figure: curves whose every number is computed from the terms; `across` and `up` name its axes."""
    return Plot(_prose(caption), _prose(across), curves, None if up is None else _prose(up))


@record(frozen=True, eq=False)
class Backup:
    """A backup diagram: what a proved equation averages over, from its left side down."""

    caption: Prose
    result: Any


def backup_diagram(caption: Prose | str, result: Any) -> Backup:
    """The diagram of a Bellman equation, a derivation: states are open circles, actions full ones.

    Raises TermError if the derivation does not state an equation.
    """
    if result.statement is None or result.statement.sign != "=":
        raise TermError("a backup diagram shows an equation: give a derivation that ends in qed")
    return Backup(_prose(caption), result)


# -- definitions in Python --------------------------------------------------------------------
@record(frozen=True, eq=False)
class InPython:
    """A definition as a Python function, and the term that means the same.

    takes: what each parameter of the function stands for: a term, or a family (then a mapping by index)
    """

    function: Callable[..., Any]
    means: Any
    takes: Mapping[str, Any]


def in_python(function: Callable[..., Any], means: Any, **takes: Any) -> InPython:
    """Show `function` beside the formula `means`; each of its parameters is named in `takes`.

    Raises TermError when the parameters are not those of the function.
    """
    code = function.__code__
    parameters = code.co_varnames[: code.co_argcount]
    if set(parameters) != set(takes):
        raise TermError(f"{function.__name__} takes {', '.join(parameters)}: say what each of them stands for")
    return InPython(function, as_term(means), takes)


__all__ = [
    "Backup", "Curve", "Declared", "Erratum", "InPython", "Plot", "Prose",
    "backup_diagram", "curve", "declared", "erratum", "in_python", "plot", "prose",
]  # fmt: skip
