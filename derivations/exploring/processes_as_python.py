"""Random variables of a process, what is conditional, and integrals, as Python; and the process that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from derivations.derivation import Derivation
from derivations.exploring.expanding import processes_named
from derivations.kernel.reasons import Definition
from derivations.terms.arithmetic import Pow
from derivations.terms.conditioning import (
    Conditional,
    ConditionalExpectation,
    ConditionalVariance,
    Density,
    DependenceGraph,
    Pair,
    ProcessVariable,
    Realisation,
    Sequence,
    Space,
)  # fmt: skip
from derivations.terms.functions import Apply, Function
from derivations.terms.integrals import Integral
from derivations.terms.processes import BoundedRewards, DecisionProcess, Homogeneous, Markov, SmoothPolicy
from derivations.terms.sums import Sum
from derivations.terms.symbols import Domain, Symbol
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.exploring.python_source import _File

HYPOTHESES = {
    Markov: "markov",
    Homogeneous: "homogeneous",
    BoundedRewards: "bounded_rewards",
    SmoothPolicy: "smooth_policy",
}
_DEFINITIONS = ("return_definition", "state_values", "action_values")
_LETTERS = ("S", "A", "R", "G")


# -- which process -------------------------------------------------------------------------
def processes(chain: Derivation) -> list[DecisionProcess]:
    """The processes of a chain and of what it cites: those that are named there, else one that has its variables."""
    found = dict.fromkeys(process for part in _parts(chain) for process in processes_named(part))
    sequences = dict.fromkeys(s for part in _parts(chain) for line in _terms(part) for s in _sequences(line))
    strange = [s for s in sequences if not any(s in _of(process) for process in found)]
    times = [t for part in _parts(chain) for line in _terms(part) for t in _times(line)]
    for owner in dict.fromkeys(sequence.owner for sequence in strange):
        own = {s.letter: s for s in strange if s.owner == owner}
        S, A, R = (own[letter].space if letter in own else Space(letter, letter == "R") for letter in "SAR")
        discounts = [d for part in _parts(chain) for d in _discounts(part)]
        gamma, t = Symbol("gamma", Domain(lower=as_term(0))), Symbol("t", Domain("integer", lower=as_term(0)))
        parameters = next(iter(own.values())).parameters
        discount, time = next(iter([*discounts, gamma])), next(iter([*times, t]))
        made = DecisionProcess(S, A, R, discount, time, parameters, owner)
        if any(sequence not in _of(made) for sequence in own.values()):
            raise TermError(
                f"`{', '.join(own)}` are no variables of one decision process, so they have no Python source"
            )
        found[made] = None
    if not found and any(_is_value(node) for part in _parts(chain) for line in _terms(part) for node in line.walk_set):
        raise TermError("the value functions belong to a decision process, of which the chain says nothing")
    return list(found)


def _parts(chain: Derivation) -> Iterator[Derivation]:
    """The chain, and what it cites."""
    yield chain
    for reason in chain.reasons:
        if isinstance(reason, Derivation):
            yield from _parts(reason)


def _terms(chain: Derivation) -> Iterator[Term]:
    yield from chain.lines
    for reason in chain.reasons:
        yield from (t for t in (getattr(reason, "relation", None), reason) if isinstance(t, Term))


def _sequences(term: Term) -> Iterator[Sequence]:
    for node in term.walk_set:
        if isinstance(node, (ProcessVariable, Realisation)):
            yield node.sequence


def _times(term: Term) -> Iterator[Symbol]:
    for node in term.walk_set:
        if isinstance(node, (ProcessVariable, Realisation)):
            yield from (t for t in sorted(node.time.free, key=str) if t.domain.kind == "integer" and t in term.free)


def _discounts(chain: Derivation) -> Iterator[Term]:
    """γ, where the return is defined: G_t := Σ γ^k R_{t+k}."""
    for given in chain.given:
        if isinstance(given, Definition) and isinstance(given.lhs, ProcessVariable) and isinstance(given.rhs, Sum):
            power = getattr(given.rhs.body, "left", None)
            if isinstance(power, Pow):
                yield power.base


def _of(process: DecisionProcess) -> list[Sequence]:
    return [getattr(process, letter) for letter in _LETTERS]


def _is_value(node: Any) -> bool:
    return isinstance(node, Apply) and node.function.unspecified


# -- how it is declared ------------------------------------------------------------------------
def declaration(file: _File, process: DecisionProcess) -> str:
    """`decision_process(gamma, t, …)` with what is not as usual."""
    spaces = {"states": process.states, "actions": process.actions, "rewards": process.rewards}
    said = [file.term(process.discount), file.term(process.time)]
    said += [
        f'{word}="{one.name}"' for (word, one), usual in zip(spaces.items(), "SAR", strict=True) if one.name != usual
    ]
    finite = " ".join(one.name for one in spaces.values() if one.finite and not one.values)
    said += [f'finite="{finite}"'] if finite else []
    said += [f"action_values=[{_listed(file, process.actions.values)}]"] if process.actions.values else []
    said += [f"parameters=[{_listed(file, process.parameters)}]"] if process.parameters else []
    said += [f'name="{process.name}"'] if process.name != "decision process" else []
    return f"{file.use('decision_process')}({', '.join(said)})"


def _listed(file: _File, terms: Any) -> str:
    return ", ".join(map(file.term, terms))


def definition_of_a_process(file: _File, made: Definition) -> str | None:
    """`process.return_definition`, where the definition is one of a process."""
    for process in file.processes:
        for name in _DEFINITIONS:
            own = getattr(process, name)
            if (own.lhs, own.rhs, own.parameters, own.requires) == (made.lhs, made.rhs, made.parameters, made.requires):
                return f"{file.process(process)}.{name}"
    return None


def function_of_a_process(file: _File, function: Function) -> str:
    """`process.v`."""
    process = file.processes[0]
    if function not in (process.v, process.q):
        raise TermError(f"`{function.name}` was not declared with function(…), so it has no Python source")
    return f"{file.process(process)}.{function.name}"


def _variables(file: _File, sequence: Sequence, realised: bool) -> str:
    """The name of `process.S`, or of `process.s`."""
    process = next((one for one in file.processes if sequence in _of(one)), None)
    if process is None:
        raise TermError(f"`{sequence.letter}_t` belongs to no process that the chain names, so it has no Python source")
    letter = sequence.letter.lower() if realised else sequence.letter
    if realised and sequence == process.G:
        raise TermError(f"`{letter}_t` has no Python source")
    return file.called(("sequence", sequence, realised), letter, lambda _: f"{file.process(process)}.{letter}")


# -- terms -----------------------------------------------------------------------------------
def _variable(file: _File, term: ProcessVariable) -> str:
    return f"{_variables(file, term.sequence, False)}[{file.term(term.time)}]"


def _realisation(file: _File, term: Realisation) -> str:
    if term.tag:
        raise TermError(f"`{term}` was renamed, and has no Python source")
    return f"{_variables(file, term.sequence, True)}[{file.term(term.time)}]"


def _given(file: _File, pairs: tuple[Pair, ...]) -> str:
    """What is given: a value by itself where it is one of the variable, else `Eq(variable, value)`."""
    said = []
    for variable, value in pairs:
        alone = value == variable or isinstance(value, Realisation) and value.variable == variable
        said.append(file.term(value) if alone else f"{file.use('Eq')}({file.term(variable)}, {file.term(value)})")
    return said[0] if len(said) == 1 else f"({', '.join(said)})"


def _conditional(word: str) -> Callable[[_File, Any], str]:
    def write(file: _File, term: Conditional) -> str:
        return f"{file.use(word)}({file.term(term.body)}, given={_given(file, term.pairs)})"

    return write


def _density(file: _File, term: Density) -> str:
    for process in file.processes:
        own = [s for s in (getattr(v, "sequence", None) for v in term.variables) if s in _of(process)]
        for letter, word, parameters in (("pi", "policy", process.parameters), ("p", "kernel", ())):
            if own and (term.letter, term.parameters) == (letter, parameters):
                of = _given(file, term.pairs)
                of = of if word == "policy" or len(term.pairs) == 1 else of[1:-1]
                behind = f", given={_given(file, term.given_pairs)}"
                return f"{file.process(process)}.{word}({of}{behind})"
    raise TermError(f"`{term}` is no density of a process, so it has no Python source")


def _integral(file: _File, term: Integral) -> str:
    """Nested integrals in one: the innermost variable stands first."""
    variables: list[str] = []
    body: Term = term
    while isinstance(body, Integral):
        body = _plainly_named(body)
        variables.insert(0, file.term(body.variable))
        body = body.body
    return f"{file.use('Integral')}({file.term(body)}, {', '.join(variables)})"


def _plainly_named(term: Integral) -> Integral:
    """Over `a_t`, where the variable was renamed to a'_t and a_t stands for nothing else below."""
    variable = term.variable
    plain = variable.with_tag(0)
    if not variable.tag or plain in term.body.free:
        return term
    return Integral(term.body.substitute({variable: plain}), plain, term.space)


def _graph(file: _File, term: DependenceGraph) -> str:
    edges = [f"({file.term(a)}, {file.term(b)})" for a, b in zip(term.tails, term.heads, strict=True)]
    return f"{file.use('dependence')}({', '.join(edges)})"


WRITERS: dict[type, Callable[[Any, Any], str]] = {
    ProcessVariable: _variable,
    Realisation: _realisation,
    ConditionalExpectation: _conditional("E"),
    ConditionalVariance: _conditional("Var"),
    Density: _density,
    Integral: _integral,
    DependenceGraph: _graph,
}
