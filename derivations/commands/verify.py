"""`derivations verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from derivations.commands._shared import FAULT, OPEN, PROVED, report_errors

_LARGEST = 50_000_000


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object, each name once: of two, readers take one or the other."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _no_number(text: str) -> Any:
    raise ValueError(f"`{text}` is no number")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise ValueError("an integer of more than 20 digits")
    return int(text)


@click.command("verify", short_help="Check a certificate again, without any search.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def command(file: Path) -> int:
    """Check the certificate in FILE (`-` for stdin): exit code 0 if it proves what it says, else 3.

    The exit code is 2 where FILE cannot be read as a certificate, and 5 where the engine contradicts itself.

    Nothing is searched for: every recorded rule is asked again at its place.
    """
    from derivations.replay.verify import verify

    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            text = stream.read(_LARGEST + 1)
            if len(text) > _LARGEST:
                raise ValueError(f"it is longer than {_LARGEST} characters")
            document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number, parse_int=_integer)
    except OSError as error:
        return report_errors([f"{file}: cannot be read: {error.strerror or error}"])
    except (ValueError, RecursionError) as error:
        return report_errors([f"{file}: is no JSON: {error}"])
    complaints = verify(document)
    malformed = next((complaint for complaint in complaints if complaint.malformed), None)
    if malformed is not None:
        return report_errors([f"{file}: is no certificate: {malformed}"])
    for complaint in complaints:
        click.echo(f"rejected: {complaint}")
    if complaints:
        return FAULT if any(complaint.fault for complaint in complaints) else OPEN
    chains = document["derivations"]
    links = sum(len(chain["links"]) for chain in chains)
    click.echo(f"accepted: {document['proves']}, {links} links in {len(chains)} derivations")
    return PROVED
