"""The formats of a sheet: one file each, with `SUFFIX`, `render(sheet)` and `render_chain(chain, heading, width)`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

FORMATS = ("latex", "markdown", "html", "text")


def named(kind: str) -> Any:
    """The module of a format."""
    return import_module(f"derivations.sheets.{kind}")
