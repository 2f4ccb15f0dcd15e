"""Which derivations there are: the packaged exercises, and files named by their path.

A derivation is a chain that a module binds to a name at its top level; that
name is the derivation's name. Names and titles are read from the source, so
that listing the catalogue imports no exercise; an exercise is imported when
one of its derivations is wanted.

Order: the sections (subfolders of `exercises`) by the `POSITION` of their
`__init__.py`; in a section the files by their own `POSITION`, and those
without one by title, so that "2023, Exercise 2.2" stands before "2024,
Exercise 2.1"; in a file as written.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from derivations.records import record

if TYPE_CHECKING:
    from derivations.derivation import Derivation

EXERCISES = Path(__file__).parent / "exercises"


class CatalogueError(Exception):
    """A name or a file that gives no derivation; the message names the culprit."""


@record(frozen=True)
class Source:
    """What one file says of itself, read without running it.

    module:   its dotted name below `derivations.exercises`, "" for a file outside
    exercise: the docstring's first line up to the colon ("2024, Exercise 3.1")
    title:    what follows the colon
    prose:    the rest of the docstring
    chains:   the names bound to a chain that ends in `.qed(…)`
    """

    path: Path
    module: str
    section: str
    exercise: str
    title: str
    prose: str = ""
    position: float = float("inf")
    chains: tuple[str, ...] = ()
    assigned: frozenset[str] = frozenset()

    @property
    def module_name(self) -> str:
        """The name under which Python imports a packaged exercise."""
        return f"derivations.exercises.{self.module}"


@record(frozen=True)
class Entry:
    """One derivation of the catalogue, under the name by which it is asked for."""

    name: str
    variable: str
    source: Source


@record(frozen=True)
class Loaded:
    """An entry, and the chain itself."""

    entry: Entry
    derivation: Derivation


# -- the packaged exercises ----------------------------------------------------------
def entries(root: Path = EXERCISES) -> tuple[Entry, ...]:
    """Every packaged derivation that ends in qed, in the order of the sheet; imports no exercise."""
    return _named(sources(root))


def sources(root: Path = EXERCISES) -> list[Source]:
    """The exercise files below `root`, in the order of the sheet."""
    found: list[tuple[Any, Source]] = []
    for folder in sorted({path.parent for path in root.rglob("*.py")}):
        section, section_position = _section(folder, root)
        for path in folder.glob("*.py"):
            if path.name != "__init__.py":
                module = ".".join(path.relative_to(root).with_suffix("").parts)
                source = read_source(path, module, section)
                found.append(((section_position, section, source.position, _natural(source.exercise), path), source))
    return [source for _, source in sorted(found, key=lambda pair: pair[0])]


def _section(folder: Path, root: Path) -> tuple[str, float]:
    return _titled(folder, root, _state(folder / "__init__.py"))


@cache
def _titled(folder: Path, root: Path, state: tuple[int, int]) -> tuple[str, float]:
    title = folder.name.replace("_", " ").capitalize() if folder != root else ""
    head = folder / "__init__.py"
    tree = _parse(head, head.read_bytes()) if head.is_file() else ast.Module([], [])
    return _first_line(ast.get_docstring(tree)) or title, _position(tree)


def _named(files: Iterable[Source]) -> tuple[Entry, ...]:
    """Short names where they are unique, else with their file before them."""
    pairs = [(source, variable) for source in files for variable in source.chains]
    short = [variable for _, variable in pairs]
    return tuple(
        Entry(variable if short.count(variable) == 1 else f"{source.module}.{variable}", variable, source)
        for source, variable in pairs
    )


def in_file(name: str) -> tuple[str, str]:
    """`FILE::NAME`, as pytest writes it, in its two parts."""
    path, _, only = name.partition("::")
    return path, only


def find(name: str, catalogue: Iterable[Entry]) -> Entry:
    """The entry of this name, short or with its file before it (`attention.logit.mean`).

    Raises CatalogueError, with the names that are close, if there is none.
    """
    known = tuple(catalogue)
    for entry in known:
        if name in (entry.name, f"{entry.source.module}.{entry.variable}"):
            return entry
    same = [entry.name for entry in known if entry.variable == name]
    if same:
        raise CatalogueError(f"{name!r} names {len(same)} derivations: say {' or '.join(same)}")
    from difflib import get_close_matches

    close = get_close_matches(name, [entry.name for entry in known], cutoff=0.5)
    hint = f"; did you mean {' or '.join(close)}?" if close else "; `derivations list` shows the names"
    raise CatalogueError(f"no derivation is called {name!r}{hint}")


def load(entry: Entry) -> Loaded:
    """Import the exercise of a packaged entry."""
    module = importlib.import_module(entry.source.module_name)
    _name_packaged()
    return Loaded(entry, name_it(getattr(module, entry.variable), entry))


def load_all(found: Iterable[Source] = ()) -> tuple[Loaded, ...]:
    """Every packaged chain: those that end in qed, and those that wrongly do not; `found`: the files, if known."""
    complete = []
    for source in found or sources():
        module = importlib.import_module(source.module_name)
        complete.append(replace(source, chains=tuple(_chains(module, source))))
    return tuple(
        Loaded(entry, name_it(_unfinished(getattr(sys.modules[entry.source.module_name], entry.variable)), entry))
        for entry in _named(complete)
    )


def _name_packaged() -> None:
    """Name what has been imported so far: an exercise may cite the results of another."""
    for entry in entries():
        module = sys.modules.get(entry.source.module_name)
        if hasattr(module, entry.variable):
            name_it(getattr(module, entry.variable), entry)


def name_it(derivation: Derivation, entry: Entry) -> Derivation:
    """Tell a derivation its name, once, as Python tells a descriptor in `__set_name__`.

    In place, because other derivations hold this very object as their reason.
    """
    source = entry.source
    for field, value in (("name", entry.name), ("exercise", source.exercise), ("title", source.title)):
        if not getattr(derivation, field):
            object.__setattr__(derivation, field, value)
    return derivation


# -- files by path -------------------------------------------------------------------
def load_file(path: Path, only: str = "") -> tuple[Loaded, ...]:
    """The derivations of a file, or the one that is called so, run as a module of its own through the public API.

    Raises CatalogueError if it cannot be read or run, or defines no derivation.
    """
    content = _read(path)
    source = _describe(path, _parse(path, content), "", "")
    module, written = _run(path, content)
    _name_packaged()
    bound = {name: getattr(module, name) for name in _chains(module, source)}
    loose: dict[str, Derivation] = {}
    for chain in _loose(path, written, module):
        name = f"line_{_line(chain)}"
        loose[name if name not in loose else f"{name}_{len(loose)}"] = chain
    for chain in loose.values():
        _slipped(chain, LOOSE.format(_line(chain)))
    loaded = [
        Loaded(entry, name_it(_unfinished((bound | loose)[entry.variable]), entry))
        for entry in _named([replace(source, chains=(*bound, *loose))])
    ]
    if not loaded:
        raise CatalogueError(
            f"{shown(path)}:1: defines no derivation: bind a chain `derive(…).eq(…).qed(…)` to a name at the top level"
        )
    found = tuple(one for one in loaded if only in ("", one.entry.variable))
    if not found:
        names = ", ".join(one.entry.variable for one in loaded)
        raise CatalogueError(f"{shown(path)}: no derivation is called {only!r}; it has {names}")
    return found


LOOSE = (
    "the chain that is written in line {} is bound to no name of its own at the end of the file "
    "(the name may be bound twice, or the chain stand in a list, or by itself): give it one at the top level"
)


def _loose(path: Path, written: Sequence[Derivation], module: ModuleType) -> list[Derivation]:
    """The chains of a file that no name holds, that none goes on from, and that no chain of a name cites."""
    from derivations.derivation import Derivation

    held: list[Derivation] = []
    errata = [getattr(slip, "refuted", None) for slip in vars(module).get("ERRATA", ())]  # what a sheet shows as wrong
    pending = [value for value in (*vars(module).values(), *errata) if isinstance(value, Derivation)]
    while pending:
        chain = pending.pop()
        if not any(chain is one for one in held):
            held.append(chain)
            pending += [reason for reason in chain.reasons if isinstance(reason, Derivation)]
    ends = {id(one): one for one in written if one.steps[-1].place.file == str(path)}
    for chain in written:
        for shorter in [one for one in ends.values() if one is not chain and _goes_on(one, chain)]:
            if len(shorter.steps) < len(chain.steps) or shorter.statement is None:
                ends.pop(id(shorter))
    return [one for one in ends.values() if not any(one is chain or _goes_on(one, chain) for chain in held)]


def _line(chain: Derivation) -> int:
    return chain.steps[-1].place.line


def _unfinished(chain: Derivation) -> Derivation:
    """The chain; one without qed is told that it lacks it."""
    from derivations.derivation import NO_QED

    if chain.statement is None and chain.steps:
        _slipped(chain, NO_QED)
    return chain


def _slipped(chain: Derivation, slip: str) -> None:
    """Tell a chain what is wrong with how it stands in its file, in place, as it is told its name."""
    if slip not in chain.slips:
        object.__setattr__(chain, "slips", (*chain.slips, slip))


def _run(path: Path, content: bytes) -> tuple[ModuleType, list[Derivation]]:
    """The module that a file becomes, and the chains that it wrote."""
    import contextlib

    from derivations.derivation import WRITTEN

    written: list[Derivation] = []
    token = WRITTEN.set(written)
    module = ModuleType(_file_module(path))
    module.__file__ = str(path)
    folder = str(path.resolve().parent)
    sys.modules[module.__name__] = module  # dataclasses and pickle look a class's module up by name
    sys.path.insert(0, folder)  # as `python file.py` does, so that files beside it can be imported
    try:
        with contextlib.redirect_stdout(sys.stderr):  # stdout belongs to the report
            exec(compile(content, str(path), "exec"), module.__dict__)
    except (Exception, SystemExit) as error:
        # Anything may come out of a stranger's file, and the files named beside it must still be checked.
        raise CatalogueError(_culprit(path, error)) from error
    finally:
        sys.path.remove(folder)
        WRITTEN.reset(token)
    return module, written


def module_of(path: Path) -> ModuleType:
    """The module that a file loaded by its path became."""
    return sys.modules[_file_module(path)]


def _file_module(path: Path) -> str:
    return f"_derivations_file_{abs(hash(path.resolve())):x}"


def _culprit(path: Path, error: BaseException) -> str:
    """`file:line: what went wrong`, at the innermost line that stands in the file itself."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"{shown(path)}:{line}: {_hint(error) or what}"


def _hint(error: BaseException) -> str:
    """What to do about a name that is not there, if it is one of ours or close to one; "" for any other error."""
    if isinstance(error, ImportError) and error.name == "derivations":
        name = str(error).partition("'")[2].partition("'")[0]
    elif isinstance(error, NameError) and error.name is not None:
        name = error.name
    else:
        return ""
    import derivations

    public = dir(derivations)
    if isinstance(error, NameError):
        return f"NameError: `{name}` is not defined: import it from derivations" if name in public else ""
    from difflib import get_close_matches

    close = get_close_matches(name, public, n=2, cutoff=0.6)
    suggestion = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"ImportError: derivations has neither a term nor a rule {name!r}{suggestion}"


def _chains(module: ModuleType, source: Source) -> Iterator[str]:
    """Names of the chains that are to be judged: all but those that a chain ending in qed goes on from."""
    from derivations.derivation import Derivation

    own: dict[int, tuple[str, Derivation]] = {}
    for name, value in vars(module).items():
        if isinstance(value, Derivation) and name in source.assigned:
            own.setdefault(id(value), (name, value))
    ended = [chain for _, chain in own.values() if chain.statement is not None]
    for name, chain in own.values():
        if chain.statement is not None or not any(_goes_on(chain, other) for other in ended):
            yield name


def _goes_on(chain: Derivation, longer: Derivation) -> bool:
    same_steps = all(a is b for a, b in zip(chain.steps, longer.steps, strict=False))
    return chain.start is longer.start and len(chain.steps) <= len(longer.steps) and same_steps


# -- reading a file without running it --------------------------------------------------
def read_source(path: Path, module: str = "", section: str = "") -> Source:
    """What a file says of itself, read once while it stays as it is; CatalogueError if it cannot be read."""
    return _described(path, _state(path), module, section)


def _state(path: Path) -> tuple[int, int]:
    """What changes when the file does; (0, 0) if there is none, which is told when it is read."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@cache
def _described(path: Path, state: tuple[int, int], module: str, section: str) -> Source:
    return _describe(path, _parse(path, _read(path)), module, section)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{shown(path)}: cannot be read: {error.strerror or error}") from error


def _parse(path: Path, content: bytes) -> ast.Module:
    try:
        return ast.parse(content, str(path))
    except SyntaxError as error:
        raise CatalogueError(f"{shown(path)}:{error.lineno or 1}: is no valid Python: {error.msg}") from error
    except ValueError as error:  # null bytes
        raise CatalogueError(f"{shown(path)}:1: is no valid Python: {error}") from error
    except (MemoryError, RecursionError) as error:
        raise CatalogueError(f"{shown(path)}:1: is nested too deeply to be read by Python") from error


def _describe(path: Path, tree: ast.Module, module: str, section: str) -> Source:
    doc = ast.get_docstring(tree) or ""
    first, _, prose = doc.partition("\n")
    exercise, colon, title = first.partition(": ")
    return Source(
        path,
        module,
        section,
        exercise=exercise if colon else (first.rstrip(".") or path.stem),
        title=title.strip().rstrip("."),
        prose=prose.strip(),
        position=_position(tree),
        chains=tuple(_chains_as_written(tree)),
        assigned=frozenset(_assigned(tree)),
    )


def _chains_as_written(tree: ast.Module) -> Iterator[str]:
    """`name = ….qed(…)` at the top level."""
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        value = getattr(statement, "value", None)
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "qed":
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _assigned(tree: ast.Module) -> Iterator[str]:
    """Names that the file itself binds at its top level; what it imports belongs to another file."""
    statements: list[Any] = list(tree.body)
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            statements += getattr(statement, part, [])
        targets = [*getattr(statement, "targets", []), getattr(statement, "target", None)]
        targets += [item.optional_vars for item in getattr(statement, "items", [])]
        for target in filter(None, targets):
            yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))


def _position(tree: ast.Module) -> float:
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            if "POSITION" in names and isinstance(statement.value.value, int | float):
                return statement.value.value
    return float("inf")


def _first_line(doc: str | None) -> str:
    return (doc or "").partition("\n")[0].rstrip(".")


def _natural(title: str) -> list[tuple[int, str]]:
    """Sort key in which 3.10 stands after 3.9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", title)]


def shown(path: Path | str) -> str:
    """A path as one would type it here: relative where it lies below the working directory."""
    try:
        return Path(path).resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
