"""Proving one link: rewrite both sides with the cited reasons, close the gap, discharge the conditions.

This is the only place where a link can become PROVED.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from derivations.algebra.completion import vanishes
from derivations.algebra.normal import Ratio, Ring, decide, in_ring, unlike
from derivations.algebra.signs import NEGATIVE, known_relation, sign_of
from derivations.budget import STEPS, BudgetExhausted
from derivations.context.facts import Facts
from derivations.kernel.attempt import Attempt, Cited, Closing
from derivations.kernel.cases import branches, flaw
from derivations.kernel.conditions import as_given
from derivations.kernel.definedness import conditions_of, granted
from derivations.kernel.equivalence import by_equivalence, follows
from derivations.kernel.explaining import (
    explain,
    if_defined,
    off_by_a_factor,
    remedy,
    still_open,
    strayed,
    too_much,
    unmet,
)
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Certificate, Condition, Finding, Verdict
from derivations.kernel.rewriting import Equation, Rewriter, circular
from derivations.kernel.together import ALGEBRA, of_matrices, substitution, together
from derivations.terms.arithmetic import number
from derivations.terms.relations import Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import Term, TermError

POSITIVITY = "positivity"
_ROUNDS = 3  # of rewriting what algebra left over


def judge(link: Relation, cited: Cited, facts: Facts, steps: int = STEPS) -> Finding:
    """The kernel's verdict on a link: PROVED with a certificate, or OPEN with what is in the way.

    It takes at most so many `steps`, whatever was judged before.
    """
    try:
        return strayed(_judge(link, cited, granted(link, facts.for_link(steps))), link)
    except (BudgetExhausted, RecursionError, TermError) as error:
        return too_much(error)


def _judge(link: Relation, cited: Cited, facts: Facts) -> Finding:
    if alpha_equal(link.lhs, link.rhs) and link.variable is None:
        return Finding(
            Verdict.OPEN, problem="the two lines are the same line", tries=("remove the repeated line",), holds=True
        )
    if cited.flaws:
        problem, way_out = cited.flaws[0]
        return still_open(problem, None, way_out)
    if cited.facts:
        facts = facts.with_relations(cited.facts)
    plain = _by_itself(link, facts) if cited.names else None
    alone = _finish(plain, cited, facts) if plain is not None and plain.closing is not None else None
    if alone is not None and alone.verdict is Verdict.PROVED:
        noted = _noted(alone, cited)
        return (_as_cited(link, cited, facts) if noted.idle else None) or noted
    if cited.cases:
        finding = _by_cases(link, cited, facts)
    else:
        finding = _without_idle(_finish(_attempt(link, cited, facts), cited, facts), link, cited, facts)
    if finding.verdict is not Verdict.PROVED and alone is not None:
        return alone
    return _noted(finding, cited)


def _as_cited(link: Relation, cited: Cited, facts: Facts) -> Finding | None:
    """The proof by what was cited, if all of it is used, and none on both sides alike.

    It cannot be told which law of the logarithm counts as algebra: the author's reason is kept.
    """
    if cited.cases:
        return None
    finding = _noted(_finish(_attempt(link, cited, facts), cited, facts), cited)
    if finding.certificate is None or finding.idle:
        return None
    alike = any(_fired_on_both_sides(name, finding.certificate) for name in cited.names)
    return None if alike else finding


def _noted(finding: Finding, cited: Cited) -> Finding:
    """The finding; of a proved link, with the names that were cited and not needed."""
    if finding.certificate is None:
        return finding
    used = names_used(finding.certificate)
    return replace(finding, idle=tuple(dict.fromkeys(name for name in cited.names if name not in used)))


def _without_idle(finding: Finding, link: Relation, cited: Cited, facts: Facts) -> Finding:
    """A definition or a result may fire on both sides, and yet the link does not need it: then without it."""
    for equation in _equations(cited) if len(cited.names) > 1 else ():
        if finding.certificate is None or not _fired_on_both_sides(equation.name, finding.certificate):
            continue
        fewer = replace(cited, rewriters=tuple(r for r in cited.rewriters if r is not equation))
        again = _finish(_attempt(link, fewer, facts), fewer, facts)
        if again.certificate is not None and equation.name not in names_used(again.certificate):
            return again
    return finding


def _fired_on_both_sides(name: str, certificate: Certificate) -> bool:
    return len({r.side for r in certificate.rewrites if r.reason == name}) > 1


def _by_itself(link: Relation, facts: Facts) -> Attempt:
    """The attempt without any reason."""
    return Attempt(link, lhs=link.lhs, rhs=link.rhs, closing=closing(link, facts))


def _attempt(link: Relation, cited: Cited, facts: Facts) -> Attempt:
    """Reasons that lead back to themselves are used on one side, or on both; all others on both."""
    once = circular(_equations(cited)) | {r for r in cited.rewriters if isinstance(r, Rule) and r.once}
    calm = replace(cited, rewriters=tuple(r for r in cited.rewriters if r not in once)) if once else cited
    tries = (_try(link, cited, calm, once, sides, facts) for sides in (("lhs",), ("rhs",), ("lhs", "rhs")))
    first = next(tries)
    found = first if first.closed or not once else next((attempt for attempt in tries if attempt.closed), first)
    if found.closed or not _equations(cited) or link.sign != "=" or link.variable is not None:
        return found
    below = substitution(_equations(cited))
    inside = replace(cited, rewriters=(below, *(r for r in cited.rewriters if not isinstance(r, Equation))))
    again = _try(link, inside, replace(inside, rewriters=inside.rewriters[1:]), frozenset((below,)), _SIDES, facts)
    again.closing = again.closing or _closed_together(again, _equations(cited), facts)
    return again if again.closed else found


_SIDES = ("lhs", "rhs")


def _closed_together(attempt: Attempt, equations: Sequence[Equation], facts: Facts) -> Closing | None:
    assert attempt.lhs is not None and attempt.rhs is not None
    return together(Relation(attempt.lhs, "=", attempt.rhs), equations, facts) if attempt.trace else None


def _try(
    link: Relation, cited: Cited, calm: Cited, once: frozenset[Rule | Equation], sides: tuple[str, ...], facts: Facts
) -> Attempt:
    """One try, with the reasons in `once` on these sides only; `calm` is what else was cited."""
    attempt = Attempt(link)
    for side in ("lhs", "rhs"):
        term = getattr(link, side)
        if once and side in sides:
            circles = tuple(r for r in cited.rewriters if r in once or isinstance(r, Equation))
            term = _applied(circles, once, term, side, attempt, facts)
        setattr(attempt, side, _rewritten(term, side, attempt, calm, facts))
    assert attempt.lhs is not None and attempt.rhs is not None
    gap = Relation(attempt.lhs, link.sign, attempt.rhs, link.variable, link.point)
    attempt.closing, attempt.residual = close(gap, facts, _equations(cited))
    _rewrite_difference(attempt, calm, _equations(cited), facts)
    for rule in cited.closers:
        if not attempt.closed:
            assert rule.closes is not None
            attempt.closing = rule.closes(gap, facts) or attempt.closing
    return attempt


def _rewritten(term: Term, side: str, attempt: Attempt, cited: Cited, facts: Facts) -> Term:
    """First what a symbol or an expression was shown to equal, then the general rules."""
    for reasons in (_equations(cited), cited.rewriters):
        if reasons:
            term = _applied(reasons, frozenset(), term, side, attempt, facts)
    return term


def _applied(
    reasons: Sequence[Any], once: frozenset[Rule | Equation], term: Term, side: str, attempt: Attempt, facts: Facts
) -> Term:
    rewriter = Rewriter(reasons, side, once)
    result = rewriter(term, facts)
    attempt.trace += rewriter.trace
    attempt.blocked += rewriter.blocked
    return result


def _rewrite_difference(attempt: Attempt, cited: Cited, equations: Sequence[Equation], facts: Facts) -> None:
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
        attempt.closing, attempt.residual = close(Relation(changed, "=", nothing), facts, equations)


def _equations(cited: Cited) -> tuple[Equation, ...]:
    return tuple(r for r in cited.rewriters if isinstance(r, Equation))


def _finish(attempt: Attempt, cited: Cited, facts: Facts) -> Finding:
    if attempt.closing is None:
        unknown = [c.statement for c in conditions_of(attempt, facts) if c.discharged_by is None]
        return explain(attempt, cited, unknown, _near(attempt, facts) if attempt.residual is not None else ())
    for condition in attempt.closing.conditions:
        if condition.discharged_by is None:
            problem = f"{attempt.closing.rule} closes the link, but {unmet(condition.statement)}"
            return still_open(problem, None, remedy(condition.statement, attempt.link))
    conditions = conditions_of(attempt, facts)
    missing = [c for c in conditions if c.discharged_by is None]
    if missing:
        return Finding(Verdict.OPEN, conditions=conditions, problem=unmet(missing[0].statement),
                       tries=(*dict.fromkeys(remedy(c.statement, attempt.link) for c in missing),
                              *if_defined(missing, attempt.link, facts.given)), holds=True)  # fmt: skip
    closed = attempt.closing
    certificate = Certificate(
        tuple(attempt.trace), closed.rule, conditions + closed.conditions, (), closed.grounds, closed.multiples,
        closed.scale,
    )  # fmt: skip
    everywhere = certificate.conditions + tuple(c for r in attempt.trace for c in r.conditions)
    return Finding(Verdict.PROVED, certificate, tuple({(c.statement, c.discharged_by): c for c in everywhere}.values()))


def _near(attempt: Attempt, facts: Facts) -> tuple[str, ...]:
    """What to do where the sides of an equation differ by a factor alone."""
    left, right = attempt.lhs, attempt.rhs
    if left is None or right is None or attempt.link.sign != "=":
        return ()
    return in_ring(facts, lambda s: off_by_a_factor(s, left, right))


# -- closing the gap ----------------------------------------------------------------
def close(link: Relation, facts: Facts, equations: Sequence[Equation] = ()) -> tuple[Closing | None, Term | None]:
    """How the link closes without any rule, or what is left over."""
    found = closing(link, facts, equations)
    if found is not None or link.sign in ("<=>", "=>") or not _comparable(link):
        return found, None
    return None, in_ring(facts, lambda s: s.term(s(link.lhs) - s(link.rhs)))


def closing(link: Relation, facts: Facts, equations: Sequence[Equation] = ()) -> Closing | None:
    """`=` by the normal form, `≤` … by the sign of the difference, `⟺` by a factor that does not vanish."""
    if not _comparable(link):
        return None
    if link.sign == "=" and not equations and unlike(link.lhs, link.rhs):
        return _given(link, facts)

    def question(s: Ring) -> Closing | None:
        if link.sign in ("<=>", "=>"):
            return Closing(ALGEBRA, tuple(sorted(s.used))) if equivalent(s, link.lhs, link.rhs) else None
        difference = s(link.lhs) - s(link.rhs)
        if link.sign != "=":
            return Closing(POSITIVITY, tuple(sorted(s.used))) if known_relation(s, link.sign, difference) else None
        return Closing(ALGEBRA, tuple(sorted(s.used))) if s.is_zero(difference) or vanishes(s, difference) else None

    found = decide(facts, question)
    if found is None and link.sign in ("<=>", "=>"):
        return follows(link, facts)
    if found is None and equations:
        found = (
            by_equivalence(link, equations, facts)
            or together(link, equations, facts)
            or of_matrices(link, equations, facts)
        )
    return found or (_given(link, facts) if link.sign == "=" else None)


def _given(link: Relation, facts: Facts) -> Closing | None:
    """What is given is known: the link is one of the hypotheses, or an instance of one."""
    by = as_given(link, facts)
    return None if by is None else Closing(ALGEBRA, by)


def _comparable(link: Relation) -> bool:
    """Statements, or quantities; a limit needs a rule."""
    return link.variable is None and (
        link.sign in ("<=>", "=>") or link.lhs.shape is not None and link.rhs.shape is not None
    )


def equivalent(s: Ring, left: Term, right: Term) -> bool:
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
    return relation.turned if relation.sign in (">", ">=") else relation


# -- cases ------------------------------------------------------------------------------
def _by_cases(link: Relation, cited: Cited, facts: Facts) -> Finding:
    case, others = cited.cases[0], replace(cited, cases=cited.cases[1:], names=())
    done: list[tuple[str, Certificate]] = []
    conditions: tuple[Condition, ...] = ()
    wrong = flaw(case, facts)
    if wrong is not None:
        problem, way_out = wrong
        return still_open(problem, None, *([way_out] if way_out else []))
    for branch in branches(case):
        try:
            here = branch.link(link)
        except TermError as error:
            return Finding(Verdict.OPEN, problem=f"in the case {branch.label}: {error}")
        reasons, known = branch.known(others, facts)
        finding = _case(here, reasons, granted(here, known))
        if finding.verdict is not Verdict.PROVED or finding.certificate is None:
            # what is open for a formal reason in this case may be false in another one
            return replace(finding, problem=f"in the case {branch.label}: {finding.problem}", holds=False)
        done.append((branch.label, finding.certificate))
        conditions += finding.conditions
    return Finding(Verdict.PROVED, Certificate((), case.name, conditions, tuple(done)), conditions)


def _case(link: Relation, cited: Cited, facts: Facts) -> Finding:
    if cited.cases:
        return _by_cases(link, cited, facts)
    plain = _by_itself(link, facts)
    attempt = plain if plain.closing is not None else _attempt(link, cited, facts)
    return _finish(attempt, cited, facts)


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
