"""A chain as a derivation file: declarations, what it cites, the chain itself.

The file uses the public names alone, and reads back to the same terms.
"""

from __future__ import annotations

import builtins
import keyword
import re
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import derivations
from derivations.derivation import METHODS, Derivation, reason_name
from derivations.exploring.processes_as_python import (
    HYPOTHESES,
    declaration,
    definition_of_a_process,
    function_of_a_process,
    processes,
)
from derivations.exploring.python_layout import WIDTH, laid_out
from derivations.exploring.terms_as_python import ATOM, term_source
from derivations.kernel.reasons import Cases, Definition, FreeVariable, Hypothesis, Rule
from derivations.rules import rules
from derivations.terms.conditioning import DependenceGraph
from derivations.terms.defined import Defined
from derivations.terms.distributions import Distributed
from derivations.terms.families import Family
from derivations.terms.functions import Function
from derivations.terms.matrices import Matrix, MatrixSymbol
from derivations.terms.matrix_properties import MatrixProperty
from derivations.terms.probability import Independent, Law
from derivations.terms.processes import DecisionProcess
from derivations.terms.symbols import Symbol
from derivations.terms.term import Term, TermError, as_term
from derivations.terms.vectors import VectorSymbol


def source(chain: Derivation, name: str = "") -> str:
    """The file; the chain is called `name` there. A chain without a statement is closed with what it says.

    Raises TermError for a chain without links, and for what has no public name.
    """
    from derivations.kernel.chain import statement_of

    if not chain.steps:
        raise TermError("there is nothing to keep yet: the chain has no link")
    if chain.statement is None:
        from dataclasses import replace

        stated = statement_of(chain)
        if stated is None:
            raise TermError("the relations of the chain do not compose, so it has no statement to keep")
        chain = replace(chain, statement=stated)
    file = _File(processes(chain))
    file.result(chain, name or chain.name or "derivation")
    title = chain.title or (name or chain.name or "derivation").replace("_", " ")
    return file.written(f"{chain.exercise}: {title}" if chain.exercise else f"{title[:1].upper()}{title[1:]}")


def file_of(chains: Sequence[Derivation], title: str) -> str:
    """One file with several chains, each with a statement, called as they are named.

    Raises TermError where there is none, and for what has no public name.
    """
    kept = [chain for chain in chains if chain.statement is not None and chain.steps]
    if not kept:
        raise TermError("there is nothing to keep: no chain could be read as a whole")
    file = _File([process for chain in kept for process in processes(chain)])
    for chain in kept:
        file.result(chain, f"eq_{chain.name}" if chain.name[:1] in "(0123456789" else chain.name or "derivation")
    return file.written(title)


def _docstring(said: str) -> list[str]:
    """What the file is called, as one line of text: where it is long, Python is told to read on."""
    safe = said.replace("\\", r"\\").replace('"', r"\"" if '"""' in said or said.endswith('"') else '"')
    *rows, last = textwrap.wrap(f'"""{safe}."""', WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return [*(f"{row} \\" for row in rows), last]


def _imported(names: str) -> list[str]:
    head = "from derivations import "
    if len(head) + len(names) <= WIDTH:
        return [head + names]
    return [f"{head}(", *(f"    {name}," for name in names.split(", ")), ")"]


class _File:
    """What is written so far, and how each thing is called in it."""

    def __init__(self, found: list[DecisionProcess]) -> None:
        self.processes = found
        self.lines: list[str] = []
        self.chains: list[str] = []
        self.imports: set[str] = {"derive"}
        self.names: dict[Any, str] = {}
        self.taken: set[str] = set()

    def written(self, title: str) -> str:
        """The file as text."""
        lines = [*_docstring(title), ""]
        lines += ["from fractions import Fraction", ""] if "Fraction" in self.imports else []
        lines += _imported(", ".join(sorted(self.imports - {"as_term", "Fraction"})))
        lines += ["from derivations.terms.term import as_term"] if "as_term" in self.imports else []
        return "\n".join([*lines, "", *self.lines, *self.chains]) + "\n"

    # -- names ---------------------------------------------------------------------------
    def use(self, public: str) -> str:
        """A public name of the package, imported."""
        self.imports.add(public)
        return public

    def called(self, key: Any, wanted: str, write: Callable[[str], str]) -> str:
        """The name of a thing; declared by `write(name)` when it is first asked for."""
        if key not in self.names:
            line = write("")  # what it is made of is declared before it
            name = self.free_name(wanted)
            self.names[key] = name
            self.lines += laid_out(f"{name} = {line}")
        return self.names[key]

    def free_name(self, wanted: str) -> str:
        letters = "".join(c if f"_{c}".isidentifier() else "_" for c in wanted)
        plain = re.sub("_+", "_", letters).strip("_") or "x"
        plain = f"_{plain}" if plain[0].isdigit() else plain
        name, count = plain, 1
        while name in self.taken or _reserved(name):
            count += 1
            name = f"{plain}_{count}" if count > 2 or plain in self.taken else f"{plain}_"
        self.taken.add(name)
        return name

    # -- declarations --------------------------------------------------------------------
    def term(self, term: Any, level: int = 0) -> str:
        return term_source(self, term, level)

    def symbol(self, symbol: Symbol) -> str:
        name = symbol.name + "'" * symbol.tag
        if isinstance(symbol, VectorSymbol):
            bold = ", bold=True" if symbol.bold else ""
            return self.called(
                symbol, name, lambda _: f'{self.use("vector")}("{name}", {self.term(symbol.length)}{bold})'
            )
        if isinstance(symbol, MatrixSymbol):
            bold = ", bold=True" if symbol.bold else ""
            sizes = ", ".join(self.term(size) for size in symbol.shape)
            return self.called(symbol, name, lambda _: f'{self.use("matrix")}("{name}", {sizes}{bold})')
        return self.called(symbol, name, lambda _: f'{self.use("symbols")}("{name}"{self._domain(symbol)})')

    def _domain(self, symbol: Symbol) -> str:
        domain, zero, one = symbol.domain, as_term(0), as_term(1)
        if domain.kind == "space":
            return f', space="{domain.name}"'
        if domain.kind == "finite":
            return f", values=[{', '.join(self.term(v) for v in domain.values)}]"
        if domain.kind not in ("real", "integer"):
            raise TermError(f"`{symbol}` was not declared with symbols(…), so it has no Python source")
        said = ", integer=True" if domain.kind == "integer" else ""
        if domain.open[0] or domain.kind == "integer" and domain.lower == one:
            said += ", positive=True"
        elif domain.lower == zero:
            said += ", nonnegative=True"
        elif domain.lower is not None:
            said += f", lower={self.term(domain.lower)}"
        said += f", upper={self.term(domain.upper)}" if domain.upper is not None else ""
        return said + (", nonzero=True" if domain.nonzero else "")

    def family(self, family: Family) -> str:
        def write(_: str) -> str:
            if not family.sizes:
                return f'{self.use("random_variable")}("{family.name}")'
            kind = self.use("random_family" if family.random else "family")
            return f'{kind}("{family.name}", {", ".join(self.term(size) for size in family.sizes)})'

        return self.called(family, family.name, write)

    def process(self, process: DecisionProcess) -> str:
        """A decision process, under the name that it has."""
        return self.called(process, process.name.split()[-1], lambda _: declaration(self, process))

    def function(self, function: Function) -> str:
        def write(_: str) -> str:
            if function.unspecified:
                return function_of_a_process(self, function)
            smooth = ", smooth=True" if function.smooth else ""
            if function.size:
                return f'{self.use("vector_function")}("{function.name}", {self.term(function.size[0])}{smooth})'
            bar = f", bar={function.bar}" if function.bar is not None else ""
            return f'{self.use("function")}("{function.name}"{bar}{smooth})'

        return self.called(function, function.name, write)

    def matrix(self, matrix: Matrix) -> str:
        return self.called(
            matrix, matrix.name, lambda _: f'{self.use("matrix")}("{matrix.name}", {self.family(matrix.family)})'
        )

    def definition_of(self, symbol: Symbol, quantity: Term) -> str:
        """The definition along which a limit is taken."""
        for key, name in self.names.items():
            if isinstance(key, tuple) and key[:1] == ("definition",) and key[1:3] == (symbol, quantity):
                return name
        return self.reason(Definition(symbol, quantity, (), f"definition of {symbol}"))

    # -- reasons -------------------------------------------------------------------------
    def reason(self, reason: Any) -> str:
        """A reason, as it is cited."""
        match reason:
            case Rule():
                return self._rule(reason)
            case Derivation():
                return self.result(reason, reason.name or "result")
            case Cases():
                return f"{self.use('by_cases')}({self.term(reason.on)})"
            case FreeVariable():
                return f"{self.use('free_variable')}({self.symbol(reason.symbol)})"
            case Definition() if (own := definition_of_a_process(self, reason)) is not None:
                return self.called(
                    ("definition", reason.lhs, reason.rhs, reason.name), _plain(reason.name), lambda _: own
                )
            case Definition():
                key: Any = ("definition", reason.lhs, reason.rhs, reason.name)
                return self.called(key, _plain(reason.name), lambda _: self._definition(reason))
            case Hypothesis(for_all=(), name=""):
                return self.term(reason.relation)
            case Hypothesis():
                key = ("hypothesis", reason.relation, reason.for_all, reason.name)
                return self.called(key, _plain(reason.name, "hypothesis"), lambda _: self._hypothesis(reason))
            case Distributed():
                return self._distributed(reason)
            case Law() | Independent():
                return self.called(reason, "law_of_" + reason.families[0].name, lambda _: self._law(reason))
            case Defined():
                return self.use("defined")
            case MatrixProperty():
                return self.term(reason)
            case DependenceGraph():
                return self.called(reason, "dependences", lambda _: self.term(reason))
            case _ if type(reason) in HYPOTHESES:
                return f"{self.process(reason.process)}.{HYPOTHESES[type(reason)]}"
        raise TermError(f"`{reason_name(reason)}` has no Python source")

    def _rule(self, rule: Rule) -> str:
        if rules().get(rule.name) is not rule:
            raise TermError(f"{rule.name} is no rule of the package: import it in the file yourself")
        return self.use(rule.name.replace("-", "_"))

    def _definition(self, made: Definition) -> str:
        of_process = definition_of_a_process(self, made)
        if of_process is not None:
            return of_process
        named = "" if made.name.startswith("definition of ") else f', name="{made.name}"'
        return f"{self.use('definition')}({self.term(made.lhs)}, {self.term(made.rhs)}{named})"

    def _hypothesis(self, made: Hypothesis) -> str:
        over = ", ".join(self.symbol(symbol) for symbol in made.for_all)
        extra = (f", for_all=[{over}]" if over else "") + (f', name="{made.name}"' if made.name else "")
        return f"{self.use('hypothesis')}({self.term(made.relation)}{extra})"

    def _distributed(self, given: Any) -> str:
        law = f"{self.use(type(given.law).__name__.removesuffix('Law'))}({', '.join(map(self.term, given.law.fields))})"
        return f"{self.use('distributed')}({self.term(given.variable)}, {law})"

    def _law(self, law: Law | Independent) -> str:
        names = ", ".join(self.family(family) for family in law.families)
        if isinstance(law, Independent):
            return f"{self.use('independent')}({names})"
        if law.mean is None or law.variance is None:
            return f"{self.use('finite_variance')}({names})"
        moments = f"mean={self.term(law.mean)}, variance={self.term(law.variance)}"
        if law.indices or not law.independent:
            indices = ", ".join(self.symbol(index) for index in law.indices)
            return f"{self.use('law')}({names}{f'[{indices}]' if indices else ''}, {moments})"
        if law.kind == "gaussian":
            if (law.mean.text, law.variance.text) == ("0", "1"):
                return f"{self.use('standard_gaussians')}({names})"
            return f"{self.use('gaussians')}({names}, {moments})"
        return f"{self.use('iid')}({names}, {moments})"

    # -- chains ----------------------------------------------------------------------------
    def result(self, chain: Derivation, name: str) -> str:
        """A chain that is kept, under its own name; what it cites stands before it."""
        if chain not in self.names:
            written = self._chain(chain)
            self.names[chain] = self.free_name(name)
            self.chains += ["", *_parenthesised(self.names[chain], written)]
        return self.names[chain]

    def _chain(self, chain: Derivation) -> list[str]:
        given = ", ".join(self.reason(one) for one in chain.given)
        lines = [f"derive({self.term(chain.start)}{f', given=[{given}]' if given else ''})"]
        for step in chain.steps:
            link = step.link
            cited = [self.reason(reason) for reason in step.reasons]
            by = f", by={cited[0] if len(cited) == 1 else '[' + ', '.join(cited) + ']'}" if cited else ""
            tag = f', tag="{step.equation}"' if step.equation is not None else ""
            lines.append(f".{METHODS[link.sign]}({self.term(link.rhs)}{self._approach(link)}{by}{tag})")
        stated = chain.statement
        if stated is not None:
            sides = f'{self.term(stated.lhs)}, "{stated.sign}", {self.term(stated.rhs)}'
            lines.append(f".qed({sides}{self._approach(stated)})")
        return lines

    def _approach(self, link: Any) -> str:
        return "" if link.variable is None else f", {self.term(link.variable)}, {self.term(link.point, ATOM)}"


def _parenthesised(name: str, written: list[str]) -> list[str]:
    """`name = chain`, in a line if there is room for it, else one link a line."""
    whole = "".join(written)
    if len(name) + len(whole) + 3 <= WIDTH:
        return [f"{name} = {whole}"]
    short = len(whole) + 4 <= WIDTH
    return [
        f"{name} = (",
        *([f"    {whole}"] if short else (row for one in written for row in laid_out(one, "    "))),
        ")",
    ]


def _plain(name: str, default: str = "definition") -> str:
    return name.replace(" ", "_") if name.isascii() and name else default + "_given"


def _reserved(name: str) -> bool:
    """Names that a symbol may not take in the file: Python's, and the public ones."""
    public = name in derivations.__all__ or name in ("as_term", "Fraction")
    return keyword.iskeyword(name) or keyword.issoftkeyword(name) or hasattr(builtins, name) or public
