"""A decision process that a document declares: `process: time t, discount \\gamma, parameters \\theta`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from derivations.documents.objects import name_of
from derivations.kernel.reasons import Definition
from derivations.terms.conditioning import Conditional
from derivations.terms.processes import DecisionProcess, decision_process
from derivations.terms.substitution import alpha_equal
from derivations.terms.symbols import Symbol, symbols
from derivations.terms.term import Term, TermError

_PART = re.compile(r"(time|discount|parameters?|finite|actions|states|rewards)\s+([^,;]+)")


def process_of(said: str, names: Mapping[str, Any], read: Callable[[str], Term]) -> DecisionProcess:
    """The process that a row declares; its time and discount are those of the notation, or made.

    Raises TermError where it cannot be.
    """
    parts = {word.rstrip("s") if word != "actions" else word: value.strip() for word, value in _PART.findall(said)}
    time = _symbol(parts.get("time", "t"), names, integer=True, nonnegative=True)
    discount = _symbol(parts.get("discount", r"\gamma"), names, nonnegative=True)
    values = tuple(read(value) for value in parts.get("actions", "").split())
    parameters = tuple(read(value) for value in parts.get("parameter", "").split())
    return decision_process(discount, time, finite=parts.get("finite", ""), action_values=values, parameters=parameters)


def _symbol(latex: str, names: Mapping[str, Any], **options: Any) -> Any:
    name = name_of(latex)
    key = "_".join((name.base, *name.marks)) if name is not None else latex
    found = names.get(key)
    if found is not None and not (isinstance(found, Symbol) and found.shape == ()):
        raise TermError(f"`{latex}` means something else here")
    return found if found is not None else symbols(key, **options)


def names_of(process: DecisionProcess) -> Iterator[tuple[str, Any]]:
    """What the letters of a process are: S_t, s_t, …, π, p, v, q, γ, t, and its spaces."""
    from derivations.reading.notation import DensityName

    for sequence in (process.S, process.A, process.R, process.G):
        yield sequence.letter, sequence
        yield sequence.letter.lower(), sequence.realisations
    for function in (process.v, process.q):
        yield function.name, function
    yield "pi", DensityName("pi", process.parameters)
    yield "p", DensityName("p")
    for symbol in (process.discount, process.time):
        yield str(getattr(symbol, "name", symbol)), symbol
    for space in (process.states, process.actions, process.rewards):
        yield rf"\mathcal{{{space.name}}}", space


def own_definition(process: DecisionProcess, left: Term, right: Term) -> Definition | None:
    """The definition of the return or of a value function, where that is what is written."""
    for made in (process.return_definition, process.state_values, process.action_values):
        if alpha_equal(made.lhs, left) and alpha_equal(_short(made.rhs), _short(right)):
            return made
    return None


def _short(term: Term) -> Term:
    """With what is given in its short notation: s_t, where S_t = s_t may be written."""
    made = term.rebuild(_short)
    if isinstance(made, Conditional):
        return type(made)(made.body, made.variables, made.values, tuple(True for _ in made.values))
    return made


def own_hypothesis(process: DecisionProcess, said: str) -> Any:
    """What is assumed of a process, in words; None if it is nothing of the kind."""
    low = said.lower()
    if "markov" in low:
        return process.markov
    if "homogeneous" in low or "homogeneity" in low:
        return process.homogeneous
    if "bounded" in low and "reward" in low:
        return process.bounded_rewards
    if "smooth" in low and "policy" in low:
        return process.smooth_policy
    return None
