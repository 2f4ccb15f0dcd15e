"""`derivations to-python`."""

from __future__ import annotations

from pathlib import Path

import click

from derivations.commands._documents import is_document, judge_documents
from derivations.commands._shared import EXIT_CODES, PROVED, report_errors


@click.command("to-python", epilog=EXIT_CODES, short_help="Write the chains of a document as a derivation file.")
@click.argument("name", metavar="FILE")
@click.option("--defined", is_flag=True, help="Assume that what is written is defined.")
@click.option(
    "--notation",
    "tables",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="TABLE.toml",
    help="A shared table of notation (also `notation.toml` beside the document).",
)
def command(name: str, defined: bool, tables: tuple[str, ...]) -> int:
    """Write every chain of a Markdown or LaTeX document that could be read, with the reasons that were found.

    The file goes to standard output, and checks as it stands.
    """
    from derivations.documents.judging import Options
    from derivations.exploring.python_source import file_of
    from derivations.terms.term import TermError

    if not is_document(name):
        raise click.UsageError(f"{name} is no document: name a file in Markdown (.md) or LaTeX (.tex)")
    reports, errors = judge_documents([name], Options(False, defined, tables=tuple(map(Path, tables))))
    for report in reports:
        try:
            click.echo(file_of(report.chains, report.title), nl=False)
        except TermError as error:
            errors.append(f"{name}: {error}")
    return report_errors(errors) or PROVED
