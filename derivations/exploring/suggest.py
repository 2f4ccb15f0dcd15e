"""What could come next: each reason that applies to the last line, with the line it would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import log2
from typing import TYPE_CHECKING, Any

from derivations.algebra.normal import BudgetExhausted, Ring, in_ring
from derivations.checking import check
from derivations.context.facts import Facts, facts_of
from derivations.decide import provers
from derivations.derivation import Derivation, as_reasons, reason_name
from derivations.exploring.expanding import over_actions, processes_named
from derivations.kernel.link import judge
from derivations.kernel.reasons import Rule, Step
from derivations.kernel.report import Verdict
from derivations.kernel.rewriting import Blocked, Equation, Rewriter
from derivations.prove.citing import cite
from derivations.records import record
from derivations.rules import rules
from derivations.terms.arithmetic import Add, Number, Sub, number
from derivations.terms.calculus import Derivative, Limit
from derivations.terms.conditioning import ProcessVariable
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.matrices import MatrixEntry
from derivations.terms.probability import Covariance, Expectation, Variance
from derivations.terms.relations import Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.sums import Sum
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError, as_term
from derivations.terms.vectors import Dot

if TYPE_CHECKING:
    from derivations.checking import Known

MOST = 10
DEPTH = 3
BREADTH = 7
_ALWAYS_APPLY = ("index-shift", "splitting-a-sum")  # to any sum, and lead nowhere by themselves
_UNFINISHED = (Derivative, Limit, Expectation, Variance, Covariance, MatrixEntry)


@record(frozen=True)
class Suggestion:
    """A next line that is proved: `line` by the reasons; `others` would give the same line."""

    line: Term
    reasons: tuple[Any, ...]
    others: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """The names of the reasons."""
        return ", ".join(reason_name(reason) for reason in self.reasons) or "plain algebra"

    def __repr__(self) -> str:
        return f"{self.line.text}    by {self.by}"


class Suggestions(tuple[Suggestion, ...]):
    """At most ten suggestions, the likelier first; a number picks one: `d.apply(suggestions[0])`."""

    def __repr__(self) -> str:
        if not self:
            return "no rule, definition, hypothesis or result applies to the last line"
        shown = [f"{number:>2}  {one.line.text}" for number, one in enumerate(self)]
        column = min(60, max(map(len, shown))) + 3
        rows = [
            f"{text:<{column}}by {one.by}" if len(text) < column else f"{text}\n{'':<{column}}by {one.by}"
            for text, one in zip(shown, self, strict=True)
        ]
        return "\n".join(rows)


def suggest(chain: Derivation, results: Iterable[Derivation] = (), known: Known | None = None) -> Suggestions:
    """The next lines that one, two or three reasons give, each judged before it is offered.

    The reasons are all rules, what is given to the chain, and the proved
    `results`; `known` keeps the reports on these from one call to the next.
    """
    work = _Bench(chain, known)
    reasons = work.usable([*chain.given, *results, *rules().values()])
    offered: list[Suggestion] = []
    found = sorted(_reached(work, reasons), key=lambda one: _cost(chain.end, one))
    for suggestion in found[: 4 * MOST]:
        if len(offered) < MOST:
            suggestion = replace(suggestion, line=work.shorter(suggestion.line))
            if all(one.line != suggestion.line for one in offered) and work.proves(suggestion):
                offered.append(suggestion)
    return Suggestions(offered)


def apply(chain: Derivation, reasons: Any) -> Derivation:
    """The chain with the line that these reasons give; a suggestion, a reason, its name, or several.

    Raises TermError, with what is in the way, where they change nothing.
    """
    if isinstance(reasons, Suggestion):
        return chain.link(_sign(chain.end), reasons.line, by=reasons.reasons)
    given = as_reasons(reasons)
    work = _Bench(chain)
    if all(reason_name(reason) == "plain-algebra" for reason in given):
        return chain.link(_sign(chain.end), work.tidied(chain.end))
    line = chain.end
    blocked: list[Blocked] = []
    for rewrite in (work.rewritten, work.folded):
        for reason in given:
            line = rewrite(line, reason, blocked)
        if line is not chain.end:
            return chain.link(_sign(line), work.shorter(line), by=given)
    raise TermError(_in_the_way(given, chain.end, blocked))


def _in_the_way(given: Sequence[Any], line: Term, blocked: Sequence[Blocked]) -> str:
    names = ", ".join(reason_name(reason) for reason in given)
    if blocked:
        return f"{names} applies to `{blocked[0].term}`, but the condition `{blocked[0].condition}` is not known"
    return f"{names} does not apply to `{line}`; d.suggest() lists what does"


def _sign(line: Term) -> str:
    return "<=>" if isinstance(line, Relation) else "="


# -- the search ----------------------------------------------------------------------
def _reached(work: _Bench, reasons: Sequence[Any]) -> list[Suggestion]:
    """What can be reached in a few steps, each line once; a later step starts from an earlier result."""
    tidy = work.tidied(work.chain.end)
    found = [] if alpha_equal(tidy, work.chain.end) else [Suggestion(tidy, ())]
    frontier = [Suggestion(work.chain.end, ())]
    for _ in range(DEPTH):
        reached: list[Suggestion] = []
        for start in frontier:
            last = start.reasons[-1:]  # the same once more leads nowhere new: G_t, G_{t+1}, G_{t+2}, …
            for line, reason in work.steps(start.line, [r for r in reasons if r not in last]):
                known = next((n for n, one in enumerate(found) if alpha_equal(one.line, line)), None)
                if known is None and not alpha_equal(line, work.chain.end):
                    one = Suggestion(line, _with(start.reasons, reason))
                    found.append(one)
                    reached.append(one)
                elif known is not None and len(start.reasons) + 1 == len(found[known].reasons):
                    same = found[known]
                    found[known] = replace(same, others=(*same.others, reason_name(reason)))
        frontier = sorted(reached, key=lambda one: _cost(work.chain.end, one))[:BREADTH]
    return found


def _with(reasons: tuple[Any, ...], reason: Any) -> tuple[Any, ...]:
    return reasons if reason in reasons else (*reasons, reason)


def _cost(before: Term, one: Suggestion) -> float:
    """What is likelier costs less: short lines, few reasons, little left below an operator to be worked out."""
    nodes = list(one.line.walk())
    unfinished = sum(len(list(node.walk())) for node in nodes if isinstance(node, _UNFINISHED))
    names = [reason_name(reason) for reason in one.reasons]
    idle = sum(name in _ALWAYS_APPLY for name in names) + ("dot-product" in names[: 9 * (len(names) > 1)]) / 3
    size = (len(nodes) + 1.5 * unfinished) / max(10, len(list(before.walk())))
    results = sum(isinstance(reason, Derivation) for reason in one.reasons)
    return log2(1 + size) + 0.3 * len(one.reasons) - 0.6 * results + 6 * idle


class _Bench:
    """A chain, what is known in it, and what was worked out on the way."""

    def __init__(self, chain: Derivation, known: Known | None = None) -> None:
        self.chain = chain
        self.facts: Facts = facts_of(chain.given, provers(), chain.lines)
        self.known: Known = {} if known is None else known
        self.processes = list(processes_named(chain))
        self._rewriters: dict[Any, tuple[Rule | Equation, ...]] = {}

    def usable(self, reasons: Iterable[Any]) -> list[Any]:
        """The reasons that rewrite, with the results that are proved; each once."""
        kept: list[Any] = []
        for reason in reasons:
            if (
                isinstance(reason, Derivation)
                and check(reason, reproduce=False, known=self.known).verdict is not Verdict.PROVED
            ):
                continue
            if reason is not self.chain and reason not in kept and self.rewriters(reason):
                kept.append(reason)
        return kept

    def rewriters(self, reason: Any) -> tuple[Rule | Equation, ...]:
        """The forms in which the kernel rewrites with a reason."""
        if reason not in self._rewriters:
            self._rewriters[reason] = self._cite(reason)
        return self._rewriters[reason]

    def _cite(self, reason: Any) -> tuple[Rule | Equation, ...]:
        if isinstance(reason, Derivation) and reason not in self.known:
            check(reason, reproduce=False, known=self.known)
        cited = cite(Step(Relation(self.chain.end, "=", self.chain.end), (reason,)), self.facts, self.known)
        return () if cited.flaws else cited.rewriters

    def steps(self, line: Term, reasons: Iterable[Any]) -> Iterator[tuple[Term, Any]]:
        """The lines that each reason makes of this one, unfolding or folding."""
        for reason in reasons:
            for rewrite in (self.rewritten, self.folded):
                changed = rewrite(line, reason, [])
                if changed is not line:
                    yield changed, reason
            if getattr(reason, "name", "") == "law-of-total-expectation":
                for process in self.processes:
                    changed = over_actions(line, process)
                    if changed is not line:
                        yield changed, reason

    def rewritten(self, line: Term, reason: Any, blocked: list[Blocked]) -> Term:
        """The line after applying the reason wherever it applies; the line itself if nowhere."""
        rewriter = Rewriter(self.rewriters(reason), "lhs", budget=30)
        try:
            changed = rewriter(line, self.facts)
        except (BudgetExhausted, RecursionError):  # it goes on for ever: once
            return _replaced(line, rewriter.trace[0].path, rewriter.trace[0].after) if rewriter.trace else line
        except TermError:  # it cannot be written
            return line
        blocked += rewriter.blocked
        return changed

    def folded(self, line: Term, reason: Any, blocked: list[Blocked]) -> Term:
        """The line with what a definition (or a result) says something equals put back as that."""
        if getattr(reason, "name", "") == "dot-product":
            return _dots(line)
        for equation in self.rewriters(reason):
            if isinstance(equation, Equation) and _is_name(equation.lhs):
                if set(equation.parameters) <= equation.rhs.free:
                    line = self._once(line, replace(equation, lhs=equation.rhs, rhs=equation.lhs))
                for name, worth in _instances(equation):
                    if worth.shape == () and worth.free <= line.free:
                        line = self._put_back(line, worth, name)
        return line

    def _once(self, line: Term, equation: Equation) -> Term:
        try:
            return Rewriter((equation,), "lhs", budget=50)(line, self.facts)
        except (BudgetExhausted, RecursionError, TermError):
            return line

    def _put_back(self, line: Term, worth: Term, name: Term) -> Term:
        """Every part that is algebraically `worth`, the largest first, and not a name already."""

        def work(s: Ring) -> Term:
            goal = s(worth)

            def change(part: Term) -> Term:
                named = isinstance(part, (Symbol, Apply, Entry))
                if part.shape == () and part.children and not named and part.free >= worth.free:
                    if s.is_zero(s(part) - goal):
                        return name
                if named or part.scope() is not None or getattr(part, "opaque", False):
                    return part
                return part.rebuild(change)

            return change(line)

        try:
            return in_ring(self.facts, work)
        except (BudgetExhausted, RecursionError, ZeroDivisionError):
            return line

    def tidied(self, line: Term) -> Term:
        """The line in normal form, statements side by side."""
        if isinstance(line, Relation):
            return line.rebuild(lambda side: self.tidied(side))
        if line.shape is None:
            return line
        try:
            return _legible(in_ring(self.facts, lambda s: s.term(s.lowest(s(line)))), line)
        except (BudgetExhausted, RecursionError, ZeroDivisionError, TermError):
            return line

    def shorter(self, line: Term) -> Term:
        """The line, or its normal form if that is much shorter."""
        tidy = self.tidied(line)
        return _signed(tidy if len(tidy.text) < 0.7 * len(line.text) else line)

    def proves(self, suggestion: Suggestion) -> bool:
        """The kernel proves the line by these reasons, every one of which is used."""
        step = Step(Relation(self.chain.end, _sign(suggestion.line), suggestion.line), suggestion.reasons)
        return judge(step.link, cite(step, self.facts, self.known), self.facts).verdict is Verdict.PROVED


def _legible(made: Term, line: Term) -> Term:
    """With a name of its own for each index of a sum, one of those in `line` if there is one."""
    if not isinstance(made, Sum):
        return made.rebuild(lambda part: _legible(part, line))
    body = _legible(made.body, line)
    taken = {symbol.name for symbol in body.free | line.free if symbol != made.variable}
    taken |= {node.variable.name for node in body.walk_set if isinstance(node, Sum)}
    if made.variable.name not in taken:
        return Sum(body, made.variable, made.low, made.high)
    names = [node.variable.name for node in line.walk() if isinstance(node, Sum)]
    name = next(name for name in (*names, *"kijmnlr", made.variable.name) if name not in taken)
    index = Symbol(name, made.variable.domain)
    return Sum(body.substitute({made.variable: index}), index, made.low, made.high)


def _signed(line: Term) -> Term:
    """With b − 1 for b + (−1)."""
    match line:
        case Add(left, Number(value)) if value < 0:
            return Sub(_signed(left), number(-value))
    return line.rebuild(_signed)


def _is_name(term: Term) -> bool:
    """What a definition gives a name to: a symbol, a value of a function, a member of a sequence."""
    return isinstance(term, (Symbol, Apply)) or all(isinstance(child, Symbol) for child in term.children)


def _replaced(term: Term, path: tuple[int, ...], by: Term) -> Term:
    """The term with the part at that path replaced."""
    if not path:
        return by
    positions = iter(range(len(term.children)))
    return term.rebuild(lambda child: _replaced(child, path[1:], by) if next(positions) == path[0] else child)


def _instances(equation: Equation) -> Iterator[tuple[Term, Term]]:
    """What an equation says as it stands, for each value of a parameter that has finitely many, and one step later."""
    if equation.requires:
        return
    for parameter in equation.parameters:
        if parameter.domain.kind == "finite":
            for value in parameter.domain.values:
                yield equation.lhs.substitute({parameter: value}), equation.rhs.substitute({parameter: value})
            return
    yield equation.lhs, equation.rhs
    if isinstance(equation.lhs, ProcessVariable):
        for time in equation.lhs.time.free & frozenset(equation.parameters):
            later: dict[Term, Term] = {time: as_term(time + 1)}
            yield equation.lhs.substitute(later), equation.rhs.substitute(later)


def _dots(term: Term) -> Term:
    """Σ_t u_t v_t over all of two rows is uᵀv."""
    match term:
        case Sum():
            left, right = getattr(term.body, "left", None), getattr(term.body, "right", None)
            if isinstance(left, Entry) and isinstance(right, Entry):
                rows = _row(left, term), _row(right, term)
                if rows[0] is not None and rows[1] is not None:
                    return Dot(rows[0], rows[1])
    return term.rebuild(_dots)


def _row(entry: Entry, over: Sum) -> Row | None:
    *before, last = entry.indices or (None,)
    whole = last == over.variable and over.high == entry.family.sizes[-1] and over.low.text == "1"
    if not whole or not before or any(over.variable in index.free for index in before if index is not None):
        return None
    return Row(entry.family, tuple(index for index in before if index is not None))
