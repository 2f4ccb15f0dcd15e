"""One link, done by SymPy: what the reasons say is done to both sides, then they are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.polys.polyerrors import BasePolynomialError
from sympy.series.gruntz import PoleError

from derivations.kernel.reasons import Cases, FreeVariable, Hypothesis, Rule, Step
from derivations.kernel.report import Reproduction
from derivations.records import record
from derivations.reproduce import calculate, compare, equations, knowledge
from derivations.reproduce.knowledge import NoWord
from derivations.reproduce.moments import Moments
from derivations.reproduce.skeleton import SkeletonImager, replace, show
from derivations.terms.arithmetic import is_literal
from derivations.terms.calculus import Limit, LimitAlong
from derivations.terms.families import Entry, Row
from derivations.terms.functions import Apply
from derivations.terms.matrix_properties import MatrixProperty
from derivations.terms.probability import Independent, Law, implied
from derivations.terms.relations import Relation
from derivations.terms.symbols import Symbol
from derivations.terms.sympy_image import Moment, free_names
from derivations.terms.term import Term, TermError

GIVES_UP = (NotImplementedError, ValueError, TypeError, AttributeError, PoleError, BasePolynomialError)
"""What SymPy raises where it cannot go on."""

OPERATIONS = (  # None: SymPy has no word for the step
    "subs", "diff", "doit", "limit", "asymptotic", "expand", "cancel", "solve", "logcombine", "expand_log",
    "expand_trig", "expectation", "bound",
    "integrate",
)  # fmt: skip
"""The operations that a rule may name."""

Operation = Callable[[Any], Any]


def imager_for(steps: Sequence[Step], given: tuple[Any, ...]) -> SkeletonImager:
    """Gives the images of all these links: what two links share has one image."""
    terms = [term for step in steps for term in _terms(step, given)]
    return SkeletonImager(free_names(*terms), knowledge.facts(given))


def reproduce_link(step: Step, given: tuple[Any, ...], imager: SkeletonImager) -> Reproduction:
    """See `derivations.reproduce.reproduce`."""
    imager.ranges = set()  # those of another link's indices do not hold here
    try:
        return Bench(step, given, imager).reproduce()
    except NoWord as reason:
        return Reproduction(None, False, str(reason))
    except TermError as reason:
        return Reproduction(None, False, f"SymPy has no word for it: {reason}")
    except GIVES_UP as reason:
        return Reproduction(None, False, f"SymPy gives up: {type(reason).__name__}: {str(reason)[:120]}")


def _terms(step: Step, given: tuple[Any, ...]) -> list[Term]:
    """Everything that may come before SymPy."""
    found: list[Term] = [step.link.lhs, step.link.rhs]
    for e in knowledge.equations((*given, *_cited(step))):
        found += [e.lhs, e.rhs, *e.parameters]
    return found + list(knowledge.relations(given))


def _cited(step: Step) -> tuple[Any, ...]:
    return tuple(r for r in step.reasons if not isinstance(r, (Rule, Cases, FreeVariable)))


@record(frozen=True)
class Case:
    """One case of a proof by cases: what is replaced in the images, and what holds; () for no cases."""

    changes: tuple[tuple[Any, Any], ...] = ()
    deltas: tuple[tuple[Any, Any], ...] = ()
    holds: tuple[Any, ...] = ()

    @property
    def values(self) -> dict[Any, Any]:
        return dict(self.changes)

    @property
    def all(self) -> dict[Any, Any]:
        return dict(self.changes + self.deltas)


class Bench:
    """One link with what may be used for it, and the operations that changed it so far."""

    def __init__(self, step: Step, given: tuple[Any, ...], imager: SkeletonImager) -> None:
        self.step, self.given, self.link, self.imager = step, given, step.link, imager
        reasons = tuple(step.reasons)
        self.cited = _cited(step)
        self.rules = [r for r in reasons if isinstance(r, Rule)]
        self.cases = [r for r in reasons if isinstance(r, Cases)]
        self.freed = {r.symbol for r in reasons if isinstance(r, FreeVariable)}
        if isinstance(self.link.variable, Symbol):
            self.freed.add(self.link.variable)
        self.moments = Moments((*given, *self.cited), self.imager)
        self.case = Case()
        self._cited_patterns: list[equations.Pattern] | None = None
        self.used: list[str] = []

    # -- the whole -----------------------------------------------------------------
    def reproduce(self) -> Reproduction:
        for rule in self.rules:
            if rule.operation is None:
                raise NoWord(f"SymPy has no word for {rule.name}")
        if self.link.sign == "=>":
            raise NoWord("SymPy has no word for ⟹")
        if self.link.sign == "<=>":
            return self._equivalence()
        left, right = (self.imager.top(side) for side in self._sides())
        known = self._known()
        for case in self._cases():
            self.case = case
            outcome = self._one(self._prepare(left, known), self._prepare(right, known))
            if outcome is not None:
                return outcome
        return self._done()

    def _sides(self) -> tuple[Term, Term]:
        """Both sides; the bodies of two limits along a quantity that is read as a free variable."""
        left, right = self.link.lhs, self.link.rhs
        if isinstance(left, _LIMITS) and isinstance(right, _LIMITS) and _approach(left)[0] in self.freed:
            if _approach(left) == _approach(right):
                return left.body, right.body
        return left, right

    def _done(self) -> Reproduction:
        return Reproduction(", ".join(dict.fromkeys(self.used)) or "cancel")

    def _one(self, left: Any, right: Any) -> Reproduction | None:
        """None if SymPy arrives from the left at the right."""
        match self.link.sign:
            case "=":
                return self._equation(left, right)
            case "~" | "->":
                return self._approach(left, right)
        return self._order(left, right)

    # -- what the reasons say -----------------------------------------------------------
    def _prepare(self, side: Any, known: list[Any]) -> Any:
        """A side after the operations that the reasons name."""
        wanted = {rule.operation for rule in self.rules}
        side = replace(side, self.case.values)
        for _ in range(2):  # a short sum that is written out may show more to substitute
            before = side
            side = self._do("subs", side, lambda e: equations.substitute(e, self._patterns()))
            side = replace(side, self.case.all)
            side = self._do("doit", side, lambda e: calculate.evaluate_sums(e, known))
            if side == before:
                break
        if "expectation" in wanted or any(isinstance(r, Law | Independent) for r in self.cited):
            side = self._do("expectation", side, self.moments.evaluate)
        if "diff" in wanted:
            side = self._do("diff", side, lambda e: calculate.differentiate(e, known))
        if "integrate" in wanted:
            side = self._do("integrate", side, lambda e: calculate.integrate(e, known))
        if wanted & {"limit", "asymptotic"}:
            side = self._do("limit", side, lambda e: calculate.take_limits(e, known))
        if wanted & {"logcombine", "expand_log"}:
            side = self._do("expand_log", side, calculate.expand_logarithms)
        if "expand_trig" in wanted:
            side = self._do("expand_trig", side, calculate.expand_trigonometry)
        everything = "doit" in wanted
        return self._do("doit", side, lambda e: calculate.evaluate_sums(e, known, all_of_them=everything))

    def _do(self, name: str, side: Any, operation: Operation) -> Any:
        """Apply an operation; remember its name if it did anything."""
        new = operation(side)
        if new != side:
            self.used.append(name)
        return new

    def _patterns(self) -> list[equations.Pattern]:
        """The cited equations."""
        if self._cited_patterns is None:
            self._cited_patterns = [equations.Pattern(e, self.imager) for e in self._equations(self.cited)]
        return self._cited_patterns

    def _equations(self, reasons: Sequence[Any]) -> list[knowledge.Equation]:
        """Those that may be used: no assumption about a symbol that is read as a free variable."""
        return [e for e in knowledge.equations(reasons) if e.proved or not e.free & self.freed]

    def _known(self) -> list[Any]:
        """Relationals that hold: the ranges of generic indices, and the order relations given."""
        known = [index <= size for index, size in self.imager.ranges]
        for relation in knowledge.relations(self.given):
            if relation.sign in ("<", "<=", ">", ">="):
                known.append(self.imager.plain(relation))
        return [k for k in known if k not in (True, False)]

    def _cases(self) -> list[Case]:
        cases = [Case()]
        for reason in self.cases:
            cases = [_both(old, new) for old in cases for new in self._cases_of(reason.on)]
        return cases

    def _cases_of(self, on: Term) -> list[Case]:
        if isinstance(on, Symbol):
            symbol = self.imager(on)
            return [Case(((symbol, self.imager(v)),)) for v in on.domain.values]
        if not isinstance(on, Relation):
            raise NoWord(f"SymPy has no word for the cases of `{on}`")
        true, false = (self.imager.plain(r) for r in (on, on.negation))
        if on.sign not in ("=", "!=") or not isinstance(on.lhs, Symbol | Entry):
            return [Case(holds=(true,)), Case(holds=(false,))]
        left, right = self.imager.plain(on.lhs), self.imager.plain(on.rhs)
        equal, unequal = (true, false) if on.sign == "=" else (false, true)
        delta = sympy.KroneckerDelta(left, right)
        return [Case(((left, right),), (), (equal,)), Case((), ((delta, sympy.S.Zero),), (unequal,))]

    # -- the relations ---------------------------------------------------------------------
    def _equation(self, left: Any, right: Any) -> Reproduction | None:
        if any(side.has(*_NO_NUMBERS) for side in (left, right)):
            raise NoWord("for SymPy a side is no number")  # it takes ∞ = ∞ and nan = nan for true
        if compare.same(left, right):
            return None
        limits = [calculate.take_limits(side, self._known()) for side in (left, right)]
        if limits != [left, right] and compare.same(*limits):
            self.used.append("limit")
            return None
        gap = sympy.expand(left - right)
        if gap.is_number and compare.certainly(gap, bool):
            return Reproduction(None, True, f"SymPy finds that left − right is {gap}")
        point = self._counterpoint(lambda gap: compare.certainly(gap, bool))
        if point:
            return Reproduction(None, True, f"SymPy finds different values at {point}")
        return Reproduction(None, False, "SymPy did not arrive at the right side")

    def _approach(self, left: Any, right: Any) -> Reproduction | None:
        variable, point = self.imager(self.link.variable), self.imager(self.link.point)
        asymptotic = self.link.sign == "~"
        if asymptotic and right == 0:
            raise NoWord("nothing is asymptotic to 0")
        bounded = knowledge.by_their_bounds(self._hypotheses(), self.imager, self.freed)
        found = calculate.limit_of(replace(left / right if asymptotic else left, bounded), variable, point)
        expected = sympy.S.One if asymptotic else replace(right, bounded)
        self.used.append("limit")
        if compare.same(found, expected):
            return None
        what = "limit of the quotient" if asymptotic else "limit"
        said = f"SymPy finds the {what} {show(found)}, where the line says {show(expected)}"
        return Reproduction(None, _differ(found, expected), said)

    def _order(self, left: Any, right: Any) -> Reproduction | None:
        answer = compare.holds(self.link.sign, left, right)
        if answer:
            self.used.append(compare.QUESTIONS[self.link.sign])
            return None
        if answer is False and (left - right).is_number:
            return Reproduction(None, True, f"SymPy finds that left − right is {left - right}")
        wrong = _WRONG[self.link.sign]
        point = self._counterpoint(lambda gap: wrong(gap) if gap == 0 else compare.certainly(gap, wrong))
        if point:
            return Reproduction(None, True, f"SymPy finds the relation false at {point}")
        return Reproduction(None, False, "SymPy has no word for this inequality")

    def _equivalence(self) -> Reproduction:
        sides = [self.link.lhs, self.link.rhs]
        if not all(isinstance(s, Relation) and s.sign not in ("~", "->", "<=>") for s in sides):
            raise NoWord("SymPy compares equations and inequalities only")
        known = self._known()
        prepared = []
        for side in sides:
            assert isinstance(side, Relation)
            parts = [self._prepare(self.imager(p), known) for p in (side.lhs, side.rhs)]
            prepared.append((side.sign, *parts))
        from derivations.reproduce.solving import Domain, equivalent

        facts = tuple(_KINDS[r.sign](self.imager.plain(r.lhs), self.imager.plain(r.rhs)) for r in self._hypotheses())
        word, note, disputed = equivalent(prepared[0], prepared[1], Domain(facts, self._choices()))
        if word is None:
            return Reproduction(None, disputed, note)
        self.used.append(word)
        return self._done()

    # -- against it -------------------------------------------------------------------------
    def _counterpoint(self, wrong: Callable[[Any], bool]) -> str:
        """An admissible point at which the link is false; "" if none was found or SymPy has no word for a side,
        or for what is given of a matrix."""
        if any(isinstance(g, MatrixProperty) or _is_shaped(g) for g in (*self.given, *self.cited)):
            return ""
        try:
            return self._search(wrong)
        except NoWord:
            return ""

    def _search(self, wrong: Callable[[Any], bool]) -> str:
        """A point that satisfies every hypothesis, every definition and equation put in."""
        usable = [equations.Pattern(e, self.imager) for e in self._equations((*self.cited, *self.given))]
        known = self._known()

        def settled(term: Term) -> Any:
            skeleton = replace(self.imager.top(term), self.case.values)
            for _ in range(2):
                skeleton = replace(equations.substitute(skeleton, usable), self.case.all)
                skeleton = calculate.evaluate_sums(self.moments.evaluate(skeleton), known)
            return show(calculate.differentiate(skeleton, known))

        conditions = [self._settle(r, settled) for r in self._hypotheses()] + self._stated() + known
        conditions += [c.xreplace(self.case.values) for c in self.case.holds]
        left, right = (settled(side) for side in self._sides())
        if any(_speaks_of(h, side) for h in self.given for side in (left, right)):
            return ""
        return compare.differs_somewhere(left, right, conditions, self._choices(), wrong, usable)

    def _choices(self) -> compare.Choices:
        """The values of the symbols that have finitely many."""
        finite = {s for term in _terms(self.step, self.given) for s in term.free if s.domain.kind == "finite"}
        return {self.imager(s): [self.imager(v) for v in s.domain.values] for s in finite}

    def _hypotheses(self) -> list[Relation]:
        """Every relation that holds: those given, and the bounds of the symbols' domains."""
        symbols = {s for term in _terms(self.step, self.given) for s in term.free}
        stated = [e for e in knowledge.equations(self.given) if e.free & self.freed and not e.proved]
        return (
            [r for r in knowledge.relations(self.given) if r.sign in _KINDS]
            + [fact for s in sorted(symbols, key=str) for fact in s.domain.facts(s)]
            + [Relation(e.lhs, "=", e.rhs) for e in stated]
            + [told for told, law in implied([g for g in self.given if isinstance(g, Law)]) if not law.indices]
        )

    def _stated(self) -> list[Any]:
        """The equations given of what is no single quantity, such as Σ p_j = 1: they cannot be put in everywhere."""
        given = [h for h in self.given if isinstance(h, Hypothesis) and not h.for_all]
        patterns = [equations.Pattern(e, self.imager) for e in self._equations(given)]
        sides = [p.equation for p in patterns if not isinstance(p.plain_target, _QUANTITIES)]
        return [sympy.Eq(self.imager.plain(e.lhs), self.imager.plain(e.rhs)) for e in sides]

    def _settle(self, relation: Relation, settled: Callable[[Term], Any]) -> Any:
        return _KINDS[relation.sign](settled(relation.lhs), settled(relation.rhs))


def _differ(found: Any, expected: Any) -> bool:
    """Two limits are certainly not the same; e^{∞ sign(…)} is no answer."""
    if found in (sympy.oo, -sympy.oo):
        return bool(expected.is_finite)
    return bool(found.is_finite and (found - expected).is_number)


_NO_NUMBERS = (sympy.oo, -sympy.oo, sympy.nan, sympy.zoo, sympy.AccumBounds)

_LIMITS = (Limit, LimitAlong)
_QUANTITIES = (sympy.Symbol, sympy.Indexed, AppliedUndef, Moment)


def _approach(limit: Limit | LimitAlong) -> tuple[Term, Term]:
    """What moves, and where to."""
    return limit.symbol if isinstance(limit, LimitAlong) else limit.variable, limit.point


_KINDS = {"=": sympy.Eq, "!=": sympy.Ne, "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}

_WRONG: dict[str, Callable[[Any], bool]] = {
    "!=": lambda gap: gap == 0,
    "<": lambda gap: gap >= 0,
    "<=": lambda gap: gap > 0,
    ">": lambda gap: gap <= 0,
    ">=": lambda gap: gap < 0,
}
"""Which values of left − right refute a relation."""


def _speaks_of(hypothesis: Any, side: Any) -> bool:
    """It ties values of a function to each other, or bounds them all: no point is known to satisfy it."""
    if not isinstance(hypothesis, Hypothesis) or not hypothesis.for_all:
        return False
    calls = [t for t in hypothesis.relation.walk_set if isinstance(t, (Entry, Row, Apply))]
    if hypothesis.relation.sign == "=":  # h(s, 1) − h(s, 0) = … is put in; f(x + 1) = f(x) + 1 cannot be
        calls = [c for c in calls if not all(isinstance(a, Symbol) or is_literal(a) for a in _arguments(c))]
    names = {c.function.name if isinstance(c, Apply) else c.family.name for c in calls}
    there = {a.func.__name__ for a in side.atoms(AppliedUndef)} | {a.base.label.name for a in side.atoms(sympy.Indexed)}
    return bool(names & there)


def _arguments(call: Entry | Row | Apply) -> tuple[Term, ...]:
    return call.args if isinstance(call, Apply) else call.indices


def _both(one: Case, other: Case) -> Case:
    return Case(one.changes + other.changes, one.deltas + other.deltas, one.holds + other.holds)


def _is_shaped(given: Any) -> bool:
    """An equation between vectors or matrices."""
    said = getattr(given, "relation", given)
    return isinstance(said, Relation) and bool(said.lhs.shape)


__all__ = ["Bench", "OPERATIONS", "reproduce_link"]
