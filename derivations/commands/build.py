"""`derivations build`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from derivations.catalogue import CatalogueError
from derivations.commands._shared import (
    EXIT_CODES,
    MISSING,
    PROVED,
    judge,
    limit_options,
    limits,
    print_rows,
    rows_code,
    strict_option,
)
from derivations.sheets.formats import FORMATS

if TYPE_CHECKING:
    from derivations.budget import Limits
    from derivations.sheets.plan import Plan


@click.command("build", epilog=EXIT_CODES, short_help="Check everything, then write the solution sheet.")
@click.argument("sheet", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build"), show_default=True,
              help="The folder to write to.")  # fmt: skip
@click.option("--solutions", "variants", flag_value="solutions", multiple=True, help="The solutions (the default).")
@click.option(
    "--problems", "variants", flag_value="problems", multiple=True, help="The statements, with room to write."
)
@click.option("--hints", "variants", flag_value="hints", multiple=True, help="The reasons without the lines.")
@click.option("--select", multiple=True, metavar="NAME", help="Only this exercise or derivation; may be repeated.")
@click.option("--title", help="The title of the sheet.")
@click.option("--author", help="Its author.")
@click.option("--date", help="Its date.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="latex", show_default=True)
@click.option("--pdf", is_flag=True, help="Insist on the PDF: without a LaTeX the exit code is 4.")
@click.option("--no-reproduce", is_flag=True, help="Leave out the second way, through SymPy.")
@strict_option
@limit_options
@click.option("--no-cache", is_flag=True, help="Check everything again, also what has not changed.")
def command(sheet: Path | None, out: Path, variants: tuple[str, ...], kind: str, pdf: bool, **options: Any) -> int:
    """Check everything, then write the solution sheet to OUT/solutions.tex.

    SHEET is a file in TOML that says which exercises are wanted, in which
    order, and under which title, or a Python file with derivations of your
    own; without it, all of the package are.

    The sheet is written in any case; a line that is not proved is marked so.
    The PDF is made beside it where latexmk and pdflatex are installed.
    """
    if pdf and kind != "latex":
        raise click.UsageError(f"--pdf needs the sheet in LaTeX, not in {kind}: leave out --format")
    try:
        plan = _plan(sheet, options)
        found = _pieces(plan, not options["no_reproduce"], not options["no_cache"], limits(options))
    except CatalogueError as error:
        raise click.UsageError(str(error)) from error
    rows = [row for _, piece in found for row in piece.rows]
    print_rows(rows)
    made = PROVED
    for variant in variants or plan.variants or ("solutions",):
        target = _write(found, plan, variant, out, kind)
        if kind == "latex":
            made = _make_pdf(target, target.with_suffix(".pdf"), insist=pdf, again=options["no_cache"]) or made
    return rows_code(rows, options["strict"]) or made


def _plan(path: Path | None, options: dict[str, Any]) -> Plan:
    from dataclasses import replace

    from derivations.sheets import plan

    made = plan.of_catalogue() if path is None else plan.of_file(path)
    names = [name.strip() for name in options["select"]]
    made = plan.selected(made, names) if names else made
    given = {key: options[key] for key in ("title", "author", "date") if options[key] is not None}
    return replace(made, **given)


def _pieces(plan: Plan, reproduce: bool, keep: bool, allowed: Limits) -> list[Any]:
    """What each exercise gives. What was judged within other limits than the usual ones is not kept."""
    from derivations.budget import Limits
    from derivations.sheets import building

    keep = keep and allowed == Limits()
    return building.pieces(plan, lambda found: judge(found, reproduce, allowed), reproduce=reproduce, keep=keep)


def _write(found: Sequence[Any], plan: Plan, variant: str, out: Path, kind: str) -> Path:
    from derivations.sheets import building, files, formats

    page = formats.named(kind)
    target = out / f"{variant}.{page.SUFFIX}"
    title = plan.title or variant.capitalize()
    try:
        files.write(target, page.render(building.sheet(title, found, plan, variant)))
    except OSError as error:
        raise click.UsageError(f"cannot write {target}: {error.strerror or error}") from error
    click.echo(f"wrote {target}")
    return target


def _make_pdf(tex: Path, target: Path, insist: bool, again: bool) -> int:
    from derivations.sheets import pdf

    if not again and pdf.is_current(tex, target):
        click.echo(f"{target} is up to date")
        return PROVED
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
