"""`derivations show`."""

from __future__ import annotations

import click

from derivations.commands._shared import chosen, report_errors, title
from derivations.sheets.formats import FORMATS


@click.command("show", short_help="Show a chain, with its reasons beside the lines.")
@click.argument("name")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", show_default=True,
              help="For the terminal, for a page with $…$, or for a page with amsmath.")  # fmt: skip
def command(name: str, kind: str) -> int:
    """Show the chain NAME (or those of a file), with the reasons beside the lines."""
    found, errors = chosen([name])
    if found:
        from derivations.sheets import document, formats

        render = formats.named(kind).render_chain
        width = _terminal_width()
        click.echo("\n".join(render(document.chain(one), title(one.entry.source), width) for one in found), nl=False)
    return report_errors(errors)


def _terminal_width() -> int:
    import shutil

    return min(120, shutil.get_terminal_size((100, 24)).columns)
