"""`derivations check`."""

from __future__ import annotations

from typing import Any

import click

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
@strict_option
@limit_options
def command(names: tuple[str, ...], as_json: bool, no_reproduce: bool, strict: bool, **options: Any) -> int:
    """Judge every link of the derivations named, or of all of the package.

    A NAME is one that `derivations list` shows; a FILE is a path to a Python
    file with derivations of your own.

    A link that takes longer than ten seconds is named while it is judged;
    Ctrl-C ends it, and --seconds leaves such links open and goes on.
    """
    found, errors = chosen(names)
    reports = [report for _, report in judge(found, not no_reproduce, limits(options))]
    if as_json:
        import json

        from derivations.sheets.json import document

        click.echo(json.dumps(document(reports), ensure_ascii=False, indent=1))
    elif reports or not errors:
        print_reports(reports)
    code = verdict_code(reports, strict)
    return max(report_errors(errors), code) if code == FAULT else report_errors(errors) or code
