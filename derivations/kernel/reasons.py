"""What a step may cite: rules, definitions, hypotheses, results, and cases.

A reason has a name, a statement, and says which rewriting it allows. Rules are
the general theorems (see `derivations.rules`); the others come with a
derivation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from derivations.context.given import Definition, Hypothesis
from derivations.records import lazy, record
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term

if TYPE_CHECKING:
    from derivations.context.facts import Facts


@record(frozen=True)
class Candidate:
    """One way a rule may change a term: `result`, provided that the conditions hold.

    quotes: results that it relies on, with their names
    """

    result: Term
    conditions: tuple[Term, ...] = ()
    quotes: tuple[tuple[Term, str], ...] = ()


@record(frozen=True)
class Row:
    """`pattern = result` under the conditions; single letters are metavariables."""

    pattern: Term
    result: Term
    conditions: tuple[Term, ...] = ()


Rewriter = Callable[[Term, "Facts"], Iterator[Candidate]]


@record(frozen=True, eq=False)
class Rule:
    """A named theorem.

    name:       in kebab-case, as a textbook names it
    statement:  the equation, in LaTeX
    conditions: when it holds, in LaTeX (empty: always)
    source:     where it is proved
    rows:       equations `pattern = result`, applied from left to right
    rewrite:    for what no row can say: yields candidates for a term
    roots:      the kinds of node that `rewrite` may change (empty: any)
    closes:     for relations that no rewriting shows (limits, bounds, ⟺): a
                function of the link and its facts, see `kernel.link`
    operation:  what SymPy does for the same step ("diff", "doit", …)
    once:       it applies to its own result too: it is used once, on one side of the link (or both)
    """

    name: str
    statement: str
    source: str
    conditions: str = ""
    rows: tuple[Row, ...] = ()
    rewrite: Rewriter | None = None
    roots: tuple[type[Term], ...] = ()
    closes: Callable[..., Any] | None = None
    operation: str | None = None
    once: bool = False

    def __post_init__(self) -> None:
        held = f"\n\nif {self.conditions}" if self.conditions else ""  # `help(rule)` shows it
        self.__dict__["__doc__"] = f"{self.name}\n\n{self.statement}{held}\n\n{self.source}"

    def __repr__(self) -> str:
        return self.name

    def __str__(self) -> str:
        from derivations.exploring.showing import text

        return text(self)

    @property
    def latex(self) -> str:
        return self.statement

    @lazy
    def kinds(self) -> frozenset[type] | None:
        """The kinds of node that the rule may change; None for any."""
        if self.rewrite is not None and not self.roots:
            return None
        return frozenset(self.rows_by_root) | frozenset(self.roots)

    @lazy
    def rows_by_root(self) -> dict[type, list[Row]]:
        """The rows, by the kind of node that they change."""
        found: dict[type, list[Row]] = {}
        for row in self.rows:
            found.setdefault(type(row.pattern), []).append(row)
        return found


@record(frozen=True, eq=False)
class Cases:
    """Proof by cases: each value of a symbol with a finite domain, or a relation and its negation."""

    on: Term
    name: str = "cases"

    @property
    def latex(self) -> str:
        return self.on.latex

    def __repr__(self) -> str:
        return f"cases on {self.on}"


@record(frozen=True, eq=False)
class FreeVariable:
    """From here on a defined symbol is read as a free variable (its definition is forgotten)."""

    symbol: Symbol
    name: str = "free-variable"

    @property
    def latex(self) -> str:
        return self.symbol.latex

    def __repr__(self) -> str:
        return f"{self.symbol} as a free variable"


Reason = Any
"""Rule | Definition | Hypothesis | Cases | FreeVariable | Law | Derivation (a proved result)."""


@record(frozen=True)
class Place:
    """Where something was written: file and line."""

    file: str = ""
    line: int = 0


@record(frozen=True, eq=False)
class Step:
    """One link of a chain: `lhs sign rhs`, by the reasons."""

    link: Relation
    reasons: Sequence[Reason] = ()
    place: Place = field(default_factory=Place)
    equation: str | None = None


__all__ = [
    "Candidate", "Cases", "Definition", "FreeVariable", "Hypothesis", "Place", "Reason", "Rewriter", "Row", "Rule",
    "Step",
]  # fmt: skip
