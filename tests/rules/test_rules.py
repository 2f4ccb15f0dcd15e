"""Every rule proves something that has nothing to do with the sheet, refuses near misses, and agrees with models."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from judging import chain, finding

from derivations import Derivation
from derivations.kernel.report import Verdict
from derivations.models.search import evaluate_in_models
from derivations.reproduce.link import OPERATIONS
from derivations.rules import rules

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from rows import ELSEWHERE, ROWS, Link  # noqa: E402


def derivation(name: str, link: Link) -> Derivation:
    return chain(link.lhs, link.sign, link.rhs, link.given, (name, *link.also), link.at)


def links(part: str) -> list[tuple[str, Link]]:
    return [(name, link) for name, row in ROWS.items() for link in getattr(row, part)]


def shown(value: object) -> str:
    return f"{value.lhs} {value.sign} {value.rhs}" if isinstance(value, Link) else str(value)


@pytest.mark.parametrize(("name", "link"), links("proves"), ids=shown)
def test_proves(name: str, link: Link) -> None:
    found = finding(derivation(name, link))
    assert (found.verdict, found.problem) == (Verdict.PROVED, "")
    assert found.certificate is not None
    assert name == found.certificate.closing or name in {r.reason for r in found.certificate.rewrites}


@pytest.mark.parametrize(("name", "link"), links("refuses"), ids=shown)
def test_refuses(name: str, link: Link) -> None:
    assert finding(derivation(name, link)).verdict is Verdict.OPEN


@pytest.mark.parametrize(("name", "link"), links("proves"), ids=shown)
def test_agrees_with_models(name: str, link: Link) -> None:
    """Both sides are worth the same in every model in which what is given holds."""
    made = derivation(name, link)
    wanted = ROWS[name].models
    agreement = evaluate_in_models(made.steps[0].link, made.given, wanted or 1)
    assert agreement.disagreement is None
    assert agreement.agreed >= wanted


@pytest.mark.parametrize("name", sorted(rules()))
def test_every_rule_has_a_row(name: str) -> None:
    if name in ROWS:
        assert ROWS[name].proves and ROWS[name].refuses
    else:
        assert name in ELSEWHERE, f"add a row for {name} to tests/rules/rows.py"
        text = (HERE / ELSEWHERE[name]).read_text()
        assert name in text or name.replace("-", "_") in text


@pytest.mark.parametrize("name", sorted({*ROWS, *ELSEWHERE}))
def test_every_row_has_a_rule(name: str) -> None:
    assert name in rules()


@pytest.mark.parametrize("name", sorted(rules()))
def test_a_rule_can_be_read(name: str) -> None:
    """A name in kebab-case, a statement in LaTeX, and where it is proved."""
    rule = rules()[name]
    assert name == rule.name == name.lower().replace("_", "-").replace(" ", "-")
    assert rule.statement and rule.source
    assert rule.operation is None or rule.operation in OPERATIONS
    assert rule.rows or rule.rewrite is not None or rule.closes is not None or name in ("plain-algebra", "positivity")
    for latex in (rule.statement, rule.conditions):
        assert latex.count("{") == latex.count("}")


def test_a_star_import_brings_every_rule_and_every_term() -> None:
    namespace: dict[str, object] = {}
    exec("from derivations import *", namespace)
    assert {rule.replace("-", "_") for rule in rules()} | {"derive", "symbols", "exp"} <= set(namespace)
