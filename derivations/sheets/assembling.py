"""Pieces put together to a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from derivations.sheets.model import Piece, Problem, Section, Sheet


def assembled(title: str, pieces: Sequence[tuple[str, Piece]], **details: Any) -> Sheet:
    """The sheet of these pieces, each with the title of its section; what says nothing is left out."""
    sections: dict[str, list[Problem]] = {}
    for section, one in pieces:
        if one.problem.chains or one.problem.statement:
            sections.setdefault(section, []).append(one.problem)
    made = tuple(Section(name, tuple(problems)) for name, problems in sections.items())
    return Sheet(title, made, errata=tuple(slip for _, one in pieces for slip in one.errata), **details)


def only(piece: Piece | None, names: Sequence[str]) -> Piece:
    """The piece with the chains of these names alone; all of it, if there are none."""
    assert piece is not None
    if not names:
        return piece
    chains = tuple(chain for chain in piece.problem.chains if chain.name in names)
    rows = tuple(row for row in piece.rows if row.name in names)
    return replace(piece, problem=replace(piece.problem, chains=chains), rows=rows)
