"""The command `derivations`.

What is slow to import (SymPy, flint, rich) is imported where it is needed, so
that `--help` and `list` answer at once.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

# Not `from derivations import catalogue`, which would first ask the package for a rule of that name.
import derivations.catalogue as catalogue
from derivations.catalogue import CatalogueError

if TYPE_CHECKING:
    from derivations.catalogue import Loaded
    from derivations.checking import Known
    from derivations.kernel.report import Report

PROVED, REFUTED, USAGE, OPEN, MISSING = 0, 1, 2, 3, 4
INTERRUPTED = 130

EXIT_CODES = """\b
Exit codes:
  0  everything is proved
  1  something is refuted
  2  usage: an unknown name, a file that cannot be read
  3  something is open, or disputed by SymPy
  4  a tool asked for by name (--pdf) is missing"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        code = commands.main(arguments, prog_name="derivations", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PROVED
    sys.exit(code)


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="derivations", message="%(prog)s %(version)s")
def commands() -> None:
    """Check derivations link by link, and write them as a sheet."""


@commands.command("list", short_help="List the derivations, in the order of the sheet.")
def list_() -> int:
    """List the derivations of the package, in the order of the sheet."""
    entries = catalogue.entries()
    widest = max((len(entry.name) for entry in entries), default=0)
    section = None
    for entry in entries:
        if entry.source.section != section:
            section = entry.source.section
            click.echo(click.style(section, bold=True))
        click.echo(f"  {entry.name:<{widest}}  {_title(entry.source)}")
    return PROVED


@commands.command(short_help="Show a chain, with its reasons beside the lines.")
@click.argument("name")
def show(name: str) -> int:
    """Show the chain NAME (or those of a file), with the reasons beside the lines."""
    found, errors = _chosen([name])
    if found:
        from derivations.sheets import document, text

        width = _terminal_width()
        chains = (text.render(document.chain(one), _title(one.entry.source), width) for one in found)
        click.echo("\n".join(chains), nl=False)
    return _report_errors(errors)


@commands.command(epilog=EXIT_CODES, short_help="Judge every link of some derivations, or of all.")
@click.argument("names", nargs=-1, metavar="[NAME|FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout, and nothing else there.")
@click.option("--no-reproduce", is_flag=True, help="Leave out the second way, through SymPy.")
def check(names: tuple[str, ...], as_json: bool, no_reproduce: bool) -> int:
    """Judge every link of the derivations named, or of all of the package.

    A NAME is one that `derivations list` shows; a FILE is a path to a Python
    file with derivations of your own.
    """
    found, errors = _chosen(names)
    reports = [report for _, report in _judge(found, not no_reproduce)]
    if as_json:
        import json

        from derivations.sheets.json import document

        click.echo(json.dumps(document(reports), ensure_ascii=False, indent=1))
    else:
        _print_reports(reports)
    return _report_errors(errors) or _verdict_code(reports)


@commands.command(epilog=EXIT_CODES, short_help="Check everything, then write the solution sheet.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build"), show_default=True,
              help="The folder to write to.")  # fmt: skip
@click.option("--pdf", is_flag=True, help="Insist on the PDF: without a LaTeX the exit code is 4.")
@click.option("--no-reproduce", is_flag=True, help="Leave out the second way, through SymPy.")
def build(out: Path, pdf: bool, no_reproduce: bool) -> int:
    """Check everything, then write the solution sheet to OUT/solutions.tex.

    The sheet is written in any case; a line that is not proved is marked so.
    The PDF is made beside it where latexmk and pdflatex are installed.
    """
    from derivations.sheets import document, files, latex

    checked = _judge(catalogue.load_all(), not no_reproduce)
    reports = [report for _, report in checked]
    _print_reports(reports)
    target = out / "solutions.tex"
    try:
        files.write(target, latex.render(document.sheet("Solutions", checked)))
    except OSError as error:
        raise click.UsageError(f"cannot write {target}: {error.strerror or error}") from error
    click.echo(f"wrote {target}")
    made = _make_pdf(target, out / "solutions.pdf", insist=pdf)
    return _verdict_code(reports) or made


def _make_pdf(tex: Path, target: Path, insist: bool) -> int:
    from derivations.sheets import pdf

    if not pdf.available():
        click.echo("no PDF: latexmk with pdflatex is not installed here", err=insist)
        return MISSING if insist else PROVED
    try:
        pdf.build(tex, target)
    except pdf.PdfError as error:
        click.echo(f"no PDF: {error}", err=True)
        return MISSING if insist else PROVED
    click.echo(f"wrote {target}")
    return PROVED


# -- what was asked for --------------------------------------------------------------
def _chosen(names: Iterable[str]) -> tuple[list[Loaded], list[str]]:
    """The derivations named (all, if none is), and what is wrong with the other names."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return list(catalogue.load_all()), []
    found: list[Loaded] = []
    errors: list[str] = []
    for name in wanted:
        try:
            if _is_path(name):
                found += catalogue.load_file(Path(name))
            else:
                found.append(catalogue.load(catalogue.find(name, catalogue.entries())))
        except CatalogueError as error:
            errors.append(str(error))
    return found, errors


def _is_path(name: str) -> bool:
    return name.endswith(".py") or "/" in name or os.sep in name


def _report_errors(errors: Iterable[str]) -> int:
    code = PROVED
    for error in errors:
        click.echo(f"error: {error}", err=True)
        code = USAGE
    return code


# -- checking ---------------------------------------------------------------------------
def _judge(found: Sequence[Loaded], reproduce: bool) -> list[tuple[Loaded, Report]]:
    from derivations.checking import check

    with _progress(len(found)) as advance, contextlib.redirect_stdout(sys.stderr):
        checked = []
        known: Known = {}  # what several derivations cite is judged once
        for one in found:
            advance(one.entry.name)
            checked.append((one, check(one.derivation, reproduce=reproduce, known=known)))
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


def _print_reports(reports: Sequence[Report]) -> None:
    from derivations.sheets import failure, table

    click.echo(table.render(reports, colour=click.style), nl=False)
    for report in reports:
        said = failure.failures(report)
        if said:
            click.echo()
            click.echo(said, nl=False)
    click.echo()
    click.echo(table.summary_line(reports))


def _verdict_code(reports: Iterable[Report]) -> int:
    from derivations.kernel.report import Verdict
    from derivations.sheets.table import disputed

    seen = {report.verdict for report in reports}
    if Verdict.REFUTED in seen:
        return REFUTED
    return OPEN if Verdict.OPEN in seen or any(map(disputed, reports)) else PROVED


def _title(source: catalogue.Source) -> str:
    return f"{source.exercise}: {source.title}" if source.title else source.exercise


def _terminal_width() -> int:
    import shutil

    return min(120, shutil.get_terminal_size((100, 24)).columns)
