"""`derivations verify`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from derivations.commands._shared import FAULT, OPEN, PROVED, report_errors


@click.command("verify", short_help="Check a certificate again, without any search.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def command(file: Path) -> int:
    """Check the certificate in FILE (`-` for stdin): exit code 0 if it proves what it says, else 3
    (5 where the engine contradicts itself).

    Nothing is searched for: every recorded rule is asked again at its place.
    """
    from derivations.replay.verify import verify

    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            document = json.load(stream)
    except OSError as error:
        return report_errors([f"{file}: cannot be read: {error.strerror or error}"])
    except (ValueError, RecursionError) as error:
        return report_errors([f"{file}: is no JSON: {error}"])
    complaints = verify(document)
    for complaint in complaints:
        click.echo(f"rejected: {complaint}")
    if complaints:
        return FAULT if any(complaint.fault for complaint in complaints) else OPEN
    chains = document["derivations"]
    links = sum(len(chain["links"]) for chain in chains)
    click.echo(f"accepted: {document['proves']}, {links} links in {len(chains)} derivations")
    return PROVED
