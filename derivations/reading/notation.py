r"""What each name of a formula is: a notation, without which bars, brackets and products cannot be read.

A notation maps names to what was declared: terms (`symbols("x")`, vectors,
matrices, random variables), families, functions, the sequences of a process and
their realisations, densities, spaces. A name is written as Python has it
(`x`, `theta`, `d_k`, `betahat`) or, where the style matters, in LaTeX (`\mathbf{x}`).
A family whose name alone is something else stands under `mu[]`, beside `mu`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from derivations.records import record
from derivations.terms.calculus import Limit, LimitAlong
from derivations.terms.conditioning import Density
from derivations.terms.families import Entry, Family, Row
from derivations.terms.functions import Apply, Function
from derivations.terms.integrals import Integral
from derivations.terms.matrices import Matrix, MatrixSymbol
from derivations.terms.sequences import ProcessVariable, Realisation, Realisations, Sequence, Space
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import VectorSymbol

if TYPE_CHECKING:
    from derivations.reading.macros import Macros

STYLES = {
    "mathrm": "roman", "operatorname": "roman", "textrm": "roman", "mathit": "", "mathsf": "sans", "mathtt": "sans",
    "mathbf": "bold", "bm": "bold", "boldsymbol": "bold", "vec": "bold", "mathcal": "script", "mathscr": "script",
    "mathbb": "blackboard", "mathfrak": "fraktur", "operatorname*": "roman", "symbf": "bold", "pmb": "bold",
}  # fmt: skip
ACCENTS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde",
    "dot": "dot", "ddot": "ddot", "check": "check", "breve": "breve",
}  # fmt: skip
LETTERS = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi varpi "
    "rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi "
    "Psi Omega ell hbar".split()
)


@record(frozen=True)
class DensityName:
    """A letter that writes conditional densities: `π(a_t | s_t)`; `parameters` stand behind what is given."""

    letter: str
    parameters: tuple[Term, ...] = ()


@record(frozen=True)
class Defined:
    """A symbol that names a quantity: in a limit, what tends to the point."""

    lhs: Symbol
    rhs: Term
    parameters: tuple[Any, ...] = ()


@record(frozen=True)
class Head:
    """The name at hand, without its subscript: its letters, its style, its primes."""

    base: str
    style: str = ""
    primes: int = 0


class Notation:
    """What each name is. `names` as described in the module; `macros` are those of a document."""

    def __init__(self, names: Mapping[str, Any] | Notation, macros: Macros | None = None) -> None:
        self.things: dict[tuple[str, str], Any] = {}
        self.macros = macros
        if isinstance(names, Notation):
            self.things, self.macros = names.things, macros or names.macros
            return
        for name, thing in names.items():
            style, base = _taken_apart(name)
            self.things[style, base] = thing

    @classmethod
    def of(cls, *things: Any) -> Notation:
        """The notation in which terms, processes and what else has a name are printed.

        Raises TermError where two different things have one name.
        """
        found: dict[str, Any] = {}
        for thing in things:
            for name, named in _named(thing):
                if found.setdefault(name, named) != named:
                    raise TermError(f"`{name}` is {found[name]!r} and also {named!r}")
        return cls(found)

    def find(self, head: Head, marks: str = "") -> Any:
        """What a name with this subscript (`""` for none) is; None if it is not declared.

        A style that was declared is another name; one that was not is only a way of
        writing, where it says no more than the thing is.
        """
        base = head.base + "'" * head.primes
        key = f"{base}_{marks}" if marks else base
        thing = self.things.get((head.style, key)) if head.style else None
        if thing is not None:
            return thing
        thing = self.things.get(("", key))
        if thing is None and marks.isdigit():
            thing = self.things.get(("", base + marks))
        return thing if thing is not None and _may_be_styled(thing, head) else None

    def find_indexed(self, head: Head) -> Any:
        """What a name with a subscript belongs to: `mu[]` beside the number `mu`; None if nothing of its own."""
        return self.find(Head(f"{head.base}[]", head.style)) if not head.primes else None

    def twice(self, head: Head, marks: str) -> bool:
        """A subscripted name that was declared, beside a family, or a vector, of its base."""
        return self.find(head, marks) is not None and isinstance(
            self.find_indexed(head) or self.find(head), (Family, VectorSymbol, Sequence)
        )


def _taken_apart(name: str) -> tuple[str, str]:
    r"""`\mathbf{x}_1` is x_1 in bold."""
    if "\\" not in name:
        return "", name
    from derivations.reading.names import name_in

    head, marks = name_in(name)
    base = head.base + "'" * head.primes
    return head.style, f"{base}_{marks}" if marks else base


def _may_be_styled(thing: Any, head: Head) -> bool:
    """Whether a thing may be written in this style, though it was declared in none."""
    if head.style in ("", "sans"):
        return True
    if head.style == "bold":
        return bool(thing.size if isinstance(thing, Function) else getattr(thing, "shape", None)) or isinstance(
            thing, (Family, Entry)
        )
    if head.style == "roman":
        return len(head.base) > 1 or isinstance(thing, (Function, DensityName))
    return isinstance(thing, (Space, Function))


def _named(thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, Notation):
        yield from (
            (key if not style else f"\\{style}{{{key}}}", named) for (style, key), named in thing.things.items()
        )
    elif isinstance(thing, Term):
        for symbol in sorted(thing.free, key=str):
            yield from _of_symbol(symbol)
        for part in dict.fromkeys(thing.walk()):
            yield from _of_term(part)
            if isinstance(part, Limit) and part.variable.name not in {symbol.name for symbol in thing.free}:
                yield from _of_symbol(part.variable)
    elif isinstance(thing, (Function, Family)):
        yield thing.name, thing
    elif hasattr(thing, "lhs") and hasattr(thing, "parameters"):  # a definition
        for side in (thing.lhs, thing.rhs):
            yield from ((name, named) for name, named in _named(side) if side is thing.rhs or named != thing.lhs)
        if isinstance(thing.lhs, Symbol):
            yield thing.lhs.name, thing
    elif hasattr(thing, "relation"):
        yield from _named(thing.relation)
    elif hasattr(thing, "policy") and hasattr(thing, "kernel"):  # a decision process
        yield from _of_process(thing)


def _of_term(part: Term) -> Iterator[tuple[str, Any]]:
    for size in _sizes(part):
        yield from _named(size)
    match part:
        case Realisation():
            yield from _of_symbol(part)
        case ProcessVariable(sequence, _):
            yield sequence.letter, sequence
        case Entry(family, ()):
            yield family.name, part
        case Entry(family, _) | Row(family, _):
            yield family.name, family
        case Matrix(name, family):
            yield name, part
            yield family.name, family
        case Apply(function, _):
            yield function.name, function
        case LimitAlong(_, symbol, quantity, _):
            yield symbol.name, Defined(symbol, quantity)
        case Density(letter=letter, parameters=parameters):
            yield letter, DensityName(letter, parameters)
        case Integral(space=space):
            yield f"\\mathcal{{{space.name}}}", space


def _of_symbol(symbol: Symbol) -> Iterator[tuple[str, Any]]:
    if isinstance(symbol, Realisation):
        yield symbol.sequence.letter.lower(), symbol.sequence.realisations
    else:
        yield symbol.name + "'" * symbol.tag, symbol


def _sizes(part: Term) -> Iterable[Term]:
    family = getattr(part, "family", None)
    lengths = part.shape if isinstance(part, (VectorSymbol, MatrixSymbol, Apply)) else ()
    return (*getattr(family, "sizes", ()), *(lengths or ()))


def _of_process(process: Any) -> Iterator[tuple[str, Any]]:
    for sequence in (process.S, process.A, process.R, process.G):
        yield sequence.letter, sequence
        yield sequence.letter.lower(), sequence.realisations
    for function in (process.v, process.q):
        yield function.name, function
    yield "pi", DensityName("pi", process.parameters)
    yield "p", DensityName("p")
    for symbol in (process.discount, process.time, *process.parameters):
        yield from _named(symbol)
    for space in (process.states, process.actions, process.rewards):
        yield f"\\mathcal{{{space.name}}}", space


__all__ = ["ACCENTS", "LETTERS", "STYLES", "DensityName", "Head", "Notation", "Realisations"]
