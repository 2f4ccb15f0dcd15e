"""`derivations rules`."""

from __future__ import annotations

import click

from derivations.commands._shared import PROVED, report_errors


@click.command("rules", short_help="List the rules that a step may cite.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
def command(words: tuple[str, ...]) -> int:
    """List the rules that a step may cite, in alphabetical order: the name, what it says, and on what condition.

    With WORDs, only those in which each of them occurs, in the name or elsewhere.
    """
    from derivations.rules import rules
    from derivations.sheets.unicode import unicode

    found = []
    for name, rule in sorted(rules().items()):
        lines = [click.style(name, bold=True), f"    {unicode(rule.statement)}"]
        lines += [f"    if {unicode(rule.conditions)}"] if rule.conditions else []
        said = " ".join([*lines, rule.source]).lower()
        if all(word.lower() in said for word in words):
            found.append("\n".join(lines))
    if not found:
        return report_errors([f"no rule speaks of {' and '.join(words)}"])
    click.echo("\n".join(found))
    return PROVED
