"""From what an author cites to what the kernel uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from derivations.context.facts import Fact, Facts, facts_of
from derivations.context.names import names
from derivations.derivation import Derivation, reason_name
from derivations.kernel.attempt import Cited
from derivations.kernel.instance import Equation, strays
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule, Step
from derivations.kernel.report import Report, Verdict
from derivations.kernel.rewriting import as_equation
from derivations.prove.solving import oriented, shifted
from derivations.rules import rules
from derivations.rules.expectations import declared_moments
from derivations.rules.free_variables import as_free_variable
from derivations.terms.defined import Defined, IsDefined
from derivations.terms.functions import Apply
from derivations.terms.probability import Independent, Law
from derivations.terms.relations import Proposition, Relation
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term


def named_alike(derivation: Derivation) -> Iterator[str]:
    """A message for a given that is named like another, or like a rule: names tell whether a reason was used."""
    names: dict[str, Any] = {}
    for given in derivation.given:
        name = reason_name(given)
        if name in rules() or name in _RESERVED:
            yield f"`{name}` is the name of a rule: give the given another one"
        elif names.setdefault(name, given) is not given and names[name] != given:
            yield f"two of the givens are named `{name}`: give one of them another name"


_RESERVED = ("cases", "free-variable")


def cite(step: Step, facts: Facts, known: Mapping[Derivation, Report]) -> Cited:
    """The reasons of a step in the forms in which the kernel uses them."""
    cited = Cited(names=tuple(reason_name(r) for r in step.reasons))
    for reason in step.reasons:
        cited = _add(cited, reason, facts, known)
    for reason in step.reasons:
        if isinstance(reason, FreeVariable):
            results = tuple(r for r in cited.rewriters if isinstance(r, Equation))
            cited = replace(cited, rewriters=(as_free_variable(reason, results, facts), *cited.rewriters))
    return cited


def _add(cited: Cited, reason: Any, facts: Facts, known: Mapping[Derivation, Report]) -> Cited:
    match reason:
        case Rule():
            rewrites = (reason,) if reason.rows or reason.rewrite is not None else ()
            closes = (reason,) if reason.closes is not None else ()
            return replace(cited, rewriters=cited.rewriters + rewrites, closers=cited.closers + closes)
        case Definition():
            return _definition(cited, reason, facts)
        case Hypothesis():
            return _hypothesis(cited, reason, facts)
        case Law() | Independent():
            return _law(cited, reason, facts)
        case Proposition():
            return cited if reason in facts.given else _missing(cited, reason_name(reason))
        case Cases():
            return replace(cited, cases=(*cited.cases, reason))
        case Derivation():
            return _result(cited, reason, facts, known)
    return cited


def _missing(cited: Cited, name: str) -> Cited:
    return _flawed(cited, f"`{name}` is cited, but not among the givens", f"add {name} to given")


def _flawed(cited: Cited, problem: str, remedy: str) -> Cited:
    return replace(cited, flaws=(*cited.flaws, (problem, remedy)))


def _definition(cited: Cited, reason: Definition, facts: Facts) -> Cited:
    if not any(_same_definition(d, reason) for d in facts.definitions):
        return _missing(cited, reason.name)
    equation = as_equation(reason)
    return replace(cited, rewriters=(*cited.rewriters, equation))


def _same_definition(a: Definition, b: Definition) -> bool:
    return a.lhs == b.lhs and a.rhs == b.rhs and a.parameters == b.parameters


def _same_hypothesis(a: Any, b: Hypothesis) -> bool:
    return isinstance(a, Hypothesis) and a.relation == b.relation and a.for_all == b.for_all


def _hypothesis(cited: Cited, reason: Hypothesis, facts: Facts) -> Cited:
    name = reason_name(reason)
    given = [h for h in facts.given if _same_hypothesis(h, reason)]
    if not given:
        return _missing(cited, name)
    if reason.relation.sign != "=":
        return cited  # an inequality is among the facts already
    shown = given[0]
    equation = Equation(name, shown.relation.lhs, shown.relation.rhs, shown.for_all, (), shown.for_all)
    return replace(cited, rewriters=(*cited.rewriters, shifted(oriented(equation, facts))))


def _law(cited: Cited, law: Law | Independent, facts: Facts) -> Cited:
    if law not in facts.laws:
        return _missing(cited, law.text)
    if isinstance(law, Independent):
        return cited
    moments = declared_moments
    rule = Rule(
        law.text, law.latex, "declared", rewrite=moments.rewrite, roots=moments.roots, operation=moments.operation
    )
    return replace(cited, rewriters=(*cited.rewriters, rule))


def _result(cited: Cited, reason: Derivation, facts: Facts, known: Mapping[Derivation, Report]) -> Cited:
    """A proved derivation: its statement, for all values of its free symbols that satisfy its givens."""
    name = reason_name(reason)
    if known[reason].verdict is not Verdict.PROVED or reason.statement is None:
        return _flawed(cited, f"rests on an unproved result: {name}", f"prove {name} first")
    stated = reason.statement
    requires, fixed, lacking = _requirements(reason, facts)
    parameters = tuple(sorted(stated.lhs.free - fixed, key=lambda s: (s.name, s.tag)))
    there = facts_of(reason.given, facts.provers)
    equation = Equation(name, stated.lhs, stated.rhs, parameters, requires, there=there)
    lacking = lacking or _strayed(equation, facts)
    if lacking:
        return _flawed(cited, f"the result {name} needs {lacking}", "give what it needs, or prove the step without it")
    if stated.sign == "=":
        return replace(cited, rewriters=(*cited.rewriters, equation))
    if stated.sign in ("<", "<=", ">", ">=", "!="):
        from derivations.kernel.conditions import discharge

        if all(discharge(r, facts) is not None for r in requires):
            return replace(cited, facts=(*cited.facts, Fact(stated, name)))
        return _flawed(cited, f"the hypotheses of the result {name} are not known here", "add them to given")
    if stated.sign == "<=>":  # it rewrites one statement into the other
        return replace(cited, rewriters=(*cited.rewriters, replace(equation, parameters=())))
    return cited


def _strayed(equation: Equation, facts: Facts) -> str:
    """What varies here, and did not where it was proved, below ∂/∂x, lim or E in the result."""
    part = strays(equation, {}, facts)
    if part is None:
        return ""
    heads = [d.lhs for d in facts.definitions if d.lhs in part.walk_set or _same_function(d.lhs, part)]
    if heads:
        return f"that {heads[0]} is free; it is defined here"
    ties = [e.relation for e in facts.equations if part in e.relation.walk_set]
    return f"that {part} is free; it is tied by `{ties[0]}` here" if ties else f"that {part} is free; it is tied here"


def _same_function(a: Term, b: Term) -> bool:
    return isinstance(a, Apply) and isinstance(b, Apply) and a.function == b.function


def _requirements(reason: Derivation, facts: Facts) -> tuple[tuple[Term, ...], frozenset[Symbol], str]:
    """What a result needs where it is cited, and which of its symbols stand only for themselves."""
    requires: list[Term] = []
    fixed: frozenset[Symbol] = frozenset()
    for thing in reason.given:
        match thing:
            case Definition():
                if not any(_same_definition(d, thing) for d in facts.definitions):
                    return (), fixed, f"{thing.name}, which is not given here"
                fixed |= _symbols(thing.lhs, thing.rhs) - frozenset(thing.parameters)
                requires += thing.requires
            case Hypothesis(for_all=()):
                requires.append(thing.relation)
            case Hypothesis():
                if not any(_same_hypothesis(h, thing) for h in facts.given):
                    return (), fixed, f"{reason_name(thing)}, which is not given here"
                fixed |= _symbols(thing.relation) - frozenset(thing.for_all)
            case Law() | Independent():
                requires.append(thing)
                fixed |= frozenset(getattr(thing, "indices", ()))
            case Defined():
                requires += [IsDefined(line) for line in reason.lines if not isinstance(line, Relation)]
            case Proposition():
                requires.append(thing)
            case Derivation():
                pass  # a cited result was judged by itself
    return tuple(requires), fixed, ""


def _symbols(*terms: Term) -> frozenset[Symbol]:
    """The symbols of which terms and their sorts speak."""
    return frozenset([base for term in terms for base, _ in names(term) if isinstance(base, Symbol)])
