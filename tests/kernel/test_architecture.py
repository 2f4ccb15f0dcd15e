"""Imports point one way, and what must be quick to import imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import derivations

PACKAGE = Path(derivations.__file__).parent

# Each part may import those above it, and itself. The terms know how they are worded in
# reasons, and `check()` and `.sympy` reach down when they are called: such imports stand in
# functions, and only imports at the top of a module are counted.
ORDER = (
    {"records", "budget"},
    {"terms"},
    {"reading"},
    {"context"},
    {"derivation", "kernel", "algebra"},
    {"decide", "rules", "models", "reproduce"},
    {"prove", "checking", "guarding", "asserting", "replay", "mutants"},
    {"catalogue", "exercises", "writing"},
    {"sheets"},
    {"documents"},
    {"cli", "commands", "pytest_plugin", "ipython", "exploring"},
    {"__main__"},
)
LEVEL = {part: level for level, parts in enumerate(ORDER) for part in parts}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> list[str]:
    """What a module imports when it is loaded: not below `def`, not below `if TYPE_CHECKING`."""
    found: list[str] = []
    pending: list[ast.AST] = [ast.parse(path.read_text())]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending += node.orelse
        else:
            pending += ast.iter_child_nodes(node)
    return found


def parts_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in imported(path) if name.split(".")[0] == "derivations"]
    return {name[1] for name in names if len(name) > 1}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        return
    above = {other for other in parts_imported(path) if LEVEL.get(other, LEVEL[part]) > LEVEL[part]}
    assert not above, f"{part} imports {', '.join(sorted(above))}"


def test_every_part_has_its_place() -> None:
    parts = {part_of(path) for path in modules()} - {"__init__", "__main__"}
    assert parts <= set(LEVEL), f"say in ORDER where {', '.join(sorted(parts - set(LEVEL)))} stands"


@pytest.mark.parametrize("part", ["kernel", "terms", "rules", "models"])
def test_only_the_sympy_image_and_reproduction_import_sympy(part: str) -> None:
    """`terms.sympy_image` and `terms.sympy_reading` do, and nothing imports them when it is loaded."""
    for path in sorted((PACKAGE / part).rglob("*.py")):
        if not path.name.startswith("sympy_"):
            assert not any(name.split(".")[-1].startswith("sympy") for name in imported(path)), path


def test_the_kernel_mentions_no_sympy_at_all() -> None:
    for path in sorted((PACKAGE / "kernel").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not any("sympy" in name.split(".")[0] or "reproduce" in name for name in names), path


def test_the_kernel_renders_nothing_and_reads_no_files() -> None:
    for path in sorted((PACKAGE / "kernel").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "open", "input"), f"{path}:{node.lineno}"


def loaded_by(program: str) -> set[str]:
    """The top-level packages that a program has loaded at its end."""
    ending = "\nimport sys; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    run = subprocess.run([sys.executable, "-c", program + ending], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_by("import derivations") & {"sympy", "flint", "networkx", "rich", "click"}


def test_proving_loads_no_sympy() -> None:
    program = (
        "from derivations import *\n"
        "z = symbols('z')\n"
        "derive(diff(exp(z**2), z)).eq(2 * z * exp(z**2), by='chain-rule').check(reproduce=False)"
    )
    assert not loaded_by(program) & {"sympy", "networkx"}


def test_a_refutation_loads_no_sympy() -> None:
    program = "from derivations import *\nx = symbols('x')\nderive(sqrt(x**2)).eq(x).check(reproduce=False)"
    assert not loaded_by(program) & {"sympy", "networkx"}
