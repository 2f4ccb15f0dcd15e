"""Matching a pattern against a term. Metavariables stand for any term."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from derivations.terms.substitution import alpha_equal
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Term

META = Domain("meta")


def metavariables(names: str) -> tuple[Symbol, ...]:
    """Symbols that stand for any term in the pattern of a rule."""
    return tuple(Symbol(name, META) for name in names.split())


def match(pattern: Term, term: Term, variables: Collection[Symbol] | None = None) -> Mapping[Term, Term] | None:
    """What the metavariables (or the given variables) must stand for, or None."""
    found: dict[Term, Term] = {}
    return found if _match(pattern, term, variables, found) else None


def instantiate(pattern: Term, found: Mapping[Term, Term]) -> Term:
    """The pattern of a rule with its metavariables filled in. Patterns bind no names."""
    if pattern in found:
        return found[pattern]
    return pattern.rebuild(lambda child: instantiate(child, found)) if pattern.children else pattern


def _match(pattern: Term, term: Term, variables: Collection[Symbol] | None, found: dict[Term, Term]) -> bool:
    if isinstance(pattern, Symbol) and (pattern.domain is META if variables is None else pattern in variables):
        if pattern.domain is not META and not _same_sort(pattern, term):
            return False
        known = found.setdefault(pattern, term)
        if variables is not None and known is term:
            _match_time(pattern, term, variables, found)
        return known is term or alpha_equal(known, term)
    if type(pattern) is not type(term) or len(pattern.children) != len(term.children):
        return False
    if not pattern.children or pattern.scope() is not None and pattern.scope().bound:  # type: ignore[union-attr]
        return (
            alpha_equal(pattern, term)
            if variables is None or not pattern.free & set(variables)
            else _binder(pattern, term, variables, found)
        )
    if not _labels_agree(pattern, term):
        return False
    return all(_match(p, t, variables, found) for p, t in zip(pattern.children, term.children, strict=True))


def _same_sort(parameter: Symbol, term: Term) -> bool:
    """A vector of ℝ^d stands only for a vector of ℝ^d, a state only for a state."""
    if parameter.shape is None:
        sequence = getattr(term, "sequence", None)
        return (
            isinstance(term, Symbol)
            and term.domain == parameter.domain
            or (sequence is not None and sequence.space.domain == parameter.domain)
        )
    return bool(parameter.shape == term.shape)


def _match_time(pattern: Symbol, term: Term, variables: Collection[Symbol], found: dict[Term, Term]) -> None:
    """That s_t stands for s_{t+1} (or for S_{t+1}) suggests that t stands for t + 1, if nothing says otherwise."""
    sequence, time = getattr(pattern, "sequence", None), getattr(pattern, "time", None)
    if time is None or sequence != getattr(term, "sequence", None):
        return
    suggested = dict(found)
    if _match(time, term.time, variables, suggested):  # type: ignore[attr-defined]
        found.update(suggested)


def _binder(pattern: Term, term: Term, variables: Collection[Symbol], found: dict[Term, Term]) -> bool:
    """Below a binder: match with the bound names made alike; none of them may escape."""
    ps, ts = pattern.scope(), term.scope()
    assert ps is not None and ts is not None
    if len(ps.bound) != len(ts.bound) or set(ps.bound) & set(variables):
        return False
    renamed = pattern.rebuild(lambda c: c.substitute(dict(zip(ps.bound, ts.bound, strict=True))))
    before = dict(found)
    for p, t in zip(renamed.children, term.children, strict=True):
        if not _match(p, t, variables, found):
            return False
    bound = set(ts.bound)
    return all(key in before or not value.free & bound for key, value in found.items())


def _labels_agree(pattern: Term, term: Term) -> bool:
    for p, t in zip(pattern.fields, term.fields, strict=True):
        if isinstance(p, Term) or isinstance(p, tuple) and any(isinstance(x, Term) for x in p):
            continue
        if p != t:
            return False
    return True
