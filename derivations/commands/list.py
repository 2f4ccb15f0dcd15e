"""`derivations list`."""

from __future__ import annotations

import click

import derivations.catalogue as catalogue
from derivations.commands._shared import PROVED, title


@click.command("list", short_help="List the derivations, in the order of the sheet.")
def command() -> int:
    """List the derivations of the package, in the order of the sheet."""
    entries = catalogue.entries()
    widest = max((len(entry.name) for entry in entries), default=0)
    section = None
    for entry in entries:
        if entry.source.section != section:
            section = entry.source.section
            click.echo(click.style(section, bold=True))
        click.echo(f"  {entry.name:<{widest}}  {title(entry.source)}")
    return PROVED
