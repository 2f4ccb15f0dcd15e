"""The lines read as the sheet has them: the same LaTeX, up to what `tests/data/sheet_equations.toml` lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .checked import derivation, exercises, report

DATA = tomllib.loads((Path(__file__).parents[1] / "data" / "sheet_equations.toml").read_text("utf-8"))
CHAINS: dict[str, dict[str, Any]] = {chain["derivation"]: chain for chain in DATA["chains"]}

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S")
SIZES = {r"\left", r"\right", r"\big", r"\Big", r"\bigg", r"\Bigg"}
SPACES = {r"\,", r"\;", r"\:", r"\!", r"\quad", r"\ "}


def tokens(latex: str) -> list[str]:
    """What is left without spacing, sizes of brackets, and braces around a single token."""
    found = [token for token in TOKEN.findall(latex) if token not in SIZES | SPACES]
    for n in reversed(range(len(found) - 2)):
        if found[n] == "{" and found[n + 2] == "}":
            found[n : n + 3] = [found[n + 1]]
    return found


def grouped(found: list[str]) -> list[str]:
    """Square brackets that only group become round ones; those of an expectation or a variance stay."""
    inside: list[bool] = []
    for n, token in enumerate(found):
        if token == "[":
            inside.append(found[max(0, n - 2) : n] in ([r"\mathbb", "E"], [r"\mathbb", "V"]))
        if token in "[]" and inside and not (inside[-1] if token == "[" else inside.pop()):
            found[n] = "(" if token == "[" else ")"
    return found


ALIASES = [(tokens(sheet), tokens(ours)) for sheet, ours in DATA["aliases"].items()]


def canonical(latex: str) -> list[str]:
    """The tokens, with the sheet's notation replaced by ours."""
    found = grouped(tokens(latex))
    for sheet, ours in ALIASES:
        for n in reversed(range(len(found) - len(sheet) + 1)):
            if found[n : n + len(sheet)] == sheet:
                found[n : n + len(sheet)] = ours
    return found


def expected(chain: dict[str, Any]) -> Iterator[str]:
    """The lines that the derivation must have: the sheet's, those that differ, those that were added."""
    different = {one["line"]: one["ours"] for one in chain.get("different", ())}
    added = {one["line"]: one["ours"] for one in chain.get("added", ())}
    sheet = iter(chain["sheet"])
    for line in range(len(chain["sheet"]) + len(added)):
        if line in added:
            yield added[line]
        else:
            equation = next(sheet)
            yield different.get(line, equation)


@pytest.mark.parametrize("name", CHAINS)
def test_the_lines_are_those_of_the_sheet(name: str) -> None:
    ours = [canonical(line.latex) for line in derivation(name).lines]
    assert ours == [canonical(line) for line in expected(CHAINS[name])]


@pytest.mark.parametrize("name", CHAINS)
def test_the_chain_ends_at_the_sheets_answer(name: str) -> None:
    stated = derivation(name).statement
    assert stated is not None
    assert canonical(stated.rhs.latex) == canonical(list(expected(CHAINS[name]))[-1])


@pytest.mark.parametrize("name", CHAINS)
def test_the_equation_numbers_are_those_of_the_sheet(name: str) -> None:
    assert [step.equation for step in report(name).steps if step.equation] == CHAINS[name]["equations"]


def test_what_is_listed_as_different_is_different_and_explained() -> None:
    for chain in CHAINS.values():
        for one in chain.get("different", ()):
            equations = [canonical(equation) for equation in chain["sheet"]]
            assert canonical(one["ours"]) not in equations
        assert all(one["why"] for key in ("different", "added") for one in chain.get(key, ()))


def test_every_derivation_is_compared_or_stands_in_words_on_the_sheet() -> None:
    assert set(CHAINS) | set(DATA["in_words"]) == set(exercises())
    assert not set(CHAINS) & set(DATA["in_words"])


def test_numbers_up_to_16_are_all_there() -> None:
    numbers = [number for chain in DATA["chains"] for number in chain["equations"]]
    assert numbers == ["4", "5", "6", "7", "9", "10", "11", "12", "15", "16"]


@pytest.mark.parametrize(("sheet", "ours"), [
    (r"\left( x \right)^{2}", "(x)^2"),
    (r"\theta^T \mathbf{x}(s)", r"\theta^\top \mathbf{x}(s)"),
    (r"p [r + \gamma \mathbb{E}[G]]", r"p (r + \gamma \mathbb{E}[G])"),
    (r"\pi(a = 1|s, \theta)", r"\pi(1 \mid s, \theta)"),
])  # fmt: skip
def test_what_counts_as_the_same_formula(sheet: str, ours: str) -> None:
    assert canonical(sheet) == canonical(ours)


@pytest.mark.parametrize(("one", "other"), [
    (r"\frac{1}{C} x", r"\frac{x}{C}"),
    ("k_2 - k_1", "k_1 - k_2"),
    (r"e^{ab}", r"e^a b"),
    (r"\theta s", r"\thetas"),
    ("a b", "b a"),
    (r"\mathbb{E}[G]", r"\mathbb{E}(G)"),
])  # fmt: skip
def test_what_does_not(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
