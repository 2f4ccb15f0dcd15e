"""Replaying the certificate of one link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from derivations.context.facts import Facts
from derivations.kernel.attempt import Attempt, Cited, Closing
from derivations.kernel.cases import branches, flaw
from derivations.kernel.conditions import discharge
from derivations.kernel.definedness import conditions_of, granted
from derivations.kernel.equivalence import by_equivalence
from derivations.kernel.link import ALGEBRA, close
from derivations.kernel.reasons import Candidate
from derivations.kernel.report import Certificate, Condition, Rewrite
from derivations.kernel.rewriting import Equation, candidates
from derivations.kernel.together import multiplied_out, of_matrices, substitution
from derivations.terms.arithmetic import number
from derivations.terms.relations import Relation
from derivations.terms.substitution import alpha_equal
from derivations.terms.term import Term

_SIDES = ("lhs", "rhs", "difference")


class Rejected(Exception):
    """A certificate does not prove its link."""

    def __init__(self, reason: str, step: int = 0) -> None:
        super().__init__(reason)
        self.step = step


def replay(link: Relation, cited: Cited, facts: Facts, certificate: Certificate) -> None:
    """Accept the certificate of a link. Raises Rejected with the reason."""
    if cited.flaws:
        raise Rejected(cited.flaws[0][0])
    if alpha_equal(link.lhs, link.rhs) and link.variable is None:
        raise Rejected("the two lines are the same line")
    known = facts.with_relations(cited.facts) if cited.facts else facts
    _replay(link, cited, known, certificate, outermost=True)


def _replay(link: Relation, cited: Cited, facts: Facts, certificate: Certificate, outermost: bool) -> None:
    if cited.cases and (certificate.cases or certificate.closing == cited.cases[0].name):
        _cases(link, cited, facts, certificate)
        return
    if certificate.cases:
        raise Rejected("the cases are not those of the reasons")
    if not outermost and certificate == Certificate((), ALGEBRA, ()) and alpha_equal(link.lhs, link.rhs):
        return
    facts = granted(link, facts)
    plain = [Cited()] if not certificate.rewrites else []
    complaint = Rejected("the certificate is empty")
    for reasons in (*plain, cited):
        try:
            _straight(link, reasons, facts, certificate)
            return
        except Rejected as rejected:
            complaint = rejected
    raise complaint


def _straight(link: Relation, cited: Cited, facts: Facts, certificate: Certificate) -> None:
    """Without cases: rewrite as recorded, close as recorded, and compare the conditions."""
    for rewrite in certificate.rewrites:
        if rewrite.side not in _SIDES:
            raise Rejected(f"there is no side `{rewrite.side}`")
    sides = {side: _rewritten(getattr(link, side), side, certificate, cited, facts) for side in ("lhs", "rhs")}
    gap = Relation(sides["lhs"], link.sign, sides["rhs"], link.variable, link.point)
    closing = _closing(gap, certificate, cited, facts)
    if closing.rule != certificate.closing:
        raise Rejected(f"it is closed by {closing.rule}, not by {certificate.closing}")
    if (closing.multiples, closing.scale) != (certificate.multiples, certificate.scale):
        raise Rejected("the multiples of equations are not those of the closing")
    if closing.grounds != certificate.grounds:
        raise Rejected(f"the closing rests on {_listed(closing.grounds)}, not on {_listed(certificate.grounds)}")
    attempt = Attempt(link, list(certificate.rewrites), [], closing, None, sides["lhs"], sides["rhs"])
    _compare(conditions_of(attempt, facts) + closing.conditions, certificate.conditions)


def _compare(wanted: tuple[Condition, ...], recorded: tuple[Condition, ...]) -> None:
    for condition in wanted:
        if condition.discharged_by is None:
            raise Rejected(f"the condition `{condition.statement}` is not known")
        if condition not in recorded:
            raise Rejected(f"the condition `{condition.statement}` is not recorded as it was discharged")
    for condition in recorded:
        if condition not in wanted:
            raise Rejected(f"the condition `{condition.statement}` is none of this step")
    if wanted != recorded:
        raise Rejected("the conditions are not in their order")


# -- rewriting ---------------------------------------------------------------------------
def _rewritten(term: Term, side: str, certificate: Certificate, cited: Cited, facts: Facts) -> Term:
    for rewrite in certificate.rewrites:
        if rewrite.side == side:
            term = _applied(term, rewrite, cited, facts)
    return term


def _applied(term: Term, rewrite: Rewrite, cited: Cited, facts: Facts) -> Term:
    """The recorded reason applied at the recorded place."""
    place = _at(term, rewrite.path, facts)
    if place is None or place[0] != rewrite.before:
        raise Rejected(f"`{rewrite.before}` does not stand at the place where {rewrite.reason} was applied")
    _, here = place
    reasons: list[Any] = [r for r in cited.rewriters if r.name == rewrite.reason]
    if rewrite.reason == ALGEBRA:
        reasons.append(substitution(tuple(r for r in cited.rewriters if isinstance(r, Equation))))
    if not reasons:
        raise Rejected(f"{rewrite.reason} is not among the reasons of this step")
    offered = [c for reason in reasons for c in candidates(reason, rewrite.before, here)]
    fitting = [c for c in offered if c.result == rewrite.after]
    if not fitting:
        raise Rejected(f"{rewrite.reason} does not turn `{rewrite.before}` into `{rewrite.after}`")
    if not any(_discharged(rewrite.reason, c, here) == rewrite.conditions for c in fitting):
        raise Rejected(f"{rewrite.reason}: the conditions are not recorded as they were discharged")
    return _put(term, rewrite.path, rewrite.after)


def _discharged(name: str, candidate: Candidate, facts: Facts) -> tuple[Condition, ...] | None:
    """The conditions of a candidate, discharged anew; None if one of them is not known."""
    done = [Condition(statement, name, (quoted,)) for statement, quoted in candidate.quotes]
    for condition in candidate.conditions:
        by = discharge(condition, facts)
        if by is None:
            return None
        done.append(Condition(condition, name, by))
    return tuple(done)


def _at(term: Term, path: tuple[int, ...], facts: Facts) -> tuple[Term, Facts] | None:
    """The subterm at a path and the facts that hold there; None if nothing may be rewritten there."""
    for position in path:
        if getattr(term, "opaque", False) or not 0 <= position < len(term.children):
            return None
        scope, child = term.scope(), term.children[position]
        if scope is not None:
            if child in scope.bound or child in scope.near:
                return None
            facts = facts.enter(scope) if position in term.inside else facts
        term = child
    return term, facts


def _put(term: Term, path: tuple[int, ...], new: Term) -> Term:
    if not path:
        return new
    positions = iter(range(len(term.children)))
    return term.rebuild(lambda child: _put(child, path[1:], new) if next(positions) == path[0] else child)


# -- closing --------------------------------------------------------------------------------
def _closing(gap: Relation, certificate: Certificate, cited: Cited, facts: Facts) -> Closing:
    """What closes the gap between the rewritten sides."""
    for rule in cited.closers:
        if rule.name == certificate.closing and rule.closes is not None:
            found: Closing | None = rule.closes(gap, facts)
            if found is not None:
                return found
            raise Rejected(f"{rule.name} does not close the gap")
    difference = _difference(gap, certificate, cited, facts)
    if certificate.multiples and certificate.scale is not None:
        equations = tuple(r for r in cited.rewriters if isinstance(r, Equation))
        made = multiplied_out(difference, certificate.multiples, certificate.scale, equations, facts)
        if made is None:
            raise Rejected("the multiples of the equations do not add up to the link")
        return made
    equations = tuple(r for r in cited.rewriters if isinstance(r, Equation) and r.name == certificate.closing)
    if equations:
        others = tuple(r for r in cited.rewriters if isinstance(r, Equation))
        found = by_equivalence(difference, others, facts)
        if found is None:
            raise Rejected(f"the other side of {certificate.closing} is not known")
        return found
    closing, left = close(difference, facts)
    if closing is None:
        closing = of_matrices(difference, tuple(r for r in cited.rewriters if isinstance(r, Equation)), facts)
    if closing is None:
        raise Rejected(f"the two sides differ by `{left}`" if left is not None else "the two sides do not close")
    return closing


def _difference(gap: Relation, certificate: Certificate, cited: Cited, facts: Facts) -> Relation:
    """lhs − rhs = 0, where what algebra left over was rewritten; else the gap itself."""
    rewrites = [r for r in certificate.rewrites if r.side == "difference"]
    if not rewrites:
        return gap
    if gap.sign != "=":
        raise Rejected("a difference says nothing of this relation")
    difference = _left_over(gap, facts)
    for rewrite in rewrites:
        place = _at(difference, rewrite.path, facts)
        if place is None or place[0] != rewrite.before:  # algebra came in between
            difference = _left_over(_is_zero(difference), facts)
        difference = _applied(difference, rewrite, cited, facts)
    return _is_zero(difference)


def _left_over(gap: Relation, facts: Facts) -> Term:
    closing, left = close(gap, facts)
    if closing is not None or left is None:
        raise Rejected("there is no difference to rewrite")
    return left


def _is_zero(term: Term) -> Relation:
    return Relation(term, "=", number(0) if term.shape == () else number(0) * term)


# -- cases ----------------------------------------------------------------------------------
def _cases(link: Relation, cited: Cited, facts: Facts, certificate: Certificate) -> None:
    case, others = cited.cases[0], replace(cited, cases=cited.cases[1:], names=())
    if certificate.closing != case.name or certificate.rewrites or certificate.grounds:
        raise Rejected(f"a proof by {case.name} has nothing beside its cases")
    wrong = flaw(case, facts)
    if wrong is not None:
        raise Rejected(wrong[0])
    cases = branches(case)
    if [label for label, _ in certificate.cases] != [branch.label for branch in cases]:
        raise Rejected(f"the cases are not {_listed(tuple(branch.label for branch in cases))}")
    for branch, (label, inner) in zip(cases, certificate.cases, strict=True):
        here = branch.link(link)
        reasons, known = branch.known(others, facts)
        try:
            _replay(here, reasons, known, inner, outermost=False)
        except Rejected as rejected:
            raise Rejected(f"in the case {label}: {rejected}") from None
    _compare(tuple(c for _, inner in certificate.cases for c in _all_conditions(inner)), certificate.conditions)


def _all_conditions(certificate: Certificate) -> tuple[Condition, ...]:
    """The conditions of a branch, each once."""
    if certificate.cases:
        return certificate.conditions
    every = certificate.conditions + tuple(c for r in certificate.rewrites for c in r.conditions)
    return tuple({(c.statement, c.discharged_by): c for c in every}.values())


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nothing"


__all__ = ["Rejected", "replay"]
