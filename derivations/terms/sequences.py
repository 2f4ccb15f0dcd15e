"""Sequences of random variables S_0, S_1, … with values in named spaces, and their realisations s_t."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derivations.records import record
from derivations.terms.symbols import REAL, Domain, Symbol
from derivations.terms.term import Term, TermError, as_term

if TYPE_CHECKING:
    from derivations.terms.printing import Printer


@record(frozen=True)
class Space:
    """Where random variables take their values: states, actions, rewards.

    numbers: its elements are real numbers; else they have no arithmetic
    finite:  it has finitely many elements: integrals over it are sums
    values:  the elements, where they are listed
    """

    name: str
    numbers: bool = False
    finite: bool = False
    values: tuple[Term, ...] = ()

    @property
    def domain(self) -> Domain:
        """The domain of a symbol that stands for an element."""
        if self.values:
            return Domain("finite", values=self.values)
        return REAL if self.numbers else Domain("space", name=self.name)


REALS = Space("R", numbers=True)


@record(frozen=True)
class Sequence:
    """Random variables X_0, X_1, …: `S[t]` is one of them, a variable that takes values in the space.

    owner:      the name of the process that it belongs to
    parameters: what its law depends on
    """

    letter: str
    space: Space
    owner: str = ""
    parameters: tuple[Term, ...] = ()

    def __getitem__(self, time: Any) -> ProcessVariable:
        return ProcessVariable(self, _time(time))

    @property
    def realisations(self) -> Realisations:
        """The values of the variables: `s = S.realisations`, `s[t]`."""
        return Realisations(self)


@record(frozen=True)
class Realisations:
    """The values x_t of the variables X_t of a sequence."""

    sequence: Sequence

    def __getitem__(self, time: Any) -> Realisation:
        sequence = self.sequence
        return Realisation(sequence.letter.lower(), sequence.space.domain, 0, sequence, _time(time))


class ProcessVariable(Term):
    """S_t, A_t (elements of a space), R_t, G_t (numbers): a random variable at a time t ≥ 0."""

    sequence: Sequence
    time: Term

    random = True

    @property
    def shape(self) -> Any:  # type: ignore[override]
        space = self.sequence.space
        return () if space.numbers or space.values else None

    @property
    def hidden(self) -> tuple[Term, ...]:
        """What its law depends on, though it is not written: nothing else may be put in its place."""
        return self.sequence.parameters

    def rebuild(self, change: Any) -> Term:
        return _at(self, change(self.time))

    def show(self, p: Printer) -> str:
        return p.timed(self.sequence.letter, self.time)

    def value(self, model: Any) -> Any:
        return asked(model, "process_variable", self)

    def demands(self) -> Iterator[Term]:
        yield from _is_time(self.time)


class Realisation(Symbol):
    """s_t: a value of S_t. It remembers the variable, so that `E[X | s_t]` abbreviates `E[X | S_t = s_t]`."""

    name: str
    domain: Domain = REAL
    tag: int = 0
    sequence: Sequence = None  # type: ignore[assignment]
    time: Term = None  # type: ignore[assignment]

    @property
    def free(self) -> frozenset[Symbol]:  # type: ignore[override]
        return self.time.free | {self}

    @property
    def variable(self) -> ProcessVariable:
        """The random variable of which this is a value."""
        return ProcessVariable(self.sequence, self.time)

    def with_tag(self, tag: int) -> Realisation:
        return Realisation(self.name, self.domain, tag, self.sequence, self.time)

    def rebuild(self, change: Any) -> Term:
        return _at(self, change(self.time))

    def show(self, p: Printer) -> str:
        return p.timed(self.name + "'" * self.tag, self.time)

    def value(self, model: Any) -> Any:
        return model.symbol(self)


def _time(time: Any) -> Term:
    index = as_term(time)
    if index.shape != ():
        raise TermError(f"`{index}` is no time")
    return index


def _is_time(time: Term) -> Iterator[Term]:
    from derivations.terms.relations import relation
    from derivations.terms.sums import IsInteger

    yield IsInteger(time)
    yield relation(time, ">=", 0)


def _at(term: ProcessVariable | Realisation, time: Term) -> Term:
    """The same at another time; t + 1 + 1 is written t + 2."""
    if time is term.time:
        return term
    if isinstance(term, Realisation):
        return Realisation(term.name, term.domain, term.tag, term.sequence, tidied(time))
    return ProcessVariable(term.sequence, tidied(time))


def tidied(time: Term) -> Term:
    """A time with its numbers added up: (t + 1) + 1 becomes t + 2. Any other form stays as it is."""
    from derivations.terms.arithmetic import Add, Number, Sub, number

    def split(term: Term) -> tuple[Term | None, Any]:
        match term:
            case Number(value):
                return None, value
            case Add(a, b):
                (x, m), (y, n) = split(a), split(b)
                return (x if y is None else y if x is None else Add(x, y)), m + n
            case Sub(a, Number(n)):
                x, m = split(a)
                return x, m - n
        return term, 0

    rest, count = split(time)
    if rest is None:
        return number(count)
    return rest if count == 0 else Sub(rest, number(-count)) if count < 0 else Add(rest, number(count))


def asked(model: Any, what: str, term: Term) -> Any:
    """What a finite model makes of the term; TermError if it is a model of something else."""
    answer = getattr(model, what, None)
    if answer is None:
        raise TermError(f"no finite model of {type(term).__name__}")
    return answer(term)


def is_random_variable(term: Term) -> bool:
    """X, X[i] or S_t: what one may condition on."""
    return isinstance(term, ProcessVariable) or getattr(getattr(term, "family", None), "random", False)
