"""The command `derivations`: its commands are the files of `derivations.commands`.

What is slow to import (SymPy, flint, rich) is imported where it is needed, so
that `--help` and `list` answer at once.
"""

from __future__ import annotations

import gc
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import derivations.commands
from derivations.commands._shared import EXIT_CODES, PROVED, USAGE, Crashed, crash

INTERRUPTED, CRASHED = 130, 70
SELDOM = 200_000, 20, 50
"""When Python looks for garbage: terms hold no cycles, and SymPy keeps so much that looking takes long."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(*SELDOM)
    try:
        code = commands.main(arguments, prog_name="derivations", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:  # the reader (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PROVED
    except Crashed as error:
        click.echo(f"error: {error}", err=True)
        code = CRASHED
    except Exception as error:
        click.echo(f"error: {crash(error)}", err=True)
        code = CRASHED
    gc.freeze()  # nothing is garbage any more; Python would look for it five times while it ends
    sys.exit(code)


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="derivations", message="%(prog)s %(version)s")
def commands() -> None:
    """Check derivations link by link, and write them as a sheet."""


for _file in pkgutil.iter_modules(derivations.commands.__path__):
    if not _file.name.startswith("_"):
        commands.add_command(import_module(f"derivations.commands.{_file.name}").command)

__all__ = ["EXIT_CODES", "commands", "main"]
