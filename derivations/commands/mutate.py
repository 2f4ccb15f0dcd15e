"""`derivations mutate`."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from derivations.commands._shared import PROVED, REFUTED, chosen, report_errors

if TYPE_CHECKING:
    from derivations.catalogue import Loaded


@click.command("mutate", short_help="Edit every link wrongly, and see that nothing false is proved.")
@click.argument("names", nargs=-1, metavar="[NAME|FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print every mutant, as one JSON document on stdout.")
@click.option("--every", type=click.IntRange(1), default=1, show_default=True, help="Only each so-many-th mutant.")
@click.option("--processes", type=click.IntRange(1), help="How many at once (default: one for each core).")
def command(names: tuple[str, ...], as_json: bool, every: int, processes: int | None) -> int:
    """Edit each link of the derivations named (or of all) in the ways in which one errs.

    Each mutant is judged by the kernel and by models. The exit code is 1 if one
    is proved that is not true, or by what was taken away.
    """
    from derivations.mutants.run import run, summary

    found, errors = chosen(names)
    with _progress(found) as advance, contextlib.redirect_stdout(sys.stderr):
        made = list(run(found, every=every, advance=advance, processes=processes))
    counted = summary(made)
    if as_json:
        click.echo(json.dumps({"mutants": made, "summary": counted}, ensure_ascii=False, indent=1))
    else:
        _print(made, counted)
    return report_errors(errors) or (REFUTED if counted["unsound"] else PROVED)


def _print(made: Sequence[dict[str, Any]], counted: dict[str, Any]) -> None:
    """What passed as equal, what stayed open, what should not have been proved; then the totals."""
    groups = {
        "proved, though it should not be": [m for m in made if m["unsound"]],
        "equal: proved, and true in all models": [m for m in made if m["equal"]],
        "not refuted": [m for m in made if m["class"] == "statement" and m["verdict"] == "OPEN"],
    }
    for heading, group in groups.items():
        if group:
            click.echo(click.style(f"{heading} ({len(group)})", bold=True))
            for m in group:
                because = f": {m['problem']}" if m["problem"] else ""
                click.echo(f"  {m['derivation']}, step {m['step']}: {m['edit']}{because}")
    statements, reasons = counted["statement"], counted["reason"]
    click.echo(
        f"statements: {statements['unequal']} mutants, {statements['refuted']} refuted, {statements['open']} open, "
        f"{statements['proved']} proved; {statements['equal']} equal set aside"
    )
    click.echo(f"reasons: {reasons['open']} open, {reasons['refuted']} refuted, {reasons['proved']} proved without")


@contextlib.contextmanager
def _progress(found: Sequence[Loaded]) -> Iterator[Callable[[], None] | None]:
    """A progress bar where a person is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("links"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=sum(len(one.derivation.steps) for one in found))
        yield lambda: bar.advance(task)


__all__ = ["command"]
