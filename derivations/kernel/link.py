"""Proving one link: rewrite both sides with the cited reasons, close the gap, discharge the conditions.

This is the only place where a link can become PROVED.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from derivations.kernel.conditions import demands, discharge
from derivations.kernel.facts import Fact, Facts
from derivations.kernel.normal import BudgetExhausted, Ratio, Session, session
from derivations.kernel.reasons import Cases, Rule
from derivations.kernel.report import Certificate, Condition, Finding, Rewrite, Verdict
from derivations.kernel.rewriting import Blocked, Equation, Rewriter
from derivations.kernel.signs import NEGATIVE, known_relation, sign_of
from derivations.terms.arithmetic import number
from derivations.terms.calculus import (
    Converges,
    ConvergesAlong,
    Derivative,
    Differentiable,
    FreeOf,
    HoldsNear,
    Limit,
    LimitAlong,
)
from derivations.terms.probability import (
    AreIndependent,
    Deterministic,
    Expectation,
    IndependentTerms,
    Integrable,
    Variance,
)
from derivations.terms.relations import Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.sums import IsInteger, Summable
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError

ALGEBRA = "plain-algebra"
POSITIVITY = "positivity"
_ROUNDS = 3  # of rewriting what algebra left over


@dataclass(frozen=True)
class Cited:
    """The reasons of a link, in the forms in which the kernel uses them.

    rewriters: rules and equations that change terms
    closers:   rules that show a relation as a whole
    facts:     inequalities and the like that were cited
    cases:     case distinctions
    names:     the names under which the reasons were cited; each must be used
    unproved:  cited results that are not proved
    """

    rewriters: tuple[Rule | Equation, ...] = ()
    closers: tuple[Rule, ...] = ()
    facts: tuple[Fact, ...] = ()
    cases: tuple[Cases, ...] = ()
    names: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closing:
    """How the gap between the rewritten sides was closed: the rule, and what it rested on."""

    rule: str
    grounds: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass
class Attempt:
    """One try at a link: what was rewritten, what closed it, what is in the way."""

    link: Relation
    trace: list[Rewrite] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    closing: Closing | None = None
    residual: Term | None = None
    lhs: Term | None = None
    rhs: Term | None = None


def judge(link: Relation, cited: Cited, facts: Facts) -> Finding:
    """The kernel's verdict on a link: PROVED with a certificate, or OPEN with what is in the way."""
    try:
        return _judge(link, cited, facts)
    except BudgetExhausted:
        return Finding(Verdict.OPEN, problem="the budget of steps was spent before the link was decided",
                       tries=("split the step into smaller ones",))  # fmt: skip
    except RecursionError:
        return Finding(Verdict.OPEN, problem="the expression is nested too deeply to be checked")


def _judge(link: Relation, cited: Cited, facts: Facts) -> Finding:
    if alpha_equal(link.lhs, link.rhs) and link.variable is None:
        return Finding(
            Verdict.OPEN, problem="the two lines are the same line", tries=("remove the repeated line",), holds=True
        )
    if cited.unproved:
        names = ", ".join(cited.unproved)
        return Finding(Verdict.OPEN, problem=f"rests on an unproved result: {names}", tries=(f"prove {names} first",))
    if cited.names:
        plain = _attempt(link, Cited(), facts)
        if plain.closing is not None and plain.closing.rule not in cited.names:
            return _not_used(link, cited.names, plain)
    if cited.cases:
        return _by_cases(link, cited, facts)
    return _finish(_attempt(link, cited, facts), cited, facts)


def _not_used(link: Relation, names: Sequence[str], attempt: Attempt) -> Finding:
    quoted = ", ".join(names)
    assert attempt.closing is not None
    how = attempt.closing.rule.replace("-", " ")
    return Finding(Verdict.OPEN, problem=f"the link holds by {how} alone; the cited reason was not used: {quoted}",
                   tries=(f"remove {quoted} from the reasons",), holds=True)  # fmt: skip


def _attempt(link: Relation, cited: Cited, facts: Facts) -> Attempt:
    attempt = Attempt(link)
    known = facts.with_relations(cited.facts) if cited.facts else facts
    for side in ("lhs", "rhs"):
        setattr(attempt, side, _rewritten(getattr(link, side), side, attempt, cited, known))
    assert attempt.lhs is not None and attempt.rhs is not None
    gap = Relation(attempt.lhs, link.sign, attempt.rhs, link.variable, link.point)
    attempt.closing, attempt.residual = close(gap, known, _equations(cited))
    _rewrite_difference(attempt, cited, known)
    for rule in cited.closers:
        if attempt.closing is None:
            assert rule.closes is not None
            attempt.closing = rule.closes(gap, known)
    return attempt


def _rewritten(term: Term, side: str, attempt: Attempt, cited: Cited, facts: Facts) -> Term:
    """First what a symbol or an expression was shown to equal, then the general rules."""
    for reasons in (_equations(cited), cited.rewriters):
        if reasons:
            rewriter = Rewriter(reasons, side)
            term = rewriter(term, facts)
            attempt.trace += rewriter.trace
            attempt.blocked += rewriter.blocked
    return term


def _rewrite_difference(attempt: Attempt, cited: Cited, facts: Facts) -> None:
    """The reasons may apply only once algebra has written out a sum or cancelled a factor: lhs − rhs = 0."""
    for _ in range(_ROUNDS):
        if attempt.closing is not None or attempt.residual is None or not cited.rewriters or attempt.link.sign != "=":
            return
        rewriter = Rewriter(cited.rewriters, "difference")
        changed = rewriter(attempt.residual, facts)
        if changed is attempt.residual:
            return
        attempt.trace += rewriter.trace
        nothing = number(0) if changed.shape == () else number(0) * changed
        attempt.closing, attempt.residual = close(Relation(changed, "=", nothing), facts, _equations(cited))


def _equations(cited: Cited) -> tuple[Equation, ...]:
    return tuple(r for r in cited.rewriters if isinstance(r, Equation))


def _finish(attempt: Attempt, cited: Cited, facts: Facts) -> Finding:
    if attempt.closing is None:
        return _explain(attempt, cited, facts)
    for condition in attempt.closing.conditions:
        if condition.discharged_by is None:
            problem = f"{attempt.closing.rule} needs the condition `{condition.statement}`, which is not known"
            return _open(problem, None, remedy(condition.statement))
    conditions = _conditions(attempt, facts)
    used = {r.reason for r in attempt.trace} | {attempt.closing.rule} | set(attempt.closing.grounds)
    for condition in (*conditions, *(c for r in attempt.trace for c in r.conditions), *attempt.closing.conditions):
        used |= set(condition.discharged_by or ())
    missing = [c for c in conditions if c.discharged_by is None]
    if missing:
        statements = list(dict.fromkeys(c.statement.text for c in missing))
        return Finding(Verdict.OPEN, conditions=conditions,
                       problem=f"the condition `{statements[0]}` is not known",
                       tries=tuple(dict.fromkeys(remedy(c.statement) for c in missing)), holds=True)  # fmt: skip
    unused = [name for name in cited.names if name not in used]
    if unused:
        return _idle(unused, attempt)
    certificate = Certificate(
        tuple(attempt.trace), attempt.closing.rule, conditions + attempt.closing.conditions, (), attempt.closing.grounds
    )
    everywhere = certificate.conditions + tuple(c for r in attempt.trace for c in r.conditions)
    return Finding(Verdict.PROVED, certificate, tuple({(c.statement, c.discharged_by): c for c in everywhere}.values()))


def _idle(unused: list[str], attempt: Attempt) -> Finding:
    quoted = ", ".join(unused)
    return Finding(Verdict.OPEN, problem=f"the cited reason was not used: {quoted}",
                   tries=(f"remove {quoted} from the reasons",), holds=True)  # fmt: skip


def _explain(attempt: Attempt, cited: Cited, facts: Facts) -> Finding:
    """Why the link is open: an unmet condition, a reason that does not apply, or what is left over."""
    applied = {r.reason for r in attempt.trace}
    residual = attempt.residual
    structural = (FreeOf, Deterministic)  # these are read off the term: nobody can add them to the givens
    blocks = [b for b in attempt.blocked if not isinstance(b.condition, structural)]
    blocks = [b for b in blocks if b.reason not in applied or b.reason in cited.names]
    if blocks:
        block = blocks[0]
        problem = f"{block.reason} applies to `{block.term}`, but the condition `{block.condition}` is not known"
        return _open(problem, residual, remedy(block.condition))
    missing = [c.statement for c in _conditions(attempt, facts) if c.discharged_by is None]
    if missing:
        return _open(f"the condition `{missing[0]}` is not known", residual, *dict.fromkeys(map(remedy, missing)))
    idle = [r.name for r in cited.rewriters if r.name not in applied and not getattr(r, "closes", None)]
    if idle:
        return _open(f"{idle[0]} does not apply to either side", residual, "cite the rule that this step uses")
    if cited.names:
        return _open(f"after {', '.join(cited.names)} the two sides still differ", residual, *_left_over(attempt))
    return _open("the link is not plain algebra and cites no reason", residual,
                 "name the rule, definition or result that this step uses with by=…")  # fmt: skip


_UNFINISHED = {
    Derivative: "differentiation",
    Expectation: "linearity-of-expectation",
    Variance: "variance-of-independent-sum",
}


_REMEDIES = {
    Differentiable: "unfold it by its definition, or declare its functions with smooth=True",
    Integrable: "give a law with the moments that are needed, such as finite_variance(…) or iid(…)",
    AreIndependent: "give independent(…), or a law of independent members",
    IndependentTerms: "give independent(…), or a law of independent members",
    IsInteger: "declare it with integer=True",
    Summable: "give what makes the series converge",
}


def remedy(condition: Term) -> str:
    """What an author can do about a condition that is not known."""
    return _REMEDIES.get(type(condition)) or f"add `{condition}` to given, or declare it"


def _left_over(attempt: Attempt) -> tuple[str, ...]:
    """What could still be worked out in the side that was rewritten."""
    before = attempt.link.lhs.walk_set | attempt.link.rhs.walk_set
    for side in (attempt.lhs, attempt.rhs):
        for part in side.walk() if side is not None else ():
            rule = _UNFINISHED.get(type(part))
            if rule is not None and part not in before:
                return (f"`{part}` is left: cite what works it out too, such as {rule}",)
    return ()


def _open(problem: str, residual: Term | None = None, *tries: str) -> Finding:
    return Finding(Verdict.OPEN, residual=residual, problem=problem, tries=tries)


# -- closing the gap ----------------------------------------------------------------
def close(link: Relation, facts: Facts, equations: Sequence[Equation] = ()) -> tuple[Closing | None, Term | None]:
    """Close a link without any rule: `=` by the normal form, `≤` … by the sign of the difference,
    `⟺` by a factor that does not vanish. Also gives what is left over."""

    def work(s: Session) -> tuple[Closing | None, Term | None]:
        if link.sign == "<=>":
            done = equivalent(s, link.lhs, link.rhs)
            return (Closing(ALGEBRA, tuple(sorted(s.used))) if done else None), None
        if link.lhs.shape is None or link.rhs.shape is None or link.variable is not None:
            return None, None
        difference = s(link.lhs) - s(link.rhs)
        if link.sign == "=":
            if s.is_zero(difference):
                return Closing(ALGEBRA, tuple(sorted(s.used))), None
            by = _modulo(s, difference, equations)
            if by is not None:
                return Closing(ALGEBRA, tuple(sorted(s.used | {by}))), None
            return None, s.term(difference)
        if known_relation(s, link.sign, difference):
            return Closing(POSITIVITY, tuple(sorted(s.used))), None
        return None, s.term(difference)

    return session(facts, work)


def _modulo(s: Session, difference: Ratio, equations: Sequence[Equation]) -> str | None:
    """The difference is a multiple of `lhs − rhs` of a cited equation."""
    top = s.lowest(difference).num
    for equation in equations:
        if equation.requires or equation.lhs.shape != () or set(equation.parameters) - equation.lhs.free:
            continue
        other = s.lowest(s(equation.lhs) - s(equation.rhs)).num
        if other and not other.is_constant() and not divmod(top, other)[1]:
            return equation.name
    return None


def equivalent(s: Session, left: Term, right: Term) -> bool:
    """a = b ⟺ c = d when a − b and c − d differ by a factor that does not vanish (for ≤, <: is positive)."""
    if not isinstance(left, Relation) or not isinstance(right, Relation):
        return False
    left, right = _upwards(left), _upwards(right)
    if left.sign != right.sign or left.lhs.shape != () or right.lhs.shape != ():
        return False
    a, b = s.lowest(s(left.lhs) - s(left.rhs)), s.lowest(s(right.lhs) - s(right.rhs))
    if not a.num or not b.num:
        return not a.num and not b.num
    common = a.num.gcd(b.num)
    first = Ratio(divmod(a.num, common)[0], a.den)
    second = Ratio(divmod(b.num, common)[0], b.den)
    if left.sign in ("=", "!="):
        return s.nonzero(first) and s.nonzero(second)
    return not sign_of(s, first * second) & ~4 & (NEGATIVE | 2)


def _upwards(relation: Relation) -> Relation:
    """a ≥ b is b ≤ a."""
    turned = {">": "<", ">=": "<="}
    if relation.sign in turned:
        return Relation(relation.rhs, turned[relation.sign], relation.lhs)
    return relation


# -- conditions ------------------------------------------------------------------------
def _conditions(attempt: Attempt, facts: Facts) -> tuple[Condition, ...]:
    """Where both lines are defined: as written, and after rewriting."""
    found: dict[tuple[Term, frozenset[Any]], Condition] = {}
    for side in ("lhs", "rhs"):
        written, rewritten = getattr(attempt.link, side), getattr(attempt, side)
        for term, origin in ((written, "as written"), (rewritten, "after rewriting")):
            for statement, here in demands(term, facts):
                key = (statement, frozenset(here.blocked))
                if key in found and found[key].discharged_by is not None:
                    continue
                by = discharge(statement, here)
                if by is None and _settled(statement, written, [r for r in attempt.trace if r.side == side]):
                    by = ("established by the rewriting",)
                if by is None and attempt.link.variable is not None:
                    by = _near_the_point(statement, attempt.link, here)
                found[key] = Condition(statement, origin, by)
            if rewritten is written:
                break
    return tuple(c for c in found.values() if c.discharged_by is None or not _trivial(c))


def _settled(statement: Term, written: Term, trace: Sequence[Rewrite]) -> bool:
    """A rule that removes a derivative (a limit) shows that it exists; one that drops what contains it does not."""
    kind = {Differentiable: Derivative, Converges: Limit, ConvergesAlong: LimitAlong}.get(type(statement))
    if kind is None:
        return False
    paths = list(_occurrences(kind(*statement.fields), written, ()))
    return bool(paths) and all(_removed(path, trace) for path in paths)


def _occurrences(node: Term, term: Term, path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if term == node:
        yield path
    for position, child in enumerate(term.children):
        yield from _occurrences(node, child, (*path, position))


def _removed(path: tuple[int, ...], trace: Sequence[Rewrite]) -> bool:
    """The first rewriting that is not below the path is at the path."""
    return next((r.path == path for r in trace if r.path == path[: len(r.path)]), False)


def _near_the_point(statement: Term, link: Relation, facts: Facts) -> tuple[str, ...] | None:
    """f → L and f ~ g ask that both sides are defined near the point; elsewhere they need not be."""
    if not isinstance(link.variable, Symbol) or link.point is None:
        return None
    return discharge(HoldsNear(statement, link.variable, link.point), facts)


def _trivial(condition: Condition) -> bool:
    return condition.discharged_by == () and not condition.statement.free


# -- cases ------------------------------------------------------------------------------
def _by_cases(link: Relation, cited: Cited, facts: Facts) -> Finding:
    case, others = cited.cases[0], replace(cited, cases=cited.cases[1:], names=())
    branches: list[tuple[str, Certificate]] = []
    conditions: tuple[Condition, ...] = ()
    used: set[str] = {case.name}
    if isinstance(case.on, Symbol) and any(d.lhs == case.on for d in facts.definitions):
        return Finding(Verdict.OPEN, problem=f"`{case.on}` is defined, so it cannot be given values")
    for label, changes, fact in _branches(case):
        try:
            here = Relation(
                link.lhs.substitute(changes), link.sign, link.rhs.substitute(changes), link.variable, link.point
            )
        except TermError as error:
            return Finding(Verdict.OPEN, problem=f"in the case {label}: {error}")
        known, reasons = facts, others
        if fact is not None:
            known = facts.assuming(fact, label)
            if fact.sign == "=":  # used where it stands for fixed values, see `Facts.usable`
                turn = Equation(label, fact.lhs, fact.rhs, (), (), ())
                reasons = replace(others, rewriters=(turn, *others.rewriters))
        finding = _case(here, reasons, known)
        if finding.verdict is not Verdict.PROVED or finding.certificate is None:
            return replace(finding, problem=f"in the case {label}: {finding.problem}")
        branches.append((label, finding.certificate))
        conditions += finding.conditions
        used |= names_used(finding.certificate)
    unused = [name for name in cited.names if name not in used]
    if unused:
        return _idle(unused, Attempt(link))
    return Finding(Verdict.PROVED, Certificate((), case.name, conditions, tuple(branches)), conditions)


def _case(link: Relation, cited: Cited, facts: Facts) -> Finding:
    if cited.cases:
        return _by_cases(link, cited, facts)
    if alpha_equal(link.lhs, link.rhs):
        return Finding(Verdict.PROVED, Certificate((), ALGEBRA, ()))
    plain = _attempt(link, Cited(), facts)
    attempt = plain if plain.closing is not None else _attempt(link, cited, facts)
    return _finish(attempt, cited, facts)


def _branches(case: Cases) -> list[tuple[str, dict[Term, Term], Relation | None]]:
    """What is substituted and assumed in each case."""
    on = case.on
    if isinstance(on, Symbol):
        return [(f"{on} = {value}", {on: value}, None) for value in on.domain.values]
    assert isinstance(on, Relation)
    return [(str(side), {}, side) for side in (on, on.negation)]


def names_used(certificate: Certificate) -> set[str]:
    """Every name that a certificate rests on."""
    used = {certificate.closing, *certificate.grounds}
    for rewrite in certificate.rewrites:
        used.add(rewrite.reason)
        for condition in rewrite.conditions:
            used |= set(condition.discharged_by or ())
    for condition in certificate.conditions:
        used |= set(condition.discharged_by or ())
    for _, branch in certificate.cases:
        used |= names_used(branch)
    return used


__all__ = ["ALGEBRA", "POSITIVITY", "Cited", "Closing", "close", "judge", "names_used"]
