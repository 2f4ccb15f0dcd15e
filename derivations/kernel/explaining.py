"""Why a link is open, in words, and what its author can do about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derivations.budget import BudgetExhausted
from derivations.kernel.attempt import Attempt, Cited
from derivations.kernel.reasons import Rule
from derivations.kernel.report import Condition, Finding, Verdict
from derivations.terms.arithmetic import PowerDefined, is_literal
from derivations.terms.calculus import Converges, Derivative, Differentiable, FreeOf, NamesAlone
from derivations.terms.conditioning import ConditionallyIndependent, IntegrableGiven
from derivations.terms.defined import defined
from derivations.terms.families import Entry
from derivations.terms.functions import Apply
from derivations.terms.integrals import IntegrableOver
from derivations.terms.probability import (
    AreIndependent,
    Deterministic,
    Expectation,
    IndependentTerms,
    Integrable,
    Variance,
)  # fmt: skip
from derivations.terms.processes import SameAtEveryTime
from derivations.terms.relations import IsInteger, Relation
from derivations.terms.sums import Summable
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import Component

if TYPE_CHECKING:
    from derivations.algebra.ring import Ring


def explain(attempt: Attempt, cited: Cited, missing: Sequence[Term], near: tuple[str, ...] = ()) -> Finding:
    """Why the link is open: an unmet condition, a reason that does not apply, or what is left over.

    near: what to do where the sides differ by a factor alone
    """
    applied = {r.reason for r in attempt.trace}
    residual = attempt.residual
    structural = (FreeOf, Deterministic)  # these are read off the term: nobody can add them to the givens
    blocks = [b for b in attempt.blocked if not isinstance(b.condition, structural)]
    blocks = [b for b in blocks if b.reason not in applied or b.reason in cited.names]
    if blocks:
        block = blocks[0]
        problem = f"{block.reason} applies to `{block.term}`, but {unmet(block.condition)}"
        return still_open(problem, residual, remedy(block.condition, attempt.link))
    if missing:
        tries = dict.fromkeys(remedy(condition, attempt.link) for condition in missing)
        return still_open(unmet(missing[0]), residual, *tries)
    idle = [r.name for r in cited.rewriters if r.name not in applied and not getattr(r, "closes", None)]
    if idle:
        return still_open(f"{idle[0]} does not apply to either side{_stated(idle[0], cited)}", residual, GENERIC[1])
    if cited.names:
        return still_open(
            f"after {', '.join(cited.names)} the two sides still differ",
            residual,
            *(near or _left_over(attempt, cited)),
        )
    return still_open("the link is not plain algebra and cites no reason", residual, *(near or GENERIC[:1]))


_UNFINISHED = {
    Derivative: "differentiation",
    Expectation: "linearity-of-expectation",
    Variance: "variance-of-independent-sum",
}


_REMEDIES = {
    NamesAlone: "write the limit along the definition of its variable, or give the variable another letter",
    Differentiable: "unfold it by its definition, or declare its functions with smooth=True",
    Integrable: "give a law with the moments that are needed, such as finite_variance(…) or iid(…)",
    AreIndependent: "give independent(…), or a law of independent members",
    IndependentTerms: "give independent(…), or a law of independent members",
    IsInteger: "declare it with integer=True",
    Summable: "give what makes the series converge",
    IntegrableGiven: "give what bounds it, such as the bounded rewards of the process and its discount < 1",
    IntegrableOver: "write the density that it is integrated against, and give what bounds the rest",
    ConditionallyIndependent: "give the Markov property of the process, or the dependence(…) of the variables",
    SameAtEveryTime: "give the time-homogeneity of the process",
    Converges: "show that the limit exists: work it out with dominant-term or continuity",
    PowerDefined: "declare the base positive, or the exponent an integer that is not negative",
}


def unmet(condition: Term) -> str:
    """What is wrong with a condition."""
    return f"the condition `{condition}` is {'false' if _is_false(condition) else 'not known'}"


def _is_false(condition: Term) -> bool:
    """A statement about written-out numbers that was not discharged."""
    if isinstance(condition, IsInteger):
        return is_literal(condition.term)
    return isinstance(condition, Relation) and is_literal(condition.lhs) and is_literal(condition.rhs)


def remedy(condition: Term, link: Relation | None = None) -> str:
    """What an author can do about a condition that is not known (of a link)."""
    if _is_false(condition):
        return "correct the line: it is not defined as written"
    told: str = getattr(condition, "remedy", "") or _REMEDIES.get(type(condition), "")
    if told:
        return told
    bound = sorted(condition.free & _bound_in(link), key=str)
    if not bound or not isinstance(condition, Relation):
        return f"add `{condition}` to given, or declare it"
    names = ", ".join(map(str, bound))
    if _of_the_letters_alone(condition, bound):
        return f"let {names} run only where `{condition}`: what is bound cannot be given or declared"
    over = f"({names},)" if len(bound) == 1 else f"({names})"
    return f"add `{condition}` for all {names} to given: hypothesis(…, for_all={over})"


def _bound_in(link: Relation | None) -> frozenset[Symbol]:
    """The names that mean something inside of a binder of the link alone."""
    if link is None:
        return frozenset()
    scopes = [scope for part in link.walk_set if (scope := part.scope()) is not None]
    return frozenset([name for scope in scopes for name in scope.bound if isinstance(name, Symbol)]) - link.free


def _of_the_letters_alone(condition: Term, bound: Collection[Symbol]) -> bool:
    """It says k ≠ 0 and the like, and nothing of members or values at k: of all k it would be false."""
    members = (part for part in condition.walk_set if isinstance(part, (Entry, Apply, Component)))
    return all(part.free.isdisjoint(bound) for part in members)


def if_defined(unmet: Sequence[Condition], link: Relation, given: Sequence[Term]) -> tuple[str, ...]:
    """`defined` says what only the lines as they are written ask for, and nothing of the range of an index."""
    if defined in given or any(c.origin != "as written" or _is_false(c.statement) for c in unmet):
        return ()
    if any((bound := c.statement.free & _bound_in(link)) and _of_the_letters_alone(c.statement, bound) for c in unmet):
        return ()
    return ("or say that everything written is defined: given=[defined]",)


def _stated(name: str, cited: Cited) -> str:
    """What the rule says, for its reader to see where the line differs."""
    rule = next((r for r in cited.rewriters if isinstance(r, Rule) and r.name == name), None)
    said = str(rule).splitlines()[1].strip() if rule is not None and rule.statement else ""
    return f"; it states {said}" if said else ""


def _left_over(attempt: Attempt, cited: Cited) -> tuple[str, ...]:
    """What could still be worked out in the side that was rewritten."""
    before = attempt.link.lhs.walk_set | attempt.link.rhs.walk_set
    for side in (attempt.lhs, attempt.rhs):
        for part in side.walk() if side is not None else ():
            rule = _UNFINISHED.get(type(part))
            if isinstance(part, (Expectation, Variance)) and isinstance(part.body, Entry):
                rule = "declared-moments"
            if rule is not None and rule not in cited.names and part not in before:
                return (f"`{part}` is left: cite what works it out too, such as {rule}",)
    return ()


def strayed(finding: Finding, link: Relation) -> Finding:
    """The same, and that a bound variable stands outside of its sum too, where it is another quantity."""
    if finding.verdict is not Verdict.OPEN or finding.holds:
        return finding
    for part in (*link.lhs.walk(), *link.rhs.walk()):
        scope = part.scope()
        for variable in scope.bound if scope is not None else ():
            if variable in link.free:
                problem = f"`{variable}` stands outside of `{part}` too, where it is another quantity"
                tries = (f"do not use `{variable}` outside, or give one of the two another name",)
                return replace(finding, problem=problem, tries=tries)
    return finding


def too_much(error: Exception) -> Finding:
    """The link could not be decided with what it may cost, or cannot be written on the way."""
    if isinstance(error, BudgetExhausted):
        return still_open(str(error) or "the link is too large to be decided", None, error.remedy)
    if isinstance(error, TermError) and "nested" not in str(error):
        return still_open(f"the reasons lead to what cannot be written: {error}", None, BudgetExhausted.remedy)
    return still_open("the line is nested too deeply to be checked", None, "name its parts with definitions")


def still_open(problem: str, residual: Term | None = None, *tries: str) -> Finding:
    shown = residual if residual is None else named_apart(residual, {symbol.name for symbol in residual.free})
    return Finding(Verdict.OPEN, residual=shown, problem=problem, tries=tries)


def named_apart(term: Term, taken: set[str]) -> Term:
    """The same, bound names written unlike those that are free: the normal form numbers them, which is not seen."""
    made = term.rebuild(lambda child: named_apart(child, taken))
    scope = made.scope()
    clashing = [v for v in scope.bound if v.tag < 0 and v.name in taken] if scope is not None else []
    if not clashing:
        return made
    inside = {symbol.name for child in made.children for part in child.walk() for symbol in part.free} | taken
    letters = (letter for letter in _LETTERS if letter not in inside)
    names: dict[Term, Term] = {v: Symbol(next(letters, v.name), v.domain) for v in clashing}
    return made.rebuild(lambda child: names.get(child) or child.substitute(names))


_LETTERS = "tlmnijkuvwpqrs"
_FACTORS = (
    (Fraction(-1), "minus the right side", "turn the sign of one side"),
    (Fraction(2), "twice the right side", "look for a factor 2"),
    (Fraction(1, 2), "half the right side", "look for a factor 2"),
)


def off_by_a_factor(s: Ring, left: Term, right: Term) -> tuple[str, ...]:
    """What to do where one side is the other with the wrong sign, or twice it."""
    a, b = s(left), s(right)
    for factor, what, remedy in _FACTORS:
        if s.is_zero(a - s.constant(factor) * b) and not s.is_zero(b):
            return (f"{remedy}: the left side is {what}",)
    return ()


GENERIC = ("name the rule, definition or result that this step uses with by=…", "cite the rule that this step uses")


def contradicted(strange: Sequence[str]) -> Finding:
    """What is said where the kernel proves a link that is false in a model; `strange` rules are its author's own."""
    if strange:
        rules = ", ".join(f"`{name}`" for name in strange)
        return Finding(
            Verdict.REFUTED,
            problem=f"proved by what does not come with the package, {rules}, and false",
            tries=("mend the rule, or the line",),
        )
    return Finding(Verdict.OPEN, problem=CONTRADICTION.format("a proof of this link was found, and it is false"),
                   tries=REPORT, fault=True)  # fmt: skip


CONTRADICTION = "the engine contradicts itself: {}"
REPORT = ("this is a fault of the engine, not of the derivation: please report it, with the file",)


def refuted(finding: Finding) -> Finding:
    """What is said where a model shows that the line is false: no reason will help, nor that it is defined."""
    correct = "correct the line: no reason can prove it"
    tries = tuple(correct if t in GENERIC else t for t in finding.tries)
    if finding.problem.startswith("the condition") and finding.residual is not None:
        tries = (correct, *tries)
    return replace(finding, tries=tries or (correct,))
