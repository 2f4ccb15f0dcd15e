"""What several commands share: finding what was named, judging it, exit codes."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

# Not `from derivations import catalogue`, which would first ask the package for a rule of that name.
import derivations.catalogue as catalogue
from derivations.catalogue import CatalogueError

if TYPE_CHECKING:
    from derivations.budget import Limits
    from derivations.catalogue import Loaded
    from derivations.checking import Known
    from derivations.kernel.report import Report
    from derivations.sheets.model import Row

PROVED, REFUTED, USAGE, OPEN, MISSING, FAULT = 0, 1, 2, 3, 4, 5
EXIT_CODES = """\b
Exit codes:
  0  everything is proved
  1  something is refuted
  2  usage: an unknown name, a file that cannot be read
  3  something is open, or disputed by SymPy
  4  a tool asked for by name (--pdf) is missing
  5  the engine contradicts itself: please report it
  6  of a document: nothing is wrong, but a line is unread, or open only because
     it is not known to be defined
  70  the engine failed: please report it
  130  interrupted with Ctrl-C"""


# -- what was asked for --------------------------------------------------------------
def chosen(names: Iterable[str]) -> tuple[list[Loaded], list[str]]:
    """The derivations named (all, if none is), and what is wrong with the other names."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return list(catalogue.load_all()), []
    found: list[Loaded] = []
    errors: list[str] = []
    for name in wanted:
        try:
            path, only = catalogue.in_file(name)
            if is_path(path):
                found += catalogue.load_file(Path(path), only)
            else:
                found.append(catalogue.load(catalogue.find(name, catalogue.entries())))
        except CatalogueError as error:
            errors.append(str(error))
    return found, errors


def is_path(name: str) -> bool:
    return name.endswith(".py") or "/" in name or os.sep in name


def report_errors(errors: Iterable[str]) -> int:
    code = PROVED
    for error in errors:
        click.echo(f"error: {error}", err=True)
        code = USAGE
    return code


# -- what a link may cost ---------------------------------------------------------------
def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--steps, --seconds and --memory, which `limits` reads."""
    for option in (
        click.option("--memory", type=click.IntRange(1), metavar="MB",
                     help="For each link, so much memory more than the program itself takes (default: no limit)."),
        click.option("--seconds", type=click.FloatRange(0, min_open=True), metavar="S",
                     help="For each link, so much time (default: no limit: verdicts must not depend on the machine)."),
        click.option("--steps", type=click.IntRange(0), metavar="N",
                     help="For each link, so many steps of the kernel (default: 20000). "
                          "A link that takes more of any of these is OPEN."),
    ):  # fmt: skip
        command = option(command)
    return command


def limits(options: dict[str, Any]) -> Limits:
    """What the options allow."""
    from derivations.budget import STEPS, Limits

    steps = options["steps"]
    return Limits(STEPS if steps is None else steps, options["seconds"], options["memory"])


class Crashed(Exception):
    """The engine failed, which is its own fault: in which derivation, and what went wrong where."""

    def __init__(self, culprit: str, error: BaseException) -> None:
        super().__init__(f"{culprit}: {crash(error)}")


def crash(error: BaseException) -> str:
    """An error of the engine's in one line, with where it happened."""
    trace = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(trace[-1].filename).name}:{trace[-1].lineno})" if trace else ""
    said = str(error).strip().splitlines()
    what = f"{type(error).__name__}: {said[-1]}" if said else type(error).__name__
    return f"the engine failed with {what}{where}; please report it, with the file"


# -- checking ---------------------------------------------------------------------------
def judge(found: Sequence[Loaded], reproduce: bool, allowed: Limits | None = None) -> list[tuple[Loaded, Report]]:
    """The reports of these derivations, each link within what is allowed."""
    from derivations.budget import CannotGuard, Limits
    from derivations.checking import check
    from derivations.commands._watching import Watch

    bounds = allowed or Limits()
    with _progress(len(found)) as advance, contextlib.redirect_stdout(sys.stderr), Watch() as watch:
        checked = []
        known: Known = {}  # what several derivations cite is judged once
        begun = None if bounds.guarded else watch.begun
        for one in found:
            advance(one.entry.name)
            try:
                report = check(one.derivation, reproduce=reproduce, known=known, limits=bounds, begun=begun)
            except CannotGuard as error:
                raise click.UsageError(str(error)) from error
            except Exception as error:
                place = one.derivation.place
                raise Crashed(f"{catalogue.shown(place.file)}:{place.line}: {one.entry.name}", error) from error
            checked.append((one, report))
        return checked


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar where a person is looking, nothing elsewhere."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("checking"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        begun = itertools.count()
        yield lambda name: bar.update(task, completed=next(begun), description=name)


def print_reports(reports: Sequence[Report]) -> None:
    """The table, what is wrong, the totals, and what is remarked."""
    from derivations.sheets.table import judged

    print_rows([judged(report) for report in reports])


def print_rows(rows: Sequence[Row]) -> None:
    """The table, what is wrong, the totals, and what is remarked."""
    from derivations.sheets import table

    click.echo(table.render(rows, colour=click.style), nl=False)
    for row in rows:
        if row.said:
            click.echo()
            click.echo(row.said, nl=False)
    click.echo()
    click.echo(table.summary_line(rows))
    for row in rows:
        for note in row.notes:
            click.echo(f"note: {row.name}: {note}")


strict_option = click.option("--strict", is_flag=True, help="A reason that was cited and not needed fails, too.")


def verdict_code(reports: Iterable[Report], strict: bool = False) -> int:
    """The exit code of what was judged: that of the worst verdict; `strict`: that of a reason not needed, too."""
    from derivations.sheets.table import row

    return rows_code([row(report) for report in reports], strict)


def rows_code(rows: Iterable[Row], strict: bool = False) -> int:
    """The same, of the rows of a table."""
    seen = list(rows)
    if any(row.fault for row in seen):
        return FAULT
    if any(row.verdict == "REFUTED" for row in seen):
        return REFUTED
    passes = all(row.verdict == "PROVED" and not row.disputed and not (strict and row.idle) for row in seen)
    return PROVED if passes else OPEN


def title(source: catalogue.Source) -> str:
    """An exercise and what it is about."""
    return f"{source.exercise}: {source.title}" if source.title else source.exercise
