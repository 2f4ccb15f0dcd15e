"""`derivations certify`."""

from __future__ import annotations

import json

import click

from derivations.commands._shared import OPEN, PROVED, chosen, report_errors


@click.command("certify", short_help="Write out the certificate of a derivation, as JSON.")
@click.argument("name")
def command(name: str) -> int:
    """Write the certificate of the derivation NAME, and of what it cites, to stdout.

    `derivations verify` checks it again. NAME may be a file with one derivation
    that ends in qed. What is not proved has no certificate: the exit code is 3.
    """
    from derivations.replay.certify import NotProved, certify

    found, errors = chosen([name])
    if errors:
        return report_errors(errors)
    if len(found) > 1:
        return report_errors([f"{name} has several derivations; a certificate proves one: {name}::NAME"])
    try:
        document = certify(found[0].derivation)
    except NotProved as error:
        click.echo(f"error: {error}", err=True)
        return OPEN
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    return PROVED
