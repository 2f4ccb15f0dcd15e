"""What a document says of its notation, and what it takes for granted, in the engine's terms.

Sources, the nearer first: the unit at hand (a theorem with its proof), the
units before it, the document's own block of notation, shared tables. What is
not declared is asked for by name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from derivations.derivation import definition, hypothesis
from derivations.documents.claims import Argument, Unit
from derivations.documents.objects import Name, free_sizes, made, name_of
from derivations.documents.process import names_of, own_definition, own_hypothesis, process_of
from derivations.documents.report import Missing, Trouble, Understood
from derivations.kernel.reasons import Definition
from derivations.reading.declarations import Declared, Stated, names_in
from derivations.reading.displays import Chain, chains_of
from derivations.reading.document import Displayed, Row
from derivations.reading.extract import Extract
from derivations.reading.rows import SHARED, shared_table
from derivations.reading.sorts import Sort, of_row
from derivations.records import record
from derivations.sheets.document import assumption
from derivations.sheets.text import sentence
from derivations.terms.families import Entry, Family
from derivations.terms.functions import Apply, Function
from derivations.terms.processes import DecisionProcess
from derivations.terms.relations import Relation, relation
from derivations.terms.sequences import Realisations
from derivations.terms.sequences import Sequence as Variables
from derivations.terms.symbols import REAL, Symbol
from derivations.terms.term import Term, TermError
from derivations.terms.vectors import VectorSymbol


class NotUnderstood(Exception):
    """Something that could not be read: where, why, what could be done, how else it might be read."""

    def __init__(
        self, message: str, offset: int, cause: str = "not understood", tries: Sequence[str] = (),
        readings: Sequence[str] = (), name: str = "", sort: str = "",
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.message, self.offset, self.cause = message, offset, cause
        self.tries, self.readings, self.name, self.sort = tuple(tries), tuple(readings), name, sort


@record(frozen=True, eq=False)
class Lasting:
    """Something given from here on: in which unit, where it is written, and the page that it quotes."""

    thing: Any
    unit: int
    start: int
    source: str = ""


class Understanding:
    def __init__(self, argument: Argument, tables: Sequence[Path] = (), names: Mapping[str, Any] | None = None) -> None:
        self.around = dict(names or {})
        self.argument = argument
        self.document = argument.document
        self.troubles: list[Trouble] = []
        self.defined = False
        self.by_heading = False  # each heading has a notation of its own
        self.names: dict[str, Any] = {}
        self.also: dict[str, tuple[Any, ...]] = {}
        self.told: dict[tuple[int, str], Understood] = {}
        self.lasting: list[Lasting] = []
        self.lacking: dict[str, Missing] = {}
        self._indexed: dict[str, bool] = {}
        self.unheard: list[tuple[str, frozenset[Any]]] = []
        self.rows = [*self.shared(tables), *self.document.rows]
        self.unit = -1
        self.process: DecisionProcess | None = None
        self.process_rows: list[tuple[int, Row]] = []
        self.table: dict[str, tuple[Sort, Row]] = {}
        self.stated_rows: list[tuple[int, str, Row]] = []
        self.own: dict[int, list[Declared]] = {}  # the rows that stand in a unit
        for row in self.rows:
            self.row(row)

    # -- tables ------------------------------------------------------------------------
    def shared(self, tables: Sequence[Path]) -> Iterator[Row]:
        """The rows of `notation.toml` beside the document, and of the tables that were asked for."""
        folder = self.document.path.resolve().parent
        asked = [str(row.value) for row in self.document.rows if row.name == "table:"]
        paths = [*tables, *([folder / SHARED] if (folder / SHARED).is_file() else [])]
        for name in asked:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder):
                self.trouble(
                    0, f"`{name}` lies outside the document's folder and is not read", "move it below the folder"
                )
            else:
                paths.append(path)
        for path in dict.fromkeys(paths):
            try:
                yield from shared_table(path)
            except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
                self.trouble(
                    0, f"{path.name} cannot be read: {error}", 'write [notation] and rows such as n = "integer"'
                )

    def row(self, row: Row) -> None:
        unit = self.unit_of(row)
        if row.name == "process":
            self.process_rows.append((unit, row))
            return
        if row.name == "scope":
            self.scope(row)
            return
        if row.name == "given:":
            if str(row.value).strip().lower() in ("defined", "everything is defined", "all is defined"):
                self.defined = True
            else:
                self.stated_rows.append((unit, str(row.value), row))
            return
        if row.name.endswith(":"):
            return
        sort = of_row(row.value)
        if sort is None:
            self.trouble(row.start, f"`{row.name}: {row.value}` does not say what `{row.name}` is",
                         "say it is a number, an integer, a vector of n, a random variable, a function, …")  # fmt: skip
            return
        for name in _row_names(row.name):
            if unit:
                said = Declared(name, sort, f"{name}: {row.value}", row.start)
                self.own.setdefault(unit, []).append(said)
            else:
                self.table[name] = (sort, row)

    def scope(self, row: Row) -> None:
        self.by_heading = str(row.value).strip().lower() == "heading"
        if not self.by_heading and str(row.value).strip().lower() != "document":
            self.trouble(row.start, f"`scope: {row.value}` is no scope", "write `scope: heading` or `scope: document`")

    def visible(self, unit: int) -> list[Unit]:
        """The units whose notation holds in a unit: all before it; with `scope: heading`, those below its heading."""
        before = self.argument.units[: unit + 1]
        if not self.by_heading:
            return before
        first = next((one.number for one in before[::-1] if one.heading), 0)
        return [one for one in before if one.number == 0 or one.number >= first]

    def sees(self, unit: int, other: int) -> bool:
        return any(one.number == other for one in self.visible(unit))

    def unit_of(self, row: Row) -> int:
        """The unit from which on a row holds: the one that it names, or in which it stands; 0 for all."""
        if row.section:
            named = [unit.number for unit in self.argument.units if row.section in unit.name]
            if not named:
                self.trouble(row.start, f"no section is called `{row.section}`", "write its heading as it stands")
            return named[0] if named else 0
        if row not in self.document.rows:
            return 0
        later = [unit.number for unit in self.argument.units[1:] if unit.start <= row.start]
        return later[-1] if later else 0

    def trouble(self, start: int, message: str, remedy: str) -> None:
        made = Trouble(self.document.sources.spot(start), message, remedy)
        if all((one.spot, one.message) != (made.spot, made.message) for one in self.troubles):
            self.troubles.append(made)

    # -- names ----------------------------------------------------------------------------
    def enter(self, unit: int) -> None:
        """Take the notation of a unit: its own declarations before those of earlier units, and of the tables."""
        self.unit = unit
        self.names, self.also = dict(self.around), {}
        rows = [
            Declared(name, sort, f"{name}: {row.value}", row.start)
            for name, (sort, row) in self.table.items()
            if row in self.document.rows or self.is_written(name, sort)
        ]
        units = self.visible(unit)
        layers = [rows, *(self.layer(one) for one in units)]
        ranges = _ranges(layers)
        merged: dict[str, list[Declared]] = {}
        for layer in layers:
            fresh: dict[str, list[Declared]] = {}
            for one in layer:
                name = name_of(one.name.partition("(")[0])
                if name is not None:
                    self.add(fresh.setdefault("_".join((name.base, *name.marks)), []), one)
            for key, said in fresh.items():  # what is only implied here gives way to what was said before
                implied = all(one.implied for one in said) and key in merged
                merged[key] = (
                    [*merged[key], *(one for one in said if one.sort.kind == merged[key][0].sort.kind)]
                    if (implied)
                    else said
                )
        said_of = sorted(merged.values(), key=lambda said: _order(said[0].sort))
        for said in said_of:
            if not all(one.implied for one in said):
                self.declare_all(said, ranges)
        self.process = None
        for at, row in self.process_rows[::-1]:
            if self.sees(unit, at) and self.process is None:
                self.declare_process(row, quiet=at < unit)  # its letters may mean something else by now
        for said in said_of:
            name = name_of(said[0].name.partition("(")[0])
            if all(one.implied for one in said) and not (name is not None and self.is_member(name)):
                self.declare_all(said, ranges)  # but G_t is the return of the process: nothing new

    def declare_all(self, said: Sequence[Declared], ranges: dict[str, tuple[str, str]]) -> None:
        name = name_of(said[0].name.partition("(")[0])
        assert name is not None
        self.declare(name, _together([one.sort for one in said]), said[0].origin, said[0].start, ranges)

    def is_written(self, latex: str, sort: Sort) -> bool:
        """Of a shared table's x and x_i, the one that the document writes: a family if it has an index, else not."""
        name = name_of(latex.partition("(")[0])
        if name is None:
            return True
        both = [other for other in self.table if other != latex and (n := name_of(other)) and n.base == name.base]
        families = [other for other in both if self.table[other][0].indices]
        if (
            sort.indices
            and not any(not self.table[other][0].indices for other in both)
            or not sort.indices
            and (not families or name.marks)
        ):
            return True
        indexed = self.indexed(name.base)
        return indexed if sort.indices else not indexed

    def indexed(self, base: str) -> bool:
        """Whether some display writes a member of this base: `x_i`, `\\hat{y}_{i,j}`."""
        if base not in self._indexed:
            letters = r"(?:\{\s*[ijkt](?:\s*,\s*[a-z])?\s*\}|[ijkt](?![A-Za-z]))"
            accented = re.fullmatch(r"([A-Za-z]+?)(hat|bar|tilde)", base)
            plain = (
                rf"\\{accented.group(2)}\s*\{{?\\?{accented.group(1)}\}}?" if accented else rf"(?<![A-Za-z])\\?{base}"
            )
            found = re.compile(rf"{plain}\s*_\s*{letters}")
            self._indexed[base] = any(found.search(d.source.text) for d in self.document.displays)
        return self._indexed[base]

    def layer(self, unit: Unit) -> list[Declared]:
        """What is declared in a unit: its rows of notation, and what its sentences say of other names."""
        rows = self.own.get(unit.number, [])
        fixed = {key_of(row.name) for row in rows}
        fixed |= {key_of(name) for name in self.table}
        kept = [one for one in unit.declared if key_of(one.name) not in fixed or one.sort.indices and one.sort.integer]
        return [*rows, *kept]

    def is_member(self, name: Name) -> bool:
        """A name with a mark whose base has members: x_i of a family x, G_t of a process."""
        thing = self.names.get(name.base)
        members = isinstance(thing, (Family, VectorSymbol, Variables, Realisations))
        return bool(name.marks) and members or not name.marks and isinstance(thing, Function)

    def declare_process(self, row: Row, quiet: bool = False) -> None:
        try:
            self.process = process_of(str(row.value), self.names, self.quick)
        except (TermError, NotUnderstood) as error:
            if not quiet:
                self.trouble(row.start, f"`process: {row.value}`: {error}", "write `process: time t, discount \\gamma`")
            return
        for name, thing in names_of(self.process):
            if self.names.setdefault(name, thing) is not thing and isinstance(thing, (Realisations, Variables)):
                time = self.process.time  # s is another name here, and s_t what the process has
                self.names.setdefault(f"{name}_{time}", thing[time])

    def add(self, said: list[Declared], one: Declared) -> None:
        """One more thing that is said of a name: beside what was said, instead of what was implied, or against it."""
        if not said or said[0].sort.kind == one.sort.kind:
            said.append(one)
        elif all(other.implied for other in said):
            said[:] = [one]
        elif not one.implied:
            self.clash(one.name, said[0].sort, one.sort, one.start)

    def clash(self, name: str, one: Sort, other: Sort, start: int) -> None:
        said = f"`{name}` is declared as {one.said}, and as {other.said}"
        if all(trouble.message != said for trouble in self.troubles):
            self.trouble(start, said, "give one of the two another name")

    def declare(self, name: Name, sort: Sort, origin: str, start: int, ranges: dict[str, tuple[str, str]]) -> None:
        for size in free_sizes(sort):
            self.size(size, origin, start)
        for mark in name.marks:
            if mark in ranges:
                for size in free_sizes(Sort(indices=((mark, *ranges[mark]),))):
                    self.size(size, origin, start)
        try:
            found = made(name, sort, self.quick, ranges)
        except (TermError, NotUnderstood) as error:
            self.trouble(start, f"`{'_'.join((name.base, *name.marks))}`: {error}", "declare it in the notation")
            return
        self.names[found.name] = found.thing
        self.also[found.name] = found.also
        if found.entries is not None:
            self.names.setdefault(found.entries.name, found.entries)  # x may be something of its own beside X
        said = Understood(found.name, sort.said, origin, self.document.sources.spot(start))
        self.told.setdefault((self.unit, found.name), said)

    def size(self, latex: str, origin: str, start: int) -> None:
        name = name_of(latex)
        if name is None:
            return
        key = "_".join((name.base, *name.marks))
        if key not in self.names:
            from derivations.terms.symbols import symbols

            self.names[key] = symbols(key, integer=True, lower=1)
            spot = self.document.sources.spot(start)
            self.told.setdefault((self.unit, key), Understood(key, "integer, >= 1", f"the size in {origin}", spot))

    def quick(self, latex: str) -> Term:
        return self.read(Extract.whole(latex, 0))

    # -- reading ------------------------------------------------------------------------------
    def read(self, source: Extract) -> Term:
        """The term that a piece of LaTeX is in the notation of this unit. Raises NotUnderstood."""
        from derivations.reading.grammar import latex
        from derivations.reading.notation import Notation
        from derivations.reading.unread import Unread

        if not source.text.strip():
            raise NotUnderstood("there is nothing on this side", source.at(0), "nothing written")
        try:
            return latex(source.text, Notation(self.names))
        except Unread as error:
            raise NotUnderstood(
                error.message, source.at(error.offset), error.cause, (), error.readings, error.name, error.proposal
            ) from None
        except (TermError, RecursionError) as error:
            raise NotUnderstood(str(error), source.at(0), "no term") from None

    def try_read(self, source: Extract) -> Any:
        try:
            return self.read(source)
        except NotUnderstood as error:
            return error

    def try_statement(self, chain: Chain) -> Any:
        """A statement `a = b` as a term, or why it could not be read."""
        if len(chain.links) != 1:
            return NotUnderstood("a statement beside ⟺ has one sign", chain.start.at(0), "no statement")
        link = chain.links[0]
        try:
            return relation(self.read(chain.start), link.sign, self.read(link.body))
        except NotUnderstood as error:
            return error
        except TermError as error:
            return NotUnderstood(str(error), link.at, "no statement")

    # -- what was not understood ---------------------------------------------------------------
    def doubt(self, link: Relation) -> str:
        """A given that speaks of what stands in a link, and that was not understood: the link may be true with it."""
        heads = {head for part in link.walk_set for head in _heads(part)}
        return next((f"`{said}`" for said, about in self.unheard if about & heads or not about), "")

    def heads(self, text: str) -> frozenset[Any]:
        """What a formula that could not be read speaks of, as far as its names are known."""
        names = re.findall(r"\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?", text) + re.findall(r"\\?[A-Za-z]+", text)
        return frozenset(head for name in names for head in _heads_of(name, self.names))

    def unheard_of(self, chain: Chain) -> None:
        """A given was not understood: what it speaks of, as far as that can be told."""
        about = {head for name in names_in(chain.start.text) for head in _heads_of(name, self.names)}
        self.unheard.append((" ".join(chain.whole.text.split()), frozenset(about)))

    def about(self, link: Relation, given: Sequence[Any]) -> Iterator[str]:
        """Of what is given, what speaks of the names in a link, as text."""
        heads = {head for part in link.walk_set for head in _heads(part)}
        for one in given:
            said = sentence(assumption(one))
            if hasattr(one, "process"):
                if any(hasattr(part, "sequence") for part in link.walk_set):
                    yield said
                continue
            parts = getattr(one, "relation", one)
            own = {head for part in getattr(parts, "walk_set", ()) for head in _heads(part)}
            own |= set(getattr(one, "families", ()))
            if not own or own & heads:
                yield said

    def asked(self, unit: int) -> tuple[list[Term], int] | None:
        """The quantities in terms of which a result is asked for: "express … as a function of C, $k_{1,1}$ and …"."""
        for said in self.argument.units[unit].asks:
            found = _ASKS.search(said.text)
            if found is None:
                continue
            terms: list[Term] = []
            listed = re.sub(r"\([^()]*\)", " ", found.group(1))
            for part in re.findall(r"⟦(\d+)⟧|(?<![\w'.])([A-Za-z])(?![\w'.])", listed):
                source = said.maths[int(part[0])] if part[0] else Extract.whole(part[1], said.start)
                first = next(iter(chains_of(Displayed(source))), None)
                term = self.try_read(first.start if first is not None else source)
                if isinstance(term, Term):
                    terms.append(term)
            return terms, said.start
        return None

    # -- what is given --------------------------------------------------------------------------
    def givens(self, unit: int) -> tuple[Any, ...]:
        """All that is given in a unit: what is declared of names, what was said to be assumed, what was given."""
        found: list[Any] = []
        for more in self.also.values():
            found += more
        for at, text, row in self.stated_rows:
            if not self.sees(unit, at):
                continue
            found += self.spoken(text, row.start)
        for one in self.visible(unit):
            here = one.number == unit or one.section
            for stated in one.stated:
                if here or stated.kind == "definition":
                    made = self.stated(stated, here)
                    found += made if here else [d for d in made if isinstance(d, Definition)]
        found += self.latest(unit)
        return tuple(_distinct(found))

    def latest(self, unit: int) -> list[Any]:
        """What was given on the way: in this unit and before all units; of what was defined in others, the last."""
        made: dict[Any, Any] = {}
        for one in self.lasting:
            if not self.sees(unit, one.unit):
                continue
            if isinstance(one.thing, Definition):
                made[_head(one.thing.lhs)] = one.thing
            elif one.unit == unit or self.argument.units[one.unit].section:
                made[id(one)] = one.thing
        return list(made.values())

    def spoken(self, text: str, start: int) -> list[Any]:
        """What a row `given: C > 0` says, or `given: X, Y independent`, `given: X has finite variance`."""
        made: list[Any] = []
        text, _, listed = text.partition(" for all ")
        over = tuple(name.strip() for name in re.split(r",|\band\b", listed.replace("$", "")) if name.strip())
        found = self.worded(text.replace("$", ""), start)
        if found:
            return found
        for chain in chains_of(Displayed(Extract.whole(text, start))):
            try:
                made += self.given(chain, False, over)
            except NotUnderstood as error:
                self.trouble(start, f"`{text}` is given, but cannot be read: {error.message}", "declare its names")
        return made

    def stated(self, stated: Stated, here: bool = True) -> list[Any]:
        """What a sentence gives; what it says of names that mean something else by now (not `here`) is let go."""
        try:
            if stated.kind == "law" and stated.chain is not None:
                return self.law(stated.chain)
            if stated.kind == "independent":
                return self.independent(stated.names)
            if stated.kind == "words":
                return self.worded(stated.origin, stated.start)
            if stated.chain is not None:
                return self.given(stated.chain, stated.kind == "definition", stated.over)
        except NotUnderstood as error:
            if not here:
                return []
            self.lacks(error)
        except TermError as error:
            self.trouble(stated.start, f"`{stated.origin}` is given, but {error}", "correct it")
        if stated.chain is not None and stated.kind != "law":
            self.unheard_of(stated.chain)
        return []

    def worded(self, said: str, start: int) -> list[Any]:
        """What is given in words: `X, Y independent`, `X with mean a and variance b`. Raises NotUnderstood."""
        from derivations.documents.laws import worded

        own = own_hypothesis(self.process, said) if self.process is not None else None
        if own is not None:
            return [own]
        return worded(said, start, self)

    def given(self, chain: Chain, defines: bool, over: Sequence[str] = ()) -> list[Any]:
        """What a statement that is taken for granted says: definitions, or hypotheses. Raises NotUnderstood.

        A member x_i in the place of what is said stands for every member; `over` names what else it is said for all of.
        """
        left = self.read(chain.start)
        found: list[Any] = []
        for link in chain.links:
            right = self.read(link.body)
            found.append(self.one(left, link.sign, right, defines or link.sign == ":=", link.at, over))
            left = right
        return found

    def one(self, left: Term, sign: str, right: Term, defines: bool, at: int, names: Sequence[str] = ()) -> Any:
        own = own_definition(self.process, left, right) if self.process is not None and sign in ("=", ":=") else None
        if own is not None:
            return own
        try:
            if defines and sign in ("=", ":=") and _definable(left) and not self.is_defined(left):
                try:
                    return definition(left, right)
                except TermError:
                    pass  # it is given as an equation
            stated = relation(left, "=" if sign == ":=" else sign, right)
            members = left.indices if isinstance(left, Entry) else ()
            keys = {"_".join((n.base, *n.marks)) for n in map(name_of, names) if n is not None}
            every = [self.names[key] for key in sorted(keys) if isinstance(self.names.get(key), Symbol)]
            over = tuple(dict.fromkeys([*(s for s in members if isinstance(s, Symbol)), *every]))
            return hypothesis(stated, for_all=over)
        except TermError as error:
            raise NotUnderstood(str(error), at, "no statement") from None

    def is_defined(self, left: Term) -> bool:
        return any(
            isinstance(one.thing, Definition) and _head(one.thing.lhs) == _head(left) and one.unit in (0, self.unit)
            for one in self.lasting
        )

    def law(self, chain: Chain) -> list[Any]:
        """What `X ~ N(μ, σ²)` gives."""
        from derivations.documents.laws import law_of

        made = law_of(chain, self)
        if not made:
            self.unheard_of(chain)
        return made

    def independent(self, names: Sequence[str]) -> list[Any]:
        from derivations.terms.probability import independent

        things = self.random(names)
        try:
            return [independent(*things)] if len(things) > 1 else []
        except TermError:
            return []

    def independence(self, things: Sequence[Any]) -> bool:
        """Whether the document calls these random variables independent."""
        units = self.visible(self.unit)
        said = [d.name for one in units for d in one.declared if d.sort.independent]
        said += [row for row, (sort, _) in self.table.items() if sort.independent]
        found = self.random(said)
        lists = [self.random(s.names) for one in units for s in one.stated if s.kind == "independent"]
        return all(thing in found for thing in things) or any(
            all(t in some for t in things) for some in lists if len(things) > 1
        )

    def random(self, names: Sequence[str]) -> list[Any]:
        """The random variables and families among these names."""
        things: list[Any] = []
        for latex in names:
            name = name_of(latex)
            key = "_".join((name.base, *name.marks)) if name is not None else latex
            thing = self.names.get(key) or (self.names.get(name.base) if name is not None else None)
            if isinstance(thing, Entry) and thing.family.random or isinstance(thing, Family) and thing.random:
                things.append(thing)
        return things

    def keep(self, lasting: Lasting) -> None:
        self.lasting.append(lasting)

    def everything_defined(self) -> list[Any]:
        import derivations

        return [derivations.defined] if "defined" in dir(derivations) else []

    # -- what was understood, and what is missing ----------------------------------------------------
    def lacks(self, error: NotUnderstood) -> None:
        if error.name and error.name not in self.lacking:
            row = f"{error.name}: {error.sort or 'number'}"
            self.lacking[error.name] = Missing(error.name, row, self.document.sources.spot(error.offset))

    def missing(self) -> list[Missing]:
        return list(self.lacking.values())

    def understood(self) -> list[Understood]:
        found: list[Understood] = []
        for (_, name), one in self.told.items():
            if not any(other.name == name and other.means == one.means for other in found):
                found.append(one)
        for lasting in self.lasting:
            spot = self.document.sources.spot(lasting.start)
            found.append(Understood("", sentence(assumption(lasting.thing)), lasting.source or "the document", spot))
        return found


_ASKS = re.compile(
    r"\b(?:in terms of|as (?:a )?functions? of|using only|by means of)\s+"
    r"((?:⟦\d+⟧|\([^()]*\)|[A-Za-z]\b|\band\b|of|\s|,)+)"
)


def key_of(latex: str) -> str:
    """A name as notations have it: x, theta, d_k; what is no name stands for itself."""
    name = name_of(latex.partition("(")[0])
    return "_".join((name.base, *name.marks)) if name is not None else latex


def _definable(left: Term) -> bool:
    """What an equation can define; a symbol that was declared to be an integer, or positive, is known already."""
    return isinstance(left, Apply) or isinstance(left, Symbol) and (bool(left.shape) or left.domain == REAL)


def _head(term: Term) -> Any:
    return term.function if isinstance(term, Apply) else term


def _heads(term: Term) -> Iterator[Any]:
    """What a term is a value of: its symbol, its function, its family."""
    if isinstance(term, Symbol):
        yield term
    elif isinstance(term, Apply):
        yield term.function
    elif hasattr(term, "family"):
        yield term.family


def heads_of(link: Term) -> frozenset[Any]:
    """What the parts of a line are values of."""
    return frozenset(head for part in link.walk_set for head in _heads(part))


def _heads_of(latex: str, names: Mapping[str, Any]) -> Iterator[Any]:
    name = name_of(latex.partition("(")[0])
    thing = None if name is None else names.get("_".join((name.base, *name.marks))) or names.get(name.base)
    if isinstance(thing, Term):
        yield from _heads(thing)
    elif thing is not None:
        yield thing


def _row_names(names: str) -> list[str]:
    """`x, y` or `a b c`, or `h(s, a)`."""
    if "(" in names:
        return [names.strip()]
    return (
        [part for part in names.replace(",", " ").split() if part]
        if "{" not in names
        else [part.strip() for part in names.split(" ") if part.strip()]
    )


def _ranges(layers: Sequence[Sequence[Declared]]) -> dict[str, tuple[str, str]]:
    """The range of each index that was declared with one."""
    return {index: (low, high) for layer in layers for one in layer for index, low, high in one.sort.indices}


def _together(sorts: list[Sort]) -> Sort:
    """Several things said of one name: all of them hold."""
    from dataclasses import replace

    first = sorts[0]
    bounds = tuple(dict.fromkeys(b for sort in sorts for b in sort.bounds))
    indices = tuple(dict.fromkeys(i for sort in sorts for i in sort.indices))
    sizes = next((sort.sizes for sort in sorts if sort.sizes), ())
    return replace(first, bounds=bounds, indices=indices, sizes=sizes, integer=any(s.integer for s in sorts))


def _order(sort: Sort) -> int:
    """Numbers without bounds first, then those that speak of others, then vectors, families and functions of them."""
    if sort.kind in ("space", "values", "function") and not sort.sizes:
        return 0
    return 1 + (1 if sort.kind == "number" and not sort.indices else 2) + bool(sort.bounds)


def _distinct(found: list[Any]) -> Iterator[Any]:
    """Each once; of a relation that is given for all values and for these, the former; of definitions, the last."""
    heads = {_head(one.lhs): one for one in found if isinstance(one, Definition)}
    found = [one for one in found if not isinstance(one, Definition) or heads[_head(one.lhs)] is one]
    found.sort(key=lambda one: (not isinstance(one, Definition), not getattr(one, "for_all", ())))
    seen: set[str] = set()
    for one in found:
        key = f"{getattr(one, 'relation', one)!r}"
        if key not in seen:
            seen.add(key)
            yield one


__all__ = ["Declared", "Lasting", "NotUnderstood", "Relation", "Understanding"]
