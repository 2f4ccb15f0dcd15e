"""What was checked before, kept so that it need not be checked again.

One file for each exercise, in the user's cache folder: what it gives to a
sheet (`model.Piece`), and a key. The key is a digest of everything on which
that depends: the exercise, every file that it imports, every file of the
engine, the versions of Python and of the libraries. Only what is proved
throughout is kept. A file that cannot be read, is damaged or has another key
is as good as none.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from derivations.records import record
from derivations.sheets import files, model
from derivations.sheets.model import Piece

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("sympy", "python_flint", "latexify_py", "networkx", "mpmath")

_HARMLESS = frozenset({
    "__future__", "collections", "dataclasses", "derivations", "fractions", "functools", "itertools", "math", "typing",
})  # fmt: skip
_PERHAPS = "?"  # marks a name that may be a module, or something in one
_READS_MORE = frozenset({"__import__", "compile", "eval", "exec", "globals", "input", "open"})


def folder() -> Path | None:
    """Where pieces are kept; None where there is no home."""
    chosen = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(chosen) if chosen else Path.home() / ".cache") / "derivations"
    except RuntimeError:
        return None


@record
class Cache:
    """The pieces that were kept, for one way of checking.

    package: the folder of the engine; exercises in it are looked up by their module's name
    variation: what else the pieces depend on (with SymPy or without, names that occur twice)
    """

    place: Path | None
    variation: str = ""
    package: Path = PACKAGE
    _learnt: bool = False

    def key(self, path: Path) -> str | None:
        """The digest of all that the piece of this file depends on; None if that cannot be told."""
        found = list(self._inputs(path))
        if None in found:
            return None
        parts = [self._read(one)[0] for one in dict.fromkeys(found) if one is not None]
        return hashlib.sha256("\0".join([self._engine, *parts]).encode()).hexdigest()

    def get(self, path: Path, key: str | None) -> Piece | None:
        """The piece that was kept under this key."""
        place = self._place(path)
        if place is None or key is None:
            return None
        try:
            kept = json.loads(place.read_bytes())
            if kept["key"] != key or kept["sum"] != _sum(kept["piece"]):
                return None
            piece = model.read(kept["piece"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return piece if isinstance(piece, Piece) else None

    def keep(self, path: Path, key: str | None, piece: Piece) -> None:
        """Keep a piece in which everything is proved; where that cannot be written, nothing is kept."""
        place = self._place(path)
        proved = all(row.verdict == "PROVED" and not row.disputed for row in piece.rows)
        if place is None or key is None or not proved:
            return
        data = model.plain(piece)
        try:
            files.write(place, json.dumps({"key": key, "sum": _sum(data), "piece": data}, ensure_ascii=False))
        except OSError:
            return

    def _place(self, path: Path) -> Path | None:
        name = hashlib.sha256(f"{self.variation}\0{path.resolve()}".encode()).hexdigest()[:24]
        return None if self.place is None else self.place / f"{name}.json"

    # -- what a piece depends on --------------------------------------------------------
    @cached_property
    def _engine(self) -> str:
        """Every file of the package but the exercises, and the versions of what it uses."""
        digest = hashlib.sha256(f"{self.variation}\0{sys.version}\0{_versions()}".encode())
        package = str(self.package)
        for folder, folders, names in os.walk(package):
            if folder == package and "exercises" in folders:
                folders.remove("exercises")
            folders.sort()
            for name in sorted(names):
                if name.endswith(".py"):
                    path = os.path.join(folder, name)
                    digest.update(f"\0{path[len(package) :]}\0".encode() + _content(path))
        return digest.hexdigest()

    def _inputs(self, path: Path, seen: set[Path] | None = None, root: Path | None = None) -> Iterator[Path | None]:
        """The file, and the files that it imports, directly or not; None for what cannot be followed.

        root: the folder of the file that is run, in which modules are looked up
        """
        seen, root = set() if seen is None else seen, root or path.parent
        if path in seen:
            return
        seen.add(path)
        yield path
        for name in self._read(path)[1]:
            further = None if name is None else self._files(name, root)
            if further is None:
                yield None
            else:
                for one in further:
                    yield from self._inputs(one, seen, root)

    def _read(self, path: Path) -> tuple[str, list[str | None]]:
        """The digest of a file, and what it imports."""
        if path not in self._known:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            if digest not in self._imported:
                self._imported[digest] = list(dict.fromkeys(_imports(ast.parse(content))))
                self._learnt = True
            self._known[path] = digest, self._imported[digest]
        return self._known[path]

    @cached_property
    def _known(self) -> dict[Path, tuple[str, list[str | None]]]:
        return {}

    # -- what a file imports follows from its content: it is remembered under the digest of that ----
    @cached_property
    def _imported(self) -> dict[str, list[str | None]]:
        try:
            kept = json.loads(self._memory.read_bytes()) if self._memory is not None else {}
            if kept and kept["engine"] == self._engine and kept["sum"] == _sum(kept["imports"]):
                return dict(kept["imports"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            pass
        return {}

    @property
    def _memory(self) -> Path | None:
        name = hashlib.sha256(self.variation.encode()).hexdigest()[:8]
        return None if self.place is None else self.place / f"imports-{name}.json"

    def remember(self) -> None:
        """Keep what was learnt of files; where that cannot be written, nothing is kept."""
        if self._memory is not None and self._learnt:
            data = {"engine": self._engine, "sum": _sum(self._imported), "imports": self._imported}
            with contextlib.suppress(OSError):
                files.write(self._memory, json.dumps(data, ensure_ascii=False))

    def _files(self, name: str, beside: Path) -> list[Path] | None:
        """The files of a module that are not of the engine; None if it is neither ours nor harmless."""
        if (name, beside) not in self._found:
            self._found[name, beside] = self._looked_up(name, beside)
        return self._found[name, beside]

    @cached_property
    def _found(self) -> dict[tuple[str, Path], list[Path] | None]:
        return {}

    def _looked_up(self, name: str, beside: Path) -> list[Path] | None:
        perhaps = name.endswith(_PERHAPS)
        name = name.removesuffix(_PERHAPS)
        top, *parts = name.split(".")
        if top == "derivations" and parts[:1] == ["exercises"]:
            return _module(self.package.joinpath(*parts))
        around = [file for n in range(1, len(parts) + 1) for file in _module(beside.joinpath(top, *parts[: n - 1]))]
        own = [*around, *_module(beside.joinpath(top, *parts))]  # every package around it is run first
        return own if perhaps else own or ([] if top in _HARMLESS else None)


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as stream:
        return stream.readall()


def _module(base: Path) -> list[Path]:
    """The file of a module, or of the package around a name."""
    candidates = (base.with_suffix(".py"), base / "__init__.py")
    return [path for path in candidates if path.is_file()]


def _imports(tree: ast.Module) -> Iterator[str | None]:
    """The modules that a file may import; None where it may read something else."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                yield None
                continue
            yield node.module
            if node.module.split(".")[0] not in _HARMLESS or node.module.startswith("derivations.exercises"):
                yield from (f"{node.module}.{alias.name}{_PERHAPS}" for alias in node.names)  # it may be a module
        elif isinstance(node, ast.Name) and node.id in _READS_MORE:
            yield None


def _sum(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()


def _versions() -> str:
    """The versions of the libraries, from the names of their folders: no package needs to be read for that."""
    found = set()
    for entry in sys.path:
        try:
            names = os.listdir(entry or ".")
        except OSError:
            continue
        found |= {name for name in names if name.endswith(".dist-info") and name.lower().startswith(LIBRARIES)}
    return " ".join(sorted(found))
