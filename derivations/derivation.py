"""Writing a derivation: hypotheses, a chain of links with their reasons, the statement.

A chain is immutable: each method gives a new one. Nothing is checked while it
is written; `.check()` judges all links.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Place, Reason, Rule, Step
from derivations.records import record
from derivations.terms.foreign import checkable
from derivations.terms.functions import Apply
from derivations.terms.relations import Proposition, Relation, relation, sign_of
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.exploring.suggest import Suggestions
    from derivations.kernel.report import Report


METHODS = {
    "=": "eq", "!=": "ne", "<=": "le", "<": "lt", ">=": "ge", ">": "gt",
    "<=>": "iff", "=>": "implies", "~": "asymptotic_to", "->": "tends_to",
}  # fmt: skip
"""Which method of a chain writes a link with this sign."""


@record(frozen=True, eq=False)
class Derivation:
    """A chain of links from `start`, under the hypotheses `given`.

    `statement` is what `.qed(…)` held it against, None before. `slips` are
    what is wrong with how it stands in its file (see `catalogue`).
    """

    start: Term
    given: tuple[Reason, ...] = ()
    steps: tuple[Step, ...] = ()
    statement: Relation | None = None
    place: Place = Place()
    name: str = ""
    exercise: str = ""
    title: str = ""
    slips: tuple[str, ...] = ()

    # -- links -------------------------------------------------------------------
    def eq(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… = rhs. `by` is a reason or several; `tag` is the equation's number on the sheet."""
        return self._link("=", rhs, by, tag)

    def ne(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… ≠ rhs."""
        return self._link("!=", rhs, by, tag)

    def le(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… ≤ rhs."""
        return self._link("<=", rhs, by, tag)

    def lt(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… < rhs."""
        return self._link("<", rhs, by, tag)

    def ge(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… ≥ rhs."""
        return self._link(">=", rhs, by, tag)

    def gt(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… > rhs."""
        return self._link(">", rhs, by, tag)

    def iff(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… ⟺ rhs, between statements such as `Eq(C**2, d)`."""
        return self._link("<=>", rhs, by, tag)

    def implies(self, rhs: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… ⟹ rhs, between statements: solutions may be gained, none is lost."""
        return self._link("=>", rhs, by, tag)

    def asymptotic_to(self, g: Any, variable: Any, point: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… ~ g as variable → point: the quotient tends to 1."""
        return self._link("~", g, by, tag, as_term(variable), as_term(point))

    def tends_to(self, value: Any, variable: Any, point: Any, by: Any = None, *, tag: str | None = None) -> Derivation:
        """… → value as variable → point."""
        return self._link("->", value, by, tag, as_term(variable), as_term(point))

    def _link(
        self, sign: str, rhs: Any, by: Any, tag: str | None, variable: Term | None = None, point: Term | None = None
    ) -> Derivation:
        if self.statement is not None:
            raise TermError("this derivation has ended in qed; start a new chain with derive(…)")
        _check_text(tag=tag)
        link = checkable(relation(self.end, sign, rhs))
        if variable is not None:
            _check_approach(variable, point)
            link = Relation(link.lhs, link.sign, link.rhs, variable, point)
        step = Step(link, as_reasons(by), caller(), tag)
        return _noted(replace(self, steps=(*self.steps, step)))

    def qed(self, lhs: Any, sign: str, rhs: Any, variable: Any = None, point: Any = None) -> Derivation:
        """End the chain, and hold it against its statement: both ends and the relation."""
        if not self.steps:
            raise TermError("qed ends a chain, but this one has no link yet")
        if self.statement is not None:
            raise TermError("this derivation has ended in qed already")
        stated = checkable(relation(lhs, sign, rhs))
        last = next((s.link for s in reversed(self.steps) if s.link.variable is not None), None)
        if stated.sign in ("~", "->"):
            at: tuple[Term | None, Term | None] = (None, None)
            if variable is not None:
                at = (as_term(variable), as_term(point))
            if variable is None and last is not None:
                at = (last.variable, last.point)
            stated = Relation(stated.lhs, stated.sign, stated.rhs, *at)
        return _noted(replace(self, statement=stated))

    def link(self, sign: str, rhs: Any, variable: Any = None, point: Any = None, by: Any = None) -> Derivation:
        """… sign rhs, with the sign as data: `chain.link("<=", 1)` is `chain.le(1)`."""
        at = () if variable is None else (variable, point)
        made: Derivation = getattr(self, METHODS[sign_of(sign)])(rhs, *at, by=by)
        return made

    # -- reading ---------------------------------------------------------------------
    @property
    def end(self) -> Term:
        """The right side of the last link."""
        return self.steps[-1].link.rhs if self.steps else self.start

    @property
    def lines(self) -> tuple[Term, ...]:
        """The start and the right side of every link."""
        return (self.start, *(step.link.rhs for step in self.steps))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All that it may rest on: what is given, and what its steps cite."""
        return (*self.given, *(reason for step in self.steps for reason in step.reasons))

    def check(self, *, reproduce: bool = True) -> Report:
        """Judge every link: proved, refuted or open; `reproduce=False` leaves SymPy out."""
        from derivations.checking import check

        return check(self, reproduce=reproduce)

    # -- exploring: see derivations.exploring ----------------------------------------
    def suggest(self, *results: Derivation) -> Suggestions:
        """At most ten lines that could come next, each with the reasons that prove it.

        The reasons are the rules, what is given, and the `results`; where none
        is named, the proved chains that have a name where this is called.
        """
        from derivations.exploring.suggest import suggest

        around = sys._getframe(1)
        names = {**around.f_globals, **around.f_locals}.items()
        return suggest(
            self, results or [_named(n, d) for n, d in names if isinstance(d, Derivation) and d.statement is not None]
        )

    def apply(self, *reasons: Any) -> Derivation:
        """The chain with the line that the reasons (or a suggestion) give; TermError if they do not apply."""
        if not reasons:
            raise TermError("apply() needs a reason: a rule, a definition, or one of d.suggest()")
        from derivations.exploring.suggest import apply

        return apply(self, reasons[0] if len(reasons) == 1 else reasons)

    def undo(self) -> Derivation:
        """The chain without its statement, or else without its last link."""
        if self.statement is not None:
            return replace(self, statement=None)
        if not self.steps:
            raise TermError("there is no link to take back")
        return replace(self, steps=self.steps[:-1])

    def explain(self, number: int) -> str:
        """Why a link holds, in words: what was rewritten by which reason, the conditions, what it rests on."""
        from derivations.exploring.asking import explain

        return explain(self, number)

    def why_not(self, lhs: Any, rhs: Any, by: Any = None) -> str:
        """What blocks the proof of lhs = rhs under the givens of this chain; a witness if it is false."""
        from derivations.exploring.asking import why_not

        return why_not(self, lhs, rhs, by)

    def at(self, **values: Any) -> Derivation:
        """The whole chain for given numbers: `d.at(d_k=64, C=8)`."""
        from derivations.exploring.asking import at

        return at(self, values)

    def rests_on(self) -> tuple[str, ...]:
        """The hypotheses, definitions and results that its proofs quote."""
        return self.check(reproduce=False).rests_on

    def stands_for(self) -> str:
        """The conditions that the given `defined` stood for, one a row."""
        from derivations.exploring.asking import stands_for

        return stands_for(self)

    def graph(self) -> str:
        """What it cites, and what that cites: a tree in a terminal, a picture in a notebook."""
        from derivations.exploring.graph import graph

        return graph(self)

    def to_python(self, name: str = "") -> str:
        """A derivation file that holds this chain, called `name` there, and checks as it stands."""
        from derivations.exploring.python_source import source

        return source(self, name)

    def _repr_latex_(self) -> str | None:
        from derivations.exploring.showing import latex

        return latex(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from derivations.exploring.showing import text

        printer.text(text(self))

    def __bool__(self) -> bool:
        """Whether it is proved, so that a test can say `assert derivation`."""

        return bool(self.check())

    def __repr__(self) -> str:
        rows = [f"  {self.start}"]
        for step in self.steps:
            reasons = ", ".join(reason_name(r) for r in step.reasons)
            suffix = f"    by {reasons}" if reasons else ""
            at = step.link
            approach = f" ({at.variable} → {at.point})" if at.variable is not None else ""
            from derivations.terms.printing import TEXT

            rows.append(f"    {TEXT.sign(at.sign)} {at.rhs}{approach}{suffix}")
        if self.statement is not None:
            rows.append(f"  qed {self.statement}")
        return "\n".join(rows)


NO_QED = "the chain does not end in qed: state what it proves with .qed(lhs, relation, rhs)"
WRITTEN: ContextVar[list[Derivation] | None] = ContextVar("written", default=None)
"""While a file is run: every chain that it writes, so that none slips by unjudged."""


def _noted(chain: Derivation) -> Derivation:
    written = WRITTEN.get()
    if written is not None:
        written.append(chain)
    return chain


def _named(name: str, chain: Derivation) -> Derivation:
    """The chain under the name that it has where it is used, if it has none of its own (see `catalogue.name_it`)."""
    if not chain.name and not name.startswith("_"):
        object.__setattr__(chain, "name", name)
    return chain


def derive(start: Any, given: Sequence[Reason] = (), *, exercise: str = "", title: str = "") -> Derivation:
    """Start a chain at `start`, under the hypotheses `given`.

    `given` holds definitions, hypotheses, relations (`C > 0`) and laws
    (`iid(X, …)`). What is not given is not assumed. `exercise` and `title`
    say on a sheet what the chain answers and what it is called, where the
    docstring of its file and its own name do not.

    >>> from derivations import derive, exp, symbols
    >>> z = symbols("z")
    >>> chain = derive(exp(z) / (1 + exp(z))).eq(1 / (1 + exp(-z)))
    >>> chain.check().verdict
    <Verdict.PROVED: 'PROVED'>
    """
    _check_text(exercise=exercise, title=title)
    first = checkable(as_term(start))
    if isinstance(given, (Relation, Proposition, Hypothesis, Definition)) or not hasattr(given, "__iter__"):
        given = (given,)
    made = tuple(_as_given(g) for g in given)
    check_definitions(made)
    return Derivation(first, made, place=caller(), exercise=exercise, title=title)


def _check_text(**values: Any) -> None:
    for name, value in values.items():
        if value is not None and not isinstance(value, str):
            raise TermError(f'{name} is text: write {name}="{value}"')


def check_definitions(given: Sequence[Reason]) -> None:
    """One definition for each thing, and none in a circle: else everything would follow."""
    definitions = [g for g in given if isinstance(g, Definition)]
    heads = {_head(d.lhs): d for d in definitions}
    for definition in definitions:
        if heads[_head(definition.lhs)] is not definition:
            raise TermError(f"`{definition.lhs}` is defined twice: leave one of the definitions out of the givens")
        if isinstance(definition.lhs, Apply) and definition.lhs.function.smooth:
            raise TermError(
                f"`{definition.lhs}` is defined, but also declared smooth: "
                "whether it is follows from its definition; declare it plainly"
            )
        domain = getattr(definition.lhs, "domain", None)
        if domain is not None and domain != REAL:
            raise TermError(
                f"`{definition.lhs}` is defined, but also declared to be more than a real number: "
                "what it is follows from its definition; declare it plainly"
            )
    seen: set[Any] = set()
    for head in heads:
        _follow(head, heads, [], seen)


def _follow(head: Any, heads: dict[Any, Definition], path: list[Any], seen: set[Any]) -> None:
    if head in path:
        circle = ", ".join(f"`{heads[h].lhs}`" for h in path[path.index(head) :])
        raise TermError(f"the definitions go round in a circle: {circle}")
    if head in seen:
        return
    seen.add(head)
    further = {_head(part) for part in heads[head].rhs.walk_set} & heads.keys()
    for one in sorted(further, key=str):
        _follow(one, heads, [*path, head], seen)


def _head(term: Term) -> Any:
    """What a definition defines: a symbol, or a function."""
    return term.function if isinstance(term, Apply) else term


def definition(lhs: Any, rhs: Any, name: str = "") -> Definition:
    """Define a symbol or a function: `definition(policy(a, s), …)` holds for all a in its domain and all s.

    Raises TermError when the left side is no symbol and no function of
    distinct symbols, or when the right side mentions what is being defined.
    """
    left, right = as_term(lhs), as_term(rhs)
    parameters: tuple[Symbol, ...] = ()
    if isinstance(left, Apply):
        parameters = tuple(a for a in left.args if isinstance(a, Symbol))
        if len(set(parameters)) != len(parameters):
            raise TermError(f"a definition of `{left}` needs distinct parameters")
        if any(isinstance(t, Apply) and t.function == left.function for t in right.walk()):
            raise TermError(f"the definition of `{left}` mentions {left.function.name} itself")
    elif not isinstance(left, Symbol):
        raise TermError(f"cannot define `{left}`: define a symbol or a function of symbols, or state a hypothesis")
    elif left in right.free:
        raise TermError(f"the definition of `{left}` mentions `{left}` itself")
    if left.shape != right.shape:
        raise TermError(f"mismatched shapes in the definition of `{left}`")
    return Definition(left, right, parameters, name or _default_name(left))


def hypothesis(lhs: Any, sign: str | None = None, rhs: Any = None, *, for_all: Any = (), name: str = "") -> Hypothesis:
    """Assume a relation: `hypothesis(h(s, 1) - h(s, 0), "=", dot(theta, x(s)))`, or `hypothesis(C > 0)`.

    It is a statement about the symbols as they stand. `for_all` lists symbols
    for all of whose values it holds; only then may it be used for other
    values of them, or where one differentiates by them.
    """
    if sign is None and not isinstance(lhs, Relation):
        raise TermError(f"`{lhs}` is no statement: write hypothesis(lhs, '=', rhs), or hypothesis(C > 0)")
    made = lhs if isinstance(lhs, Relation) and sign is None else relation(lhs, sign or "=", rhs)
    if made.sign in ("~", "->", "<=>", "=>"):
        raise TermError(f"a hypothesis with `{made.sign}` is not supported")
    over = tuple(for_all) if isinstance(for_all, (tuple, list)) else (for_all,)
    for symbol in over:
        if not isinstance(symbol, Symbol):
            raise TermError(f"for_all lists symbols, but `{symbol}` is none")
    return Hypothesis(made, over, name)


def by_cases(on: Any) -> Cases:
    """Proof by cases: on a symbol with a finite domain, or on a relation (`Eq(k, m)`) and its negation."""
    term = as_term(on)
    if isinstance(term, Symbol) and term.domain.kind == "finite":
        return Cases(term)
    if isinstance(term, Relation) and term.sign in ("=", "!=", "<", "<=", ">", ">="):
        return Cases(term)
    raise TermError(f"by_cases needs a symbol declared with values=(…), or a relation; `{term}` is neither")


def free_variable(symbol: Any) -> FreeVariable:
    """Read a defined symbol as a free variable from here on: what else stands in the line stays fixed."""
    term = as_term(symbol)
    if not isinstance(term, Symbol):
        raise TermError(f"`{term}` is no symbol")
    return FreeVariable(term)


def reason_name(reason: Reason) -> str:
    """The name under which a reason is shown."""
    name = getattr(reason, "name", "")
    if name:
        return str(name)
    for field in ("relation", "statement"):
        shown = getattr(reason, field, None)
        if isinstance(shown, Term):
            return shown.text
    return str(getattr(reason, "text", reason))


def as_reasons(by: Any) -> tuple[Reason, ...]:
    """One reason, several, or none; a string is the name of a rule."""
    if by is None:
        return ()
    if isinstance(by, (tuple, list)):
        return tuple(reason for part in by for reason in as_reasons(part))
    if isinstance(by, str):
        from derivations.rules import rule

        return (rule(by),)
    if isinstance(by, Relation):
        return (Hypothesis(by),)
    if isinstance(by, (Rule, Definition, Hypothesis, Cases, FreeVariable, Proposition, Derivation)):
        return (by,)
    shown = getattr(by, "__name__", None) or repr(by)
    raise TermError(f"`{shown}` is no reason: cite a rule, a definition, a hypothesis or a derivation")


def _as_given(thing: Any) -> Reason:
    if isinstance(thing, Relation):
        return hypothesis(thing)
    if isinstance(thing, (Definition, Hypothesis, Proposition, Derivation)):
        return thing
    if isinstance(thing, bool):
        raise TermError(
            f"`{thing}` is given, which says nothing: `==` and `!=` compare terms; write Eq(a, b) or Ne(a, b)"
        )
    if isinstance(thing, Rule):
        raise TermError(f"`{thing!r}` is a rule, which always holds: cite it with by=…, it need not be given")
    raise TermError(f"`{thing!r}` cannot be given: give definitions, hypotheses, relations and laws")


def _default_name(left: Term) -> str:
    from derivations.terms.printing import TEXT

    return f"definition of {TEXT.name(left.function.name) if isinstance(left, Apply) else left}"


def _check_approach(variable: Term, point: Term | None) -> None:
    if not isinstance(variable, Symbol) or variable.shape != ():
        raise TermError(f"`{variable}` is no variable that can tend to `{point}`")


def caller() -> Place:
    """Where, outside this file, the current call was written."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__ and frame.f_back is not None:
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno)


__all__ = [
    "Derivation", "by_cases", "caller", "definition", "derive", "free_variable", "hypothesis", "reason_name", "sign_of",
]  # fmt: skip
