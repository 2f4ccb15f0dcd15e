"""`derivations notation`."""

from __future__ import annotations

from pathlib import Path

import click

from derivations.commands._documents import is_document, judge_documents
from derivations.commands._shared import EXIT_CODES, PROVED, report_errors


@click.command(
    "notation", epilog=EXIT_CODES, short_help="What was understood of a document's notation, and what is missing."
)
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--notation",
    "tables",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="TABLE.toml",
    help="A shared table of notation (also `notation.toml` beside the document).",
)
def command(names: tuple[str, ...], tables: tuple[str, ...]) -> int:
    """List what a Markdown or LaTeX document says of its notation, from where, and what is missing.

    What is missing stands at the end as a block that can be pasted at the top
    of the document. The exit code is 6 if something is.
    """
    from derivations.documents.judging import Options
    from derivations.documents.text import notation

    wrong = [name for name in names if not is_document(name)]
    if wrong:
        raise click.UsageError(f"{wrong[0]} is no document: name a file in Markdown (.md) or LaTeX (.tex)")
    reports, errors = judge_documents(names, Options(reproduce=False, tables=tuple(map(Path, tables)), read_only=True))
    for report in reports:
        click.echo(notation(report), nl=False)
    missing = any(report.missing or report.troubles for report in reports)
    return report_errors(errors) or (6 if missing else PROVED)
