"""How chains show themselves: reasons by their names, witnesses on lines of their own, conditions together."""

from __future__ import annotations

import pydoc
import sys
from types import ModuleType

from derivations import chain_rule, defined, derive, exp, symbols
from derivations.exploring.showing import latex, text

x, y = symbols("x y")


def test_a_result_is_called_as_its_variable_in_the_file_that_it_comes_from(monkeypatch):
    double = derive(x + x).eq(2 * x).qed(x + x, "=", 2 * x)
    module = ModuleType("notes")
    module.__file__ = __file__
    module.twice = double  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "notes", module)
    chain = derive(exp(x + x) - 1).eq(exp(2 * x) - 1, by=double)
    assert text(chain).splitlines()[1].endswith("twice")
    assert r"\text{twice}" in (latex(chain) or "")


def test_a_long_witness_stands_on_two_lines_and_is_short_in_a_notebook():
    values = symbols(" ".join(f"a_long_name_{n}" for n in range(5)))
    total = sum(map(exp, values), start=exp(x))
    chain = derive(total).eq(total + exp(y))
    rows = text(chain).splitlines()
    shown = next(n for n, row in enumerate(rows) if row.startswith("      with "))
    assert rows[shown].endswith(":") and rows[shown + 1].startswith("      left = ")
    assert "…" in (latex(chain) or "") and "±" not in (latex(chain) or "")


def test_what_had_to_be_known_stands_together():
    from derivations.exercises.attention.logits import variance

    said = str(variance.explain(2)).splitlines()
    assert "  where, by what is written:  C² ≠ 0,  d_k is an integer,  i is an integer,  i ≥ 1,  i ≤ d_i," in said
    assert all(len(row) <= 100 for row in said)


def test_what_was_not_needed_is_told_below_the_line():
    note = "holds by plain algebra; `chain-rule` was not needed"
    chain = derive(x + x).eq(2 * x, by="chain-rule")
    assert text(chain).splitlines()[2] == f"      {note}" and text(chain.check()).splitlines()[2].strip() == note
    assert "was not needed" in (latex(chain) or "")


def test_a_report_prints_itself():
    report = derive(x + x, given=[defined]).eq(2 * x).eq(x).check()
    assert str(report) == text(report) == repr(report)
    assert "step 2  ✗ refuted  2 x = x" in str(report)


def test_a_rule_prints_what_it_states_and_helps_with_it():
    assert str(chain_rule) == text(chain_rule) and "d/dx f(g(x))" not in repr(chain_rule)
    assert chain_rule.statement in pydoc.render_doc(chain_rule) and repr(chain_rule) == "chain-rule"
