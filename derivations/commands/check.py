"""`derivations check`."""

from __future__ import annotations

from typing import Any

import click

from derivations.commands._documents import documents_as_json, is_document, judged_documents, print_documents, worst
from derivations.commands._shared import (
    EXIT_CODES,
    FAULT,
    chosen,
    judge,
    limit_options,
    limits,
    print_reports,
    report_errors,
    strict_option,
    verdict_code,
)


@click.command("check", epilog=EXIT_CODES, short_help="Judge every link of some derivations, or of all.")
@click.argument("names", nargs=-1, metavar="[NAME|FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout, and nothing else there.")
@click.option("--no-reproduce", is_flag=True, help="Leave out the second way, through SymPy.")
@click.option("--defined", is_flag=True, help="Of documents: assume that what is written is defined, and list it.")
@click.option(
    "--notation",
    "tables",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="TABLE.toml",
    help="Of documents: a shared table of notation (also `notation.toml` beside the document).",
)
@click.option(
    "--marked",
    type=click.Path(dir_okay=False),
    metavar="OUT",
    help="Write the document again, with a mark in the margin of each line.",
)
@click.option(
    "--write-reasons",
    type=click.Path(dir_okay=False),
    metavar="OUT",
    help="Write the document again, with the reasons that were found as comments.",
)
@strict_option
@limit_options
def command(
    names: tuple[str, ...],
    as_json: bool,
    no_reproduce: bool,
    strict: bool,
    defined: bool,
    tables: tuple[str, ...],
    marked: str | None,
    write_reasons: str | None,
    **options: Any,
) -> int:
    """Judge every link of the derivations named, or of all of the package.

    A NAME is one that `derivations list` shows; a FILE is a path to a Python
    file with derivations of your own, or to a document in Markdown or LaTeX,
    which is judged as it stands.

    A link that takes longer than ten seconds is named while it is judged;
    Ctrl-C ends it, and --seconds leaves such links open and goes on.
    """
    documents = [name for name in dict.fromkeys(names) if is_document(name)]
    others = tuple(name for name in names if name not in documents)
    written, failed = judged_documents(
        documents, not no_reproduce, defined, tables, limits(options), marked, write_reasons
    )
    found, errors = chosen(others) if others or not documents else ([], [])
    errors += failed
    reports = [report for _, report in judge(found, not no_reproduce, limits(options))]
    if as_json:
        import json

        from derivations.sheets.json import document

        click.echo(json.dumps(document(reports) | documents_as_json(written), ensure_ascii=False, indent=1))
    else:
        print_documents(written)
        if reports or not errors and not documents:
            print_reports(reports)
    code = worst([verdict_code(reports, strict), *(one.code for one in written)])
    return max(report_errors(errors), code) if code == FAULT else report_errors(errors) or code
