"""pytest: derivation files as tests, one test a link; `assert derivation` that explains itself.

    pytest --derivations sigmoid.py notes/        # these files, those below a folder, or node ids
    pytest --derivations notes.md                 # a document, one test a line
    [tool.pytest.ini_options]
    derivations = ["notes"]                       # … in every session that comes by

A derivation is a node of the collection, and what it holds are the tests:
`sigmoid.py::sigmoid::step 2` for its links, `sigmoid.py::sigmoid::qed` for the
chain as a whole. A session that has none of this pays for importing this file;
the engine is imported when the first derivation file is collected.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from derivations.catalogue import Loaded
    from derivations.checking import Known
    from derivations.kernel.report import Report, StepReport

_known: pytest.StashKey[Known] = pytest.StashKey()
"""What was judged in this session: each derivation once, whoever cites it."""

MARK = "derivation"


# -- which files ---------------------------------------------------------------------
def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("derivations")
    group.addoption(
        "--derivations", nargs="+", action="extend", default=[], metavar="PATH",
        help="check the derivations of these files, and of the files below these folders",
    )  # fmt: skip
    group.addoption(
        "--derivations-strict", action="store_true", help="a reason that was cited and not needed fails its link, too",
    )  # fmt: skip
    parser.addini("derivations", "files and folders whose derivations are tests", type="paths")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARK}: a link of a derivation (set on each of them)")
    here = config.invocation_params.dir
    asked = [str(here / path) for path in config.option.derivations]  # a worker of xdist may stand elsewhere
    config.option.derivations = [path.split("::")[0] for path in asked]
    if asked and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []
    named = [here / argument.split("::")[0] for argument in config.args]
    for path in [*asked, *map(str, config.getini("derivations"))]:
        file = Path(path.split("::")[0])
        if not any(_below(file, other) or _below(other, file) for other in named):
            config.args.append(path)


def _below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, list[Any], list[Any]]:
    """A derivation file is collected as one; as a module of tests too if it is called like one."""
    found = yield
    roots = [*map(Path, parent.config.option.derivations), *parent.config.getini("derivations")]
    if file_path.suffix in (".md", ".markdown", ".tex") and any(
        file_path.samefile(root) for root in roots if root.is_file()
    ):
        return [*found, DocumentFile.from_parent(parent, path=file_path)]
    if file_path.suffix != ".py" or not any(_below(file_path, root) for root in roots):
        return found
    if any(file_path.samefile(root) for root in roots) or _has_chains(file_path):
        if not any(file_path.match(pattern) for pattern in parent.config.getini("python_files")):
            found = [collector for collector in found if type(collector) is not pytest.Module]
        found.append(DerivationFile.from_parent(parent, path=file_path))
    return found


def _has_chains(path: Path) -> bool:
    """Some name at its top level is bound to `….qed(…)`: read, not run."""
    from derivations.catalogue import CatalogueError, read_source

    try:
        return bool(read_source(path).chains)
    except CatalogueError:
        return True  # the collection will say what is wrong with it


# -- the tests ------------------------------------------------------------------------
class DerivationFile(pytest.File):
    """A file of derivations."""

    def collect(self) -> Iterator[pytest.Collector]:
        from derivations.catalogue import CatalogueError, load_file, module_of

        try:
            loaded = load_file(self.path)
        except CatalogueError as error:
            raise self.CollectError(str(error)) from None
        marks = getattr(module_of(self.path), "pytestmark", [])
        for mark in marks if isinstance(marks, list) else [marks]:
            self.add_marker(mark)
        for one in loaded:
            yield Chain.from_parent(self, name=one.entry.name, loaded=one)


class DocumentFile(pytest.File):
    """A document in Markdown or LaTeX; each of its lines is a test."""

    def collect(self) -> Iterator[pytest.Item]:
        from derivations.documents.judging import judge_file
        from derivations.documents.report import LineVerdict

        try:
            report = judge_file(self.path)
        except (OSError, UnicodeError) as error:
            raise self.CollectError(f"{self.path}: cannot be read: {error}") from None
        for trouble in report.troubles:
            self.warn(pytest.PytestWarning(f"{trouble.spot}: {trouble.message}"))
        for line in report.lines:
            if line.verdict is not LineVerdict.GIVEN:
                name = f"line {line.spot.line}, column {line.spot.column}"
                yield DocumentLine.from_parent(self, name=name, judged=line)


class DocumentLine(pytest.Item):
    """One line of a document."""

    def __init__(self, *, judged: Any, **named: Any) -> None:
        super().__init__(**named)
        self.judged = judged
        self.add_marker(MARK)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.judged.spot.line - 1, self.name

    def runtest(self) -> None:
        from derivations.documents.text import details

        line = self.judged
        if line.verdict.value != "PROVED" or line.step is not None and line.step.disputed:
            said = "\n".join([f"{line.verdict.value}  {line.reading or line.source}", *details(line)])
            raise NotProved(said, f"{line.verdict.value}: {line.reading or line.source}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if not isinstance(excinfo.value, NotProved):
            return super().repr_failure(excinfo, style)
        return _said(excinfo.value, str(self.path), self.judged.spot.line)


class Chain(pytest.Collector):
    """A derivation: its links, and what they prove together."""

    def __init__(self, *, loaded: Loaded, **named: Any) -> None:
        super().__init__(**named)
        self.loaded = loaded

    def collect(self) -> Iterator[pytest.Item]:
        for number in range(1, len(self.loaded.derivation.steps) + 1):
            yield Link.from_parent(self, name=f"step {number}", number=number)
        yield Whole.from_parent(self, name="qed")

    def report(self) -> Report:
        """The report on the derivation, made once in a session."""
        from derivations.checking import check

        return check(self.loaded.derivation, known=self.config.stash.setdefault(_known, {}))


class _Part(pytest.Item):
    """A test that a derivation gives."""

    parent: Chain

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.add_marker(MARK)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line() - 1, f"{self.parent.name}, {self.name}"

    def line(self) -> int:
        """Where it is written."""
        return self.parent.loaded.derivation.place.line

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if not isinstance(excinfo.value, NotProved):
            return super().repr_failure(excinfo, style)
        return _said(excinfo.value, str(self.path), self.line())


class Link(_Part):
    """One link of a derivation."""

    def __init__(self, *, number: int, **named: Any) -> None:
        super().__init__(**named)
        self.step = self.parent.loaded.derivation.steps[number - 1]
        self.number = number
        from derivations.derivation import reason_name

        self.extra_keyword_matches |= {reason_name(reason) for reason in self.step.reasons}

    def line(self) -> int:
        return self.step.place.line

    def runtest(self) -> None:
        from derivations.kernel.report import Verdict
        from derivations.sheets.failure import step_failure

        report = self.parent.report()
        step = report.steps[self.number - 1]
        if step.verdict is not Verdict.PROVED or step.disputed:
            raise NotProved(step_failure(report, step).rstrip("\n"), _summary(step))
        notes = "; ".join(step.finding.notes)
        if notes and self.config.option.derivations_strict:
            raise NotProved(f"{step_failure(report, step)}  {notes}", f"NOT NEEDED: {notes}")
        if notes:
            self.warn(pytest.PytestWarning(f"{report.name}, step {step.number}: {notes}"))


class Whole(_Part):
    """The chain as a whole: connected, and the proof of its statement."""

    def runtest(self) -> None:
        from derivations.kernel.report import Verdict
        from derivations.sheets.failure import failures

        report = self.parent.report()
        if not report.problems:
            return
        if report.verdict is Verdict.PROVED:  # `derivations check` lets it pass, and says so
            self.warn(pytest.PytestWarning(f"{report.name}: {'; '.join(report.problems)}"))
        else:
            from dataclasses import replace

            only = replace(report, steps=(), verdict=Verdict.OPEN)
            raise NotProved(failures(only).rstrip("\n"), f"OPEN: {'; '.join(report.problems)}")


class NotProved(Exception):
    """A test of a derivation fails: what is said of it in full, and in a line."""

    def __init__(self, explanation: str, summary: str) -> None:
        super().__init__(summary)
        self.explanation, self.summary = explanation, summary


def _said(error: NotProved, path: str, line: int) -> Any:
    """What pytest makes of a failing assert, so that its summary, JUnit and xdist read it alike."""
    from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback

    said = ReprTraceback([ReprEntryNative([error.explanation + "\n"])], None, "native")
    return ReprExceptionInfo(said, ReprFileLocation(path, line, error.summary))


def _summary(step: StepReport) -> str:
    """REFUTED is false somewhere, OPEN is not shown, DISPUTED is proved and yet contradicted by SymPy."""
    from derivations.kernel.report import Verdict

    if step.verdict is Verdict.REFUTED and step.witness is not None:
        values = ", ".join(f"{name} = {value}" for name, value in step.witness.values)
        return f"REFUTED: {step.link.text} is false" + (f" with {values}" if values else "")
    if step.verdict is Verdict.PROVED and step.reproduction is not None:
        return f"DISPUTED: {step.reproduction.note}"
    return f"{step.verdict.value}: {step.finding.problem or step.link.text}"


# -- assert derivation ------------------------------------------------------------------
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where an assert on a derivation or on its report failed, say what is wrong with it."""
    error = call.excinfo.value if call.excinfo is not None else None
    if type(error) is AssertionError and "derivations.derivation" in sys.modules:
        _explain(error, call.excinfo)
    return (yield)


def _explain(error: AssertionError, excinfo: Any) -> None:
    entry = excinfo.traceback[-1]
    try:
        statement = ast.parse(str(entry.statement).strip())
    except SyntaxError:  # the source is not there, or is no statement by itself
        return
    asserted = next((node for node in ast.walk(statement) if isinstance(node, ast.Assert)), None)
    said = list(dict.fromkeys(_explanations(asserted.test, entry.frame))) if asserted is not None else []
    if asserted is not None and said:
        custom, mark, _ = str(error).rpartition("\nassert ")
        head = f"{custom}\n" if mark else ""
        error.args = ("\n".join([f"{head}assert {ast.unparse(asserted.test)}", *said]),)


def _explanations(test: ast.expr, frame: Any) -> Iterator[str]:
    """Of the derivations and reports that the assert looked at, those that do not pass."""
    from derivations.asserting import explanation
    from derivations.derivation import Derivation
    from derivations.kernel.report import Report

    for value in _looked_at(test, frame):
        report = value.check() if isinstance(value, Derivation) else value
        if isinstance(report, Report) and not report:
            yield explanation(report)


def _looked_at(test: ast.expr, frame: Any) -> Iterable[Any]:
    """What the names stand for, and the last chain or report that a call gave: pytest keeps those in variables."""
    from derivations.derivation import Derivation
    from derivations.kernel.report import Report

    names = {node.id: None for node in ast.walk(test) if isinstance(node, ast.Name)}
    yield from (frame.f_locals.get(name, frame.f_globals.get(name)) for name in names)
    kept = [value for name, value in frame.f_locals.items() if name.startswith("@py_assert")]
    yield from [value for value in kept if isinstance(value, (Derivation, Report))][-1:]
